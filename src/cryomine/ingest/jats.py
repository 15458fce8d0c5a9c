"""Articles as XML: JATS (one article) and PubMed (many): title, abstract, sections, lists, tables.

The standard library's expat reads them: it tells where every character stands, needs no other package, and fetches
nothing. Entities of the file's own are refused before any is expanded. The scanner of HTML pages makes the blocks.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO
from xml.parsers import expat

from cryomine.document import BlockKind, Document, Source
from cryomine.errors import ReadError
from cryomine.ingest.assemble import assemble, with_title
from cryomine.ingest.encoding import declared_in_xml, decode
from cryomine.ingest.html_page import Page
from cryomine.ingest.html_scan import Scanner
from cryomine.ingest.html_tables import drafts_of
from cryomine.ingest.records import unused
from cryomine.ingest.registry import (
    Collection,
    Columns,
    Member,
    Reader,
    Records,
    read_with,
    too_large,
)

MEDIA_TYPE = "application/jats+xml"
MAX_SET = 256 * 1024 * 1024  # bytes of a PubMed set; it is decoded as a whole
_MAX_DEPTH = 400  # open tags
# Our tags for those of JATS and PubMed; tags that are not here mean nothing for the structure.
_TAGS = {
    "article-title": "h1", "ArticleTitle": "h1", "abstract": "section", "Abstract": "section", "sec": "section",
    "AbstractText": "p", "p": "p", "list": "ul", "list-item": "li", "def-list": "dl", "def-item": "div", "term": "dt",
    "def": "dd", "table": "table", "thead": "thead", "tbody": "tbody", "tfoot": "tfoot", "tr": "tr", "td": "td",
    "th": "th", "boxed-text": "section", "disp-quote": "section", "break": "br", "body": "section", "caption": "div",
    "fig": "template", "disp-formula": "template", "tex-math": "template", "ref-list": "template", "back": "template",
    "journal-meta": "template", "contrib-group": "template", "aff": "template", "kwd-group": "template",
    "fn-group": "template", "table-wrap-foot": "template", "permissions": "template", "author-notes": "template",
    "funding-group": "template", "sub-article": "template", "response": "template", "trans-abstract": "template",
    "history": "template", "self-uri": "template", "related-article": "template", "counts": "template",
    "CopyrightInformation": "template", "OtherAbstract": "template",
}  # fmt: skip
# Outside of these, what front matter says is about the article, not of it.
_CONTENT = frozenset({"article-title", "ArticleTitle", "abstract", "AbstractText", "body"})
_ROOT = re.compile(rb"(?:\s++|<\?.{0,300}?\?>|<!--.{0,2000}?-->|<!DOCTYPE[^>]{0,600}>){0,20}<([\w:-]+)", re.DOTALL)
_ENTITY = re.compile(r"<!ENTITY\b")
_ARTICLE = re.compile(r"<PubmedArticle\b.*?</PubmedArticle\s*>", re.DOTALL)
_PMID = re.compile(r"<PMID\b[^>]*>\s*(\d{1,12})\s*</PMID")
_FACTS = {"pub-date": "date", "PubDate": "date", "journal-title": "site", "Title": "site", "Language": "language"}


class _Scanner(Scanner):
    """Feeds the scanner of pages with the events of expat, its tags with ours."""

    def parse(self, source: str) -> None:
        """Read ``source``; every handler knows where it is by ``at``."""
        self._bytes = source.encode("utf-8")
        self._known = (0, 0)  # an offset in bytes, and the same in characters
        self._stack: list[str] = []
        self._levels = 0  # open sections
        self._inside = 0  # open elements whose words are content
        self._facts: list[str] = []
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = False
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.EntityDeclHandler = self._refuse
        self._parser.SkippedEntityHandler = self._skipped
        self._parser.Parse(self._bytes, True)

    def _refuse(self, *declared: object) -> None:  # noqa: ARG002
        raise ReadError(f"{self.name}: declares entities of its own, which are not expanded; save it without them")

    def _place(self) -> int:
        """Where the event stands, in characters."""
        at, (known, characters) = self._parser.CurrentByteIndex, self._known
        characters += len(self._bytes[known:at].decode("utf-8"))
        self._known = (at, characters)
        return characters

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.at = self._place()
        if len(self._stack) >= _MAX_DEPTH:
            raise ReadError(f"{self.name}: nests more than {_MAX_DEPTH} elements; save the article as text")
        self._stack.append(tag)
        self._facts.append("")
        self._inside += tag in _CONTENT
        self._levels += tag in {"sec", "abstract"}
        if tag == "article":
            self._state("language", attributes.get("xml:lang", ""))
        label = attributes.get("Label", "") if tag == "AbstractText" else ""
        if label:  # the label is an attribute: its words have no place among the characters
            self.handle_starttag("h3", [])
            self.text.insert(label.capitalize() if label.isupper() else label)
            self.handle_endtag("h3")
        if ours := self._ours(tag):
            self.handle_starttag(ours, list(attributes.items()))

    def _end(self, tag: str) -> None:
        self.at = self._place()
        if ours := self._ours(tag):
            self.handle_endtag(ours)
        self._stack.pop()
        words = " ".join(self._facts.pop().split())
        self._inside -= tag in _CONTENT
        self._levels -= tag in {"sec", "abstract"}
        if tag in _FACTS:
            self._state(_FACTS[tag], words.replace(" ", "-") if _FACTS[tag] == "date" else words)
        elif self._facts and not self._inside:
            self._facts[-1] += f"{words} "

    def _ours(self, tag: str) -> str:
        if tag == "title":
            return f"h{min(6, self._levels + 1)}" if self._inside else ""
        if tag == "article-title" and "ref-list" in self._stack:
            return ""
        return _TAGS.get(tag, "")

    def _state(self, key: str, words: str) -> None:
        if words and not self._inside:
            self.page.metadata.setdefault(key, words[:200])

    def _data(self, data: str) -> None:
        if not self._inside:
            self._facts[-1] = (self._facts[-1] + data)[:500]
            return
        self.at = self._place()
        if self.source.startswith(data, self.at):
            self._characters(self.at, self.at + len(data))
        elif self.source.startswith("&", self.at) and (target := self._target()) is not None:
            target.put(data, self.at, self.source.index(";", self.at) + 1)
        elif data.isspace():  # a line end, which expat writes in its own way
            self._characters(self.at, self.at + 1)

    def _skipped(self, name: str, is_parameter: bool) -> None:
        """An entity of a DTD that lies elsewhere: those of JATS have the names that they have in HTML."""
        written = f"&{name};"
        self.at = self._place()
        if not is_parameter and self._inside and (target := self._target()) is not None:
            target.put(html.unescape(written), self.at, self.at + len(written))


def document(source: str, name: str = "<xml>") -> Document:
    """The article of a JATS file or of one PubMed record; ``source`` is the decoded file."""
    page = _scanned(source, name)
    text, runs, found = assemble(drafts_of(page.blocks))
    titles = (text[b.start : b.end] for b in found if b.kind is BlockKind.HEADING and b.level == 1)
    title = next(titles, "")
    source_of = Source(name, MEDIA_TYPE, metadata=page.metadata)
    return Document(text, with_title(found, text, title), source_of, title, tuple(runs) or None)


def _scanned(source: str, name: str) -> Page:
    try:
        return _Scanner(source, name).page
    except expat.ExpatError as error:
        raise ReadError(f"{name}: is no well-formed XML ({error}); get the whole file") from error


def _read(data: bytes, name: str, charset: str) -> Document:
    decoded = decode(data, name, declared_in_xml, charset)
    root = _ROOT.match(decoded.text.encode("utf-8"))
    if _ENTITY.search(decoded.text):
        raise ReadError(f"{name}: declares entities of its own, which are not expanded; save it without them")
    if root is None or root[1] not in {b"article", b"PubmedArticle"}:
        kind = f"root <{root[1].decode('utf-8', 'replace')[:40]}>" if root else "no root"
        raise ReadError(f"{name}: is XML of another kind ({kind}); give JATS, PubMed, HTML or text")
    return decoded.noted_in(document(decoded.text, name))


def _pubmed(file: BinaryIO, name: str, columns: Columns) -> Records:  # noqa: ARG001
    """The records of a PubMed set, each with offsets of its own."""
    data = file.read(MAX_SET + 1)
    if len(data) > MAX_SET:
        raise too_large(name, MAX_SET)
    text = decode(data, name, declared_in_xml).text
    del data
    seen: set[int] = set()
    found = False
    for article in _articles(text):
        found = True
        pmid = _PMID.search(article)
        source = unused(f"{name}#{pmid[1] if pmid else len(seen) + 1}", seen)
        yield Member(source, partial(read_with, READER, article.encode("utf-8"), source))
    if not found:
        raise ReadError(f"{name}: has no whole PubMed article in it; get the whole file")


def _articles(text: str) -> Iterator[str]:
    return (found[0] for found in _ARTICLE.finditer(text))


def _root(head: bytes) -> bytes:
    found = _ROOT.match(head.removeprefix(b"\xef\xbb\xbf"))
    return found[1] if found else b""


def _knows(head: bytes) -> bool:
    """Pieces of HTML begin with <article> too, but say nothing more."""
    root = _root(head)
    return root == b"PubmedArticle" or (
        root == b"article" and re.search(rb"<\?xml|JATS|<front\b|article-type=", head) is not None
    )


READER = Reader("JATS XML", MEDIA_TYPE, (".nxml", ".xml"), _read, _knows, also=("application/xml", "text/xml"))
PUBMED = Collection("a PubMed set", (), _pubmed, lambda head: _root(head) == b"PubmedArticleSet")
