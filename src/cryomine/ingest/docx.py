"""The reader for Word files: headings, lists with their depth, tables, in the order of the document.

python-docx opens the file and knows its styles; the text is taken from the XML itself, so that insertions, content
controls and links are not lost. Runs in the child process (``READER`` asks it, it calls ``document``).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cryomine.document import BlockKind, Document, Source
from cryomine.ingest import office
from cryomine.ingest.assemble import Draft, assemble, title_of, with_title
from cryomine.ingest.child import isolated
from cryomine.ingest.registry import Reader
from cryomine.ingest.runtext import RunText

if TYPE_CHECKING:
    from docx.document import Document as WordFile

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_UNPACKED = 256 * 1024 * 1024  # bytes; pictures are most of it
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading ?([1-9])", re.IGNORECASE)
_LIST = re.compile(r"list(?: (?:bullet|number|continue))? ?([2-5])?\Z", re.IGNORECASE)
# What is not in the text that a reader sees: deleted, field codes, the old version of a drawing, notes on the text.
_HIDDEN = frozenset(_W + tag for tag in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "pict", "drawing"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_WRAPPERS = frozenset(_W + tag for tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_MAX_DEPTH = 100  # open elements around a paragraph


def document(data: bytes, name: str) -> Document:
    """The article of a Word file. Runs in the child process."""
    from docx import Document as open_docx

    file = io.BytesIO(data)
    office.check(file, name, office.WORD, MAX_UNPACKED, "the article as text")
    word = open_docx(file)
    drafts = list(_Walk(word).drafts())
    text, _, blocks = assemble(drafts)
    properties = word.core_properties
    title = title_of(blocks, text) or (properties.title or "").strip()
    stated = {
        "author": properties.author,
        "description": properties.subject,
        "language": properties.language,
        "date": properties.created.date().isoformat() if properties.created else "",
    }
    metadata = {key: " ".join(value.split()) for key, value in stated.items() if value and value.strip()}
    source = Source(name, MEDIA_TYPE, encoding="", encoding_reason="", metadata=metadata)
    return Document(text, with_title(blocks, text, title), source, title, None)


class _Walk:
    """One pass over the body of a Word file."""

    def __init__(self, word: WordFile) -> None:
        self._word = word
        self._styles: dict[str, tuple[BlockKind, int]] = {}

    def drafts(self) -> Iterator[Draft]:
        """The drafts of all paragraphs and tables, in order."""
        yield from self._inside(self._word.element.body, 0)

    def _inside(self, element: Any, depth: int) -> Iterator[Draft]:
        for child in element if depth < _MAX_DEPTH else ():
            if child.tag == _W + "p":
                yield from self._paragraph(child)
            elif child.tag == _W + "tbl":
                yield from self._table(child, depth)
            elif child.tag in _WRAPPERS:
                yield from self._inside(child, depth + 1)

    def _paragraph(self, element: Any) -> Iterator[Draft]:
        kind, level = self._kind(element)
        for number, line in enumerate(_lines(element)):
            text = RunText()
            text.insert(line)
            yield Draft(kind, level, text, after_break=number > 0)

    def _table(self, table: Any, depth: int) -> Iterator[Draft]:
        """Cells with the words of their column's and row's headers; a table of one row or column is only layout."""
        rows = [[cell for cell in row.iter(_W + "tc") if _row_of(cell) is row] for row in table.findall(_W + "tr")]
        if len(rows) < 2 or max(map(len, rows)) < 2:
            for cell in (cell for row in rows for cell in row):
                yield from self._inside(cell, depth + 1)
            return
        words = [[" ".join(d.text.text for d in self._inside(cell, depth + 1)) for cell in row] for row in rows]
        places = [_places(row) for row in rows]
        heads = {place: words[0][number] for number, place in enumerate(places[0])}
        for number, row in enumerate(rows):
            label = words[number][0] if words[number] else ""
            for place, cell in zip(places[number], row, strict=True):
                header = (heads.get(place, ""), label if place else "") if number else ()
                for draft in self._inside(cell, depth + 1):
                    yield Draft(BlockKind.CELL, 0, draft.text, header=tuple(filter(None, header)))

    def _kind(self, paragraph: Any) -> tuple[BlockKind, int]:
        """What a paragraph is: by its own numbering, by its style, by the styles that this one is based on."""
        properties = paragraph.find(_W + "pPr")
        style = properties.find(_W + "pStyle") if properties is not None else None
        styled = self._of_style(style.get(_W + "val") if style is not None else "")
        if properties is None or styled[0] is BlockKind.HEADING:
            return styled
        outline = properties.find(_W + "outlineLvl")
        if outline is not None and _number(outline) < 6:
            return BlockKind.HEADING, _number(outline) + 1
        return _numbering(properties) or styled

    def _of_style(self, key: str) -> tuple[BlockKind, int]:
        if key not in self._styles:
            self._styles[key] = self._looked_up(key)
        return self._styles[key]

    def _looked_up(self, key: str) -> tuple[BlockKind, int]:
        found = [style for style in self._word.styles if style.style_id == key]
        style: Any = found[0] if found else None
        for _ in range(10):  # styles are based on others
            if style is None or not style.name:
                break
            if style.name == "Title":
                return BlockKind.HEADING, 1
            if heading := _HEADING.match(style.name):
                return BlockKind.HEADING, min(6, int(heading[1]))
            properties = style.element.find(_W + "pPr")
            outline = properties.find(_W + "outlineLvl") if properties is not None else None
            if outline is not None and _number(outline) < 6:
                return BlockKind.HEADING, _number(outline) + 1
            if listed := _LIST.match(style.name):
                return BlockKind.LIST_ITEM, int(listed[1] or 1) - 1
            if properties is not None and (item := _numbering(properties)):
                return item
            style = getattr(style, "base_style", None)
        return BlockKind.PARAGRAPH, 0


def _numbering(properties: Any) -> tuple[BlockKind, int] | None:
    """The list item that numbering properties stand for; ``None`` where there are none, or none any more (id 0)."""
    numbering = properties.find(_W + "numPr")
    if numbering is None:
        return None
    number, level = numbering.find(_W + "numId"), numbering.find(_W + "ilvl")
    if number is None or not _number(number):
        return None
    return BlockKind.LIST_ITEM, min(_number(level), 8) if level is not None else 0


def _number(element: Any) -> int:
    value = element.get(_W + "val", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 0


def _row_of(cell: Any) -> Any:
    """The row of a cell, which may stand in a content control."""
    around = cell.getparent()
    while around is not None and around.tag in _WRAPPERS:
        around = around.getparent()
    return around


def _places(row: list[Any]) -> list[int]:
    """The column of each cell, cells over several columns taken into account."""
    places: list[int] = []
    at = 0
    for cell in row:
        places.append(at)
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        at += min(max(_number(span), 1), 50) if span is not None else 1
    return places


def _lines(paragraph: Any) -> list[str]:
    """The lines of a paragraph, white space folded but for tabs; those without words are left out."""
    parts: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == _W + "t":
            parts.append(child.text or "")
        elif child.tag == _W + "tab":
            parts.append("\t")
        elif child.tag == _W + "noBreakHyphen":
            parts.append("-")
        elif child.tag in {_W + "br", _W + "cr"}:
            parts.append("\n")
        elif child.tag not in _HIDDEN and child.tag != _FALLBACK and not _vanished(child):
            stack.append(iter(child))
    lines = "".join(parts).replace("\u00ad", "").split("\n")
    folded = ("\t".join(" ".join(cell.split()) for cell in line.split("\t")).strip() for line in lines)
    return [line for line in folded if line]


def _vanished(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish") if run.tag == _W + "r" else None
    return mark is not None and mark.get(_W + "val", "true") not in {"0", "false", "off"}


def _knows(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04")  # any ZIP archive may be one: then the name decides


READER = Reader("Word", MEDIA_TYPE, (".docx",), isolated("Word"), _knows)
