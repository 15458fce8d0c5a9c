"""Abbreviations that a text defines: ``peripheral artery disease (PAD)``, ``PAD (peripheral artery disease)``.

The method is that of Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical
text" (PSB 2003): the letters of the short form are sought from right to left in the words beside it, and its first
letter must begin a word. Knows strings only; what it gives is bound to the text that was given.
"""

from __future__ import annotations

import re

_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{2,100})[)\]]")
_BEFORE = 200  # the characters in front of a bracket that may hold the long form
_SHORT = re.compile(r"[A-Za-z0-9][A-Za-z0-9/&.\-]{1,9}")
_WORDS = re.compile(r"\S+")
_CLAUSE = re.compile(r"[,;:.!?]\s|[\n()\[\]]")
_ALTERNATIVE = re.compile(r"[;,]| or ")


def abbreviations(text: str) -> dict[str, str]:
    """The short forms that ``text`` defines, each with its long form as written there; the first definition holds.

    Several spaces in a long form may have become one: what it is linked by has no white space but that.
    """
    found: dict[str, str] = {}
    for match in _BRACKET.finditer(text):
        before = _CLAUSE.split(text[max(0, match.start() - _BEFORE) : match.start()])[-1].rstrip()
        inside = _ALTERNATIVE.split(match.group(1))[0].strip().strip("\"'“”‘’")
        if _is_short(inside):
            long = _long_form(inside, _last_words(before, inside))
            if long:
                found.setdefault(inside, long)
                continue
        words = _WORDS.findall(before)
        short = words[-1].strip("\"'“”‘’.,:;") if words else ""
        if _is_short(short) and len(inside.split()) > 1:
            long = _long_form(short, inside)
            if long and len(long) >= 0.7 * len(inside):  # else the bracket is an aside, not the long form
                found.setdefault(short, long)
    return found


def _is_short(form: str) -> bool:
    """Two to ten characters in one word, at least two of them capitals."""
    return bool(_SHORT.fullmatch(form)) and sum(c.isupper() for c in form) >= 2


def _last_words(before: str, short: str) -> str:
    """The words in front of the bracket that may be the long form: at most twice the letters, or five more."""
    words = before.split()
    return " ".join(words[-min(len(short) + 5, len(short) * 2) :])


def _long_form(short: str, candidate: str) -> str:
    """The shortest tail of ``candidate`` whose letters spell ``short``; empty where there is none."""
    position = len(candidate) - 1
    letters = [c.lower() for c in short if c.isalnum()]
    if len(letters) > 2 and letters[-1] == "s" and short[-1] == "s":
        letters.pop()  # the plural of the short form: "TIAs"
    for index in range(len(letters) - 1, -1, -1):
        first = index == 0
        while position >= 0 and (
            candidate[position].lower() != letters[index]
            or (first and position > 0 and candidate[position - 1].isalnum())
        ):
            position -= 1
        if position < 0:
            return ""
        position -= 1
    long = candidate[position + 1 :].strip()
    if len(long) <= len(short) or short in long.split():
        return ""
    return long
