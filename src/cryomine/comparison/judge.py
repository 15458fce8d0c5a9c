"""One pair of claims against the rules: is it a contradiction, how strong, and why in words.

Knows rules and kinship; works on profiles (intervention, certainty, …), so that equal pairs are judged once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cryomine.comparison.kinship import Kinship
from cryomine.comparison.rules import Adjustment, PairRule, Strength, Verdict

STRENGTHS: tuple[Strength, ...] = ("strong", "medium", "weak")
VERDICTS: tuple[Verdict, ...] = ("contradiction", "apparent")
# A pair that can hold together is never strong, whatever its rule says.
_STRONGEST_APPARENT = STRENGTHS.index("medium")


class Profile(NamedTuple):
    """What a verdict can depend on, of one claim; ``narrowed`` = it means only some forms of the condition."""

    intervention: str
    hedged: bool
    narrowed: bool


class Meeting(NamedTuple):
    """What a verdict can depend on, of two profiles: few values, so that millions of pairs are judged by look-up."""

    different: bool
    local_whole: bool
    both_hedged: bool
    one_narrowed: bool


def meeting(first: Profile, second: Profile, kin: Kinship) -> Meeting:
    """How two profiles meet."""
    reaches = {kin.reach(first.intervention), kin.reach(second.intervention)}
    return Meeting(
        not kin.related(first.intervention, second.intervention),
        reaches == {"local", "whole"},
        first.hedged and second.hedged,
        first.narrowed != second.narrowed,
    )


class Match(NamedTuple):
    """How two concepts meet: ``same`` or ``hierarchy``; ``narrower`` below ``wider``, by a code alone if ``filed``."""

    how: str
    narrower: str
    wider: str
    filed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """The outcome for one pair; ``reasons`` are the adjustments that applied. Compared by identity: it is a key."""

    verdict: Verdict
    strength: Strength
    reasons: tuple[Adjustment, ...]

    @property
    def rank(self) -> tuple[int, int]:
        """Sorts contradictions before apparent ones, strong before weak."""
        return VERDICTS.index(self.verdict), STRENGTHS.index(self.strength)


def judge(rule: PairRule, match: Match, met: Meeting, kin: Kinship) -> Judgement:
    """Apply every adjustment that fits."""
    reasons = tuple(_fitting(rule, match, met, kin))
    apparent = rule.verdict == "apparent" or any(reason.apparent for reason in reasons)
    step = STRENGTHS.index(rule.strength) + sum(reason.weaken for reason in reasons)
    step = min(max(step, _STRONGEST_APPARENT if apparent else 0), len(STRENGTHS) - 1)
    return Judgement("apparent" if apparent else "contradiction", STRENGTHS[step], reasons)


def _fitting(rule: PairRule, match: Match, met: Meeting, kin: Kinship) -> Iterator[Adjustment]:
    passing = match.how == "same" and (kin.passing(match.narrower) or kin.passing(match.wider))
    for adjustment in kin.rules.adjust:
        when = adjustment.when
        asked = (
            (bool(when.kinds), rule.kind in when.kinds),
            (when.interventions == "different", met.different),
            (when.interventions == "local-whole", met.local_whole),
            (when.certainty == "both-hedged", met.both_hedged),
            (when.narrowed == "one", met.one_narrowed),
            (bool(when.narrower), match.how == "hierarchy" and kin.kind(match.narrower) in when.narrower),
            (when.filed, match.filed),
            (when.passing, passing),
        )
        if all(so for wanted, so in asked if wanted):
            yield adjustment


def sentence(
    rule: PairRule, judgement: Judgement, match: Match, words: dict[str, str], kin: Kinship, within: bool
) -> str:
    """Why the pair is listed, in one sentence; ``words`` fill the places of the rule's ``why``."""
    if within:
        words = words | {"source_b": f"the same article ({words['source_b']})"}
    parts = [rule.why.format(**words)]
    if match.how == "hierarchy":
        link = "is filed under" if match.filed else "is a kind of"
        parts.append(f"{kin.name(match.narrower)} {link} {kin.name(match.wider)}")
    elif match.narrower != match.wider:
        parts.append(f"{kin.name(match.narrower)} and {kin.name(match.wider)} are mostly used for one thing")
    for apparent, lead in ((True, "both can hold: "), (False, "weaker, as ")):
        reasons = [reason.why for reason in judgement.reasons if reason.apparent is apparent]
        if reasons:
            parts.append(lead + ", and ".join(reasons))
    if judgement.verdict == "apparent" and not any(reason.apparent for reason in judgement.reasons):
        parts.append("both can hold, as what is said in general leaves room for an exception")
    return "; ".join(parts) + "."
