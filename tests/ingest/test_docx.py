"""Word files: headings, lists with depth and tables, in the order of the document."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document as new
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from cryomine.errors import ReadError
from cryomine.ingest import docx, read_bytes
from formats import make
from ingest.blocks import structure

PROSE = "Visitors spend a few minutes in a cold room, and most of them come out in good spirits and rather hungry."


def saved(word: Any) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def styles(word: Any) -> None:
    word.add_heading("Cold rooms", 0)
    word.add_paragraph(PROSE)
    word.add_heading("Who should wait", 2)
    word.add_paragraph("children", style="List Bullet")
    word.add_paragraph("babies", style="List Bullet 2")
    word.add_paragraph("pregnant women", style="List Number")


def numbering(word: Any) -> None:
    """Items by the paragraph's own numbering, as Word's buttons make them."""
    word.add_paragraph(PROSE)
    for depth, words in ((0, "hearts"), (1, "angina"), (0, "lungs")):
        properties = word.add_paragraph(words)._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'))


def lines(word: Any) -> None:
    word.add_paragraph(f"{PROSE}\nIt helps with:\n- gout\n- back pain")


def table(word: Any) -> None:
    word.add_paragraph(PROSE)
    grid = word.add_table(3, 2)
    for cell, words in zip(grid._cells, ("Complaint", "Effect", "Gout", "none", "Cramps", "some"), strict=True):
        cell.text = words
    word.add_paragraph("That is all.")


def layout(word: Any) -> None:
    """A table of one row only lays out the page."""
    grid = word.add_table(1, 2)
    grid.cell(0, 0).text, grid.cell(0, 1).text = PROSE, "Nobody stays for long."


def merged(word: Any) -> None:
    grid = word.add_table(3, 3)
    for cell, words in zip(grid._cells, ("Complaint", "Effect", "", "Gout", "a", "b", "Cramps", "c", "d"), strict=True):
        cell.text = words
    grid.cell(0, 1).merge(grid.cell(0, 2))
    word.add_paragraph(PROSE)


def changes(word: Any) -> None:
    """Insertions and links are text, deletions, fields and hidden words are not; controls wrap what is text."""
    body = word.element.body
    w = nsdecls("w")
    body.insert(
        0,
        parse_xml(
            f"<w:p {w}><w:r><w:t>Cold rooms </w:t></w:r><w:ins><w:r><w:t>may </w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
            "<w:hyperlink><w:r><w:t>relieve</w:t></w:r></w:hyperlink>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t> nobody's</w:t></w:r>"
            "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t xml:space='preserve"
            "'> gout\u00ad y feet.</w:t></w:r></w:p>"
        ),
    )
    body.insert(
        1,
        parse_xml(f"<w:sdt {w}><w:sdtContent><w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p></w:sdtContent></w:sdt>"),
    )


CASES: dict[Callable[[Any], None], list[str]] = {
    styles: ["T Cold rooms", f"P {PROSE}", "H2 Who should wait", "L0 children", "L1 babies", "L0 pregnant women"],
    numbering: [f"P {PROSE}", "L0 hearts", "L1 angina", "L0 lungs"],
    lines: [f"P {PROSE}", "P It helps with:", "L0 gout", "L0 back pain"],
    table: [
        *(f"P {PROSE}", "C Complaint", "C Effect", "C Gout <Complaint>", "C none <Effect, Gout>"),
        *("C Cramps <Complaint>", "C some <Effect, Cramps>", "P That is all."),
    ],
    layout: [f"P {PROSE}", "P Nobody stays for long."],
    merged: [
        *("C Complaint", "C Effect", "C Gout <Complaint>", "C a <Effect, Gout>", "C b <Gout>"),
        *("C Cramps <Complaint>", "C c <Effect, Cramps>", "C d <Cramps>", f"P {PROSE}"),
    ],
    changes: ["P Cold rooms may relieve gout y feet.", f"P {PROSE}"],
}


@pytest.mark.parametrize(("fill", "expected"), CASES.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_structure(fill: Callable[[Any], None], expected: list[str]) -> None:
    word = new()
    fill(word)
    assert structure(read_bytes(saved(word), "a.docx")) == expected


def test_what_the_file_says_about_itself() -> None:
    word = new()
    word.add_paragraph(PROSE)
    word.core_properties.title, word.core_properties.author = "Cold rooms", "R. Frost"
    document = read_bytes(saved(word), "a.docx")
    assert (document.title, document.source.metadata["author"]) == ("Cold rooms", "R. Frost")
    assert document.source.media_type == docx.MEDIA_TYPE
    assert document.source_span(0, 5) is None


def test_content_before_name() -> None:
    word = new()
    word.add_paragraph(PROSE)
    for name in ("a", "a.zip", "a.docx"):
        assert read_bytes(saved(word), name).source.media_type == docx.MEDIA_TYPE


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (make.zipped({"a.txt": PROSE}), "is a ZIP archive, no Word file; rename it to .zip, or save the article as"),
        (saved(new())[:2000], "is a damaged or cut off Word file (File is not a zip file); get the whole file"),
        (make.zipped({"word/document.xml": "<a/>"}), "could not be read as Word (KeyError: "),
        (make.zipped({"word/document.xml": b" " * (docx.MAX_UNPACKED + 1)}), "unpacks to more than 256 MB; save the"),
        (saved(new()), "has no text to read; check that the article is in the file itself"),
    ],
)
def test_what_cannot_be_read(data: bytes, message: str) -> None:
    with pytest.raises(ReadError) as error:
        read_bytes(data, "a.docx")
    assert str(error.value).startswith(f"a.docx: {message}")
    assert "\n" not in str(error.value)
