"""The names of a vocabulary, findable by form, by order-free key, and by misspelt word.

Knows names and ids; what counts as a link is decided in ``linker.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from rapidfuzz import fuzz, process

from cryomine.link.normal import fold_word, form_of, key_of, words_of
from cryomine.link.numbers import Ranges
from cryomine.link.types import ConceptLike
from cryomine.link.typos import WordIndex

_VOWELS = frozenset("AEIOUY")


def is_acronym(name: str) -> bool:
    """Whether a name is an abbreviation that could be read as a word (PAD, SAD, AIDS): then its capitals matter."""
    if " " in name or name.upper() != name:
        return False
    letters = [c for c in name if c.isalpha()]
    return 1 < len(letters) <= 5 and not _VOWELS.isdisjoint(letters)


def _further(numbers: dict[str, int], lines: Iterable[str]) -> list[tuple[int, str]]:
    """The names of lines ``id: name | name`` with the numbers of their concepts; unknown ids are for the check."""
    found = []
    for line in lines:
        key, _, names = line.partition(":")
        if key.strip() in numbers:
            found += [(numbers[key.strip()], name.strip()) for name in names.split("|") if name.strip()]
    return found


class Names:
    """All names of the concepts given; a shared name belongs to the concept that prefers it, else to the first."""

    def __init__(
        self, concepts: Iterable[ConceptLike], equivalents: Iterable[str] = (), more: Iterable[str] = ()
    ) -> None:
        """Index the names by form.

        Each line of ``equivalents`` is a group of words that may stand for one another; each of ``more`` gives a
        concept further names (``id: name | name``), which yield to the concepts' own.
        """
        self._same: dict[str, str] = {}
        for line in equivalents:
            first, *others = [fold_word(word) for word in line.split()]
            self._same.update({word: self._same.get(first, first) for word in others if word not in self._same})
        self._labels: list[tuple[str, str]] = []
        self._forms: dict[str, int] = {}
        self._joined: dict[str, int] = {}
        self._keys: dict[str, int] = {}
        self._acronyms: dict[str, tuple[int, str]] = {}
        self._spelt: dict[str, tuple[str, ...]] = {}
        self._verbatim: dict[str, int] = {}
        concepts = list(concepts)
        for number, concept in enumerate(concepts):
            self._labels.append((concept.id, concept.name))
            self._add(number, concept.name)
        synonyms = [(number, name) for number, concept in enumerate(concepts) for name in concept.synonyms]
        for number, name in synonyms:
            self._add(number, name)
        own = self._forms.keys() | set()
        further = _further({concept.id: number for number, concept in enumerate(concepts)}, more)
        for number, name in further:
            self._add(number, name)
        self.further = frozenset(self._forms.keys() - own)  # forms that count for a whole name, as it stands
        synonyms += further
        states = ((name, number) for number, name in synonyms if concepts[number].kind == "state")
        self._ranges = Ranges((form_of(words_of(name)).split(), number) for name, number in states)

    def _add(self, number: int, name: str) -> None:
        if name.startswith("="):
            self._verbatim.setdefault(name[1:].lower(), number)
            return
        words = words_of(name)
        form = form_of(words)
        if not form:
            return
        if is_acronym(name):
            self._acronyms.setdefault(form, (number, name))
            return
        self._forms.setdefault(form, number)
        self._joined.setdefault(form.replace(" ", ""), number)
        self._keys.setdefault(key_of(words), number)
        self._spelt.setdefault(name.lower(), tuple(form.split()))

    def exact(self, words: Sequence[str], surface: str) -> tuple[str, str, str] | None:
        """The concept of exactly these words: id, name, and how: ``exact``, ``order``, ``joined`` or ``range``.

        ``surface`` is the text that the words come from: an abbreviation counts only as it is written there.
        """
        form = form_of(words)
        if form in self._forms:
            return (*self._labels[self._forms[form]], "exact")
        if form in self._acronyms:
            number, name = self._acronyms[form]
            if re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", surface):
                return (*self._labels[number], "exact")
        key = key_of(words)
        if key in self._keys:
            return (*self._labels[self._keys[key]], "order")
        joined = form.replace(" ", "")
        if len(joined) > 5 and joined in self._joined:  # "frost bite", "cardio vascular"; not "as a rm"
            return (*self._labels[self._joined[joined]], "joined")
        ranged = self._ranges.find(form.split())
        return (*self._labels[ranged], "range") if ranged is not None else None

    def equivalent(self, words: Sequence[str]) -> tuple[str, str, str] | None:
        """The one concept with a name that says the same in other words of the equivalents (cardiac, heart)."""
        number = self._by_meaning.get(self._meaning(words), -1) if len(words) > 1 else -1
        return (*self._labels[number], "equivalent") if number >= 0 else None

    def _meaning(self, words: Sequence[str]) -> str:
        """The key of a name with every word replaced by the first of its group."""
        return key_of([self._same.get(word, word) for word in words])

    def verbatim(self, surface: str) -> tuple[str, str, str] | None:
        """The concept of a name that counts only as it is written (``=colds``)."""
        number = self._verbatim.get(surface.strip().lower())
        return None if number is None else (*self._labels[number], "exact")

    def has_word(self, word: str) -> bool:
        """Whether a folded word stands in any name."""
        return word in self._words

    def near(self, word: str) -> list[tuple[str, int]]:
        """The words of the names that ``word`` may be a misspelling of, with the number of slips."""
        return self._index.near(word)

    def fillers(self, words: Sequence[str], at: int) -> list[str]:
        """The words that stand in some name where ``words`` has its word number ``at``, all others being the same."""
        return self._gaps.get(" ".join([*words[:at], "*", *words[at + 1 :]]), [])

    @staticmethod
    def score(words: Sequence[str], reading: Sequence[str]) -> float:
        """How like two names are, 0 to 100: rapidfuzz ``ratio`` or ``token_sort_ratio``, the better one."""
        mine, theirs = " ".join(words), " ".join(reading)
        return max(fuzz.ratio(mine, theirs), fuzz.token_sort_ratio(mine, theirs))

    def nearest(self, surface: str, n: int) -> list[tuple[str, str, float]]:
        """The concepts with the ``n`` most similar names, best first: id, name, score; ties by id."""
        form = form_of(words_of(surface))
        best: dict[int, float] = {}
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
            hits = process.extract(form, self._all_forms, scorer=scorer, limit=4 * n, score_cutoff=50)
            for hit, score, _ in hits:
                number = self._forms[hit]
                best[number] = max(score, best.get(number, 0.0))
        ranked = sorted(((*self._labels[number], round(score, 1)) for number, score in best.items()),
                        key=lambda row: (-row[2], row[0]))  # fmt: skip
        return ranked[:n]

    @cached_property
    def _by_meaning(self) -> dict[str, int]:
        """Concepts by ``_meaning``; -1 where two concepts would share it."""
        found: dict[str, int] = {}
        for form, number in self._forms.items():
            key = self._meaning(form.split())
            found[key] = number if found.get(key, number) == number else -1
        return found

    @cached_property
    def _gaps(self) -> dict[str, list[str]]:
        """The names with one word left out, each with the words that fill the gap."""
        found: dict[str, list[str]] = {}
        for form in sorted(self._forms):
            words = form.split()
            for at, word in enumerate(words) if len(words) > 1 else ():
                found.setdefault(" ".join([*words[:at], "*", *words[at + 1 :]]), []).append(word)
        return found

    @cached_property
    def _all_forms(self) -> list[str]:
        return sorted(self._forms)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word for form in self._forms for word in form.split())

    @cached_property
    def _index(self) -> WordIndex:
        """The words as folded and as spelt in the names (oedema), each leading to its folded form (edema)."""
        spellings = {word: word for word in self._words}
        for name, folded in self._spelt.items():
            raw = name.replace("-", " ").split()
            if len(raw) == len(folded):
                for spelt, word in zip(raw, folded, strict=True):
                    spellings.setdefault(spelt, word)
        return WordIndex(spellings)
