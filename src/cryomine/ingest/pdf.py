"""The reader for PDF: text in reading order, without what every page repeats, and where each page begins.

PDFium may crash or never come back: ``READER`` asks the child process, which calls ``document``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from cryomine.document import Document, Source
from cryomine.errors import ReadError
from cryomine.ingest.assemble import assemble, title_of, with_title
from cryomine.ingest.child import isolated
from cryomine.ingest.pdf_lines import Line, lines_of, set_edges
from cryomine.ingest.pdf_spans import contents_of
from cryomine.ingest.pdf_text import Stretch, body_size, drafts_of, stretches_of
from cryomine.ingest.registry import Reader

MEDIA_TYPE = "application/pdf"
MAX_BYTES = 128 * 1024 * 1024  # pictures make a leaflet large
MAX_PAGES = 1000  # beyond this it is a book of many articles
_TAIL = 4096  # bytes at the end that must hold the mark of the end
_FEW_LETTERS = 20  # a text shorter than this is a stamp on a scan
_EDGE = 0.12  # of the page's height: where running headers and footers stand
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?#(?:\s*(?:of|/|\|)\s*#)?\W*", re.IGNORECASE)
_METADATA = {"Author": "author", "Subject": "description"}


def document(data: bytes, name: str) -> Document:
    """The article of a PDF. Runs in the child process."""
    import pypdfium2

    if b"%%EOF" not in data[-_TAIL:]:
        raise ReadError(f"{name}: is cut off, the end of the PDF is missing; get the whole file")
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise ReadError(f"{name}: is encrypted; save it without a password") from error
        raise ReadError(f"{name}: is a damaged PDF ({error}); get the file again, or save it as text") from error
    if not len(pdf):
        raise ReadError(f"{name}: is a PDF without pages; get the file again")
    if len(pdf) > MAX_PAGES:
        raise ReadError(f"{name}: has more than {MAX_PAGES} pages; split it into one file for each article")
    stretches = stretches_of(_lines(pdf))
    if sum(sum(map(str.isalpha, stretch.text)) for stretch in stretches) < _FEW_LETTERS:
        raise ReadError(f"{name}: has no text, only pictures of it (a scan); run text recognition (OCR) first")
    drafts = drafts_of(stretches)
    text, _, blocks = assemble(drafts)
    stated = pdf.get_metadata_dict(skip_empty=True)
    title = title_of(blocks, text)
    metadata = {ours: " ".join(stated[key].split()) for key, ours in _METADATA.items() if key in stated}
    if created := re.match(r"D:(\d{4})(\d\d)(\d\d)", stated.get("CreationDate", "")):
        metadata["date"] = "-".join(created.groups())
    pages = _pages(text, stretches, len(pdf))
    source = Source(name, MEDIA_TYPE, encoding="", encoding_reason="", metadata=metadata)
    return Document(text, with_title(blocks, text, title), source, title, None, pages)


def _lines(pdf: Any) -> list[Line]:
    """The lines of all pages, without running headers and footers."""
    pages: list[tuple[float, list[Line]]] = []
    widest = 0.0
    for number in range(len(pdf)):
        page = pdf[number]
        width, height = page.get_size()
        lines = lines_of(*contents_of(page))
        for line in lines:
            line.page = number + 1
        pages.append((height, lines))
        widest = max(widest, width)
        page.close()
    kept = _without_furniture(pages)
    set_edges(kept, widest)
    return kept


def _without_furniture(pages: Sequence[tuple[float, list[Line]]]) -> list[Line]:
    """The lines but for page numbers, what returns at the edges of pages, and small print alone at an edge."""
    running, usual = _running(pages), body_size([line for _, lines in pages for line in lines])
    kept: list[Line] = []
    for height, lines in pages:
        outer = {min(line.top for line in lines), max(line.top for line in lines)} if lines else set()
        for line in lines:
            small = line.top in outer and line.size < 0.95 * usual
            if not (_at_edge(line, height) and (small or _is_running(line, running))):
                kept.append(line)
    return kept


def _running(pages: Sequence[tuple[float, list[Line]]]) -> set[tuple[str, int]]:
    """The lines at the edges of pages that return at the same height on other pages, figures aside."""
    count: Counter[tuple[str, int]] = Counter()
    for height, lines in pages:
        count.update({key for line in lines if _at_edge(line, height) for key in _keys(line)})
    return {key for key, pages_with in count.items() if pages_with >= max(2, 0.3 * len(pages))}


def _at_edge(line: Line, height: float) -> bool:
    return line.bottom < _EDGE * height or line.top > (1 - _EDGE) * height


def _is_running(line: Line, running: set[tuple[str, int]]) -> bool:
    keys = _keys(line)
    return _PAGE_NUMBER.fullmatch(keys[0][0]) is not None or any(key in running for key in keys)


def _keys(line: Line) -> list[tuple[str, int]]:
    """The words without their figures, at a height that is rounded both ways."""
    words = re.sub(r"\d+", "#", line.text)
    return [(words, int(line.top // 8)), (words, -1 - int((line.top + 4) // 8))]


def _pages(text: str, stretches: Sequence[Stretch], count: int) -> tuple[int, ...]:
    """Where in the text each page begins; a page without text begins where the next one does."""
    begins = [-1] * count + [len(text)]
    at = 0
    for stretch in stretches:
        at = text.index(stretch.text, at)
        for offset, page in stretch.pages:
            if begins[page - 1] < 0:
                begins[page - 1] = at + offset
        at += len(stretch.text)
    for page in range(count - 1, -1, -1):
        begins[page] = begins[page] if begins[page] >= 0 else begins[page + 1]
    return (0, *begins[1:count])


def _knows(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-")


READER = Reader("PDF", MEDIA_TYPE, (".pdf",), isolated("PDF"), _knows, max_bytes=MAX_BYTES, also=("application/x-pdf",))
