"""The tokenizer in front of extraction: its tokens are the pipeline's own, and each word is taken apart once."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from cryomine.extraction import Extractor, tokens
from cryomine.extraction.tokens import Tokens
from cryomine.ingest import plain

PLAIN, CACHED = spacy.blank("en"), Tokens(spacy.blank("en"))
PIECES = st.sampled_from(
    ["ice", "don't", "Don’t", "(gout)", "e.g.", "e.g", "cannot", "can't,", "U.S.", "a.m.", "12%", "knee-", "'tis", "?!"]
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n",
        "Ice relieves gout.",
        "It doesn't, can't and cannot; you'll see (e.g. 12% of 5.5).",
        "wait...what?it's\tglued,isn't it",
        "Dr. Smith's U.S. clinic: 3 p.m.-5 p.m.",
    ],
)
def test_the_tokens_are_the_pipelines_own(text: str) -> None:
    assert [(t.text, t.idx) for t in CACHED(text)] == [(t.text, t.idx) for t in PLAIN.make_doc(text)]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=12).map(" ".join))
def test_of_any_text_too(text: str) -> None:
    test_the_tokens_are_the_pipelines_own(text)


class Pipeline:
    """A pipeline that notes what it is asked to take apart; ``don't`` is a special case."""

    def __init__(self) -> None:
        self.tokenizer = SimpleNamespace(rules={"don't": []})
        self.asked: list[set[str]] = []

    def make_doc(self, text: str) -> str:
        self.asked.append(set(text.split()))
        return text


def test_words_are_taken_apart_before_their_text_and_once() -> None:
    pipeline: Any = Pipeline()
    read = Tokens(pipeline)
    assert read("ice, don't ice 12%") == "ice, don't ice 12%"
    *before, text = pipeline.asked
    assert text == {"ice,", "don't", "ice", "12%"}
    assert {"ice,", "ice"} in before, "plain words together"
    assert {"don't"} in before, "a special case alone: what stands behind it is not cached"
    assert {"12%"} in before
    pipeline.asked.clear()
    read("don't ice")
    assert pipeline.asked == [{"don't", "ice"}], "nothing new, nothing before"


def test_the_account_of_words_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MAX_WORDS", 2)
    pipeline: Any = Pipeline()
    read = Tokens(pipeline)
    for text in ("one two three", "four", "one"):
        pipeline.asked.clear()
        read(text)
    assert pipeline.asked == [{"one"}, {"one"}], "one is new again"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("less inflammation1.", ["less", "inflammation", "1", "."]),
        ("for keloids84,85 and", ["for", "keloids", "84,85", "and"]),
        ("of swelling.12–14 The", ["of", "swelling", ".", "12–14", "The"]),
        ("PM10, T1a, B12, 3.5 and v1.2", ["PM10", ",", "T1a", ",", "B12", ",", "3.5", "and", "v1.2"]),
    ],
)
def test_the_number_of_a_footnote_is_a_token_of_its_own(text: str, words: list[str], extractor: Extractor) -> None:
    assert [t.text for t in extractor.tokens(plain.document(text))] == words
