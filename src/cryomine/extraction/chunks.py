"""Noun phrases without a parser: known names first, then runs of words between function words, verbs and punctuation.

Boundaries are punctuation, conjunctions, verbs and prepositions but "of". Knows nothing of relations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from cryomine.extraction.lexicon import Flag, Kind
from cryomine.extraction.matcher import Hit
from cryomine.extraction.view import View


class Level(IntEnum):
    """How much speaks for a noun phrase being a condition."""

    NONE = 0
    UNKNOWN = 1
    SHAPE = 2
    KNOWN = 3


@dataclass(slots=True)
class Chunk:
    """A noun phrase: ``start:end`` are the tokens of the span as claimed, ``first:last`` of the whole phrase.

    ``why`` says in words why it is no condition (level ``NONE``), ``prep`` is the preposition in front, ``what`` the
    kind of hit at its head (``condition``, ``state``, ``benefit``, ``therapy``, ``weak``, ``rival``, or empty), ``key``
    that hit's key.
    """

    start: int
    end: int
    first: int
    last: int
    level: Level
    why: str = ""
    prep: str = ""
    what: str = ""
    key: str = ""


@dataclass(slots=True)
class _Atom:
    start: int
    end: int
    what: str = ""
    key: str = ""


# Between hits of the same length the more specific kind wins.
_PRIORITY = {
    "condition": 0,
    "state": 1,
    "therapy": 2,
    "rival": 3,
    "procedure": 4,
    "benefit": 5,
    "body": 6,
    "generic": 7,
    "weak": 8,
}
_GLUE = (Kind.HYPHEN, Kind.POSS)
# Prepositions by which a site or circumstance belongs to the condition named before ("irritation of the skin" aside).
_SITE = frozenset(
    [
        "in",
        "on",
        "between",
        "around",
        "over",
        "under",
        "behind",
        "at",
        "within",
        "to",
        "near",
        "inside",
        "along",
        "across",
    ]
)
# Why a phrase is no condition by itself and may share the head of a later one.
_SHARING = ("an adjective alone", "names a part of the body")
_DETERMINING = (Kind.DET, Kind.PRON)


def select(hits: Sequence[Hit]) -> list[Hit]:
    """Of overlapping names keep the longest, then the more specific kind; in text order."""
    kept: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(
        (h for h in hits if h.what in _PRIORITY), key=lambda h: (h.start - h.end, _PRIORITY[h.what], h.start, h.key)
    ):
        span = range(hit.start, hit.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(hit)
    return sorted(kept)


class Chunker:
    """Cuts a token range into chunks, given the names found in it and the tokens that cues occupy."""

    def __init__(self, view: View, is_condition: Callable[[str], bool]) -> None:
        self._view = view
        self._is_condition = is_condition
        self._lex = view.lex

    def __call__(self, a: int, b: int, names: Sequence[Hit], cues: frozenset[int]) -> list[Chunk]:
        """The chunks of tokens ``a:b`` in text order; nested readings of a coordination stand beside each other."""
        groups = self._groups(a, b, {n.start: n for n in names}, cues)
        chunks: list[Chunk] = []
        index = 0
        while index < len(groups):
            used, made = self._phrase(groups, index, b)
            chunks += made
            index += used
        return self._coordinate(chunks)

    def _groups(self, a: int, b: int, names: dict[int, Hit], cues: frozenset[int]) -> list[list[_Atom]]:
        groups: list[list[_Atom]] = []
        current: list[_Atom] = []
        i = a
        while i < b:
            hit = names.get(i)
            if hit is not None and hit.end <= b and not (hit.what == "weak" and i in cues):
                current.append(_Atom(hit.start, hit.end, hit.what, hit.key))
                i = hit.end
                continue
            kind = self._lex[i].kind
            if i not in cues:
                if kind == Kind.WORD or (kind == Kind.NUM and current):
                    current.append(_Atom(i, i + 1))
                    i += 1
                    continue
                joins = current and i + 1 < b and i + 1 not in cues and self._lex[i + 1].kind in (Kind.WORD, Kind.NUM)
                if joins and (kind in _GLUE or (kind == Kind.ADV and current[-1].end == i)):
                    i += 1
                    continue
                if kind == Kind.POSS and current:
                    i += 1
                    continue
            if current:
                groups.append(current)
                current = []
            i += 1
        if current:
            groups.append(current)
        return groups

    def _phrase(self, groups: list[list[_Atom]], index: int, limit: int) -> tuple[int, list[Chunk]]:
        """The chunk that begins with group ``index``, and how many groups it uses."""
        group = groups[index]
        prep, first = self._front(group[0].start)
        used = 1
        chunk = self._classify(group, prep, first)
        # "X of Y": attach, or look through a container ("forms of", "risk of").
        while index + used < len(groups) and self._only_of(chunk.last, groups[index + used][0].start):
            nxt = groups[index + used]
            inner = self._classify(nxt, "of", nxt[0].start)
            chunk = self._attach(chunk, group, inner)
            used += 1
        if chunk.level is Level.KNOWN and chunk.end - chunk.start == 1 and self._lex[chunk.start].norm == "pain":
            chunk, more = self._source_of_pain(chunk, groups, index + used)
            used += more
        extra: list[Chunk] = []
        chunk, more = self._change(chunk, group, groups, index + used)
        used += more
        if chunk.level >= Level.SHAPE or (chunk.level is Level.UNKNOWN and chunk.end == chunk.last):
            while index + used < len(groups) and self._site_follows(chunk, groups[index + used]):
                end = groups[index + used][-1].end
                chunk = replace(chunk, end=end, last=end)
                used += 1
            chunk, extra, more = self._shared_site(chunk, groups, index + used, limit)
            used += more
        return used, [chunk, *extra]

    def _front(self, start: int) -> tuple[str, int]:
        """The preposition in front of a phrase, determiners looked through, and where the phrase begins with them."""
        i = start
        while i > 0 and self._lex[i - 1].kind in (*_DETERMINING, Kind.ADV, Kind.NUM, Kind.QUOTE):
            i -= 1
        if i > 0 and self._lex[i - 1].kind in (Kind.PREP, Kind.OF, Kind.TO):
            return self._lex[i - 1].lower, i
        return "", i

    def _classify(self, group: list[_Atom], prep: str, first: int) -> Chunk:
        lex = self._lex
        start = group[0].start
        last = group[-1].end
        atoms = list(group)
        while len(atoms) > 1 and not atoms[0].what and self._leaves(atoms[0], known=bool(atoms[1].what)):
            atoms.pop(0)
        start = atoms[0].start
        head = atoms[-1]
        names = [x for x in atoms if x.what in ("condition", "state", "procedure")]

        def chunk(level: Level, why: str = "", end: int = last, atom: _Atom = head) -> Chunk:
            return Chunk(start, end, first, last, level, why, prep, atom.what, atom.key)

        if any(lex[x.start].norm == "anti" for x in atoms):
            return chunk(Level.NONE, "an effect against a condition, no condition")
        if head.what in ("condition", "state", "procedure"):
            return chunk(Level.KNOWN)
        if head.what in ("therapy", "weak"):
            return chunk(Level.NONE, "names the intervention itself")
        if head.what == "rival":
            return chunk(Level.NONE, "names another therapy")
        tail = atoms[atoms.index(names[-1]) + 1 :] if names else atoms
        if names and all(self._droppable(x) for x in tail):
            return chunk(Level.KNOWN, end=names[-1].end, atom=names[-1])
        word = lex[head.end - 1]
        if len(atoms) > 1 and not head.what and word.flags & Flag.LATIN:
            word = lex[atoms[-2].end - 1]
        therapy = [x for x in atoms if x.what in ("therapy", "rival")]
        front = lex[atoms[0].start].flags if len(atoms) > 1 and not atoms[0].what else Flag.NONE
        body = head.what == "body" or bool(word.flags & Flag.BODY)
        if (front & Flag.SITE_STATE and body) or (
            front & Flag.IMPAIRED and (head.what == "benefit" or word.flags & Flag.BENEFIT)
        ):
            return chunk(Level.SHAPE)
        if head.what == "benefit" or (not names and word.flags & Flag.BENEFIT):
            return chunk(Level.NONE, "a wellness benefit, no condition")
        modified = len(atoms) > 1
        if head.what == "generic":
            return chunk(Level.NONE, "names no condition")
        if word.flags & Flag.HEAD or word.flags & Flag.SUFFIX or (word.flags & Flag.HEAD_MODIFIED and modified):
            return chunk(Level.SHAPE)
        if therapy:
            return chunk(Level.NONE, "speaks of a therapy")
        if word.flags & Flag.GENERIC or word.flags & Flag.HEAD_MODIFIED:
            return chunk(Level.NONE, "names no condition")
        if word.flags & Flag.PERSON:
            return chunk(Level.NONE, "names people")
        if word.flags & Flag.BODY or head.what == "body":
            return chunk(Level.NONE, "names a part of the body")
        if word.kind == Kind.NUM or not any(c.isalpha() for c in word.lower) or len(word.lower) < 3:
            return chunk(Level.NONE, "a number or sign")
        if all(lex[x.start].flags & (Flag.ADJECTIVE | Flag.EVALUATIVE) and not x.what for x in atoms):
            return chunk(Level.NONE, "an adjective alone")
        known = len(word.lower) > 3 and self._is_condition(self._view.words(start, last))
        return chunk(Level.SHAPE if known else Level.UNKNOWN)

    def _leaves(self, atom: _Atom, *, known: bool) -> bool:
        """Whether a word at the front is no part of the condition: praise, a number, a noun glued to a known name."""
        lex = self._lex[atom.start]
        glued = known and lex.flags & (Flag.GENERIC | Flag.PERSON) and not lex.flags & (Flag.ADJECTIVE | Flag.BODY)
        return bool(lex.flags & Flag.EVALUATIVE) or lex.kind == Kind.NUM or bool(glued)

    def _droppable(self, atom: _Atom) -> bool:
        """Words behind a condition's name that are no part of it: "patients", "cells", "symptoms"."""
        flags = self._lex[atom.end - 1].flags
        words = Flag.PERSON | Flag.GENERIC | Flag.TRANSPARENT | Flag.ADJECTIVE | Flag.EVALUATIVE
        return bool(flags & words) and not flags & (Flag.HEAD | Flag.BODY)

    def _only_of(self, last: int, start: int) -> bool:
        between = [self._lex[i].kind for i in range(last, start)]
        return (
            bool(between)
            and between[0] == Kind.OF
            and all(k in (*_DETERMINING, Kind.ADV, Kind.NUM) for k in between[1:])
        )

    def _attach(self, outer: Chunk, group: list[_Atom], inner: Chunk) -> Chunk:
        """Join "outer of inner"."""
        head = self._lex[group[-1].end - 1]
        if outer.what in ("therapy", "rival"):
            return replace(outer, last=inner.last)
        if head.flags & Flag.TRANSPARENT and inner.level > Level.NONE:
            # "severe forms of X" keeps its severity; "many forms of X" and "a history of X" are X.
            keeps = len(group) > 1 and self._lex[group[0].start].flags & Flag.MODIFIER
            return replace(inner, first=outer.first, start=outer.start if keeps else inner.start, prep=outer.prep)
        if len(group) == 1 and head.norm == "pain" and inner.level is Level.KNOWN:
            # "pain of" a disease or injury is the disease or injury.
            return replace(inner, first=outer.first, prep=outer.prep)
        if outer.level >= Level.SHAPE:
            return replace(outer, end=inner.end if outer.end == outer.last else outer.end, last=inner.last)
        if head.flags & (Flag.HEAD_MODIFIED | Flag.HEAD):
            return replace(outer, level=Level.SHAPE, why="", end=inner.end, last=inner.last)
        if inner.level >= Level.SHAPE:
            if outer.level is Level.UNKNOWN:
                return replace(inner, first=outer.first, start=outer.start, prep=outer.prep)
            return replace(inner, first=outer.first, prep=outer.prep)
        if outer.level is Level.UNKNOWN:
            return replace(outer, end=inner.end, last=inner.last)
        return replace(outer, end=inner.end, last=inner.last)

    def _source_of_pain(self, chunk: Chunk, groups: list[list[_Atom]], index: int) -> tuple[Chunk, int]:
        """ "pain from sprains" is about the sprains."""
        if index >= len(groups):
            return chunk, 0
        between = [self._lex[i] for i in range(chunk.last, groups[index][0].start)]
        if (
            not between
            or between[0].lower not in ("from", "of", "due")
            or any(x.kind not in (*_DETERMINING, Kind.TO, Kind.COLON) for x in between[1:])
        ):
            return chunk, 0
        inner = self._classify(groups[index], "", chunk.first)
        return (inner, 1) if inner.level >= Level.SHAPE else (chunk, 0)

    def _change(self, chunk: Chunk, group: list[_Atom], groups: list[list[_Atom]], index: int) -> tuple[Chunk, int]:
        """ "rise in heart rate": a change of a vital sign is an effect where either alone is none."""
        if not self._lex[group[-1].end - 1].flags & Flag.CHANGE or group[-1].what in ("condition", "therapy", "rival"):
            return chunk, 0
        if chunk.last > group[-1].end:
            vital = any(self._lex[i].flags & Flag.VITAL for i in range(group[-1].end, chunk.last))
            return (
                replace(chunk, level=Level.SHAPE, why="", start=group[0].start, end=chunk.last) if vital else chunk
            ), 0
        if index >= len(groups) or not self._lex[groups[index][-1].end - 1].flags & Flag.VITAL:
            return chunk, 0
        between = [self._lex[i] for i in range(chunk.last, groups[index][0].start)]
        if (
            not between
            or between[0].lower not in ("in", "of", "to")
            or any(x.kind not in _DETERMINING for x in between[1:])
        ):
            return chunk, 0
        end = groups[index][-1].end
        return replace(chunk, level=Level.SHAPE, why="", start=group[0].start, end=end, last=end), 1

    def _site_follows(self, chunk: Chunk, group: list[_Atom]) -> bool:
        """Whether ``group`` is a body site bound to the condition in front of it ("neoplasms in the nasal cavity")."""
        between = [self._lex[i] for i in range(chunk.last, group[0].start)]
        if not between or between[0].kind not in (Kind.PREP, Kind.OF, Kind.TO):
            return False
        if between[0].kind != Kind.OF and between[0].lower not in _SITE:
            return False
        if any(x.kind not in (*_DETERMINING, Kind.OF) for x in between[1:]):
            return False
        return self._is_site(group)

    def _is_site(self, group: list[_Atom]) -> bool:
        last = group[-1]
        return (
            last.what == "body" or (not last.what and bool(self._lex[last.start].flags & (Flag.BODY | Flag.VITAL)))
        ) and all(
            x.what == "body" or (not x.what and self._lex[x.start].flags & (Flag.BODY | Flag.ADJECTIVE | Flag.VITAL))
            for x in group
        )

    def _shared_site(
        self, chunk: Chunk, groups: list[list[_Atom]], index: int, limit: int
    ) -> tuple[Chunk, list[Chunk], int]:
        """ "neoplasms in the nasal cavity, pharynx and larynx": one reading for each site."""
        extra: list[Chunk] = []
        used = 0
        words = range(chunk.start, chunk.end)
        if not any(self._lex[i].kind in (Kind.OF, Kind.PREP, Kind.TO) for i in words):
            return chunk, extra, used
        last = chunk.last
        while index + used < len(groups):
            group = groups[index + used]
            between = [self._lex[i].kind for i in range(last, group[0].start)]
            coordinated = between and all(k in (Kind.CONJ, Kind.COMMA, *_DETERMINING, Kind.OF) for k in between)
            closes = group[-1].end >= limit or self._lex[group[-1].end].kind not in (Kind.AUX, Kind.VERB)
            if not coordinated or not self._is_site(group) or not closes:
                break
            last = group[-1].end
            extra.append(replace(chunk, end=last, last=last))
            used += 1
        return chunk, extra, used

    def _coordinate(self, chunks: list[Chunk]) -> list[Chunk]:
        """ "renal and heart failure": the first modifier shares the head of the last phrase."""
        result: list[Chunk] = []
        for index, chunk in enumerate(chunks):
            result.append(chunk)
            single = chunk.what == "state" and chunk.end - chunk.start == 1
            adjective = single and self._lex[chunk.start].flags & Flag.ADJECTIVE
            if not adjective and (chunk.level is not Level.NONE or chunk.why not in _SHARING):
                continue
            partner = self._partner(chunks, index)
            if partner is None:
                continue
            severity = all(self._lex[i].flags & Flag.MODIFIER for i in range(chunk.start, chunk.end))
            merged = replace(partner, start=chunk.start, first=chunk.first, prep=chunk.prep)
            if severity:
                # "acute or recent infarction" is one claim.
                at = chunks.index(partner)
                chunks[at] = merged
                result.pop()
            else:
                result[-1] = replace(merged, last=chunk.last)
        return result

    def _partner(self, chunks: list[Chunk], index: int) -> Chunk | None:
        """The condition whose head an adjective or body word shares, over "and", "or" and commas."""
        last = chunks[index].last
        joined = False
        for other in chunks[index + 1 :]:
            between = [self._lex[i].kind for i in range(last, other.first)]
            if not between or any(k not in (Kind.CONJ, Kind.COMMA, Kind.HYPHEN, Kind.SLASH) for k in between):
                return None
            joined = joined or Kind.CONJ in between or Kind.SLASH in between
            if other.level >= Level.SHAPE:
                return other if joined and other.end - other.start > 1 else None
            if other.why not in _SHARING:
                return None
            last = other.last
        return None
