"""The pattern language of cue rules, expanded to plain phrases.

``{a|b c|}`` is a choice (an empty one makes it optional), ``@name`` a named choice of the pack, ``~relieve`` all
inflections of a verb. Knows nothing of documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

# A rule that expands to more phrases than this is not a cue any more; the largest honest one has some hundreds.
MAX_PHRASES = 6000

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


class PatternError(ValueError):
    """A pattern that is not of the language; the message says what would be right."""


def expand(
    pattern: str, sets: Mapping[str, tuple[str, ...]], irregular: Mapping[str, tuple[str, ...]]
) -> tuple[Phrase, ...]:
    """All phrases of a pattern, in the order of its choices, without repetition."""
    tokens = _TOKEN.findall(pattern)
    phrases, rest = _sequence(tokens, 0, sets, irregular, depth=0)
    if rest != len(tokens):
        raise PatternError(f"a '}}' or '|' too many in '{pattern}'")
    result = {p.words: p for p in phrases if p.words}
    if not result or any(not p.words for p in phrases):
        raise PatternError(f"'{pattern}' can match nothing: make a part of it obligatory")
    return tuple(result.values())


def _sequence(
    tokens: list[str],
    at: int,
    sets: Mapping[str, tuple[str, ...]],
    irregular: Mapping[str, tuple[str, ...]],
    depth: int,
) -> tuple[list[Phrase], int]:
    done = [Phrase("")]
    while at < len(tokens) and tokens[at] not in ("}", "|"):
        token = tokens[at]
        if token == "{":
            choice: list[Phrase] = []
            at += 1
            while True:
                part, at = _sequence(tokens, at, sets, irregular, depth + 1)
                choice += part
                if len(choice) > MAX_PHRASES:
                    raise PatternError(f"expands to more than {MAX_PHRASES} phrases: write fewer choices")
                if at >= len(tokens):
                    raise PatternError("a '{' is left open: close it with '}'")
                at += 1
                if tokens[at - 1] == "}":
                    break
        else:
            choice = _word(token, sets, irregular)
            at += 1
        done = [_join(left, right) for left in done for right in choice]
        if len(done) > MAX_PHRASES:
            raise PatternError(f"expands to more than {MAX_PHRASES} phrases: write fewer choices")
    if at < len(tokens) and tokens[at] == "|" and depth == 0:
        raise PatternError("a '|' outside '{…}': write the choice in braces")
    return done, at


def _join(left: Phrase, right: Phrase) -> Phrase:
    if not right.words:
        return left
    return Phrase(f"{left.words} {right.words}" if left.words else right.words, right.participle)


def _word(token: str, sets: Mapping[str, tuple[str, ...]], irregular: Mapping[str, tuple[str, ...]]) -> list[Phrase]:
    if token.startswith("@"):
        if token[1:] not in sets:
            raise PatternError(f"no set '{token[1:]}': the pack's sets are {', '.join(sorted(sets)) or 'none'}")
        return [p for part in sets[token[1:]] for p in expand(part, sets, irregular)]
    if token.startswith("~"):
        forms = inflect(token[1:].replace("_", " "), irregular)
        return [Phrase(form, form == forms.participle) for form in forms.forms()]
    return [Phrase(token)]


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
