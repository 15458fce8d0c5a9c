"""``cryomine import``: other people's annotations as gold."""

from __future__ import annotations

from pathlib import Path

import click

from cryomine.cli.options import FILE, counted


@click.group("import")
def import_() -> None:
    """Take annotations of another tool as gold.

    \b
    cryomine import brat annotated/ -o gold.csv
    """


@import_.command()
@click.argument("folder", type=FILE, metavar="DIR")
@click.option("-o", "--output", type=FILE, default=Path("gold.csv"), show_default=True, help="The gold table.")
def brat(folder: Path, output: Path) -> None:
    """Make a gold table of what was annotated in brat.

    DIR holds .txt and .ann files. Claims are events or relations called treats, contraindicated or side-effect with a
    Condition, or plain spans of these types; attributes Negated and Hedged; a note intervention=NAME.

    \b
    cryomine import brat annotated/ -o gold.csv
    cryomine evaluate out/claims.csv gold.csv
    """
    from cryomine.atomic import replacing
    from cryomine.export.brat_gold import COLUMNS, read_gold
    from cryomine.table import csv_line

    rows = read_gold(folder)
    output.parent.mkdir(parents=True, exist_ok=True)
    with replacing(output) as file:
        file.write(csv_line(COLUMNS))
        file.writelines(csv_line(row[name] for name in COLUMNS) for row in rows)
    documents = len({row["doc"] for row in rows})
    claims = sum(row["relation"] != "" for row in rows)
    click.echo(f"{output}: {counted(claims, 'claim')} of {counted(documents, 'document')}")
