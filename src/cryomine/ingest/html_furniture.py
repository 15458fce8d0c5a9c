"""What the markup of a page says about furniture: tags and roles that mean it, and telling class names and ids."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cryomine.ingest.html_page import Element, opens_panel

_FURNITURE_TAGS = frozenset({"nav", "footer", "dialog"})
_FURNITURE_ROLES = frozenset(
    {"navigation", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "tab", "tablist"}
)
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


@dataclass(frozen=True, slots=True)
class Place:
    """What the markup around a block says: furniture for certain, or by hints (the outermost element of each kind)."""

    furniture: bool = False
    article: Element | None = None  # the innermost <article> or <main>
    strong: Element | None = None
    hint: Element | None = None


class Places:
    """The places of elements, each worked out once from that of its parent."""

    def __init__(self) -> None:
        """Nothing is known at first."""
        self._known: dict[Element, Place] = {}

    def of(self, element: Element) -> Place:
        """The place that an element makes for what is in it."""
        chain: list[Element] = []
        around: Element | None = element
        while around is not None and around not in self._known:
            chain.append(around)
            around = around.parent
        place = self._known[around] if around is not None else Place()
        for inner in reversed(chain):
            place = self._known[inner] = _inside(inner, place)
        return place


def _inside(element: Element, around: Place) -> Place:
    names = f"{element.attributes.get('class', '')} {element.attributes.get('id', '')}"
    names = _CAMEL.sub("-", names).lower() if names != " " and element.tag not in _EXEMPT else ""
    role = element.attributes.get("role", "").lower()
    strong = bool(_STRONG.search(names))
    doubtful = (element.tag in _DOUBTFUL_TAGS and not opens_panel(element.tag, element.attributes)) or (
        element.tag == "header" and around.article is None
    )
    hint = strong or doubtful or bool(_WEAK.search(names))
    return Place(
        furniture=around.furniture or element.tag in _FURNITURE_TAGS or role in _FURNITURE_ROLES,
        article=element if element.tag in {"article", "main"} else around.article,
        strong=around.strong or (element if strong else None),
        hint=around.hint or (element if hint else None),
    )
