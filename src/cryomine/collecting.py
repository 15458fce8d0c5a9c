"""The garbage collector in a run: it looks seldom, and never at what lasts as long as the process.

Nearly everything that a run makes goes when nothing refers to it any more; the collector is there for the few objects
that refer to each other in a circle. At its usual pace it looks through the whole pack again and again: an eighth of a
run's time, a quarter of a small one's. Knows nothing of documents.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS = 50_000  # new ones after which the youngest are looked through (Python's own: 700); some MB


@contextmanager
def seldom() -> Iterator[None]:
    """In this block the collector looks seldom, and not at what was there before; then all is as it was."""
    threshold, frozen = gc.get_threshold(), gc.get_freeze_count()
    gc.set_threshold(OBJECTS, *threshold[1:])
    gc.freeze()
    try:
        yield
    finally:
        gc.set_threshold(*threshold)
        _unfreeze_unless(frozen)


@contextmanager
def lasting() -> Iterator[None]:
    """What this block imports and makes is to last: the collector is not asked meanwhile.

    Later it looks at it as at the oldest objects, or not at all where the block is inside of ``seldom``.
    """
    enabled, frozen = gc.isenabled(), gc.get_freeze_count()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        _unfreeze_unless(frozen)
        if enabled:
            gc.enable()


def _unfreeze_unless(frozen: int) -> None:
    if not frozen:  # else objects of somebody else are among them
        gc.unfreeze()  # into the oldest generation
