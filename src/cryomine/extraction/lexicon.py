"""Word classes: what a token is to the chunker. All words come from the pack's ``lexicon`` lists.

Knows nothing of documents or rules.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Final

from cryomine.link.normal import fold_word
from cryomine.packs.patterns import irregular_verbs, verb_forms
from cryomine.packs.schema import Pack


class Kind:
    """What a token does in a clause; everything that has no function of its own is a ``WORD``.

    Plain integers: an enum's hash and comparison are Python calls, and they are made for every token.
    """

    WORD: Final = 0
    DET: Final = 1
    PREP: Final = 2
    OF: Final = 3
    CONJ: Final = 4
    COMMA: Final = 5
    SUB: Final = 6
    AUX: Final = 7
    VERB: Final = 8
    ADV: Final = 9
    PRON: Final = 10
    NUM: Final = 11
    STOP: Final = 12
    SEMI: Final = 13
    COLON: Final = 14
    DASH: Final = 15
    OPEN: Final = 16
    CLOSE: Final = 17
    SLASH: Final = 18
    QUOTE: Final = 19
    SPACE: Final = 20
    NOT: Final = 21
    HYPHEN: Final = 22
    POSS: Final = 23
    TO: Final = 24


# What parts the members of a list.
COORDINATING: Final = frozenset((Kind.CONJ, Kind.COMMA, Kind.SLASH))


class Flag:
    """What a word means to a claim; a word can be several. Bits of a plain integer, for the same reason."""

    NONE: Final = 0
    GENERIC: Final = 1
    PERSON: Final = 2
    BODY: Final = 4
    HEAD: Final = 8
    HEAD_MODIFIED: Final = 16
    SUFFIX: Final = 32
    ADJECTIVE: Final = 64
    EVALUATIVE: Final = 128
    TRANSPARENT: Final = 256
    BENEFIT: Final = 512
    MODIFIER: Final = 1024
    BE: Final = 2048
    CHANGE: Final = 4096
    VITAL: Final = 8192
    SITE_STATE: Final = 16384
    IMPAIRED: Final = 32768
    LATIN: Final = 65536


@dataclass(frozen=True, slots=True)
class Lex:
    """One distinct word form: lower case, folded form, class, meaning.

    ``noun`` is the reading of an ambiguous verb form as a noun or adjective.
    """

    lower: str
    norm: str
    kind: int
    flags: int
    noun: Lex | None = None


_PUNCTUATION = {
    ",": Kind.COMMA, ".": Kind.STOP, "!": Kind.STOP, "?": Kind.STOP, "…": Kind.STOP, "...": Kind.STOP, ";": Kind.SEMI,
    ":": Kind.COLON, "–": Kind.DASH, "—": Kind.DASH, "--": Kind.DASH, "-": Kind.HYPHEN, "‑": Kind.HYPHEN,
    "(": Kind.OPEN, "[": Kind.OPEN, ")": Kind.CLOSE, "]": Kind.CLOSE, "/": Kind.SLASH, '"': Kind.QUOTE,
    "'": Kind.QUOTE, "''": Kind.QUOTE, "``": Kind.QUOTE, "“": Kind.QUOTE, "”": Kind.QUOTE,
    "‘": Kind.QUOTE, "’": Kind.QUOTE,
    "&": Kind.CONJ, "+": Kind.CONJ, "'s": Kind.POSS, "’s": Kind.POSS, "•": Kind.SEMI, "·": Kind.SEMI, "|": Kind.SEMI,
    "*": Kind.QUOTE, "_": Kind.QUOTE,
}  # fmt: skip

_CLASSES = (
    ("determiners", Kind.DET), ("conjunctions", Kind.CONJ), ("auxiliaries", Kind.AUX), ("pronouns", Kind.PRON),
    ("subordinators", Kind.SUB), ("question_words", Kind.SUB), ("prepositions", Kind.PREP), ("adverbs", Kind.ADV),
    ("verbs", Kind.VERB),
)  # fmt: skip

_FLAGS = (
    ("generic_nouns", Flag.GENERIC), ("persons", Flag.PERSON), ("body_parts", Flag.BODY),
    ("body_adjectives", Flag.BODY | Flag.ADJECTIVE), ("adjectives", Flag.ADJECTIVE), ("evaluative", Flag.EVALUATIVE),
    ("transparent", Flag.TRANSPARENT), ("change_nouns", Flag.CHANGE), ("vital_signs", Flag.VITAL),
    ("site_states", Flag.SITE_STATE), ("impairments", Flag.IMPAIRED), ("latin_modifiers", Flag.LATIN),
    ("severity", Flag.MODIFIER | Flag.ADJECTIVE),
)  # fmt: skip

# "<5", "~10", "n=7".
_MEASURED = re.compile("^[<>~±≥≤]|=")
_BE = frozenset(["be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "get", "gets", "got"])


class Lexicon:
    """Look a word up once; later tokens of the same form cost one dictionary access."""

    def __init__(self, pack: Pack) -> None:
        lists = dict(pack.lexicon)
        self.irregular = irregular_verbs(lists)
        lists["verbs"] = tuple(verb_forms(lists.get("verbs", ()))[1])
        self._kinds: dict[str, int] = {}
        for name, kind in _CLASSES:
            for word in lists.get(name, ()):
                self._kinds.setdefault(word, kind)
        self._kinds["of"] = Kind.OF
        self._kinds["to"] = Kind.TO
        self._kinds["n't"] = self._kinds["not"] = self._kinds["n’t"] = Kind.NOT
        self._flags: dict[str, int] = {}
        for name, flag in _FLAGS:
            for word in lists.get(name, ()):
                if " " not in word:
                    key = fold_word(word)
                    self._flags[key] = self._flags.get(key, Flag.NONE) | flag
        for line in lists.get("condition_heads", ()):
            word, _, how = line.partition("\t")
            flag = Flag.HEAD if how.strip() == "alone" else Flag.HEAD_MODIFIED
            key = fold_word(word.strip())
            self._flags[key] = self._flags.get(key, Flag.NONE) | flag
        # A pack may name further exceptions from an ending of base.
        self._suffixes: dict[str, set[str]] = {}
        for line in lists.get("condition_suffixes", ()):
            suffix, *exceptions = line.split()
            self._suffixes.setdefault(suffix, set()).update(e.lstrip("!") for e in exceptions)
        self._suffix_ends = tuple(self._suffixes)
        self._ly = frozenset(lists.get("ly_adjectives", ())) | frozenset(lists.get("ly_nouns", ()))
        # Forms that can be a verb or a noun or adjective: the token in front decides.
        self._ambiguous = frozenset(line.partition("\t")[0].strip() for line in lists.get("verbs_ambiguous", ()))
        # The last word of a benefit phrase acts as its head where the phrase is one word.
        for word in lists.get("benefits", ()):
            if " " not in word:
                key = fold_word(word)
                self._flags[key] = self._flags.get(key, Flag.NONE) | Flag.BENEFIT
        # Small lists by name, for the places that ask for a word's part in a clause; an unknown name is an empty list.
        self.lists: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
        self.lists.update({name: frozenset(words) for name, words in pack.lexicon.items()})
        self._cache: dict[str, Lex] = {}
        # The same by the hash that spaCy gives the lower-case form: one access for each token.
        self.by_hash: dict[int, Lex] = {}

    def __call__(self, lower: str) -> Lex:
        """The entry for a lower-case word form."""
        entry = self._cache.get(lower)
        if entry is None:
            entry = self._cache[lower] = self._look(lower)
        return entry

    def _look(self, lower: str) -> Lex:
        norm = fold_word(lower) or lower
        if not lower.strip():
            return Lex(lower, norm, Kind.SPACE, Flag.NONE)
        if lower in _PUNCTUATION:
            return Lex(lower, norm, _PUNCTUATION[lower], Flag.NONE)
        flags = self._flags.get(norm, Flag.NONE)
        if lower in _BE:
            flags |= Flag.BE
        kind = self._kinds.get(lower)
        if kind is None:
            kind = self._guess(lower)
        if kind == Kind.WORD and self._suffixed(norm):
            flags |= Flag.SUFFIX
        entry = Lex(lower, norm, kind, flags)
        if kind == Kind.VERB and lower in self._ambiguous:
            entry = replace(entry, noun=replace(entry, kind=Kind.WORD))
        return entry

    def _guess(self, lower: str) -> int:
        if lower == "%" or lower[0].isdigit() or (_MEASURED.search(lower) and any(c.isdigit() for c in lower)):
            return Kind.NUM
        if lower.endswith("ly") and len(lower) > 4 and lower not in self._ly:
            return Kind.ADV
        if not any(c.isalnum() for c in lower):
            return Kind.DASH if set(lower) <= set("-–—") else Kind.SEMI
        return Kind.WORD

    def _suffixed(self, norm: str) -> bool:
        if not norm.endswith(self._suffix_ends) or len(norm) < 6:
            return False
        for suffix, exceptions in self._suffixes.items():
            if norm.endswith(suffix):
                return norm not in exceptions
        return False
