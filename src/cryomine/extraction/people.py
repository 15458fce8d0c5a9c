"""What people have: whether a phrase behind a cue says in whom something is so ("in adults with asthma")."""

from __future__ import annotations

from cryomine.extraction.chunks import Chunk
from cryomine.extraction.lexicon import Flag, Kind
from cryomine.extraction.view import View

# What may stand between people and what they have.
_BEFORE_HAD = frozenset((Kind.PREP, Kind.TO, Kind.DET, Kind.ADV, Kind.SUB, Kind.AUX, Kind.VERB))


def of_people(view: View, chunk: Chunk, a: int) -> bool:
    """Whether a phrase of the sentence that begins at token ``a`` says what people have ("in patients with gout")."""
    lex, lists = view.lex, view.lists
    if chunk.what == "state" and lex[chunk.start - 1].norm in ("take", "taking"):
        return True
    i = chunk.first - 1
    having = lists["sufferers"] | lists["suffering"]
    while i >= a and (lex[i].kind in _BEFORE_HAD or lex[i].lower in having):
        if lex[i].lower in lists["whoever"]:
            # "Those living with gout."
            return True
        i -= 1
    # "The treatment of eyes with glaucoma."
    return i >= a and bool(lex[i].flags & (Flag.PERSON | Flag.BODY))


def in_people(view: View, chunk: Chunk, a: int) -> bool:
    """Whether a preposition leads to the people who have it ("in adults with asthma")."""
    lex, i = view.lex, chunk.first - 1
    while i > a and not lex[i].flags & Flag.PERSON:
        i -= 1
    while i > a and lex[i - 1].kind in (Kind.DET, Kind.ADV, Kind.WORD):
        i -= 1
    return i > a and lex[i - 1].kind == Kind.PREP


def of_symptoms(view: View, chunk: Chunk, a: int) -> bool:
    """Whether a phrase, or the one in front, only says "symptoms" ("symptoms of …", "symptoms in late stages of …")."""
    last, words = chunk.first - 1, view.lists["symptom_words"]
    inside = any(view.lex[i].norm in words for i in range(chunk.first, chunk.start))
    return inside or (last > a and view.lex[last - 1].norm in words)
