"""What articles have and a pack does not know, as rows for its files: behind ``cryomine pack suggest``.

Counts only; what a name means, and whether it belongs to the pack, is for a reader to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cryomine import ingest
from cryomine.document import BlockKind, Document
from cryomine.errors import CryomineError
from cryomine.extraction import Extractor
from cryomine.extraction.chunks import select
from cryomine.extraction.hits import Hits
from cryomine.extraction.lexicon import Flag, Kind
from cryomine.extraction.view import CUTS, View
from cryomine.packs.loader import load_pack
from cryomine.packs.patterns import inflect, verb_forms

if TYPE_CHECKING:
    from cryomine.extraction.hits import Hit

_CUES = frozenset(("cue", "section", "second", "context"))
_LONGEST = 4  # words of a name; longer runs are sentences without verbs
_AROUND = 30  # characters of an example on either side
_SAYS_NOTHING = Flag.GENERIC | Flag.EVALUATIVE | Flag.PERSON


@dataclass(slots=True)
class Seen:
    """One thing that stands in articles: how often, in which, and the first place in its words."""

    count: int = 0
    articles: set[str] = field(default_factory=set)
    example: str = ""

    def add(self, document: Document, start: int, end: int) -> None:
        """Count one more place, ``text[start:end]``."""
        self.count += 1
        self.articles.add(document.source.name)
        if not self.example:
            words = " ".join(document.text[max(0, start - _AROUND) : end + _AROUND].split())
            self.example = f"…{words}… ({document.source.name})"

    @property
    def comment(self) -> str:
        """``# 12 in 3 articles: …words…``."""
        many = "article" if len(self.articles) == 1 else "articles"
        return f"# {self.count} in {len(self.articles)} {many}: {self.example}"


@dataclass(slots=True)
class Suggestions:
    """What was found, by the file it belongs into.

    ``near`` is the known concept that a condition looks like, with a parent; ``beside`` a condition that stands behind
    a verb; ``rivals`` the further names of a therapy that is another one so far.
    """

    therapies: dict[str, Seen] = field(default_factory=dict)
    conditions: dict[str, Seen] = field(default_factory=dict)
    verbs: dict[str, Seen] = field(default_factory=dict)
    near: dict[str, tuple[str, str]] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    rivals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    count: int = 15

    def lines(self) -> Iterator[str]:
        """The rows, each under a comment that says where it comes from; a file with nothing to add is left out."""
        if self.therapies:
            yield "# interventions.csv: id,name,parents,synonyms,weak_synonyms"
        for name, seen in self._most(self.therapies):
            others = self.rivals.get(name)
            yield seen.comment + ("; so far another therapy" if others is not None else "")
            yield f"{_id(name)},{name},,{'|'.join(others or ())},"
        if self.conditions:
            yield "# concepts.csv: id,name,kind,parents,synonyms,icd10,mondo,hpo"
        for name, seen in self._most(self.conditions):
            near, parents = self.near.get(name, ("", ""))
            yield seen.comment + (f"; near: {near}" if near else "")
            yield f"{_id(name)},{name},symptom,{parents},,,,"
        if self.verbs:
            yield "# cues.yaml: the relation is a guess"
        for verb, seen in self._most(self.verbs):
            yield seen.comment
            yield f"- id: treats.{_id(verb)}"
            yield "  relation: treats"
            yield "  scope: after"
            yield f'  cue: ["~{verb}"]'
            yield f'  example: "@therapy [{inflect(verb).third}] <{self.beside[verb]}>."'
        if not (self.therapies or self.conditions or self.verbs or self.failures):
            yield "# nothing that the pack does not know; explain says what became of each sentence"

    def _most(self, found: Mapping[str, Seen]) -> Sequence[tuple[str, Seen]]:
        ranked = sorted(found.items(), key=lambda item: (-len(item[1].articles), -item[1].count, item[0]))
        return ranked[: self.count]


@dataclass(frozen=True, slots=True)
class _Read:
    """One article as extraction sees it: tokens, selected names, the tokens of its title."""

    document: Document
    view: View
    hits: Sequence[Hit]
    names: Sequence[Hit]
    taken: frozenset[int]
    title: tuple[int, int]

    @classmethod
    def of(cls, extractor: Extractor, document: Document) -> _Read:
        """The article, read with the extractor's pack."""
        doc = extractor.tokens(document)
        view = View(doc, extractor.knowledge.lexicon, document.text, doc.user_data[CUTS])
        hits = extractor.knowledge.matcher(doc)
        names = select(Hits(hits).names.hits)
        title = next((b for b in document.blocks if b.kind is BlockKind.TITLE), None)
        taken = frozenset(i for hit in names for i in range(hit.start, hit.end))
        return cls(document, view, hits, names, taken, view.tokens(title.start, title.end) if title else (0, 0))

    def words(self, a: int, b: int) -> str:
        """Tokens ``a:b`` as a name: lower case, one space between words."""
        return " ".join(self.view.words(a, b).lower().split())

    def add_to(self, seen: Seen, a: int, b: int) -> None:
        """Count tokens ``a:b``."""
        seen.add(self.document, self.view.starts[a], self.view.ends[b - 1])

    def ngrams(self, a: int, b: int) -> Iterator[tuple[int, int]]:
        """The runs of up to four plain words, not yet known, that could be a name: none begins with praise."""
        lex = self.view.lex
        for first in range(a, b):
            if lex[first].flags & (Flag.EVALUATIVE | Flag.PERSON):
                continue
            for last in range(first, min(b, first + _LONGEST)):
                if last in self.taken or lex[last].kind is not Kind.WORD or not lex[last].lower[:1].isalpha():
                    break
                if any(not lex[i].flags & _SAYS_NOTHING for i in range(first, last + 1)):
                    yield first, last + 1

    def runs(self, a: int, b: int) -> set[str]:
        """The names that tokens ``a:b`` could hold."""
        return {self.words(*run) for run in self.ngrams(a, b)}


def suggestions(paths: Iterable[str | Path], pack: str | Path, count: int = 15) -> Suggestions:
    """Read articles with a pack and collect what it does not know, at most ``count`` rows of a kind."""
    extractor = Extractor(load_pack(pack))
    bases = _bases(extractor.pack.lexicon.get("verbs", ()))
    found = Suggestions(count=count)
    errors: list[CryomineError] = []
    read: list[_Read] = []
    for item in ingest.discover([str(path) for path in paths], errors):
        try:
            document = ingest.read(item)
        except CryomineError as error:
            errors.append(error)
            continue
        read.append(_Read.of(extractor, document))
        _verbs(read[-1], bases, found)
        for claim in extractor.claims(document):
            if claim.link == "none":
                words = " ".join(document.text[claim.start : claim.end].lower().split())
                found.conditions.setdefault(words, Seen()).add(document, claim.start, claim.end)
    _therapies(read, extractor, found)
    for words in found.conditions:
        for key, name, _ in extractor.linker.suggestions(words, 1):
            parents = next((c.parents for c in extractor.pack.concepts if c.id == key), ())
            found.near[words] = (name, "|".join(parents[:1]) or key)
    found.failures = [str(error) for error in errors]
    return found


def _therapies(read: Sequence[_Read], extractor: Extractor, found: Suggestions) -> None:
    """Names of therapies: the rivals so far, runs of words that end in a therapy's noun, what titles name.

    Of the last two only what stands at least twice.
    """
    rivals = {rival.name: rival for rival in extractor.pack.rivals}
    names: dict[str, Seen] = {}
    for one in read:
        for hit in one.names:
            if hit.what == "rival":
                seen = found.therapies.setdefault(hit.key, Seen())
                one.add_to(seen, hit.start, hit.end)
                found.rivals[hit.key] = rivals[hit.key].synonyms
    titled = {words for one in read for words in one.runs(*one.title)}
    for one in read:
        for a, b in one.ngrams(0, len(one.view)):
            words = one.words(a, b)
            if words in titled or (b - a > 1 and one.view.lex[b - 1].lower in one.view.lists["therapy_heads"]):
                one.add_to(names.setdefault(words, Seen()), a, b)
    for words, seen in names.items():
        longer = (o for w, o in names.items() if w != words and f" {words} " in f" {w} ")
        if seen.count > 1 and not any(other.count == seen.count for other in longer):
            found.therapies[words] = seen


def _verbs(read: _Read, bases: Mapping[str, str], found: Suggestions) -> None:
    """Verbs between a therapy and a condition of one sentence in which no cue stands between the two."""
    view = read.view
    cues = {i for hit in read.hits if hit.what in _CUES for i in range(hit.start, hit.end)}
    for block in read.document.blocks:
        for a, b in view.sentences(*view.tokens(block.start, block.end)):
            inside = [hit for hit in read.names if a <= hit.start and hit.end <= b]
            therapy = next((hit for hit in inside if hit.what in ("therapy", "weak")), None)
            condition = next((h for h in inside if h.what == "condition" and therapy and h.start >= therapy.end), None)
            if therapy is None or condition is None:
                continue
            between = range(therapy.end, condition.start)
            if cues.intersection(between):
                continue
            for i in between:
                base = bases.get(view.lex[i].lower, "") if view.lex[i].kind is Kind.VERB else ""
                if i == therapy.end and view.lex[i].kind is Kind.WORD:
                    base = _unknown_verb(view.lex[i].lower)
                if base:
                    read.add_to(found.verbs.setdefault(base, Seen()), i, i + 1)
                    found.beside.setdefault(base, read.words(condition.start, condition.end))


def _unknown_verb(word: str) -> str:
    """The base of a word that could be a verb's third person ("rekindles"); empty where it could not."""
    if not word.isalpha() or not word.endswith("s") or word.endswith("ss"):
        return ""
    bases = (word[:-2], word[:-1]) if word.endswith(("shes", "ches", "xes", "sses", "zzes")) else (word[:-1],)
    return next((base for base in bases if len(base) > 2 and inflect(base).third == word), "")


def _bases(lines: Iterable[str]) -> dict[str, str]:
    """The base of each form of a verb list's regular and irregular verbs."""
    lines = list(lines)
    irregular, _ = verb_forms(lines)
    bases = [line[1:].partition(":")[0].strip() for line in lines if line.startswith("~")]
    return {form: base for base in sorted(bases, reverse=True) for form in inflect(base, irregular).forms()}


def _id(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "unnamed"
