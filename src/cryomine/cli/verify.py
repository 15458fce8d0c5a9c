"""``cryomine verify``: the grounding invariant, row by row."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cryomine.cli import CHECK_FAILED, OK
from cryomine.cli.options import FILE, counted, folder_at


@click.command()
@click.argument("folder", type=FILE, metavar="DIR")
@click.option("--sources", type=FILE, help="Where the articles are now, if not where they were.")
def verify(folder: Path, sources: Path | None) -> None:
    """Check that every row of a table stands in its source.

    DIR is the output folder of a run. Exit code 1 and a line for each row that does not hold.

    \b
    cryomine verify out
    """
    from cryomine.verify import verify as check

    verdict = check(folder_at(folder), sources)
    for problem in verdict.problems:
        click.echo(str(problem))
    click.echo(
        f"{counted(verdict.rows, 'row')} of {counted(verdict.documents, 'document')} checked, "
        + (counted(len(verdict.problems), "problem") if verdict.problems else "every row holds")
    )
    sys.exit(CHECK_FAILED if verdict.problems else OK)
