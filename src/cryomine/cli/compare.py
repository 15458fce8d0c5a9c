"""``cryomine compare``: claims tables in, four tables of comparison out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cryomine.cli.options import FILE, counted, rules_option
from cryomine.defaults import ROWS

if TYPE_CHECKING:
    from cryomine.comparison import Comparison


@click.command()
@click.argument("tables", type=FILE, nargs=-1, required=True, metavar="CLAIMS...")
@click.option("-o", "--output", type=FILE, default=Path("comparison"), show_default=True, help="Folder for the tables.")
@rules_option
@click.option("--rows", type=click.IntRange(min=1), default=ROWS, show_default=True,
              help="About how many rows a table may have; of every concept the gravest stay.")  # fmt: skip
def compare(tables: tuple[Path, ...], output: Path, packs: tuple[str, ...], rows: int) -> None:
    """Compare the sources: who agrees, who contradicts whom, and why.

    CLAIMS are claims tables or output folders of runs. Written are matrix.csv (concept and relation by source),
    agreements.csv, contradictions.csv (with a sentence of why, `apparent` ones last) and sources.csv.

    \b
    cryomine compare out -o comparison
    """
    from cryomine.comparison import compare as compare_claims
    from cryomine.results import read_results

    results = read_results(tables)
    comparison = compare_claims(results.claims, results.documents, results.concepts, packs, rows, results.packs)
    comparison.write(output)
    _show(comparison, output)


def _show(comparison: Comparison, output: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    listed = comparison.contradictions
    table = Table(box=None, pad_edge=False)
    for name in ("contradictions", "strong", "medium", "weak"):
        table.add_column(name, justify="left" if name == "contradictions" else "right")
    real = listed[listed["verdict"] == "contradiction"]
    for kind, group in real.groupby("kind", observed=True):
        counts = group["strength"].value_counts()
        table.add_row(str(kind), *(f"{counts[name]:,}" for name in ("strong", "medium", "weak")))
    console = Console(highlight=False, soft_wrap=True)
    sources = comparison.sources
    copies = int((sources["duplicate_of"] != "").sum())
    console.print(counted(len(sources), "source") + (f", {copies:,} of them near-duplicates" if copies else ""))
    console.print(counted(comparison.agreements["agreement_id"].nunique(), "agreement"))
    if len(real):
        console.print(table)
    console.print(counted(len(listed) - len(real), "apparent contradiction") + ", in which both claims can hold")
    if comparison.pairs_found > len(listed):
        console.print(f"{comparison.pairs_found:,} pairs in all; --rows sets how many are listed")
    console.print(str(output), markup=False)
