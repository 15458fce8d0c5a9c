"""The reader for HTML and XHTML: the article of a page as blocks, every character with its place in the source."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cryomine.document import Document, Source
from cryomine.ingest.assemble import assemble, title_of, with_title
from cryomine.ingest.encoding import declared_in_xml, decode
from cryomine.ingest.html_article import article_of
from cryomine.ingest.html_scan import scan
from cryomine.ingest.html_tables import drafts_of
from cryomine.ingest.registry import Reader

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_KNOWN = re.compile(
    rb"(?:\s++|<\?xml[^>]{0,300}+>|<!--(?:(?!-->).){0,600}+-->){0,20}+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([\d:.+TZ-]{4,35})"')  # schema.org, as search engines want it
_HEAD = 500_000  # characters in which a page says things about itself
_SITE_SUFFIX = re.compile(r"\s+[|»·–—-]\s+[^|»·]{1,60}\Z")
_METADATA = ("url", "date", "site", "language", "author", "description")


def document(source: str, name: str = "<html>", *, fragment: bool = False) -> Document:
    """The article of a page; ``source`` is the decoded page, ``name`` is for error messages.

    Of a ``fragment``, which somebody has already cut out of its page, only what the markup calls furniture is left out.
    """
    page = scan(source, name)
    if stated := _PUBLISHED.search(source, 0, _HEAD):
        page.metadata.setdefault("date", stated[1])
    text, runs, blocks = assemble(drafts_of(article_of(page, source, fragment=fragment)))
    title = title_of(blocks, text) or _page_title(page.metadata)
    metadata = {key: page.metadata[key] for key in _METADATA if key in page.metadata}
    source_of = Source(name, "text/html", metadata=metadata)
    return Document(text, with_title(blocks, text, title), source_of, title, tuple(runs))


def _page_title(metadata: Mapping[str, str]) -> str:
    """What the page calls itself, without the site's name."""
    title = metadata.get("og:title") or metadata.get("title", "")
    site = metadata.get("site", "")
    if site and title.casefold().endswith(site.casefold()) and len(title) > len(site):
        return title[: -len(site)].rstrip(" |-–—»·:")
    return _SITE_SUFFIX.sub("", title)


def _declared(data: bytes) -> str:
    """The encoding that a page declares, "" where it declares none."""
    found = _CHARSET.search(data)
    return declared_in_xml(data) or (found[1].decode("ascii") if found else "")


def _knows(head: bytes) -> bool:
    return _KNOWN.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def _read(data: bytes, name: str, charset: str) -> Document:
    decoded = decode(data, name, _declared, charset)
    return decoded.noted_in(document(decoded.text, name))


READER = Reader("HTML", "text/html", (".htm", ".html", ".xhtml"), _read, _knows, also=("application/xhtml+xml",))
