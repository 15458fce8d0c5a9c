"""From a text to its pieces: physical lines, and the parts of lines that were flattened into one."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

from cryomine.ingest.flatten import BULLETS, DASHES, Cut, cuts_of
from cryomine.ingest.shapes import heading_like, leads_in

# White space, and the characters without width that pages put beside it.
TRIM = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\u200b\u2060\ufeff"

# Columns that stand apart by nothing but room.
_COLUMNS = re.compile(r"\S {3,}\S")
_RULE = re.compile(r"([-=_*~#.–—])(?:\s?\1){2,}\Z")
_DECORATED = re.compile(r"([-=_*~#–—])\1{1,9}\s+(?=\S)")  # "--- Heading ---", "== Heading =="
_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_BULLET = re.compile(rf"(?:[{BULLETS}]\ufe0f?\s*+|[{DASHES}]\s++)(?=\S)")
_ALONE = re.compile(rf"(?:[{BULLETS}{DASHES}]|\(?(?:\d{{1,2}}|[a-z])[.)])\Z")
_NUMBER = re.compile(r"\(?(\d{1,2})(?:[.)]\s++(?=\S)|\)(?=\S)|\.(?=[A-Z]))")
_LETTER = re.compile(r"\(?([a-z])[.)]\s++(?=\S)", re.IGNORECASE)
_ROMAN = re.compile(r"\(?([ivx]{2,5})[.)]\s++(?=\S)", re.IGNORECASE)
_DOUBTFUL = re.compile(r"(?:[-–*](?=[A-Za-z“\"])|o\s++(?=\S))")

# Nearly every line begins with a letter that neither is a label nor begins a Roman one: it needs none of the patterns.
_PLAIN = frozenset(string.ascii_letters) - frozenset("ivxoIVX")
_AFTER_LETTER = frozenset(".)")

_CLOSING_GAP = 4  # flattened lists: a gap this much wider than those between an inner list's items closes that list
_UNKNOWN_GAP = 10  # the same where the inner list has one item only


@dataclass(slots=True)
class Piece:
    """A line, or a part of one, without the white space and the bullet around its words.

    ``blank`` counts the blank lines before it, ``indent`` is the column of its bullet or first word, ``width`` that
    of the physical line's end. ``marker`` is the kind of bullet (``-`` any bullet, ``1``, ``a``, ``i``; empty: none),
    ``depth`` the list depth where the line was flattened, ``inline`` whether it does not begin a physical line,
    ``level`` the heading level that the text itself gives (# signs, underlining), 0 where it gives none.
    ``ruled`` is a row of columns with a line drawn under it.
    ``doubtful`` is a first character that is a bullet only beside another of its kind.
    """

    start: int
    end: int
    text: str
    blank: int
    indent: int = 0
    width: int = 0
    marker: str = ""
    depth: int | None = None
    inline: bool = False
    level: int = 0
    ruled: bool = False
    doubtful: str = ""


def pieces_of(text: str) -> list[Piece]:
    """The pieces of a text, in order; offsets are code points into ``text``, end exclusive."""
    pieces: list[Piece] = []
    offset = blank = 0
    alone: tuple[str, int, int] | None = None  # a bullet alone on its line: kind, blank lines before, column
    for raw in text.splitlines(keepends=True):
        line = raw.strip(TRIM)
        start = offset + (raw.find(line[0]) if line else 0)
        offset += len(raw)
        if not line:
            blank += 1
            continue
        if len(line) <= 200 and not line[0].isalnum() and _RULE.match(line):
            if pieces and not blank and not pieces[-1].marker and _COLUMNS.search(pieces[-1].text):
                pieces[-1].ruled = True
                continue
            if pieces and not blank and line[0] in "-=" and not pieces[-1].marker and heading_like(pieces[-1].text):
                pieces[-1].level = 1 if line[0] == "=" else 2
            blank += 1
            continue
        indent = len(raw[: raw.find(line[0])].expandtabs(4)) if raw[0] != line[0] else 0
        if len(line) <= 4 and _ALONE.match(line):
            alone = alone or (_kind_alone(line), blank, indent)
            blank = 0
            continue
        parts = _parts(line, start, blank, indent)
        if alone is not None:
            parts[0].marker = parts[0].marker or alone[0]
            parts[0].blank, parts[0].indent = max(alone[1], parts[0].blank), alone[2]
            alone = None
        parts[-1].width = indent + len(line)
        pieces.extend(parts)
        blank = 0
    _settle_doubtful(pieces)
    return pieces


def _kind_alone(line: str) -> str:
    bare = line.strip("().")
    return "1" if bare.isdigit() else "a" if bare.isalpha() else "-"


def _kind(head: str) -> tuple[str, int, str]:
    """The kind of marker that a line begins with, its length, and a doubtful one where it may be words."""
    if head[0] in _PLAIN and head[1:2] not in _AFTER_LETTER:
        return "", 0, ""
    if found := _BULLET.match(head):
        return "-", found.end(), ""
    if found := _NUMBER.match(head):
        return "1", found.end(), ""
    if (found := _LETTER.match(head)) or (found := _ROMAN.match(head)):
        roman = (
            found[1].lower() in {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"} and found[1] not in "vx"
        )
        kind = "i" if roman else "a"
        if ")" in found[0]:
            return kind, found.end(), ""
        return "", 0, kind if found[1].islower() else kind.upper()
    if found := _DOUBTFUL.match(head):
        return "", 0, found[0][0]
    return "", 0, ""


def _piece(line: str, begin: int, end: int, offset: int) -> Piece:
    """The piece for ``line[begin:end]``; ``offset`` is where the line begins in the text."""
    words = line[begin:end].strip(TRIM)
    start = offset + line.find(words[0], begin)
    return Piece(start, start + len(words), words, 0)


def _first_piece(line: str, end: int, offset: int) -> Piece:
    """The piece that begins a line, its bullet recognised and left out."""
    marker, length, doubtful = _kind(line[: min(end, 40)])
    hashes = _HASHES.match(line[:40]) if line[0] == "#" and not marker else None
    begin = hashes.end() if hashes else length
    if not line[begin:end].strip(TRIM):
        marker, begin = "", 0  # a bullet without words
    decorated = None if marker or hashes or len(line) > 120 or line[0].isalnum() else _DECORATED.match(line)
    if decorated and line.endswith(decorated[1] * 2) and heading_like(inner := line.strip(decorated[1] + TRIM)):
        begin = line.index(inner)
        piece = _piece(line, begin, begin + len(inner), offset)
        piece.level = 3
        return piece
    piece = _piece(line, begin, end, offset)
    piece.marker, piece.doubtful, piece.level = marker, doubtful, len(hashes[1]) if hashes else 0
    return piece


def _parts(line: str, offset: int, blank: int, indent: int) -> list[Piece]:
    """The pieces of one stripped line that begins at ``offset``: one, unless it was flattened."""
    cuts = cuts_of(line)
    if not cuts:
        piece = _first_piece(line, len(line), offset)
        piece.blank, piece.indent = blank, indent
        return [piece]
    pieces: list[Piece] = []
    gaps: list[int] = []  # per open list: the narrowest gap seen between its items, 0 while there is one item
    begin, item, gap = 0, False, 0
    for cut in [*cuts, Cut(len(line), len(line), 0, False)]:
        if line[begin : cut.end].strip(TRIM):
            piece = _piece(line, begin, cut.end, offset) if pieces or item else _first_piece(line, cut.end, offset)
            piece.inline, piece.indent = bool(pieces), indent
            piece.blank = blank if not pieces else 0 if item else 1
            if item:
                piece.marker, piece.depth = "-", _depth(gaps, gap, pieces[-1] if pieces else None)
            else:
                gaps.clear()
            pieces.append(piece)
        begin, item, gap = cut.begin, cut.item, cut.gap
    return pieces


def _depth(gaps: list[int], gap: int, before: Piece | None) -> int:
    """The depth of an item of a flattened list, told by the gap before it; ``gaps`` is kept up to date."""
    if not gaps or (before is not None and before.marker and leads_in(before.text)):
        gaps.append(0)
    elif len(gaps) > 1 and gap >= (max(gaps[-1] + _CLOSING_GAP, gaps[-1] * 1.5) if gaps[-1] else _UNKNOWN_GAP):
        gaps.pop()
    else:
        gaps[-1] = min(gaps[-1] or gap, gap)
    return len(gaps) - 1


def _settle_doubtful(pieces: list[Piece]) -> None:
    """Bullets that could be words ("A. Smith", "-like", "*note") count only beside one of their kind."""
    for index, piece in enumerate(pieces):
        kind = piece.doubtful
        if not kind:
            continue
        around = pieces[index - 1 : index] + pieces[index + 1 : index + 2]
        announced = kind in "-–" and index > 0 and leads_in(pieces[index - 1].text)
        if announced or any(other.doubtful == kind for other in around):
            found = _DOUBTFUL.match(piece.text) or _LETTER.match(piece.text) or _ROMAN.match(piece.text)
            if found:
                piece.start += found.end()
                piece.text = piece.text[found.end() :]
                piece.marker = kind.lower() if kind in "aiAI" else "-"
