"""What extraction knows of a pack, made once and shared by all documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cryomine.extraction.lexicon import Lexicon
from cryomine.extraction.matcher import Matcher
from cryomine.packs.schema import Pack


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A pack with its word classes and its matcher.

    ``is_condition`` asks the background vocabulary about a noun phrase. ``kinds`` is the kind of each concept,
    ``names`` and ``parents`` are of interventions. ``alone`` remembers what a word is as a noun phrase by itself.
    """

    pack: Pack
    lexicon: Lexicon
    matcher: Matcher
    is_condition: Callable[[str], bool]
    kinds: Mapping[str, str]
    names: Mapping[str, str]
    parents: Mapping[str, tuple[str, ...]]
    alone: dict[str, tuple[int, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, pack: Pack, lexicon: Lexicon, matcher: Matcher, is_condition: Callable[[str], bool]) -> Knowledge:
        """The knowledge of a pack."""
        return cls(
            pack,
            lexicon,
            matcher,
            is_condition,
            kinds={c.id: c.kind for c in pack.concepts},
            names={i.id: i.name for i in pack.interventions},
            parents={i.id: i.parents for i in pack.interventions},
        )

    def concept_set(self, name: str) -> frozenset[str]:
        """A named set of the pack's ids; empty where the pack has none of that name."""
        return self.pack.concept_sets.get(name, frozenset())
