"""Which raw blocks of a page are the article, and which are navigation, cookie bars, teasers and the like.

trafilatura decides. Where it says nothing, or leaves out a list in the middle of what it keeps, the page's own markup
decides: tags and roles that mean furniture, telling class names, and text that is mostly links.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from cryomine.document import BlockKind
from cryomine.ingest.html_furniture import Places
from cryomine.ingest.html_page import Element, Page, RawBlock
from cryomine.ingest.html_trafilatura import by_trafilatura

# Beyond these the page's own markup decides alone: trafilatura's time grows with the square of lists and blocks (7 s
# for 10,000 lists), and its trees exhaust the stack. Long articles have some hundred blocks.
MAX_BLOCKS, MAX_PAGE, MAX_DEPTH = 5_000, 2_000_000, 400  # blocks, characters, open tags

# The outermost list or table around an element: a list in a cell has a container of its own, so by kind of block.
Containers = dict[tuple[BlockKind, Element], Element | None]


def article_of(page: Page, source: str, *, fragment: bool = False) -> list[RawBlock]:
    """The blocks of the article, in page order; all blocks where every one looks like furniture.

    The markup alone decides about a ``fragment``.
    """
    places = Places()
    beside = _beside_the_article(page.blocks)
    blocks = [
        block
        for block, aside in zip(page.blocks, beside, strict=True)
        if not aside and not places.of(block.element).furniture
    ]
    blocks = blocks or page.blocks
    own: list[bool] = []
    for begin, end in _groups(blocks):
        clean = not _mostly_links(blocks[begin:end])
        own += [clean and places.of(block.element).hint is None for block in blocks[begin:end]]
    modest = len(page.blocks) <= MAX_BLOCKS and len(source) <= MAX_PAGE and page.deepest <= MAX_DEPTH
    found = by_trafilatura(blocks, source) if modest and not fragment else None
    if found is None or not any(found):
        kept = own
    else:
        _take_back_teasers(blocks, found, places)
        kept = _with_gaps_closed(blocks, found, own, places)
        _trim_links(blocks, kept)
    _drop_bare_headings(blocks, kept)
    return [block for block, keep in zip(blocks, kept, strict=True) if keep] or blocks


def _beside_the_article(blocks: Sequence[RawBlock]) -> list[bool]:
    """For each block whether it stands in a side cell of a table that lays out the page.

    Such a table has sections in its cells and more than half of its text in one of them; a cell with half as much as
    that one is no side cell.
    """
    known: dict[Element, tuple[Element | None, Element | None]] = {}
    cells = [_outermost_cell(block.element, known) for block in blocks]
    sizes: defaultdict[Element, Counter[Element]] = defaultdict(Counter)
    sectioned: set[Element] = set()
    for block, (table, cell) in zip(blocks, cells, strict=True):
        if table is not None and cell is not None:
            sizes[table][cell] += block.text.length
            if block.kind is BlockKind.HEADING:
                sectioned.add(table)
    main = {table: max(sizes[table].values()) for table in sectioned}
    main = {table: size for table, size in main.items() if size * 2 > sum(sizes[table].values())}
    return [table in main and cell is not None and sizes[table][cell] * 2 < main[table] for table, cell in cells]


def _outermost_cell(
    element: Element, known: dict[Element, tuple[Element | None, Element | None]]
) -> tuple[Element | None, Element | None]:
    """The outermost table around an element, and the cell of it that the element is in."""
    chain: list[Element] = []
    around: Element | None = element
    while around is not None and around not in known:
        chain.append(around)
        around = around.parent
    table, cell = known[around] if around is not None else (None, None)
    for inner in reversed(chain):
        if table is None and inner.tag == "table":
            table = inner
        elif table is not None and cell is None and inner.tag in {"td", "th"}:
            cell = inner
        known[inner] = (table, cell)
    return table, cell


def _mostly_links(blocks: Sequence[RawBlock]) -> bool:
    letters = sum(block.text.length for block in blocks)
    return sum(block.linked for block in blocks) * 2 > letters


def _take_back_teasers(blocks: Sequence[RawBlock], found: list[bool], places: Places) -> None:
    """Leave out what stands in an element named as a teaser or cookie bar, unless it holds most of the article."""
    sizes: defaultdict[Element, int] = defaultdict(int)
    total = 0
    for block, keep in zip(blocks, found, strict=True):
        place = places.of(block.element)
        total += block.text.length * keep
        if place.strong is not None:
            sizes[place.strong] += block.text.length * keep
    for index, block in enumerate(blocks):
        strong = places.of(block.element).strong
        if strong is not None and sizes[strong] * 2 < total:
            found[index] = False


def _with_gaps_closed(
    blocks: Sequence[RawBlock], found: Sequence[bool], own: Sequence[bool], places: Places
) -> list[bool]:
    """``found``, with whole lists decided together, and with what was left out in the middle or lists at the end."""
    kept = list(found)
    first = found.index(True)
    last = len(found) - 1 - found[::-1].index(True)
    tops = [index for index, block in enumerate(blocks) if block.kind is BlockKind.HEADING and block.level == 1]
    if len(tops) == 1 and tops[0] < first and own[tops[0]]:
        kept[tops[0]] = True
        first = tops[0]
    for begin, end in _groups(blocks):
        share = sum(found[begin:end]) / (end - begin)
        between = first < begin and end <= last
        led_in = begin > 0 and kept[begin - 1] and _announces(blocks[begin - 1])
        if blocks[begin].kind in {BlockKind.LIST_ITEM, BlockKind.CELL}:
            near = between or led_in or (begin > last and _goes_on(blocks[last], blocks[begin], places))
            kept[begin:end] = [share >= 0.5 or (all(own[begin:end]) and near)] * (end - begin)
    for index in range(len(blocks) - 2, -1, -1):
        block = blocks[index]
        if kept[index] or not own[index] or not kept[index + 1]:
            continue
        if block.kind is BlockKind.HEADING:
            kept[index] = True
        elif block.kind is BlockKind.PARAGRAPH:
            before = index > 0 and kept[index - 1]
            near = before and block.element in {blocks[index - 1].element, blocks[index + 1].element}
            kept[index] = near or (index > first and _announces(block))
    return kept


def _goes_on(last: RawBlock, block: RawBlock, places: Places) -> bool:
    """Whether a list or table behind the last block that was found still stands in the same article."""
    home = places.of(last.element).article
    if home is not None:
        return places.of(block.element).article is home
    container = _container(block, {})
    return container is not None and container.parent is last.element


def _trim_links(blocks: Sequence[RawBlock], kept: list[bool]) -> None:
    """Leave out what is mostly links at both ends of the article: menus above it, teasers below it."""
    groups = list(_groups(blocks))
    for side in (groups, groups[::-1]):
        for begin, end in side:
            if any(kept[begin:end]) and not _mostly_links(blocks[begin:end]):
                break
            kept[begin:end] = [False] * (end - begin)


def _announces(block: RawBlock) -> bool:
    return block.kind is BlockKind.HEADING or block.words.endswith(":")


def _groups(blocks: Sequence[RawBlock]) -> Iterator[tuple[int, int]]:
    """Begin and end of each stretch of blocks that belong to one outermost list or table; others stand alone."""
    known: Containers = {}
    begin = 0
    for _, members in groupby(enumerate(blocks), key=lambda pair: _container(pair[1], known) or pair[0]):
        count = sum(1 for _ in members)
        yield begin, begin + count
        begin += count


def _container(block: RawBlock, known: Containers) -> Element | None:
    """The outermost list or data table that a list item or cell stands in."""
    if block.kind not in {BlockKind.LIST_ITEM, BlockKind.CELL}:
        return None
    wanted = {"table"} if block.kind is BlockKind.CELL else {"ul", "ol", "menu", "dir", "dl"}
    chain: list[Element] = []
    element: Element | None = block.element
    while element is not None and (block.kind, element) not in known:
        chain.append(element)
        element = element.parent
    found = known[block.kind, element] if element is not None else None
    for inner in reversed(chain):
        found = found or (inner if inner.tag in wanted else None)
        known[block.kind, inner] = found
    return found


def _drop_bare_headings(blocks: Sequence[RawBlock], kept: list[bool]) -> None:
    """Leave out headings whose own content was left out ("Related articles")."""
    following: RawBlock | None = None  # the next kept block
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if not kept[index]:
            continue
        content_gone = index + 1 < len(blocks) and not kept[index + 1]
        next_is_peer = following is None or (following.kind is BlockKind.HEADING and following.level <= block.level)
        if block.kind is BlockKind.HEADING and block.level > 1 and content_gone and next_is_peer:
            kept[index] = False
        else:
            following = block
