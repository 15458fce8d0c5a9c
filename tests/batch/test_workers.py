"""Several processes: the same bytes as one; a document that ends or blocks its process is a failure of its own."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from faulty import FaultyExtractor, FaultyPack, tables

from cryomine.batch import Options, Summary, engines, jobs, pool, run
from cryomine.errors import CryomineError
from cryomine.ingest import Columns
from cryomine.table import read_rows
from formats import make

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals")
FolderOf = Callable[..., Path]
GOOD = {f"{name}.txt": f"It is the ice that relieves pain{number}." for number, name in enumerate("abcdefghij")}


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Summary]:
    """A function that runs two workers, however little there is to do, in chunks of three."""
    monkeypatch.setattr(engines, "BYTES_FOR_ONE", 1)
    monkeypatch.setattr(jobs, "CHUNK_JOBS", 3)
    monkeypatch.setattr(pool, "GRACE", 0.5)

    def go(*articles: Path, **options: Any) -> Summary:
        given = {"output": tmp_path / "out", "workers": 2} | options
        return run(articles, FaultyPack(), Options(**given), FaultyExtractor())  # type: ignore[arg-type]

    return go


def test_the_same_bytes_as_one(work: Any, folder_of: FolderOf, tmp_path: Path) -> None:
    articles = folder_of(
        GOOD | {"k.md": "# Ice\n\nIt is the ice that relieves **gout**.", "l.txt": "", "m.txt": "boom"}
    )
    work(articles)
    work(articles, output=tmp_path / "one", workers=1)
    assert tables(tmp_path / "out") == tables(tmp_path / "one")


BAD = {
    "dies": ("die", r"ended the process that read it \(SIGKILL\)"),
    "spins": ("spin", r"took more than 1 seconds"),
    "blocks": ("block", r"took more than 1 seconds"),
    "eats memory": ("eat", "needs more memory than there is"),
    "raises": ("boom", "internal error"),
}


def test_poisonous_documents(work: Any, folder_of: FolderOf, tmp_path: Path) -> None:
    bad = {f"{name}.txt": f"It is the ice that relieves pain. {word} " for name, (word, _) in BAD.items()}
    summary = work(folder_of(GOOD | bad), time_limit=1)
    errors = {failure.source: failure.error for failure in summary.failures}
    assert sorted(errors) == sorted(bad)
    for name, (_, message) in BAD.items():
        assert re.search(message, errors[f"{name}.txt"]), errors
    work(folder_of(GOOD, name="only-the-good"), output=tmp_path / "good")
    assert tables(tmp_path / "out")["claims.csv"] == tables(tmp_path / "good")["claims.csv"]


def packed(kind: str, texts: dict[str, str]) -> dict[str, bytes | str]:
    """The texts as the members of an archive, or as the records of a table, named as in ``named``."""
    if kind == "a.zip":
        return {kind: make.zipped({f"{name}.txt": text for name, text in texts.items()})}
    return {kind: "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items())}


def named(kind: str, record: str) -> str:
    return f"a.zip!{record}.txt" if kind == "a.zip" else f"{kind}#{record}"


@pytest.mark.parametrize(("kind", "size"), [("a.zip", 1), ("t.jsonl", 3)])  # records that are sent at a time
def test_poisonous_records_of_archives_and_tables(
    work: Any, folder_of: FolderOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, size: int
) -> None:
    """Each is a failure of its own; the documents before, between and behind them are read."""
    monkeypatch.setenv("FAULTY_PART_RECORDS", str(size))
    good = {name.removesuffix(".txt"): text for name, text in GOOD.items()}
    bad = {
        f"{'bdfhj'[n]}-{word}": f"It is the ice that relieves pain. {word} " for n, (word, _) in enumerate(BAD.values())
    }
    columns = Columns(id="id") if kind == "t.jsonl" else Columns()
    articles = folder_of(
        packed(kind, dict(sorted((good | bad).items()))) | {"z.txt": "It is the ice that relieves toes."}
    )
    paths = [articles / kind, articles / "z.txt"]
    summary = work(*paths, time_limit=0.5, columns=columns)
    errors = {failure.source: failure.error for failure in summary.failures}
    assert sorted(errors) == sorted(named(kind, record) for record in bad)
    for name, (word, message) in BAD.items():
        (error,) = (error for source, error in errors.items() if f"-{word}" in source)
        assert re.search(message.replace("1 sec", "0.5 sec"), error), (name, error)
    articles = folder_of(packed(kind, good) | {"z.txt": "It is the ice that relieves toes."}, name="only-the-good")
    work(articles / kind, articles / "z.txt", output=tmp_path / "good", columns=columns)
    for table in ("documents.csv", "duplicates.csv", "unlinked.csv"):
        assert tables(tmp_path / "out")[table] == tables(tmp_path / "good")[table]
    found, expected = (read_rows(tmp_path / folder / "claims.csv") for folder in ("out", "good"))
    assert found == expected


@pytest.mark.parametrize("kind", ["a.zip", "t.jsonl"])
def test_a_record_that_spins_in_one_process(work: Any, folder_of: FolderOf, kind: str) -> None:
    good = "It is the ice that relieves pain."
    articles = folder_of(packed(kind, {"a": good, "b": "spin and the ice is cold", "c": f"{good} Or toes."}))
    summary = work(articles / kind, workers=1, time_limit=0.3, columns=Columns(id="id" if kind == "t.jsonl" else ""))
    assert [failure.source for failure in summary.failures] == [named(kind, "b")]
    assert (summary.documents, summary.claims) == (2, 2)


def test_a_record_whose_reader_does_not_come_back(
    work: Any, folder_of: FolderOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found is not read: a reader that hangs holds up its own record only."""
    from cryomine.ingest import plain

    read = plain.blocks_of
    monkeypatch.setattr(
        plain, "blocks_of", lambda text: read(text) if "spin" not in text else FaultyExtractor()._spin()
    )
    good = "It is the ice that relieves pain."
    articles = folder_of(packed("a.zip", {"a": good, "b": "spin and the ice is cold", "c": f"{good} Or toes."}))
    summary = work(articles / "a.zip", workers=1, time_limit=0.3)
    assert [failure.source for failure in summary.failures] == ["a.zip!b.txt"]
    assert summary.documents == 2


def test_a_table_that_ends_its_process_while_the_next_record_is_looked_for(
    work: Any, folder_of: FolderOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It cannot be read on, but what was read of it stays."""
    monkeypatch.setenv("FAULTY_PART_RECORDS", "1")
    monkeypatch.setenv("FAULTY_SEEKING", "3")
    articles = folder_of(packed("t.jsonl", GOOD) | {"z.txt": "snow"})
    summary = work(articles / "t.jsonl", articles / "z.txt")
    assert [(failure.source, failure.error) for failure in summary.failures] == [
        ("t.jsonl", "ended the process that read it (SIGKILL)")
    ]
    assert summary.documents == 3 + 1


def test_a_document_that_spins_in_one_process(work: Any, folder_of: FolderOf) -> None:
    summary = work(
        folder_of({"a.txt": "It is the ice that relieves pain.", "b.txt": "spin"}), workers=1, time_limit=0.3
    )
    assert [str(failure) for failure in summary.failures] == [
        "b.txt: took more than 0.3 seconds; split it, or give more with --time-limit"
    ]
    assert summary.claims == 1


class Unwilling(FaultyExtractor):
    def __reduce__(self) -> tuple[Any, ...]:
        return (_refuse, ())


def _refuse() -> None:
    raise RuntimeError("does not load")


def test_workers_that_do_not_start(folder_of: FolderOf, work: Any, tmp_path: Path, capfd: Any) -> None:
    options = Options(tmp_path / "out", workers=2)
    with pytest.raises(CryomineError, match=r"workers: one did not start \(exit code 1\); run with --workers 1"):
        run([folder_of(GOOD)], FaultyPack(), options, Unwilling())  # type: ignore[arg-type]
    assert "does not load" in capfd.readouterr().err


class KilledOnce(FaultyExtractor):
    """Its first worker is killed while it gets ready."""

    def __init__(self, seen: Path) -> None:
        super().__init__()
        self.seen = seen

    def __reduce__(self) -> tuple[Any, ...]:
        return (_killed_once, (self.seen,))


def _killed_once(seen: Path) -> FaultyExtractor:
    try:
        seen.touch(exist_ok=False)
    except FileExistsError:
        return FaultyExtractor()
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def test_a_worker_killed_before_it_is_ready_costs_nothing(work: Any, folder_of: FolderOf, tmp_path: Path) -> None:
    articles = folder_of(GOOD)
    options = Options(tmp_path / "out", workers=2)
    run([articles], FaultyPack(), options, KilledOnce(tmp_path / "seen"))  # type: ignore[arg-type]
    assert (tmp_path / "seen").exists()
    work(articles, output=tmp_path / "one", workers=1)
    assert tables(tmp_path / "out") == tables(tmp_path / "one")


def test_little_text_is_left_to_one(monkeypatch: pytest.MonkeyPatch, folder_of: FolderOf, tmp_path: Path) -> None:
    monkeypatch.setattr(pool, "pooled", lambda *_: pytest.fail("processes for ten lines of text"))
    options = Options(tmp_path / "out", workers=8)
    assert run([folder_of(GOOD)], FaultyPack(), options, FaultyExtractor()).claims == 10  # type: ignore[arg-type]


def test_chunks_are_of_a_size_and_the_largest_come_first() -> None:
    from cryomine.ingest import Input

    sizes = [10, 300_000, 60_000, 70_000, 5, 131_072]
    found = list(jobs.chunks(jobs.Job(n, Input(f"{n}", Path("x")), size) for n, size in enumerate(sizes)))
    assert [[job.number for job in chunk] for chunk in found] == [[1], [5], [3, 2, 0, 4]]
