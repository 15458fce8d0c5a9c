"""``cryomine plot``: a claims table as a picture."""

from __future__ import annotations

from pathlib import Path

import click

from cryomine.cli.options import FILE


@click.command()
@click.argument("claims", type=FILE, metavar="CLAIMS")
@click.option("--kind", type=click.Choice(["heatmap", "relations", "agreement"]), default="heatmap", show_default=True)
@click.option("-o", "--output", type=FILE, help="The picture to write: .svg, .png or .pdf.  [default: KIND.svg]")
@click.option("--top", type=click.IntRange(min=1, max=500), default=25, show_default=True, help="Concepts to draw.")
def plot(claims: Path, kind: str, output: Path | None, top: int) -> None:
    """Draw a claims table for a paper or a slide.

    CLAIMS is a claims table or the output folder of a run. The heat map shows which source says what of which concept,
    `relations` how many sources affirm what, `agreement` how many affirm and how many deny it.

    \b
    cryomine plot out/claims.csv --kind agreement -o agreement.svg
    """
    from cryomine.plot import plot as draw
    from cryomine.results import read_results

    output = output or Path(f"{kind}.svg")
    draw(read_results([claims]).claims, kind, output, top, str(claims))
    click.echo(str(output))
