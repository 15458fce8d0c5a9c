"""``cryomine extract``: articles in, claims table out."""

from __future__ import annotations

from pathlib import Path

import click

from cryomine.cli.options import output_options, pack_option


@click.command()
@click.argument("paths", nargs=-1, required=True)
@output_options
@pack_option
def extract(paths: tuple[str, ...], output: Path, table_format: str, pack: str) -> None:
    """Extract the claims of articles into one table.

    PATHS are files, folders, globs, or - for standard input. Beside the table stand the documents, the inputs that
    failed, the conditions without a concept, and a manifest of the run.

    \b
    cryomine extract articles/ -o out
    curl -s https://example.org/page.html | cryomine extract - -o out
    """
    from cryomine.cli.running import run_and_exit

    run_and_exit(paths, pack, output, table_format)
