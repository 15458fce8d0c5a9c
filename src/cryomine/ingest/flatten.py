"""Where a line must be cut because lists and paragraphs were flattened into it.

Every step is one pass over the characters (possessive or bounded patterns), so a line may have any length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from cryomine.ingest.shapes import ends_sentence, heading_like

# Bullets proper, those of the fonts Symbol and Wingdings (private use), geometric shapes, arrows, dingbats, pictures:
# none of them begins a word.
BULLETS = "•·‣∙⁃›»\uf06c-\uf0fe←-⇿■-➿⬀-⯿\U0001f300-\U0001faff"  # ranges, for a character class
DASHES = r"\-–—*+"  # bullets that are also punctuation; escaped for a character class

_GAP = re.compile(r"(?<![ \t\xa0])[ \t\xa0]{2,}+")
_AFTER_GAP = re.compile(rf"(?:[{DASHES}]\s++|[{BULLETS}]\ufe0f?\s*+)(?=\S)")
_IS_BULLET = re.compile(rf"[{BULLETS}]")
_INLINE_BULLET = re.compile(r"(?<!\S)[•●▪■‣◦➢➤✓✔]\s*+(?=\S)")
_AFTER_COLON = re.compile(r"(?<=[:;])\s?[-•·–*]\s++(?=\S)")
_SPACED_DASH = re.compile(r"(?<=\S)\s-\s++(?=\S)")
_INLINE_NUMBER = re.compile(r"(?<!\S)\(?(\d{1,2}|[a-j])(\)|\.)\s++(?=\S)")
_SENTENCE_END = re.compile(r"[a-z\d)”\"][.!?]\s++(?=[A-Z])")
_GLUED_TAIL = re.compile(r"[.!?](?<=[a-z].)(?=[A-Z])")


@dataclass(slots=True)
class Cut:
    """The words before it end at ``end``, those after it begin at ``begin``; ``gap`` is the white space between.

    ``item`` tells whether a list item begins here (its bullet lies between ``end`` and ``begin``).
    """

    end: int
    begin: int
    gap: int
    item: bool


def cuts_of(line: str) -> list[Cut]:
    """The cuts of one stripped line, in order; none for an ordinary line."""
    return _at_gaps(line) or _at_bullets(line) or _at_numbers(line) or _at_glued_heading(line)


def _at_gaps(line: str) -> list[Cut]:
    """At wide gaps: before a bullet; in a line with such bullets, or after a sentence end, also before a paragraph."""
    if "  " not in line and "\xa0" not in line and "\t" not in line:
        return []
    cuts: list[Cut] = []
    for found in _GAP.finditer(line):
        gap = found.end() - found.start()
        before = line[found.start() - 1] if found.start() else ""
        bullet = _AFTER_GAP.match(line, found.end())
        if bullet and (gap >= 3 or before in ".:;,)" or _IS_BULLET.match(bullet[0])):
            cuts.append(Cut(found.start(), bullet.end(), gap, True))
        elif gap >= 3 and before:
            cuts.append(Cut(found.start(), found.end(), gap, False))
    if any(cut.item for cut in cuts):
        return cuts
    return [c for c in cuts if line[c.begin].isupper() and ends_sentence(line[max(0, c.end - 3) : c.end])]


def _at_bullets(line: str) -> list[Cut]:
    """At bullets inside a line without wide gaps: two or more, or after a colon or semicolon."""
    if not line.isascii():
        found = [Cut(m.start(), m.end(), 1, True) for m in _INLINE_BULLET.finditer(line) if m.start()]
        if len(found) > 1 or (found and line[: found[0].end].rstrip()[-1:] == ":"):
            return found
    if ":" not in line and ";" not in line:
        return []
    found = [Cut(m.start(), m.end(), 1, True) for m in _AFTER_COLON.finditer(line)]
    if len(found) == 1 and line[found[0].end - 1] == ":":
        found += [Cut(m.start(), m.end(), 1, True) for m in _SPACED_DASH.finditer(line, found[0].begin)]
    return found


def _at_numbers(line: str) -> list[Cut]:
    """At "1) … 2) …", "(a) … (b) …", "1. … 2. …": labels that count up from one; the last item ends as others do."""
    # A line without the first two labels of a kind is not looked through.
    if not (
        ("1." in line and "2." in line)
        or (")" in line and (("1)" in line and "2)" in line) or ("a)" in line and "b)" in line)))
    ):
        return []
    cuts: list[Cut] = []
    style, expected = "", 1
    for found in _INLINE_NUMBER.finditer(line):
        label = found[1]
        number = int(label) if label.isdigit() else ord(label) - 96
        kind = ("1" if label.isdigit() else "a") + found[2]
        if kind == "a." or number != expected or (style and kind != style):
            continue
        if found[2] == "." and found.start() and line[found.start() - 2] not in ".:;,)!?":
            continue
        style, expected = kind, number + 1
        cuts.append(Cut(found.start(), found.end(), 1, True))
    if len(cuts) < 2:
        return []
    most = max(1 + sum(1 for _ in _SENTENCE_END.finditer(line, a.begin, b.end)) for a, b in pairwise(cuts))
    for count, end in enumerate(_SENTENCE_END.finditer(line, cuts[-1].begin), start=1):
        if count == most:
            cuts.append(Cut(end.end(), end.end(), 1, False))
            break
    return cuts


def _at_glued_heading(line: str) -> list[Cut]:
    """Before a heading that was glued to the end of a paragraph ("… in full.Next heading")."""
    if len(line) < 60:
        return []
    found = _GLUED_TAIL.search(line, max(0, len(line) - 101))
    if found is None or len(line) - found.end() < 4 or not heading_like(line[found.end() :]):
        return []
    return [Cut(found.end(), found.end(), 0, False)]
