"""Bounds for one document: how long it may take, how much memory its process may have.

Knows nothing of documents.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

WORKER_BYTES = (
    4 << 30
)  # a worker is content with a tenth of it: one that wants more has met a document that is not sane


class TimeIsUp(BaseException):
    """Raised inside the work on a document; no ``Exception``, so that nobody on the way takes it for a bad document."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise ``TimeIsUp`` in the block after so many seconds; 0 is no limit.

    Works by a signal: only in the main thread, not on Windows, and not inside a C function that never comes back. The
    processes of ``pool`` are stopped from outside where this does not help.
    """
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise TimeIsUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def memory_limit(size: int = WORKER_BYTES) -> None:
    """Bound the memory of this process, where the system can: an allocation beyond it raises ``MemoryError``."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or hard > size:
        resource.setrlimit(resource.RLIMIT_DATA, (size, hard))
