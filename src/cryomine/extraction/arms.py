"""The two arms of a trial in one sentence: whether what is told occurred less often with the therapy than without.

"Mucositis occurred in 9 of 61 patients with ice and in 34 of 61 controls (15 % v 56 %)" is no harm of ice.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cryomine.extraction.lexicon import Kind, Lex
from cryomine.extraction.sentence import Sentence

# "In the group that had the usual care, …"
_OPENING = 8
_SHARE_SIGNS = frozenset(("%", "percent", "per"))


def fewer(sentence: Sentence) -> bool:
    """Whether the share of the therapy's arm is the smaller one, or is said to be: "less often in the cooled group"."""
    view, a, b = sentence.view, sentence.a, sentence.b
    if _rarer(sentence):
        return True
    controls = [i for i in range(a, b) if view.lex[i].norm in view.lists["controls"]]
    if not controls:
        return False
    words = [i for i in range(a, b) if view.lex[i].norm in view.lists["treated_arm"]]
    # An arm that is called by a time or a dose stands in front of the control's, as most do.
    ours = min([*words, *(t.start for t in sentence.therapies if t.ours)], default=a)
    lex = view.lex[a:b]
    shares = list(_percentages(lex)) or list(_parts(lex))
    if len(shares) < 2:
        return False
    first, last = shares[0], shares[-1]
    return first < last if ours < min(controls) else last < first


def _rarer(sentence: Sentence) -> bool:
    """Whether it was seen less often in the therapy's arm, or "less often too" as something before it."""
    view, a, b = sentence.view, sentence.a, sentence.b
    words = [view.lex[i].norm for i in range(a, b)]
    for i in range(len(words) - 2):
        if " ".join(words[i : i + 2]) not in view.lists["less_often"]:
            continue
        behind = words[i + 2 :]
        arm = next((n for n, word in enumerate(behind) if word in view.lists["arm_words"]), None)
        ours = any(t.ours and a + i + 2 <= t.start for t in sentence.therapies)
        told = ours or any(word in view.lists["treated_arm"] for word in behind)
        if behind[0] in ("too", "as") or (arm is not None and told and "than" not in behind[:arm]):
            return True
    return False


def of_controls(sentence: Sentence) -> bool:
    """Whether a sentence tells of those without the therapy: "In the placebo group most had headaches"."""
    view, a = sentence.view, sentence.a
    arm = next((i for i in range(a, min(a + _OPENING, sentence.b)) if view.lex[i].norm in view.lists["arm_words"]), a)
    if arm == a or not view.fronted(a) or any(t.ours for t in sentence.therapies):
        return False
    others = any(a <= t.start < arm for t in sentence.therapies)
    return others or any(view.lex[i].norm in view.lists["controls"] for i in range(a, arm))


def alike(sentence: Sentence) -> bool:
    """Whether what is told occurred in both arms ("in two patients in each group")."""
    view = sentence.view
    groups = view.lists["arm_words"]
    return any(
        view.lex[i].lower in ("each", "both", "either") and view.lex[i + 1].norm in groups
        for i in range(sentence.a, sentence.b - 1)
    )


def _percentages(lex: list[Lex]) -> Iterator[float]:
    """The numbers in front of a percent sign."""
    for number, sign in pairwise(lex):
        value = _value(number)
        if value is not None and sign.lower in _SHARE_SIGNS:
            yield value


def _parts(lex: list[Lex]) -> Iterator[float]:
    """The shares that "9 of 61" and "none of 47" stand for."""
    for part, of, whole in zip(lex, lex[1:], lex[2:], strict=False):
        count, total = _value(part), _value(whole)
        if of.kind == Kind.OF and count is not None and total:
            yield count / total


def _value(word: Lex) -> float | None:
    """The number that a token writes in figures, or that "none" and "no" stand for."""
    if word.lower in ("no", "none"):
        return 0.0
    try:
        return float(word.lower.replace("·", "."))
    except ValueError:
        return None
