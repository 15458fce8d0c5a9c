"""Several processes on this machine. Each makes its extractor once, takes chunks of jobs and sends back plain records.

A worker answers job by job, so when one dies or does not come back it is known which document it had in hands: another
worker takes its place, and a document that ends two workers, or blocks one, is a failure.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING

from cryomine.batch.jobs import chunks
from cryomine.batch.limits import memory_limit
from cryomine.batch.records import Outcome, outcomes_of
from cryomine.batch.work import Task, get_ready, too_slow
from cryomine.errors import CryomineError

if TYPE_CHECKING:
    from cryomine.batch.engines import Recipe
    from cryomine.batch.jobs import Job

AHEAD = 2  # chunks that a worker has at a time: one in work, one waiting
GRACE = 5.0  # seconds beyond the time limit in which a worker can still say so itself
START = 300.0  # seconds that a worker may take to load the pack, on however slow a machine
TRIES = 2  # the first death may have been the neighbour's fault: memory that another process took


@dataclass(slots=True)
class _Worker:
    """One process, seen from outside. ``due`` are the jobs it has, the one in work first."""

    process: SpawnProcess
    pipe: Connection
    due: deque[Job] = field(default_factory=deque)
    chunks: deque[int] = field(default_factory=deque)  # how many jobs are left of each chunk that it has
    ready: bool = False
    since: float = field(default_factory=time.monotonic)

    @classmethod
    def hired(cls, recipe: Recipe, task: Task) -> _Worker:
        # Spawned, not forked: the fork of a process with threads (a progress bar has one) can hang.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, recipe, task), daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours)

    def give(self, chunk: Sequence[Job]) -> None:
        if not self.due:
            self.since = time.monotonic()
        self.due.extend(chunk)
        self.chunks.append(len(chunk))
        with suppress(OSError):  # it just died: its jobs are found in ``due``
            self.pipe.send(chunk)

    def answer(self) -> Outcome | None:
        """What it says: an outcome, or ``None`` where it is ready, or dead."""
        try:
            said: Outcome | CryomineError | None = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join(timeout=GRACE)
            return None
        if isinstance(said, CryomineError):
            raise said
        self.since = time.monotonic()
        if said is None:
            self.ready = True
            return None
        if said.last:
            self.due.popleft()
            self.chunks[0] -= 1
            if not self.chunks[0]:
                self.chunks.popleft()
        return said

    def state(self, seconds: float) -> str:
        """``dead``, ``stuck`` beyond the time limit, else empty; what it sent before is to be read first."""
        if self.process.exitcode is None and not (self.due or not self.ready):
            return ""
        with suppress(OSError):
            if self.process.is_alive() and self.pipe.poll():
                return ""
        if not self.process.is_alive():
            return "dead"
        limit = START if not self.ready else seconds + GRACE if seconds else float("inf")
        return "stuck" if time.monotonic() - self.since > limit else ""

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def pooled(jobs: Sequence[Job], recipe: Recipe, task: Task, workers: int) -> Iterator[Outcome]:
    """What came of each job, in the order in which they are done."""
    todo = deque(chunks(jobs))
    deaths: Counter[int] = Counter()
    left = len(jobs)
    crew: list[_Worker] = []
    try:
        for _ in range(workers):
            crew.append(_Worker.hired(recipe, task))
        while left:
            for worker in crew:
                while todo and len(worker.chunks) < AHEAD:
                    worker.give(todo.popleft())
            for pipe in wait([worker.pipe for worker in crew], timeout=1.0):
                outcome = next(worker for worker in crew if worker.pipe is pipe).answer()
                if outcome is not None:
                    left -= outcome.last
                    yield outcome
            for index, worker in enumerate(crew):
                if state := worker.state(task.seconds):
                    worker.stop()
                    failure = _blamed(worker, state, deaths, task, todo)
                    crew[index] = _Worker.hired(recipe, task)
                    if failure is not None:
                        left -= 1
                        yield failure
    finally:
        for worker in crew:
            worker.stop()


def _blamed(
    worker: _Worker, state: str, deaths: Counter[int], task: Task, todo: deque[Sequence[Job]]
) -> Outcome | None:
    """The failure of the document that a worker had in hands; ``None`` where that gets another try, or it had none.

    What the worker had still to do goes back to the others.
    """
    if not worker.ready:
        code = worker.process.exitcode
        raise CryomineError(f"workers: one did not start (exit code {code}); run with --workers 1 to see why")
    if not worker.due:
        return None
    job, *rest = worker.due
    todo.extendleft(chunks(rest))
    deaths[job.number] += 1
    if state == "stuck":
        return Outcome.failed(job, *too_slow(task.seconds))
    if deaths[job.number] < TRIES:
        todo.appendleft([job])
        return None
    how = f"ended the process that read it ({_ending(worker.process.exitcode)})"
    return Outcome.failed(job, how, "report it together with this file")


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
    return f"exit code {code}"


def _serve(pipe: Connection, recipe: Recipe, task: Task) -> None:
    """The life of a worker: get ready, say so, do chunk after chunk until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which stops us
    memory_limit()
    with suppress(EOFError, OSError):
        try:
            recipe.extractor()
            get_ready()
        except CryomineError as error:
            pipe.send(error)
            return
        pipe.send(None)
        while True:
            for job in pipe.recv():
                for outcome in outcomes_of(job, recipe.extractor, task):
                    pipe.send(outcome)
