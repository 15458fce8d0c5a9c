"""Which words of a vocabulary may a misspelt word have been meant for?

A deletion-neighbourhood index (as in SymSpell, W. Garbe 2012): words one slip apart share a form with one letter left
out, so a look-up costs a few dozen dictionary accesses however large the vocabulary. Knows words only, no names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

# One slip in a word of 4 to 8 letters, two in a longer one: with more, real words meet (hyper-/hypotension is 2).
SHORTEST, LONG = 4, 9
# What optical recognition takes for what; each counts as one slip though it changes two letters.
_LOOKALIKES = (("rn", "m"), ("m", "rn"), ("cl", "d"), ("d", "cl"), ("vv", "w"), ("w", "vv"), ("ii", "u"), ("u", "ii"),
               ("li", "h"), ("h", "li"), ("lh", "th"))  # fmt: skip
_DIGITS = str.maketrans("0568934", "osbbgea")


def _shortened(word: str) -> Iterator[str]:
    """The word, and the word with each one of its letters left out."""
    yield word
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


class WordIndex:
    """The words of a vocabulary, found by what they may be misspelt as.

    ``words`` maps each spelling to the folded word that it stands for.
    """

    def __init__(self, words: dict[str, str]) -> None:
        """Index the spellings; about 0.3 s for 50,000 words."""
        self._words = words
        self._whole: dict[str, list[str]] = {}
        self._front: dict[str, list[str]] = {}
        self._back: dict[str, list[str]] = {}
        for word in sorted(words):
            if len(word) < SHORTEST or not word.isalpha():
                continue
            if len(word) < LONG:
                _file(self._whole, _shortened(word), word)
            else:  # two slips in a word leave at least one half with one slip at most
                half = len(word) // 2
                _file(self._front, _shortened(word[:half]), word)
                _file(self._back, _shortened(word[half:]), word)

    def near(self, word: str) -> list[tuple[str, int]]:
        """The folded words that ``word`` may stand for, each with its number of slips; the fewest first."""
        found = self._search(word, 0) if word.isalpha() else {}
        for variant, slips in _lookalikes(word):
            if variant in self._words:
                found[self._words[variant]] = slips
            elif not found:
                found = self._search(variant, slips)
        return sorted(found.items(), key=lambda item: (item[1], item[0]))

    def _search(self, word: str, before: int) -> dict[str, int]:
        """The words within reach of a word of letters, ``before`` slips having been set right already."""
        found: dict[str, int] = {}
        near = process.extract(word, self._candidates(word), scorer=OSA.distance, score_cutoff=2, limit=None)
        for candidate, slips, _ in near:
            limit = 1 if before or len(candidate) < LONG else 2
            if slips <= limit and same_start(word, candidate, int(slips)):
                folded = self._words[candidate]
                found[folded] = min(before + int(slips), found.get(folded, 9))
        return found

    def _candidates(self, word: str) -> set[str]:
        size = len(word)
        candidates: set[str] = set()
        if SHORTEST - 1 <= size <= LONG:
            for form in _shortened(word):
                candidates.update(self._whole.get(form, ()))
        if size >= LONG - 2:
            cuts = range(size // 2 - 1, size // 2 + 2 + size % 2)  # where the candidate's half may end in this word
            fronts = {form for cut in cuts for form in _shortened(word[:cut])}
            backs = {form for cut in cuts for form in _shortened(word[cut:])}
            for form in fronts:
                candidates.update(self._front.get(form, ()))
            for form in backs:
                candidates.update(self._back.get(form, ()))
        return candidates


def _file(index: dict[str, list[str]], forms: Iterable[str], word: str) -> None:
    for form in set(forms):
        index.setdefault(form, []).append(word)


def _lookalikes(word: str) -> Iterator[tuple[str, int]]:
    """The word with its look-alikes set right: every digit (a slip each), or one pair of letters (one slip)."""
    digits = sum(c.isdigit() for c in word)
    if digits:
        if digits <= 2 < len(word):
            for ones in "li":
                yield word.translate(_DIGITS | {ord("1"): ones}), digits
        return
    for wrong, right in _LOOKALIKES:
        at = word.find(wrong)
        while at >= 0:
            yield word[:at] + right + word[at + len(wrong) :], 1
            at = word.find(wrong, at + 1)


def same_start(word: str, candidate: str, slips: int) -> bool:
    """People rarely mistype the first letter, but other words often differ there (fever, never; tumor, rumor)."""
    if word[0] == candidate[0] or (slips == 1 and (word[:2] == candidate[1::-1] or word == candidate[1:])):
        return True
    return len(candidate) >= 7 and (slips == 1 or candidate[0] in word[:2] or word[0] in candidate[:2])


def within_reach(word: str, candidate: str) -> int:
    """The slips between two words where the rest of a name already fits: one in a short word, two from five letters.

    0 where they are further apart or the same.
    """
    limit = 1 if min(len(candidate), len(word) + 1) < 5 else 2
    if not word.isalpha():
        word, slips = next(_lookalikes(word), (word, 0))
        if slips and word == candidate:
            return slips
    slips = OSA.distance(word, candidate, score_cutoff=limit)
    return slips if slips <= limit and (slips == 1 or same_start(word, candidate, slips)) else 0
