"""Which raw blocks of a page are the article, and which are navigation, cookie bars, teasers and the like.

trafilatura decides. Where it says nothing, or leaves out a list in the middle of what it keeps, the page's own markup
decides: tags and roles that mean furniture, telling class names, and text that is mostly links.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from cryomine.document import BlockKind
from cryomine.ingest.html_page import Element, Page, RawBlock

MAX_PAGE = 2_000_000  # characters; trafilatura takes 2 s for the first million and more for the next
MAX_DEPTH = 400  # open tags; beyond this the trees that trafilatura builds exhaust the stack
_LONG = 25  # characters; a shorter text must be a line of its own in what trafilatura keeps

_FURNITURE_TAGS = frozenset({"nav", "footer", "dialog"})
_FURNITURE_ROLES = frozenset({"navigation", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar"})
_DOUBTFUL_TAGS = frozenset({"aside", "form", "button", "address"})
_EXEMPT = frozenset({"html", "body", "main", "article", "table", "tr", "td", "th"})
# Class and id words that mean furniture even where trafilatura keeps the text.
_STRONG = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|newsletter|subscribe|related\w*|recommended|recommendations?|teasers?"
    r"|promos?|adverts?|advertisement|ads|breadcrumbs?|sharing|share|popup|modal|comments?|pagination)(?=$|[\s_-])"
)
_WEAK = re.compile(
    r"(?:^|[\s_-])(?:sidebar|widgets?|menu|nav|navbar|navigation|footer|banner|social|toc|tags|meta|byline|author"
    r"|skip|toolbar|more|signup)(?=$|[\s_-])"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def article_of(page: Page, source: str) -> list[RawBlock]:
    """The blocks of the article, in page order; all blocks where every one looks like furniture."""
    places = _Places()
    blocks = [block for block in page.blocks if not places.of(block.element).furniture] or page.blocks
    own: list[bool] = []
    for begin, end in _groups(blocks):
        clean = not _mostly_links(blocks[begin:end])
        own += [clean and places.of(block.element).hint is None for block in blocks[begin:end]]
    found = _by_trafilatura(blocks, source) if page.deepest <= MAX_DEPTH and len(source) <= MAX_PAGE else None
    if found is None or not any(found):
        kept = own
    else:
        _take_back_teasers(blocks, found, places)
        kept = _with_gaps_closed(blocks, found, own)
        _trim_links(blocks, kept)
    _drop_bare_headings(blocks, kept)
    return [block for block, keep in zip(blocks, kept, strict=True) if keep] or blocks


# --- what trafilatura keeps


def _by_trafilatura(blocks: Sequence[RawBlock], source: str) -> list[bool] | None:
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


# --- what the markup says


@dataclass(frozen=True, slots=True)
class _Place:
    """What the markup around a block says: furniture for certain, or by hints (the outermost element of each kind)."""

    furniture: bool = False
    in_article: bool = False
    strong: Element | None = None
    hint: Element | None = None


class _Places:
    """The places of elements, each worked out once from that of its parent."""

    def __init__(self) -> None:
        """Nothing is known at first."""
        self._known: dict[Element, _Place] = {}

    def of(self, element: Element) -> _Place:
        """The place that an element makes for what is in it."""
        chain: list[Element] = []
        around: Element | None = element
        while around is not None and around not in self._known:
            chain.append(around)
            around = around.parent
        place = self._known[around] if around is not None else _Place()
        for inner in reversed(chain):
            place = self._known[inner] = _inside(inner, place)
        return place


def _inside(element: Element, around: _Place) -> _Place:
    names = f"{element.attributes.get('class', '')} {element.attributes.get('id', '')}"
    names = _CAMEL.sub("-", names).lower() if names != " " and element.tag not in _EXEMPT else ""
    role = element.attributes.get("role", "").lower()
    strong = bool(_STRONG.search(names))
    doubtful = element.tag in _DOUBTFUL_TAGS or (element.tag == "header" and not around.in_article)
    hint = strong or doubtful or bool(_WEAK.search(names))
    return _Place(
        furniture=around.furniture or element.tag in _FURNITURE_TAGS or role in _FURNITURE_ROLES,
        in_article=around.in_article or element.tag in {"article", "main"},
        strong=around.strong or (element if strong else None),
        hint=around.hint or (element if hint else None),
    )


def _mostly_links(blocks: Sequence[RawBlock]) -> bool:
    letters = sum(block.text.length for block in blocks)
    return sum(block.linked for block in blocks) * 2 > letters


# --- both together


def _take_back_teasers(blocks: Sequence[RawBlock], found: list[bool], places: _Places) -> None:
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


def _with_gaps_closed(blocks: Sequence[RawBlock], found: Sequence[bool], own: Sequence[bool]) -> list[bool]:
    """``found``, with whole lists decided together and with what was left out in the middle of the article."""
    kept = list(found)
    first = found.index(True)
    last = len(found) - 1 - found[::-1].index(True)
    tops = [index for index, block in enumerate(blocks) if block.kind is BlockKind.HEADING and block.level == 1]
    if len(tops) == 1 and tops[0] < first and own[tops[0]]:
        kept[tops[0]] = True
    for begin, end in _groups(blocks):
        share = sum(found[begin:end]) / (end - begin)
        between = first < begin and end <= last
        led_in = begin > 0 and kept[begin - 1] and _announces(blocks[begin - 1])
        if blocks[begin].kind in {BlockKind.LIST_ITEM, BlockKind.CELL}:
            kept[begin:end] = [share >= 0.5 or (all(own[begin:end]) and (between or led_in))] * (end - begin)
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
    known: dict[Element, Element | None] = {}
    begin = 0
    for _, members in groupby(enumerate(blocks), key=lambda pair: _container(pair[1], known) or pair[0]):
        count = sum(1 for _ in members)
        yield begin, begin + count
        begin += count


def _container(block: RawBlock, known: dict[Element, Element | None]) -> Element | None:
    """The outermost list or data table that a list item or cell stands in."""
    if block.kind not in {BlockKind.LIST_ITEM, BlockKind.CELL}:
        return None
    wanted = {"table"} if block.kind is BlockKind.CELL else {"ul", "ol", "menu", "dir", "dl"}
    chain: list[Element] = []
    element: Element | None = block.element
    while element is not None and element not in known:
        chain.append(element)
        element = element.parent
    found = known[element] if element is not None else None
    for inner in reversed(chain):
        found = found or (inner if inner.tag in wanted else None)
        known[inner] = found
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
