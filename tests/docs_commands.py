"""Reads a page of docs/ whose fenced blocks can be run, and runs it.

```` ```console ````: lines with ``$`` are commands, the lines below each are what it prints. ```` ```csv path ```` (or
text, yaml, toml) writes a file. Everything happens in one folder, from top to bottom.
"""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from cryomine.cli import group

_BLOCK = re.compile(r"^```(\w+)(?: ([\w./-]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """One command with what the page says it prints, or one file to write."""

    start: int
    end: int
    command: str = ""
    output: str = ""
    path: str = ""


def steps(page: str) -> Iterator[Step]:
    """The steps of a page, from top to bottom; the span is that of the block's body."""
    for block in _BLOCK.finditer(page):
        kind, path, body = block.groups()
        if kind == "console":
            for part in re.finditer(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", body, re.MULTILINE):
                at = block.start(3) + part.start()
                yield Step(at, at + len(part[0]), part[1], part[2])
        elif path:
            yield Step(block.start(3), block.end(3), output=body, path=path)


def run(command: str) -> str:
    """What a command prints, in the folder of now; trailing spaces and times are left out."""
    words = shlex.split(command)
    if words[0] == "cryomine":
        result = CliRunner().invoke(group, words[1:])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        printed = result.output
    else:
        printed = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    lines = [re.sub(r"^(seconds +)[\d.]+$", r"\g<1>…", line.rstrip()) for line in printed.splitlines()]
    return "".join(f"{line}\n" for line in lines)


def write(step: Step) -> None:
    """Write the step's file."""
    path = Path(step.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(step.output, encoding="utf-8")


def rewritten(page: str) -> str:
    """The page with what its commands print now."""
    parts: list[str] = []
    last = 0
    for step in steps(page):
        if step.path:
            write(step)
            continue
        parts += [page[last : step.start], f"$ {step.command}\n", run(step.command)]
        last = step.end
    return "".join([*parts, page[last:]])
