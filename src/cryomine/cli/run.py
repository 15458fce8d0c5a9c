"""``cryomine run``: the same as ``extract``, from a file that says what to run."""

from __future__ import annotations

from pathlib import Path

import click

from cryomine.cli.options import FILE
from cryomine.cli.running import HowToRun, loaded_packs, run_and_exit, run_options


@click.command()
@click.argument("definition", type=FILE)
@run_options
def run(definition: Path, how: HowToRun) -> None:
    """Rebuild a table from a run definition.

    DEFINITION is a TOML file with inputs, output and, where they differ from the usual, pack, format and background
    (false for no background vocabulary); its paths are relative to its own folder.

    \b
    cryomine run pipelines/cryotherapy.toml
    """
    from cryomine.batch import load_definition

    given = load_definition(definition)
    run_and_exit(given.inputs, loaded_packs(given.packs, background=given.background), given.output, given.format, how)
