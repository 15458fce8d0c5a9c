"""Which files are read, in which order, under which names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cryomine.errors import CryomineError
from cryomine.ingest import Input, discover


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "b.txt",
        "a.MD",
        "gold.csv",
        ".hidden.txt",
        "sub/c.html",
        "sub/.git/d.txt",
        "other/b.txt",
        "empty/x.csv",
        "README.md",
        "sub/Readme.txt",
    ):
        file = tmp_path / "corpus" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("Cold.")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*paths: str | Path) -> list[str]:
    return [item.name for item in discover(paths)]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["corpus"], ["a.MD", "b.txt", "other/b.txt", "sub/c.html"]),
        (["corpus/sub"], ["c.html"]),
        (["corpus/b.txt"], ["b.txt"]),
        (["corpus/gold.csv"], ["gold.csv"]),
        (["corpus/.hidden.txt"], [".hidden.txt"]),
        (["corpus/*.txt"], ["b.txt"]),
        (["corpus/*"], ["a.MD", "b.txt", "other/b.txt", "sub/c.html"]),
        (["corpus/*.csv"], ["gold.csv"]),
        (["corpus/README.md"], ["README.md"]),
        (["corpus/README.*"], ["README.md"]),
        (["corpus/**/*.txt"], ["b.txt", "other/b.txt"]),
        (["corpus/**"], ["a.MD", "b.txt", "other/b.txt", "sub/c.html"]),
        (["corpus/b.txt", "corpus", "corpus/../corpus/b.txt"], ["a.MD", "b.txt", "other/b.txt", "sub/c.html"]),
        (["corpus/b.txt", "corpus/other"], ["corpus/b.txt", "other/b.txt"]),
        (["corpus/other/b.txt", "corpus/b.txt"], ["corpus/b.txt", "other/b.txt"]),
        (["-", "corpus/b.txt"], ["b.txt", "stdin"]),
        ([], []),
    ],
)
@pytest.mark.usefixtures("tree")
def test_names(paths: list[str], expected: list[str]) -> None:
    assert names(*paths) == expected


def test_standard_input_has_no_path() -> None:
    assert discover(["-", "-"]) == [Input("stdin", None)]


def test_order_does_not_depend_on_the_file_system(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = names(tree / "corpus")
    walk = os.walk

    def backwards(*args: object, **options: object) -> object:
        for place, folders, files in walk(*args, **options):  # type: ignore[call-overload]
            folders.reverse()
            yield place, folders, files[::-1]

    monkeypatch.setattr(os, "walk", backwards)
    assert names(tree / "corpus") == before


def test_links_are_followed_but_not_in_circles(tree: Path) -> None:
    (tree / "corpus/sub/up").symlink_to(tree / "corpus", target_is_directory=True)
    (tree / "elsewhere").mkdir()
    (tree / "elsewhere/e.txt").write_text("Cold.")
    (tree / "corpus/linked").symlink_to(tree / "elsewhere", target_is_directory=True)
    assert names(tree / "corpus") == ["a.MD", "b.txt", "linked/e.txt", "other/b.txt", "sub/c.html"]


def test_names_are_text_whatever_the_bytes(tree: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tree) + b"/corpus/caf\xe9.txt")).write_text("Cold.")
    except OSError:
        pytest.skip("this file system holds UTF-8 names only")
    assert "caf\\xe9.txt" in names(tree / "corpus")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere", "nowhere: no such file or folder; check the spelling"),
        ("corpus/empty", "corpus/empty: no articles in this folder; give one with .docx .htm .html"),
        ("corpus/*.pdf", "corpus/*.pdf: matches no article; check the pattern"),
    ],
)
@pytest.mark.usefixtures("tree")
def test_what_cannot_be_found(path: str, message: str) -> None:
    with pytest.raises(CryomineError) as error:
        discover([path])
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)
    errors: list[CryomineError] = []
    assert [item.name for item in discover([path, "corpus/b.txt"], errors)] == ["b.txt"]
    assert len(errors) == 1
