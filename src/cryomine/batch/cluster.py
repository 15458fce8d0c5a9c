"""A Dask cluster, an existing one or one of our own: chunks of jobs go out, plain records come back.

A chunk whose worker dies is split until the one input is found that ends its process; that one is done on this machine,
in a process that shows which document of it is to blame. Inputs are read where the work is done, so every worker must
see them under the same path.
"""

from __future__ import annotations

import os
import pickle
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from cryomine.batch.jobs import Job, chunks
from cryomine.batch.pool import pooled
from cryomine.batch.records import Outcome, outcomes_of
from cryomine.errors import CryomineError

if TYPE_CHECKING:
    from cryomine.batch.engines import Engine, Recipe
    from cryomine.batch.work import ClaimsOf, Task

CONNECT = "10s"
AHEAD = 3  # chunks that a worker has at a time
TRIES = 2  # the first death may have been another document's fault
GRACE = 5.0  # seconds beyond the time limit

_LOCK = threading.Lock()  # a worker with several threads: an extractor is for one at a time
_extractors: dict[str, ClaimsOf] = {}  # of a worker's process, by pack


@contextmanager
def cluster(recipe: Recipe, task: Task, workers: int, scheduler: str) -> Iterator[Engine]:
    """An engine on the cluster at ``scheduler``, or on ``workers`` processes of this machine where that is empty."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise CryomineError("--engine dask: needs dask.distributed; pip install 'cryomine[scale]'") from error
    with dask.config.set({"distributed.scheduler.allowed-failures": 0}):
        try:
            if scheduler:
                client = Client(scheduler, timeout=CONNECT)
            else:
                client = Client(LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None))
        except (OSError, ValueError) as error:
            raise CryomineError(f"{scheduler}: no Dask scheduler answers ({error}); check the address") from error
        try:
            yield lambda jobs: _outcomes(client, jobs, recipe, task)
        finally:
            client.close() if scheduler else client.shutdown()


def _outcomes(client: Any, jobs: Sequence[Job], recipe: Recipe, task: Task) -> Iterator[Outcome]:
    """What came of each job, in the order in which they are done."""
    from distributed import as_completed

    waiting = chunks(jobs)
    # A task, not scattered data: what a dead worker held is then made again.
    shared = client.submit(pickle.loads, pickle.dumps(recipe), pure=False)
    sent: dict[Any, Sequence[Job]] = {}
    finished = as_completed([])
    deaths: Counter[int] = Counter()

    def send(chunk: Sequence[Job] | None) -> None:
        if chunk:
            future = client.submit(_do, list(chunk), shared, task, pure=False)
            sent[future] = chunk
            finished.add(future)

    for _ in range(AHEAD * max(1, len(client.scheduler_info()["workers"]))):
        send(next(waiting, None))
    while sent:
        future = next(finished)
        chunk = sent.pop(future)
        if future.status == "finished":
            yield from future.result()
            send(next(waiting, None))
            continue
        _raise_unless_killed(future)
        deaths[chunk[0].number] += 1
        if len(chunk) > 1:
            send(chunk[: len(chunk) // 2])
            send(chunk[len(chunk) // 2 :])
        elif deaths[chunk[0].number] < TRIES:
            send(chunk)
        else:
            yield from pooled(chunk, recipe, task, 1)
            send(next(waiting, None))


def _raise_unless_killed(future: Any) -> None:
    from distributed import KilledWorker

    error = future.exception()
    if isinstance(error, CryomineError):
        raise error
    if not isinstance(error, KilledWorker):
        what = f"{type(error).__name__}: {error}".replace("\n", " ")
        raise CryomineError(f"dask: a worker cannot do the work ({what}); install this version of cryomine there too")


def _do(chunk: Sequence[Job], recipe: Recipe, task: Task) -> list[Outcome]:
    """On a worker: do a chunk of jobs with an extractor that is made once in each process."""
    with _LOCK:
        extractor = _extractors.get(recipe.pack.digest)
        if extractor is None:
            extractor = _extractors[recipe.pack.digest] = recipe.extractor()
        outcomes = []
        for job in chunk:
            parts = outcomes_of(job, lambda: extractor, task)
            while part := _watched(parts, task.seconds):
                outcomes.append(part)
        return outcomes


def _watched(parts: Iterator[Outcome], seconds: float) -> Outcome | None:
    """The next part. A task runs in a thread, where no signal reaches it: what takes too long ends the worker."""
    if not seconds:
        return next(parts, None)
    watch = threading.Timer(seconds + GRACE, os._exit, (1,))
    watch.daemon = True
    watch.start()
    try:
        return next(parts, None)
    finally:
        watch.cancel()
