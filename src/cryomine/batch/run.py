"""The run itself: from inputs to an output folder that is whole or not there.

Knows nothing of how a document is read or a claim is found; ``work`` does that for one input at a time.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cryomine.batch.folder import OutputFolder
from cryomine.batch.manifest import manifest
from cryomine.batch.work import ClaimsOf, Failure, Result, results
from cryomine.errors import CryomineError

if TYPE_CHECKING:
    from cryomine.ingest import Input
    from cryomine.packs.schema import Pack


@dataclass(slots=True)
class Progress:
    """How far a run has come; ``claims`` and ``words`` count what is done."""

    total: int
    done: int = 0
    claims: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Options:
    """Where the table goes and in which format, and who is told how far the run has come."""

    output: Path
    format: str = "csv"
    progress: Callable[[Progress], None] = field(default=lambda _: None)


@dataclass(slots=True)
class Summary:
    """What a run did, for people and for ``run.json``."""

    table: Path
    documents: int = 0
    words: int = 0
    claims: int = 0
    linked: int = 0
    relations: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, result: Result) -> None:
        """Count one more result."""
        if result.failure or result.document is None:
            self.failures += [result.failure] if result.failure else []
            return
        self.documents += 1
        self.words += int(result.document["words"] or 0)
        self.claims += len(result.claims)
        self.linked += sum(row["link"] != "none" for row in result.claims)
        self.relations.update(str(row["relation"]) for row in result.claims)


def run(
    paths: Sequence[str | Path],
    pack: Pack,
    options: Options,
    extractor: ClaimsOf | None = None,
) -> Summary:
    """Extract the claims of everything under ``paths`` into ``options.output``.

    A path or document that cannot be read becomes a failure. The folder holds the old table until the new one is
    whole. ``extractor`` is made from the pack where none is given.
    """
    started = time.time()
    clock = time.perf_counter()
    if extractor is None:
        from cryomine.extraction import Extractor

        extractor = Extractor(pack)
    with OutputFolder(options.output, options.format) as folder:
        inputs, failures = discover(paths)
        inputs = [item for item in inputs if not _within(item, options.output)]
        summary = Summary(folder.table, failures=list(failures))
        digests: dict[str, str] = {}
        progress = Progress(total=len(inputs))
        for result in results(inputs, extractor, pack.ref):
            folder.add(result)
            summary.add(result)
            if result.document:
                digests[result.source] = str(result.document["source_sha256"])
            progress.done += 1
            progress.claims, progress.words = summary.claims, summary.words
            options.progress(progress)
        summary.failures.sort(key=lambda failure: (failure.source, failure.error))
        summary.seconds = time.perf_counter() - clock
        folder.close_with(summary.failures, manifest(summary, inputs, options.output, digests, pack, started))
    return summary


def _within(item: Input, folder: Path) -> bool:
    """Whether an input is an output of an earlier run: ``extract . -o out`` must not read the texts kept in out."""
    return item.path is not None and folder.resolve() in Path(item.path).resolve().parents


def discover(paths: Sequence[str | Path]) -> tuple[list[Input], list[Failure]]:
    """The inputs under ``paths``, each once, in the table's order; and a failure for each path that has none."""
    from cryomine import ingest

    errors: list[CryomineError] = []
    inputs = ingest.discover(paths, errors)
    return inputs, [Failure.of(error) for error in errors]
