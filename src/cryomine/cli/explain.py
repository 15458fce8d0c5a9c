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
    from rich.console import Console

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
        _show(records, _console())
    else:
        click.echo(nothing)


def _document(text_or_file: str, line: int | None) -> tuple[Document, tuple[int, int] | None]:
    """The document, and the span of its text that ``line`` of the source stands for."""
    from cryomine import ingest
    from cryomine.ingest import plain

    path = Path(text_or_file)
    if not _is_there(text_or_file):
        if line is not None:
            raise CryomineError(f"{text_or_file}: no such file; --line needs one")
        if _looks_like_a_path(text_or_file):
            raise CryomineError(f"{text_or_file}: no such file; check the spelling, or give a sentence")
        if not text_or_file.strip():
            raise CryomineError("the text is empty; give a sentence or a file")
        return plain.document(text_or_file), None
    if path.is_dir():
        raise CryomineError(f"{text_or_file}: a folder; give one of the files in it")
    (item,) = ingest.discover([path])
    document = ingest.read(item)
    return document, None if line is None else _span_of_line(document, path, line)


def _is_there(name: str) -> bool:
    """Whether there is such a file or folder; an empty argument is no name of the folder one is in."""
    try:
        return name != "" and Path(name).exists()
    except (OSError, ValueError):  # a text too long for a file name, or with a NUL in it
        return False


def _looks_like_a_path(argument: str) -> bool:
    """Whether an argument is meant as a file's name: one word with a slash, or with the ending of an article."""
    from cryomine.ingest.registry import extensions

    return len(argument.split()) == 1 and ("/" in argument or argument.lower().endswith(extensions()))


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


def _console() -> Console:
    from rich.console import Console

    wide = None if sys.stdout.isatty() else 160  # a pipe or a file has no width; a terminal has its own
    return Console(highlight=False, width=wide)


def _show(records: list[TraceRecord], console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    # No column has a least width: what is wrapped at one width and shown at a smaller one loses its last characters.
    for name in ("at", "words", "is a", "relation", "concept", "rule", "why"):
        table.add_column(name, overflow="fold")
    for record in records:
        what = " ".join(filter(None, (record.relation, record.polarity, record.certainty)))
        place, words = f"{record.start}-{record.end}", " ".join(record.text.split())
        style = _STYLES.get(record.kind, "")
        styled = (Text(cell, style=style) for cell in (place, words, record.kind, what))
        table.add_row(*styled, *(Text(cell) for cell in (record.concept, record.rule, record.note)))
    console.print(table)
