"""``cryomine export``: claims in the forms of other people's tools."""

from __future__ import annotations

from pathlib import Path

import click

from cryomine.cli.options import FILE, counted

# As in cryomine.export.formats, which is not imported for a help text; a test holds the two together.
FORMATS = ("web-annotation", "brat", "fhir", "sqlite", "excel", "parquet", "jsonl", "csv")


@click.command()
@click.argument("tables", type=FILE, nargs=-1, required=True, metavar="CLAIMS...")
@click.option("--to", type=click.Choice(FORMATS), required=True, help="The format.")
@click.option("-o", "--output", type=FILE, help="File, or folder for brat.  [default: claims.…, or brat/]")
@click.option("--excel-safe/--no-excel-safe", "safe", default=None,
              help="Neutralise cells that a spreadsheet would run (csv and excel; on by default).")  # fmt: skip
def export(tables: tuple[Path, ...], to: str, output: Path | None, safe: bool | None) -> None:
    """Write the claims in the form of another tool.

    CLAIMS are claims tables or output folders of runs. web-annotation (W3C, JSON-LD), brat (standoff), fhir (R5,
    ClinicalUseDefinition), sqlite (for Datasette), excel, parquet, jsonl, csv (for spreadsheets).

    \b
    cryomine export out --to sqlite -o claims.db
    cryomine export out --to brat -o brat/
    """
    from cryomine.export import export as write
    from cryomine.results import read_results

    results = read_results(tables)
    path, count = write(results, to, output, safe)
    some = to != "brat" and count < len(results.claims)
    what = counted(count, "document" if to == "brat" else "claim")
    click.echo(f"{path}: {count:,} of {counted(len(results.claims), 'claim')}" if some else f"{path}: {what}")
