"""What trafilatura takes for the article of a page, led back to the raw blocks of that page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from cryomine.ingest.html_page import RawBlock

_LONG = 25  # characters; a shorter text must be a line of its own in what trafilatura keeps


def by_trafilatura(blocks: Sequence[RawBlock], source: str) -> list[bool] | None:
    """For each block whether trafilatura keeps its text; ``None`` where it finds no article."""
    import logging

    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    text = extract(source, output_format="txt", include_comments=False, include_tables=True, deduplicate=False)
    if not text:
        return None
    lines = {_normal(line) for row in text.splitlines() for line in (row, *row.split("|"))} - {""}
    whole = f" {_normal(text)} "
    found: list[bool] = []
    for _, members in groupby(_with_paragraphs(blocks), key=lambda pair: pair[0]):
        group = [block for _, block in members]
        together = " ".join(_normal(block.words) for block in group)
        if len(together) >= _LONG and f" {together} " in whole:
            found += [True] * len(group)
        else:
            found += [_said(_normal(block.words), lines, whole) for block in group]
    return found


def _said(words: str, lines: set[str], whole: str) -> bool:
    return words in lines or (len(words) >= _LONG and f" {words} " in whole)


def _with_paragraphs(blocks: Iterable[RawBlock]) -> Iterable[tuple[int, RawBlock]]:
    """The blocks with a number that lines parted by <br> share."""
    number = 0
    for block in blocks:
        number += not block.after_break
        yield number, block


def _normal(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
