"""The grounding check: it is quiet on what a run wrote, and speaks up for every single thing that is changed."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cryomine.batch import Options, run
from cryomine.errors import CryomineError
from cryomine.table import NAMES, csv_line, read_rows
from cryomine.verify import verify

ARTICLES = {
    "a.txt": "Cold.\r\nIce relieves pain, café says.",
    "b.md": "# Ice\n\nIce **relieves swelling** & relieves *itching*.\n",
    "c.html": "<html><body><article><h1>Ice</h1><p>Ice relieves <b>pain</b> &amp; harms&nbsp;toes, "
    "and when the day is long and the water is cold enough it relieves itching too.</p></article></body></html>",
}


@pytest.fixture
def out(stub_pack: Any, stub_extractor: Any, folder_of: Callable[..., Path], tmp_path: Path) -> Path:
    """The output folder of a run on three formats; the articles stand beside it."""
    run([folder_of(ARTICLES)], stub_pack, Options(tmp_path / "out"), stub_extractor)
    return tmp_path / "out"


def rewrite(out: Path, change: Callable[[dict[str, Any]], object], source: str = "a.txt") -> None:
    """Change the rows of one source in the table, and nothing else."""
    rows = read_rows(out / "claims.csv")
    for row in rows:
        if row["source"] == source:
            change(row)
    lines = [csv_line(NAMES), *(csv_line(row[name] for name in NAMES) for row in rows)]
    (out / "claims.csv").write_bytes("".join(lines).encode())


def problems(out: Path, **options: Any) -> list[str]:
    return [str(problem) for problem in verify(out, **options).problems]


def test_what_a_run_wrote_holds(out: Path) -> None:
    verdict = verify(out)
    assert (verdict.documents, verdict.problems) == (3, ())
    assert verdict.rows == len(read_rows(out / "claims.csv")) >= 5


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"condition": "paint"}, "condition is 'paint', but start:end holds 'pain'"),
        ({"start": "21"}, "condition is 'pain', but start:end holds"),
        ({"evidence": "Ice"}, "evidence is 'Ice', but evidence_start:evidence_end holds"),
        ({"cue_end": "18"}, "cue is 'relieves', but cue_start:cue_end holds"),
        ({"source_start": "2"}, "but source_start:source_end holds"),
        ({"source_sha256": "0" * 64}, "the source has changed since (source_sha256)"),
        ({"text_sha256": "0" * 64}, "the text is not the one that the row was made from (text_sha256)"),
        ({"mention_id": "0" * 16}, "mention_id is not the digest of"),
        ({"end": "20000"}, "mention_id is not the digest of"),
    ],
)
def test_a_changed_row_is_named(out: Path, change: dict[str, str], message: str) -> None:
    rewrite(out, lambda row: row.update(change))
    found = problems(out)
    assert any(message in problem for problem in found), found
    assert all("a.txt" in problem and problem.startswith("row 1 ") for problem in found)


def test_a_changed_source_is_named(out: Path) -> None:
    article = out.parent / "articles" / "a.txt"
    article.write_bytes(article.read_bytes() + b"!")
    rows = [row for row in read_rows(out / "claims.csv") if row["source"] == "a.txt"]
    found = problems(out)
    assert len(found) == len(rows) > 0  # one line a row, whatever else no longer fits
    assert all(problem.endswith("the source has changed since (source_sha256)") for problem in found)


def test_a_changed_text_is_named(out: Path) -> None:
    row = next(row for row in read_rows(out / "claims.csv") if row["source"] == "b.md")
    (out / "texts" / f"{row['text_sha256']}.txt").write_text("something else", encoding="utf-8")
    assert any("b.md" in problem and "text_sha256" in problem for problem in problems(out))


def test_a_repeated_key_is_named(out: Path) -> None:
    table = out / "claims.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join([*lines, lines[-1]]), encoding="utf-8")
    assert ["not the only one" in problem for problem in problems(out)] == [True]


def test_sources_that_are_elsewhere(out: Path) -> None:
    moved = out.parent / "moved"
    (out.parent / "articles").rename(moved)
    assert any("--sources" in problem for problem in problems(out))
    assert problems(out, sources=moved) == []


def test_both_folders_can_move_together(out: Path, tmp_path: Path) -> None:
    """No machine's paths stand in the manifest."""
    there = tmp_path / "there"
    there.mkdir()
    for name in ("out", "articles"):
        (tmp_path / name).rename(there / name)
    assert problems(there / "out") == []


def test_json_lines(stub_pack: Any, stub_extractor: Any, out: Path) -> None:
    run([out.parent / "articles"], stub_pack, Options(out, "jsonl"), stub_extractor)
    assert problems(out) == []


def test_a_folder_that_is_no_output_folder(tmp_path: Path) -> None:
    with pytest.raises(CryomineError, match=re.escape(f"{tmp_path}: no claims table in it; give the output folder")):
        verify(tmp_path)


def test_the_fixture_is_not_empty_handed(out: Path) -> None:
    """Every format has a row with source offsets, else the checks above would check nothing."""
    with (out / "claims.csv").open(encoding="utf-8", newline="") as file:
        assert {row["source"] for row in csv.DictReader(file) if row["source_start"]} == set(ARTICLES)
