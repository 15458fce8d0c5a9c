"""Abbreviations that an article defines, read as the name that they stand for: "fibromyalgia (FM)", then "FM"."""

from __future__ import annotations

from collections.abc import Sequence

from cryomine.extraction.hits import Hit
from cryomine.extraction.lexicon import Flag, Kind
from cryomine.extraction.matcher import CONDITIONS
from cryomine.extraction.view import View
from cryomine.link.abbreviations import abbreviations

_NAMES = CONDITIONS | {"therapy", "rival"}
_ILL = Flag.HEAD | Flag.HEAD_MODIFIED | Flag.SUFFIX


def with_defined(view: View, hits: list[Hit]) -> list[Hit]:
    """The hits of a text and those of the abbreviations that it defines, in the same order.

    The bracket of the definition says nothing of its own and is left out; so is a form that is a name already.
    """
    if "(" not in view.text and "[" not in view.text:
        return hits
    meant = {short: hit for short, long in abbreviations(view.text).items() if (hit := _named(view, hits, long))}
    if not meant:
        return hits
    taken = {hit.start for hit in hits if hit.what in _NAMES}
    lowers = {short.lower() for short in meant} | {f"{short.lower()}s" for short in meant}
    added = []
    for i, entry in enumerate(view.lex):
        if entry.lower not in lowers or i in taken or _defines(view, i):
            continue
        word = view.words(i, i + 1)
        hit = meant.get(word) or meant.get(word.removesuffix("s"))
        if hit is not None:
            added.append(Hit(i, i + 1, hit.what, hit.key))
    return sorted([*hits, *added], key=lambda hit: (hit.start, -hit.end, hit.what, hit.key)) if added else hits


def _named(view: View, hits: Sequence[Hit], long: str) -> Hit | None:
    """The name with which a long form ends; a condition without a name where its last word is one for conditions."""
    at = view.text.find(long)
    a, b = view.tokens(at, at + len(long)) if at >= 0 else (0, 0)
    if a == b:
        return None
    named = (hit for hit in hits if hit.what in _NAMES and a <= hit.start and hit.end == b)
    hit = next(named, None)
    if hit is None and view.lex[b - 1].flags & _ILL:
        return Hit(a, b, "condition", "")
    return hit


def _defines(view: View, i: int) -> bool:
    """Whether token ``i`` stands alone in brackets."""
    last = i + 1 < len(view) and view.lex[i + 1].kind == Kind.CLOSE
    return last and i > 0 and view.lex[i - 1].kind == Kind.OPEN
