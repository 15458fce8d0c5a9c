"""ZIP, TAR and WARC: each article in them is a document; whatever else is in them does no harm."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from cryomine.document import Document
from cryomine.ingest import Input, Unread, archives, documents, read_bytes
from formats import make

PROSE = "Cold rooms may relieve pain."
PAGE = b"<!DOCTYPE html><html><body><p>Cold rooms may relieve pain.</p></body></html>"


def told(tmp_path: Path, name: str, data: bytes) -> list[str]:
    """Each document by its name and media type, or the line of what went wrong."""
    path = tmp_path / name
    path.write_bytes(data)
    return [
        str(found) if isinstance(found, Unread) else f"{found.source.name} {found.source.media_type}"
        for found in documents(Input(name, path))
    ]


MEMBERS: dict[str, str | bytes] = {
    "b.txt": PROSE,
    "sub/a.html": PAGE,
    "sub/a.pdf": make.pdf([(60, 100, PROSE)]),
    "t.csv": f"id,text\n1,{PROSE}\n2,{PROSE}\n",
    "gold.csv": "doc,relation\nb.txt,treats\n",
    "picture.png": b"\x89PNG",
    ".hidden.txt": PROSE,
    "__MACOSX/b.txt": PROSE,
    "empty.txt": "",
}
FOUND = {
    "b.txt text/plain",
    "empty.txt: is empty; give a file with text in it",
    "sub/a.html text/html",
    "sub/a.pdf application/pdf",
    "t.csv#1 text/plain",
    "t.csv#2 text/plain",
}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", make.zipped(MEMBERS)),
        ("a.tar", make.tarred(MEMBERS)),
        ("a.tar.gz", make.tarred(MEMBERS, "w:gz")),
        ("a.tgz", make.tarred(MEMBERS, "w:gz")),
        ("a.tar.bz2", make.tarred(MEMBERS, "w:bz2")),
        ("a.tar.xz", make.tarred(MEMBERS, "w:xz")),
        ("zip", make.zipped(MEMBERS)),
        ("tar", make.tarred(MEMBERS)),
    ],
)
def test_members(tmp_path: Path, name: str, data: bytes) -> None:
    assert set(told(tmp_path, name, data)) == {f"{name}!{line}" for line in FOUND}


def test_order_of_a_zip_is_that_of_the_names(tmp_path: Path) -> None:
    backwards = make.zipped(dict(reversed(MEMBERS.items())))
    assert told(tmp_path, "a.zip", backwards) == told(tmp_path, "a.zip", make.zipped(MEMBERS))


def test_a_member_is_the_file_itself(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(make.zipped({"a.html": PAGE}))
    (found,) = documents(Input("a.zip", tmp_path / "a.zip"))
    assert isinstance(found, Document)
    alone = read_bytes(PAGE, "a.html")
    assert (found.text, found.runs, found.source.sha256) == (alone.text, alone.runs, alone.source.sha256)


def test_two_members_of_one_name(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = make.zipped([("a.txt", PROSE), ("a.txt", PROSE)])
    assert told(tmp_path, "a.zip", data) == ["a.zip!a.txt text/plain", "a.zip!a.txt~2 text/plain"]


def encrypted() -> bytes:
    data = bytearray(make.zipped({"a.txt": PROSE}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def linked() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def undeclared(size: int) -> bytes:
    """A member that unpacks to more than it declares."""
    data = bytearray(make.zipped({"a.txt": b"Cold. " * size}))
    for sign, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        begin = data.index(sign) + at
        data[begin : begin + 4] = (100).to_bytes(4, "little")
    return bytes(data)


def pax_bomb() -> bytes:
    """A header that says that the next one takes 8 GB."""
    import tarfile

    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 8_000_000_000
    return info.tobuf(tarfile.GNU_FORMAT) + b"\0" * 4096


BAD = {
    "traversal": (
        "a.zip",
        make.zipped({"../../a.txt": PROSE, "/etc/b.txt": PROSE, "C:\\c.txt": PROSE, "d.txt": PROSE}),
        [
            "a.zip!../../a.txt: has a path that leads out of the archive; unpack the archive and give the folder",
            "a.zip!/etc/b.txt: has a path that leads out of the archive; unpack the archive and give the folder",
            "a.zip!C:\\c.txt: has a path that leads out of the archive; unpack the archive and give the folder",
            "a.zip!d.txt text/plain",
        ],
    ),
    "traversal in tar": (
        "a.tar",
        make.tarred({"../a.txt": PROSE, "b.txt": PROSE}, links={"c.txt": "/etc/passwd"}),
        [
            "a.tar!../a.txt: has a path that leads out of the archive; unpack the archive and give the folder",
            "a.tar!b.txt text/plain",
            "a.tar!c.txt: is a link, not a file; unpack the archive and give the folder",
        ],
    ),
    "link": ("a.zip", linked(), ["a.zip!a.txt: is a link, not a file; unpack the archive and give the folder"]),
    "encrypted": ("a.zip", encrypted(), ["a.zip!a.txt: is encrypted; unpack the archive and give the folder"]),
    "inside another": (
        "a.zip",
        make.zipped({"b.zip": make.zipped({"a.txt": PROSE})}),
        ["a.zip!b.zip: is an archive inside an archive; unpack the outer one and give the folder"],
    ),
    "declared bomb": (
        "a.zip",
        make.zipped({"a.txt": b"0" * (40 << 20), "b.txt": PROSE}),
        [
            "a.zip!a.txt: is larger than 32 MB; split it into one file for each article",
            "a.zip!b.txt text/plain",
        ],
    ),
    "undeclared bomb": ("a.zip", undeclared(1_000_000), ["a.zip!a.txt: is damaged (BadZipFile: Bad CRC-32 for file"]),
    "cut off": ("a.zip", make.zipped(MEMBERS)[:500], ["a.zip: is a damaged or cut off ZIP archive (BadZipFile"]),
    "cut off tar": (
        "a.tgz",
        make.tarred(MEMBERS, "w:gz")[:300],
        ["a.tgz: is a damaged or cut off TAR archive (EOFErr"],
    ),
    "no tar": ("a.tar", b"x" * 2000, ["a.tar: is a damaged or cut off TAR archive (ReadError: "]),
    "pax bomb": ("a.tar", pax_bomb(), ["a.tar: is a damaged or cut off TAR archive (ReadError: "]),
    "nothing": ("a.zip", make.zipped({"a.png": b"x"}), ["a.zip: has no articles in it; give an archive with text,"]),
    "empty": ("a.zip", make.zipped({}), ["a.zip: has no articles in it; give an archive with text,"]),
}


@pytest.mark.parametrize(("name", "data", "expected"), BAD.values(), ids=BAD)
def test_bad_archives(tmp_path: Path, name: str, data: bytes, expected: list[str]) -> None:
    begin = time.perf_counter()
    found = told(tmp_path, name, data)
    assert len(found) == len(expected)
    for line, start in zip(found, expected, strict=True):
        assert line.startswith(start)
    assert time.perf_counter() - begin < 5
    assert sorted(path.name for path in tmp_path.iterdir()) == [name], "nothing is ever unpacked"


def test_an_archive_that_unpacks_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_TOTAL", 100_000)
    many = {f"{number:02}.txt": PROSE * 500 for number in range(40)}
    for name, data in (("a.zip", make.zipped(many)), ("a.tgz", make.tarred(many, "w:gz"))):
        found = told(tmp_path, name, data)
        assert found[-1] == f"{name}: unpacks to more than 0 MB; unpack it and give the folder"
        assert len(found) < 10
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    for name, data in (("a.zip", make.zipped(MEMBERS)), ("a.tar", make.tarred(MEMBERS))):
        assert told(tmp_path, name, data)[-1] == f"{name}: has more than 3 members; unpack it and give the folder"


# --- WARC


def test_warc(tmp_path: Path) -> None:
    import gzip

    pytest.importorskip("fastwarc")
    pages = [
        ("https://x.org/a", "text/html; charset=utf-8", PAGE),
        ("https://x.org/a", "text/html", PAGE),
        ("https://x.org/b", "text/plain", PROSE.encode()),
        ("https://x.org/c", "application/pdf", make.pdf([(60, 100, PROSE)])),
        ("https://x.org/d.js", "text/javascript", b"relieve()"),
        ("https://x.org/e", "text/html", b""),
    ]
    data = make.warc(*pages)
    expected = [
        "!https://x.org/a text/html",
        "!https://x.org/a~2 text/html",
        "!https://x.org/b text/plain",
        "!https://x.org/c application/pdf",
        "!https://x.org/e: is empty; give a file with text in it",
    ]
    assert told(tmp_path, "c.warc", data) == [f"c.warc{line}" for line in expected]
    assert told(tmp_path, "c.warc.gz", gzip.compress(data)) == [f"c.warc.gz{line}" for line in expected]
    first = next(documents(Input("c.warc", tmp_path / "c.warc")))
    assert isinstance(first, Document)
    assert first.source.metadata["url"] == "https://x.org/a"


def test_what_a_warc_says_of_its_pages(tmp_path: Path) -> None:
    """By its media type a fragment is HTML; its charset is heard where the bytes are no UTF-8."""
    pytest.importorskip("fastwarc")
    pages = [
        ("https://x.org/a", "text/html; charset=iso-8859-2", "<p>Chłód</p><p>Ból</p>".encode("iso-8859-2")),
        ("https://x.org/b.md?raw=1", "text/plain", b"# Cold\n\n**Ice**"),
    ]
    (tmp_path / "c.warc").write_bytes(make.warc(*pages))
    first, second = documents(Input("c.warc", tmp_path / "c.warc"))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.text.split(), first.source.encoding_reason) == (["Chłód", "Ból"], "header")
    assert (second.text.split(), second.source.media_type) == (["Cold", "Ice"], "text/markdown")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (make.warc(("https://x.org/a", "text/html", PAGE), status="404 Not Found"), []),
        (make.warc(("https://x.org/a", "text/html", PAGE))[:400], None),
        (b"WARC/1.0\r\n\r\n", None),
    ],
)
def test_bad_warc(tmp_path: Path, data: bytes, expected: list[str] | None) -> None:
    pytest.importorskip("fastwarc")
    found = told(tmp_path, "c.warc", data)
    assert found == expected if expected is not None else len(found) == 1
