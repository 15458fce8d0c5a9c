"""How a relation looks and is called: one letter, one colour, one line; every part of the report takes it from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cryomine.claims import RELATIONS

STYLES = 6  # as many colours as the style sheet has (.r0 to .r5)


@dataclass(frozen=True, slots=True)
class Look:
    """A relation's short form: ``letter`` for a narrow cell, ``style`` the class of the style sheet."""

    relation: str
    letter: str
    style: str


def looks(relations: Iterable[str]) -> dict[str, Look]:
    """A look for each relation: those that every pack has first, a pack's own after them by name.

    A letter is the first of the name or, where another relation has it, as many letters as tell them apart.
    """
    used: set[str] = set()
    found: dict[str, Look] = {}
    for index, relation in enumerate([*RELATIONS, *sorted(set(relations) - set(RELATIONS))]):
        sizes = range(1, len(relation) + 1)
        letter = next((short for n in sizes if (short := relation[:n].capitalize()) not in used), relation)
        used.add(letter)
        found[relation] = Look(relation, letter, f"r{index % STYLES}")
    return found


def described(row: Mapping[str, Any]) -> str:
    """Relation, polarity and certainty in words: ``treats, negated, hedged``; what is usual is left out."""
    words = [str(row["relation"])]
    words += ["negated"] if row["polarity"] == "negated" else []
    words += ["hedged"] if row["certainty"] == "hedged" else []
    return ", ".join(words)
