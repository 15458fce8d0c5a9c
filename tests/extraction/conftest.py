"""Fixtures of the tests of extraction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cryomine.extraction import Extractor
from cryomine.extraction.hits import Hits
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.state import State
from cryomine.extraction.view import View, plain
from cryomine.ingest.plain import document
from cryomine.packs import load_pack


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """What the rules read: the weights change with the articles they are learned from, and have tests of their own."""
    return Extractor(load_pack("cryotherapy").without_weights())


@pytest.fixture(scope="session")
def whole() -> Extractor:
    """Rules and weights, as the pack is shipped."""
    return Extractor(load_pack("cryotherapy"))


@pytest.fixture(scope="session")
def tokens_of(extractor: Extractor) -> Callable[[str], Any]:
    """A function from a plain text to its tokens as extraction sees them."""

    def make(text: str) -> Any:
        return extractor.nlp.make_doc(plain(text, document(text).blocks))

    return make


@pytest.fixture(scope="session")
def view_of(extractor: Extractor, tokens_of: Callable[[str], Any]) -> Callable[[str], View]:
    """A function from a text to extraction's view of it."""

    def make(text: str) -> View:
        return View(tokens_of(text), extractor.knowledge.lexicon, text)

    return make


@pytest.fixture(scope="session")
def state_of(
    extractor: Extractor, tokens_of: Callable[[str], Any], view_of: Callable[[str], View]
) -> Callable[..., State]:
    """A function from a text to the state in which it is about to be read."""

    def make(text: str, **given: Any) -> State:
        hits = Hits(extractor.knowledge.matcher(tokens_of(text)))
        return State(extractor.knowledge, view_of(text), hits, "cold-therapy", 0, **given)

    return make


@pytest.fixture(scope="session")
def sentence_of(state_of: Callable[..., State]) -> Callable[[str], Sentence]:
    """A function from a sentence to its reading."""

    def make(text: str) -> Sentence:
        state = state_of(text)
        return state.sentence(0, len(state.view))

    return make
