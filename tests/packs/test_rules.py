"""Every rule of the shipped packs proves itself: its examples make the claims they mark, its counterexamples none.

How an example is read (``[cue]`` and ``<condition>`` are its marks; ``@therapy`` stands for the name of a therapy,
since a pack like ``base`` knows none; the article's title names one):

- cue rule: its claims by this rule are exactly the marked conditions, with the marked cue, and the rule's polarity.
- negation, deny, hedge: the marked conditions are claimed, negated or hedged by the marked words.
- pseudo, terminate, aside, circumstance: the marked conditions are claimed and affirmed, because of the rule.
- background, furniture: the marked conditions are not claimed, because of the rule.

"Because of the rule": without it the claims are others. A counterexample makes no claim by the rule; that of a context
rule makes the same claims with and without it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from cryomine.claims import Claim
from cryomine.extraction import Extractor
from cryomine.packs import load_pack
from cryomine.packs.schema import ContextRule, CueRule, LayoutRule, Pack
from extraction.markup import Example, made, parse_example

TITLE = "Cryotherapy\n\n"
THERAPY = "cryotherapy"
Rule = CueRule | ContextRule | LayoutRule


@cache
def pack() -> Pack:
    return load_pack("cryotherapy")


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(pack())


class Without:
    """A matcher that does not see one context or layout rule."""

    def __init__(self, matcher: Any, rule: str) -> None:
        self._matcher, self._rule = matcher, rule
        self.cues, self.context, self.layout = matcher.cues, matcher.context, matcher.layout

    def __call__(self, doc: Any) -> list[Any]:
        return [hit for hit in self._matcher(doc) if hit.what not in ("context", "layout") or hit.key != self._rule]


def without(extractor: Extractor, rule: Rule) -> Extractor:
    """The same extractor without one context or layout rule."""
    poorer = object.__new__(Extractor)
    vars(poorer).update(vars(extractor))
    matcher: Any = Without(extractor.knowledge.matcher, rule.id)
    poorer.knowledge = replace(extractor.knowledge, matcher=matcher)
    return poorer


def article(marked: str) -> Example:
    return parse_example(TITLE + marked.replace("@therapy", THERAPY))


def each(rules: Sequence[Rule], field: str) -> list[Any]:
    return [
        pytest.param(rule, marked, id=f"{rule.id}: {marked[:50]}") for rule in rules for marked in getattr(rule, field)
    ]


def words(text: str, claims: Sequence[Claim]) -> list[str]:
    """The claims of an article, for a message that a person can read."""
    return [
        f"{c.relation} {c.polarity} {c.certainty} '{text[c.start : c.end]}' by {c.rule}, "
        f"cue '{text[c.cue_start : c.cue_end]}'"
        for c in claims
    ]


def spans(claims: Sequence[Claim]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((c.start, c.end) for c in claims))


@pytest.mark.parametrize(("rule", "marked"), each(pack().cues, "example"))
def test_an_example_of_a_cue(rule: CueRule, marked: str, extractor: Extractor) -> None:
    example = article(marked)
    claims = made(extractor, example.text)
    own = [c for c in claims if c.rule == rule.id]
    if rule.scope == "carry":  # the relation is that of the sentence before
        assert own, words(example.text, claims)
    assert example.conditions, "an example marks a <condition>"
    assert spans(own) == example.conditions, words(example.text, claims)
    assert tuple(sorted({(c.cue_start, c.cue_end) for c in own})) == example.cues, words(example.text, claims)
    assert {c.polarity for c in own} == {rule.polarity}, words(example.text, claims)
    if rule.relation:
        assert {c.relation for c in own} == {rule.relation}
    if rule.certainty == "hedged":
        assert {c.certainty for c in own} == {"hedged"}, words(example.text, claims)


@pytest.mark.parametrize(("rule", "marked"), each(pack().cues, "counterexample"))
def test_a_counterexample_of_a_cue(rule: CueRule, marked: str, extractor: Extractor) -> None:
    text = article(marked).text
    claims = made(extractor, text)
    assert not [c for c in claims if c.rule == rule.id], words(text, claims)


def denied(example: Example, claim: Claim) -> bool:
    cues = [example.text[a:b] for a, b in example.cues]
    return claim.polarity == "negated" and claim.negation_cue in cues


def hedged(example: Example, claim: Claim) -> bool:
    cues = [example.text[a:b] for a, b in example.cues]
    return claim.certainty == "hedged" and claim.hedge_cue in cues


def affirmed(example: Example, claim: Claim) -> bool:
    return claim.polarity == "affirmed"


READINGS: dict[str, Callable[[Example, Claim], bool]] = {
    "negation": denied,
    "deny": denied,
    "hedge": hedged,
    "pseudo": affirmed,
    "terminate": affirmed,
    "aside": affirmed,
    "circumstance": affirmed,
}


@pytest.mark.parametrize(("rule", "marked"), each((*pack().context, *pack().layout), "example"))
def test_an_example_of_a_context_or_layout_rule(rule: ContextRule, marked: str, extractor: Extractor) -> None:
    example = article(marked)
    claims = made(extractor, example.text)
    own = [c for c in claims if (c.start, c.end) in example.conditions]
    assert example.conditions, "an example marks a <condition>"
    if rule.kind in READINGS:
        assert spans(own) == example.conditions, words(example.text, claims)
        assert all(READINGS[rule.kind](example, c) for c in own), words(example.text, claims)
    else:
        assert not own, words(example.text, claims)
    # Rules of one kind can share words ("may", "may seem to"); then another rule stands in for this one.
    assert made(without(extractor, rule), example.text) != claims, "the rule makes no difference to its example"


@pytest.mark.parametrize(("rule", "marked"), each(pack().context, "counterexample"))
def test_a_counterexample_of_a_context_rule(rule: ContextRule, marked: str, extractor: Extractor) -> None:
    text = article(marked).text
    claims = made(extractor, text)
    assert claims, "a counterexample of a context rule makes a claim, which the rule leaves as it is"
    assert made(without(extractor, rule), text) == claims, words(text, claims)


def test_base_names_no_therapy() -> None:
    base = load_pack("base")
    names = {
        name.lower()
        for therapy in pack().interventions
        for name in (therapy.name, *therapy.synonyms)
        if len(name) > 3 and name.lower() != "cold"
    }
    for rule in (*base.cues, *base.context, *base.layout):
        for marked in (*rule.example, *getattr(rule, "counterexample", ())):
            text = f" {parse_example(marked.replace('@therapy', '')).text.lower()} "
            found = sorted(name for name in names if f" {name} " in text.replace(".", " ").replace(",", " "))
            assert not found, f"{rule.id}: {found}; write @therapy"
