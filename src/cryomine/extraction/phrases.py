"""Phrases of a pack as the hashes of their tokens' folded forms, without a ``Doc`` where the words are plain."""

from __future__ import annotations

from typing import Any

from spacy.attrs import NORM
from spacy.language import Language

from cryomine.link.normal import fold_word


class _Hashes(dict[str, int]):
    """The NORM hash of each word, made when it is first asked for."""

    def __init__(self, strings: Any) -> None:
        super().__init__({"-": strings.add("-")})
        self._strings = strings

    def __missing__(self, word: str) -> int:
        found: int = self._strings.add(fold_word(word))
        self[word] = found
        return found


class Norms:
    """Phrases to the NORM hashes of their tokens, with the tokenizer and strings of one pipeline."""

    def __init__(self, nlp: Language) -> None:
        self._tokenizer, self._rules = nlp.tokenizer, nlp.tokenizer.rules
        self._hashes = _Hashes(nlp.vocab.strings)
        self._firsts: dict[str, int] = {}

    def __call__(self, phrase: str) -> tuple[int, ...]:
        """The hashes of a phrase in lower case, one for each token; empty for an empty phrase."""
        # Of letters with single spaces or hyphens between them the tokenizer cuts at the spaces and around the hyphens,
        # and nowhere else but in words that it has special cases for ("cannot").
        parts = phrase.replace("-", " - ").split(" ") if "-" in phrase else phrase.split(" ")
        words = phrase.isascii() and all(part.isalpha() or part == "-" for part in parts)
        if words and parts[0] != "-" != parts[-1] and self._rules.keys().isdisjoint(parts):
            return tuple(map(self._hashes.__getitem__, parts))
        return tuple(self._tokenizer(phrase).to_array([NORM]).tolist())

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
        return self._hashes[word] if plain else 0
