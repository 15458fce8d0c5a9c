"""The table's files: what is written comes back the same, with its types."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from cryomine.claims import COLUMNS, Kind
from cryomine.errors import ReadError
from cryomine.table import NAMES, columns_as_markdown, csv_line, frame, json_line, read_claims, read_rows, schema

DOCS = Path(__file__).parents[1] / "docs"


def row(**changes: Any) -> dict[str, Any]:
    """A row with a value of the right type in every column."""
    values: dict[str, Any] = {}
    for column in COLUMNS:
        usual = {Kind.STRING: f"{column.name} words", Kind.INTEGER: 7, Kind.NUMBER: 93.5}
        values[column.name] = column.categories[0] if column.categories else usual[column.kind]
    return values | changes


AWKWARD = [
    row(),
    row(condition='a "quoted" pain, with commas'),
    row(condition="over\ntwo lines", evidence="and\r\nthree\rlines"),
    row(condition=" spaces around ", title="", concept_id="", concept="", section=""),
    row(source_start=None, source_end=None, link_score=None, link="none"),
    row(condition="NA", concept="null", title="nan", rule="None", mention_id="0012345678901234"),
    row(condition="naïve · 頭痛 · 🧊", relation="harms"),
]


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    if path.suffix == ".csv":
        text = csv_line(NAMES) + "".join(csv_line(r[name] for name in NAMES) for r in rows)
    else:
        text = "".join(json_line(r) for r in rows)
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize("name", ["claims.csv", "claims.jsonl"])
def test_round_trip(tmp_path: Path, name: str) -> None:
    import pandas as pd

    claims = read_claims(written(tmp_path / name, AWKWARD))
    back = claims.astype(object).where(claims.notna(), None).to_dict("records")
    assert back == AWKWARD
    for column in COLUMNS:
        dtype = claims[column.name].dtype
        expected = {Kind.STRING: "string", Kind.INTEGER: "Int64", Kind.NUMBER: "Float64", Kind.CATEGORY: "category"}
        assert str(dtype) == expected[column.kind], column.name
    assert claims["source_start"].iloc[4] is pd.NA
    assert claims["title"].iloc[3] == ""


def test_round_trip_through_pandas_own_writer(tmp_path: Path) -> None:
    claims = frame(AWKWARD)
    claims.to_csv(tmp_path / "claims.csv", index=False)
    assert read_claims(tmp_path / "claims.csv").equals(claims)


def test_parquet(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="Parquet is an extra")
    claims = frame(AWKWARD)
    claims.to_parquet(tmp_path / "claims.parquet")
    assert read_claims(tmp_path / "claims.parquet").equals(claims)


def test_csv_is_rfc_4180() -> None:
    line = csv_line(r["condition"] for r in AWKWARD)
    assert next(csv.reader(io.StringIO(line, newline=""))) == [r["condition"] for r in AWKWARD]
    assert csv_line(['a"b', "c,d", "e\rf", None, 1, 2.5, ""]) == '"a""b","c,d","e\rf",,1,2.5,\n'


def test_a_table_without_rows_keeps_its_columns(tmp_path: Path) -> None:
    for name in ("claims.csv", "claims.jsonl"):
        claims = read_claims(written(tmp_path / name, []))
        assert list(claims.columns) == list(NAMES)
        assert str(claims["start"].dtype) == "Int64"


def test_relations_of_another_pack_are_categories_too() -> None:
    claims = frame(AWKWARD)
    assert list(claims["relation"].cat.categories) == ["treats", "contraindicated", "side-effect", "harms"]


def test_extra_columns_are_kept(tmp_path: Path) -> None:
    claims = frame(AWKWARD).assign(reviewer="me")
    claims.to_csv(tmp_path / "claims.csv", index=False)
    assert set(read_claims(tmp_path / "claims.csv")["reviewer"]) == {"me"}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.csv", None, "missing.csv: cannot be read .*; check the path"),
        ("other.csv", b"doc,relation\na,b\n", "the column 'mention_id' is missing"),
        ("latin.csv", "condition\ncafé\n".encode("cp1252"), r"latin.csv: not UTF-8 \(byte 13\); save it as UTF-8"),
        ("claims.jsonl", b'{"a": \n', "claims.jsonl: not JSON Lines"),
        ("open.csv", b'a,b\n"x,y\n', "open.csv: not a CSV table"),
    ],
)
def test_files_that_are_no_table(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ReadError, match=message):
        read_claims(tmp_path / name)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"polarity": "maybe"}, "'maybe' is not a polarity"),
        ({"start": "seven"}, "seven"),
    ],
)
def test_values_that_a_column_cannot_hold(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_claims(written(tmp_path / "claims.csv", [row(**change)]))


def test_a_field_longer_than_the_csv_modules_usual_limit(tmp_path: Path) -> None:
    long = "x" * 200_000
    assert read_rows(written(tmp_path / "claims.csv", [row(evidence=long)]))[0]["evidence"] == long


def test_schema() -> None:
    fields = {field["name"]: field for field in schema()["fields"]}
    assert list(fields) == list(NAMES)
    assert fields["polarity"]["constraints"] == {"required": True, "enum": ["affirmed", "negated"]}
    assert "constraints" not in fields["source_start"]
    assert json.loads(json.dumps(schema())) == schema()


def test_docs_describe_every_column() -> None:
    assert columns_as_markdown() in (DOCS / "claims-table.md").read_text(encoding="utf-8")
