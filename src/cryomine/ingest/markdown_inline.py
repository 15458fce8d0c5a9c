"""The words inside one Markdown block, each with its place in the file.

markdown-it gives a block's content as a string of its own and inline tokens without positions; here both are led back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cryomine.ingest.runtext import RunText

if TYPE_CHECKING:
    from markdown_it.token import Token

_BREAK = re.compile(r"\\?[ \t]*\n[ \t]*")
_BR_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TICKS = re.compile(r"`+")
_BRACKETS = re.compile(r"\\.|[\[\]]", re.DOTALL)
_PARENTHESES = re.compile(r"\\.|<[^<>\n]*>|\"[^\"]*\"|'[^']*'|[()]", re.DOTALL)


def line_places(content: str, source: str, lines: Sequence[tuple[int, int]]) -> list[int]:
    """For each character of a paragraph's or heading's content its offset in the source; -1 where it has none.

    ``lines`` are the source lines that it stands on; a content line is the tail of its source line, but for closing
    # signs and white space.
    """
    places: list[int] = []
    rest = iter(lines)
    for number, line in enumerate(content.split("\n")):
        if number:
            places.append(-1)
        words = line.strip()
        # markdown-it has stripped white space at both ends of the content, whole lines of it too.
        tails = (source.rfind(words, start, end) for start, end in rest)
        at = next((tail for tail in tails if tail >= 0), -1) if words else -1
        if at < 0:
            places += [-1] * len(line)
            continue
        first = line.index(words[0])
        places += [-1] * first + list(range(at, at + len(words))) + [-1] * (len(line) - first - len(words))
    return places


def cell_places(content: str, source: str, line: tuple[int, int], number: int) -> list[int]:
    """The same for the content of the ``number``-th cell (from 0) of a table row, where ``\\|`` stands for a pipe."""
    start, end = line
    begin = start + len(source[start:end]) - len(source[start:end].lstrip())
    if source.startswith("|", begin):
        begin += 1
    for _ in range(number):
        begin = _pipe(source, begin, end) + 1
    places: list[int] = []
    at = begin
    while at < end and source[at] in " \t":
        at += 1
    for character in content:
        if character == "|" and source.startswith("\\|", at):
            at += 1
        places.append(at if at < end and source[at] == character else -1)
        at += 1
    return places


def _pipe(source: str, begin: int, end: int) -> int:
    """Where the next pipe without a backslash stands, ``end`` if nowhere."""
    while (begin := source.find("|", begin, end)) >= 0:
        if source[begin - 1] != "\\":
            return begin
        begin += 1
    return end


class Inline:
    """Reads the inline tokens of one block; ``texts`` are its words, one for each line that a break parts."""

    def __init__(self, content: str, source: str, places: Sequence[int]) -> None:
        """``places`` leads from ``content`` to ``source``."""
        self.content = content
        self.source = source
        self.places = places
        self.at = 0
        self.doubt = -1  # where the target of the last link began, if it was one
        self.texts = [RunText()]

    def read(self, tokens: Sequence[Token]) -> list[RunText]:
        """The words of the tokens, which are those of ``content`` in order; empty lines are left out."""
        for token in tokens:
            if self.doubt >= 0 and token.type == "text" and token.content:
                # "[a](b c)", "[a][b": no target, words.
                self.at = self.doubt if self.content.startswith(token.content, self.doubt) else self.at
            self.doubt = self.doubt if token.type == "text" and not token.content else -1
            self._token(token)
        return [text for text in self.texts if text.length]

    def _token(self, token: Token) -> None:
        kind = token.type
        if kind == "text":
            self._words(token.content)
        elif kind == "text_special":
            self._special(token.markup, token.content)
        elif kind in {"softbreak", "hardbreak"}:
            found = _BREAK.search(self.content, self.at)
            self.at = found.end() if found else self.at
            self._break() if kind == "hardbreak" else self.texts[-1].gap(*self._span(found))
        elif kind == "code_inline":
            self._code(token.markup)
        elif kind == "html_inline":
            self._skip(token.content)
            if _BR_TAG.match(token.content):
                self._break()
        elif kind == "image":
            self._skip("![")
            self._close(_BRACKETS)
            self._target()
        elif kind == "link_open":
            self._skip("<" if token.markup == "autolink" else "[")
        elif kind == "link_close":
            self._skip(">" if token.markup == "autolink" else "]")
            if token.markup != "autolink":
                self._target()
        else:
            self._skip(token.markup)

    def _words(self, words: str) -> None:
        if not words:
            return
        begin = self.content.find(words, self.at)
        if begin < 0:
            self.texts[-1].insert(words)
            return
        self._add(begin, begin + len(words))
        self.at = begin + len(words)

    def _add(self, begin: int, end: int) -> None:
        """Append ``content[begin:end]``, stretch by stretch where its places are not in a row."""
        while begin < end:
            place, stop = self.places[begin], begin + 1
            while stop < end and self.places[stop] == (place + stop - begin if place >= 0 else -1):
                stop += 1
            if place >= 0:
                self.texts[-1].add(self.source, place, place + stop - begin)
            elif self.content[begin:stop].strip():
                self.texts[-1].insert(self.content[begin:stop])
            else:
                self.texts[-1].gap(*self._around(begin))
            begin = stop

    def _special(self, written: str, meant: str) -> None:
        begin = self.content.find(written, self.at)
        end = begin + len(written)
        if begin < 0 or self.places[begin] < 0 or self.places[end - 1] < 0:
            self.texts[-1].insert(meant)
            return
        self.texts[-1].put(meant, self.places[begin], self.places[end - 1] + 1)
        self.at = end

    def _code(self, ticks: str) -> None:
        begin = self.content.find(ticks, self.at) + len(ticks)
        for found in _TICKS.finditer(self.content, begin):
            if found[0] == ticks:
                self._add(begin, found.start())
                self.at = found.end()
                return

    def _break(self) -> None:
        self.texts.append(RunText())

    def _skip(self, markup: str) -> None:
        begin = self.content.find(markup, self.at)
        self.at = begin + len(markup) if begin >= 0 else self.at

    def _close(self, marks: re.Pattern[str]) -> None:
        """Go behind the bracket that closes the one just opened."""
        depth = 1
        for found in marks.finditer(self.content, self.at):
            depth += {"[": 1, "(": 1, "]": -1, ")": -1}.get(found[0], 0)
            if not depth:
                self.at = found.end()
                return

    def _target(self) -> None:
        """Go behind the target of a link whose text has just ended: ``(…)``, ``[…]`` or nothing."""
        self.doubt = self.at
        if marks := {"[": _BRACKETS, "(": _PARENTHESES}.get(self.content[self.at : self.at + 1]):
            self.at += 1
            self._close(marks)

    def _span(self, found: re.Match[str] | None) -> tuple[int, int]:
        """The source of a line break: from the last word before it to the first after it."""
        return self._around(found.start()) if found else (0, 0)

    def _around(self, index: int) -> tuple[int, int]:
        before = next((p for p in reversed(self.places[max(0, index - 200) : index]) if p >= 0), -1)
        after = next((p for p in self.places[index : index + 200] if p >= 0), -1)
        return (before + 1, after) if 0 <= before < after - 1 else (after - 1, after) if after > 0 else (0, 0)
