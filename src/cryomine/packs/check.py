"""What is wrong with a vocabulary although every single row is well formed; run in CI by ``cryomine concepts check``.

Knows concepts and the linker, no documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cryomine.link.guards import refuses
from cryomine.link.linker import Linker
from cryomine.link.names import is_acronym
from cryomine.link.normal import normal_form
from cryomine.packs.hierarchy import Hierarchy
from cryomine.packs.schema import Concept, Pack

KINDS = ("class", "disease", "symptom", "injury", "lesion", "state", "procedure-related", "goal")
_CODES = {
    "icd10": re.compile(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?(-[A-Z]\d[0-9A-Z])?"),
    "mondo": re.compile(r"MONDO:\d{7}"),
    "hpo": re.compile(r"HP:\d{7}"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake: which check found it, in which concept, and what to do."""

    check: str
    concept_id: str
    message: str


def check_concepts(pack: Pack) -> list[Finding]:
    """Every mistake in the pack's concepts, sorted by check and concept; empty where all is well."""
    hierarchy = Hierarchy(pack.concepts)
    found = [
        *_duplicates(pack.concepts),
        *_shared(pack.concepts),
        *_hierarchy(hierarchy),
        *_rows(pack.concepts),
        *_further(pack),
        *_unlinkable(pack),
    ]
    return sorted(set(found), key=lambda f: (f.check, f.concept_id, f.message))


def _duplicates(concepts: Iterable[Concept]) -> Iterator[Finding]:
    """Two concepts of one id, or of one preferred name."""
    ids: set[str] = set()
    names: dict[str, str] = {}
    for concept in concepts:
        if concept.id in ids:
            yield Finding("duplicate id", concept.id, "stands twice; keep one row")
        ids.add(concept.id)
        other = names.setdefault(normal_form(concept.name), concept.id)
        if other != concept.id:
            yield Finding("duplicate name", concept.id, f"'{concept.name}' is also the name of {other}; merge the two")


def _shared(concepts: Iterable[Concept]) -> Iterator[Finding]:
    """A synonym that two concepts claim: which one a text means would be chance."""
    owners: dict[str, tuple[str, str]] = {}
    for concept in concepts:
        for name in (concept.name, *concept.synonyms):
            owner, _ = owners.setdefault(_as_found(name), (concept.id, name))
            if owner != concept.id and name != concept.name:
                yield Finding("shared synonym", concept.id, f"'{name}' also names {owner}; leave it with one of them")


def _as_found(name: str) -> str:
    """The form under which the linker files a name; abbreviations keep their capitals."""
    return name if is_acronym(name) else normal_form(name)


def _hierarchy(hierarchy: Hierarchy) -> Iterator[Finding]:
    for key, concept in hierarchy.by_id.items():
        above = hierarchy.ancestors(key)
        for parent in concept.parents:
            if parent not in hierarchy.by_id:
                yield Finding("unknown parent", key, f"'{parent}' is no concept; correct the id or add it")
            elif key in hierarchy.ancestors(parent) or parent == key:
                yield Finding("cycle", key, f"is an ancestor of its own parent {parent}; cut one of the two")
            elif any(parent in hierarchy.ancestors(other) for other in concept.parents if other != parent):
                yield Finding("needless parent", key, f"{parent} is an ancestor by another parent too; leave it out")
        if concept.kind == "class":
            if not hierarchy.children(key):
                yield Finding("empty class", key, "no concept is under it; give it children or delete it")
        elif not concept.parents:
            yield Finding("orphan", key, "has no parent; put it under a class")
        elif not any(hierarchy.by_id[a].kind == "class" for a in above if a in hierarchy.by_id):
            yield Finding("unreachable class", key, "no class among its ancestors; put one of them under a class")


def _rows(concepts: Iterable[Concept]) -> Iterator[Finding]:
    for concept in concepts:
        if concept.kind not in KINDS:
            yield Finding("unknown kind", concept.id, f"'{concept.kind}' is none of {', '.join(KINDS)}")
        if concept.kind == "goal" and len(concept.parents) != 1:
            yield Finding("goal", concept.id, "a goal stands for one state; give it exactly that parent")
        for column, pattern in _CODES.items():
            for code in getattr(concept, column):
                if not pattern.fullmatch(code):
                    yield Finding("malformed code", concept.id, f"'{code}' is no {column} code")


def _further(pack: Pack) -> Iterator[Finding]:
    """A line of ``lexicon/link_names.txt`` for a concept that the pack does not have."""
    known = {concept.id for concept in pack.concepts}
    for line in pack.lexicon.get("link_names", ()):
        key = line.partition(":")[0].strip()
        if key not in known:
            yield Finding("unknown concept", key, "stands in link_names.txt and is no concept; correct the id")


def _unlinkable(pack: Pack) -> Iterator[Finding]:
    """A name by which the linker does not find its concept, or a synonym that the guard holds for its opposite."""
    linker = Linker.from_pack(pack)
    goals = {concept.id: concept.parents for concept in pack.concepts if concept.kind == "goal"}
    for concept in pack.concepts:
        for name in (concept.name, *concept.synonyms):
            link = linker.link(name)
            if link.concept_id not in {concept.id, *goals.get(concept.id, ())}:
                leads = link.concept_id or "nothing"
                yield Finding("unlinkable name", concept.id, f"'{name}' leads to {leads}; leave it out or reword it")
        for synonym in concept.synonyms:
            if reason := _opposite(normal_form(concept.name).split(), normal_form(synonym).split()):
                yield Finding("refused synonym", concept.id, f"'{synonym}' against '{concept.name}': {reason}")


def _opposite(name: Sequence[str], synonym: Sequence[str]) -> str:
    """Why two names of equal length that differ in one word cannot be the same; empty where they can.

    Only opposites count: that -itis is not -osis is a rule about slips, while arthrosis may well be listed beside
    arthritis.
    """
    if len(name) != len(synonym):
        return ""
    pairs = [(mine, theirs) for mine, theirs in zip(name, synonym, strict=True) if mine != theirs]
    reason = refuses(*pairs[0]) if len(pairs) == 1 else ""
    return "" if reason.startswith("-") else reason
