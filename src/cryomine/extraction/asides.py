"""What stands between the members of a list and is none of them: an inserted phrase, a supposed case, a remark."""

from __future__ import annotations

from collections.abc import Sequence

from cryomine.extraction.lexicon import Kind, Lex
from cryomine.extraction.view import View

_ASIDE_ENDS = (Kind.COMMA, Kind.CLOSE)
# "That is", "in the majority of cases".
_INSERTED_TOKENS = 6
# "Which is rare", "which usually passes within a day".
_REMARK_TOKENS = 8


def aside_end(lex: Sequence[Lex], supposing: frozenset[str], i: int, b: int) -> int:
    """The comma or bracket that ends what is no member of the list and begins at token ``i``; 0 where nothing does.

    "Redness and, after long sessions, blisters"; "redness and, if you stay too long, blisters". ``supposing`` are the
    words that begin such a clause, ``b`` is where the sentence ends.
    """
    before = lex[i - 1].kind
    inserted = lex[i].kind == Kind.COMMA and before == Kind.CONJ
    clause = lex[i].kind == Kind.SUB and lex[i].lower in supposing and before in (Kind.COMMA, Kind.CONJ, Kind.OPEN)
    if not inserted and not clause:
        return 0
    return next((j for j in range(i + 1, b) if lex[j].kind in _ASIDE_ENDS), 0)


def remark_end(view: View, i: int, b: int) -> int:
    """The comma that ends any aside of a list that begins at token ``i``: one of ``aside_end``, or a remark."""
    end = aside_end(view.lex, view.lists["supposing"], i, b)
    return end or _insertion(view, i, b) or _relative(view, i, b)


def _insertion(view: View, i: int, b: int) -> int:
    """The comma that ends a phrase like "that is" or "above all" between commas; 0 where none begins at ``i``."""
    lex = view.lex
    if lex[i].kind != Kind.COMMA:
        return 0
    end = next((j for j in range(i + 1, min(b, i + _INSERTED_TOKENS)) if lex[j].kind == Kind.COMMA), 0)
    words = " ".join(x.lower for x in lex[i + 1 : end])
    return end if words in view.lists["inserted"] else 0


def _relative(view: View, i: int, b: int) -> int:
    """The comma that ends a remark like "which is rare" inside a list; 0 where none begins at ``i``."""
    lex = view.lex
    start = i + (lex[i].kind == Kind.COMMA)
    if start >= b - 1 or lex[start].lower != "which":
        return 0
    end = next((j for j in range(start, min(b, start + _REMARK_TOKENS)) if lex[j].kind == Kind.COMMA), 0)
    return end if end and any(x.kind in (Kind.AUX, Kind.VERB) for x in lex[start:end]) else 0
