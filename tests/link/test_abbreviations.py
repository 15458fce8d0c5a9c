"""Abbreviations that a text defines, in both orders, and brackets that define none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cryomine.link.abbreviations import abbreviations


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Patients with peripheral artery disease (PAD) were left out.", {"PAD": "peripheral artery disease"}),
        ("PAD (peripheral artery disease) is a reason to wait.", {"PAD": "peripheral artery disease"}),
        ("We saw delayed onset muscle soreness (DOMS).", {"DOMS": "delayed onset muscle soreness"}),
        ("delayed-onset muscle soreness (“DOMS”) may follow", {"DOMS": "delayed-onset muscle soreness"}),
        ("transient ischaemic attacks (TIAs)", {"TIAs": "transient ischaemic attacks"}),
        ("Deep vein thrombosis [DVT; clots in the leg]", {"DVT": "Deep vein thrombosis"}),
        ("In heart failure (HF), HF (hay fever) is rare.", {"HF": "heart failure"}),
        ("heat rash (HR) and actinic keratosis (AK)", {"HR": "heat rash", "AK": "actinic keratosis"}),
        ("whole-body cryotherapy (WBC)", {"WBC": "whole-body cryotherapy"}),
        ("asthma (see below)", {}),
        ("The clinic (NHS) is open.", {}),
        ("ice packs (for pain)", {}),
        ("COPD (which he has had for many years now)", {}),
        ("()", {}),
        ("", {}),
    ],
)
def test_abbreviations(text: str, found: dict[str, str]) -> None:
    assert abbreviations(text) == found


def test_the_room_between_words_says_nothing() -> None:
    assert abbreviations("heart  failure (HF)") == {"HF": "heart failure"}


NOISE = st.text(alphabet="abc ABC()[],.\n", max_size=60)
WORDS = st.tuples(st.sampled_from("abc"), st.text(alphabet="xyz", min_size=2, max_size=5)).map("".join)


@given(NOISE, st.lists(WORDS, min_size=2, max_size=4), NOISE)
def test_long_forms_stand_in_the_text(before: str, words: list[str], after: str) -> None:
    short, long = "".join(word[0].upper() for word in words), " ".join(words)
    assert short in abbreviations(f"{long} ({short})")
    text = f"{before}{long} ({short}){after}"
    for short, long in abbreviations(text).items():
        assert short in text
        assert " ".join(long.split()) in " ".join(text.split())
