"""What ``extract`` and ``run`` share: a run with a progress bar, and what it did as a table."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cryomine.cli import OK, SOME_INPUTS_FAILED

if TYPE_CHECKING:
    from cryomine.batch import Progress, Summary


def run_and_exit(paths: Sequence[str], pack: str, output: Path, table_format: str) -> None:
    """Run, show what came of it, and leave with 0, or with 3 where some inputs failed."""
    from cryomine.batch import Options, run
    from cryomine.packs import load_pack

    loaded = load_pack(pack)
    with _progress() as progress:
        summary = run(paths, loaded, Options(output, table_format, progress))
    for failure in summary.failures:
        click.echo(f"cryomine: {failure}", err=True)
    _show(summary)
    sys.exit(SOME_INPUTS_FAILED if summary.failures else OK)


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    """A progress bar on stderr, where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (MofNCompleteColumn(), BarColumn(), TextColumn("{task.fields[claims]} claims"), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, claims=0)
        yield lambda now: bar.update(task, total=now.total, completed=now.done, claims=now.claims)


def _show(summary: Summary) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_row("documents", f"{summary.documents:,}")
    table.add_row("claims", f"{summary.claims:,}")
    for relation, count in sorted(summary.relations.items()):
        table.add_row(f"  {relation}", f"{count:,}")
    share = summary.linked / summary.claims if summary.claims else 0.0
    table.add_row("linked to a concept", f"{share:.0%}")
    table.add_row("failures", f"{len(summary.failures):,}")
    table.add_row("seconds", f"{summary.seconds:.1f}")
    console = Console(highlight=False, soft_wrap=True)
    console.print(table)
    console.print(str(summary.table), markup=False)
