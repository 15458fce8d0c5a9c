"""The command line: a group that imports a command's module only when that command is called.

Holds no logic: every command hands its arguments to a room of the package and shows what comes back.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from cryomine import __version__
from cryomine.errors import CryomineError

# The help's line beside each name, so that `cryomine --help` imports nothing; a test holds them to the docstrings.
COMMANDS = {
    "extract": "Extract the claims of articles into one table.",
    "run": "Rebuild a table from a run definition.",
    "verify": "Check that every row of a table stands in its source.",
    "evaluate": "Score a table against gold.",
    "explain": "Show what was found in a text, and why there is a claim or none.",
    "show": "Show a claim in its place: source, section, the lines around it, and a link that opens it.",
    "compare": "Compare the sources: who agrees, who contradicts whom, and why.",
    "report": "Write a page that shows who claims what, and where it stands.",
    "plot": "Draw a claims table for a paper or a slide.",
    "export": "Write the claims in the form of another tool.",
    "import": "Take annotations of another tool as gold.",
    "concepts": "Search, show and check the concepts of a pack.",
    "pack": "Make, check and look into the pack of a therapy.",
}

OK, CHECK_FAILED, USAGE, SOME_INPUTS_FAILED = 0, 1, 2, 3


def python_name(command: str) -> str:
    """What a command's module and function are called: its name, unless Python keeps that for itself."""
    return f"{command}_" if iskeyword(command) else command


class LazyGroup(click.Group):
    """Commands by name; the module ``cryomine.cli.<name>`` is imported when its command is called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names, in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; ``None`` where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        name = python_name(cmd_name)
        command = getattr(import_module(f"cryomine.cli.{name}"), name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command and its arguments; of a misspelt one the error names what was perhaps meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            raise click.UsageError(error.message + hint, ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what the user can mend is one line on stderr and exit code 2."""
        try:
            return super().invoke(ctx)
        except CryomineError as error:
            click.echo(f"cryomine: {error}", err=True)
            sys.exit(USAGE)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from ``COMMANDS`` alone."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup)
@click.version_option(__version__, prog_name="cryomine")
def group() -> None:
    """Mine articles for claims about a therapy: who says what about which condition, and where it stands.

    \b
    cryomine extract articles/ -o out      a claims table from your articles
    cryomine explain "Ice relieves pain."  why there is a claim, or why not
    """


def main() -> None:
    """The entry point of the console script."""
    try:
        group(prog_name="cryomine")
    finally:
        # What is left goes with the process: to take spaCy and a pack apart object by object takes up to half a second.
        gc.freeze()
