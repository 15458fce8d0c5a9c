"""The example of a rule, tried out: a rule that its own example does not bring about is refused.

An example is written ``treats asthma with pad hedged | contraindicated lung disease | asthma is-a lung disease``:
two claims, then what has to be known. Knows rules and kinship, no real vocabulary.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cryomine.comparison.judge import Match, Profile, judge, meeting
from cryomine.comparison.kinship import ConceptFacts, Kinship
from cryomine.comparison.rules import Adjustment, PairRule, Rules, Stance

_CLAIM = re.compile(r"(not )?(\S+) (.+?)(?: with (.+?))?( hedged)?")
_FACT = re.compile(r"(.+?) (is-a|filed-under|is) (.+)")


class _Said(NamedTuple):
    stance: Stance
    concept: str
    profile: Profile


def check_example(rule: PairRule | Adjustment, rules: Rules) -> str:
    """What is wrong with the example of ``rule``, in words; empty where it holds."""
    parts = [part.strip() for part in rule.example.split("|")]
    claims, facts = parts[:2], parts[2:]
    if len(claims) < 2:
        return "the example needs two claims, as in 'treats gout | not treats gout'"
    first, second = (_claim(text, rules) for text in claims)
    if first is None or second is None:
        return "a claim of the example is not 'RELATION CONDITION [with INTERVENTION] [hedged]'"
    world = _world(facts, rules)
    if isinstance(world, str):
        return world
    kin, filed = world
    for pair in (rule,) if isinstance(rule, PairRule) else rules.pairs:
        match = _match(pair, first.concept, second.concept, kin, filed)
        if match and (pair.first, pair.second) == (first.stance, second.stance):
            judgement = judge(pair, match, meeting(first.profile, second.profile, kin), kin)
            if isinstance(rule, Adjustment) and rule not in judgement.reasons:
                continue
            if isinstance(rule, PairRule) and (judgement.strength, judgement.verdict) != (rule.strength, rule.verdict):
                return "the example comes out weaker than the rule says"
            return ""
    return "the example is not matched"


def _claim(text: str, rules: Rules) -> _Said | None:
    found = _CLAIM.fullmatch(text)
    if not found:
        return None
    concept = found[3]
    head, _, rest = concept.partition(" ")
    narrowed = head in rules.narrowing and bool(rest)
    stance = Stance(relation=found[2], polarity="negated" if found[1] else "affirmed")
    return _Said(stance, rest if narrowed else concept, Profile(found[4] or "", bool(found[5]), narrowed))


def _world(facts: list[str], rules: Rules) -> tuple[Kinship, set[tuple[str, str]]] | str:
    """The kinship that the facts of an example describe."""
    above: dict[str, tuple[str, ...]] = {}
    kinds: dict[str, str] = {}
    filed: set[tuple[str, str]] = set()
    sets: dict[str, tuple[str, ...]] = {"passing": (), "local": (), "whole": ()}
    for fact in facts:
        found = _FACT.fullmatch(fact)
        if not found:
            return f"'{fact}' is no fact; write 'X is-a Y', 'X filed-under Y', 'X is local|whole|passing|symptom'"
        subject, verb, value = found.groups()
        if verb == "is-a":
            above[subject] = (value,)
        elif verb == "filed-under":
            filed.add((subject, value))
        elif value in sets:
            sets[value] += (subject,)
        else:
            kinds[subject] = value
    names = {*above, *kinds, *(name for pair in filed for name in pair)}
    concepts = {name: ConceptFacts(name, kinds.get(name, ""), above.get(name, ())) for name in sorted(names)}
    return Kinship(concepts, rules.model_copy(update={**sets, "alike": (), "filed": {}})), filed


def _match(rule: PairRule, first: str, second: str, kin: Kinship, filed: set[tuple[str, str]]) -> Match | None:
    if rule.concepts == "same":
        return Match("same", first, second) if first == second else None
    narrower, wider = (first, second) if rule.concepts == "first-below" else (second, first)
    if wider in kin.above(narrower):
        return Match("hierarchy", narrower, wider)
    return Match("hierarchy", narrower, wider, filed=True) if (narrower, wider) in filed else None
