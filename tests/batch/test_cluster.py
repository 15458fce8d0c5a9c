"""A Dask cluster on this machine: the same bytes, and one poisonous document among many is one failure."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from faulty import FaultyExtractor, FaultyPack, tables

from cryomine.batch import Options, run
from cryomine.errors import CryomineError
from formats import make

FolderOf = Callable[..., Path]
GOOD = {f"{number:02}.txt": f"It is the ice that relieves pain{number}." for number in range(20)}


def go(articles: Path, output: Path, scheduler: str | None = "", **options: Any) -> Any:
    given = Options(output, workers=2, scheduler=scheduler, **options)
    return run([articles], FaultyPack(), given, FaultyExtractor())  # type: ignore[arg-type]


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_the_same_bytes_and_the_poison_found(
    folder_of: FolderOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    go(folder_of(GOOD), tmp_path / "one", None)
    go(folder_of(GOOD), tmp_path / "dask")
    assert tables(tmp_path / "dask") == tables(tmp_path / "one")
    bad = folder_of(
        GOOD
        | {"07b.txt": "die and the ice of the lake is cold", "11b.txt": "block of the ice and it is cold"}
        | {"13.zip": make.zipped({"a.txt": "snow", "b.txt": "die and the ice of the lake is cold", "c.txt": "rain"})},
        "poisoned",
    )
    summary = go(bad, tmp_path / "bad", time_limit=2)
    assert [(failure.source, failure.error) for failure in summary.failures] == [
        ("07b.txt", "ended the process that read it (SIGKILL)"),
        ("11b.txt", "took more than 2 seconds"),
        ("13.zip!b.txt", "ended the process that read it (SIGKILL)"),
    ]
    assert summary.documents == len(GOOD) + 2
    assert tables(tmp_path / "bad")["claims.csv"] == tables(tmp_path / "one")["claims.csv"]


def test_without_the_extra(folder_of: FolderOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CryomineError, match=r"--engine dask: needs dask.distributed; pip install 'cryomine\[scale\]'"):
        go(folder_of(GOOD), tmp_path / "out")


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_that_is_not_there(folder_of: FolderOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("cryomine.batch.cluster.CONNECT", "1s")
    with pytest.raises(CryomineError, match=r"tcp://127\.0\.0\.1:9: no Dask scheduler answers .*; check the address"):
        go(folder_of(GOOD), tmp_path / "out", "tcp://127.0.0.1:9")
