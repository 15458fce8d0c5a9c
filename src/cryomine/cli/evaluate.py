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
@click.argument("gold", type=FILE, nargs=-1, required=True, metavar="GOLD...")
@click.option("--ignore", type=FILE, multiple=True, help="Rows (doc, start, end) on which a claim counts for nothing.")
@click.option("--pack", metavar="NAME|DIR", help="Take an intervention as the same if this pack has it as a parent.")
@click.option("--by", type=click.Choice(["relation", "document", "rule"]), default="relation", show_default=True)
@click.option("--errors", is_flag=True, help="List the rows that table and gold do not share.")
@click.option("--kind", type=click.Choice(KINDS), multiple=True, help="Only these differences (implies --errors).")
@click.option("--texts", type=FILE, multiple=True, help="Where the articles are now, if not where they were.")
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

    CLAIMS is the output folder of a run or its table; GOLD are tables as docs/claims-table.md describes them.

    \b
    cryomine evaluate out gold.csv --by document
    cryomine evaluate out gold.csv --errors
    """
    from cryomine.evaluate import evaluate as score_of
    from cryomine.evaluate import kin_of
    from cryomine.gold import doubts, read_gold, read_places, read_table, table_at
    from cryomine.quoting import Quotes, sources_read

    kin, relations = None, tuple[str, ...]()
    if pack:
        from cryomine.packs import load_pack

        loaded = load_pack(pack)
        kin, relations = kin_of(loaded.interventions), loaded.relations
    table = table_at(claims)
    rows, wanted = read_table(table), {path: read_gold(path) for path in gold}
    for doubt in doubts(wanted, rows, sources_read(table), relations):
        click.echo(f"cryomine: {doubt}", err=True)
    places = [place for path in ignore for place in read_places(path)]
    score = score_of(rows, [row for path in wanted.values() for row in path], places, kin)
    listed = [d for d in score.differences() if d.kind in (kind or ERRORS)] if errors or kind else []
    if as_json:
        echo_json(_figures(score, by, listed))
        return
    from rich.console import Console

    console = Console(soft_wrap=True, highlight=False)
    _show_figures(console, score, by)
    quotes = Quotes(table, rows, texts)
    for difference in listed:
        _show_difference(console, difference, quotes.line)


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
