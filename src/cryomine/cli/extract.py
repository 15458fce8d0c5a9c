"""``cryomine extract``: articles in, claims table out."""

from __future__ import annotations

from pathlib import Path

import click

from cryomine.cli.options import background_option, output_options, packs_option
from cryomine.cli.running import HowToRun, loaded_packs, run_and_exit, run_options


@click.command()
@click.argument("paths", nargs=-1, required=True)
@output_options
@packs_option
@background_option
@run_options
def extract(
    paths: tuple[str, ...],
    output: Path,
    table_format: str,
    packs: tuple[str, ...],
    background: bool,
    how: HowToRun,
) -> None:
    """Extract the claims of articles into one table.

    PATHS are files, folders, globs, web addresses, or - for standard input. Beside the table stand the documents, the
    inputs that failed, copies, the conditions without a concept, and a manifest of the run. A run that was stopped
    goes on where it was; a later one reads only what is new or changed.

    \b
    cryomine extract articles/ -o out
    cryomine extract articles/ -o out --workers 4
    curl -s https://example.org/page.html | cryomine extract - -o out
    """
    run_and_exit(paths, loaded_packs(packs, background=background), output, table_format, how)
