"""The misspelt name: which concept's name differs from a surface form by slips of the finger or the scanner only?

Every word of the surface must be a word of the name or so near to one that nothing else was meant. Knows names, not
the stages that come before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice, product

from cryomine.link.guards import ordinary_words, refuses
from cryomine.link.names import Names
from cryomine.link.normal import INVERTERS, fold_word
from cryomine.link.types import Link, Words
from cryomine.link.typos import within_reach

# rapidfuzz ratio counts a wrong letter twice, so a name of fewer than ten letters cannot reach 90 after one slip
# (eczima/eczema: 83). Such a name is accepted below 90 where the whole name holds no more than these slips, each in a
# word that is neither in the vocabulary nor an ordinary English word.
ACCEPT, FEW_SLIPS, MOST_READINGS = 90.0, 2, 32
CLEARLY_BETTER = 5.0  # of two concepts as many slips away, the nearer one must lead by so much


class Speller:
    """Reads misspelt names against the names of one vocabulary."""

    def __init__(self, names: Names, real_words: Iterable[str] = ()) -> None:
        """Remember the names; their index of words is built at the first look-up.

        ``real_words`` are no slips of other words, beside those of ``ordinary.txt``.
        """
        self._names = names
        self._given = real_words

    @cached_property
    def _real_words(self) -> frozenset[str]:
        return ordinary_words() | {fold_word(word) for word in self._given}

    def link(self, words: Words, surface: str, shorter: Sequence[Words] = ()) -> Link | None:
        """The one concept whose name differs from the surface by slips only; ``None`` where there is none, or two.

        ``words`` are the surface's folded words; ``shorter`` are cut-down forms to try when the whole gives nothing.
        """
        raw = surface.lower().replace("’", "'").replace("-", " ").replace(",", "").split()
        words = tuple(word for word in words if word != ",")
        lists = [(words, tuple(raw) if len(raw) == len(words) else words)]
        lists += [(part, part) for part in shorter]
        for folded, spelt in lists:
            best: dict[str, tuple[int, float, str]] = {}
            for reading, slips in self._readings(folded, spelt):
                found = self._names.exact(reading, "")
                if found and " ".join(reading) not in self._names.further:
                    score = self._names.score(folded, reading)
                    if score >= ACCEPT or slips <= FEW_SLIPS:
                        best[found[0]] = min((slips, -score, found[1]), best.get(found[0], (99, 0.0, "")))
            ranked = sorted((slips, worse, concept_id) for concept_id, (slips, worse, _) in best.items())
            if not ranked:
                continue
            slips, worse, concept_id = ranked[0]
            if len(ranked) > 1 and slips == ranked[1][0] and ranked[1][1] - worse < CLEARLY_BETTER:
                return None  # two concepts as likely as each other: a guess would be wrong half the time
            runner_up = ranked[1][2] if len(ranked) > 1 else ""
            return Link(concept_id, best[concept_id][2], "fuzzy", round(-worse, 1), runner_up, "spelling")
        return None

    def _readings(self, folded: Words, spelt: Words) -> Iterable[tuple[Words, int]]:
        """What the words may be misspellings of: every word that is no word is read as those near it."""
        strange = [at for at, word in enumerate(folded) if not self._names.has_word(word) and not word.isdigit()]
        if not strange or any({folded[at], spelt[at]} & self._real_words for at in strange):
            return
        choices: list[list[tuple[str, int]]] = [[(word, 0)] for word in folded]
        for at in strange:
            near: dict[str, int] = {}
            for form in dict.fromkeys((folded[at], spelt[at])):
                found = self._names.near(form) if len(form) > 3 else []
                if len(strange) == 1 < len(form):  # all other words fit: then a short word may be misspelt too
                    fillers = (word for word in self._names.fillers(folded, at) if len(word) > 2 or word in INVERTERS)
                    found += [(word, within_reach(form, word)) for word in fillers]
                for candidate, slips in found:
                    if slips and not refuses(folded[at], candidate):
                        near[candidate] = min(slips, near.get(candidate, slips))
            choices[at] = sorted(near.items(), key=lambda item: (item[1], item[0]))
        for reading in islice(product(*choices), MOST_READINGS):
            yield tuple(word for word, _ in reading), sum(slips for _, slips in reading)
