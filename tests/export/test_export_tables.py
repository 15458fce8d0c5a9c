"""Excel, Parquet, SQLite, JSON Lines, CSV for people: read back by other people's tools."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import cryomine
from cryomine.cli.export import FORMATS as OFFERED
from cryomine.errors import CryomineError
from cryomine.export import FORMATS, export
from cryomine.export.cells import neutral
from cryomine.results import Results

Exported = Callable[..., Path]


def test_the_command_offers_every_format() -> None:
    assert tuple(FORMATS) == OFFERED


@pytest.mark.parametrize(
    ("value", "expected"),
    [("=1+1", "'=1+1"), ("+1", "'+1"), ("-x", "'-x"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"), ("\r=1", "'\r=1"),
     ("＝1", "'＝1"), ("a=1", "a=1"), ("", ""), (-1, -1), (None, None)],
)  # fmt: skip
def test_a_cell_is_not_a_program(value: object, expected: object) -> None:
    assert neutral(value) == expected


def test_excel(exported: Exported, results: Results) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra `excel` is not installed")
    book = openpyxl.load_workbook(exported("excel", "claims.xlsx"))
    assert book.sheetnames == ["claims", "documents"]
    sheet = book["claims"]
    names = [cell.value for cell in sheet[1]]
    assert names == list(results.claims.columns)
    (row,) = (row for row in sheet.iter_rows(min_row=2) if "odd signs" in str(row[names.index("condition")].value))
    assert row[names.index("condition")].value == "'=cmd()|' odd signs"
    assert "f" not in {cell.data_type for line in sheet.iter_rows() for cell in line}, "no formula anywhere"
    assert isinstance(row[names.index("start")].value, int)
    assert row[names.index("link_score")].value is None
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)


def test_excel_without_safe_cells_has_no_formula_either(exported: Exported) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra `excel` is not installed")
    sheet = openpyxl.load_workbook(exported("excel", "claims.xlsx", safe=False))["claims"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert "=cmd()|' odd signs" in {cell.value for cell in cells}


def test_excel_holds_what_xml_cannot(results: Results, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra `excel` is not installed")
    results.claims["evidence"] = "a\x0bb\x00" + "x" * 40_000
    path, _ = export(results, "excel", tmp_path / "claims.xlsx")
    values = [cell.value for cell in openpyxl.load_workbook(path)["claims"][2]]
    assert any(str(value).startswith("a�b�x") and len(str(value)) == 32_767 for value in values)


def test_parquet(exported: Exported, results: Results) -> None:
    pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
    back = cryomine.read_claims(exported("parquet", "claims.parquet"))
    pd.testing.assert_frame_equal(back, results.claims)


def test_json_lines(exported: Exported, results: Results) -> None:
    pd.testing.assert_frame_equal(cryomine.read_claims(exported("jsonl", "claims.jsonl")), results.claims)


def test_csv_for_people(exported: Exported, folder: Path) -> None:
    before = (folder / "claims.csv").read_bytes()
    path = exported("csv", "people.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "what tells Excel that it is UTF-8"
    with path.open(encoding="utf-8-sig", newline="") as file:
        conditions = [row["condition"] for row in csv.DictReader(file)]
    assert "'=cmd()|' odd signs" in conditions
    with exported("csv", "raw.csv", safe=False).open(encoding="utf-8-sig", newline="") as file:
        assert "=cmd()|' odd signs" in [row["condition"] for row in csv.DictReader(file)]
    assert (folder / "claims.csv").read_bytes() == before, "the canonical table is never altered"


def test_sqlite(exported: Exported) -> None:
    with sqlite3.connect(exported("sqlite", "claims.db")) as database:
        ask = database.execute
        assert ask("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert ask("PRAGMA foreign_key_check").fetchall() == []
        assert {row[1]: row[2] for row in ask("PRAGMA table_info(claims)")}["link_score"] == "REAL"
        assert ask("SELECT typeof(start), typeof(concept_id) FROM claims WHERE link = 'none'").fetchall() == [
            ("integer", "null")
        ]
        found = ask(
            "SELECT c.condition, d.title, k.mondo FROM claims_fts f JOIN claims c ON c.row_id = f.rowid "
            "JOIN documents d USING (source) LEFT JOIN concepts k USING (concept_id) WHERE claims_fts MATCH 'strok*'"
        ).fetchall()
        assert [row[:2] for row in found] == [("stroke", "Note.Txt")]
        assert found[0][2].startswith("MONDO:")
    database.close()


def test_a_table_alone_is_enough_for_sqlite(folder: Path, tmp_path: Path) -> None:
    for name in ("documents.csv", "run.json"):
        (folder / name).unlink()
    path, count = export(cryomine.results.read_results([folder / "claims.csv"]), "sqlite", tmp_path / "x.db")
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT source FROM documents ORDER BY 1").fetchall() == [
            ("a/page.html",),
            ("note.txt",),
        ]
    database.close()
    assert count == 4


@pytest.mark.filterwarnings("ignore")  # other people's warnings
def test_the_data_package_is_one() -> None:
    frictionless = pytest.importorskip("frictionless", reason="the validator is not installed")
    outputs = Path(__file__).parents[2] / "outputs"
    report = frictionless.Package(str(outputs / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "type", "note"])[:5]


def test_bad_wishes(results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CryomineError, match="no format 'xslx'"):
        export(results, "xslx")
    with pytest.raises(CryomineError, match="leave it out for fhir"):
        export(results, "fhir", safe=True)
    (tmp_path / "file").write_text("")
    with pytest.raises(CryomineError, match="cannot be written"):
        export(results, "jsonl", tmp_path / "file" / "x.jsonl")
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(CryomineError, match=r"pip install 'cryomine\[excel\]'"):
        export(results, "excel", tmp_path / "x.xlsx")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", "file", "out"], "nothing half written"


def test_two_packs_may_claim_the_same_words(two_packs: Results, tmp_path: Path) -> None:
    assert len(two_packs.claims) == 8
    path, count = export(two_packs, "sqlite", tmp_path / "claims.db")
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT count(*), count(DISTINCT mention_id) FROM claims").fetchone() == (count, 4)
    database.close()
    for to, where in (("fhir", "entry"), ("web-annotation", "first")):
        written = json.loads(export(two_packs, to, tmp_path / to)[0].read_text(encoding="utf-8"))
        items = written[where] if to == "fhir" else written[where]["items"]
        ids = [item.get("fullUrl") or item["id"] for item in items]
        assert len(set(ids)) == len(ids), to
