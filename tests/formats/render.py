"""One article in every format: from the blocks of a document to the bytes of a file."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby, pairwise
from typing import Any

from cryomine.document import Block, BlockKind, Document

Part = tuple[Block, str]


def parts(document: Document) -> list[Part]:
    """The blocks with their words."""
    return [(block, document.text[block.start : block.end]) for block in document.blocks]


def rows(cells: list[Part]) -> Iterator[list[str]]:
    """The rows of a table, empty cells included, told by the headers of its cells: the column's, then the row's."""
    if len(cells) > 1 and not cells[1][0].header:  # the first row has the names of the columns
        named = next((n for n, (block, _) in enumerate(cells) if block.header), len(cells))
        unnamed = named < len(cells) and cells[named][0].header[1:] == (cells[named - 1][1],)
        named -= unnamed  # where the first column has no name, its cells have no header either
        names, cells = [""] * unnamed + [words for _, words in cells[:named]], cells[named:]
        yield names
    else:
        names = []
    row: list[str] = []
    for block, words in cells:
        header = block.header
        first = header == (names[0],) if names and names[0] else not header
        column = 0 if first else names.index(header[0]) if names else len(row)
        if row and column < len(row):
            yield row + [""] * (len(names) - len(row))
            row = []
        row += [""] * (column - len(row)) + [words]
    if row:
        yield row + [""] * (len(names) - len(row))


def runs(document: Document) -> Iterator[tuple[BlockKind, list[Part]]]:
    """Blocks of one kind that follow each other."""
    for kind, members in groupby(parts(document), key=lambda part: part[0].kind):
        yield kind, list(members)


# --- Markdown


def markdown(document: Document) -> bytes:
    out: list[str] = []
    for kind, members in runs(document):
        if kind is BlockKind.CELL:
            table = list(rows(members))
            out.append("\n".join(["| " + " | ".join(table[0]) + " |", "|" + " --- |" * len(table[0])]))
            out[-1] += "".join("\n| " + " | ".join(row) + " |" for row in table[1:])
        elif kind is BlockKind.LIST_ITEM:
            lines = ["  " * depth + "- " + _markdown(words) for depth, words in depths(members)]
            out.append("\n".join(lines))
        else:
            for block, words in members:
                signs = {BlockKind.TITLE: "# ", BlockKind.HEADING: "#" * block.level + " "}.get(kind, "")
                out.append(signs + _markdown(words))
    return ("\n\n".join(out) + "\n").encode()


def _markdown(words: str) -> str:
    words = " ".join(words.split())
    for sign in "\\*_[]<>#|&":
        words = words.replace(sign, "\\" + sign)
    return words


def depths(items: list[Part]) -> list[tuple[int, str]]:
    """Items with depths that begin at 0 and grow by one."""
    stack: list[int] = []
    found: list[tuple[int, str]] = []
    for block, words in items:
        while stack and stack[-1] > block.level:
            stack.pop()
        if not stack or stack[-1] < block.level:
            stack.append(block.level)
        found.append((len(stack) - 1, words))
    return found


# --- HTML


def html(document: Document) -> bytes:
    page = f"<!DOCTYPE html><html lang=en><head><title>{escape(document.title)}</title></head><body>"
    return (page + "\n".join(elements(document)) + "</body></html>").encode()


def elements(document: Document) -> Iterator[str]:
    for kind, members in runs(document):
        if kind is BlockKind.CELL:
            yield table_of(list(rows(members)))
        elif kind is BlockKind.LIST_ITEM:
            yield list_of(depths(members))
        else:
            for block, words in members:
                tag = {BlockKind.TITLE: "h1", BlockKind.HEADING: f"h{block.level}"}.get(kind, "p")
                yield f"<{tag}>{escape(words)}</{tag}>"


def table_of(table: list[list[str]]) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in table[0])
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table[1:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def list_of(items: list[tuple[int, str]]) -> str:
    out = "<ul>"
    for (depth, words), (following, _) in pairwise([*items, (0, "")]):
        out += f"<li>{escape(words)}" + ("<ul>" if following > depth else "</li>" + "</ul></li>" * (depth - following))
    return out + "</ul>"


def furnished(document: Document) -> bytes:
    """The article in a page with all that pages have around it; each piece makes claims that are not the article's."""
    title = escape(document.title or "Article")
    return f"""<!DOCTYPE html>
<html lang="en"><head><title>{title} | The Cold House</title>
<script>var text = "Ice packs relieve gout.";</script><style>.x {{ color: red }}</style></head>
<body>
<div id="cookie-banner" class="cookie-consent"><p>We use cookies so that cold plunges relieve your hay fever.
<button>Accept</button> <a href="/privacy">Privacy</a></p></div>
<header><a href="/">The Cold House</a>
<nav><ul><li><a href="/a">Cryotherapy for migraine</a></li><li><a href="/b">Ice packs for gout</a></li>
<li><a href="/c">Contact</a></li></ul></nav></header>
<div class="layout"><main><article>
{chr(10).join(elements(document))}
</article></main>
<aside class="sidebar"><h3>Popular</h3><ul><li><a href="/p">Cold plunges help with tinnitus</a></li>
<li><a href="/q">Cryotherapy treats vertigo</a></li></ul>
<div class="newsletter"><p>Subscribe: whole body cryotherapy relieves hiccups!</p></div></aside></div>
<section class="related-articles"><h2>Related articles</h2>
<div class="teaser"><h3><a href="/r">Cryotherapy cures scurvy</a></h3>
<p>Ice packs relieve scurvy, readers say.</p></div>
<div class="teaser"><h3><a href="/s">No cold with lupus</a></h3><p>Do not use cryotherapy if you have lupus.</p></div>
</section>
<footer><p>© The Cold House. Cryotherapy may cause malaria.</p><ul><li><a href="/i">Imprint</a></li></ul></footer>
</body></html>""".encode()


# --- Word


def docx(document: Document) -> bytes:
    from docx import Document as new

    word = new()
    for kind, members in runs(document):
        if kind is BlockKind.CELL:
            table = list(rows(members))
            grid = word.add_table(len(table), max(map(len, table)))
            for y, row in enumerate(table):
                for x, cell in enumerate(row):
                    grid.cell(y, x).text = cell
        elif kind is BlockKind.LIST_ITEM:
            for depth, words in depths(members):
                word.add_paragraph(words, style=f"List Bullet {depth + 1}" if depth else "List Bullet")
        else:
            for block, words in members:
                if kind is BlockKind.TITLE:
                    word.add_heading(words, 0)
                elif kind is BlockKind.HEADING:
                    word.add_heading(words, block.level)
                else:
                    word.add_paragraph(words)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


# --- PDF

_SIGNS = str.maketrans({"−": "-", "→": ">", "★": "*", "☆": "*", "☐": "•", "✓": "•", "✔": "•"})  # not in the font


def pdf(document: Document, *, columns: int = 1, running: str = "The Cold House Quarterly", **options: Any) -> bytes:
    """Set by reportlab: hanging bullets, a running header, page numbers; ``options`` go to the style of paragraphs."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

    width, height = A4
    side, gutter = 60, 24
    wide = (width - 2 * side - (columns - 1) * gutter) / columns
    frames = [Frame(side + i * (wide + gutter), 70, wide, height - 150, 0, 0, 0, 0) for i in range(columns)]

    def furniture(canvas: Any, template: Any) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(side, height - 40, running)
        canvas.drawCentredString(width / 2, 35, f"Page {template.page}")

    body = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=13.5, spaceAfter=7, **options)
    flow: list[Any] = []
    for kind, members in runs(document):
        if kind is BlockKind.CELL:
            flow.append(Table([[words.translate(_SIGNS) for words in row] for row in rows(members)], hAlign="LEFT"))
        elif kind is BlockKind.LIST_ITEM:
            for depth, words in depths(members):
                left = 14 * (depth + 1)
                style = ParagraphStyle("item", body, leftIndent=left, bulletIndent=left - 12, spaceAfter=2)
                flow.append(Paragraph(_printable(words), style, bulletText="•"))
        else:
            for block, words in members:
                level = 1 if kind is BlockKind.TITLE else block.level
                size = {1: 20, 2: 15, 3: 13}.get(level, 12)
                heading = ParagraphStyle(
                    "h", fontName="Helvetica-Bold", fontSize=size, leading=size * 1.2, spaceAfter=6, spaceBefore=8
                )
                flow.append(Paragraph(_printable(words), body if kind is BlockKind.PARAGRAPH else heading))
    out = io.BytesIO()
    template = BaseDocTemplate(out, pagesize=A4, invariant=1, title=document.title)
    template.addPageTemplates(PageTemplate("page", frames, onPage=furniture))
    template.build(flow)
    return out.getvalue()


def _printable(words: str) -> str:
    return escape(words.translate(_SIGNS), quote=False)


FORMATS: dict[str, Callable[[Document], bytes]] = {
    "article.md": markdown,
    "plain.html": html,
    "furnished.html": furnished,
    "article.docx": docx,
    "article.pdf": pdf,
}
