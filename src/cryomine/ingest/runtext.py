"""Text that is taken out of a source bit by bit, white space folded, with the way back for every character."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryomine.document import Run

# Characters without width that break words for layout only; they are no part of the text.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_BITS = re.compile(rf"(?P<words>[^\s{INVISIBLE}]+(?: [^\s{INVISIBLE}]+)*)|(?P<space>\s+)|[{INVISIBLE}]+")


@dataclass(slots=True)
class RunText:
    """One block's text while it is collected; runs are relative to its beginning.

    ``add`` takes characters as they stand in the source, ``put`` a stretch of other length (an entity).
    """

    parts: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    length: int = 0
    space: tuple[int, int] | None = None  # white space that was seen but not yet needed

    @property
    def text(self) -> str:
        """The text so far, without white space at the end."""
        return "".join(self.parts)

    def add(self, source: str, start: int, end: int) -> None:
        """Append ``source[start:end]``, white space folded and invisible characters left out."""
        for bit in _BITS.finditer(source, start, end):
            if bit["words"] is not None:
                self._append(bit["words"], bit.start(), bit.end())
            elif bit["space"] is not None:
                self.gap(bit.start(), bit.end())

    def put(self, text: str, start: int, end: int) -> None:
        """Append ``text`` that the source writes as the characters from ``start`` to ``end``."""
        if text.isspace():
            self.gap(start, end)
        elif text := "".join(" " if c.isspace() else c for c in text if c not in INVISIBLE):
            self._append(text, start, end)

    def gap(self, start: int, end: int) -> None:
        """White space in the source: one space in the text if words follow."""
        if self.space is None:
            self.space = (start, end)

    def insert(self, text: str) -> None:
        """Append ``text`` that is not in the source."""
        self.space = None
        self.parts.append(text)
        self.length += len(text)

    def join(self, other: RunText) -> None:
        """Append what another one collected."""
        self.space = None
        self.parts += other.parts
        self.runs += shifted(other.runs, self.length)
        self.length += other.length

    def _append(self, text: str, start: int, end: int) -> None:
        if self.space is not None and self.length:
            self._run(" ", *self.space)
        self.space = None
        self._run(text, start, end)

    def _run(self, text: str, start: int, end: int) -> None:
        """One run, joined to the one before where both map character by character and touch."""
        at = self.length
        self.parts.append(text)
        self.length += len(text)
        last = self.runs[-1] if self.runs else None
        if (
            last is not None
            and last.end == at
            and last.source_end == start
            and len(text) == end - start
            and last.end - last.start == last.source_end - last.source_start
        ):
            self.runs[-1] = Run(last.start, self.length, last.source_start, end)
        else:
            self.runs.append(Run(at, self.length, start, end))


def shifted(runs: Sequence[Run], by: int) -> list[Run]:
    """The runs for a text that stands ``by`` characters further on."""
    return [Run(run.start + by, run.end + by, run.source_start, run.source_end) for run in runs]
