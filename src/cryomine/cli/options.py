"""Options and arguments that several commands share, so that they are spelt and explained in one way."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from cryomine.defaults import PACK
from cryomine.folder import FORMATS

Command = TypeVar("Command", bound=Callable[..., Any])

FILE = click.Path(path_type=Path)


def counted(number: int, what: str) -> str:
    """``1 claim``, ``1,200 claims``."""
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def folder_at(path: Path) -> Path:
    """The output folder that is meant: the one given, or that of the table given."""
    return path.parent if path.is_file() else path


def echo_json(value: object) -> None:
    """The answer of ``--json``."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


json_option = click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")

pack_option = click.option("--pack", default=PACK, show_default=True, metavar="NAME|DIR", help="The therapy's pack.")


packs_option = click.option(
    "--pack",
    "packs",
    multiple=True,
    default=[PACK],
    show_default=True,
    metavar="NAME|DIR",
    help="The therapy's pack; again for a second therapy.",
)


background_option = click.option(
    "--background/--no-background",
    default=True,
    show_default=True,
    help="Look up conditions that the pack does not know in the background vocabulary (MONDO, HPO).",
)

rules_option = click.option(
    "--pack",
    "packs",
    multiple=True,
    metavar="NAME|DIR",
    help="The pack with the rules, where it is no longer where the run had it; again for a second one.",
)


def output_options(command: Command) -> Command:
    """Where the table goes, and in which format."""
    command = click.option(
        "--format", "table_format", type=click.Choice(FORMATS), default="csv", show_default=True,
        help="Format of the claims table.",
    )(command)  # fmt: skip
    return click.option(
        "-o", "--output", type=FILE, default=Path("out"), show_default=True, help="Folder for the table and its kin."
    )(command)
