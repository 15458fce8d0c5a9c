"""For tests of runs, in processes of their own: a pack and an extractor that do as the document says.

"X relieves Y" is a claim. "boom" raises, "spin" never ends, "block" never ends and hears no signal, "die" kills its
process, "eat" wants all memory, "grow" makes the file grow while it is read. "slow" takes 5 ms.

In the processes of a pool ``FAULTY_PART_RECORDS`` says how many records are sent at a time, and ``FAULTY_SEEKING``
behind how many records a JSON Lines table kills its process.
"""

from __future__ import annotations

import os
import re
import signal
import time
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from cryomine.claims import Claim
from cryomine.document import Document
from stubs import StubPack

_RELIEVES = re.compile(r"\brelieves (\w+)")


@dataclass(frozen=True)
class FaultyPack(StubPack):
    name: str = "faulty"
    ref: str = "faulty@1"


class FaultyExtractor:
    def __init__(self, growing: Path | None = None, grows: int = 0) -> None:
        self.read: list[str] = []
        self._growing, self._grows = growing, grows

    def __reduce__(self) -> tuple[Any, ...]:
        return (_in_a_pool, ())

    def claims(self, document: Document) -> list[Claim]:
        self.read.append(document.source.name)
        for word in document.text.split():
            getattr(self, f"_{word}", _nothing)()
        return [_claim(match) for match in _RELIEVES.finditer(document.text)]

    def _boom(self) -> None:
        raise RuntimeError("a component tripped")

    def _slow(self) -> None:
        time.sleep(0.005)

    def _spin(self) -> None:
        while True:
            pass

    def _block(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(600)

    def _die(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def _eat(self) -> None:
        bytearray(5 << 30)

    def _grow(self) -> None:
        if self._growing and self._grows:
            self._grows -= 1
            with self._growing.open("a") as file:
                file.write("Snow relieves toes. ")


def tables(folder: Path) -> dict[str, bytes]:
    """Every file of an output folder that a reader looks at, but the manifest, which has times in it."""
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    kept = {name: path for name, path in found.items() if not name.startswith((".", "run.json"))}
    return {name: path.read_bytes() for name, path in kept.items() if not name.endswith(".part")}


def _in_a_pool() -> FaultyExtractor:
    """The extractor in a process of a pool, which gets ready for what the environment asks."""
    from cryomine.batch import records
    from cryomine.ingest import records as rows_of_tables
    from cryomine.ingest import tables

    records.PART_RECORDS = int(os.environ.get("FAULTY_PART_RECORDS", records.PART_RECORDS))
    if last := int(os.environ.get("FAULTY_SEEKING", 0)):
        rows_of_tables._SAMPLE = 1
        rows = tables._json_rows
        tables._json_rows = lambda file: chain(islice(rows(file), last), iter(FaultyExtractor()._die, 0))  # type: ignore[assignment]
    return FaultyExtractor()


def _nothing() -> None:
    return None


def _claim(match: re.Match[str]) -> Claim:
    start, end = match.span(1)
    return Claim(
        "treats", "affirmed", "asserted", "I:ice", "ice pack", "inherited", start, end, "", match.start(), end,
        match.start(), match.start() + 8, "", "", "faulty.relieves",
    )  # fmt: skip
