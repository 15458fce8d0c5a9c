"""The records of a pack: what the loader reads, what extraction and linking take.

Knows nothing of documents. The models are pydantic so that a mistake in a data file is answered with what would be
right; the loader adds file and line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, field_validator

Polarity = Literal["affirmed", "negated"]
Certainty = Literal["asserted", "hedged"]
Scope = Literal[
    "after",
    "before",
    "sentence",
    "adjacent",
    "around",
    "section",
    "tail",
    "with-object",
    "with-subject",
    "itself",
    "list",
    "row",
    "carry",
]
Accept = Literal["any", "condition", "known"]
ContextKind = Literal["negation", "hedge", "pseudo", "terminate", "deny", "aside", "circumstance", "background"]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class CueRule(_Record):
    """Words that carry a relation, and where the conditions they govern stand.

    ``scope``: ``after``/``before`` the cue up to the end of the clause; ``adjacent`` = the noun phrase glued in front
    ("pain relief"); ``sentence`` = the sentence's conditions wherever they stand; ``around`` = between two halves of
    the pattern (``make … worse``); ``with-object`` = the cue and its object are the condition ("delay wound healing"),
    ``with-subject`` = its subject and the cue are ("the skin was not damaged"); ``itself`` = the conditions among the
    cue's own words ("she fainted"); ``section`` = a heading or lead-in that governs what follows; ``tail`` = the same
    at the very end of a lead-in ("… if you:"); ``carry`` = the relation of the sentence before ("such conditions
    include"); ``list`` = a lead-in that says nothing itself (its last words are the cue): the list under it tells,
    where half of its items (two at least) are ``among`` the set;
    ``row`` = a condition in the first cell of a table's row and our therapy (the cue) at the head of a later one.
    ``accept``: ``any`` noun phrase, one that looks like a ``condition``, or only one the vocabulary ``knows``.
    ``needs``: a therapy of ours ``stated`` by the sentence or a heading, or any ``therapy`` at least hinted at, or one
    as the ``object`` of the cue ("caused by freezing").
    ``elsewhere``: where the cue governs no condition, the nearest heading's is meant. ``acts``: the words are what the
    therapy does ("can be frozen"), so another therapy beside them does not own the claim. ``near``: the rule holds only
    where one of these words, or a therapy, stands in the sentence; ``unless``: not where one of these words or phrases
    does. ``among``/``except_among`` name a concept set of the pack (``harms``) to which the rule is (not) limited.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$")
    relation: str = ""
    cue: tuple[str, ...]
    scope: Scope
    accept: Accept = "condition"
    polarity: Polarity = "affirmed"
    certainty: Certainty = "asserted"
    needs: Literal["", "therapy", "stated", "object"] = ""
    elsewhere: bool = False
    acts: bool = False
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    among: str = ""
    except_among: str = ""
    example: tuple[str, ...] = Field(min_length=1)
    counterexample: tuple[str, ...] = ()

    _tuples = field_validator("cue", "near", "unless", "example", "counterexample", mode="before")(_as_tuple)


class ContextRule(_Record):
    """Words that change a claim after it is bound: ``negation``, ``hedge``; ``pseudo`` looks like one and is none;
    ``terminate`` ends the reach of both; ``deny`` denies the claims of the sentence before; ``aside`` marks a therapy
    named only for comparison ("unlike surgery"), ``circumstance`` another therapy named as a time or cause,
    ``background`` what a study asks (with ``reach: near`` up to a verb that tells what came of it). A negation with
    ``reach: near`` ("not") reaches its own verb only, ``behind`` ("has not been proven") the condition right in front
    of it.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$")
    kind: ContextKind
    reach: Literal["near", "clause", "behind"] = "clause"
    cue: tuple[str, ...]
    example: tuple[str, ...] = Field(min_length=1)
    counterexample: tuple[str, ...] = ()

    _tuples = field_validator("cue", "example", "counterexample", mode="before")(_as_tuple)


class LayoutRule(_Record):
    """Words by which page furniture shows itself.

    A line of the kind ``end`` says that the article is over ("References"); one of the kind ``interlude`` stands amid
    it ("Advertisement"): only the links and short lines right behind it are no part of the article.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$")
    kind: Literal["end", "interlude"]
    cue: tuple[str, ...]
    example: tuple[str, ...] = Field(min_length=1)

    _tuples = field_validator("cue", "example", mode="before")(_as_tuple)


Rule: TypeAlias = CueRule | ContextRule | LayoutRule


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of the vocabulary; ``parents`` are ids of is-a parents."""

    id: str
    name: str
    kind: str
    parents: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    icd10: tuple[str, ...] = ()
    mondo: tuple[str, ...] = ()
    hpo: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intervention:
    """One therapy of the pack; ``weak_synonyms`` mean it only in a document that is about the therapy anyway."""

    id: str
    name: str
    parents: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    weak_synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rival:
    """Another therapy: it owns its own claims, and they are not ours."""

    name: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """A validated pack with everything it extends merged in.

    ``digest`` is the SHA-256 of all its files; ``places`` says where ``rule ID``, ``concept ID``, ``intervention ID``
    and ``rival NAME`` stand (``FILE:LINE``). ``weights`` says what each feature of a condition that no rule speaks of
    weighs for each of ``relations``, against no claim at all. ``background`` says whether conditions that the pack does
    not know are looked up in the background vocabulary; ``folder`` is where the pack itself is.
    """

    name: str
    version: str
    digest: str
    relations: tuple[str, ...]
    concepts: tuple[Concept, ...]
    interventions: tuple[Intervention, ...]
    rivals: tuple[Rival, ...]
    cues: tuple[CueRule, ...]
    context: tuple[ContextRule, ...]
    layout: tuple[LayoutRule, ...]
    lexicon: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    concept_sets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    weights: Mapping[str, tuple[float, ...]] = field(default_factory=dict, repr=False)
    places: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    background: bool = True
    folder: Path | None = field(default=None, repr=False, compare=False)

    @property
    def members(self) -> tuple[Pack, ...]:
        """Itself, as the only pack of a run."""
        return (self,)

    def without_background(self) -> Pack:
        """The same pack without the background vocabulary; what it finds differs, and so does its digest."""
        digest = hashlib.sha256(f"{self.digest} without background".encode()).hexdigest()
        return replace(self, background=False, digest=digest)

    def without_weights(self) -> Pack:
        """The same pack with nothing but its rules; what it finds differs, and so does its digest."""
        digest = hashlib.sha256(f"{self.digest} without weights".encode()).hexdigest()
        return replace(self, weights={}, digest=digest)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, of whatever kind, in the order of the files."""
        return (*self.cues, *self.context, *self.layout)

    @property
    def ref(self) -> str:
        """``name@version``, as the table's ``pack`` column has it."""
        return f"{self.name}@{self.version}"


@dataclass(frozen=True, slots=True)
class Packs:
    """The packs of one run, which reads each text once; no two have the same name."""

    members: tuple[Pack, ...]

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """The concepts of all, each id once: as the first pack has it."""
        by_id: dict[str, Concept] = {}
        for pack in self.members:
            for concept in pack.concepts:
                by_id.setdefault(concept.id, concept)
        return tuple(by_id.values())

    def without_background(self) -> Packs:
        """The same packs without the background vocabulary."""
        return Packs(tuple(pack.without_background() for pack in self.members))

    @property
    def ref(self) -> str:
        """The refs of all, joined by commas."""
        return ",".join(pack.ref for pack in self.members)

    @property
    def digest(self) -> str:
        """The SHA-256 of the digests of all, in the order given."""
        return hashlib.sha256("".join(pack.digest for pack in self.members).encode()).hexdigest()
