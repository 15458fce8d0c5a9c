"""Tables of articles: one document a record, streamed, the column of the text given or guessed."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from cryomine.document import Document
from cryomine.errors import ReadError
from cryomine.ingest import Columns, Input, Unread, discover, documents, read, records, tables
from ingest.blocks import structure

PROSE = "Visitors spend a few minutes in a cold room, and most of them come out in good spirits and rather hungry, too."
OTHER = (
    "Nobody should stay inside for longer than three minutes, because the cold then reaches deeper than the skin is."
)


@pytest.fixture
def table(tmp_path: Path):  # type: ignore[no-untyped-def]
    def write(name: str, content: str | bytes) -> Input:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return Input(name, path)

    return write


def told(item: Input, columns: Columns = Columns()) -> list[str]:  # noqa: B008
    """Each record as one string: name, title, address, text; or the line of what went wrong."""
    return [
        str(found)
        if isinstance(found, Unread)
        else " | ".join(
            (found.source.name, found.title, found.source.metadata.get("url", ""), " ".join(found.text.split())[:20])
        )
        for found in documents(item, columns)
    ]


ROWS = [
    {"key": "a", "title": "One", "url": "https://x.org/1", "note": "short", "text": PROSE},
    {"key": "b", "title": "Two", "url": "", "note": "short", "text": OTHER},
]
GUESSED = ["t.{0}#1 | One | https://x.org/1 | Visitors spend a few", "t.{0}#2 | Two |  | Nobody should stay i"]


def as_csv(separator: str = ",") -> str:
    lines = [separator.join(ROWS[0]), *(separator.join(f'"{value}"' for value in row.values()) for row in ROWS)]
    return "\r\n".join(lines) + "\r\n"


def as_parquet() -> bytes:
    parquet = pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    parquet.write_table(pytest.importorskip("pyarrow").Table.from_pylist(ROWS), out)
    return out.getvalue()


def as_excel() -> bytes:
    book = pytest.importorskip("openpyxl").Workbook()
    book.active.append([])
    book.active.append(list(ROWS[0]))
    for row in ROWS:
        book.active.append(list(row.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FORMATS = {
    "csv": lambda: as_csv(),
    "CSV": lambda: as_csv(";"),
    "tsv": lambda: as_csv("\t"),
    "jsonl": lambda: "\n".join(map(json.dumps, ROWS)) + "\n\n",
    "ndjson": lambda: "\ufeff" + "\r\n".join(map(json.dumps, ROWS)),
    "parquet": as_parquet,
    "xlsx": as_excel,
}


@pytest.mark.parametrize(("ending", "made"), FORMATS.items(), ids=FORMATS)
def test_every_format(table, ending: str, made) -> None:  # type: ignore[no-untyped-def]
    item = table(f"t.{ending}", made())
    assert told(item) == [line.format(ending) for line in GUESSED]
    assert told(item, Columns("note", "key", "", "key")) == [
        f"t.{ending}#a | a | https://x.org/1 | short",
        f"t.{ending}#b | b |  | short",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_csv(table, encoding: str) -> None:  # type: ignore[no-untyped-def]
    item = table("t.csv", f"text\n“Café” {PROSE}\n".encode(encoding))
    assert told(item) == ["t.csv#1 |  |  | “Café” Visitors spen"]


def test_what_a_record_knows_of_itself(table) -> None:  # type: ignore[no-untyped-def]
    first, second = documents(table("t.csv", as_csv()), Columns(id="key"))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.source.metadata == {"text_column": "text", "url": "https://x.org/1", "id": "a"}
    assert first.source.sha256 != second.source.sha256
    assert first.text == PROSE
    assert first.source_span(3, 5) == (3, 5)


@pytest.mark.parametrize(
    ("header", "row", "column"),
    [
        ("id,Body,title", f"1,{PROSE.replace(',', '')},x", "Body"),
        ("id,full_text,text", "1,short,shorter", "text"),
        ("id,Content,abstract", "1,x,y", "Content"),
        ("id,remarks,said", f"1,x,{(PROSE + OTHER).replace(',', '')}", "said"),
    ],
)
def test_the_column_is_guessed_by_name_then_by_length(table, header: str, row: str, column: str) -> None:  # type: ignore[no-untyped-def]
    (found,) = documents(table("t.csv", f"{header}\n{row}\n"))
    assert isinstance(found, Document)
    assert found.source.metadata["text_column"] == column


def test_cells_with_markup_are_pages(table) -> None:  # type: ignore[no-untyped-def]
    page = f"<h1>Cold</h1><p>{PROSE}</p><ul><li>gout &amp; cramps</li></ul>"
    (found,) = documents(table("t.jsonl", json.dumps({"html": page})))
    assert isinstance(found, Document)
    assert structure(found) == ["T Cold", f"P {PROSE}", "L0 gout & cramps"]
    at = found.text.index("gout")
    assert page[slice(*found.source_span(at, at + 13))] == "gout &amp; cramps"  # type: ignore[misc]


def test_ids_that_are_not_unique_get_a_number(table) -> None:  # type: ignore[no-untyped-def]
    item = table("t.csv", f"id,text\n7,{PROSE}\n7,{PROSE}\n,{PROSE}\n".replace(", ", " "))
    assert [line.split(" |")[0] for line in told(item, Columns(id="id"))] == ["t.csv#7", "t.csv#7~2", "t.csv#3"]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("t.csv", "text\n", ["t.csv: is a table without records; give one with a header and a row for each article"]),
        ("t.csv", "", ["t.csv: is a table without records; give one with a header and a row for each article"]),
        ("t.csv", "a,b\n1,2\n", ["t.csv: no column looks like articles; name it with --text-column (a, b)"]),
        ("t.csv", "text\nCold\0rooms\n", ["t.csv: has a NUL byte, so it is no text; save the table as UTF-8"]),
        (
            "t.csv",
            'text\nCold rooms.\n"Cold rooms\n' + "more,and more\n" * 5,
            ["t.csv: cannot be read beyond record 1 (unexpected end of data); mend the quotes from there on"],
        ),
        (
            "t.csv",
            "id,text\n1,Cold rooms.\n2,\n3\n4,Warm rooms.\n",
            [
                "t.csv#1 |  |  | Cold rooms.",
                "t.csv#2: has nothing in the column 'text'; name another one with --text-column",
                "t.csv#3: has nothing in the column 'text'; name another one with --text-column",
                "t.csv#4 |  |  | Warm rooms.",
            ],
        ),
        (
            "t.jsonl",
            '{"text": "Cold rooms."}\n{"text": \n[1]\n' + "[" * 100_000 + '\n{"text": 5}\n{"text": "\\ud800 x"}\n',
            [
                "t.jsonl#1 |  |  | Cold rooms.",
                "t.jsonl#2: is no JSON (JSONDecodeError); write one object on each line",
                "t.jsonl#3: is no JSON object; write one object on each line",
                "t.jsonl#4: is no JSON (RecursionError); write one object on each line",
                "t.jsonl#5 |  |  | 5",
                "t.jsonl#6 |  |  | ? x",
            ],
        ),
        ("t.jsonl", b'{"text": "caf\xe9"}\n', ["t.jsonl: is not in UTF-8, as JSON Lines are; save the file as UTF-8"]),
        ("t.parquet", b"PAR1 and so on", ["t.parquet: is a damaged Parquet file (ArrowInvalid: "]),
        ("t.xlsx", b"PK\x03\x04 and so on", ["t.xlsx: is a damaged or cut off Excel file (File is not a zip file)"]),
    ],
)
def test_bad_tables(table, name: str, content: str | bytes, expected: list[str]) -> None:  # type: ignore[no-untyped-def]
    found = told(table(name, content))
    if len(expected) == 1:
        assert len(found) == 1 or "unexpected end" in expected[0]
        assert found[-1].startswith(expected[0])
    else:
        assert found == expected


def test_a_column_that_is_not_there_is_named(table) -> None:  # type: ignore[no-untyped-def]
    for columns in (Columns(text="body"), Columns(id="body"), Columns(url="body"), Columns(title="body")):
        assert told(table("t.csv", "a,text\n1,x\n"), columns) == ["t.csv: has no column 'body'; it has a, text"]


def test_records_come_one_at_a_time(table) -> None:  # type: ignore[no-untyped-def]
    stream = documents(table("t.csv", "text\n" + "Cold rooms.\n" * 1000 + '"open\n'))
    assert next(stream).source.name == "t.csv#1"  # type: ignore[union-attr]
    stream.close()  # type: ignore[attr-defined]


def test_limits(table, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    rows = "text\n" + "Cold rooms.\n" * 20
    monkeypatch.setattr(records, "MAX_RECORDS", 3)
    assert told(table("t.csv", rows))[3:] == ["t.csv: has more than 3 records; split the table"]
    monkeypatch.setattr(tables, "MAX_TABLE", 100)
    assert told(table("t.csv", rows)) == ["t.csv: is larger than 0 MB; split the table"]
    monkeypatch.undo()
    monkeypatch.setattr(tables, "MAX_FIELD", 100)
    assert told(table("t.csv", "text\n" + "x" * 200)) == [
        "t.csv: has a line of more than 100 characters; check that it is a table"
    ]
    assert told(table("t.csv", 'text\n"' + "line\n" * 50))[-1].startswith(
        "t.csv: cannot be read beyond record 0 (field"
    )


def test_tables_are_read_where_they_are_named_not_where_they_lie(table, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    table("t.csv", as_csv())
    table("a.txt", PROSE)
    assert [item.name for item in discover([tmp_path])] == ["a.txt"]
    assert [item.name for item in discover([f"{tmp_path}/*.csv"])] == ["t.csv"]
    with pytest.raises(ReadError, match=r"^t.csv: is a CSV table of several articles; give it to `cryomine extract`$"):
        read(Input("t.csv", tmp_path / "t.csv"))
