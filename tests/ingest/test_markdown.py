"""Markdown: structure, front matter, and where every character stands in the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryomine.document import Document
from cryomine.ingest import read_bytes
from cryomine.ingest.markdown import document
from ingest.blocks import structure

CASES = {
    "headings": (
        "# Cold *rooms* #\n\nThey are cold.\n\nCosts\n-----\nFew.\n",
        ["T Cold rooms", "P They are cold.", "H2 Costs", "P Few."],
    ),
    "nested lists": (
        "Not for:\n\n- **hearts**\n  - angina\n    that hurts\n    1. at rest\n- lungs\n\n  and throats\n",
        ["P Not for:", "L0 hearts", "L1 angina that hurts", "L2 at rest", "L0 lungs", "L0 and throats"],
    ),
    "links, emphasis, escapes, code, images": (
        'Ice [*may* help](http://x.y/(z) "t") with \\*gout\\* &amp; `back pain` ![asthma](x.png) [here][ref] <http://x.y>.\n\n'
        "[ref]: http://x.y\n",
        ["P Ice may help with *gout* & back pain here http://x.y."],
    ),
    "code and comments are left out": ("Cold.\n\n```\nasthma\n```\n\n    gout\n\n<!-- fever -->\n", ["P Cold."]),
    "line breaks": (
        "It helps with:  \n• gout\\\n• cramps<br>• colds\n",
        ["P It helps with:", "L0 gout", "L0 cramps", "L0 colds"],
    ),
    "soft line ends": ("Cold rooms\nhelp *many\npeople*.\n", ["P Cold rooms help many people."]),
    "quotes": ("> It helps\n> everybody.\n>\n> - gout\n", ["P It helps everybody.", "L0 gout"]),
    "tables": (
        "| Complaint | Effect \\| side |\n|:--|--:|\n| Gout | **none** |\n|Cramps||\n",
        [
            "C Complaint",
            "C Effect | side",
            "C Gout <Complaint>",
            "C none <Effect | side, Gout>",
            "C Cramps <Complaint>",
        ],
    ),
    "bold paragraphs as headings": ("**Who should wait**\n\n- children\n", ["H2 Who should wait", "L0 children"]),
    "HTML between the lines": (
        "Cold.\n\n<div><ul><li>gout &amp; <b>co</b></li></ul></div>\n\nEnd.\n",
        ["P Cold.", "L0 gout & co", "P End."],
    ),
    "Windows line ends": ("# Cold\r\n\r\n- gout\r\n- cramps\r\n", ["T Cold", "L0 gout", "L0 cramps"]),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_structure(text: str, expected: list[str]) -> None:
    read = document(text)
    assert structure(read) == expected
    check_offsets(text, read)


@pytest.mark.parametrize(
    ("text", "title", "metadata"),
    [
        ('---\ntitle: "Cold: a guide"\nlang: en\ntags:\n  - x\n---\n# Other\n', "Cold: a guide", {"language": "en"}),
        ("+++\ntitle = 'Cold'\ncanonical = \"http://x.y\"\n+++\nText.\n", "Cold", {"url": "http://x.y"}),
        ("# Cold\n\n---\nnot: metadata\n---\n", "Cold", {}),
        ("---\nnever: closed\n\n# Cold\n", "Cold", {}),
        ("Text only.\n", "", {}),
    ],
)
def test_front_matter(text: str, title: str, metadata: dict[str, str]) -> None:
    read = read_bytes(text.encode(), "a.md")
    assert read.title == title
    assert read.source.metadata == metadata
    assert read.source.media_type == "text/markdown"
    check_offsets(text, read)


def check_offsets(source: str, read: Document) -> None:
    """Every letter leads back to the same letter in the source, further on than the one before it."""
    last = -1
    for at, letter in enumerate(read.text):
        if letter.isalpha():
            span = read.source_span(at, at + 1)
            assert span is not None, read.text[at:]
            assert source[slice(*span)] == letter
            assert span[0] > last
            last = span[0]


BITS = [
    "cold",
    "Gout",
    "é",
    "re&shy;lief",
    "&amp;",
    "\\*",
    "*",
    "**",
    "_",
    "`",
    "[",
    "](x)",
    "](x)x",
    "[r]",
    "![",
    "<b>",
    "</b>",
]
BITS += [
    "<br>",
    " ",
    "  \n",
    "\n",
    "\n\n",
    "\r\n",
    "- ",
    "  - ",
    "1. ",
    "> ",
    "# ",
    " #",
    "\t",
    "    ",
    "|",
    "\\|",
    "\n|-|-|\n",
]
BITS += ["===\n", "---\n", "```\n", "<div>\n", "</div>\n", "[r]: x\n", "\xa0", "\u200b", ":", "x", "1", "~"]


@pytest.mark.parametrize("tail", ["[cold", "[cold]", "(a cold", "(a cold)", "[cold [ice", "[r][cold", "[](cold)"])
def test_what_only_looks_like_the_target_of_a_link(tail: str) -> None:
    text = f"[r]: x\n\n[r]{tail} pack"
    read = document(text)
    check_offsets(text, read)
    assert "pack" in read.text


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(BITS), max_size=50).map("".join))
def test_offsets_hold_on_any_text(text: str) -> None:
    read = document(text)
    check_offsets(text, read)
    at = 0
    for block in read.blocks:
        assert at <= block.start < block.end <= len(read.text)
        assert read.text[block.start : block.end].strip() == read.text[block.start : block.end]
        at = block.end
