"""The therapies that a sentence names, and which of them stand aside.

Knows word classes and context cues; whose claim it is, is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryomine.extraction.context import Context
from cryomine.extraction.hits import Hit
from cryomine.extraction.lexicon import Flag, Kind
from cryomine.extraction.matcher import THERAPIES
from cryomine.extraction.view import View

_FILLER = frozenset((Kind.DET, Kind.WORD, Kind.PRON, Kind.ADV, Kind.HYPHEN, Kind.CONJ))


@dataclass(slots=True)
class Therapy:
    """A therapy named in the sentence; ``aside`` where it is there for comparison or as a time ("after surgery")."""

    start: int
    end: int
    key: str
    ours: bool
    weak: bool
    aside: bool


def therapies_of(view: View, names: Sequence[Hit], context: Context, a: int, b: int) -> list[Therapy]:
    """The therapies among the names of the sentence ``a:b``, in text order."""
    found: list[Therapy] = []
    named = [name for name in names if name.what in THERAPIES]
    if not named:
        return found
    asides, circumstances = context.of_kind("aside"), context.of_kind("circumstance")
    for name in named:
        rival = name.what == "rival"
        marks = (*asides, *circumstances) if rival and circumstances else asides
        # "After surgery" in front, "surgery is not needed" behind.
        aside = bool(marks) and any(
            (h.start == name.end)
            if context.looks_back(h)
            else (h.end <= name.start and _only_filler(view, h.end, name.start))
            for h in marks
        )
        if rival and (_place(view, name, a, b) or _attribute(view, name, found, a)):
            continue
        if rival and not aside:
            weak = view.words(name.start, name.end).lower() in view.lists["rivals_weak"]
            aside = weak and not _acts(view, name, a, b)
        found.append(Therapy(name.start, name.end, name.key, not rival, name.what == "weak", aside))
    return found


def _place(view: View, name: Hit, a: int, b: int) -> bool:
    """Whether a therapy's name is that of a place or of people ("the physiotherapy department", "ring the surgery")."""
    lex = view.lex
    if name.end < b and lex[name.end].norm in view.lists["institutions"]:
        return True
    i = name.start - 1
    return i > a and lex[i].kind in (Kind.DET, Kind.PRON) and lex[i - 1].lower in view.lists["contacting"]


def _attribute(view: View, name: Hit, before: Sequence[Therapy], a: int) -> bool:
    """Whether a therapy's name says what ours is ("ice is a cheap and reliable painkiller")."""
    lex, i = view.lex, name.start - 1
    while i > a and lex[i].kind in _FILLER and not lex[i].flags & Flag.BE:
        i -= 1
    determined = any(lex[j].kind == Kind.DET for j in range(i + 1, name.start))
    ours = lex[i - 1].kind == Kind.PRON or any(t.ours and t.end == i for t in before)
    return determined and bool(lex[i].flags & Flag.BE) and ours


def _acts(view: View, name: Hit, a: int, b: int) -> bool:
    """Whether a therapy with an everyday name acts here: as the subject, the means, or in a list of therapies."""
    lex = view.lex
    i = name.start - 1
    while i >= a and lex[i].kind in (Kind.DET, Kind.ADV, Kind.WORD) and name.start - i <= 3:
        i -= 1
    if i < a:
        return True
    if lex[i].lower in view.lists["using"]:
        return True
    if lex[i].kind in (Kind.PREP, Kind.OF, Kind.TO):
        return lex[i].lower in ("with", "by", "via", "through")
    behind = next((lex[j].kind for j in range(name.end, b) if lex[j].kind != Kind.ADV), Kind.STOP)
    return behind in (Kind.AUX, Kind.VERB) or lex[i].kind in (Kind.CONJ, Kind.COMMA, Kind.SEMI, Kind.STOP)


def _only_filler(view: View, a: int, b: int) -> bool:
    return b - a <= 3 and all(view.lex[i].kind in _FILLER for i in range(a, b))
