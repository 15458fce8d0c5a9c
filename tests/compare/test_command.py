"""``cryomine compare``, ``export`` and ``import``, as a user calls them; reading several tables as one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from cryomine.cli import group
from cryomine.comparison.columns import (
    AGREEMENTS,
    MATRIX_KEY,
    MENTION,
    PAIR,
    PAIR_END,
    SOURCES_AFTER,
    SOURCES_BEFORE,
)
from cryomine.results import read_results
from cryomine.table import csv_line

TableOf = Callable[..., pd.DataFrame]


def cryomine(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(argument) for argument in arguments])


def saved(claims: pd.DataFrame, folder: Path) -> Path:
    folder.mkdir()
    lines = [csv_line(claims.columns)]
    lines += [csv_line(None if value is pd.NA else value for value in row) for row in claims.itertuples(index=False)]
    (folder / "claims.csv").write_text("".join(lines), encoding="utf-8", newline="")
    return folder


def test_compare(table: TableOf, tmp_path: Path) -> None:
    first = saved(table("a.txt: treats gout", "b.txt: treats gout", "b.txt: treats pain"), tmp_path / "one")
    second = saved(table("c.txt: not treats gout", "c.txt: side-effect pain"), tmp_path / "two")
    result = cryomine("compare", first, second / "claims.csv", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "3 sources\n1 agreement\n" in result.output
    assert "1 apparent" in result.output
    assert len(pd.read_csv(tmp_path / "out" / "contradictions.csv")) == 3


def test_a_name_that_two_tables_share(table: TableOf, tmp_path: Path) -> None:
    claims = table("a.txt: treats gout", "b.txt: treats pain")
    first = saved(claims, tmp_path / "one")
    second = saved(claims.assign(source_sha256=["0" * 64, claims["source_sha256"][1]]), tmp_path / "two")
    assert read_results([first, second]).claims["source"].tolist() == ["a.txt", "b.txt", "two/a.txt"]


@pytest.mark.parametrize("command", [("compare",), ("export", "--to", "jsonl")])
def test_bad_tables(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    (tmp_path / "claims.db").write_bytes(b"SQLite format 3\0\xff\xfe")
    for path, message in (
        (tmp_path / "gone.csv", "cannot be read"),
        (tmp_path / "claims.db", "no text but a binary file; give a table as CSV or JSON Lines"),
        (tmp_path / "empty", "no claims table in it"),
        (tmp_path / "other.csv", "no claims table, the column"),
    ):
        result = cryomine(*command, path, "-o", tmp_path / "out")
        assert result.exit_code == 2
        (line,) = result.stderr.splitlines()
        assert line.startswith(f"cryomine: {path}")
        assert message in line


def test_a_pack_that_is_not_here(table: TableOf, tmp_path: Path) -> None:
    folder = saved(table("a.txt: treats gout").assign(pack="hers@1"), tmp_path / "one")
    result = cryomine("compare", folder, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "hers: no such pack" in result.stderr
    assert cryomine("compare", folder, "-o", tmp_path / "out", "--pack", "cryotherapy").exit_code == 0


def run_with_own_pack(tmp_path: Path, *more: str) -> Path:
    """An output folder of a run with the pack in ``tmp_path/mine``, which is not called as its folder is."""
    from cryomine.authoring.scaffold import scaffold

    scaffold("moor-light", tmp_path / "mine")
    (tmp_path / "articles").mkdir()
    texts = {"a.txt": "Moor light therapy relieves eczema.", "b.txt": "Moor light therapy does not help with eczema."}
    for name, text in texts.items():
        (tmp_path / "articles" / name).write_text(f"{text}\n\nIce packs relieve swelling.\n", encoding="utf-8")
    packs = [word for one in (str(tmp_path / "mine"), *more) for word in ("--pack", one)]
    result = cryomine("extract", tmp_path / "articles", "-o", tmp_path / "out", *packs)
    assert result.exit_code == 0, result.output
    return tmp_path / "out"


@pytest.mark.parametrize("more", [(), ("cryotherapy",)])
def test_claims_of_a_pack_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]) -> None:
    """The run manifest says where the pack is; where it has moved, ``--pack`` does, also beside a shipped one."""
    out = run_with_own_pack(tmp_path, *more)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    result = cryomine("compare", out, "-o", "one")
    assert result.exit_code == 0, result.output
    assert "denied" in result.output
    assert "denied" in Path("one/contradictions.csv").read_text(encoding="utf-8")
    assert cryomine("report", out, "-o", "page.html").exit_code == 0
    assert "could not be compared" not in Path("page.html").read_text(encoding="utf-8")
    (tmp_path / "mine").rename(tmp_path / "moved")
    result = cryomine("compare", out, "-o", "two")
    assert result.exit_code == 2
    assert "moor-light: no such pack here, and the claims were made with it; give its folder" in result.stderr
    result = cryomine("report", out, "-o", "page.html")
    assert result.exit_code == 0  # all but the comparison is there
    assert "The sources could not be compared: moor-light: no such pack here" in result.stderr
    assert cryomine("compare", out, "-o", "two", "--pack", tmp_path / "moved").exit_code == 0
    for name in ("matrix.csv", "agreements.csv", "contradictions.csv", "sources.csv"):
        assert Path("two", name).read_bytes() == Path("one", name).read_bytes(), name


def test_rows_of_two_packs_that_share_their_words(table: TableOf, tmp_path: Path) -> None:
    claims = table("a.txt: treats gout")
    first = saved(claims, tmp_path / "one")
    second = saved(claims.assign(pack="hyperbaric-oxygen@1"), tmp_path / "two")
    assert len(read_results([first, second]).claims) == 2
    assert len(read_results([first, first]).claims) == 1


def test_export_and_import(table: TableOf, tmp_path: Path) -> None:
    folder = saved(table("a.txt: treats gout"), tmp_path / "one")
    result = cryomine("export", folder, "--to", "jsonl", "-o", tmp_path / "x.jsonl")
    assert (result.exit_code, result.output) == (0, f"{tmp_path / 'x.jsonl'}: 1 claim\n")
    (tmp_path / "brat").mkdir()
    (tmp_path / "brat" / "a.txt").write_text("Ice relieves gout.")
    (tmp_path / "brat" / "a.ann").write_text("T1\ttreats 13 17\tgout\n")
    result = cryomine("import", "brat", tmp_path / "brat", "-o", tmp_path / "gold.csv")
    assert (result.exit_code, result.output) == (0, f"{tmp_path / 'gold.csv'}: 1 claim of 1 document\n")
    assert (tmp_path / "gold.csv").read_text().splitlines()[1] == "a.txt,treats,affirmed,asserted,,gout,13,17,"


def test_docs_describe_every_column() -> None:
    text = (Path(__file__).parents[2] / "docs" / "comparing.md").read_text(encoding="utf-8")
    for column in (*MATRIX_KEY, *AGREEMENTS, *PAIR, *MENTION, *PAIR_END, *SOURCES_BEFORE, *SOURCES_AFTER):
        assert f"| {column.name} | {column.description.replace('|', chr(92) + '|')} |" in text, column.name
