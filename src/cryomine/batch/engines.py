"""Who does the jobs: this process, several processes, or a Dask cluster. Outcomes come back in any order.

An engine takes jobs and gives what came of each, in one part or several; a document that kills or blocks its process is
a failure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from cryomine.batch.records import Outcome, outcomes_of
from cryomine.batch.work import Task
from cryomine.collecting import lasting

if TYPE_CHECKING:
    from cryomine.batch.jobs import Job
    from cryomine.batch.work import ClaimsOf
    from cryomine.packs.schema import Pack, Packs

# A second process takes a second or two to start; text that one process reads in the same time needs none.
BYTES_FOR_ONE = 2_000_000


@dataclass(slots=True)
class Recipe:
    """How a process comes to its extractor: the pack or packs, or an extractor that someone made."""

    pack: Pack | Packs
    made: ClaimsOf | None = field(default=None)

    def extractor(self) -> ClaimsOf:
        """The extractor, made when it is first asked for: a run with nothing new to read needs none."""
        if self.made is None:
            with lasting():
                from cryomine.extraction import extractor_for

                self.made = extractor_for(self.pack)
        return self.made


class Engine(Protocol):
    """What ``run`` needs of whoever does the jobs."""

    def __call__(self, jobs: Sequence[Job]) -> Iterator[Outcome]:
        """The outcomes of every job, one or more, the jobs in any order."""
        ...


@contextmanager
def engine(recipe: Recipe, task: Task, workers: int, scheduler: str | None) -> Iterator[Engine]:
    """The engine for so many workers, or for the Dask cluster at ``scheduler`` (empty: one of our own)."""
    if scheduler is not None:
        from cryomine.batch.cluster import cluster

        with cluster(recipe, task, workers, scheduler) as found:
            yield found
    else:
        yield Local(recipe, task, workers)


@dataclass(frozen=True, slots=True)
class Local:
    """This machine: as many processes as there is work for, at most ``workers``."""

    recipe: Recipe
    task: Task
    workers: int

    def __call__(self, jobs: Sequence[Job]) -> Iterator[Outcome]:
        """In this process where one is enough, and for standard input, which no other process can read."""
        wanted = min(self.workers, len(jobs), 1 + sum(job.size for job in jobs) // BYTES_FOR_ONE)
        if wanted > 1 and all(job.item.path is not None for job in jobs):
            from cryomine.batch.pool import pooled

            yield from pooled(jobs, self.recipe, self.task, wanted)
            return
        for job in jobs:
            yield from outcomes_of(job, self.recipe.extractor, self.task)
