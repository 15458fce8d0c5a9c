"""A helper of tests of runs: as much of a pack as a run looks at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class StubPack:
    name: str = "stub"
    version: str = "1"
    digest: str = "0" * 64
    ref: str = "stub@1"
    folder: Path | None = None
    concepts: tuple[()] = ()

    @property
    def members(self) -> tuple[Self, ...]:
        return (self,)
