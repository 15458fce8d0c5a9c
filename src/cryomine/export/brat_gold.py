"""Gold that was annotated in brat, as a gold table for ``cryomine evaluate``.

Understood are claims as events (``treats:T2 Condition:T1``), as relations between an intervention and a condition,
and as plain spans of a relation's type; ``Negated`` and ``Hedged`` on any of them or on the condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from cryomine.claims import RELATIONS
from cryomine.errors import ReadError
from cryomine.export.brat import CONDITION, HEDGED, NEGATED

COLUMNS = ("doc", "relation", "polarity", "certainty", "intervention", "condition", "start", "end", "concept")
# Endings by which a document's name shows that brat's own .txt was put behind it ("page.html.txt").
_ENDINGS = {".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".xml", ".nxml", ".csv", ".jsonl"}
_SPAN = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)")
Row = dict[str, str | int]


@dataclass(slots=True)
class _Span:
    kind: str
    start: int
    end: int


@dataclass(slots=True)
class _Document:
    """What one .ann holds; keys are brat's ids."""

    text: str
    spans: dict[str, _Span] = field(default_factory=dict)
    links: dict[str, tuple[str, list[tuple[str, str]]]] = field(default_factory=dict)  # id -> type, (role, id)…
    marks: dict[str, set[str]] = field(default_factory=dict)
    concepts: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


def read_gold(folder: Path) -> list[Row]:
    """The rows of a gold table for every .ann below ``folder``, sorted by document and place.

    A document without a claim gives a row with nothing but ``doc``: it was annotated and makes none. A span in
    fragments gives the stretch from the first to the last. Raises ``ReadError`` with file and line.
    """
    paths = sorted(folder.rglob("*.ann")) if folder.is_dir() else []
    if not paths:
        raise ReadError(f"{folder}: no .ann files in it; give the folder that brat works on")
    rows: list[Row] = []
    for path in paths:
        doc = document_name(path.relative_to(folder))
        found = sorted(_claims(_read(path)), key=lambda row: [str(row[name]).rjust(12) for name in _ORDER])
        rows += [{"doc": doc, **row} for row in found] or [{"doc": doc, **dict.fromkeys(COLUMNS[1:], "")}]
    return rows


_ORDER = ("start", "end", "relation", "polarity", "intervention")


def document_name(path: PurePath) -> str:
    """The document that an .ann is about: ``a/page.html.ann`` is about ``a/page.html``, ``b.ann`` about ``b.txt``."""
    name = path.as_posix().removesuffix(".ann")
    return name if PurePath(name).suffix.lower() in _ENDINGS else f"{name}.txt"


def _read(path: Path) -> _Document:
    texts = path.with_name(path.name.removesuffix(".ann") + ".txt")
    try:
        document = _Document(texts.read_bytes().decode("utf-8"))
        lines = path.read_bytes().decode("utf-8").split("\n")
    except OSError as error:
        raise ReadError(
            f"{error.filename}: cannot be read ({error.strerror}); brat keeps .txt and .ann together"
        ) from None
    except UnicodeDecodeError as error:
        raise ReadError(f"{path}: it or its .txt is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                _take(line.rstrip("\r"), document)
            except (ValueError, IndexError) as error:
                raise ReadError(f"{path}:{number}: {error or 'no brat annotation'}; mend the line in brat") from None
    return document


def _take(line: str, document: _Document) -> None:
    """Read one line into ``document``; raises ``ValueError`` or ``IndexError`` for what brat would not write."""
    key, _, rest = line.partition("\t")
    head, _, tail = rest.partition("\t")
    words = head.split(" ")
    if key[:1] == "T":
        found = _SPAN.fullmatch(head)
        if not found:
            raise ValueError("no 'TYPE START END' or 'TYPE START END;START END'")
        places = [tuple(map(int, place.split(" "))) for place in found[2].split(";")]
        quoted = " ".join(document.text[first:last] for first, last in places)
        if " ".join(quoted.split()) != " ".join(tail.split()):
            raise ValueError(f"the text has {quoted!r} there, not {tail!r}")
        document.spans[key] = _Span(found[1], places[0][0], places[-1][1])
    elif key[:1] == "E":
        kind, colon, trigger = words[0].partition(":")
        if not colon:
            raise ValueError("no 'TYPE:TRIGGER'")
        arguments = [tuple(word.split(":", 1)) for word in words[1:] if word]
        document.links[key] = (kind, [("trigger", trigger), *((role, target) for role, target in arguments)])
    elif key[:1] == "R":
        document.links[key] = (words[0], [(r, t) for r, t in (word.split(":", 1) for word in words[1:])])
    elif key[:1] in {"A", "M"}:
        document.marks.setdefault(words[1], set()).add(words[0].lower())
    elif key[:1] == "N":
        document.concepts[words[1]] = tail or words[2].partition(":")[2]
    elif key[:1] == "#":
        document.notes[words[1]] = tail
    elif key[:1] != "*":
        raise ValueError(f"{key!r} is no id of brat's")


def _claims(document: _Document) -> Iterator[Row]:
    used = {target for _, arguments in document.links.values() for _, target in arguments}
    for key, (kind, arguments) in sorted(document.links.items()):
        relation = _relation(kind)
        targets = [(role, target) for role, target in arguments if target in document.spans]
        conditions = [target for role, target in targets if _is(CONDITION, role, document.spans[target])]
        others = [target for role, target in targets if _is("Intervention", role, document.spans[target])]
        for condition in conditions if relation else ():
            yield _row(document, relation, condition, others, (key, condition))
    for key, span in sorted(document.spans.items()):
        if key not in used and (relation := _relation(span.kind)):
            yield _row(document, relation, key, [], (key,))


def _is(kind: str, role: str, span: _Span) -> bool:
    """By its role (brat numbers repeated ones: Condition2) or by its own type."""
    return kind.lower() in {role.rstrip("0123456789").lower(), span.kind.lower()}


def _relation(kind: str) -> str:
    """The relation that a type of brat's names, however it is written; empty where it is none."""
    plain = re.sub(r"[^a-z]", "", kind.lower())
    return next((relation for relation in RELATIONS if relation.replace("-", "") == plain), "")


def _row(document: _Document, relation: str, condition: str, interventions: Sequence[str], ids: Sequence[str]) -> Row:
    span = document.spans[condition]
    marks = set().union(*(document.marks.get(key, set()) for key in ids))
    stated = [document.text[document.spans[key].start : document.spans[key].end] for key in interventions]
    noted = [m[1].strip() for key in ids if (m := re.search(r"intervention=(.*)", document.notes.get(key, "")))]
    return {
        "relation": relation,
        "polarity": "negated" if NEGATED.lower() in marks else "affirmed",
        "certainty": "hedged" if HEDGED.lower() in marks else "asserted",
        "intervention": next(iter([*noted, *stated]), ""),
        "condition": document.text[span.start : span.end],
        "start": span.start,
        "end": span.end,
        "concept": document.concepts.get(condition, ""),
    }
