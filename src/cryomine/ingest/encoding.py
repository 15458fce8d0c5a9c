"""From bytes to text: byte order mark, strict UTF-8, what came with the page in its header, the page's own
declaration, Windows-1252, in that order.

Charset guessing is left out on purpose: it takes Windows-1252 for its neighbours, and nobody can repeat the guess.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from cryomine.document import Document
from cryomine.errors import ReadError

# ``data.decode(name)`` leaves the mark out for each of these. UTF-32 first: its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
)
# As browsers do: pages that declare these are in fact Windows-1252, a superset.
_SUPERSETS = {"iso8859-1": "cp1252", "ascii": "cp1252"}
_XML = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_HEAD = 65_536  # bytes that are looked at to tell text from anything else
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b\x1c\x1d\x1e\x1f"))


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was decoded: ``data.decode(encoding)`` gives it again."""

    text: str
    encoding: str
    reason: str

    def noted_in(self, document: Document) -> Document:
        """The document that was made of the text, its source saying how that was decoded."""
        source = replace(document.source, encoding=self.encoding, encoding_reason=self.reason)
        return replace(document, source=source)


def decode(data: bytes, name: str, declared: Callable[[bytes], str] | None = None, charset: str = "") -> Decoded:
    """Decode the bytes of the file ``name``.

    ``declared`` gives the encoding that they themselves declare, or ""; ``charset`` is the one that came with them, as
    in the header of an HTTP answer. Where both name one, the header goes first, as in browsers.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _try(data, encoding)
            if text is None:
                raise ReadError(
                    f"{name}: begins as {encoding.removesuffix('-sig').upper()} but is not; save it as UTF-8"
                )
            return Decoded(text, encoding, "bom")
    refuse_binary(data, name)
    if (text := _try(data, "utf-8")) is not None:
        return Decoded(text, "utf-8", "utf-8")
    for label, reason in ((charset, "header"), (declared(data[:_HEAD]) if declared else "", "declared")):
        codec = _codec(label)
        if codec and (text := _try(data, codec)) is not None:
            return Decoded(text, codec, reason)
    if (text := _try(data, "cp1252")) is not None:
        return Decoded(text, "cp1252", "fallback")
    raise ReadError(f"{name}: its encoding is neither UTF-8 nor Windows-1252; save it as UTF-8")


def declared_in_xml(data: bytes) -> str:
    """The encoding that an XML declaration states, "" where there is none."""
    found = _XML.match(data)
    return found[1].decode("ascii") if found else ""


def refuse_binary(data: bytes, name: str) -> None:
    """Raise where the bytes are no text: a known kind of file, NUL bytes, or many control characters."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise ReadError(f"{name}: is {kind}, not text; give the article as text, Markdown or HTML")
    head = data[:_HEAD]
    if b"\0" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if max(even, odd) * 5 > len(head) and min(even, odd) * 20 < len(head):
            raise ReadError(f"{name}: looks like UTF-16 without a byte order mark; save it as UTF-8")
        raise ReadError(f"{name}: is a binary file, not text; give the article as text, Markdown or HTML")
    if (len(head) - len(head.translate(None, _CONTROLS))) * 20 > len(head):
        raise ReadError(f"{name}: is a binary file, not text; give the article as text, Markdown or HTML")


def _codec(label: str) -> str:
    """Python's name for a declared encoding, "" where there is none that decodes text."""
    try:
        info = codecs.lookup(label.strip())
    except (LookupError, ValueError):
        return ""
    is_text = getattr(info, "_is_text_encoding", True)
    return _SUPERSETS.get(info.name, info.name) if is_text and not info.name.startswith(("utf-16", "utf-32")) else ""


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, ValueError):
        return None
