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

    def first(self, part: str) -> int:
        """The hash of the first token of what stands in front of a phrase's first space."""
        found = self._firsts.get(part)
        if found is None:
            # Most names with a hyphen or possessive never come up: no need of the tokenizer for the word in front.
            word = part.removesuffix("'s")
            word, hyphen, rest = word.partition("-")
            plain = word.isascii() and word.isalpha() and word not in self._rules
            parts = self._parts[word] if plain and (not hyphen or rest[:1].isalpha()) else self._parts[part]
            found = self._firsts[part] = parts[0] if parts else 0
        return found

    def start(self, phrase: str) -> tuple[int, int]:
        """The hashes of the first two tokens of a phrase that has no space too many; 0 for one that is not there."""
        first, _, rest = phrase.partition(" ")
        hashes = self._parts[first]
        if len(hashes) == 1 and rest:
            return hashes[0], self.first(rest.partition(" ")[0])
        one, two, *_ = *hashes, 0, 0
        return one, two
