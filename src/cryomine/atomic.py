"""Files that are there whole or not at all, and a folder that one run writes at a time.

Knows no other room.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from cryomine.errors import CryomineError


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """A path to write to, beside ``path``; it takes its place when the block ends well, else everything stays.

    A run that is killed leaves ``.NAME.part``, which the next run overwrites.
    """
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def replacing(path: Path, *, sync: bool = True) -> Iterator[TextIO]:
    """A text file that is ``placed``: UTF-8, line ends as they are written.

    Without ``sync`` the file survives the process, but perhaps not a power cut.
    """
    try:
        with placed(path) as part, part.open("w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            if sync:
                os.fsync(file.fileno())
    except OSError as error:
        raise _unwritable(path, error) from error


@contextmanager
def sole_writer(folder: Path) -> Iterator[Callable[[], None]]:
    """Make ``folder`` and hold it, so that a second run into it stops instead of mixing two tables.

    Gives a function that raises where the folder is no longer the one that is held: removed, or made anew.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".cryomine.part"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise _unwritable(folder, error) from error
    handle = _hold(folder)

    def check() -> None:
        try:
            same = handle is None or os.path.samestat(os.fstat(handle), folder.stat())
        except OSError:
            same = False
        if not same:
            raise CryomineError(f"{folder}: was removed during the run; run the same command again, and let it be")

    try:
        yield check
    finally:
        if handle is not None:
            os.close(handle)


def _hold(folder: Path) -> int | None:
    """An open handle that holds the folder's lock; ``None`` on Windows, which has no advisory lock on a folder."""
    try:
        import fcntl
    except ImportError:
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise CryomineError(
            f"{folder}: another run is writing there; wait until it ends or choose another folder with -o"
        ) from None
    return handle


def _unwritable(path: Path, error: OSError) -> CryomineError:
    reason = error.strerror or str(error)
    return CryomineError(f"{path}: cannot be written ({reason}); choose another folder with -o, or make room there")
