"""Several processes on this machine. Each makes its extractor once, takes chunks of jobs and sends back plain records.

A worker answers job by job and shows which document of the job it has in hands, so when it dies or does not come back
that is known: another worker takes its place and goes on behind what was sent. A document that ends two workers, or
blocks one, is a failure; its neighbours in an archive or a table are not.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from ctypes import c_longlong
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING

from cryomine.batch.jobs import chunks
from cryomine.batch.limits import memory_limit
from cryomine.batch.records import Outcome, outcomes_of
from cryomine.batch.work import SEEKING, Part, Task, get_ready, too_slow
from cryomine.collecting import seldom
from cryomine.errors import CryomineError

if TYPE_CHECKING:
    from cryomine.batch.engines import Recipe
    from cryomine.batch.jobs import Job

LOOK = 0.5  # seconds after which it is looked whether a worker is still alive, and not stuck
ANSWERS = 32  # that are taken from one worker before the others are heard
AHEAD = 2  # chunks that a worker has at a time: one in work, one waiting
GRACE = 5.0  # seconds beyond the time limit in which a worker can still say so itself
START = 300.0  # seconds that a worker may take to load the pack, on however slow a machine
START_TRIES = 3  # of all workers together: someone may have killed one
STARTING = (-1, SEEKING)  # in place of a job and its document
TRIES = 2  # the first death may have been the neighbour's fault: memory that another process took


@dataclass(slots=True)
class _Worker:
    """One process, seen from outside. ``due`` are the jobs it has, the one in work first.

    ``at`` is memory that it shares with us: the number of the document in its hands. ``done`` counts what it sent of
    the job in work, whose signature then was ``begun_as``.
    """

    process: SpawnProcess
    pipe: Connection
    at: c_longlong
    due: deque[Job] = field(default_factory=deque)
    chunks: deque[int] = field(default_factory=deque)  # how many jobs are left of each chunk that it has
    ready: bool = False
    since: float = field(default_factory=time.monotonic)
    done: int = 0
    begun_as: str = ""
    gone: bool = False

    @classmethod
    def hired(cls) -> _Worker:
        # Spawned, not forked: the fork of a process with threads (a progress bar has one) can hang.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        at = context.RawValue(c_longlong, SEEKING)
        process = context.Process(target=_serve, args=(theirs, at), daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours, at)

    def teach(self, recipe: Recipe, task: Task) -> _Worker:
        """Send what it needs to know; it has to listen already, for a pack is larger than a pipe: hire all first."""
        self._send((recipe, task))
        return self

    def give(self, chunk: Sequence[Job]) -> None:
        if not self.due:
            self.since = time.monotonic()
        self.due.extend(chunk)
        self.chunks.append(len(chunk))
        self._send(chunk)

    def _send(self, what: object) -> None:
        with suppress(OSError):  # it just died: its jobs are found in ``due``
            self.pipe.send(what)

    def answers(self) -> Iterator[Outcome]:
        """The outcomes that it has sent; none where it only says that it is ready, or is dead."""
        for _ in range(ANSWERS):
            if (outcome := self._answer()) is not None:
                yield outcome
            if self.gone or not self.pipe.poll():
                return

    def _answer(self) -> Outcome | None:
        try:
            said: Outcome | CryomineError | None = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join(timeout=GRACE)
            self.gone = True
            return None
        if isinstance(said, CryomineError):
            raise said
        self.since = time.monotonic()
        if said is None:
            self.ready = True
            return None
        self.done = len(said.records) + len(said.failures) + (0 if said.first else self.done or self.due[0].part.begin)
        self.begun_as = said.signature
        if said.last:
            self.done, self.begun_as = 0, ""
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
    deaths: Counter[tuple[int, int]] = Counter()
    left = len(jobs)
    crew: list[_Worker] = []
    try:
        for _ in range(workers):
            crew.append(_Worker.hired())
        for worker in crew:
            worker.teach(recipe, task)
        looked = time.monotonic()
        while left:
            for worker in crew:
                while todo and len(worker.chunks) < AHEAD:
                    worker.give(todo.popleft())
            speaking = wait([worker.pipe for worker in crew], timeout=LOOK)
            for worker in crew:
                if worker.pipe in speaking:
                    for outcome in worker.answers():
                        left -= outcome.last
                        yield outcome
            if speaking and time.monotonic() - looked < LOOK and not any(worker.gone for worker in crew):
                continue
            looked = time.monotonic()
            for index, worker in enumerate(crew):
                if state := worker.state(task.seconds):
                    worker.stop()
                    failure = _blamed(worker, state, deaths, task, todo)
                    crew[index] = _Worker.hired().teach(recipe, task)
                    if failure is not None:
                        left -= 1
                        yield failure
    finally:
        for worker in crew:
            worker.stop()


def _blamed(
    worker: _Worker, state: str, deaths: Counter[tuple[int, int]], task: Task, todo: deque[Sequence[Job]]
) -> Outcome | None:
    """The failure of the input that a worker had in hands; ``None`` where there is more to do of it, or it had none.

    What the worker had still to do goes back to the others: of this input, what is behind the documents that it sent.
    """
    if not worker.ready:
        code = worker.process.exitcode
        deaths[STARTING] += 1
        if state == "stuck" or deaths[STARTING] >= START_TRIES:
            raise CryomineError(f"workers: one did not start (exit code {code}); run with --workers 1 to see why")
        todo.extendleft(chunks(worker.due))
        return None
    if not worker.due:
        return None
    job, *rest = worker.due
    todo.extendleft(chunks(rest))
    at = worker.at.value
    deaths[job.number, at] += 1
    part = Part(worker.done or job.part.begin, job.part.given_up)
    job = replace(job, part=part, begun_as=worker.begun_as or job.begun_as)
    if state == "stuck" or deaths[job.number, at] >= TRIES:
        how = f"ended the process that read it ({_ending(worker.process.exitcode)})"
        why = too_slow(task.seconds) if state == "stuck" else (how, "report it together with this file")
        if at == SEEKING:  # not a document of it: the input itself cannot be read on
            return Outcome.failed(job, *why)
        job = replace(job, part=replace(part, given_up=(*part.given_up, (at, *why))))
    todo.appendleft([job])
    return None


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
    return f"exit code {code}"


def _serve(pipe: Connection, at: c_longlong) -> None:
    """The life of a worker: learn what to do, get ready, say so, do chunk after chunk until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which stops us
    memory_limit()
    with seldom(), suppress(EOFError, OSError):
        recipe, task = pipe.recv()
        try:
            recipe.extractor()
            get_ready()
        except CryomineError as error:
            pipe.send(error)
            return
        pipe.send(None)
        while True:
            for job in pipe.recv():
                for outcome in outcomes_of(job, recipe.extractor, task, partial(setattr, at, "value")):
                    pipe.send(outcome)
