"""Phrases of a pack as the hashes of their tokens' folded forms, without a ``Doc`` where the words are plain."""

from __future__ import annotations

from itertools import chain

from spacy.attrs import NORM
from spacy.language import Language

from cryomine.link.normal import fold_word

# One number for the folded form of each token.
Hashes = tuple[int, ...]


class _Parts(dict[str, Hashes]):
    """The hashes of the tokens of each part between spaces, made when they are first asked for."""

    def __init__(self, nlp: Language) -> None:
        super().__init__()
        self._tokenizer, self._rules, self._strings = nlp.tokenizer, nlp.tokenizer.rules, nlp.vocab.strings

    def __missing__(self, part: str) -> Hashes:
        if part.isascii() and part.isalpha() and part not in self._rules:
            # One token: the tokenizer cuts letters nowhere but in words that it has special cases for ("cannot").
            found: Hashes = (self._strings.add(fold_word(part)),)
        else:
            found = tuple(self._tokenizer(part).to_array([NORM]).tolist())
        self[part] = found
        return found


class Norms:
    """Phrases to the NORM hashes of their tokens, with the tokenizer and strings of one pipeline."""

    def __init__(self, nlp: Language) -> None:
        self._tokenizer, self._rules = nlp.tokenizer, nlp.tokenizer.rules
        self._parts = _Parts(nlp)
        self._firsts: dict[str, int] = {}

    def __call__(self, phrase: str) -> Hashes:
        """The hashes of a phrase in lower case, one for each token; empty for an empty phrase."""
        parts = phrase.split(" ")
        if "" in parts:
            # A space too many is a token of its own.
            return tuple(self._tokenizer(phrase).to_array([NORM]).tolist())
        # The tokenizer cuts at spaces first, and then each part by itself.
        return tuple(chain.from_iterable(map(self._parts.__getitem__, parts)))

    def start(self, phrase: str) -> tuple[int, int]:
        """The hashes of a phrase's first two tokens; 0 for one that is not there or that only the tokenizer knows."""
        words = phrase.split(" ", 2)
        first = self._token(words[0])
        # Only behind a word of letters alone the second word begins with the second token.
        return first, self._token(words[1]) if first and len(words) > 1 and words[0].isalpha() else 0

    def _token(self, written: str) -> int:
        """The hash of a word's first token where its letters tell it; 0 where only the tokenizer knows."""
        found = self._firsts.get(written)
        if found is None:
            found = self._firsts[written] = self._first(written)
        return found

    def _first(self, word: str) -> int:
        word = word.removesuffix("'s")
        word, hyphen, rest = word.partition("-")
        plain = word.isascii() and word.isalpha() and word not in self._rules and (not hyphen or rest[:1].isalpha())
        return self._parts[word][0] if plain else 0
