"""``cryomine report``: a run's output folder as a page to look at."""

from __future__ import annotations

from pathlib import Path

import click

from cryomine.cli.options import FILE, counted, rules_option


@click.command()
@click.argument("folder", type=FILE, metavar="DIR")
@click.option("-o", "--output", type=FILE, default=Path("report.html"), show_default=True, help="The page to write.")
@click.option("--sources", type=FILE, help="Where the articles are now, if not where they were.")
@rules_option
def report(folder: Path, output: Path, sources: Path | None, packs: tuple[str, ...]) -> None:
    """Write a page that shows who claims what, and where it stands.

    DIR is the output folder of a run. The page needs no network; of more than 200 articles, each gets a file of its
    own in a folder beside the page.

    \b
    cryomine report out -o report.html
    """
    from cryomine.report import report as write

    written = write(folder, output, sources, packs)
    if written.note:
        click.echo(f"cryomine: {written.note}", err=True)
    beside = f" and {counted(written.beside, 'file')} beside it" if written.beside else ""
    click.echo(f"{written.page}{beside}: {counted(written.claims, 'claim')} of {counted(written.articles, 'article')}")
