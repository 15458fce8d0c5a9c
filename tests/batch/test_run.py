"""A run, from files to the output folder; the extractor is a stub, the readers are the real ones."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cryomine.batch import Options, Progress, Summary, run
from cryomine.errors import CryomineError
from cryomine.rows import sort_key
from cryomine.table import NAMES, read_rows

FolderOf = Callable[..., Path]
ARTICLES = {
    "b.txt": "Ice relieves pain. Ice relieves itching.",
    "a.txt": "Snow harms toes. Ice relieves Itching.",
    "sub/c.md": "# Ice\n\nIce relieves **pain** and relieves swelling.\n",
}
FILES = [".cache", "claims.csv", "concepts.csv", "datapackage.json", "documents.csv", "duplicates.csv", "failures.csv"]
FILES += ["run.json", "texts", "unlinked.csv"]


@pytest.fixture
def go(stub_pack: Any, stub_extractor: Any, tmp_path: Path) -> Callable[..., Summary]:
    """A function that runs the stub on paths, into ``tmp_path/out`` unless told otherwise."""

    def start(*paths: str | Path, **options: Any) -> Summary:
        return run(paths, stub_pack, Options(**{"output": tmp_path / "out"} | options), stub_extractor)

    return start


def files(folder: Path, but: str = "run.json") -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != but)
    return {str(path.relative_to(folder)): path.read_bytes() for path in found if path.parent.name != ".cache"}


def table(folder: Path, name: str = "claims.csv") -> list[dict[str, str]]:
    return read_rows(folder / name)


def test_the_folder_and_the_table(go: Callable[..., Summary], folder_of: FolderOf, tmp_path: Path) -> None:
    summary = go(folder_of(ARTICLES))
    out = tmp_path / "out"
    assert sorted(path.name for path in out.iterdir()) == FILES
    rows = table(out)
    assert list(rows[0]) == list(NAMES)
    assert [(r["source"], r["relation"], r["condition"]) for r in rows] == [
        ("a.txt", "side-effect", "toes"),
        ("a.txt", "treats", "Itching"),
        ("b.txt", "treats", "pain"),
        ("b.txt", "treats", "itching"),
        ("sub/c.md", "treats", "pain"),
        ("sub/c.md", "treats", "swelling"),
    ]
    assert (summary.documents, summary.claims, summary.linked, summary.relations) == (
        3,
        6,
        2,
        {"side-effect": 1, "treats": 5},
    )


def test_rows_are_in_the_tables_order(go: Callable[..., Summary], folder_of: FolderOf, tmp_path: Path) -> None:
    go(folder_of({f"{name}.txt": f"{name}: " + ARTICLES["b.txt"] for name in ("b", "B", "a-b", "a/b", "é", "10", "9")}))
    rows = [dict(row, start=int(row["start"]), end=int(row["end"])) for row in table(tmp_path / "out")]
    assert rows == sorted(rows, key=sort_key)


def test_the_tables_beside(go: Callable[..., Summary], folder_of: FolderOf, tmp_path: Path) -> None:
    articles = folder_of(ARTICLES | {"empty.txt": ""})
    go(articles)
    out = tmp_path / "out"
    documents = table(out, "documents.csv")
    assert [(d["source"], d["media_type"], d["reader"], d["words"], d["claims"]) for d in documents] == [
        ("a.txt", "text/plain", "plain text", "6", "2"),
        ("b.txt", "text/plain", "plain text", "6", "2"),
        ("sub/c.md", "text/markdown", "Markdown", "7", "2"),
    ]
    assert documents[0]["source_sha256"] == hashlib.sha256((articles / "a.txt").read_bytes()).hexdigest()
    assert [(u["surface"], u["count"], u["sources"], u["example"]) for u in table(out, "unlinked.csv")] == [
        ("Itching", "2", "2", "a.txt#char=30,37"),
        ("swelling", "1", "1", "sub/c.md#char=42,50"),
        ("toes", "1", "1", "a.txt#char=11,15"),
    ]
    (failure,) = table(out, "failures.csv")
    assert failure["source"] == "empty.txt"
    assert failure["hint"]


def test_only_texts_that_are_not_the_source_itself_are_kept(
    go: Callable[..., Summary], folder_of: FolderOf, tmp_path: Path
) -> None:
    go(folder_of(ARTICLES))
    (kept,) = (tmp_path / "out" / "texts").iterdir()
    row = table(tmp_path / "out")[-1]
    assert kept.name == f"{row['text_sha256']}.txt"
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == row["text_sha256"]
    assert kept.read_text(encoding="utf-8")[int(row["start"]) : int(row["end"])] == "swelling"


def test_the_manifest(go: Callable[..., Summary], folder_of: FolderOf, tmp_path: Path) -> None:
    go(folder_of(ARTICLES), tmp_path / "missing.txt")
    manifest = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert manifest["pack"] == {"ref": "stub@1", "sha256": "0" * 64}
    assert manifest["versions"].keys() == {"python", "cryomine", "spacy"}
    assert manifest["counts"]["claims"] == 6
    assert [item["path"] for item in manifest["inputs"]] == [
        f"../articles/{name}" for name in ("a.txt", "b.txt", "sub/c.md")
    ]
    assert str(tmp_path) not in json.dumps(manifest["inputs"])
    assert [failure["source"] for failure in manifest["failures"]] == [str(tmp_path / "missing.txt")]


def test_two_runs_are_byte_identical(go: Callable[..., Summary], folder_of: FolderOf, tmp_path: Path) -> None:
    articles = folder_of(ARTICLES)
    go(articles, output=tmp_path / "one")
    go(*sorted(articles.rglob("*.*"), reverse=True), articles, output=tmp_path / "two")
    one, two = files(tmp_path / "one"), files(tmp_path / "two")
    # Given one by one, files are named by their last part; the folder given as well does not read them twice.
    assert {name: content.replace(b"sub/c.md", b"c.md") for name, content in one.items()} == two
    go(articles, output=tmp_path / "two")
    assert files(tmp_path / "two") == one


def test_a_second_run_takes_away_what_the_table_no_longer_uses(
    go: Callable[..., Summary], folder_of: FolderOf, tmp_path: Path
) -> None:
    go(folder_of(ARTICLES))
    mine = tmp_path / "out" / "texts" / "my-notes.txt"
    mine.write_text("kept", encoding="utf-8")
    go(folder_of({"a.txt": "Ice relieves pain."}, name="other"), format="jsonl")
    assert [path.name for path in (tmp_path / "out" / "texts").iterdir()] == ["my-notes.txt"]
    assert sorted(path.name for path in (tmp_path / "out").glob("claims.*")) == ["claims.jsonl"]


def test_a_run_does_not_read_what_it_wrote(go: Callable[..., Summary], folder_of: FolderOf) -> None:
    articles = folder_of(ARTICLES)
    assert [go(articles, output=articles / "out").documents for _ in range(2)] == [3, 3]


def test_json_lines(go: Callable[..., Summary], folder_of: FolderOf, tmp_path: Path) -> None:
    go(folder_of(ARTICLES), output=tmp_path / "csv")
    go(folder_of(ARTICLES), output=tmp_path / "jsonl", format="jsonl")
    typed = read_rows(tmp_path / "jsonl" / "claims.jsonl")
    texts = [{name: "" if value is None else str(value) for name, value in row.items()} for row in typed]
    assert texts == table(tmp_path / "csv")


BAD = {
    "missing path": ("missing.txt", None, "no such file"),
    "empty file": ("empty.txt", b"", "is empty"),
    "white space only": ("blank.txt", b" \n\t\n", "is empty"),
    "binary file": ("binary.txt", bytes(range(256)) * 20, "binary"),
    "image": ("image.txt", b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
    "UTF-16 without a mark": ("wide.txt", "Ice relieves pain. ".encode("utf-16-le") * 9, "UTF-16"),
    "no encoding that we know": ("odd.txt", b"Ice \x81\x8d relieves pain", "encoding"),
    "a 50 MB line": ("huge.txt", b"cold " * 10_500_000, "larger than"),
    "a document that trips a component": ("boom.txt", b"Ice relieves boom.", "internal error"),
}


@pytest.mark.parametrize(("name", "content", "message"), BAD.values(), ids=BAD)
def test_a_bad_input_is_a_row_and_the_others_are_read(
    go: Callable[..., Summary], folder_of: FolderOf, tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    articles = folder_of({"good.txt": "Ice relieves pain."} | ({} if content is None else {name: content}))
    summary = go(articles / "good.txt", articles / name)
    (failure,) = summary.failures
    assert failure.source.endswith(name)
    assert message in failure.error
    assert failure.hint, "an error says what to do"
    assert str(failure).count("\n") == 0
    assert [row["condition"] for row in table(tmp_path / "out")] == ["pain"]
    assert [row["source"] for row in table(tmp_path / "out", "failures.csv")] == [failure.source]


def test_a_folder_without_articles(go: Callable[..., Summary], folder_of: FolderOf) -> None:
    (failure,) = go(folder_of({"picture.png": b"\x89PNG"})).failures
    assert "no articles" in failure.error


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
def test_other_encodings_are_read(
    go: Callable[..., Summary], folder_of: FolderOf, tmp_path: Path, encoding: str
) -> None:
    go(folder_of({"a.txt": "Café ice relieves pain.".encode(encoding)}))
    (row,) = table(tmp_path / "out")
    assert (row["condition"], row["start"]) == ("pain", "18")
    assert table(tmp_path / "out", "documents.csv")[0]["encoding"] == encoding


def test_awkward_characters_survive(go: Callable[..., Summary], folder_of: FolderOf, tmp_path: Path) -> None:
    name = 'a "quoted", name.txt'
    go(folder_of({name: 'Ice relieves pain\r\nof "the" toes,\rthey say.'}))
    (row,) = table(tmp_path / "out")
    assert row["source"] == name
    with (tmp_path / "out" / "documents.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["source"] == name


def test_an_unwritable_folder(go: Callable[..., Summary], folder_of: FolderOf, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CryomineError, match=r"file.out: cannot be written \(.+\); choose another folder with -o"):
        go(folder_of(ARTICLES), output=tmp_path / "file" / "out")


def test_a_second_run_into_the_same_folder_stops(go: Callable[..., Summary], folder_of: FolderOf) -> None:
    articles = folder_of(ARTICLES)

    def again(_: Progress) -> None:
        with pytest.raises(CryomineError, match="another run is writing there"):
            go(articles)

    assert go(articles, progress=again).claims == 6


def test_progress(go: Callable[..., Summary], folder_of: FolderOf) -> None:
    seen: list[tuple[int, int, int]] = []
    go(folder_of(ARTICLES), progress=lambda now: seen.append((now.done, now.total, now.claims)))
    assert seen == [(1, 3, 2), (2, 3, 4), (3, 3, 6)]


def test_an_error_in_mid_run_leaves_the_old_table(
    go: Callable[..., Summary], folder_of: FolderOf, tmp_path: Path
) -> None:
    go(folder_of(ARTICLES))
    before = files(tmp_path / "out", but="")

    def stop(now: Progress) -> None:
        if now.done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        go(folder_of({"z.txt": "Ice relieves pain.", "y.txt": "Ice relieves pain."}, name="new"), progress=stop)
    assert files(tmp_path / "out", but="") == before


KILLED = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from conftest import StubExtractor, StubPack
from cryomine.batch import Options, run

def wait(now):
    if now.done == 2:
        print("half", flush=True)
        time.sleep(60)

run([sys.argv[1]], StubPack(), Options(Path(sys.argv[2]), progress=wait), StubExtractor())
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_killed_run_leaves_the_old_table_and_the_next_one_the_new(
    go: Callable[..., Summary], folder_of: FolderOf, tmp_path: Path
) -> None:
    go(folder_of({"old.txt": "Ice relieves pain."}, name="old"))
    before = files(tmp_path / "out", but="")
    tests = Path(__file__).parents[1]
    command = [sys.executable, "-c", KILLED, str(folder_of(ARTICLES)), str(tmp_path / "out"), str(tests)]
    environment = os.environ | {"PYTHONPATH": str(tests.parent / "src")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half\n"
        process.send_signal(signal.SIGKILL)
    after = files(tmp_path / "out", but="")
    assert {name: content for name, content in after.items() if not name.endswith(".part")} == before
    go(folder_of(ARTICLES))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == FILES
