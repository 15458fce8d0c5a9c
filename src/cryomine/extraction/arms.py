"""The two arms of a trial in one sentence: whether what is told occurred less often with the therapy than without.

"Mucositis occurred in 9 of 61 patients with ice and in 34 of 61 controls (15 % v 56 %)" is no harm of ice.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cryomine.extraction.lexicon import Kind, Lex
from cryomine.extraction.sentence import Sentence

_SHARE_SIGNS = frozenset(("%", "percent", "per"))


def fewer(sentence: Sentence) -> bool:
    """Whether the share of the therapy's arm is the smaller one; false where the sentence does not give two arms."""
    view, a, b = sentence.view, sentence.a, sentence.b
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
