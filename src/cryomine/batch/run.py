"""The run itself: from inputs to an output folder that is whole or as it was.

Knows nothing of how a document is read or a claim is found, nor who does it: ``engines`` hand back outcomes, the store
keeps them, and when all are there the tables are written from it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cryomine.atomic import sole_writer
from cryomine.batch.engines import Recipe, engine
from cryomine.batch.fingerprint import fingerprint
from cryomine.batch.inputs import inputs_of
from cryomine.batch.jobs import Job, size_of
from cryomine.batch.manifest import manifest
from cryomine.batch.publish import Tables, keep_text
from cryomine.batch.records import Outcome, Record
from cryomine.batch.store import Store
from cryomine.batch.work import ClaimsOf, Failure, Task
from cryomine.collecting import seldom
from cryomine.defaults import SECONDS
from cryomine.duplicates import find_duplicates
from cryomine.ingest.registry import Columns

if TYPE_CHECKING:
    from cryomine.ingest import Input
    from cryomine.packs.schema import Pack, Packs

SAVE_EVERY = 1.0  # seconds of work that a killed run may lose


@dataclass(slots=True)
class Progress:
    """How far a run has come. ``claims``, ``words`` and ``size`` (bytes) count what is done.

    ``kept`` of the documents done were there from an earlier run, with ``kept_size`` bytes.
    """

    total: int
    total_size: int = 0
    done: int = 0
    claims: int = 0
    words: int = 0
    size: int = 0
    kept: int = 0
    kept_size: int = 0


@dataclass(frozen=True, slots=True)
class Options:
    """Where the table goes and in which format, who does the work, and who is told how far the run has come.

    ``time_limit`` is in seconds for one document, 0 for none. ``fresh`` forgets what an earlier run did. ``scheduler``
    is the address of a Dask cluster, empty for one of our own, ``None`` for no Dask. ``columns`` are those of tables.
    Addresses are asked once; ``refetch`` asks again, ``offline`` never; ``fetched`` is told how many of them are done,
    of how many.
    """

    output: Path
    format: str = "csv"
    progress: Callable[[Progress], None] = field(default=lambda _: None)
    workers: int = 1
    time_limit: float = SECONDS
    fresh: bool = False
    scheduler: str | None = None
    columns: Columns = field(default_factory=Columns)
    refetch: bool = False
    offline: bool = False
    fetched: Callable[[int, int], None] = field(default=lambda _done, _total: None)


@dataclass(slots=True)
class Summary:
    """What a run did, for people and for ``run.json``.

    ``kept`` inputs came from an earlier run. ``duplicates`` counts documents that are copies of others, ``notes`` says
    what was decided about an input. ``silent`` documents were read and hold no claim. ``untouched``: nothing could be
    read, so the table of an earlier run stays as it was.
    """

    table: Path
    documents: int = 0
    words: int = 0
    claims: int = 0
    linked: int = 0
    relations: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    seconds: float = 0.0
    kept: int = 0
    duplicates: int = 0
    notes: dict[str, str] = field(default_factory=dict)
    silent: int = 0
    untouched: bool = False

    def add(self, record: Record) -> None:
        """Count one more document."""
        self.documents += 1
        self.words += record.words
        self.claims += record.rows
        self.linked += record.linked
        self.relations.update(record.relations)


def run(
    paths: Sequence[str | Path],
    pack: Pack | Packs,
    options: Options,
    extractor: ClaimsOf | None = None,
) -> Summary:
    """Extract the claims of everything under ``paths`` into ``options.output``.

    A path or document that cannot be read becomes a failure. The folder holds the old table until the new one is
    whole; what is done is kept beside it, so that the next run goes on there. ``extractor`` is made from the pack
    where none is given. Where nothing at all can be read (a wrong path), the table of an earlier run is left alone.
    """
    started, clock = time.time(), time.perf_counter()
    task = Task(pack.ref, options.format, options.time_limit, options.columns)
    made_with = fingerprint(pack, options.format, *astuple(options.columns))
    with seldom(), sole_writer(options.output) as check, Store(options.output, made_with, fresh=options.fresh) as store:
        again, offline, fetched = options.refetch, options.offline, options.fetched
        inputs, failures = inputs_of(paths, options.output, refetch=again, offline=offline, fetched=fetched)
        jobs, progress = _jobs(inputs, store)
        table = options.output / f"claims.{options.format}"
        if failures and not inputs and table.is_file():
            return Summary(table, failures=sorted(failures, key=_by_source), untouched=True)
        if progress.done:
            options.progress(progress)
        with engine(Recipe(pack, extractor), task, options.workers, options.scheduler) as work:
            _do(jobs, work(jobs), store, options, progress, check)
        check()
        store.keep_only(item.name for item in inputs)
        failures = sorted(failures + store.failures(), key=_by_source)
        duplicates = {duplicate.source: duplicate for duplicate in find_duplicates(store.entries())}
        with Tables(options.output, options.format) as tables:
            summary = Summary(tables.table, failures=failures, kept=progress.kept)
            summary.duplicates, summary.notes = len(duplicates), store.notes()
            for record in tables.write(store.records(), duplicates):
                summary.add(record)
                summary.silent += not record.rows and record.source not in duplicates
            summary.seconds = time.perf_counter() - clock
            run_json = manifest(summary, inputs, options.output, store.inputs(), pack, started)
            tables.close_with(failures, duplicates.values(), pack.concepts, run_json)
    return summary


def _by_source(failure: Failure) -> tuple[str, str]:
    return failure.source, failure.error


def _jobs(inputs: Sequence[Input], store: Store) -> tuple[list[Job], Progress]:
    """What is left to do, and how far that is."""
    progress = Progress(total=len(inputs))
    jobs: list[Job] = []
    for number, item in enumerate(inputs):
        known, signature = store.known(item.name, item.stated)
        job = Job(number, item, size_of(item), known)
        progress.total_size += job.size
        if signature and signature == job.signature():
            progress.done += 1
            progress.size += job.size
        else:
            jobs.append(job)
    progress.kept, progress.kept_size = progress.done, progress.size
    return jobs, progress


def _do(
    jobs: Sequence[Job],
    outcomes: Iterable[Outcome],
    store: Store,
    options: Options,
    progress: Progress,
    check: Callable[[], None],
) -> None:
    """Keep every outcome as it comes, as long as ``check`` does not object."""
    sizes = {job.number: job.size for job in jobs}
    saved = time.monotonic()
    for outcome in outcomes:
        check()
        for digest, text in outcome.texts.items():
            keep_text(options.output, digest, text)
        store.put(outcome)
        progress.kept += outcome.unchanged
        progress.done += outcome.last
        progress.size += sizes[outcome.number] if outcome.last else 0
        progress.claims += sum(record.rows for record in outcome.records)
        progress.words += sum(record.words for record in outcome.records)
        options.progress(progress)
        if time.monotonic() - saved > SAVE_EVERY:
            store.save()
            saved = time.monotonic()
    store.save()
