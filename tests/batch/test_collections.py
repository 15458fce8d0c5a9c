"""Files that hold many articles: streamed in parts, each record a document, a bad record no harm to the others."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from faulty import FaultyExtractor, FaultyPack, tables

from cryomine.batch import Options, Summary, engines, records, run
from cryomine.ingest import Columns
from cryomine.table import read_rows

FolderOf = Callable[..., Path]


def lines(*texts: str) -> str:
    return "".join(json.dumps({"key": f"k{n}", "body": text}) + "\n" for n, text in enumerate(texts))


TEXTS = [f"It is the ice that relieves pain{number}." for number in range(25)]


@pytest.fixture
def go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Summary]:
    monkeypatch.setattr(engines, "BYTES_FOR_ONE", 1)

    def start(*paths: Path, extractor: FaultyExtractor | None = None, **options: Any) -> Summary:
        given = Options(**{"output": tmp_path / "out"} | options)
        return run(paths, FaultyPack(), given, extractor or FaultyExtractor())  # type: ignore[arg-type]

    return start


def test_every_record_is_a_document(go: Any, folder_of: FolderOf, tmp_path: Path) -> None:
    table = folder_of({"t.jsonl": lines(*TEXTS)}) / "t.jsonl"
    summary = go(table)
    assert (summary.documents, summary.claims) == (25, 25)
    assert summary.notes == {"t.jsonl": "text from column 'body'"}
    rows = read_rows(tmp_path / "out" / "claims.csv")
    assert [row["source"] for row in rows] == sorted(row["source"] for row in rows)
    assert {"t.jsonl#1", "t.jsonl#25"} <= {row["source"] for row in rows}
    assert len(list((tmp_path / "out" / "texts").iterdir())) == 25, "no file holds a record's text alone"


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("size", [1, 4])
def test_in_parts_of_any_size(
    go: Any, folder_of: FolderOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, workers: int
) -> None:
    articles = folder_of({"t.jsonl": lines(*TEXTS), "u.jsonl": lines("It is the ice that relieves toes."), "a.txt": ""})
    paths = sorted(articles.iterdir())
    go(*paths, output=tmp_path / "whole")
    monkeypatch.setattr(records, "PART_RECORDS", size)
    go(*paths, workers=workers)
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")


def test_a_bad_record_is_a_row_of_its_own(go: Any, folder_of: FolderOf, tmp_path: Path) -> None:
    table = folder_of({"t.jsonl": lines(TEXTS[0], "", TEXTS[1], "boom and the ice of the lake is cold")}) / "t.jsonl"
    summary = go(table)
    assert summary.claims == 2
    assert [failure.source for failure in summary.failures] == ["t.jsonl#2", "t.jsonl#4"]


def test_an_unchanged_table_is_not_read_again(go: Any, folder_of: FolderOf) -> None:
    table = folder_of({"t.jsonl": lines(*TEXTS, "")}) / "t.jsonl"
    go(table)
    extractor = FaultyExtractor()
    again = go(table, extractor=extractor)
    assert (again.claims, again.kept, len(again.failures), extractor.read) == (25, 1, 1, [])
    assert go(table, extractor=extractor, columns=Columns(text="body", id="key")).claims == 25
    assert extractor.read[0] == "t.jsonl#k0"


def test_a_record_less_is_a_document_less(go: Any, folder_of: FolderOf, tmp_path: Path) -> None:
    articles = folder_of({"t.jsonl": lines(*TEXTS)})
    go(articles / "t.jsonl")
    folder_of({"t.jsonl": lines(*TEXTS[:3])})
    assert go(articles / "t.jsonl").documents == 3
    assert len(read_rows(tmp_path / "out" / "documents.csv")) == 3


def test_copies_are_read_once_and_reported(go: Any, folder_of: FolderOf, tmp_path: Path) -> None:
    articles = folder_of({"b.txt": TEXTS[0], "a.txt": TEXTS[0], "c.md": TEXTS[0]})
    summary = go(articles)
    assert (summary.claims, summary.duplicates) == (1, 2)
    out = tmp_path / "out"
    assert [row["source"] for row in read_rows(out / "claims.csv")] == ["a.txt"]
    assert [(row["claims"], row["duplicate_of"]) for row in read_rows(out / "documents.csv")] == [
        ("1", ""),
        ("0", "a.txt"),
        ("0", "a.txt"),
    ]
    assert [row["source"] for row in read_rows(out / "duplicates.csv")] == ["b.txt", "c.md"]


def test_what_is_not_english_is_skipped_and_said(go: Any, folder_of: FolderOf, tmp_path: Path) -> None:
    german = "Die Kälte lindert Schmerzen in den Gelenken, und nach der Behandlung fühlen sich viele Menschen besser. "
    summary = go(folder_of({"de.txt": german * 3, "en.txt": TEXTS[0]}))
    assert (summary.documents, summary.claims, summary.failures) == (2, 1, [])
    row = read_rows(tmp_path / "out" / "documents.csv")[0]
    assert (row["source"], row["language"], row["claims"]) == ("de.txt", "de", "0")
    assert row["skipped"]
