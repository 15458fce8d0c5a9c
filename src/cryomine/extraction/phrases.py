"""Phrases of a pack as the hashes of their tokens' folded forms, without a ``Doc`` where the words are plain."""

from __future__ import annotations

import re

from spacy.attrs import NORM
from spacy.language import Language

from cryomine.link.normal import fold_word

# Letters with single spaces or hyphens between: the tokenizer cuts these at spaces and around hyphens, and nowhere else
# but in words that it has special cases for ("cannot").
_PLAIN = re.compile(r"[a-z]+(?:[ -][a-z]+)*")
_TOKEN = re.compile(r"[a-z]+|-")
_FIRST = re.compile(r"[a-z]+(?=$| |-[a-z]|'s(?: |$))")


class Norms:
    """Phrases to the NORM hashes of their tokens, with the tokenizer and strings of one pipeline."""

    def __init__(self, nlp: Language) -> None:
        self._tokenizer, self._rules = nlp.tokenizer, nlp.tokenizer.rules
        self._strings = nlp.vocab.strings
        self._hashes: dict[str, int] = {}

    def __call__(self, phrase: str) -> tuple[int, ...]:
        """The hashes of a phrase in lower case, one for each token; empty for an empty phrase."""
        if _PLAIN.fullmatch(phrase):
            words = _TOKEN.findall(phrase)
            if self._rules.keys().isdisjoint(words):
                return tuple(map(self._hash, words))
        return tuple(self._tokenizer(phrase).to_array([NORM]).tolist())

    def first(self, phrase: str) -> int:
        """The hash of a phrase's first token where its letters tell it; 0 where only the tokenizer knows."""
        match = _FIRST.match(phrase)
        return self._hash(match.group()) if match and match.group() not in self._rules else 0

    def _hash(self, word: str) -> int:
        found = self._hashes.get(word)
        if found is None:
            found = self._hashes[word] = self._strings.add(fold_word(word))
        return found
