"""What may be left out of a name, and in which order it is tried."""

from __future__ import annotations

import pytest

from cryomine.link.reduce import Modifiers, asides, attributive, broader, shared

MODIFIERS = Modifiers(["severe", "acute", "form of", "less than …", "… tissue", "~ with …", "~ * induced"])


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


@pytest.mark.parametrize(
    ("name", "shorter"),
    [
        ("severe pain", ["pain"]),
        ("severe acute pain", ["acute pain", "severe pain", "pain"]),
        ("form of bronchitis", ["bronchitis"]),
        ("attack less than six months ago", ["attack"]),
        ("cancer tissue", ["cancer"]),
        ("tissue cancer", []),
        ("less than six months", []),
        ("severe", []),
        ("keratosis with pain", ["~keratosis"]),
        ("drug induced severe rash", ["drug induced rash", "~severe rash", "~rash"]),
        ("pain", []),
    ],
)
def test_modifiers_left_out(name: str, shorter: list[str]) -> None:
    found = [("~" if lossy else "") + " ".join(rest) for rest, lossy in MODIFIERS.without(words(name))]
    assert found == shorter


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("renal and heart failure", "renal failure"),
        ("mitral or aortic valve disease", "mitral valve disease"),
        ("skin dryness or irritation", "skin irritation"),
        ("disorder of heart muscle or of mitral valve", "disorder of mitral valve"),
        ("tumor in nose , throat and larynx", "tumor in larynx"),
        ("plain pain", None),
        ("and", None),
    ],
)
def test_shared(name: str, first: str | None) -> None:
    found = [" ".join(part) for part in shared(words(name), lambda _part: False)]
    assert (found or [None])[0] == first


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("deep cluneal nerve entrapment",
         ["cluneal nerve entrapment", "deep nerve entrapment", "deep cluneal entrapment", "nerve entrapment",
          "entrapment"]),
        ("irritation of skin", ["irritation"]),
        ("non allergic rhinitis", []),
        ("tumor removed by surgery", []),
        ("pain", []),
    ],
)  # fmt: skip
def test_broader(name: str, found: list[str]) -> None:
    assert [" ".join(part) for part in broader(words(name))] == found


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("eardrum that is torn", "torn eardrum"),
        ("sensation is poor", "poor sensation"),
        ("tumor that have spread", "spread tumor"),
        ("pain is not bad", ""),
        ("who is pregnant", ""),
        ("skin has changed in many ways", ""),
        ("pain", ""),
    ],
)
def test_attributive(statement: str, name: str) -> None:
    assert " ".join(attributive(words(statement))) == name


def test_asides() -> None:
    assert asides("COPD – chronic bronchitis") == ["COPD", "chronic bronchitis"]
    assert asides("pinched nerves (nerve entrapments)") == ["pinched nerves", "nerve entrapments"]
    assert asides("acute (new) injury") == ["acute injury", "new"]
    assert asides("injury") == []
