"""Which noun phrases a relation takes as its condition beside those that name one anywhere."""

from __future__ import annotations

from cryomine.extraction.chunks import Chunk, Level
from cryomine.extraction.view import View

# The lowest level that a rule's ``accept`` admits.
ACCEPT = {"any": Level.UNKNOWN, "condition": Level.SHAPE, "known": Level.KNOWN}


def felt(view: View, chunk: Chunk, relation: str) -> bool:
    """Whether a phrase is a word that names a harm only where something causes it ("discharge", "pressure")."""
    alone = chunk.end - chunk.start == 1 and not chunk.what
    return alone and relation == "side-effect" and view.lex[chunk.start].norm in view.lists["felt"]


def had(view: View, chunk: Chunk, relation: str) -> bool:
    """Whether a phrase names a drug or an operation, which forbids as what a patient takes or has had.

    Not what everybody does ("stay away from saunas").
    """
    if chunk.what != "rival" or relation != "contraindicated":
        return False
    return view.words(chunk.start, chunk.end).lower() not in view.lists["rivals_of_everybody"]


def is_subject(view: View, chunk: Chunk) -> bool:
    """Whether a phrase may be what a sentence is about: no time, place or cause, but what somebody "suffers from"."""
    suffered = chunk.prep == "from" and view.lex[chunk.first - 2].norm in view.lists["suffering"]
    return suffered or chunk.prep not in view.lists["not_subject"]
