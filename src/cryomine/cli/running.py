"""What ``extract`` and ``run`` share: their options, a run with a progress bar, and what it did as a table."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cryomine.cli import OK, SOME_INPUTS_FAILED
from cryomine.collecting import lasting
from cryomine.defaults import SECONDS

if TYPE_CHECKING:
    from cryomine.batch import Progress, Summary
    from cryomine.packs.schema import Pack, Packs

Command = TypeVar("Command", bound=Callable[..., Any])

STOPPED = 130  # as shells report a command that Ctrl-C ended


@dataclass(frozen=True, slots=True)
class HowToRun:
    """Who does the work, and how; each field is an option of ``run_options``."""

    workers: int
    time_limit: float
    fresh: bool
    refetch: bool
    offline: bool
    engine: str
    scheduler: str
    text_column: str
    id_column: str
    url_column: str
    title_column: str


_OPTIONS = (
    click.option(
        "--workers", type=click.IntRange(1, 256), default=1, show_default=True,
        help="Processes that share the work; a few MB of text are left to one.",
    ),
    click.option(
        "--time-limit", type=click.FloatRange(0), default=SECONDS, show_default=True, metavar="SECONDS",
        help="Time that one document may take; 0 for no limit.",
    ),
    click.option("--fresh", is_flag=True, help="Forget what an earlier run into this folder did; read everything."),
    click.option("--refetch", is_flag=True, help="Ask web addresses again, even where their pages are kept."),
    click.option("--offline", is_flag=True, help="Ask no web address; use the pages that are kept."),
    click.option("--text-column", default="", metavar="NAME", help="Of tables of articles: the column with the text."),
    click.option("--id-column", default="", metavar="NAME", help="What a record is called by, else its number."),
    click.option("--url-column", default="", metavar="NAME", help="Its address."),
    click.option("--title-column", default="", metavar="NAME", help="Its title."),
    click.option(
        "--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True,
        help="dask needs the extra 'scale'.",
    ),
    click.option("--scheduler", default="", metavar="ADDRESS", help="An existing Dask cluster, as tcp://host:8786."),
)  # fmt: skip


def run_options(command: Command) -> Command:
    """Give the command the options of ``HowToRun``, as the one argument ``how``."""

    @wraps(command)
    def with_options(*args: Any, **given: Any) -> Any:
        how = HowToRun(**{field.name: given.pop(field.name) for field in fields(HowToRun)})
        if how.scheduler and how.engine != "dask":
            raise click.UsageError("--scheduler goes with --engine dask")
        if how.refetch and how.offline:
            raise click.UsageError("--refetch and --offline exclude each other")
        return command(*args, how=how, **given)

    for option in reversed(_OPTIONS):
        with_options = option(with_options)
    return with_options  # type: ignore[return-value]


def loaded_packs(names: Sequence[str], *, background: bool) -> Pack | Packs:
    """The pack or packs of a command, with or without the background vocabulary."""
    with lasting():
        from cryomine.packs import load_packs

        packs = load_packs(names)
    return packs if background else packs.without_background()


def run_and_exit(paths: Sequence[str], packs: Pack | Packs, output: Path, table_format: str, how: HowToRun) -> None:
    """Run, show what came of it, and leave with 0, or with 3 where some inputs failed, or 130 after Ctrl-C."""
    with lasting():
        from cryomine.batch import Options, run
        from cryomine.ingest import Columns

    try:
        with _progress() as (progress, fetched):
            options = Options(
                output, table_format, progress, fetched=fetched,
                workers=how.workers, time_limit=how.time_limit, fresh=how.fresh,
                refetch=how.refetch, offline=how.offline,
                scheduler=how.scheduler if how.engine == "dask" else None,
                columns=Columns(how.text_column, how.id_column, how.url_column, how.title_column),
            )  # fmt: skip
            summary = run(paths, packs, options)
    except KeyboardInterrupt:
        click.echo("cryomine: stopped; what is done is kept, run the same command to go on", err=True)
        sys.exit(STOPPED)
    for failure in summary.failures:
        click.echo(f"cryomine: {failure}", err=True)
    if summary.untouched:
        click.echo(f"nothing was read; {summary.table} stays as it was")
    else:
        _show(summary)
    sys.exit(SOME_INPUTS_FAILED if summary.failures else OK)


@contextmanager
def _progress() -> Iterator[tuple[Callable[[Progress], None], Callable[[int, int], None]]]:
    """A progress bar on stderr, where stderr is a terminal: for documents, and before them for pages."""
    if not sys.stderr.isatty():
        yield (lambda _: None), (lambda _done, _total: None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, rate="")
        pages = bar.add_task("", rate="", visible=False)
        started = time.monotonic()

        def show(now: Progress) -> None:
            """By size, not by count: a document of a megabyte takes longer than one of a page."""
            rate = now.words / max(time.monotonic() - started, 0.001)
            bar.update(
                task, total=now.total_size - now.kept_size, completed=now.size - now.kept_size,
                description=f"{now.done:,}/{now.total:,} documents  {now.claims:,} claims", rate=f"{rate:,.0f} words/s",
            )  # fmt: skip

        def fetched(done: int, total: int) -> None:
            nonlocal started
            started = time.monotonic()  # the rate is that of reading
            bar.update(pages, total=total, completed=done, description=f"{done:,}/{total:,} pages", visible=True)

        yield show, fetched


def _show(summary: Summary) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_row("documents", f"{summary.documents:,}")
    if summary.silent:
        table.add_row("  without a claim", f"{summary.silent:,}")
    table.add_row("claims", f"{summary.claims:,}")
    for relation, count in sorted(summary.relations.items()):
        table.add_row(f"  {relation}", f"{count:,}")
    if summary.claims:
        table.add_row("linked to a concept", f"{summary.linked / summary.claims:.0%}")
    if summary.kept:
        table.add_row("unchanged since an earlier run", f"{summary.kept:,}")
    if summary.duplicates:
        table.add_row("copies of others", f"{summary.duplicates:,}")
    table.add_row("failures", f"{len(summary.failures):,}")
    table.add_row("seconds", f"{summary.seconds:.1f}")
    console = Console(highlight=False, soft_wrap=True)
    console.print(table)
    for name, note in summary.notes.items():
        console.print(f"{name}: {note}", markup=False)
    console.print(os.path.normpath(summary.table), markup=False)
