"""Phrases are found across adverbs and insertions, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cryomine.extraction import Extractor
from cryomine.extraction.passing import Passing, across


@pytest.fixture(scope="module")
def passing(extractor: Extractor) -> Passing:
    return Passing(extractor.nlp, extractor.knowledge.lexicon)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They were likewise frequent.", "They were frequent ."),
        ("It can, however, cause pain.", "It can cause pain ."),
        ("It may, in some cases, cause pain.", "It may cause pain ."),
        ("It is usually also harmless.", "It is harmless ."),
        # an adverb at an end or beside punctuation parts no words; some adverbs are the statement
        ("Usually it hurts.", ""),
        ("It hurts, usually.", ""),
        ("It hardly hurts.", ""),
        ("It was only frozen.", ""),
        ("Pain, swelling, redness and more.", ""),
    ],
)
def test_what_is_left_out(text: str, words: str, passing: Passing, tokens_of: Callable[[str], Any]) -> None:
    found = passing.around(tokens_of(text))
    assert " ".join(found[0].text.split()) == words if found else not words


WORDS = st.sampled_from(["usually", "also", ",", "however", "can", "cause", "pain", "not", "."])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, max_size=14))
def test_every_word_is_one_of_the_text(words: list[str], passing: Passing, extractor: Extractor) -> None:
    doc = extractor.nlp.make_doc(" ".join(words))
    found = passing.around(doc)
    if found is not None:
        again, origin = found
        assert [doc[i].text for i in origin if i >= 0] == [token.text for token in again if token.text.strip()]


def test_only_matches_with_something_left_out_count_and_each_once() -> None:
    origin = [-1, 0, 1, 3, 4]
    assert across([(7, 1, 3), (7, 2, 4), (7, 2, 4), (7, 3, 5)], origin) == [(7, 1, 4)]
