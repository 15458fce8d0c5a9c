"""Which lines of a page are no part of its article: menus, links to other pages, and from where on it is over."""

from __future__ import annotations

from cryomine.document import Block, BlockKind
from cryomine.extraction.lexicon import Kind
from cryomine.extraction.matcher import CONDITIONS
from cryomine.extraction.state import State

# A line longer than this is a sentence of the article, not a label of page furniture.
LABEL_TOKENS = 12


def ends_article(state: State, block: Block, a: int, b: int) -> bool:
    """Whether a short line ``a:b`` says that what follows is not the article ("You may also like")."""
    if b - a > LABEL_TOKENS or block.kind in (BlockKind.LIST_ITEM, BlockKind.CELL):
        return False
    labels = state.hits.layout.within(a, b)
    if not labels or state.view.lex[b - 1].kind == Kind.STOP:
        return False
    # "Skin tags" are none of the page's tags.
    named = {i for n in state.hits.names.within(a, b) if n.what in CONDITIONS for i in range(n.start, n.end)}
    # The words have to be the line, not a part of what it says ("Share Post Email Comments").
    return any(h.start not in named and h.start - a <= 2 and b - h.end <= 3 for h in labels)


def links(state: State, block: Block, a: int, b: int) -> bool:
    """Whether a line is a row of links ("Home | Prices"), or one ("READ NEXT: five stretches for a stiff back")."""
    lex = state.view.lex
    bars = state.view.text.count("|", block.start, block.end) if block.kind is BlockKind.PARAGRAPH else 0
    labels = (h for h in state.hits.layout.within(a, b) if h.start == a and h.end < b)
    return bars >= 2 or any(lex[h.end].kind == Kind.COLON for h in labels)
