"""Which lines of a page are no part of its article: menus, links to other pages, and from where on it is over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cryomine.document import Block, BlockKind
from cryomine.extraction.lexicon import Kind
from cryomine.extraction.matcher import CONDITIONS
from cryomine.extraction.state import State

# A line longer than this is a sentence of the article, not a label of page furniture.
LABEL_TOKENS = 12
# Behind the end of an article may stand so many times its text: teasers of others, comments. With more behind it the
# line stands at the head of the page ("Share   Save   Comments (41)" below a headline).
_TEASERS = 4
# An entry of a price list: "Facial | 20 min | £65".
_PRICED = re.compile(r"[£$€]\s?\d|\d\s?(?:[£$€]|min\b)")
# Who wrote it: "By Ann Lee", "Written by Dr. Ann Lee, MD".
_BYLINE = re.compile(r"(?:\w+(?: \w+)? )?[Bb]y (?:[A-Z][\w.’'-]*[,\s]*(?:and |& )?){1,7}")


class Furniture:
    """Follows the blocks of one document in their order and tells which of them are page furniture.

    ``over`` says that the article has come to its end; whoever finds that it goes on may take that back.
    """

    def __init__(self, state: State, blocks: Sequence[Block], ranges: Sequence[tuple[int, int]]) -> None:
        self._state = state
        self._left = sum(_prose(block, a, b) for block, (a, b) in zip(blocks, ranges, strict=True))
        self._read = 0
        self._interlude = False
        self.over = False

    def hides(self, block: Block, a: int, b: int) -> bool:
        """Whether the block of tokens ``a:b`` is a line of furniture or one of the links behind it."""
        prose = _prose(block, a, b)
        self._read, self._left = self._read + prose, self._left - prose
        kind = _label(self._state, block, a, b)
        if kind == "end" and self._left <= _TEASERS * self._read:
            self.over = True
        if kind:
            self._interlude = True
            return True
        row = self._interlude and _parted(self._state, a, b)
        if not row and block.kind is not BlockKind.LIST_ITEM and (prose or block.kind is not BlockKind.PARAGRAPH):
            self._interlude = False
        return self._interlude or _links(self._state, block, a, b) or _imprint(self._state, block, a, b)


def _prose(block: Block, a: int, b: int) -> int:
    """The tokens of a block that is more than a label."""
    return b - a if block.kind is BlockKind.CELL or b - a > LABEL_TOKENS else 0


def _label(state: State, block: Block, a: int, b: int) -> str:
    """The kind of the layout rule that a short line ``a:b`` is ("You may also like"), else nothing."""
    if b - a > LABEL_TOKENS or block.kind in (BlockKind.LIST_ITEM, BlockKind.CELL):
        return ""
    labels = state.hits.layout.within(a, b)
    if not labels or state.view.lex[b - 1].kind == Kind.STOP:
        return ""
    # "Skin tags" are none of the page's tags.
    named = {i for n in state.hits.names.within(a, b) if n.what in CONDITIONS for i in range(n.start, n.end)}
    # The words have to be the line, not a part of what it says ("Share Post Email Comments").
    rules = state.knowledge.matcher.layout
    return next((rules[h.key].kind for h in labels if h.start not in named and h.start - a <= 2 and b - h.end <= 3), "")


def _parted(state: State, a: int, b: int) -> bool:
    """Whether a line is nothing but names parted by bullets ("Atrial flutter • Heat therapy • Prostatectomy")."""
    kinds = [x.kind for x in state.view.lex[a:b]]
    return kinds.count(Kind.SEMI) > 1 and not {Kind.VERB, Kind.AUX, Kind.STOP}.intersection(kinds)


def _links(state: State, block: Block, a: int, b: int) -> bool:
    """Whether a line is a row of links ("Home | Prices"), or one ("READ NEXT: five stretches for a stiff back")."""
    lex = state.view.lex
    line = state.view.text[block.start : block.end] if block.kind is BlockKind.PARAGRAPH else ""
    row = line.count("|") >= 2 and not _PRICED.search(line)
    labels = (h for h in state.hits.layout.within(a, b) if h.start == a and h.end < b)
    return row or any(lex[h.end].kind == Kind.COLON for h in labels)


def _imprint(state: State, block: Block, a: int, b: int) -> bool:
    """Whether a line says who wrote the page, or when ("Saturday 18 January, 06.30 GMT")."""
    if block.kind is not BlockKind.PARAGRAPH or b - a > LABEL_TOKENS or state.view.lex[b - 1].kind == Kind.STOP:
        return False
    line = state.view.text[block.start : block.end]
    dated = any(x.lower in state.view.lists["calendar"] for x in state.view.lex[a:b]) and any(map(str.isdigit, line))
    known = any(hit.what in CONDITIONS for hit in state.hits.names.within(a, b))
    return (dated and not known) or _BYLINE.fullmatch(line) is not None
