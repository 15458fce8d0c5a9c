"""Cues that state nothing where they stand: they say who is meant, or what another therapy or cause does."""

from __future__ import annotations

from collections.abc import Sequence

from cryomine.extraction.cues import Cue
from cryomine.extraction.lexicon import Flag, Kind
from cryomine.extraction.therapies import Therapy
from cryomine.extraction.view import View

# What may stand between a cue and the therapy that is its object.
_BEFORE_OBJECT = frozenset((Kind.DET, Kind.PRON, Kind.WORD, Kind.ADV))


def describes(view: View, cue: Cue, a: int) -> bool:
    """Whether a cue only says who is meant ("not for anyone dealing with gout"); ``a`` is where its sentence begins."""
    lex, front = view.lex[cue.start], view.lex[cue.start - 1]
    if cue.start <= a or lex.lower not in view.lists["suffering"]:
        return False
    persons = front.flags & Flag.PERSON or front.lower in view.lists["whoever"]
    return front.lower == "who" or (lex.lower.endswith(("ing", "ed")) and bool(persons))


def states(view: View, cue: Cue, therapies: Sequence[Therapy], a: int, b: int) -> bool:
    """Whether a cue of the sentence ``a:b`` can state something of ours, by the therapies beside it."""
    return not _spares(view, cue, therapies, a) and not _risked(view, cue, a) and _has_object(view, cue, therapies, b)


def _risked(view: View, cue: Cue, a: int) -> bool:
    """Whether a cue is only a part of what is feared ("the risk of reduced sensation")."""
    of = cue.start - 1
    if cue.entry.rule.relation != "treats" or of <= a + 1 or view.lex[of].kind != Kind.OF:
        return False
    return view.lex[of - 1].norm in view.lists["names_of_harms"]


def _spares(view: View, cue: Cue, therapies: Sequence[Therapy], a: int) -> bool:
    """Whether a cue only says who gets ours instead of another therapy ("who cannot have surgery")."""
    if cue.entry.rule.relation != "contraindicated":
        return False
    behind = any(not t.ours and 0 <= t.start - cue.end <= 1 for t in therapies)
    front = view.lex[max(a, cue.start - 2) : cue.start]
    return behind and any(x.lower in view.lists["relatives"] for x in front)


def _has_object(view: View, cue: Cue, therapies: Sequence[Therapy], b: int) -> bool:
    """Whether our therapy is what a cue asks for as its object ("scars caused by the freezing")."""
    if cue.entry.rule.needs != "object":
        return True
    lex, lists, i = view.lex, view.lists, cue.end
    ours = {t.start for t in therapies if t.ours}
    while i < b and i not in ours and lex[i].kind in _BEFORE_OBJECT:
        if lex[i].norm in lists["treatments"] or lex[i].lower in lists["object_pronouns"]:
            return True
        i += 1
    return i in ours
