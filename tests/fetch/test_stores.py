"""Files outside of the web and of this machine, by fsspec: copied once, read like pages, repeated offline."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from cryomine.batch import Options, run
from cryomine.fetch import fetch_pages, is_stored, stores
from cryomine.table import read_rows
from cryomine.verify import verify

fsspec = pytest.importorskip("fsspec")
ARTICLE = b"<p>Ice relieves pain.</p>"


@pytest.fixture
def store() -> Iterator[Callable[[Mapping[str, bytes]], None]]:
    """A function that fills the store in this process's memory."""
    memory = fsspec.filesystem("memory")

    def fill(files: Mapping[str, bytes]) -> None:
        for path, data in files.items():
            memory.pipe(path, data)

    yield fill
    memory.store.clear()
    memory.pseudo_dirs[:] = [""]


@pytest.fixture
def go(stub_pack: Any, stub_extractor: Any, tmp_path: Path) -> Callable[..., Path]:
    def start(*given: str | Path, **options: Any) -> Path:
        run(given, stub_pack, Options(tmp_path / "out", **options), stub_extractor)
        return tmp_path / "out"

    return start


def column(folder: Path, table: str, *names: str) -> list[tuple[str, ...]]:
    return [tuple(row[name] for name in names) for row in read_rows(folder / table)]


def test_a_file_and_a_pattern(store: Any, go: Callable[..., Path], folder_of: Callable[..., Path]) -> None:
    store(
        {"/b/a.html": ARTICLE, "/b/c.md": b"Ice relieves gout.", "/b/deep/d.txt": b"Ice harms toes.", "/b/e.png": b"x"}
    )
    out = go("memory://b/**", "memory:///b/c.md", folder_of({"z.txt": "Ice relieves cramps."}))
    assert column(out, "claims.csv", "source", "condition") == [
        ("memory:///b/a.html", "pain"),
        ("memory:///b/c.md", "gout"),
        ("memory:///b/deep/d.txt", "toes"),
        ("z.txt", "cramps"),
    ]
    assert column(out, "failures.csv", "source") == []
    assert column(out, "documents.csv", "reader", "url")[0] == ("HTML", "")
    assert not verify(out).problems


def test_what_was_copied_is_not_asked_for_again(store: Any, go: Callable[..., Path]) -> None:
    store({"/b/a.html": ARTICLE})
    out = go("memory://b/*.html")
    before = (out / "claims.csv").read_bytes()
    store({"/b/a.html": b"<p>Ice relieves gout.</p>"})
    go("memory://b/*.html")
    go("memory://b/*.html", offline=True, fresh=True)
    assert column(out, "failures.csv", "source") == []
    assert (out / "claims.csv").read_bytes() == before
    go("memory://b/*.html", refetch=True)
    assert column(out, "claims.csv", "condition") == [("gout",)]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ("memory://b/gone.html", "is not there; check the address"),
        ("memory://b", "is a folder; give a pattern that names its files, as in /*.html"),
        ("memory://b/*.pdf", "matches no article; check the pattern"),
        ("memory://b/huge.txt", "is larger than 0 MB; save the article alone"),
        ("nowhere://b/a.html", "is of no kind that fsspec knows (Protocol not known: nowhere); check the spelling"),
        ("nowhere://b/*.html", "is of no kind that fsspec knows (Protocol not known: nowhere); check the spelling"),
    ],
)
def test_each_bad_address_is_one_failure(
    store: Any, go: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, given: str, error: str
) -> None:
    monkeypatch.setattr(stores, "MAX_BYTES", 1000)
    store({"/b/a.html": ARTICLE, "/b/huge.txt": b"x" * 2000})
    out = go(given, "memory://b/a.html")
    ((source, what, hint),) = column(out, "failures.csv", "source", "error", "hint")
    assert (source, f"{what}; {hint}") == (given, error)
    assert column(out, "claims.csv", "condition") == [("pain",)]


def test_a_password_stands_in_no_table(go: Callable[..., Path]) -> None:
    out = go("ftp://reader:secret@example.org/a.html")
    assert column(out, "failures.csv", "source") == [("ftp://example.org/a.html",)]
    assert "secret" not in "".join(path.read_text() for path in out.rglob("*.csv"))


@pytest.mark.parametrize(
    ("module", "address", "error"),
    [
        ("fsspec.core", "memory://b/a.html", "needs fsspec to be read; pip install 'cryomine[scale]'"),
        ("s3fs", "s3://b/a.html", "needs one more package (Install s3fs to access S3); install it, or copy the file"),
    ],
)
def test_without_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, address: str, error: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    (found,) = fetch_pages([address], tmp_path / "sources").errors
    assert str(found) == f"{address}: {error}"


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("s3://bucket/a.html", True),
        ("memory://a", True),
        ("https://example.org/a", False),
        ("HTTP://example.org/a", False),
        ("C:/articles", False),
        ("articles/a.html", False),
        (Path("s3://bucket/a.html"), False),
    ],
)
def test_what_counts_as_stored(given: str | Path, stored: bool) -> None:
    assert is_stored(given) is stored
