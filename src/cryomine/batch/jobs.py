"""What is to be done: one job for each input, with its size and what an earlier run knew of it; and jobs in chunks.

Knows nothing of claims.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryomine.batch.work import ALL, Part

if TYPE_CHECKING:
    from cryomine.ingest import Input

# A chunk is what a worker is given at a time: large enough to keep it busy while the answer is on its way, small
# enough to fit into a pipe and to leave no worker alone with the last one.
CHUNK_BYTES, CHUNK_JOBS, CHUNK_CHARACTERS = 128 * 1024, 64, 16_000
# A file that changed so recently can change again without its time stamps telling (some file systems count in twos).
UNSETTLED_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Job:
    """One input. ``known_sha256`` is the digest that a record in the store was made of, empty where there is none.

    ``part`` is what of it is to be done, as long as its signature is the one that it had when the rest was done.
    """

    number: int
    item: Input
    size: int = 0
    known_sha256: str = ""
    part: Part = ALL
    begun_as: str = ""

    def signature(self) -> str:
        """What tells, without reading it, whether the input is still the same; empty for one that cannot be told."""
        if self.item.path is None:
            return ""
        try:
            stat = os.stat(self.item.path)
        except OSError:
            return ""
        return f"{stat.st_size}:{stat.st_mtime_ns}:{stat.st_ctime_ns}:{stat.st_ino}"

    def lasting(self, signature: str) -> str:
        """The signature if it can be relied on later: not where the file's last change is of just now."""
        if not signature:
            return ""
        changed = max(int(part) for part in signature.split(":")[1:3])
        return signature if time.time_ns() - changed > UNSETTLED_SECONDS * 1e9 else ""

    def digest(self) -> str:
        """SHA-256 of the input's bytes, empty where it cannot be read."""
        if self.item.path is None:
            return ""
        try:
            with self.item.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""


def size_of(item: Input) -> int:
    """Bytes of an input, 0 where it has no file."""
    try:
        return os.stat(item.path).st_size if item.path is not None else 0
    except OSError:
        return 0


def chunks(jobs: Iterable[Job]) -> Iterator[Sequence[Job]]:
    """The jobs, largest first, in chunks of about the same size; a large input is a chunk of its own."""
    chunk: list[Job] = []
    size = characters = 0
    for job in sorted(jobs, key=lambda job: (-job.size, job.number)):
        chunk.append(job)
        size += job.size
        characters += len(str(job.item.path)) + len(job.item.name)
        if size >= CHUNK_BYTES or len(chunk) >= CHUNK_JOBS or characters >= CHUNK_CHARACTERS:
            yield chunk
            chunk, size, characters = [], 0, 0
    if chunk:
        yield chunk
