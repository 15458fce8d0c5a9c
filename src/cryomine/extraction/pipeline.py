"""The blank pipeline that the tokens come from, prepared: words folded alike, a large cache, no faces."""

from __future__ import annotations

import sys

from spacy.attrs import LOWER, NORM, ORTH
from spacy.language import Language
from spacy.util import compile_suffix_regex

from cryomine.link.normal import fold_word

# Above this the tokenizer's cache of word forms stops helping; the default of 10,000 halves the speed on long runs.
TOKENIZER_CACHE = 500_000
# The number of a footnote behind a word or its full stop, its superscript lost: "inflammation12", "keloids.3,4".
_FOOTNOTE = r"(?:(?<=[a-z]{5})|(?<=[a-z]{4}[.]))\d{1,3}(?:[,–-]\d{1,3})*"
# What the faces are made of that spaCy takes for words.
_FACE = frozenset("()[]:;=<>|^_*")


def prepare(nlp: Language) -> None:
    """Give a blank pipeline the folded NORM and a large tokenizer cache.

    Done on the pipeline's own vocabulary; other pipelines are not touched.
    """
    nlp.vocab.lex_attr_getters[NORM] = fold_word
    # Nothing here asks for a word's shape or prefix; to compute them doubles the cost of every new word form.
    for attribute in [a for a in nlp.vocab.lex_attr_getters if a not in (NORM, LOWER)]:
        del nlp.vocab.lex_attr_getters[attribute]
    for lexeme in nlp.vocab:
        lexeme.norm_ = fold_word(lexeme.orth_) or lexeme.orth_
    # In an article "(cervical stenosis):" is the end of a bracket, no face.
    rules = nlp.tokenizer.rules
    nlp.tokenizer.rules = {
        word: [_past(part) for part in parts]
        for word, parts in rules.items()
        if _FACE.isdisjoint(word) and word != "0.0"
    }
    nlp.tokenizer.suffix_search = compile_suffix_regex([*nlp.Defaults.suffixes, _FOOTNOTE]).search
    nlp.tokenizer.max_cache_size = TOKENIZER_CACHE
    # spaCy's limit protects parsers from running out of memory; there is none here.
    nlp.max_length = sys.maxsize


def _past(part: dict[int, str]) -> dict[int, str]:
    """A part of a contraction; spaCy folds the "did" of "didn't" to "do", which is another tense."""
    return {**part, NORM: "did"} if part[ORTH].lower() == "did" else part
