"""Cues that are part of the condition that they name, with their object or subject, or stand glued to it."""

from __future__ import annotations

from collections.abc import Sequence

from cryomine.extraction.chunks import Chunk, Level
from cryomine.extraction.cues import Cue
from cryomine.extraction.lexicon import Flag, Kind
from cryomine.extraction.view import View

# What a cue asks for behind its verb, no part of the condition.
_LOOSE = frozenset((Kind.CONJ, Kind.COMMA, Kind.STOP, Kind.SUB, Kind.PREP, Kind.DET, Kind.PRON))


def with_object(view: View, chunks: Sequence[Chunk], cue: Cue) -> list[Chunk]:
    """The cue and its object as one condition ("delay wound healing"); a body part or function can be it."""
    for chunk in chunks:
        if chunk.start < cue.end:
            continue
        between = [view.lex[i].kind for i in range(cue.end, chunk.first)]
        if any(k not in (Kind.DET, Kind.ADV, Kind.PRON) for k in between):
            return []
        if chunk.level == Level.KNOWN:
            return [chunk]
        if chunk.why in ("names a part of the body", "a wellness benefit, no condition") or chunk.level > Level.NONE:
            return [chunk._replace(start=cue.start, first=cue.start, level=Level.SHAPE, why="")]
        return []
    return []


def with_subject(view: View, chunks: Sequence[Chunk], cue: Cue) -> list[Chunk]:
    """Each subject and the cue as one condition ("tissue was not damaged"), for body parts and vital signs."""
    found: list[Chunk] = []
    right, end = cue.start, cue.end
    while end > cue.start + 1 and view.lex[end - 1].kind in _LOOSE:
        # "The heart rate drops and …"
        end -= 1
    for chunk in reversed(chunks):
        if chunk.last > right:
            continue
        between = [view.lex[i].kind for i in range(chunk.last, right)]
        # "Heart rate and blood pressure shoot up": each of them does.
        if between != [Kind.CONJ] if found else any(k not in (Kind.ADV, Kind.AUX) for k in between):
            break
        flags = view.lex[chunk.end - 1].flags
        place = flags & Flag.VITAL or view.lex[chunk.end - 1].norm in view.lists["places"]
        part = flags & Flag.BODY or chunk.what == "body"
        if (chunk.level == Level.NONE and part) or (chunk.level <= Level.UNKNOWN and place):
            found.append(chunk._replace(end=end, last=end, level=Level.SHAPE, why=""))
            right = chunk.first
            continue
        break
    return found[::-1]


def adjacent(view: View, chunks: Sequence[Chunk], at: int) -> list[Chunk]:
    """The phrase glued to the front of a cue ("hangover relief"), with what is joined to it by and/or."""
    found: list[Chunk] = []
    right = at
    for chunk in reversed(chunks):
        if chunk.last > right:
            continue
        between = [view.lex[i].kind for i in range(chunk.last, right)]
        if not found:
            if between not in ([], [Kind.HYPHEN]):
                break
        elif between not in ([Kind.CONJ], [Kind.SLASH]):
            break
        found.append(chunk)
        right = chunk.first
    return found[::-1]
