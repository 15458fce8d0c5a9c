"""Every claim leads back to the characters of the file, as it is on disk: HTML, Markdown, XML."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cryomine.document import Document
from cryomine.ingest import read_bytes
from cryomine.verify import _bare
from formats import render

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def extractor() -> Any:
    from cryomine.extraction import Extractor
    from cryomine.packs import load_pack

    return Extractor(load_pack("cryotherapy"))


def bare(words: str) -> str:
    """Without markup, entities decoded, white space folded."""
    words = re.sub(rf"<br\b[^>]*>|</?(?:{'|'.join(BLOCKS)})\b[^>]*>", " ", words)
    words = re.sub(r"<!--.*?-->|<[^>]*>|\]\([^)]*\)|\\(?=\W)|[*_`\[\]]", "", words, flags=re.DOTALL)
    return " ".join(re.sub("[\u00ad\u200b-\u200d\u2060\ufeff]", "", html.unescape(words)).split())


def check(extractor: Any, document: Document, data: bytes) -> int:
    """The number of claims, each of which selects its condition in the decoded file."""
    source = data.decode(document.source.encoding)
    found = extractor.claims(document)
    for claim in found:
        span = document.source_span(claim.start, claim.end)
        assert span is not None
        assert bare(source[slice(*span)]) == bare(document.text[claim.start : claim.end])
    return len(found)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.html", "<h1>Ice packs</h1><p>Ice packs relieve swollen<br>joints.</p>"),
        ("a.html", "<h1>Ice packs</h1><p>Ice packs relieve swollen<!-- x --> &#106;oints.</p>"),
        (
            "a.xml",
            "<?xml version='1.0'?><article><body><p>Ice packs relieve swollen <b>j</b>oints.</p></body></article>",
        ),
    ],
)
def test_verify_compares_as_readers_read(name: str, source: str) -> None:
    document = read_bytes(source.encode(), name)
    found = re.search(r"swollen\s+joints", document.text)
    assert found is not None
    span = document.source_span(*found.span())
    assert span is not None
    assert _bare(source[slice(*span)], document.source.media_type) == "swollen joints"


def test_corpus(extractor: Any) -> None:
    """Its own pages, and its plain articles as pages."""
    count = 0
    for path in sorted([*CORPUS.glob("*/*.html"), *CORPUS.glob("*/*.md"), *CORPUS.glob("round-5/*.txt")]):
        document = read_bytes(path.read_bytes(), path.name)
        made = {path.name: path.read_bytes()}
        if path.suffix == ".txt":
            made = {name: make(document) for name, make in render.FORMATS.items() if name.endswith(("html", "md"))}
        for name, data in made.items():
            count += check(extractor, read_bytes(data, name), data)
    assert count > 600


# A page: claims in pieces, with anything between the pieces that a page may have there.
PIECES = [
    "Ice ",
    "packs ",
    "relieve ",
    "swel",
    "ling",
    " and ",
    "frost&shy;bite",
    " in ",
    "the ",
    "knee.",
    "Not ",
    "for: ",
]
BETWEEN = [
    "",
    "",
    "",
    "\n",
    "  ",
    "\r\n",
    "&nbsp;",
    "&#8203;",
    "\u00ad",
    "<!-- <p> -->",
    "<wbr>",
    "<br>",
    "\u200b",
    "é",
]
INLINE = ["b", "i", "em", "a href='#'", "span class=x", "mark", "sup"]
BLOCKS = ["p", "div", "li", "ul", "ol", "td", "tr", "table", "h2", "h3", "dl", "dt", "dd", "blockquote", "section"]
WHOLE = [
    "Ice packs relieve swelling.",
    "asthma &amp; gout",
    "pregnancy",
    "Who should not use ice packs?",
    "head&shy;aches",
]

sentence = st.lists(st.sampled_from(PIECES + BETWEEN), min_size=3, max_size=12).map("".join)
inline = st.tuples(st.sampled_from(INLINE), sentence).map(lambda p: f"<{p[0]}>{p[1]}</{p[0].split()[0]}>")
words = st.one_of(sentence, inline, st.sampled_from(WHOLE), st.sampled_from(BETWEEN))
node: st.SearchStrategy[str] = st.recursive(
    words,
    lambda inner: st.tuples(st.sampled_from(BLOCKS), st.lists(inner, min_size=1, max_size=4), st.booleans()).map(
        lambda p: f"<{p[0]}>{''.join(p[1])}" + (f"</{p[0]}>" if p[2] else "")
    ),
    max_leaves=8,
)
page = st.lists(node, min_size=2, max_size=6).map(
    lambda nodes: "<html><body><h1>Ice packs</h1><p>Ice packs relieve swelling.</p>" + "".join(nodes)
)
quick = settings(
    deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@settings(quick, max_examples=300)
@given(page)
def test_pages_of_random_nestings(extractor: Any, page: str) -> None:
    data = page.encode()
    document = read_bytes(data, "a.html")
    check(extractor, document, data)
    for block in document.blocks:
        span = document.source_span(block.start, block.end)
        assert span is not None
        # The dash between a term and its explanation is the reader's own.
        read = document.text[block.start : block.end].replace(" – ", "")
        assert bare(page[slice(*span)]).replace(" ", "") == bare(read).replace(" ", "")


MARKS = [
    "Ice packs relieve swelling.",
    "asthma",
    "**gout**",
    "*head*aches",
    "[hives](x)",
    "`code`",
    "&amp;",
    "\\*",
    "\n",
    "  \n",
]
LINES = ["- ", "  - ", "1. ", "# ", "> ", "", "| a | b |\n|---|---|\n| gout | ", "\n", "Not for:\n\n"]
markdown = st.lists(
    st.tuples(st.sampled_from(LINES), st.lists(st.sampled_from(MARKS), max_size=4).map(" ".join)), max_size=8
)


@settings(quick, max_examples=300)
@given(markdown.map(lambda rows: "# Ice packs\n\nIce packs relieve swelling.\n\n" + "\n".join(a + b for a, b in rows)))
def test_markdown_of_random_nestings(extractor: Any, source: str) -> None:
    check(extractor, read_bytes(source.encode(), "a.md"), source.encode())
