"""Tables of PDFs: a cell whose words run over several lines is one cell, in its row and under its column."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape
from typing import Any

import pytest

from cryomine.ingest.pdf import document
from ingest.blocks import structure

PROSE = (
    "Visitors spend a few minutes in a cold room and most of them come out in good spirits, hungry and warm. "
    "Nobody should stay inside for longer than three minutes because the cold then reaches deeper than the skin."
)
SHORT = "The room is cold and dark and most people like it that way, at least at the end of a long day in the heat."
OTHER = "Some guests come back every week and bring a friend, who then brings another one, and so it goes on and on."
BRIEF = "The room is cold and dark."
TABLES: dict[str, tuple[list[list[str]], list[int]]] = {
    "two columns": (
        [
            ["Complaint", "What the house says"],
            ["Gout of the big toe", "A short visit relieves the swelling, though some guests say that it takes three"],
            ["Cramps", "Fewer at night, as long as the legs are kept moving in the room and an hour afterwards"],
            ["Back pain that has lasted for more than half a year", "No effect was seen"],
            ["Asthma", "Not allowed in, whatever the reason for the visit may be"],
        ],
        [130, 240],
    ),
    "a header of several lines": (
        [
            ["Complaint", "Number of visits to the cold room", "Remark"],
            ["Gout of the big toe", "10 in a fortnight, later once a month", "Less swelling after the third visit"],
            ["Cramps", "5", "At night only"],
            [
                "Pain in the back or in the neck after a long day",
                "3 to 5, as often as it is needed",
                "Best at breakfast",
            ],
            ["Tennis elbow", "8", "No effect was seen in guests who came for less than a week"],
        ],
        [110, 90, 130],
    ),
    "every cell of several lines": (
        [
            ["Study", "Who took part", "What was found"],
            *(
                [
                    f"Team {n} of the northern house, winter of 19{n}0",
                    f"{n * 10} guests between 20 and 60 years old who had never been in a cold room",
                    f"Less pain on waking for {n} days, and nobody had to stop because of the dark",
                ]
                for n in range(2, 7)
            ),
        ],
        [120, 130, 130],
    ),
}
STYLES = {
    "no rules": [],
    "rules between rows": [("LINEBELOW", (0, 0), (-1, -1), 0.5, "grey")],
    "rules around cells": [("GRID", (0, 0), (-1, -1), 0.5, "black")],
    "shaded rows": [("ROWBACKGROUNDS", (0, 1), (-1, -1), ["whitesmoke", "white"])],
    "rules above and below": [("LINEABOVE", (0, 0), (-1, 1), 1, "black"), ("LINEBELOW", (0, -1), (-1, -1), 1, "black")],
}


def made(
    rows: Sequence[Sequence[Any]], widths: Sequence[int], *style: Any, valign: str = "TOP", pad: int = 3, **options: Any
) -> bytes:
    """A PDF with the table between paragraphs; its first row is bold, a cell that is a list has bullets."""
    from reportlab.lib.colors import toColor
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    body = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=13.5, spaceAfter=7)
    cell = ParagraphStyle("cell", fontName="Helvetica", fontSize=9.5, leading=11.5)
    bold = ParagraphStyle("bold", cell, fontName="Helvetica-Bold")
    item = ParagraphStyle("item", cell, leftIndent=10)
    cells = [
        [
            [Paragraph(escape(words), item, bulletText="•") for words in content]
            if isinstance(content, list)
            else Paragraph(escape(content), cell if y else bold)
            for content in row
        ]
        for y, row in enumerate(rows)
    ]
    colours = [
        tuple(
            toColor(x) if x in ("grey", "black") else [toColor(c) for c in x] if isinstance(x, list) else x for x in s
        )
        for s in style
    ]
    around = [("TOPPADDING", (0, 0), (-1, -1), pad), ("BOTTOMPADDING", (0, 0), (-1, -1), pad)]
    table = Table(cells, widths, style=[("VALIGN", (0, 0), (-1, -1), valign), *around, *colours], **options)
    out = io.BytesIO()
    flow = [Paragraph(PROSE, body), table, Spacer(1, 12), Paragraph(PROSE, body)]
    SimpleDocTemplate(out, invariant=1).build(flow)
    return out.getvalue()


def cells_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as ``structure`` tells them, the first one being the names of the columns."""
    head, *rest = rows
    named = [
        [
            f"C {words} <{', '.join((name, row[0])[: 1 + x])}>"
            for x, (name, words) in enumerate(zip(head, row, strict=True))
        ]
        for row in rest
    ]
    return [f"C {words}" for words in head] + [cell for row in named for cell in row]


@pytest.mark.parametrize("valign", ["TOP", "MIDDLE"])
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("table", TABLES)
def test_cells_of_several_lines(table: str, style: str, valign: str) -> None:
    rows, widths = TABLES[table]
    data = made(rows, widths, *STYLES[style], valign=valign)
    assert structure(document(data, "a.pdf")) == [f"P {PROSE}", *cells_of(rows), f"P {PROSE}"]


def test_rules_are_enough_where_rows_stand_close() -> None:
    rows, widths = TABLES["a header of several lines"]
    data = made(rows, widths, *STYLES["rules around cells"], pad=0)
    assert structure(document(data, "a.pdf")) == [f"P {PROSE}", *cells_of(rows), f"P {PROSE}"]


@pytest.mark.parametrize("repeated", [0, 1])
def test_a_table_that_goes_on_on_the_next_page(repeated: int) -> None:
    """The names of the columns hold there too, whether they are repeated or not."""
    rows, widths = TABLES["two columns"]
    many = [rows[0], *(rows[1 + n % 4] for n in range(40))]
    found = structure(document(made(many, widths, *STYLES["rules between rows"], repeatRows=repeated), "a.pdf"))
    expected = cells_of(many)
    without = [cell for number, cell in enumerate(found[1:-1]) if number < 2 or cell not in expected[:2]]
    assert without == expected
    assert (len(found) - 2 > len(expected)) is bool(repeated)


def test_cells_that_are_empty_or_hold_a_list() -> None:
    rows: list[list[Any]] = [
        ["Complaint", "Cold room", "Ice pack"],
        ["Gout of the big toe", "helps some of the guests who come every day", ""],
        ["Cramps", "", ["at night", "in the morning, before breakfast is served"]],
    ]
    data = made(rows, [100, 110, 110], *STYLES["rules around cells"])
    assert structure(document(data, "a.pdf"))[1:-1] == [
        *("C Complaint", "C Cold room", "C Ice pack", "C Gout of the big toe <Complaint>"),
        "C helps some of the guests who come every day <Cold room, Gout of the big toe>",
        *("C Cramps <Complaint>", "C at night <Ice pack, Cramps>"),
        "C in the morning, before breakfast is served <Ice pack, Cramps>",
    ]


def boxes(*rows: Sequence[tuple[str, str]]) -> bytes:
    """Boxes of text side by side, each with a heading where one is given."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    body = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=13)
    bold = ParagraphStyle("bold", body, fontName="Helvetica-Bold", spaceAfter=6)
    cells = [[[Paragraph(head, bold)] * bool(head) + [Paragraph(text, body)] for head, text in row] for row in rows]
    table = Table(
        cells, [200] * len(rows[0]), style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 8)]
    )
    out = io.BytesIO()
    SimpleDocTemplate(out, invariant=1).build([Paragraph(PROSE, body), table])
    return out.getvalue()


def test_boxes_of_text_side_by_side_are_read_one_by_one() -> None:
    data = boxes([("", SHORT), ("", BRIEF)], [("", BRIEF), ("", OTHER)], [("", SHORT), ("", BRIEF)])
    left, right = (SHORT, BRIEF, SHORT), (BRIEF, OTHER, BRIEF)
    assert structure(document(data, "a.pdf"))[1:] == [f"P {text}" for text in (*left, *right)]


def test_boxes_with_headings_keep_them() -> None:
    data = boxes(
        [("Sleep", SHORT), ("Skin", BRIEF)], [("Sport", BRIEF), ("Mood", OTHER)], [("Pain", SHORT), ("Age", BRIEF)]
    )
    found = [line.split(" ", 1)[1] for line in structure(document(data, "a.pdf"))[1:]]
    assert found == ["Sleep", SHORT, "Sport", BRIEF, "Pain", SHORT, "Skin", BRIEF, "Mood", OTHER, "Age", BRIEF]


@pytest.mark.parametrize("words", [("gout", "cramps", "acne"), (SHORT, SHORT, SHORT)])
def test_columns_of_text_that_pause_together_are_no_table(words: Sequence[str]) -> None:
    """Two columns on a page, whose paragraphs happen to be of the same length."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, PageTemplate, Paragraph

    body = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=13.5, spaceAfter=7)
    out = io.BytesIO()
    frames = [Frame(60 + 240 * n, 70, 215, 700, 0, 0, 0, 0) for n in (0, 1)]
    template = BaseDocTemplate(out, invariant=1, pageTemplates=PageTemplate("page", frames))
    column = [Paragraph(f"{OTHER} {text}", body) for text in words]
    template.build([*column, FrameBreak(), *column])
    assert structure(document(out.getvalue(), "a.pdf")) == [f"P {OTHER} {text}" for text in words] * 2


def test_a_table_of_single_lines_with_narrow_gutters() -> None:
    rows = [
        ["Goal", "Cold", "Heat"],
        ["ease acute pain", "yes", "–"],
        ["limit swelling", "yes", "no"],
        ["sleep", "no", "no"],
    ]
    data = made(rows, [90, 35, 35])
    assert structure(document(data, "a.pdf"))[1:-1] == cells_of(rows)


def test_sections_without_a_title_make_none() -> None:
    """The largest type is the title's only where it comes once, or first."""
    from formats.make import paragraph, pdf

    section = [
        (60, 150, "When to use it", 15),
        *paragraph(60, 175, SHORT),
        (60, 230, "When not", 15),
        *paragraph(60, 255, OTHER),
    ]
    found = structure(document(pdf([*paragraph(60, 100, "Cold rooms, it is said, are fun."), *section]), "a.pdf"))
    assert [line for line in found if not line.startswith("P ")] == ["H2 When to use it", "H2 When not"]
    titled = structure(document(pdf([(60, 80, "Cold rooms", 20), *section]), "a.pdf"))
    assert [line for line in titled if not line.startswith("P ")] == [
        "T Cold rooms",
        "H2 When to use it",
        "H2 When not",
    ]


def test_a_capital_word_that_did_not_fit_begins_no_paragraph() -> None:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    text = f"Cold rooms and how they came to be what they are, told by a house of some age. BACKGROUND: {SHORT} {OTHER}"
    out = io.BytesIO()
    body = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=13.5)
    SimpleDocTemplate(out, invariant=1).build([Paragraph(text, body)])
    assert structure(document(out.getvalue(), "a.pdf")) == [f"P {text}"]


@pytest.mark.parametrize("bullet", ["•", "1."])
def test_a_list_with_white_between_its_items_is_no_table(bullet: str) -> None:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    body = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=13.5, spaceAfter=7)
    item = ParagraphStyle("item", body, leftIndent=24)
    marks = [bullet if bullet == "•" else f"{n}." for n in (1, 2, 3)]
    items = [Paragraph(text, item, bulletText=mark) for mark, text in zip(marks, (SHORT, OTHER, SHORT), strict=True)]
    out = io.BytesIO()
    SimpleDocTemplate(out, invariant=1).build([Paragraph(PROSE, body), *items])
    assert structure(document(out.getvalue(), "a.pdf")) == [f"P {PROSE}", f"L0 {SHORT}", f"L0 {OTHER}", f"L0 {SHORT}"]
