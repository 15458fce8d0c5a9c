"""From a surface form to a concept: a cascade of numbered stages, each engaged only if the one before gave nothing.

Knows names, not relations or documents. "Unlinked" is a valid answer; a wrong link is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cryomine.link.guards import everyday_words
from cryomine.link.misspelt import Speller
from cryomine.link.names import Names
from cryomine.link.normal import words_of
from cryomine.link.reduce import Modifiers, asides, attributive, broader, shared, strip_loose
from cryomine.link.types import NO_LINK, Background, ConceptLike, Link, PackLike, Words

__all__ = ["Link", "Linker"]

LEAST_SHARE = 20.0  # a name that accounts for less of the surface than a fifth of its letters is not what it is about


class Linker:
    """Links surface forms to the concepts of one vocabulary; each distinct surface form is worked out once."""

    def __init__(
        self,
        concepts: Iterable[ConceptLike],
        modifiers: Iterable[str] = (),
        equivalents: Iterable[str] = (),
        background: Background | None = None,
        real_words: Iterable[str] = (),
        more_names: Iterable[str] = (),
    ) -> None:
        """Index the names; what only fuzzy matching needs is built when first needed.

        ``modifiers``, ``equivalents`` and ``more_names`` are lines of word lists (see ``packs/base/lexicon`` and the
        pack's ``link_names.txt``), ``real_words`` words that are no slips.
        """
        concepts = list(concepts)
        self._names = Names(concepts, equivalents, more_names)
        self._goals = _goals(concepts)
        self._speller = Speller(self._names, real_words)
        self._modifiers = Modifiers(modifiers)
        self._background = background
        self._memo: dict[str, Link] = {}

    @classmethod
    def from_pack(cls, pack: PackLike, background: Background | None = None) -> Linker:
        """The linker of a pack with its word lists: three are the linker's own, the words of all others are real."""
        lists = dict(pack.lexicon)
        modifiers, equivalents, more = (lists.pop(name, ()) for name in ("modifiers", "equivalents", "link_names"))
        real = [entry for entries in lists.values() for entry in entries if entry.isalpha()]
        return cls(pack.concepts, modifiers, equivalents, background, real, more)

    def link(self, surface: str, abbreviations: Mapping[str, str] | None = None) -> Link:
        """The concept that ``surface`` names; ``abbreviations`` are those that its document defines."""
        if abbreviations:
            expanded = _expand(surface, abbreviations)
            if expanded != surface:
                link = self.link(expanded)
                if link.kind != "none":
                    return replace(link, method=f"abbreviation+{link.method}")
        link = self._memo.get(surface, NO_LINK)
        if link is NO_LINK and surface not in self._memo:
            link = self._memo[surface] = self._as_state(self._work_out(surface))
        return link

    def _as_state(self, link: Link) -> Link:
        """A goal that names the cure of a state counts as that state: weight loss as overweight."""
        if link.concept_id not in self._goals:
            return link
        state = self._goals[link.concept_id]
        return replace(link, concept_id=state.id, concept=state.name, method=f"{link.method}+goal")

    def suggestions(self, surface: str, n: int = 3) -> list[tuple[str, str, float]]:
        """The ``n`` nearest concepts for a reviewer, best first: id, name, score. No link, only a hint."""
        return self._names.nearest(surface, n)

    # -- the cascade -------------------------------------------------------------------------------------------------

    def _work_out(self, surface: str) -> Link:
        words = _words(surface)
        if not any(c.isalpha() for c in surface):
            return NO_LINK
        # 1, 2: the name itself, then in another order
        if link := self._whole(words, surface):
            return link
        # 3: with its asides or modifiers left out, with a shared head put back
        if link := self._reduced(words, surface):
            return link
        # 4: another vocabulary, by exact form only
        if link := self._from_background(words):
            return link
        # 5: misspelt
        bare = [part for part, loses in self._modifiers.without(words) if not loses][-1:]
        if link := self._speller.link(words, surface, bare):
            return link
        # 6: cut down to a broader name, at last to its head
        return self._dropped(words, surface, lossy=True) or self._cut_down(words, surface) or NO_LINK

    def _whole(self, words: Words, surface: str) -> Link | None:
        found = self._names.exact(words, surface) or self._names.verbatim(surface)
        return Link(found[0], found[1], "exact", 100.0, method=found[2]) if found else None

    def _reduced(self, words: Words, surface: str) -> Link | None:
        for part in asides(surface):
            inner = _words(part)
            link = self._whole(inner, part) or self._dropped(inner, part, lossy=False) or self._split(inner, part)
            if link:
                return replace(link, method="modifiers")
        return (
            self._dropped(words, surface, lossy=False)
            or self._equivalent(words)
            or self._said(words, surface)
            or self._split(words, surface)
        )

    def _dropped(self, words: Words, surface: str, *, lossy: bool) -> Link | None:
        """A name that remains when modifiers are left out; fuzzy where a lossy one had to go."""
        for rest, loses in self._modifiers.without(words):
            if loses == lossy and (link := self._whole(rest, surface)):
                if not loses:
                    return replace(link, method="modifiers")
                if broad := self._broader(link, rest, words, sure=_is_relation(words, rest)):
                    return broad
        return None

    def _equivalent(self, words: Words) -> Link | None:
        """A name in other words that mean the same, with or without modifiers."""
        for part, loses in [(words, False), *self._modifiers.without(words)]:
            if not loses and (found := self._names.equivalent(part)):
                return Link(found[0], found[1], "exact", 100.0, method=found[2])
        return None

    def _said(self, words: Words, surface: str) -> Link | None:
        """``eardrum that is torn``: the name that a statement amounts to."""
        for part, loses in [(words, False), *self._modifiers.without(words)]:
            said = () if loses else attributive(part)
            link = said and (self._whole(said, surface) or self._dropped(said, surface, lossy=False))
            if link := link or (self._equivalent(said) if said else None):
                return replace(link, method="order")
        return None

    def _split(self, words: Words, surface: str) -> Link | None:
        """``renal and heart failure``: the name that a coordination's span stands for."""

        def known(part: Words) -> bool:
            return (self._whole(part, surface) or self._dropped(part, surface, lossy=False)) is not None

        bare = [part for part, loses in self._modifiers.without(words) if not loses][-1:]
        for part in (part for whole in (words, *bare) for part in shared(whole, known)):
            link = self._whole(part, surface) or self._dropped(part, surface, lossy=False) or self._equivalent(part)
            if link:
                return replace(link, method="split")
        return None

    def _from_background(self, words: Words) -> Link | None:
        if self._background is None:
            return None
        for index, (part, loses) in enumerate([(words, False), *self._modifiers.without(words)]):
            if not loses and (found := self._background(" ".join(word for word in part if word != ","))):
                method = "background" if index == 0 else "background+modifiers"
                return Link(found[0], found[1], "exact", 100.0, method=method)
        return None

    def _cut_down(self, words: Words, surface: str) -> Link | None:
        """The broader concept whose name is the head of the surface; a single everyday word is no such name."""
        starts = [words, *(part for part, _ in self._modifiers.without(words))]
        for start in dict.fromkeys((starts[0], starts[-1])):
            for part in broader(strip_loose(start)):
                link = self._whole(part, surface)
                if link and (broad := self._broader(link, part, words)):
                    return broad
        return None

    def _broader(self, link: Link, part: Words, words: Words, *, sure: bool = False) -> Link | None:
        """The link to what was left of a name; ``None`` where that is too little, or one everyday word.

        The score is the share of the surface's letters that the name accounts for, at most 99. ``sure`` says that an
        everyday word is meant all the same.
        """
        score = round(min(99.0, 100 * sum(map(len, part)) / sum(map(len, words))), 1)
        everyday = (len(part) == 1 and part[0] in everyday_words()) or " ".join(part) in self._names.further
        if score < LEAST_SHARE or (everyday and not sure):
            return None
        return replace(link, kind="fuzzy", score=score, method="back-off")


def _goals(concepts: Sequence[ConceptLike]) -> dict[str, ConceptLike]:
    """The state behind each goal that has exactly one parent."""
    by_id = {concept.id: concept for concept in concepts}
    return {
        concept.id: by_id[concept.parents[0]]
        for concept in concepts
        if concept.kind == "goal" and len(concept.parents) == 1 and concept.parents[0] in by_id
    }


def _words(surface: str) -> Words:
    return tuple(word for word in words_of(surface) if word != "the")


def _is_relation(words: Words, rest: Words) -> bool:
    """Whether all that was left out is of the kind "exercise-induced": then even an everyday head is meant."""
    gone = [word for word in words if word not in rest]
    return len(gone) == 2 and gone[1] in {"related", "induced", "associated"}


def _expand(surface: str, abbreviations: Mapping[str, str]) -> str:
    """The surface with the document's abbreviations written out; whole words only, a plural ``s`` allowed."""
    if surface in abbreviations:
        return abbreviations[surface]
    words = surface.split()
    out = [abbreviations.get(word, abbreviations.get(word.removesuffix("s"), word)) for word in words]
    return " ".join(out) if out != words else surface
