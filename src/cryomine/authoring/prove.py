"""Does every rule do what its examples show? The examples of a pack's rules, run.

``[cue]`` and ``<condition>`` are the marks of an example, ``@therapy`` stands for the pack's own therapy; the article
around it is a title that names the therapy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cryomine.claims import Claim
from cryomine.extraction import Extractor
from cryomine.extraction.engine import claims_of
from cryomine.ingest import plain
from cryomine.packs.schema import CueRule, Pack, Rule

Spans = tuple[tuple[int, int], ...]

_NEGATED = ("negation", "deny")
_SILENCING = ("background", "end", "interlude")


@dataclass(frozen=True, slots=True)
class Example:
    """A rule's example without its marks; the spans are offsets into ``text``, end exclusive, sorted."""

    text: str
    cues: Spans
    conditions: Spans


class MarkupError(ValueError):
    """An example whose marks do not fit together."""


def parse_example(marked: str, title: str = "") -> Example:
    """Read ``[cue]`` and ``<condition>``; marks of one kind may be nested, of both kinds overlap."""
    opened: dict[str, list[int]] = {"[": [], "<": []}
    spans: dict[str, list[tuple[int, int]]] = {"[": [], "<": []}
    text = list(f"{title}\n\n" if title else "")
    for char in marked:
        if char in "[<":
            opened[char].append(len(text))
        elif char in "]>":
            kind = "[" if char == "]" else "<"
            if not opened[kind]:
                raise MarkupError(f"'{char}' closes nothing")
            spans[kind].append((opened[kind].pop(), len(text)))
        else:
            text.append(char)
    for kind, left in opened.items():
        if left:
            raise MarkupError(f"'{kind}' is left open")
    return Example("".join(text), tuple(sorted(spans["["])), tuple(sorted(spans["<"])))


class Prover:
    """Runs examples with one pack, each under a title that names the pack's therapy.

    - cue rule: an example's claims by the rule are exactly the marked conditions, with the marked cue and the rule's
      relation, polarity and hedge; a counterexample has no claim by the rule.
    - negation, deny, hedge: the marked conditions are claimed, negated or hedged by the marked words.
    - pseudo, terminate, aside, circumstance: the marked conditions are claimed and affirmed.
    - background, end, interlude: the marked conditions are not claimed.

    Without its context or layout rule an example makes other claims; a counterexample of a context rule makes claims,
    and the same ones.
    """

    def __init__(self, pack: Pack) -> None:
        self._extractor = Extractor(pack)
        self._therapy = pack.interventions[0].name if pack.interventions else ""

    def problems(self, rule: Rule) -> Iterator[tuple[str, str]]:
        """What is wrong with each example and counterexample of a rule: the example, and what it does instead."""
        for marked in rule.example:
            if said := self.of_example(rule, marked):
                yield marked, said
        for marked in getattr(rule, "counterexample", ()):
            if said := self.of_counterexample(rule, marked):
                yield marked, said

    def of_example(self, rule: Rule, marked: str) -> str:
        """What an example of the rule does instead of what it shows; empty where it holds."""
        try:
            example = self._article(marked)
        except MarkupError as error:
            return str(error)
        if not example.conditions:
            return "it marks no <condition>"
        claims = self._extractor.claims(plain.document(example.text))
        if isinstance(rule, CueRule):
            return _of_cue(rule, example, claims)
        said = _of_context(rule.kind, example, claims)
        # Rules of one kind can share words ("may", "may seem to"); then another rule stands in for this one.
        return said or ("" if self._without(rule, example) != claims else "the rule makes no difference to it")

    def of_counterexample(self, rule: Rule, marked: str) -> str:
        """The same for a counterexample."""
        try:
            example = self._article(marked)
        except MarkupError as error:
            return str(error)
        claims = self._extractor.claims(plain.document(example.text))
        if isinstance(rule, CueRule):
            own = [c for c in claims if c.rule == rule.id]
            return f"it is matched all the same: {_words(example.text, own)}" if own else ""
        if not claims:
            return "it makes no claim that the rule could leave as it is"
        same = self._without(rule, example) == claims
        return "" if same else f"the rule changes it: {_words(example.text, claims)}"

    def _article(self, marked: str) -> Example:
        title = self._therapy[:1].upper() + self._therapy[1:]
        return parse_example(marked.replace("@therapy", self._therapy), title)

    def _without(self, rule: Rule, example: Example) -> list[Claim]:
        """The claims of an example without one context or layout rule."""
        extractor, document = self._extractor, plain.document(example.text)
        matcher: Any = _Without(extractor.knowledge.matcher, rule.id)
        poorer = replace(extractor.knowledge, matcher=matcher)
        return extractor.linked(document, claims_of(poorer, document, extractor.tokens(document)))


class _Without:
    """A matcher that does not see one context or layout rule."""

    def __init__(self, matcher: Any, rule: str) -> None:
        self._matcher, self._rule = matcher, rule
        self.cues, self.context, self.layout = matcher.cues, matcher.context, matcher.layout

    def __call__(self, doc: Any) -> list[Any]:
        return [h for h in self._matcher(doc) if h.what not in ("context", "layout") or h.key != self._rule]


def _of_context(kind: str, example: Example, claims: Sequence[Claim]) -> str:
    own = [c for c in claims if (c.start, c.end) in example.conditions]
    if kind in _SILENCING:
        return f"it still claims {_words(example.text, own)}" if own else ""
    if _spans(own) != example.conditions:
        return f"it claims {_words(example.text, claims)}"
    cues = [example.text[a:b] for a, b in example.cues]
    if kind in _NEGATED and not all(c.polarity == "negated" and c.negation_cue in cues for c in own):
        return f"not negated by the marked words: {_words(example.text, own)}"
    if kind == "hedge" and not all(c.certainty == "hedged" and c.hedge_cue in cues for c in own):
        return f"not hedged by the marked words: {_words(example.text, own)}"
    if kind not in (*_NEGATED, "hedge") and not all(c.polarity == "affirmed" for c in own):
        return f"negated all the same: {_words(example.text, own)}"
    return ""


def _of_cue(rule: CueRule, example: Example, claims: Sequence[Claim]) -> str:
    own = [c for c in claims if c.rule == rule.id]
    if _spans(own) != example.conditions:
        return f"this rule claims {_words(example.text, own)}" + _others(example.text, rule, claims)
    if tuple(sorted({(c.cue_start, c.cue_end) for c in own})) != example.cues:
        return f"the cue is {', '.join(sorted({example.text[c.cue_start : c.cue_end] for c in own}))!r}"
    if {c.polarity for c in own} != {rule.polarity}:
        return f"it is {own[0].polarity}"
    if rule.relation and {c.relation for c in own} != {rule.relation}:
        return f"the relation is {own[0].relation}"
    if rule.certainty == "hedged" and {c.certainty for c in own} != {"hedged"}:
        return "it is not hedged"
    return ""


def _others(text: str, rule: CueRule, claims: Sequence[Claim]) -> str:
    others = [c for c in claims if c.rule != rule.id]
    return f"; others claim {_words(text, others)}" if others else ""


def _spans(claims: Sequence[Claim]) -> Spans:
    return tuple(sorted((c.start, c.end) for c in claims))


def _words(text: str, claims: Sequence[Claim]) -> str:
    """The claims of an example, for a message that a person can read."""
    return ", ".join(f"'{text[c.start : c.end]}' ({c.relation}, {c.rule})" for c in claims) or "nothing"
