"""The pattern language of cue rules, expanded to plain phrases.

``{a|b c|}`` is a choice (an empty one makes it optional), ``@name`` a named choice of the pack, ``~relieve`` all
inflections of a verb. Knows nothing of documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

# A rule that expands to more phrases than this is not a cue any more; the largest honest one has some hundreds.
MAX_PHRASES = 6000
_TOO_MANY = f"expands to more than {MAX_PHRASES} phrases: write fewer choices"

_TOKEN = re.compile(r"\{|\}|\||[^\s{}|]+")
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Inflection:
    """The forms of one verb."""

    base: str
    third: str
    past: str
    participle: str
    gerund: str

    def forms(self) -> tuple[str, ...]:
        """All forms, without repetition, base first."""
        return tuple(dict.fromkeys((self.base, self.third, self.past, self.participle, self.gerund)))


def inflect(base: str, irregular: Mapping[str, tuple[str, ...]] | None = None) -> Inflection:
    """The forms of a verb, by rule, or from ``irregular`` (third, past, participle, gerund).

    A verb of several words ("get rid of") is inflected in its first.
    """
    head, _, tail = base.partition(" ")
    rest = f" {tail}" if tail else ""
    if irregular and head in irregular:
        third, past, participle, gerund = irregular[head]
    else:
        third, past, gerund = _third(head), _past(head), _gerund(head)
        participle = past
    return Inflection(base, third + rest, past + rest, participle + rest, gerund + rest)


def _third(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return _doubled(verb) + "ed"


def _gerund(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return _doubled(verb) + "ing"


def _doubled(verb: str) -> str:
    """Double the last consonant of a short-vowel monosyllable ("stop" → "stopp")."""
    syllables = len(re.findall(r"[aeiouy]+", verb))
    short = len(verb) > 2 and verb[-1] not in "aeiouwxy" and verb[-2] in _VOWELS and verb[-3] not in _VOWELS
    return verb + verb[-1] if short and syllables == 1 else verb


class Phrase(NamedTuple):
    """One phrase that a pattern stands for; ``participle`` where it ends in a verb's past participle."""

    words: str
    participle: bool = False


EMPTY: Final = Phrase("")


class PatternError(ValueError):
    """A pattern that is not of the language; the message says what would be right."""


# What a pattern is made of: each of its phrases takes one of every choice, in their order.
Choices = Sequence[Sequence[Phrase]]


def expand(
    pattern: str, sets: Mapping[str, tuple[str, ...]], irregular: Mapping[str, tuple[str, ...]]
) -> tuple[Phrase, ...]:
    """All phrases of a pattern, in the order of its choices, without repetition."""
    return written(Expander(sets, irregular).choices(pattern))


def written(choices: Choices) -> tuple[Phrase, ...]:
    """All phrases of the choices, without repetition; of the same words the last says whether they are a participle."""
    return tuple({phrase.words: phrase for phrase in joined([EMPTY], choices)}.values())


def joined(done: Sequence[Phrase], choices: Choices) -> Sequence[Phrase]:
    """Each of the phrases that are done with one of every choice behind it."""
    for choice in choices:
        done = [_join(left, right) for left in done for right in choice]
    return done


def lengthened(choices: Choices, words: int, head: Phrase = EMPTY, used: int = 0) -> Iterator[tuple[int, Phrase]]:
    """The beginnings of so many words, or whole phrases of fewer, that ``head`` leads to.

    Each with the number of the choices in it; in ``head`` there are ``used``.
    """
    heads: Sequence[Phrase] = [head]
    while used < len(choices) and heads:
        short = [head for head in heads if not head.words or head.words.count(" ") < words - 1]
        yield from ((used, head) for head in heads if head.words and head.words.count(" ") >= words - 1)
        heads = joined(short, choices[used : used + 1])
        used += 1
    yield from ((used, head) for head in heads)


class Expander:
    """Reads patterns with one pack's sets and irregular verbs; a set or verb is written out once."""

    def __init__(self, sets: Mapping[str, tuple[str, ...]], irregular: Mapping[str, tuple[str, ...]]) -> None:
        self._sets, self._irregular = sets, irregular
        self._words: dict[str, list[Phrase]] = {}

    def choices(self, pattern: str) -> Choices:
        """What a pattern is made of; ``PatternError`` where it is none, or stands for too many phrases."""
        tokens = _TOKEN.findall(pattern)
        choices, rest = self._sequence(tokens, 0, depth=0)
        if rest != len(tokens):
            raise PatternError(f"a '}}' or '|' too many in '{pattern}'")
        if all(any(not phrase.words for phrase in choice) for choice in choices):
            raise PatternError(f"'{pattern}' can match nothing: make a part of it obligatory")
        return choices

    def _sequence(self, tokens: list[str], at: int, depth: int) -> tuple[list[list[Phrase]], int]:
        """The choices that follow each other from token ``at``, and the token behind them."""
        choices: list[list[Phrase]] = []
        count = 1
        while at < len(tokens) and tokens[at] not in ("}", "|"):
            if tokens[at] == "{":
                choice, at = self._choice(tokens, at + 1, depth)
            else:
                choice = self._word(tokens[at])
                at += 1
            choices.append(choice)
            count *= len(choice)
            if count > MAX_PHRASES:
                raise PatternError(_TOO_MANY)
        if at < len(tokens) and tokens[at] == "|" and depth == 0:
            raise PatternError("a '|' outside '{…}': write the choice in braces")
        return choices, at

    def _choice(self, tokens: list[str], at: int, depth: int) -> tuple[list[Phrase], int]:
        """What stands in braces from token ``at``, and the token behind them."""
        choice: list[Phrase] = []
        while True:
            parts, at = self._sequence(tokens, at, depth + 1)
            choice += parts[0] if len(parts) == 1 else joined([EMPTY], parts)
            if len(choice) > MAX_PHRASES:
                raise PatternError(_TOO_MANY)
            if at >= len(tokens):
                raise PatternError("a '{' is left open: close it with '}'")
            at += 1
            if tokens[at - 1] == "}":
                return choice, at

    def _word(self, token: str) -> list[Phrase]:
        found = self._words.get(token)
        if found is None:
            found = self._words[token] = self._read(token)
        return found

    def _read(self, token: str) -> list[Phrase]:
        if token.startswith("@"):
            if token[1:] not in self._sets:
                known = ", ".join(sorted(self._sets)) or "none"
                raise PatternError(f"no set '{token[1:]}': the pack's sets are {known}")
            return [phrase for part in self._sets[token[1:]] for phrase in written(self.choices(part))]
        if token.startswith("~"):
            forms = inflect(token[1:].replace("_", " "), self._irregular)
            return [Phrase(form, form == forms.participle) for form in forms.forms()]
        return [Phrase(token)]


def _join(left: Phrase, right: Phrase) -> Phrase:
    if not right.words:
        return left
    return Phrase(f"{left.words} {right.words}" if left.words else right.words, right.participle)


def irregular_verbs(lexicon: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The irregular verbs (third, past, participle, gerund) of the word lists ``verbs`` and ``inflections``."""
    return {v: f for name in ("verbs", "inflections") for v, f in verb_forms(lexicon.get(name, ()))[0].items()}


def verb_forms(lines: Iterable[str]) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Read a verb list: ``~relieve``, ``~take: takes took taken taking`` or a bare form per line.

    Returns the irregular verbs (third, past, participle, gerund) and all forms.
    """
    irregular: dict[str, tuple[str, ...]] = {}
    forms: list[str] = []
    for line in lines:
        if not line.startswith("~"):
            forms.append(line)
            continue
        base, _, rest = line[1:].partition(":")
        parts = tuple(rest.split())
        if parts:
            if len(parts) < 2:
                raise PatternError(f"'{line}': give third person, past, participle (where they differ) and gerund")
            parts = (parts[0], base.strip(), parts[-1]) if len(parts) == 2 else parts
            # With variants ("learned learnt") the last but one is taken for the participle; all forms are kept.
            irregular[base.strip()] = (parts[0], parts[1], parts[-2], parts[-1])
            forms += parts
        forms += inflect(base.strip(), irregular).forms()
    return irregular, forms
