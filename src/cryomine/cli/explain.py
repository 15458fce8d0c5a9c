"""``cryomine explain``: what was found in a text, and why there is a claim or none."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cryomine.cli.options import background_option, echo_json, json_option, pack_option
from cryomine.errors import CryomineError

if TYPE_CHECKING:
    from cryomine.document import Document
    from cryomine.extraction.trace import TraceRecord

_STYLES = {"claim": "bold green", "condition": "cyan", "cue": "yellow", "intervention": "magenta", "rival": "red"}


@click.command()
@click.argument("text_or_file", metavar="TEXT|FILE")
@click.option("--line", type=click.IntRange(min=1), help="Only what stands in this line of FILE.")
@pack_option
@background_option
@json_option
def explain(text_or_file: str, line: int | None, pack: str, background: bool, as_json: bool) -> None:
    """Show what was found in a text, and why there is a claim or none.

    \b
    cryomine explain "Ice packs may relieve swelling, but not fever."
    cryomine explain article.txt --line 12
    """
    from cryomine.extraction import Extractor
    from cryomine.packs import load_pack

    document, span = _document(text_or_file, line)
    loaded = load_pack(pack)
    records = Extractor(loaded if background else loaded.without_background()).explain(document)
    nothing = "nothing was found in this line: no condition, no therapy, no cue"
    if not records:
        what = f"no therapy of the pack {loaded.name} is named here"
        nothing = f"{what}, so nothing else is looked at; its names stand in the pack's interventions.csv"
    if span is not None:
        records = [record for record in records if record.start < span[1] and span[0] < record.end]
    if as_json:
        echo_json([record.as_dict() for record in records])
    elif records:
        _show(records)
    else:
        click.echo(nothing)


def _document(text_or_file: str, line: int | None) -> tuple[Document, tuple[int, int] | None]:
    """The document, and the span of its text that ``line`` of the source stands for."""
    from cryomine import ingest
    from cryomine.ingest import plain

    path = Path(text_or_file)
    try:
        is_file = path.is_file()
    except OSError:  # a text too long for a file name
        is_file = False
    if not is_file:
        if line is not None:
            raise CryomineError(f"{text_or_file}: no such file; --line needs one")
        return plain.document(text_or_file), None
    (item,) = ingest.discover([path])
    document = ingest.read(item)
    return document, None if line is None else _span_of_line(document, path, line)


def _span_of_line(document: Document, path: Path, line: int) -> tuple[int, int]:
    """The span of the text whose characters come from one line of the source file, or of the text itself."""
    text = document.text
    if document.runs:
        text = path.read_bytes().decode(document.source.encoding, errors="replace")
    lines = list(io.StringIO(text, newline=""))  # as editors count: ended by LF, CR LF or CR, and nothing else
    if line > len(lines):
        raise CryomineError(f"{path}: has {len(lines)} lines; --line {line} is beyond them")
    first = sum(map(len, lines[: line - 1]))
    last = first + len(lines[line - 1])
    if not document.runs:
        return (first, last)
    spans = [(run.start, run.end) for run in document.runs if run.source_start < last and first < run.source_end]
    return (spans[0][0], spans[-1][1]) if spans else (0, 0)


def _show(records: list[TraceRecord]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name in ("at", "words", "is a", "relation", "concept", "rule"):
        table.add_column(name, overflow="fold")
    table.add_column("why", min_width=32)
    for record in records:
        what = " ".join(filter(None, (record.relation, record.polarity, record.certainty)))
        place, words = f"{record.start}-{record.end}", " ".join(record.text.split())
        style = _STYLES.get(record.kind, "")
        styled = (Text(cell, style=style) for cell in (place, words, record.kind, what))
        table.add_row(*styled, *(Text(cell) for cell in (record.concept, record.rule, record.note)))
    wide = None if sys.stdout.isatty() else 160  # a pipe or a file has no width; a terminal has its own
    Console(highlight=False, width=wide).print(table)
