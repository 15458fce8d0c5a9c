"""The background vocabulary: 58,000 further names of conditions, asked one phrase at a time by exact normal form.

Two sorted text files, mapped into memory when the first question comes and searched by halving: nothing to load at
start-up, nothing to index, the same bytes everywhere. Knows no pack's rules and no document.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import Protocol

from cryomine.errors import PackError
from cryomine.link.normal import normal_form

TABLES = ("names.tsv", "terms.tsv")  # written by scripts/build_background.py


class CodedConcept(Protocol):
    """What a pack's concept must say for its codes to be known here; ``cryomine.packs.schema.Concept`` does."""

    @property
    def id(self) -> str:
        """Stable id."""

    @property
    def name(self) -> str:
        """Preferred name."""

    @property
    def mondo(self) -> Iterable[str]:
        """MONDO ids."""

    @property
    def hpo(self) -> Iterable[str]:
        """HPO ids."""


@dataclass(frozen=True, slots=True)
class BackgroundHit:
    """A condition of the background vocabulary.

    ``id`` is the source's own (``MONDO:0005015``, ``HP:0000819``), or the pack's where one of its concepts carries
    that code; ``name`` is the preferred name under that id. ``kind`` is ``disease``, ``symptom`` or ``injury``.
    ``parents`` are ids of the source.
    """

    id: str
    name: str
    kind: str
    parents: tuple[str, ...] = ()


class Background:
    """Looks up surface forms; an instance costs nothing until it is asked."""

    def __init__(self, folder: Path | None = None, known: Mapping[str, tuple[str, str]] | None = None) -> None:
        """Use the shipped tables, or those of ``folder``; ``known`` maps the source's ids to a pack's (id, name)."""
        self._folder = folder
        self._known = known or {}

    @classmethod
    def for_concepts(cls, concepts: Iterable[CodedConcept], folder: Path | None = None) -> Background:
        """A background whose hits bear the pack's own id where a concept carries the code: one concept, one id."""
        known: dict[str, tuple[str, str]] = {}
        for concept in concepts:
            for code in (*concept.mondo, *concept.hpo):
                known.setdefault(code, (concept.id, concept.name))
        return cls(folder, known)

    def lookup(self, surface: str) -> BackgroundHit | None:
        """The condition whose name or synonym has the surface's normal form; never one that is merely like it."""
        form = normal_form(surface)
        if not form or (row := _find(self._names, form)) is None:
            return None
        return self.term(row[1])

    def term(self, id_: str) -> BackgroundHit | None:
        """The entry with this id of MONDO or HPO."""
        row = _find(self._terms, id_)
        if row is None:
            return None
        kind, name, parents = row[1], row[2], row[3]
        pack_id, name = self._known.get(id_, (id_, name))
        return BackgroundHit(pack_id, name, kind, tuple(parents.split()))

    def is_condition(self, surface: str) -> bool:
        """Whether the surface is a name of a condition."""
        form = normal_form(surface)
        return bool(form) and _find(self._names, form) is not None

    def __call__(self, form: str) -> tuple[str, str] | None:
        """The same for the linker, which asks by normal form and takes id and name."""
        hit = self.lookup(form)
        return (hit.id, hit.name) if hit else None

    @cached_property
    def _names(self) -> mmap.mmap | bytes:
        return self._open(TABLES[0])

    @cached_property
    def _terms(self) -> mmap.mmap | bytes:
        return self._open(TABLES[1])

    def _open(self, table: str) -> mmap.mmap | bytes:
        place = self._folder or files("cryomine.packs") / "background"
        try:
            with as_file(place / table) as path, path.open("rb") as file:
                return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""
        except OSError as error:
            reason = error.strerror or str(error)
            raise PackError(f"{place / table}: {reason}; reinstall cryomine, or run with --no-background") from None


def _find(table: mmap.mmap | bytes, key: str) -> list[str] | None:
    """The fields of the line that begins with ``key`` and a tab, in a table whose lines are sorted by their bytes."""
    wanted = key.encode() + b"\t"
    low, high = 0, len(table)
    while low < high:
        start = table.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = table.find(b"\n", start)
        end = len(table) if end < 0 else end
        line = table[start:end]
        if line.startswith(wanted):
            return line.decode().split("\t")
        if line < wanted:
            low = end + 1
        else:
            high = start
    return None
