"""The index of words by what they may be misspelt as gives what comparing with every word gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from cryomine.link.typos import LONG, WordIndex, same_start, within_reach

WORDS = ["acne", "asthma", "eczema", "edema", "burns", "arthritis", "bronchitis", "hypertension", "hypotension",
         "psoriasis", "rheumatoid", "claustrophobia", "migraine", "disease"]  # fmt: skip
INDEX = WordIndex({word: word for word in WORDS} | {"oedema": "edema"})


@pytest.mark.parametrize(
    ("word", "meant", "slips"),
    [
        ("astma", "asthma", 1),
        ("eczmea", "eczema", 1),
        ("odema", "edema", 1),
        ("oedma", "edema", 1),
        ("bronchits", "bronchitis", 1),
        ("brnochtis", "bronchitis", 2),
        ("rbonchitis", "bronchitis", 1),
        ("rheurnatoid", "rheumatoid", 1),
        ("m1graine", "migraine", 1),
        ("di5ea5e", "disease", 2),
    ],
)
def test_near(word: str, meant: str, slips: int) -> None:
    assert (meant, slips) in INDEX.near(word)


@pytest.mark.parametrize("word", ["acme2", "fever", "zdema", "bronchi", "", "a", "1234", "xxxxxxxxxxxx"])
def test_nothing_is_near(word: str) -> None:
    assert INDEX.near(word) == []


LETTERS = st.sampled_from("abcdehimnoprst")


@given(st.sampled_from(WORDS), st.lists(st.tuples(st.integers(0, 14), LETTERS, st.integers(0, 2)), max_size=2))
def test_the_index_misses_nothing(word: str, edits: list[tuple[int, str, int]]) -> None:
    wrong = word
    for at, letter, kind in edits:
        at = min(at, len(wrong) - 1)
        wrong = wrong[:at] + ("", letter, letter + wrong[at])[kind] + wrong[at + 1 :]
    found = dict(INDEX.near(wrong))
    for name in WORDS:
        slips = OSA.distance(wrong, name)
        if slips <= (1 if len(name) < LONG else 2) and same_start(wrong, name, slips):
            assert found[name] <= slips


@pytest.mark.parametrize(
    ("word", "candidate", "slips"),
    [("gm", "gum", 1), ("ain", "pain", 1), ("pan", "pain", 1), ("gedma", "edema", 0), ("l0w", "low", 1)],
)
def test_within_reach(word: str, candidate: str, slips: int) -> None:
    assert within_reach(word, candidate) == slips
