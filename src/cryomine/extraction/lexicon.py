"""Word classes: what a token is to the chunker. All words come from the pack's ``lexicon`` lists.

Knows nothing of documents or rules.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import IntEnum, IntFlag

from cryomine.link.normal import fold_word
from cryomine.packs.patterns import verb_forms
from cryomine.packs.schema import Pack


class Kind(IntEnum):
    """What a token does in a clause; everything that has no function of its own is a ``WORD``."""

    WORD = 0
    DET = 1
    PREP = 2
    OF = 3
    CONJ = 4
    COMMA = 5
    SUB = 6
    AUX = 7
    VERB = 8
    ADV = 9
    PRON = 10
    NUM = 11
    STOP = 12
    SEMI = 13
    COLON = 14
    DASH = 15
    OPEN = 16
    CLOSE = 17
    SLASH = 18
    QUOTE = 19
    SPACE = 20
    NOT = 21
    HYPHEN = 22
    POSS = 23
    TO = 24


class Flag(IntFlag):
    """What a word means to a claim; a word can be several."""

    NONE = 0
    GENERIC = 1
    PERSON = 2
    BODY = 4
    HEAD = 8
    HEAD_MODIFIED = 16
    SUFFIX = 32
    ADJECTIVE = 64
    EVALUATIVE = 128
    TRANSPARENT = 256
    BENEFIT = 512
    MODIFIER = 1024
    BE = 2048
    CHANGE = 4096
    VITAL = 8192
    SITE_STATE = 16384
    IMPAIRED = 32768
    LATIN = 65536


@dataclass(frozen=True, slots=True)
class Lex:
    """One distinct word form: lower case, folded form, class, meaning."""

    lower: str
    norm: str
    kind: Kind
    flags: Flag


_PUNCTUATION = {
    ",": Kind.COMMA, ".": Kind.STOP, "!": Kind.STOP, "?": Kind.STOP, "…": Kind.STOP, "...": Kind.STOP, ";": Kind.SEMI,
    ":": Kind.COLON, "–": Kind.DASH, "—": Kind.DASH, "--": Kind.DASH, "-": Kind.HYPHEN, "‑": Kind.HYPHEN,
    "(": Kind.OPEN, "[": Kind.OPEN, ")": Kind.CLOSE, "]": Kind.CLOSE, "/": Kind.SLASH, '"': Kind.QUOTE,
    "'": Kind.QUOTE, "''": Kind.QUOTE, "``": Kind.QUOTE, "“": Kind.QUOTE, "”": Kind.QUOTE,
    "‘": Kind.QUOTE, "’": Kind.QUOTE,
    "&": Kind.CONJ, "+": Kind.CONJ, "'s": Kind.POSS, "’s": Kind.POSS, "•": Kind.SEMI, "·": Kind.SEMI, "|": Kind.SEMI,
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

_BE = frozenset(["be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "get", "gets", "got"])


class Lexicon:
    """Look a word up once; later tokens of the same form cost one dictionary access."""

    def __init__(self, pack: Pack) -> None:
        lists = dict(pack.lexicon)
        self.irregular, forms = verb_forms(lists.get("verbs", ()))
        lists["verbs"] = tuple(forms)
        self._kinds: dict[str, Kind] = {}
        for name, kind in _CLASSES:
            for word in lists.get(name, ()):
                self._kinds.setdefault(word, kind)
        self._kinds["of"] = Kind.OF
        self._kinds["to"] = Kind.TO
        self._kinds["n't"] = self._kinds["not"] = self._kinds["n’t"] = Kind.NOT
        self._flags: dict[str, Flag] = {}
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
        self._suffixes: list[tuple[str, frozenset[str]]] = []
        for line in lists.get("condition_suffixes", ()):
            suffix, *exceptions = line.split()
            self._suffixes.append((suffix, frozenset(e.lstrip("!") for e in exceptions)))
        self._suffix_ends = tuple(s for s, _ in self._suffixes)
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
        self._as_word: dict[str, Lex] = {}

    def __call__(self, lower: str) -> Lex:
        """The entry for a lower-case word form."""
        entry = self._cache.get(lower)
        if entry is None:
            entry = self._cache[lower] = self._look(lower)
        return entry

    def as_word(self, entry: Lex) -> Lex:
        """The reading of an ambiguous verb form as a noun or adjective; any other entry as it is."""
        if entry.kind is not Kind.VERB or entry.lower not in self._ambiguous:
            return entry
        word = self._as_word.get(entry.lower)
        if word is None:
            word = self._as_word[entry.lower] = replace(entry, kind=Kind.WORD)
        return word

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
        if kind is Kind.WORD and self._suffixed(norm):
            flags |= Flag.SUFFIX
        return Lex(lower, norm, kind, flags)

    def _guess(self, lower: str) -> Kind:
        if lower[0].isdigit() or (lower[0] in "<>~±≥≤" and any(c.isdigit() for c in lower)):
            return Kind.NUM
        if lower.endswith("ly") and len(lower) > 4 and lower not in self._ly:
            return Kind.ADV
        if not any(c.isalnum() for c in lower):
            return Kind.DASH if set(lower) <= set("-–—") else Kind.SEMI
        return Kind.WORD

    def _suffixed(self, norm: str) -> bool:
        if not norm.endswith(self._suffix_ends) or len(norm) < 6:
            return False
        for suffix, exceptions in self._suffixes:
            if norm.endswith(suffix):
                return norm not in exceptions
        return False
