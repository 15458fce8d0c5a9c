"""Differences of one or two letters that are no spelling slip: hyper- and hypo-, -itis and -osis, typical and atypical.

Knows words only. The affixes are data (``guards.txt``); so are the real words that look like slips
(``ordinary.txt``).
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files

from cryomine.link.normal import fold_word


@cache
def _lines() -> dict[str, list[tuple[str, ...]]]:
    """The lines of ``guards.txt`` by their first word."""
    lines: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for line in files("cryomine.link").joinpath("guards.txt").read_text(encoding="utf-8").splitlines():
        kind, *words = line.partition("#")[0].split() or [""]
        if kind:
            lines[kind].append(tuple(words))
    return dict(lines)


def lines_of(kind: str) -> list[tuple[str, ...]]:
    """The lines of ``guards.txt`` that begin with ``kind``, without that word."""
    return _lines()[kind]


@cache
def _words(section: str) -> frozenset[str]:
    """The words of one section of ``ordinary.txt``, as written and folded."""
    text = files("cryomine.link").joinpath("ordinary.txt").read_text(encoding="utf-8")
    body = text.partition(f"[{section}]\n")[2].partition("\n[")[0]
    lines = (line.partition("#")[0] for line in body.splitlines())
    return frozenset(form for line in lines for word in line.split() for form in (word, fold_word(word)))


@cache
def everyday_words() -> frozenset[str]:
    """Words that are no condition when they are all that is left of a longer name."""
    return _words("everyday")


@cache
def ordinary_words() -> frozenset[str]:
    """Real words that are no slip of another word."""
    return _words("everyday") | _words("real")


@cache
def kept_words() -> frozenset[str]:
    """Words that change what is said so much that no back-off drops them."""
    return frozenset(fold_word(word) for line in lines_of("kept") for word in line)


def refuses(word: str, name_word: str) -> str:
    """Why ``word`` cannot be a slip of ``name_word`` although their letters are close; empty where it can."""
    if word == name_word:
        return ""
    for kind, mark in (("opposite", "{}-"), ("ending", "-{}")):
        theirs = dict(_affixes(name_word, kind))
        for group, affix in _affixes(word, kind):
            if theirs.get(group, affix) != affix:
                return f"{mark.format(affix)} is not {mark.format(theirs[group])}"
    short, long = sorted((word, name_word), key=len)
    for prefix in lines_of("negating")[0]:
        if long == prefix + short and short[0] != prefix:  # "aaging" is a letter struck twice
            return f"{prefix}- turns it round"
    return ""


@lru_cache(maxsize=1 << 14)
def _affixes(word: str, kind: str) -> tuple[tuple[int, str], ...]:
    """The affixes of the kind that the word has: number of the group, and the longest affix of that group."""
    has = str.startswith if kind == "opposite" else str.endswith
    found = (
        (number, max((affix for affix in group if has(word, affix)), key=len, default=""))
        for number, group in enumerate(lines_of(kind))
    )
    return tuple((number, affix) for number, affix in found if affix)
