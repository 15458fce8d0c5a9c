"""The explanation of a decision, recorded where it is made."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class TraceRecord:
    """One thing seen in the text and what became of it.

    ``start``/``end`` are code points into the text, end exclusive. ``kind`` is ``condition``, ``intervention``,
    ``rival``, ``cue`` or ``claim``; ``note`` says in words why it is a claim or why not.
    """

    start: int
    end: int
    text: str
    kind: str
    note: str
    rule: str = ""
    relation: str = ""
    polarity: str = ""
    certainty: str = ""
    concept: str = ""

    def as_dict(self) -> dict[str, str | int]:
        """The record as plain values, for JSON."""
        return asdict(self)


@dataclass(slots=True)
class Trace:
    """Collects the records of one document; ``None`` in its place costs nothing."""

    records: list[TraceRecord] = field(default_factory=list)

    def add(self, record: TraceRecord) -> None:
        """Note one record."""
        self.records.append(record)

    def sorted(self) -> list[TraceRecord]:
        """The records in text order."""
        return sorted(self.records, key=lambda r: (r.start, r.end, r.kind, r.rule, r.note))
