"""The two arms of a trial in one sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cryomine.extraction.arms import alike, fewer
from cryomine.extraction.sentence import Sentence


@pytest.mark.parametrize(
    ("text", "less"),
    [
        ("Mucositis occurred in 9 of 61 patients with ice packs and in 34 of 61 controls.", True),
        ("Mucositis occurred in 34 of 61 controls and in 9 of 61 patients with ice packs.", True),
        ("Numbness was seen in 28 % of cooled and 81 percent of control hands.", True),
        ("It developed in none of 47 patients with ice packs and 3 of 47 in the placebo group.", True),
        ("Mucositis occurred in 16 % in the long, 14 % in the short and 46 % in the control group.", True),
        ("Percentages win: 9 of 61 with ice packs, 34 of 61 controls (15 % v 56 %).", True),
        # more often, or nothing to compare
        ("Blisters occurred in 28 % with ice packs and in 3 % of controls.", False),
        ("Blisters occurred in 28 % with ice packs.", False),
        ("Blisters occurred in 28 % at first and in 3 % later.", False),
        ("Blisters were rarer with ice packs than in controls.", False),
    ],
)
def test_the_smaller_share_is_ours(text: str, less: bool, sentence_of: Callable[[str], Sentence]) -> None:
    assert fewer(sentence_of(text)) is less


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("Infection occurred in two patients in each group.", True),
        ("Pain was seen in both arms.", True),
        ("Pain was seen on either side.", True),
        ("Pain was seen in both patients.", False),
        ("Pain was seen in the ice group.", False),
    ],
)
def test_what_occurs_in_both_arms(text: str, both: bool, sentence_of: Callable[[str], Sentence]) -> None:
    assert alike(sentence_of(text)) is both
