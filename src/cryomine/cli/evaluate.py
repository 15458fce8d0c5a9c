"""``cryomine evaluate``: the score of a claims table, and where it lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cryomine.cli.options import FILE, echo_json, json_option

if TYPE_CHECKING:
    from rich.console import Console

    from cryomine.score import Difference, Score, Span, Tally

KINDS = ("missed", "wrong", "extra", "relation", "polarity", "span", "certainty", "intervention")
ERRORS = KINDS[:5]


@click.command()
@click.argument("claims", type=FILE)
@click.argument("gold", type=FILE, nargs=-1, required=True)
@click.option("--ignore", type=FILE, multiple=True, help="Rows (doc, start, end) on which a claim counts for nothing.")
@click.option("--pack", metavar="NAME|DIR", help="Take an intervention as the same if this pack has it as a parent.")
@click.option("--by", type=click.Choice(["relation", "document", "rule"]), default="relation", show_default=True)
@click.option("--errors", is_flag=True, help="List the rows that table and gold do not share.")
@click.option("--kind", type=click.Choice(KINDS), multiple=True, help="Only these differences (implies --errors).")
@click.option("--texts", type=FILE, multiple=True, help="Folder with the documents: shows the line of a missed row.")
@json_option
def evaluate(
    claims: Path,
    gold: tuple[Path, ...],
    ignore: tuple[Path, ...],
    pack: str | None,
    by: str,
    errors: bool,
    kind: tuple[str, ...],
    texts: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Score a table against gold.

    \b
    cryomine evaluate out/claims.csv corpus/gold.csv --by document
    cryomine evaluate out/claims.csv corpus/gold.csv --errors --texts corpus
    """
    from cryomine.evaluate import evaluate as score_of
    from cryomine.evaluate import kin_of
    from cryomine.table import read_rows

    kin = None
    if pack:
        from cryomine.packs import load_pack

        kin = kin_of(load_pack(pack).interventions)
    score = score_of(read_rows(claims), _all_rows(gold), _all_rows(ignore), kin)
    listed = [d for d in score.differences() if d.kind in (kind or ERRORS)] if errors or kind else []
    if as_json:
        echo_json(_figures(score, by, listed))
        return
    from rich.console import Console

    console = Console(soft_wrap=True, highlight=False)
    _show_figures(console, score, by)
    for difference in listed:
        _show_difference(console, difference, lambda row: _line(row, texts))


def _all_rows(paths: tuple[Path, ...]) -> list[dict[str, Any]]:
    from cryomine.table import read_rows

    return [row for path in paths for row in read_rows(path)]


def _figures(score: Score, by: str, listed: list[Difference]) -> dict[str, Any]:
    """All figures as plain data; shares are 0 to 1, rounded to four digits."""
    figures: dict[str, Any] = {
        "overall": _tally(score.overall),
        "relation": {name: _tally(tally) for name, tally in score.by_relation().items()},
        "negated": _tally(score.negated),
        "left_out": len(score.left_out),
        **{f"same_{name}": round(value, 4) for name, value in _shares(score).items()},
    }
    if by == "document":
        figures["document"] = {name: _tally(tally) for name, tally in score.by_document().items()}
    if by == "rule":
        figures["rule"] = {
            name: {"fired": t.fired, "right": t.right, "wrong": t.wrong, "documents": t.documents}
            for name, t in score.by_rule().items()
        }
    if listed:
        figures["errors"] = [
            {"kind": d.kind, "gold": d.gold and _plain(d.gold), "claim": d.claim and _plain(d.claim)} for d in listed
        ]
    return figures


def _plain(span: Span) -> dict[str, Any]:
    from dataclasses import asdict

    return {name: value for name, value in asdict(span).items() if name != "kin"}


def _tally(tally: Tally) -> dict[str, float]:
    return {
        "gold": tally.gold,
        "found": tally.found,
        "right": tally.right,
        "precision": round(tally.precision, 4),
        "recall": round(tally.recall, 4),
        "f1": round(tally.f1, 4),
    }


def _shares(score: Score) -> dict[str, float]:
    from cryomine.score import DETAILS

    return {name: score.share(agree) for name, agree in DETAILS.items()}


def _show_figures(console: Console, score: Score, by: str) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    if by == "rule":
        for name in ("rule", "fired", "right", "wrong", "documents"):
            table.add_column(name, justify="left" if name == "rule" else "right")
        for rule, tally in score.by_rule().items():
            table.add_row(rule, *(str(n) for n in (tally.fired, tally.right, tally.wrong, tally.documents)))
        console.print(table)
        table = Table(box=None, pad_edge=False)
    for name in ("", "gold", "found", "right", "precision", "recall", "F1"):
        table.add_column(name, justify="right" if name else "left")
    rows = score.by_document() if by == "document" else score.by_relation()
    for name, t in [*rows.items(), ("negated", score.negated), ("all", score.overall)]:
        shares = (f"{value:.3f}" for value in (t.precision, t.recall, t.f1))
        table.add_row(name, str(t.gold), str(t.found), str(t.right), *shares)
    console.print(table)
    shares_line = ", ".join(f"same {name} {value:.3f}" for name, value in _shares(score).items())
    console.print(f"of the right rows: {shares_line}; left out: {len(score.left_out)}")


def _show_difference(console: Console, difference: Difference, line: Callable[[Span], str]) -> None:
    from rich.markup import escape

    row = difference.gold or difference.claim
    assert row is not None
    console.print(f"\n[bold]{difference.kind:8}[/] {escape(row.doc)} {row.start}-{row.end}")
    for name, span in (("gold", difference.gold), ("table", difference.claim)):
        if span is not None:
            words = " ".join(span.condition.split())
            attributes = " ".join(filter(None, (span.relation, span.polarity, span.certainty)))
            by = "; ".join(filter(None, (span.intervention, span.rule)))
            console.print(f"  {name:5}  [cyan]{escape(words)}[/]  {attributes}  ({escape(by)})")
    place = line(row) or (difference.claim.evidence if difference.claim else "")
    if place:
        console.print(f"  [dim]{escape(' '.join(place.split()))}[/]")


def _line(row: Span, folders: tuple[Path, ...], around: int = 160) -> str:
    """The line that holds the row's words, cut to ``around`` characters on either side; the words in »«."""
    for folder in folders:
        path = folder / row.doc
        if path.is_file():
            text = path.read_bytes().decode("utf-8", errors="replace")
            first = max(text.rfind("\n", 0, row.start) + 1, row.start - around)
            last = text.find("\n", row.end)
            last = min(len(text) if last < 0 else last, row.end + around)
            return f"{text[first : row.start]}»{text[row.start : row.end]}«{text[row.end : last]}"
    return ""
