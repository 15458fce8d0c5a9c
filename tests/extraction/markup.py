"""Test cases as marked sentences: which words are claimed, and what about them.

``Ice packs relieve <treats>swelling</treats> and <treats hedged>bruising</treats>.`` In a tag stand a relation and,
where they are not the usual ones, its attributes: ``polarity=negated`` (or just ``negated``), ``certainty=hedged``
(or ``hedged``), ``intervention=ID`` (the pack's id; not looked at where it is left out). ``</>`` closes the innermost
tag. Tags may be nested, and overlap where they have a label: ``<treats:a>`` is closed by ``</treats:a>``. A case
without tags asserts that there is no claim.

The examples of rules have a simpler markup, ``[cue]`` and ``<condition>``: ``cryomine.authoring.prove``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cryomine.claims import RELATIONS, Claim
from cryomine.extraction import Extractor
from cryomine.ingest import plain

_TAG = re.compile(r"<(/?)([a-z][a-z-]*)?(:\w+)?((?: [^<>]*)?)>")
_MARK = re.compile(r"\[(title|gap): ([^\]]*)\]\s*")
TITLE = "Cryotherapy"
_SHORT = {"negated": "polarity", "affirmed": "polarity", "hedged": "certainty", "asserted": "certainty"}
_ATTRIBUTES = {"polarity": ("affirmed", "negated"), "certainty": ("asserted", "hedged")}


class MarkupError(ValueError):
    """A test case that is not well formed."""


@dataclass(frozen=True, slots=True, order=True)
class Expected:
    """One claim as a case marks it or as the extractor made it; offsets into the text without the tags."""

    start: int
    end: int
    relation: str
    polarity: str
    certainty: str
    intervention: str
    words: str

    def __str__(self) -> str:
        owner = f" of {self.intervention}" if self.intervention else ""
        return f"{self.relation} {self.polarity} {self.certainty}{owner}: {self.words!r} ({self.start}, {self.end})"


@dataclass(frozen=True, slots=True)
class _Open:
    name: str
    start: int
    attributes: dict[str, str]


def parse(marked: str) -> tuple[str, list[Expected]]:
    """The text without its tags, and the claims they mark, sorted. Raises ``MarkupError`` where a tag is left open."""
    parts: list[str] = []
    opened: list[_Open] = []
    found: list[tuple[_Open, int]] = []
    last = at = 0
    for tag in _TAG.finditer(marked):
        parts.append(marked[last : tag.start()])
        at += len(parts[-1])
        last = tag.end()
        closing, relation, label, attributes = tag.groups()
        name = (relation or "") + (label or "")
        if not closing:
            opened.append(_Open(name, at, _attributes(relation, attributes)))
            continue
        fitting = [o for o in opened if not name or o.name == name]
        if not fitting:
            raise MarkupError(f"'{tag.group()}' closes nothing: {marked}")
        if fitting[-1].start == at:
            raise MarkupError(f"'{tag.group()}' closes an empty span: {marked}")
        opened.remove(fitting[-1])
        found.append((fitting[-1], at))
    if opened:
        raise MarkupError(f"<{opened[-1].name}> is left open: {marked}")
    text = "".join(parts) + marked[last:]
    return text, sorted(_expected(o, end, text) for o, end in found)


def _attributes(relation: str | None, written: str) -> dict[str, str]:
    if relation not in RELATIONS:
        raise MarkupError(f"no relation '{relation}': {', '.join(RELATIONS)}")
    values = {"relation": relation, "polarity": "affirmed", "certainty": "asserted", "intervention": ""}
    for word in written.split():
        key, equals, value = word.partition("=")
        key, value = (key, value) if equals else (_SHORT.get(word, word), word)
        if key not in values or value not in _ATTRIBUTES.get(key, (value,)):
            raise MarkupError(f"'{word}' is no attribute of a tag")
        values[key] = value
    return values


def _expected(tag: _Open, end: int, text: str) -> Expected:
    return Expected(tag.start, end, words=text[tag.start : end], **tag.attributes)


def made(extractor: Extractor, text: str) -> list[Claim]:
    """The claims of a plain text."""
    return extractor.claims(plain.document(text))


def check(extractor: Extractor, marked: str, title: str = TITLE) -> None:
    """Fail with both lists unless a marked article makes exactly the claims it marks; ``title`` is its first line."""
    text, expected = parse(f"{title}\n\n{marked}" if title else marked)
    stated = {(e.start, e.end, e.relation) for e in expected if e.intervention}
    got = sorted(
        Expected(
            c.start,
            c.end,
            c.relation,
            c.polarity,
            c.certainty,
            c.intervention_id if (c.start, c.end, c.relation) in stated else "",
            text[c.start : c.end],
        )
        for c in made(extractor, text)
    )
    if got != expected:
        lines = [f"missing: {e}" for e in expected if e not in got] + [
            f"too many: {g}" for g in got if g not in expected
        ]
        pytest.fail("\n".join([text, *lines]), pytrace=False)


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a file: its group, its number there, the article's first line, its marks, and why it fails yet."""

    group: str
    number: int
    title: str
    marked: str
    gap: str

    def param(self, *values: str) -> Any:
        """The case as a parameter set; one with a gap has to fail: if it passes, that is news and it loses the mark."""
        marks = [pytest.mark.xfail(strict=True, reason=self.gap)] if self.gap else []
        return pytest.param(*values, marks=marks, id=f"{self.group}, {self.number}: {_TAG.sub('', values[-1])[:40]}")


def cases(path: Path, *, lines: bool = False) -> list[Case]:
    """The cases of a file.

    ``=== words`` begins a group and says what its cases show; ``---`` stands between two cases (with ``lines`` every
    line is one). In front of a case may stand ``[title: …]``, the article's first line where it is not the usual one,
    and ``[gap: …]``: the extractor does not get it right yet, and why.
    """
    found: list[Case] = []
    for group in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, body = group.partition("\n")
        written = [case.strip() for case in body.split("\n" if lines else "\n---\n")]
        for number, case in enumerate(filter(None, written), start=1):
            marked = _MARK.sub("", case)
            marks = dict(_MARK.findall(case))
            found.append(Case(name, number, marks.get("title", TITLE), marked, marks.get("gap", "")))
    return found
