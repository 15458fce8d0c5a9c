"""Body sites behind a condition's name, and heads that conditions share over "and", "or" and commas."""

from __future__ import annotations

from cryomine.extraction.chunks import Atom, Chunk, Level
from cryomine.extraction.lexicon import Flag, Kind
from cryomine.extraction.view import View

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
_SHARING = frozenset(("an adjective alone", "names a part of the body"))
_LEADS_TO_SITE = frozenset((Kind.PREP, Kind.OF, Kind.TO))
_BEFORE_SITE = frozenset((Kind.DET, Kind.PRON, Kind.OF))
_COORDINATES_SITES = _BEFORE_SITE | {Kind.CONJ, Kind.COMMA, Kind.ADV}
_COORDINATES = frozenset((Kind.CONJ, Kind.COMMA, Kind.HYPHEN, Kind.SLASH))


class Sites:
    """Binds sites to the conditions of one text."""

    def __init__(self, view: View) -> None:
        self._lex = view.lex
        self._settled, self._harms = view.lists["settled"], view.lists["harm_nouns"]

    def follows(self, chunk: Chunk, group: list[Atom]) -> bool:
        """Whether ``group`` is a body site bound to the condition in front of it ("neoplasms in the nasal cavity")."""
        if chunk.last >= group[0].start or self._lex[chunk.last].kind not in _LEADS_TO_SITE:
            return False
        between = self._lex[chunk.last : group[0].start]
        if between[0].kind != Kind.OF and between[0].lower not in _SITE:
            return False
        if any(x.kind not in _BEFORE_SITE for x in between[1:]):
            return False
        # "Damage to superficial nerves": what forbids elsewhere is a site here.
        harmed = self._lex[chunk.end - 1].norm in self._harms and len(group) == 1 and group[0].what == "condition"
        return self._only_sites(group) or (harmed and bool(self._lex[group[0].end - 1].flags & Flag.BODY))

    def _only_sites(self, group: list[Atom]) -> bool:
        last = group[-1]
        return (
            last.what == "body" or (not last.what and bool(self._lex[last.start].flags & (Flag.BODY | Flag.VITAL)))
        ) and all(
            x.what == "body" or (not x.what and self._lex[x.start].flags & (Flag.BODY | Flag.ADJECTIVE | Flag.VITAL))
            for x in group
        )

    def shared(self, chunk: Chunk, groups: list[list[Atom]], index: int, limit: int) -> tuple[Chunk, list[Chunk], int]:
        """ "neoplasms in the nasal cavity, pharynx and larynx": one reading for each site."""
        extra: list[Chunk] = []
        used = 0
        named = self._lex[chunk.start : chunk.end]
        # "Numb hands and feet": the name ends in a site, without a preposition.
        bare = _LEADS_TO_SITE.isdisjoint([lex.kind for lex in named])
        if bare and not named[-1].flags & Flag.BODY:
            return chunk, extra, used
        last = chunk.last
        while index + used < len(groups):
            group = groups[index + used]
            between = [self._lex[i].kind for i in range(last, group[0].start)]
            if bare and Kind.CONJ not in between:
                break
            coordinated = between and all(k in _COORDINATES_SITES for k in between)
            alternative = self._lex[last + 1].lower == "or" or self._lex[last].lower == "or"
            verb = group[-1].end < limit and self._lex[group[-1].end].kind in (Kind.AUX, Kind.VERB)
            closes = alternative or not verb
            if not coordinated or not self._only_sites(group) or not closes:
                break
            last = group[-1].end
            extra.append(chunk._replace(end=last, last=last))
            used += 1
        return chunk, extra, used

    def state_end(self, chunk: Chunk, limit: int, cues: frozenset[int]) -> int:
        """Where a clause ends that says in which state a site is ("the skin is broken"); 0 where there is none."""
        lex, head = self._lex, self._lex[chunk.end - 1]
        body = bool(head.flags & Flag.BODY) or chunk.what == "body"
        states = Flag.SITE_STATE if body else Flag.NONE
        if head.flags & (Flag.BENEFIT | Flag.VITAL):
            states |= Flag.IMPAIRED
        if not states:
            return 0
        i = chunk.last
        if i < limit and lex[i].kind == Kind.PREP and lex[i].lower in _SITE:
            # "the circulation in the limb is poor"
            i += 1
            while i < limit and (lex[i].kind in _BEFORE_SITE or lex[i].flags & (Flag.BODY | Flag.ADJECTIVE)):
                i += 1
        if i >= limit or not lex[i].flags & Flag.BE:
            return 0
        i += 1
        denied = False
        while i < limit and lex[i].kind in (Kind.ADV, Kind.NOT):
            denied = denied or lex[i].kind == Kind.NOT
            i += 1
        if denied and i < limit and lex[i].kind == Kind.PREP:
            # "is not under control"
            i += 1
        if i >= limit:
            return 0
        if denied:
            return i + 1 if lex[i].lower in self._settled else 0
        return i + 1 if lex[i].flags & states and i not in cues else 0

    def coordinated(self, chunks: list[Chunk]) -> list[Chunk]:
        """ "renal and heart failure": the first modifier shares the head of the last phrase."""
        result: list[Chunk] = []
        for index, chunk in enumerate(chunks):
            result.append(chunk)
            if chunk.what != "state" and chunk.why not in _SHARING:
                continue
            single = chunk.what == "state" and chunk.end - chunk.start == 1
            adjective = single and self._lex[chunk.start].flags & Flag.ADJECTIVE
            if not adjective and (chunk.level != Level.NONE or chunk.why not in _SHARING):
                continue
            partner = self._partner(chunks, index)
            if partner is None:
                continue
            severity = all(self._lex[i].flags & Flag.MODIFIER for i in range(chunk.start, chunk.end))
            merged = partner._replace(start=chunk.start, first=chunk.first, prep=chunk.prep)
            if severity:
                # "acute or recent infarction" is one claim.
                at = chunks.index(partner)
                chunks[at] = merged
                result.pop()
            else:
                result[-1] = merged._replace(last=chunk.last)
        return result

    def _partner(self, chunks: list[Chunk], index: int) -> Chunk | None:
        """The condition whose head an adjective or body word shares, over "and", "or" and commas."""
        last = chunks[index].last
        joined = False
        for other in chunks[index + 1 :]:
            between = [self._lex[i].kind for i in range(last, other.first)]
            if not between or any(k not in _COORDINATES for k in between):
                return None
            joined = joined or Kind.CONJ in between or Kind.SLASH in between
            if other.level >= Level.SHAPE:
                return other if joined and other.end - other.start > 1 else None
            if other.why not in _SHARING:
                return None
            last = other.last
        return None
