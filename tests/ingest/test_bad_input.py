"""What cannot be read gives one line that names the file, says what is wrong, and what to do."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import pytest

from cryomine.document import Document, Source
from cryomine.errors import CryomineError, ReadError
from cryomine.ingest import Input, Reader, read, read_bytes, registry
from formats import make

LINE = "Cold rooms may relieve pain. "


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "a.txt: is empty; give a file with text in it"),
        ("a.txt", b" \r\n\t\n", "a.txt: is empty; give a file with text in it"),
        ("a.txt", b"\xef\xbb\xbf\n", "a.txt: is empty; give a file with text in it"),
        (
            "a.txt",
            "\u200b\n\u2028".encode(),
            "a.txt: has no text to read; check that the article is in the file itself",
        ),
        ("a.html", b"<html><body><script>x</script></body></html>", "a.html: has no text to read; check that the"),
        ("a.md", b"```\ncode\n```\n", "a.md: has no text to read; check that the article is in the file itself"),
        ("a.txt", b"%PDF-1.7\n...", "a.txt: is cut off, the end of the PDF is missing; get the whole file"),
        (
            "a.txt",
            b"PK\x03\x04\x14\0",
            "a.txt: is a damaged or cut off ZIP archive (BadZipFile: File is not a zip file)",
        ),
        ("a.txt", b"\x1f\x8b\x08\0", "a.txt: is a gzip archive, not text; give the article as text, Markdown or HTML"),
        (
            "a.md",
            b"\x89PNG\r\n\x1a\n\0\0",
            "a.md: is a PNG image, not text; give the article as text, Markdown or HTML",
        ),
        ("a.html", bytes(range(256)) * 20, "a.html: is a binary file, not text; give the article as text, Markdown or"),
        ("a.txt", bytes(range(1, 20)) * 20, "a.txt: is a binary file, not text; give the article as text, Markdown or"),
        ("a.txt", b"x" * (registry.MAX_BYTES + 1), "a.txt: is larger than 32 MB; split it into one file for each"),
    ],
)
def test_bytes_that_are_no_article(name: str, data: bytes, message: str) -> None:
    with pytest.raises(ReadError) as error:
        read_bytes(data, name)
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    for name in ("gone.txt", ".", "missing.txt"):
        with pytest.raises(ReadError, match=r"^x: cannot be opened \(.+\); check that it is a readable file$"):
            read(Input("x", tmp_path / name))


def test_a_50_mb_line_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(LINE * (50_000_000 // len(LINE)))
    begin = time.perf_counter()
    with pytest.raises(ReadError, match=r"long\.txt: is larger than 32 MB; split it into one file for each article"):
        read(Input("long.txt", path))
    assert time.perf_counter() - begin < 2


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Cold rooms\n\n- relieve pain\n")))
    document = read(Input("stdin", None))
    assert document.source.name == "stdin"
    assert document.source.media_type == "text/plain"
    assert len(document.source.sha256) == 64


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.txt", b"Cold rooms", "text/plain"),
        ("a", b"Cold rooms", "text/plain"),
        ("a.rst", b"Cold rooms", "text/plain"),
        ("a.md", b"Cold rooms", "text/markdown"),
        ("a.MARKDOWN", b"Cold rooms", "text/markdown"),
        ("a.htm", b"Cold rooms", "text/html"),
        ("a.txt", b"<!DOCTYPE html><p>Cold rooms", "text/html"),
        ("a", b"\xef\xbb\xbf\n<!-- x --><HTML><p>Cold rooms", "text/html"),
        ("a.txt", b"<heading> is a tag. <html> too.", "text/plain"),
    ],
)
def test_content_first_name_second(name: str, data: bytes, media_type: str) -> None:
    assert read_bytes(data, name).source.media_type == media_type


XML = b"<?xml version='1.0'?><article><front/><body><p>Cold rooms</p></body></article>"


@pytest.mark.parametrize(
    ("name", "stated", "data", "media_type"),
    [
        ("https://x.org/ice", "text/html", b"<p>Cold rooms", "text/html"),
        ("https://x.org/ice.txt", "text/html", b"<p>Cold rooms", "text/html"),
        ("https://x.org/ice", "application/xhtml+xml", b"<p>Cold rooms</p>", "text/html"),
        ("https://x.org/ice", "text/markdown", b"# Cold rooms", "text/markdown"),
        ("https://x.org/ice", "text/html", make.pdf([(60, 100, "Cold rooms relieve back pain")]), "application/pdf"),
        ("https://x.org/ice", "application/xml", XML, "application/jats+xml"),
        # These say nothing, so the name does.
        ("https://x.org/ice.md?raw=1", "text/plain", b"# Cold rooms", "text/markdown"),
        ("https://x.org/ice.html#top", "application/octet-stream", b"<p>Cold rooms", "text/html"),
        ("https://x.org/ice.html", "", b"<p>Cold rooms", "text/html"),
        ("https://x.org/ice", "text/plain", b"<p>Cold rooms", "text/plain"),
        # A host and a query are no endings.
        ("https://example.md", "text/plain", b"# Cold rooms", "text/plain"),
        ("https://x.org/?page=ice.md", "", b"# Cold rooms", "text/plain"),
    ],
)
def test_content_then_what_was_stated_then_name(name: str, stated: str, data: bytes, media_type: str) -> None:
    assert read_bytes(data, name, stated).source.media_type == media_type


@pytest.mark.parametrize("stated", ["application/rss+xml", "text/xml"])
def test_xml_of_another_kind_is_no_plain_text(stated: str) -> None:
    feed = b"<?xml version='1.0'?><rss><channel><title>Cold rooms</title></channel></rss>"
    with pytest.raises(ReadError, match=r"is XML of another kind \(root <rss>\)"):
        read_bytes(feed, "https://x.org/feed", stated)


def test_a_word_file_without_ending() -> None:
    word = next(r for r in registry.readers() if r.name == "Word")
    assert registry.reader_for(b"PK\x03\x04", "https://x.org/get?id=1", word.media_types[0]) is word


class Point:
    """An entry point of another package."""

    name = "shout"
    value = "shout:READER"

    def __init__(self, loaded: object) -> None:
        self.loaded = loaded

    def load(self) -> object:
        if isinstance(self.loaded, Exception):
            raise self.loaded
        return self.loaded


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> object:
    registry.readers.cache_clear()

    def add(loaded: object) -> None:
        monkeypatch.setattr(registry, "entry_points", lambda group: [Point(loaded)])

    yield add
    registry.readers.cache_clear()


def test_readers_of_other_packages_come_first(added) -> None:  # type: ignore[no-untyped-def]
    def shout(data: bytes, name: str, charset: str) -> Document:
        text = data.decode().upper()
        return Document(text, read_bytes(b"x", "a.txt").blocks, Source(name, "text/x-shout"))

    added(Reader("shout", "text/x-shout", (".shout",), shout, lambda head: head.startswith(b"!!")))
    assert read_bytes(b"!!cold", "a.txt").text == "!!COLD"
    assert read_bytes(b"cold", "a.shout").source.media_type == "text/x-shout"
    assert ".shout" in registry.extensions()


def test_a_reader_that_fails_is_one_failure(added) -> None:  # type: ignore[no-untyped-def]
    def fail(data: bytes, name: str, charset: str) -> Document:
        raise RuntimeError("no;\nway")

    added(Reader("shout", "text/x-shout", (".shout",), fail))
    with pytest.raises(ReadError, match=r"^a.shout: could not be read as shout \(RuntimeError: no, way\); save"):
        read_bytes(b"cold", "a.shout")


@pytest.mark.parametrize("broken", [ImportError("no module"), "not a reader"])
def test_a_broken_entry_point_is_named(added, broken: object) -> None:  # type: ignore[no-untyped-def]
    added(broken)
    with pytest.raises(CryomineError, match=r"^shout:READER: the reader shout .+; "):
        read_bytes(b"cold", "a.txt")


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 10_000 + "Cold rooms relieve pain.",
        "<div>" * 10_000 + "Cold rooms relieve pain." + "</div>" * 10_000,
        "<ul><li>" * 10_000 + "Cold rooms relieve pain.",
        "<b>" * 10_000 + "Cold rooms relieve pain." + "</b>" * 10_000,
        "<table><tr><td>" * 5_000 + "Cold rooms relieve pain.",
        "</div>" * 10_000 + "Cold rooms relieve pain.",
        "<p>Cold rooms relieve pain." + "<" * 20_000,
        "<p>Cold rooms relieve pain." + "<a" * 20_000,
        "<p>Cold rooms relieve pain." + "&#" * 20_000,
        "<p>Cold rooms relieve pain." + "<!-- >" * 20_000,
        "<p>Cold rooms relieve pain.<" + "![x" * 20_000,
        "<p>Cold rooms relieve pain.</p><a " + "b='" * 5_000,
    ],
    ids=lambda page: page[:12],
)
def test_broken_markup_is_read_in_bounded_time(page: str) -> None:
    begin = time.perf_counter()
    document = read_bytes(f"<html><body>{page}".encode(), "a.html")
    assert "Cold rooms relieve pain." in document.text
    assert time.perf_counter() - begin < 10


@pytest.mark.parametrize(
    "bits", ["> " * 2_000, "- " * 2_000, "[" * 5_000, "*a " * 5_000, "[a](" * 3_000, "<b " * 5_000]
)
def test_markdown_nested_deeply_is_read_in_bounded_time(bits: str) -> None:
    begin = time.perf_counter()
    assert read_bytes(f"Cold rooms\n\n{bits}".encode(), "a.md").text.startswith("Cold rooms")
    assert time.perf_counter() - begin < 10
