"""Several processes: the same bytes as one; a document that ends or blocks its process is a failure of its own."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from faulty import FaultyExtractor, FaultyPack, tables

from cryomine.batch import Options, Summary, engines, jobs, pool, run
from cryomine.errors import CryomineError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals")
FolderOf = Callable[..., Path]
GOOD = {f"{name}.txt": f"It is the ice that relieves pain{number}." for number, name in enumerate("abcdefghij")}


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Summary]:
    """A function that runs two workers, however little there is to do, in chunks of three."""
    monkeypatch.setattr(engines, "BYTES_FOR_ONE", 1)
    monkeypatch.setattr(jobs, "CHUNK_JOBS", 3)
    monkeypatch.setattr(pool, "GRACE", 0.5)

    def go(articles: Path, **options: Any) -> Summary:
        given = {"output": tmp_path / "out", "workers": 2} | options
        return run([articles], FaultyPack(), Options(**given), FaultyExtractor())  # type: ignore[arg-type]

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


def test_little_text_is_left_to_one(monkeypatch: pytest.MonkeyPatch, folder_of: FolderOf, tmp_path: Path) -> None:
    monkeypatch.setattr(pool, "pooled", lambda *_: pytest.fail("processes for ten lines of text"))
    options = Options(tmp_path / "out", workers=8)
    assert run([folder_of(GOOD)], FaultyPack(), options, FaultyExtractor()).claims == 10  # type: ignore[arg-type]


def test_chunks_are_of_a_size_and_the_largest_come_first() -> None:
    from cryomine.ingest import Input

    sizes = [10, 300_000, 60_000, 70_000, 5, 131_072]
    found = list(jobs.chunks(jobs.Job(n, Input(f"{n}", Path("x")), size) for n, size in enumerate(sizes)))
    assert [[job.number for job in chunk] for chunk in found] == [[1], [5], [3, 2, 0, 4]]
