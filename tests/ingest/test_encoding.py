"""How bytes become text: byte order mark, strict UTF-8, the page's own declaration, Windows-1252."""

from __future__ import annotations

import codecs

import pytest

from cryomine.errors import ReadError
from cryomine.ingest import read_bytes

META = '<html><head><meta charset="{}"></head><body><p>{}</p></body></html>'
EQUIV = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset={}"></head><body><p>{}</p></body></html>'
)
XHTML = '<?xml version="1.0" encoding="{}"?><html xmlns="x"><body><p>{}</p></body></html>'


@pytest.mark.parametrize(
    ("data", "name", "encoding", "reason"),
    [
        ("Kühl".encode(), "a.txt", "utf-8", "utf-8"),
        (b"cool", "a.txt", "utf-8", "utf-8"),
        (codecs.BOM_UTF8 + "Kühl".encode(), "a.txt", "utf-8-sig", "bom"),
        ("Kühl".encode("utf-16"), "a.txt", "utf-16", "bom"),
        (codecs.BOM_UTF16_BE + "Kühl".encode("utf-16-be"), "a.txt", "utf-16", "bom"),
        ("Kühl".encode("utf-32"), "a.txt", "utf-32", "bom"),
        ("Kühl – ‘so’".encode("cp1252"), "a.txt", "cp1252", "fallback"),
        ("Kühl".encode("cp1252"), "a.md", "cp1252", "fallback"),
        (META.format("iso-8859-2", "Łódź Kühl").encode("iso-8859-2"), "a.html", "iso8859-2", "declared"),
        (EQUIV.format("windows-1250", "Łódź Kühl").encode("cp1250"), "a.html", "cp1250", "declared"),
        (XHTML.format("iso-8859-2", "Łódź Kühl").encode("iso-8859-2"), "a.xhtml", "iso8859-2", "declared"),
        (META.format("iso-8859-1", "Kühl – so").encode("cp1252"), "a.html", "cp1252", "declared"),
        (META.format("utf-8", "Kühl – so").encode("cp1252"), "a.html", "cp1252", "fallback"),
        (META.format("no-such-thing", "Kühl").encode("cp1252"), "a.html", "cp1252", "fallback"),
        (META.format("base64", "Kühl").encode("cp1252"), "a.html", "cp1252", "fallback"),
        (META.format("utf-16", "Kühl").encode(), "a.html", "utf-8", "utf-8"),
    ],
)
def test_decision(data: bytes, name: str, encoding: str, reason: str) -> None:
    document = read_bytes(data, name)
    assert (document.source.encoding, document.source.encoding_reason) == (encoding, reason)
    assert "ühl" in document.text or document.text == "cool"
    assert not document.text.startswith("\ufeff")
    # The record is enough to decode the file again, as verify does.
    assert document.text.split()[-1] in data.decode(encoding)


@pytest.mark.parametrize(
    ("data", "charset", "encoding", "reason"),
    [
        ("Łódź Kühl".encode("iso-8859-2"), "ISO-8859-2", "iso8859-2", "header"),
        # Servers state a charset for all their pages: what the bytes prove goes before.
        ("Łódź Kühl".encode(), "iso-8859-1", "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE + "Łódź Kühl".encode("utf-16-le"), "utf-8", "utf-16", "bom"),
        # As in browsers, the header goes before the page.
        (META.format("windows-1251", "Łódź Kühl").encode("iso-8859-2"), "iso-8859-2", "iso8859-2", "header"),
        # A header that does not fit leaves it to the page, and the page to the rest.
        (META.format("iso-8859-2", "Łódź Kühl").encode("iso-8859-2"), "utf-8", "iso8859-2", "declared"),
        (META.format("iso-8859-2", "Łódź Kühl").encode("iso-8859-2"), "no-such-thing", "iso8859-2", "declared"),
        ("Kühl – so".encode("cp1252"), "base64", "cp1252", "fallback"),
        ("Kühl – so".encode("cp1252"), "iso-8859-1", "cp1252", "header"),
    ],
)
def test_what_came_with_the_page_is_heard(data: bytes, charset: str, encoding: str, reason: str) -> None:
    document = read_bytes(data, "https://x.org/a", "text/html", charset)
    assert (document.source.encoding, document.source.encoding_reason) == (encoding, reason)
    assert document.text.startswith(("Łódź Kühl", "Kühl – so"))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.xml"])
def test_every_reader_of_text_hears_it(name: str) -> None:
    text = "<article><front/><body><p>Łódź</p></body></article>" if name == "a.xml" else "Łódź"
    document = read_bytes(text.encode("iso-8859-2"), name, charset="iso-8859-2")
    assert (document.text.strip(), document.source.encoding_reason) == ("Łódź", "header")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"caf\xe9 \x81", "its encoding is neither UTF-8 nor Windows-1252; save it as UTF-8"),
        (codecs.BOM_UTF8 + b"caf\xe9", "begins as UTF-8 but is not; save it as UTF-8"),
        ("Kühl und kalt".encode("utf-16-le"), "looks like UTF-16 without a byte order mark; save it as UTF-8"),
    ],
)
def test_undecodable(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_bytes(data, "a.txt")
