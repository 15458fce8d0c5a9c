"""A text without the adverbs that stand in the midst of its phrases: "were likewise frequent" as "were frequent".

A phrase of the pack says its words one behind the other; writers put an adverb between them nearly anywhere. So each
phrase is looked for twice, with the adverbs and without.
"""

from __future__ import annotations

from itertools import compress
from typing import Any

from spacy.attrs import LOWER, ORTH
from spacy.language import Language
from spacy.tokens import Doc

from cryomine.extraction.lexicon import Kind, Lexicon

# So many words on each side of an adverb are looked at again: the longest phrases have a few more.
_REACH = 6
# Parts the places that are looked at again; no phrase has it.
_BORDER = "\n"
# What an adverb parts is no punctuation.
_WORDS = frozenset((Kind.WORD, Kind.DET, Kind.PREP, Kind.OF, Kind.CONJ, Kind.SUB, Kind.AUX, Kind.VERB, Kind.ADV,
                    Kind.PRON, Kind.NOT, Kind.TO))  # fmt: skip
# One match of the ``PhraseMatcher``: the number of its label, first token, token behind the last.
Match = tuple[int, int, int]


class _Passes(dict[int, bool]):
    """Whether a word, by the hash of its lower-case form, is an adverb that changes nothing of what is stated."""

    def __init__(self, nlp: Language, lexicon: Lexicon) -> None:
        super().__init__()
        self._strings, self._lexicon = nlp.vocab.strings, lexicon

    def __missing__(self, lower: int) -> bool:
        word, lists = self._strings[lower], self._lexicon.lists
        passes = word in lists["passing"] or (
            word.endswith("ly") and word not in lists["not_passing"] and self._lexicon(word).kind == Kind.ADV
        )
        self[lower] = passes
        return passes


class Passing:
    """Leaves the adverbs ("usually") and insertions (", however,") out of the texts of one pipeline."""

    def __init__(self, nlp: Language, lexicon: Lexicon) -> None:
        self._vocab, self._lexicon = nlp.vocab, lexicon
        strings = nlp.vocab.strings
        self._border = strings.add(_BORDER)
        self._comma = strings.add(",")
        self._passes = _Passes(nlp, lexicon)
        # The insertions by the hashes of their words.
        phrases = (nlp.tokenizer(phrase).to_array([LOWER]).tolist() for phrase in sorted(lexicon.lists["inserted"]))
        self._inserted = frozenset(map(tuple, phrases))
        self._longest = max(map(len, self._inserted), default=0)

    def around(self, doc: Any) -> tuple[Any, list[int]] | None:
        """The words around adverbs and insertions as a ``Doc`` without them, and the token that each was.

        -1 stands for a border. ``None`` where there is nothing to leave out between two words.
        """
        lowers: list[int] = doc.to_array([LOWER]).tolist()
        passes = list(map(self._passes.__getitem__, lowers))
        for at in compress(range(len(lowers)), map(self._comma.__eq__, lowers)):
            end = self._insertion(lowers, at)
            passes[at:end] = [True] * (end - at)
        origin: list[int] = []
        for at in compress(range(len(lowers)), passes):
            # Of several beside each other the first stands for all.
            if not at or passes[at - 1]:
                continue
            front = [i for i in range(max(0, at - 2 * _REACH), at) if not passes[i]][-_REACH:]
            behind = [i for i in range(at + 1, min(len(lowers), at + 3 * _REACH)) if not passes[i]][:_REACH]
            if behind and front and self._word(lowers[front[-1]]) and self._word(lowers[behind[0]]):
                origin += [-1, *front, *behind]
        if not origin:
            return None
        orths = doc.to_array([ORTH]).tolist()
        return Doc(self._vocab, words=[self._border if i < 0 else orths[i] for i in origin]), origin

    def _insertion(self, lowers: list[int], at: int) -> int:
        """Where an insertion ends that begins with the comma ``at``, its second comma included; ``at`` without one."""
        stop = min(len(lowers), at + self._longest + 2)
        end = next((i for i in range(at + 1, stop) if lowers[i] == self._comma), at)
        return end + 1 if tuple(lowers[at + 1 : end]) in self._inserted else at

    def _word(self, lower: int) -> bool:
        return self._lexicon(self._vocab.strings[lower]).kind in _WORDS


def across(matches: list[Match], origin: list[int]) -> list[Match]:
    """Of the matches in a ``Doc`` of ``Passing`` those with an adverb inside, each once, at the tokens of the text."""
    found = (
        (label, origin[start], origin[end - 1] + 1)
        for label, start, end in matches
        if origin[end - 1] - origin[start] >= end - start
    )
    return list(dict.fromkeys(found))
