"""Differences of a letter or two that are no slip."""

from __future__ import annotations

import pytest

from cryomine.link.guards import everyday_words, ordinary_words, refuses


@pytest.mark.parametrize(
    ("word", "name_word", "reason"),
    [
        ("hypotension", "hypertension", "hypo- is not hyper-"),
        ("tachycardia", "bradycardia", "tachy- is not brady-"),
        ("cellulite", "cellulitis", "-ite is not -itis"),
        ("dysplasia", "dysphagia", "-plasia is not -phagia"),
        ("keratosis", "keratitis", "-osis is not -itis"),
        ("atypical", "typical", "a- turns it round"),
        ("continence", "incontinence", "in- turns it round"),
        ("hypertenson", "hypertension", ""),
        ("athritis", "arthritis", ""),
        ("asthma", "asthma", ""),
    ],
)
def test_refuses(word: str, name_word: str, reason: str) -> None:
    assert refuses(word, name_word) == reason


def test_real_words_are_known() -> None:
    assert {"dancer", "art", "goat", "burn"} <= ordinary_words()
    assert "burn" in everyday_words()
    assert "dancer" not in everyday_words()
