"""Locators: what an address needs so that a reader lands on the claim."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from cryomine.document import Block, BlockKind, Document, Run, Source
from cryomine.locators import locator_of


def page(*blocks: str, media_type: str = "text/html") -> Document:
    """A document of paragraphs, one a line."""
    text = "\n".join(blocks)
    spans = [(m.start(), m.end()) for m in re.finditer(r".+", text)]
    return Document(text, tuple(Block(BlockKind.PARAGRAPH, a, b) for a, b in spans), Source("a", media_type))


def fragment(document: Document, words: str, nth: int = 0) -> str:
    start = [m.start() for m in re.finditer(re.escape(words), document.text)][nth]
    return locator_of(document)(start, start + len(words))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Ice eases pain.", "pain", "char=10,14"),
        ("Ice.\nIt eases pain.", "pain", "char=14,18"),
        ("Ice.\r\nIt eases pain.", "pain", "char=14,18"),  # RFC 5147: a line end counts as one, however it is written
        ("It eases back\r\npain.", "back\r\npain", "char=9,18"),
    ],
)
def test_plain_text(text: str, words: str, expected: str) -> None:
    assert fragment(page(text, media_type="text/plain"), words) == expected


def test_markdown_counts_in_the_source() -> None:
    document = Document("pain", (), Source("a.md", "text/markdown"), runs=(Run(0, 4, 7, 11),))
    assert locator_of(document)(0, 4) == "char=7,11"


@pytest.mark.parametrize(
    ("blocks", "words", "nth", "expected"),
    [
        # A short quote takes its neighbours along: in the page's menus it stands alone.
        (["Ice eases pain."], "pain", 0, ":~:text=Ice eases-,pain"),
        (["For many people ice eases pain these days."], "pain", 0, ":~:text=ice eases-,pain,-these days."),
        (["Ice eases pain of the lower back at once"], "pain of the lower back", 0, ":~:text=pain of the lower back"),
        (["Cold helps back pain", "Ice eases pain"], "pain", 1, ":~:text=Ice eases-,pain"),
        (["Ice eases pain today", "Ice eases pain later"], "pain", 1, ":~:text=Ice eases-,pain,-later"),
        (["Not for", "asthma", "Good for", "asthma"], "asthma", 1, ":~:text=Good for-,asthma"),
        (["Eases burns, scars", "burns (mild), pain"], "burns", 0, ":~:text=Eases-,burns,-, scars"),
        (["Eases   low\u00a0back pain"], "low\u00a0back pain", 0, ":~:text=Eases-,low back pain"),
        (["Eases post-surgery pain & more"], "post-surgery pain & more", 0, ":~:text=Eases-,post-surgery pain & more"),
        (["Pain PAIN"], "PAIN", 0, ":~:text=Pain-,PAIN"),
        (["Menière and Meniere"], "Meniere", 0, ":~:text=Menière and-,Meniere"),  # browsers do not see accents
        (["It helps", "“Frozen” shoulder"], "Frozen", 0, ":~:text=Frozen,-” shoulder"),  # a prefix cannot span blocks
        (["Pain.", "Gout"], "Pain", 0, ":~:text=Pain"),
    ],
)
def test_text_fragments(blocks: list[str], words: str, nth: int, expected: str) -> None:
    assert unquote(fragment(page(*blocks), words, nth)) == expected


def test_the_syntax_of_text_fragments_is_encoded() -> None:
    """A hyphen, comma or ampersand of the quote must not be read as a sign of the syntax."""
    locator = fragment(page("Eases post-surgery pain, aches & more"), "post-surgery pain, aches & more")
    assert locator == ":~:text=Eases-,post%2Dsurgery%20pain%2C%20aches%20%26%20more"


def test_same_words_all_over_get_a_bounded_context() -> None:
    locator = fragment(page(*["pain"] * 50), "pain", 20)
    assert locator.count("pain") <= 3


def test_context_is_taken_only_from_right_beside_the_quote() -> None:
    """Between the blocks of the article the page may have a picture with its caption."""
    text = "Eases\nwarts\nand corns"
    blocks = tuple(Block(BlockKind.PARAGRAPH, m.start(), m.end()) for m in re.finditer(r".+", text))
    runs = (Run(0, 5, 0, 5), Run(6, 11, 15, 20), Run(12, 21, 500, 509))
    assert unquote(locator_of(Document(text, blocks, Source("a", "text/html"), runs=runs))(6, 11)) == (
        ":~:text=Eases-,warts"
    )


def test_words_that_the_reader_put_in_are_no_context() -> None:
    """A term and its definition are joined by a dash that the page does not have."""
    text = "warts – ten minutes"
    runs = (Run(0, 5, 4, 9), Run(8, 19, 18, 29))
    document = Document(text, (Block(BlockKind.LIST_ITEM, 0, 19),), Source("a", "text/html"), runs=runs)
    assert unquote(locator_of(document)(0, 5)) == ":~:text=warts,-ten minutes"


def test_a_long_page_is_not_searched_for_every_claim() -> None:
    document = page("Ice eases numb toes today and always, says everyone. " * 12_000)
    assert unquote(fragment(document, "numb toes", 5)).endswith("Ice eases-,numb toes,-today and always, says")


def test_a_format_without_locators() -> None:
    assert fragment(page("Ice eases pain.", media_type="application/x-unknown"), "pain") == ""
