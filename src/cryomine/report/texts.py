"""The text of an article, and the way to its original; what is not there is said, never raised."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from cryomine.fetch import is_address
from cryomine.folder import text_path
from cryomine.report.folder import Article
from cryomine.rows import sha256

_DIGEST = re.compile(r"[0-9a-f]{64}")
_HOLDS_LOCATORS = ("text/", "application/xhtml", "application/pdf")


@dataclass(frozen=True, slots=True)
class Text:
    """The text that an article's offsets point into; ``None`` and a ``note`` that says why where there is none."""

    text: str | None
    note: str = ""


def text_of(article: Article, folder: Path) -> Text:
    """The text kept in the output folder or, for plain text, the decoded source; only if its digest is the rows'."""
    raw = _read(text_path(folder, article.text_sha256)) if _DIGEST.fullmatch(article.text_sha256) else None
    if raw is not None:
        return _checked(raw.decode("utf-8", errors="replace"), article, "The text kept beside the table")
    if article.media_type != "text/plain":
        return Text(None, "The text is not in the output folder (texts/); its quotes stand in for it.")
    raw = _read(article.path) if article.path else None
    if raw is None:
        return Text(None, "The source is not where the run found it (see --sources); its quotes stand in for it.")
    try:
        text = raw.decode(article.encoding, errors="replace")
    except LookupError:
        text = raw.decode("utf-8", errors="replace")
    return _checked(text, article, "The source")


def _checked(text: str, article: Article, what: str) -> Text:
    if sha256(text) == article.text_sha256:
        return Text(text)
    return Text(None, f"{what} has changed since the run, its places no longer hold; its quotes stand in for it.")


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (OSError, ValueError):  # ValueError: a name with a NUL in it
        return None


@dataclass(frozen=True, slots=True)
class Original:
    """A link to an article's source: safe to write into ``href``; ``located`` if a row's locator may follow it."""

    href: str = ""
    located: bool = False

    def at(self, locator: str) -> str:
        """The link that leads to a claim; the source as a whole where the format has no locator."""
        if not (self.href and locator and self.located):
            return self.href
        return self.href + ("" if "#" in self.href else "#") + locator


def original_of(article: Article, page: Path) -> Original:
    """The link from a page in the folder ``page`` to the source of ``article``; without href where there is none.

    Only ``http(s)`` addresses and files that are there become links, whatever a table calls its sources.
    """
    if is_address(article.source):
        return Original(article.source, located=True)
    if article.path is None or not article.path.is_file():
        return Original()
    located = article.media_type.startswith(_HOLDS_LOCATORS)
    try:
        return Original(quote(Path(os.path.relpath(article.path.resolve(), page.resolve())).as_posix()), located)
    except ValueError:  # Windows: another drive
        return Original(article.path.resolve().as_uri(), located)
