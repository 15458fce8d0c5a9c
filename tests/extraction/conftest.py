"""Fixtures of the tests of extraction."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cryomine.document import Block, BlockKind
from cryomine.extraction import Extractor
from cryomine.extraction.hits import Hits
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.view import View, plain
from cryomine.packs import load_pack


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor(load_pack("cryotherapy"))


@pytest.fixture(scope="session")
def view_of(extractor: Extractor) -> Callable[[str], View]:
    """A function from a text, as one paragraph, to extraction's view of it."""

    def make(text: str) -> View:
        words = plain(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
        return View(extractor.nlp.make_doc(words), extractor.knowledge.lexicon, text)

    return make


@pytest.fixture(scope="session")
def sentence_of(extractor: Extractor, view_of: Callable[[str], View]) -> Callable[[str], Sentence]:
    """A function from a sentence to its reading."""

    def make(text: str) -> Sentence:
        view = view_of(text)
        hits = Hits(extractor.knowledge.matcher(extractor.nlp.make_doc(plain(text, ()))))
        return Sentence(view, extractor.knowledge, hits, 0, len(view))

    return make
