"""What a later run reads: only what is new or changed; and the table is the same as that of a run in one go."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from faulty import FaultyExtractor, FaultyPack, tables

from cryomine import ingest
from cryomine.batch import Options, Summary, jobs, run
from cryomine.table import read_rows

FolderOf = Callable[..., Path]
ARTICLES = {
    "a.txt": "It is the ice that relieves pain.",
    "b.txt": "It is the ice that relieves toes.",
    "c.md": "# Ice\n\nIt is the ice that relieves **gout**.",
}


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., list[str]]:
    """A function that runs on a folder and tells which documents were extracted."""

    def go(articles: Path, pack: Any = None, **options: Any) -> list[str]:
        extractor = FaultyExtractor()
        run([articles], pack or FaultyPack(), Options(**{"output": tmp_path / "out"} | options), extractor)
        fresh = tmp_path / "in-one-go"
        run([articles], pack or FaultyPack(), Options(**options | {"output": fresh, "fresh": True}), FaultyExtractor())
        assert tables(tmp_path / "out") == tables(fresh)
        return extractor.read

    return go


def test_nothing_new(read: Any, folder_of: FolderOf) -> None:
    assert read(folder_of(ARTICLES)) == ["a.txt", "b.txt", "c.md"]
    assert read(folder_of(ARTICLES)) == []


def test_one_new_one_changed_one_gone(read: Any, folder_of: FolderOf, tmp_path: Path) -> None:
    articles = folder_of(ARTICLES)
    read(articles)
    folder_of({"b.txt": "It is the ice that relieves heat.", "d.txt": "It is the ice that relieves gout."})
    (articles / "a.txt").unlink()
    assert read(articles) == ["b.txt", "d.txt"]
    assert [row["source"] for row in read_rows(tmp_path / "out" / "claims.csv")] == ["b.txt", "c.md", "d.txt"]


def test_a_name_is_part_of_the_record(read: Any, folder_of: FolderOf) -> None:
    articles = folder_of(ARTICLES)
    read(articles)
    (articles / "a.txt").rename(articles / "a.md")
    assert read(articles) == ["a.md"]


def test_a_settled_file_is_not_even_opened(
    read: Any, folder_of: FolderOf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(jobs, "UNSETTLED_SECONDS", 0)
    articles = folder_of(ARTICLES)
    read(articles)
    monkeypatch.setattr(ingest, "read", lambda item: pytest.fail(f"{item.name} is read"))
    monkeypatch.setattr(jobs.Job, "digest", lambda job: pytest.fail(f"{job.item.name} is opened"))
    assert run([articles], FaultyPack(), Options(tmp_path / "out")).kept == 3  # type: ignore[arg-type]


def test_a_file_changed_just_now_is_compared_by_content(read: Any, folder_of: FolderOf) -> None:
    articles = folder_of(ARTICLES)
    read(articles)
    stat = (articles / "a.txt").stat()
    (articles / "a.txt").write_text("It is the ice that relieves gout.", encoding="utf-8")  # the same size
    os.utime(articles / "a.txt", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    os.utime(articles / "b.txt")  # only touched
    assert read(articles) == ["a.txt"]


@pytest.mark.parametrize(
    "change", [{"fresh": True}, {"format": "jsonl"}, {"pack": replace(FaultyPack(), digest="1" * 64)}], ids=str
)
def test_what_makes_everything_new(read: Any, folder_of: FolderOf, change: dict[str, Any]) -> None:
    read(folder_of(ARTICLES))
    assert len(read(folder_of(ARTICLES), **change)) == 3


def test_another_version_makes_everything_new(read: Any, folder_of: FolderOf, monkeypatch: pytest.MonkeyPatch) -> None:
    read(folder_of(ARTICLES))
    monkeypatch.setattr("cryomine.batch.fingerprint.__version__", "9.9.9")
    assert len(read(folder_of(ARTICLES))) == 3


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(4000)], ids=len)
def test_a_broken_store_costs_time_and_nothing_else(
    read: Any, folder_of: FolderOf, tmp_path: Path, content: bytes
) -> None:
    read(folder_of(ARTICLES))
    (tmp_path / "out" / ".cache" / "done.sqlite").write_bytes(content)
    assert len(read(folder_of(ARTICLES))) == 3


def test_a_text_that_someone_deleted_comes_back(read: Any, folder_of: FolderOf, tmp_path: Path) -> None:
    read(folder_of(ARTICLES))
    (text,) = (tmp_path / "out" / "texts").iterdir()
    text.unlink()
    assert read(folder_of(ARTICLES)) == ["c.md"]


def test_a_failure_is_tried_again(read: Any, folder_of: FolderOf, tmp_path: Path) -> None:
    articles = folder_of(ARTICLES | {"d.txt": "boom"})
    read(articles)
    assert read(articles) == ["d.txt"]
    folder_of({"d.txt": "It is the ice that relieves pain."})
    assert read(articles) == ["d.txt"]
    assert read_rows(tmp_path / "out" / "failures.csv") == []


def test_a_file_that_changes_once_while_it_is_read(folder_of: FolderOf, tmp_path: Path) -> None:
    summary = growing(folder_of({"a.txt": "It is the ice that relieves pain. grow "}), tmp_path, times=1)
    assert summary.claims == 2
    assert not summary.failures


def test_a_file_that_goes_on_changing(folder_of: FolderOf, tmp_path: Path) -> None:
    summary = growing(
        folder_of({"a.txt": "It is the ice that relieves pain. grow ", "b.txt": "It is the ice that relieves pain."}),
        tmp_path,
        99,
    )
    (failure,) = summary.failures
    assert str(failure) == "a.txt: changes while it is read; run again when it is complete"
    assert summary.claims == 1


def growing(articles: Path, tmp_path: Path, times: int) -> Summary:
    extractor = FaultyExtractor(articles / "a.txt", times)
    return run([articles], FaultyPack(), Options(tmp_path / "out"), extractor)  # type: ignore[arg-type]


def test_a_clock_that_goes_backwards(read: Any, folder_of: FolderOf, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 4e9
    times = iter(range(100_000))
    monkeypatch.setattr("time.time", lambda: now - 1000 * next(times))
    monkeypatch.setattr("time.time_ns", lambda: int(1e9 * (now - 1000 * next(times))))
    articles = folder_of(ARTICLES)
    read(articles)
    folder_of({"b.txt": "It is the ice that relieves heat."})
    assert read(articles) == ["b.txt"]
