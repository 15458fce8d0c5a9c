"""What the linker takes and what it gives. Knows no other module."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Kind = Literal["exact", "fuzzy", "none"]


class ConceptLike(Protocol):
    """What the linker needs of a concept; ``cryomine.packs.schema.Concept`` has it."""

    @property
    def id(self) -> str:
        """Stable id."""

    @property
    def name(self) -> str:
        """Preferred name."""

    @property
    def synonyms(self) -> Sequence[str]:
        """Other names."""

    @property
    def parents(self) -> Sequence[str]:
        """Ids of is-a parents."""

    @property
    def kind(self) -> str:
        """Disease, symptom, ...; a ``goal`` stands for the state that is its one parent."""


class PackLike(Protocol):
    """What the linker needs of a pack."""

    @property
    def concepts(self) -> Sequence[ConceptLike]:
        """The vocabulary."""

    @property
    def lexicon(self) -> Mapping[str, Sequence[str]]:
        """Word lists by name; the linker's: ``modifiers``, ``equivalents``, ``link_names``."""


Words = tuple[str, ...]  # a name as folded words

# A further vocabulary, asked by exact normal form only: normal form -> (concept id, preferred name), or nothing.
# ``cryomine.link.background.Background`` is one.
Background = Callable[[str], tuple[str, str] | None]


@dataclass(frozen=True, slots=True)
class Link:
    """What a surface form was linked to, and how.

    ``score`` is 0 to 100, ``None`` without a link. ``runner_up`` is the id of the next best concept of a fuzzy link.
    ``method``: ``exact``, ``order``, ``joined``, ``range``, ``equivalent``, ``abbreviation``, ``modifiers``, ``split``,
    ``background``, ``spelling``, ``back-off``, ``goal`` or empty; several joined by ``+``.
    """

    concept_id: str = ""
    concept: str = ""
    kind: Kind = "none"
    score: float | None = None
    runner_up: str = ""
    method: str = ""


NO_LINK = Link()
