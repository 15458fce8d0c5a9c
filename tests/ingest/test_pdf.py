"""PDF: what a page shows becomes text in reading order, with its structure and its pages."""

from __future__ import annotations

import io
import time

import pytest

from cryomine.document import Document
from cryomine.errors import ReadError
from cryomine.ingest import child, read_bytes
from cryomine.locators import locator_of
from formats import make
from formats.make import paragraph
from ingest.blocks import structure

FULL = "Visitors spend a few minutes in a cold room and most of them come out in good spirits, hungry"
MORE = "and warm. Nobody should stay inside for longer than three minutes because the cold then reaches"
LAST = "deeper than the skin."


def read(*pages: list[make.Words]) -> Document:
    return read_bytes(make.pdf(*pages), "a.pdf")


CASES = {
    "a paragraph, its lines joined": (
        [paragraph(60, 100, FULL, MORE, LAST)],
        [f"P {FULL} {MORE} {LAST}"],
    ),
    "paragraphs told by a gap": (
        [[*paragraph(60, 100, FULL, MORE, LAST), *paragraph(60, 160, FULL, LAST)]],
        [f"P {FULL} {MORE} {LAST}", f"P {FULL} {LAST}"],
    ),
    "paragraphs told by an indented first line": (
        [[*paragraph(60, 100, FULL, MORE, LAST), (72, 142, FULL), *paragraph(60, 156, MORE, LAST)]],
        [f"P {FULL} {MORE} {LAST}", f"P {FULL} {MORE} {LAST}"],
    ),
    "headings told by size and by weight": (
        [
            [
                (60, 60, "Cold rooms", 20),
                *paragraph(60, 100, FULL, MORE, LAST),
                (60, 160, "Who should", 15),
                (60, 177, "stay away", 15),
                *paragraph(60, 200, FULL, MORE, LAST),
                (60, 260, "Costs", 11, "Helvetica-Bold"),
                *paragraph(60, 280, FULL, MORE, LAST),
            ]
        ],
        [
            "T Cold rooms",
            *(f"P {FULL} {MORE} {LAST}", "H2 Who should stay away"),
            *(f"P {FULL} {MORE} {LAST}", "H3 Costs", f"P {FULL} {MORE} {LAST}"),
        ],
    ),
    "bullets, with depth and lines that go on": (
        [
            [
                *paragraph(60, 100, FULL, MORE, LAST),
                (60, 160, "Not for:"),
                *(
                    (60, 174, "•"),
                    (72, 174, "people whose heart or whose lungs gave them any trouble in the very last"),
                ),
                *((72, 188, "half a year"), (60, 202, "•"), (72, 202, "pregnancy")),
                *((80, 216, "•"), (92, 216, "first months"), (60, 230, "•"), (72, 230, "gout")),
                (60, 260, "That is all."),
            ]
        ],
        [
            *(f"P {FULL} {MORE} {LAST}", "P Not for:"),
            "L0 people whose heart or whose lungs gave them any trouble in the very last half a year",
            *("L0 pregnancy", "L1 first months", "L0 gout", "P That is all."),
        ],
    ),
    "two columns below a title": (
        [
            [
                (60, 60, "Cold rooms and what they are said to do for people", 18),
                *paragraph(
                    60, 100, "Visitors spend a few minutes in a", "cold room, and most of them come", "out hungry."
                ),
                *paragraph(
                    320, 100, "Nobody should stay inside for", "longer than three minutes since", "cold goes deep."
                ),
            ]
        ],
        [
            "T Cold rooms and what they are said to do for people",
            "P Visitors spend a few minutes in a cold room, and most of them come out hungry.",
            "P Nobody should stay inside for longer than three minutes since cold goes deep.",
        ],
    ),
    "a table, row by row": (
        [
            [
                *((60, 100, "Complaint"), (220, 100, "Minutes"), (320, 100, "Remark")),
                *((60, 116, "gout"), (220, 116, "10"), (320, 116, "every day")),
                *((60, 132, "cramps"), (220, 132, "15"), (320, 132, "at night")),
                *((60, 148, "back pain"), (220, 148, "5"), (320, 148, "in the morning")),
            ]
        ],
        [
            *("C Complaint", "C Minutes", "C Remark"),
            *("C gout <Complaint>", "C 10 <Minutes, gout>", "C every day <Remark, gout>"),
            *("C cramps <Complaint>", "C 15 <Minutes, cramps>", "C at night <Remark, cramps>"),
            *("C back pain <Complaint>", "C 5 <Minutes, back pain>", "C in the morning <Remark, back pain>"),
        ],
    ),
    "hyphens at line ends, told by the rest of the document": (
        [
            [
                *paragraph(60, 100, f"{FULL[:72]} and the whole-body chamber", LAST),
                *paragraph(60, 150, f"{FULL[:75]} and cold, and inflam-", "mation goes down in cryo-", "therapy."),
                *paragraph(60, 220, f"{FULL[:80]} after a whole-", "body chamber."),
            ]
        ],
        [
            f"P {FULL[:72]} and the whole-body chamber {LAST}",
            f"P {FULL[:75]} and cold, and inflammation goes down in cryotherapy.",
            f"P {FULL[:80]} after a whole-body chamber.",
        ],
    ),
    "running headers, footers and page numbers": (
        [
            [(60, 40, "The Cold House"), *paragraph(60, 200, FULL, LAST), (290, 815, f"Page {number} of 3")]
            for number in (1, 2, 3)
        ],
        [f"P {FULL} {LAST}"] * 3,
    ),
    "a sentence that goes on on the next page": (
        [
            [*paragraph(60, 500, FULL, MORE), (290, 815, "1")],
            [*paragraph(60, 80, LAST, FULL, MORE), (290, 815, "2")],
        ],
        [f"P {FULL} {MORE} {LAST}", f"P {FULL} {MORE}"],
    ),
}


@pytest.mark.parametrize(("pages", "expected"), CASES.values(), ids=CASES)
def test_structure(pages: list[list[make.Words]], expected: list[str]) -> None:
    assert structure(read(*pages)) == expected


def test_pages_and_locators() -> None:
    document = read(paragraph(60, 300, FULL, LAST), [], paragraph(60, 300, MORE, LAST))
    locate = locator_of(document)
    at = document.text.index("Nobody")
    assert (locate(0, 8), locate(at, at + 6)) == ("page=1", "page=3")
    assert len(document.pages) == 3
    assert document.source_span(0, 8) is None


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_words_that_are_drawn_at_an_angle(turn: int) -> None:
    """As on landscape pages; a stamp that stands at another angle is no part of the article."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(20, 20, "STAMP")
    canvas.translate(300, 400)
    canvas.rotate(turn)
    for number, line in enumerate((FULL, MORE, LAST)):
        canvas.drawString(-250, -14 * number, line)
    canvas.save()
    assert structure(read_bytes(out.getvalue(), "a.pdf")) == [f"P {FULL} {MORE} {LAST}"]


def test_what_the_file_says_about_itself() -> None:
    document = read_bytes(make.pdf(paragraph(60, 100, FULL, LAST)), "a.pdf")
    assert document.source.media_type == "application/pdf"
    assert document.source.metadata["date"] == "2000-01-01"
    assert len(document.source.sha256) == 64


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (make.pdf(paragraph(60, 100, FULL))[:-200], "is cut off, the end of the PDF is missing; get the whole file"),
        (b"%PDF-1.7\n%%EOF\n", "is a damaged PDF ("),
        (make.scan(), "has no text, only pictures of it (a scan); run text recognition (OCR) first"),
        (make.pdf([(60, 40, "Scan 12")], [(60, 40, "Scan 13")]), "has no text, only pictures of it (a scan); run text"),
        (make.pdf(paragraph(60, 100, FULL), encrypt="secret"), "is encrypted; save it without a password"),
    ],
)
def test_what_cannot_be_read(data: bytes, message: str) -> None:
    with pytest.raises(ReadError) as error:
        read_bytes(data, "a.pdf")
    assert str(error.value).startswith(f"a.pdf: {message}")
    assert "\n" not in str(error.value)


def test_content_before_name() -> None:
    assert read_bytes(make.pdf(paragraph(60, 100, FULL)), "a.txt").source.media_type == "application/pdf"


def test_a_large_document_is_read_in_reasonable_time() -> None:
    data = make.pdf(*[paragraph(60, 60, *[FULL, MORE] * 22) for _ in range(30)])
    read_bytes(make.pdf(paragraph(60, 100, FULL)), "a.pdf")  # the child is there
    begin = time.perf_counter()
    document = read_bytes(data, "a.pdf")
    assert len(document.pages) == 30
    assert time.perf_counter() - begin < child.SECONDS / 6


def test_bullets_that_are_drawn_and_not_written() -> None:
    """As browsers print lists."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    canvas.drawString(60, 742, "Not for:")
    for number, words in enumerate(("asthma", "open wounds", "a weak heart")):
        canvas.circle(66, 731.5 - 14 * number, 1.5, stroke=0, fill=1)
        canvas.drawString(74, 728 - 14 * number, words)
    canvas.rect(60, 100, 400, 300)
    canvas.save()
    assert structure(read_bytes(out.getvalue(), "a.pdf")) == [
        "P Not for:",
        "L0 asthma",
        "L0 open wounds",
        "L0 a weak heart",
    ]


def test_two_columns_of_short_items() -> None:
    left = [
        (60.0, 100.0 + 14 * n, word)
        for n, word in enumerate(("Benefits", "• gout", "• cramps", "• back pain", "• acne"))
    ]
    right = [
        (320.0, 100.0 + 14 * n, word) for n, word in enumerate(("Risks", "• asthma", "• wounds", "• hearts", "• lungs"))
    ]
    assert structure(read([*left, *right])) == [
        *("H2 Benefits", "L0 gout", "L0 cramps", "L0 back pain", "L0 acne"),
        *("H2 Risks", "L0 asthma", "L0 wounds", "L0 hearts", "L0 lungs"),
    ]


def test_ligatures_are_their_letters() -> None:
    """PDFium gives the letters of a ligature the same place."""
    from cryomine.ingest.pdf_spans import _Collector

    collector = _Collector(lambda index: False)
    for character, left, right in (("f", 10, 18), ("i", 10, 18), ("l", 18, 21), ("e", 21, 27)):
        collector.add(character, (left, 100, right, 112), 11, 0)
    collector.close()
    assert [span.text for span in collector.spans] == ["file"]
