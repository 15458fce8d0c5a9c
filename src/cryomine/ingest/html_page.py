"""What the scanner of a page collects, and what it knows about tags."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryomine.document import BlockKind
from cryomine.ingest.runtext import RunText

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike"),
        *("strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "input"),
    }
)
DROPPED = frozenset(
    {
        *("script", "style", "template", "noscript", "svg", "iframe", "object", "canvas", "audio", "video", "math"),
        *("select", "textarea", "datalist", "figcaption", "head"),
    }
)
KEPT = frozenset({"class", "id", "role", "colspan", "rowspan", "aria-expanded"})
LISTS = frozenset({"ul", "ol", "menu", "dir"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PANEL = re.compile(r"(?:^|[\s_-])(?:accordion|collapsible|expander|faq)", re.IGNORECASE)
# A new one closes the open one of the same family, up to the container that bounds the search.
CLOSES = {
    "li": ({"li"}, {*LISTS}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "tr": ({"tr", "td", "th", "caption"}, {"table"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    "tbody": ({"tr", "td", "th", "thead", "tbody", "caption"}, {"table"}),
    "thead": ({"tr", "td", "th", "tbody", "caption"}, {"table"}),
    "tfoot": ({"tr", "td", "th", "thead", "tbody", "caption"}, {"table"}),
}
# <meta> names -> names of our metadata.
META = {
    "og:title": "og:title",
    "og:url": "og:url",
    "og:site_name": "site",
    "application-name": "application",
    "article:published_time": "date",
    "datepublished": "date",
    "date": "date",
    "dc.date": "date",
    "dcterms.date": "date",
    "pubdate": "date",
    "author": "author",
    "description": "description",
    "og:locale": "locale",
}


@dataclass(eq=False, slots=True)
class Element:
    """An open tag. The counts say where in a table a cell stands."""

    tag: str
    parent: Element | None
    attributes: dict[str, str]
    depth: int = 0  # open lists, itself included
    dropped: bool = False
    kind: tuple[BlockKind, int] = (BlockKind.PARAGRAPH, 0)  # of text right in it
    rows: int = 0
    cells: int = 0
    row: int = 0
    column: int = 0


@dataclass(eq=False, slots=True)
class RawBlock:
    """One stretch of text between block boundaries, before it is known whether it belongs to the article."""

    kind: BlockKind
    level: int
    text: RunText
    element: Element  # the innermost structural element around it
    after_break: bool  # a <br> parts it from the block before
    linked: int = 0  # characters inside links

    @property
    def words(self) -> str:
        """Its text."""
        return self.text.text


@dataclass(slots=True)
class Page:
    """What a page holds: raw blocks in page order, and its own statements about itself."""

    blocks: list[RawBlock] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    deepest: int = 0


def nearest(element: Element, tag: str) -> Element | None:
    """The element itself or the nearest one around it with this tag; a row stands right in its table or table body."""
    around: Element | None = element
    for _ in range(8):
        if around is None or around.tag == tag:
            return around
        around = around.parent
    return None


def opens_panel(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether a button is the heading of a part that it folds and unfolds."""
    return tag == "button" and ("aria-expanded" in attributes or _PANEL.search(attributes.get("class", "")) is not None)


def kind_of(tag: str, attributes: Mapping[str, str], depth: int, parent: Element) -> tuple[BlockKind, int]:
    """Kind and level of text right in a new element; ``depth`` counts the lists around it."""
    if opens_panel(tag, attributes):
        return BlockKind.HEADING, 6
    if tag in {"div", "section", "article", "button", "center"}:
        return parent.kind
    if tag == "summary":
        return BlockKind.HEADING, 6
    if tag == "li":
        return BlockKind.LIST_ITEM, max(0, depth - 1)
    if tag in {"dt", "dd"}:
        return BlockKind.LIST_ITEM, depth
    if tag in {"td", "th"}:
        return BlockKind.CELL, 0
    return BlockKind.PARAGRAPH, 0


def statement(tag: str, attributes: Mapping[str, str]) -> tuple[str, str]:
    """What a tag says about the page: a name of our metadata and its value, both empty where it says nothing."""
    if tag == "html":
        return "language", attributes.get("lang", "") or attributes.get("xml:lang", "")
    if tag == "time":
        return "date", attributes.get("datetime", "")
    if tag == "link" and attributes.get("rel", "").lower() == "canonical":
        return "url", attributes.get("href", "")
    if tag == "meta":
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        return META.get(key.lower(), ""), attributes.get("content", "")
    return "", ""
