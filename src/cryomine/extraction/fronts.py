"""What belongs to a condition in front of its words: the adjectives of a row, a degree, the first half of a compound.

"Drug-refractory, recurrent atrial fibrillation", "mild to moderate pain", "very poor circulation", "long-standing
bursitis".
"""

from __future__ import annotations

from cryomine.extraction.chunks import Chunk, Level
from cryomine.extraction.lexicon import Flag, Kind
from cryomine.extraction.view import View

# Why a phrase may be one of the adjectives that a comma parts from the rest.
_ADJECTIVE = "an adjective alone"


class Fronts:
    """Extends the conditions of one text to the left."""

    def __init__(self, view: View) -> None:
        self._view, self._lex, self._degrees = view, view.lex, view.lists["degrees"]
        self._prefixes = view.lists["prefixes"]

    def extended(self, chunks: list[Chunk], cues: frozenset[int]) -> list[Chunk]:
        """The chunks of a sentence, in text order, without the adjectives that a later one takes in.

        ``cues`` are the tokens that cues occupy, which stay theirs.
        """
        result: list[Chunk] = []
        for chunk in chunks:
            if chunk.level < Level.SHAPE:
                result.append(chunk)
                continue
            wider = self._degree(self._compound(chunk, cues))
            while result and result[-1].why == _ADJECTIVE and self._row(result[-1], wider):
                left = result.pop()
                wider = self._compound(wider._replace(start=left.start, first=left.first, prep=left.prep), cues)
            result.append(wider)
        return result

    def _compound(self, chunk: Chunk, cues: frozenset[int]) -> Chunk:
        """ "standing bursitis" behind "long-" takes in the first half of its adjective."""
        at = chunk.start
        if chunk.end - at < 2 and (at < 2 or self._lex[at - 2].lower not in self._prefixes):
            return chunk
        while at > 1 and self._lex[at - 1].kind == Kind.HYPHEN and self._view.glued(at - 1) and at - 2 not in cues:
            at -= 2
        return chunk._replace(start=at, first=min(chunk.first, at))

    def _degree(self, chunk: Chunk) -> Chunk:
        """ "very poor circulation": the degree of an adjective stays with it."""
        at = chunk.start - 1
        if at < 0 or chunk.end - chunk.start < 2 or self._lex[at].lower not in self._degrees:
            return chunk
        return chunk._replace(start=at, first=min(chunk.first, at))

    def _row(self, left: Chunk, right: Chunk) -> bool:
        """Whether nothing but a comma, or "to", stands between an adjective and the phrase that it belongs to."""
        if right.first - left.last != 1 or right.end - right.start < 2 or right.first < right.start:
            # "I felt fine, the swelling was gone": an article begins a phrase of its own.
            return False
        if left.first and self._lex[left.first - 1].kind == Kind.SUB:
            # "Though rare, local scarring can develop."
            return False
        grades = self._lex[left.last - 1].flags & self._lex[right.start].flags & Flag.MODIFIER
        return self._lex[left.last].kind == Kind.COMMA or (self._lex[left.last].kind == Kind.TO and bool(grades))
