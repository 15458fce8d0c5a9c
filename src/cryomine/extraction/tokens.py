"""A text to a spaCy ``Doc``, with the words it brings taken into the tokenizer's cache first."""

from __future__ import annotations

from typing import Any

from spacy.language import Language

# So many distinct words are remembered as cached; then the account begins anew.
MAX_WORDS = 500_000
_SIGNS = "(\"'.,;:!?)"


class Tokens:
    """Tokenizes texts with one pipeline; the tokens are the pipeline's own."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._rules: dict[str, Any] = nlp.tokenizer.rules
        self._cached: set[str] = set()

    def __call__(self, text: str) -> Any:
        """The ``Doc`` of a text."""
        self._cache(text)
        return self._nlp.make_doc(text)

    def _cache(self, text: str) -> None:
        """Tokenize each new word by itself.

        spaCy caches no word behind a special case ("don't") in the same text: words that happen to come late in each
        text, a fifth of all, would be taken apart again and again.
        """
        words = set(text.split())
        new = words - self._cached
        if not new:
            return
        if len(self._cached) > MAX_WORDS:
            self._cached.clear()
        self._cached |= new
        plain = {word for word in new if self._is_plain(word)}
        self._nlp.make_doc(" ".join(plain))
        for word in new - plain:
            self._nlp.make_doc(word)

    def _is_plain(self, word: str) -> bool:
        """Whether a word is letters between common signs and certainly no special case."""
        core = word.strip(_SIGNS)
        return core.isalpha() and word not in self._rules and core not in self._rules and f"{core}." not in self._rules
