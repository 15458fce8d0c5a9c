"""What a document is about: its main intervention, which owns what no sentence or heading gives to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from cryomine.extraction.hits import Hit
from cryomine.extraction.matcher import THERAPIES

# What a name counts by its place: in the title, in the first lines, below; and how often an everyday word has to come.
_TITLE, _LEAD, _LEAD_TOKENS = 6, 2, 160
ENOUGH = 3
# The main intervention covers at least this share of what is said of specific ones: itself and all its kinds.
_COVERED = 3 / 4

Parents = Mapping[str, Sequence[str]]


def weight(start: int, *, in_title: bool) -> int:
    """How much a therapy's name at token ``start`` says about what the document is about."""
    return _TITLE if in_title else _LEAD if start < _LEAD_TOKENS else 1


def main_intervention(
    hits: Sequence[Hit], title_end: int, parents: Parents, vague: Collection[str] = ()
) -> tuple[str, bool]:
    """The intervention a document is about (empty where it is about another therapy), and whether we are named at all.

    Weighted by place (``weight``). ``vague`` are the interventions whose names say little about which one is meant.
    """
    ours: Counter[str] = Counter()
    rivals: Counter[str] = Counter()
    weak: Counter[str] = Counter()
    # Everyday words that only one of our therapies uses.
    keys: dict[tuple[int, int], set[str]] = {}
    for hit in hits:
        if hit.what == "weak":
            keys.setdefault((hit.start, hit.end), set()).add(hit.key)
    told: Counter[str] = Counter()
    last = seen = everyday = 0
    for hit in hits:
        if hit.what not in THERAPIES:
            continue
        counts = weight(hit.start, in_title=hit.end <= title_end)
        if hit.what == "therapy" and hit.start >= last:
            ours[hit.key] += counts
            last = hit.end
        elif hit.what == "rival" and hit.start >= last:
            rivals[hit.key] += counts
            last = hit.end
        elif hit.what == "weak" and hit.start >= last:
            weak[hit.key] += counts
            told[hit.key] += len(keys[hit.start, hit.end]) == 1
            everyday += hit.start >= seen
            seen = hit.end
    if not ours:
        # Only everyday words: they mean us where they come again and again; "cold" alone means no special kind of ours.
        ranked = ((-count, len(ancestry(key, parents)), key) for key, count in weak.items())
        count, _, key = min(ranked, default=(0, 0, ""))
        count = -count
        return (key, True) if count >= ENOUGH and count >= max(rivals.values(), default=0) else ("", False)
    total = sum(ours.values()) + everyday
    if total < max(rivals.values(), default=0) or total * 5 < sum(rivals.values()):
        return "", True
    return _narrowest(ours, told, parents, vague), True


def _narrowest(ours: Counter[str], told: Counter[str], parents: Parents, vague: Collection[str]) -> str:
    """The narrowest intervention that covers most of what is named.

    A general name stands for a specific one that is named half as often or shown in other words
    ("the chamber"); where several are compared it stands for itself.
    """
    general = Counter({key: count for key, count in ours.items() if not parents.get(key) or key in vague})
    shown = ours - general
    top = min(ours, key=lambda key: (-ours[key], key))
    root = next(key for key in sorted(ancestry(top, parents)) if not parents.get(key))
    if top == root:
        shown += Counter({key: count for key, count in told.items() if parents.get(key) and key not in vague})
    covered: Counter[str] = Counter()
    for key, count in shown.items():
        for above in ancestry(key, parents):
            covered[above] += count
    enough = [key for key, n in covered.items() if n >= _COVERED * shown.total() and key not in general]
    best = min(enough, key=lambda key: (covered[key], -len(ancestry(key, parents)), -shown[key], key), default="")
    if best and covered[best] * 2 > general.total():
        return best
    return top if not shown and root not in general else root


def ancestry(key: str, parents: Parents) -> set[str]:
    """An intervention and all that it is a kind of."""
    above = {key}
    for parent in parents.get(key, ()):
        above |= ancestry(parent, parents)
    return above
