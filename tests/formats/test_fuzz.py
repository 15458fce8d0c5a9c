"""Every reader on damaged files: a document that holds together, or one line that says what is wrong.

The short run is for every day; ``pytest -m long tests/formats/test_fuzz.py`` takes 10,000 files for each reader.
"""

from __future__ import annotations

import gzip
import json
import random
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from cryomine.document import Document
from cryomine.ingest import Input, Unread, documents, read_bytes
from formats import make, render

TEXT = """Cold rooms

What they are good for
- gout and back pain
- cramps (mild)

Not for: people with asthma; pregnant women. They may cause frostbite – rarely – or worse, nothing at all."""
SHORT, LONG, SEED = 40, 10_000, 5
SECONDS = 20.0  # for one file, far more than any takes: what hangs is what is looked for


def seeds() -> dict[str, bytes]:
    article = read_bytes(TEXT.encode(), "a.txt")
    page = render.furnished(article)
    rows = [{"id": n, "title": "Cold", "text": TEXT} for n in range(3)]
    jats = f"<?xml version='1.0'?><article><front/><body><sec><title>Cold</title><p>{TEXT}</p></sec></body></article>"
    files = {
        "a.txt": TEXT.encode(),
        "a.md": render.markdown(article),
        "a.html": page,
        "a.xml": jats.encode(),
        "a.pdf": render.pdf(article),
        "a.docx": render.docx(article),
        "a.csv": ("id,text\n" + "".join(f'{row["id"]},"{TEXT}"\n' for row in rows)).encode(),
        "a.jsonl": "\n".join(map(json.dumps, rows)).encode(),
        "a.zip": make.zipped({"a.txt": TEXT, "b.html": page}),
        "a.tar": make.tarred({"a.txt": TEXT, "b.html": page}),
        "a.tgz": make.tarred({"a.txt": TEXT, "b.html": page}, "w:gz"),
        "a.warc": make.warc(("https://x.org/a", "text/html", page)),
        "a.warc.gz": gzip.compress(make.warc(("https://x.org/a", "text/html", page))),
    }
    return files | tables(rows)


def tables(rows: list[dict[str, object]]) -> dict[str, bytes]:
    import io

    import openpyxl
    import pyarrow
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows), out)
    book = openpyxl.Workbook()
    for row in (list(rows[0]), *(list(row.values()) for row in rows)):
        book.active.append(row)
    sheet = io.BytesIO()
    book.save(sheet)
    return {"a.parquet": out.getvalue(), "a.xlsx": sheet.getvalue()}


BITS = [
    *(b"\0", b"\xff\xfe", b"<", b"</", b"<![CDATA[", b"<!--", b"&#x110000;", b"&", b'"', b"\r", b"9999999999", b"\\"),
    *(b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"{", b"[", b"- " * 50, b"PK\x03\x04"),
]


def cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def flip(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 5, 20, 200))):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def drop(data: bytes, dice: random.Random) -> bytes:
    begin = dice.randrange(len(data))
    return data[:begin] + data[begin + dice.randrange(1, 200) :]


def repeat(data: bytes, dice: random.Random) -> bytes:
    begin = dice.randrange(len(data))
    piece = data[begin : begin + dice.randrange(1, 60)]
    return data[:begin] + piece * dice.choice((2, 10, 300)) + data[begin:]


def insert(data: bytes, dice: random.Random) -> bytes:
    begin = dice.randrange(len(data) + 1)
    return data[:begin] + dice.choice(BITS) * dice.choice((1, 1, 3)) + data[begin:]


def noise(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.choice((0, 4, 8, 300))] + dice.randbytes(dice.randrange(1, 3000))


DAMAGE: list[Callable[[bytes, random.Random], bytes]] = [cut, flip, flip, flip, drop, repeat, insert, insert, noise]


def check(path: Path, data: bytes) -> int:
    """Read the file; raise where what comes is neither whole documents nor errors as people should see them.

    Gives the number of documents.
    """
    path.write_bytes(data)
    begin = time.perf_counter()
    count = 0
    for found in documents(Input(path.name, path)):
        if isinstance(found, Unread):
            what, separator, hint = str(found).removeprefix(f"{found.source}: ").partition("; ")
            assert str(found).startswith(f"{found.source}: ")
            assert found.source.startswith(path.name)
            assert what
            assert separator
            assert hint
            assert "\n" not in str(found)
            assert "internal" not in what
            str(found).encode()
        else:
            whole(found)
            count += 1
    assert time.perf_counter() - begin < SECONDS
    return count


def whole(document: Document) -> None:
    document.text.encode()
    document.source.name.encode()
    at = 0
    for block in document.blocks:
        assert at <= block.start < block.end <= len(document.text)
        span = document.source_span(block.start, block.end)
        assert span is None or span[0] <= span[1]
        at = block.end
    assert list(document.pages) == sorted(document.pages)


def fuzz(folder: Path, name: str, count: int) -> None:
    dice = random.Random(f"{SEED} {name} {count}")
    seed = seeds()[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of other packages about damaged files
        assert check(folder / name, seed) == {
            "csv": 3,
            "jsonl": 3,
            "parquet": 3,
            "xlsx": 3,
            "zip": 2,
            "tar": 2,
            "tgz": 2,
        }.get(name.partition(".")[2], 1)
        for number in range(count):
            data = seed
            for _ in range(dice.choice((1, 1, 2, 4))):
                data = dice.choice(DAMAGE)(data, dice) or b"x"
            try:
                check(folder / name, data)
            except BaseException:
                (folder / f"failing-{number}-{name}").write_bytes(data)  # to be made a test of its own
                raise


NAMES = [
    "txt",
    "md",
    "html",
    "xml",
    "pdf",
    "docx",
    "csv",
    "jsonl",
    "zip",
    "tar",
    "tgz",
    "warc",
    "warc.gz",
    "parquet",
    "xlsx",
]


@pytest.mark.parametrize("ending", NAMES)
def test_damaged_files(tmp_path: Path, ending: str) -> None:
    if "warc" in ending:
        pytest.importorskip("fastwarc")
    fuzz(tmp_path, f"a.{ending}", SHORT)


@pytest.mark.long
@pytest.mark.parametrize("ending", NAMES)
def test_many_damaged_files(tmp_path: Path, ending: str) -> None:
    fuzz(tmp_path, f"a.{ending}", LONG)
