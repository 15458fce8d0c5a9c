"""Denials of what was said before, in any wording: a word for nothing, one for proof, one that points back.

"There isn't the research to support any of these"; "we asked for the evidence behind this and were sent none". The
wordings are endless, the three parts are not; a sentence that names a condition itself speaks of that one.
"""

from __future__ import annotations

from cryomine.extraction.hits import Hits
from cryomine.extraction.lexicon import Kind
from cryomine.extraction.matcher import CONDITIONS
from cryomine.extraction.view import View

# How far the parts stand from one another: "not the slightest shred of evidence that it works for any of them".
_FRONT, _BEHIND = 6, 9
_ENDS = frozenset((Kind.STOP, Kind.QUOTE, Kind.COMMA, Kind.SEMI, Kind.CLOSE))
# "That" and "it" point back behind a word such as "for": "no proof of that", but "no proof that they cure it".
_PARTICLES = frozenset(("up", "out"))
_ONLY_LAST = frozenset(("that", "it", "all", "any", "either"))


def unproved(view: View, hits: Hits, a: int, b: int) -> str:
    """The words of tokens ``a:b`` that say there is no proof of what was said before; empty where none do."""
    lex, proofs = view.lex, view.lists["proofs"]
    at = next((i for i in range(a, b) if lex[i].lower in proofs), None)
    if at is None or any(hit.what in CONDITIONS for hit in hits.names.within(a, b)):
        return ""
    nothing = [i for i in range(max(a, at - _FRONT), at) if lex[i].kind == Kind.NOT or _none(view, i)]
    nothing += [i for i in range(at + 1, min(b, at + _BEHIND)) if lex[i].lower == "none"]
    pointing = [i for i in range(at + 1, min(b, at + _BEHIND)) if _points(view, i, b)]
    if not nothing or not pointing:
        return ""
    ends = sorted((nothing[0], at, pointing[-1]))
    return view.words(ends[0], ends[-1] + 1)


def _none(view: View, i: int) -> bool:
    return view.lex[i].lower in view.lists["next_to_nothing"]


def _points(view: View, i: int, b: int) -> bool:
    word = view.lex[i].lower
    if word in _ONLY_LAST:
        last = i + 1 == b or view.lex[i + 1].kind in _ENDS or view.lex[i + 1].lower in _PARTICLES
        return last and view.lex[i - 1].lower in view.lists["proof_of"]
    return word in view.lists["pointing_back"]
