"""One matcher over everything a pack knows: conditions, interventions, rivals, cues, context words.

Works on the folded form of the tokens (``NORM``), so case, plural and spelling variants need no phrases of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from spacy.language import Language
from spacy.matcher import PhraseMatcher

from cryomine.errors import PackError
from cryomine.extraction.hits import Hit
from cryomine.extraction.lexicon import Lexicon
from cryomine.extraction.passing import Match, Passing, across
from cryomine.extraction.waiting import Waiting
from cryomine.packs.patterns import Choices, Expander, PatternError
from cryomine.packs.schema import ContextRule, CueRule, LayoutRule, Pack

# The two halves of a cue ("apply … to") stand at most so many tokens apart.
PAIR_REACH = 18
_PREPOSITION = re.compile(r"( (?:in|of|on|around|under|behind|between|from|to) )")
_ARTICLES = ("the ", "your ")
# Kinds of hits: the names of conditions in the widest sense, and of therapies.
CONDITIONS = frozenset(("condition", "state", "procedure"))
THERAPIES = frozenset(("therapy", "rival", "weak"))
# Kinds of hits that state something; their words may have an adverb in their midst, names may not.
_STATING = frozenset(("cue", "section", "second", "context"))


# A named tuple's own constructor is a Python function, called for every second token.
_hit: Callable[[tuple[int, int, str, str]], Hit] = partial(tuple.__new__, Hit)


@dataclass(slots=True)
class CueEntry:
    """A cue rule as matched: ``participle`` where the phrase ends in a participle.

    ``half`` is 0, or 1 or 2 of a pair; ``pair`` is which pattern of the rule both are halves of.
    ``section`` where it governs what follows a heading or lead-in, ``weak`` where it is a bare preposition,
    ``known_behind`` where it takes known conditions behind it and nothing else.
    """

    rule: CueRule
    participle: bool = False
    half: int = 0
    pair: int = 0
    section: bool = field(init=False)
    weak: bool = field(init=False)
    known_behind: bool = field(init=False)

    def __post_init__(self) -> None:
        rule = self.rule
        self.section = rule.scope in ("section", "tail")
        self.weak = rule.needs == "stated" and rule.accept == "known"
        self.known_behind = rule.scope == "after" and rule.accept == "known"


class Matcher:
    """Finds all phrases of a pack in a spaCy ``Doc`` whose pipeline was prepared with ``prepare``."""

    def __init__(self, nlp: Language, pack: Pack, lexicon: Lexicon) -> None:
        self._nlp = nlp
        self._pack = pack
        self._expander = Expander(pack.sets, lexicon.irregular)
        self._passing = Passing(nlp, lexicon)
        self._matcher = PhraseMatcher(nlp.vocab, attr="NORM")
        self._labels: dict[int, tuple[str, str]] = {}
        # The rule and pattern of each label of a half of a pair, and which half it is.
        self._halves: dict[int, tuple[tuple[str, int], int]] = {}
        self._waiting = Waiting(nlp)
        self.cues: dict[str, CueEntry] = {}
        self.context: dict[str, ContextRule] = {r.id: r for r in pack.context}
        self.layout: dict[str, LayoutRule] = {r.id: r for r in pack.layout}
        self._fill()

    def __call__(self, doc: Any) -> list[Hit]:
        """All hits, by start, longest first, then by kind and key; halves of pairs only where both are in reach."""
        labels, halves = self._labels, self._halves
        matches = self._matches(doc)
        looked_at_again = self._passing.around(doc)
        if looked_at_again is not None:
            again, origin = looked_at_again
            stated = [match for match in self._matches(again) if labels[match[0]][0] in _STATING]
            matches += across(stated, origin)
        whole = [match for match in matches if match[0] not in halves]
        if len(whole) < len(matches):
            whole += self._paired([match for match in matches if match[0] in halves])
        found = sorted([(start, -end) + labels[match] for match, start, end in whole])
        return [_hit((start, -end, what, key)) for start, end, what, key in found]

    def _matches(self, doc: Any) -> list[Match]:
        for label, phrases in self._waiting.met(doc).items():
            # The PhraseMatcher takes the hashes that it would read from a ``Doc``: a tenth of the time.
            self._matcher.add(label, phrases)
        found: list[Match] = self._matcher(doc)
        return found

    def _paired(self, matches: list[Match]) -> list[Match]:
        """Of the halves of pairs those that have their other half: words like "to" and "for" are a third of all."""
        firsts: dict[tuple[str, int], list[Match]] = {}
        seconds: dict[tuple[str, int], list[Match]] = {}
        for match in matches:
            pair, half = self._halves[match[0]]
            (firsts if half == 1 else seconds).setdefault(pair, []).append(match)
        paired = []
        for pair, others in seconds.items():
            starts = [start for _, start, _ in others]
            reached: set[int] = set()
            for first in firsts.get(pair, ()):
                end = first[2]
                behind = starts[bisect_left(starts, end) : bisect_right(starts, end + PAIR_REACH)]
                if behind:
                    paired.append(first)
                    reached.update(behind)
            paired += [other for other in others if other[1] in reached]
        return paired

    def _fill(self) -> None:
        pack = self._pack
        for concept in pack.concepts:
            # A past operation is a state of the patient; its bare name is first of all another therapy.
            what = "procedure" if concept.kind == "procedure-related" else "condition"
            self._add(what, concept.id, _with_articles(_variants((concept.name, *concept.synonyms), joined=False)))
        self._add("state", "state", _variants(pack.lexicon.get("condition_states", ())))
        self._add("benefit", "benefit", _variants(w for w in pack.lexicon.get("benefits", ()) if " " in w))
        body = (*pack.lexicon.get("body_parts", ()), *pack.lexicon.get("vital_signs", ()))
        self._add("body", "body", _variants(w for w in body if " " in w))
        self._add("generic", "generic", _variants(w for w in pack.lexicon.get("generic_nouns", ()) if " " in w))
        for therapy in pack.interventions:
            self._add("therapy", therapy.id, _variants((therapy.name, *therapy.synonyms)))
            self._add("weak", therapy.id, _variants(therapy.weak_synonyms))
        for rival in pack.rivals:
            self._add("rival", rival.name, _variants((rival.name, *rival.synonyms)))
        for rule in pack.cues:
            # The cue of a list rule is whatever leads into the list, that of a row rule the therapy.
            if rule.scope not in ("list", "row"):
                self._add_cue(rule)
        for ctx in pack.context:
            self._add_patterns("context", ctx.id, (ctx.id, ctx.id), ctx.cue)
        for layout in pack.layout:
            self._add_patterns("layout", layout.id, (layout.id, layout.id), layout.cue)

    def _add_cue(self, rule: CueRule) -> None:
        whole = [cue for cue in rule.cue if "…" not in cue]
        self._add_part(rule, 0, 0, whole)
        for pair, cue in enumerate((cue for cue in rule.cue if "…" in cue), start=1):
            for half, part in enumerate(cue.split("…"), start=1):
                self._add_part(rule, half, pair, [part.strip()])

    def _add_part(self, rule: CueRule, half: int, pair: int, patterns: Iterable[str]) -> None:
        """Have whole phrases of a rule wait (``half`` 0), or one half of those of one of its patterns."""
        suffix = f"/{half}.{pair}" if half else ""
        keys = f"{rule.id}{suffix}", f"{rule.id}/p{suffix}"
        for participle, key in enumerate(keys):
            self.cues[key] = CueEntry(rule, bool(participle), half, pair)
        what = "second" if half == 2 else "section" if self.cues[keys[0]].section else "cue"
        numbers = self._add_patterns(what, rule.id, keys, patterns)
        if half:
            self._halves.update(dict.fromkeys(numbers, ((rule.id, pair), half)))

    def _add_patterns(self, what: str, rule: str, keys: tuple[str, str], patterns: Iterable[str]) -> tuple[int, int]:
        """Have a rule's phrases wait under two keys, the second for those that end in a participle; their numbers."""
        numbers = self._label(what, keys[0]), self._label(what, keys[1])
        for pattern in patterns:
            self._waiting.add_pattern(f"{what}:{keys[0]}", f"{what}:{keys[1]}", self._choices(pattern, rule))
        return numbers

    def _choices(self, pattern: str, rule: str) -> Choices:
        try:
            return self._expander.choices(pattern)
        except PatternError as error:
            where = self._pack.places.get(f"rule {rule}", f"pack {self._pack.name}")
            raise PackError(f"{where}: rule '{rule}': {error}") from None

    def _add(self, what: str, key: str, phrases: Iterable[str]) -> None:
        self._label(what, key)
        self._waiting.add(f"{what}:{key}", phrases)

    def _label(self, what: str, key: str) -> int:
        """The number that the ``PhraseMatcher`` knows a key's phrases by."""
        number: int = self._nlp.vocab.strings.add(f"{what}:{key}")
        self._labels[number] = (what, key)
        return number


def therapy_phrases(nlp: Language, names: Iterable[str]) -> Iterator[Any]:
    """The phrases by which a therapy's names are found, as the ``Matcher`` has them."""
    return (doc for doc in nlp.tokenizer.pipe(dict.fromkeys(_variants(names))) if len(doc))


def _with_articles(names: Iterable[str]) -> Iterator[str]:
    """Each name as it is, and with an article behind its preposition: "blood in urine", "blood in the urine"."""
    for name in names:
        yield name
        front, preposition, back = _PREPOSITION.split(name, 1) if _PREPOSITION.search(name) else (name, "", "")
        if preposition and not back.startswith(_ARTICLES):
            yield from (f"{front}{preposition}{article}{back}" for article in _ARTICLES)


def _variants(names: Iterable[str], *, joined: bool = True) -> Iterator[str]:
    """Each name in lower case, with hyphens as spaces and, where ``joined``, its first two words with a hyphen."""
    for name in names:
        # Short capitals stay as they are known (PAD, WBC): the folded form is lower case either way.
        lower = name.lower()
        yield lower
        if "-" in lower:
            yield lower.replace("-", " ")
        if "'s " in lower:
            # Many write "runners knee".
            yield lower.replace("'s ", "s ")
        words = lower.split(" ")
        if joined and 2 <= len(words) <= 4:
            yield "-".join(words[:2]) + "".join(f" {w}" for w in words[2:])
