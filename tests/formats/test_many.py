"""Many files of all formats in one run: bounded memory, one row for each failure, order that nobody else decides."""

from __future__ import annotations

import csv
import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cryomine.ingest import read_bytes
from formats import make, render

ROOT = Path(__file__).parents[2]
ARTICLES = sorted((ROOT / "corpus" / "round-5").glob("*.txt"))
MEGABYTES = 500

# The run, and the peaks of memory of itself and of its child, in which PDF and Word are read.
RUN = """
import os, re, sys
from pathlib import Path
from cryomine.cli import main
from cryomine.ingest import child
try:
    main()
except SystemExit as error:
    status = error.code
pids = [os.getpid(), *(running.process.pid for running in child._children.values())]
peaks = [re.search(r"VmHWM:\\s+(\\d+)", Path(f"/proc/{pid}/status").read_text())[1] for pid in pids]
print("PEAK", *(int(peak) // 1024 for peak in peaks), file=sys.stderr)
sys.exit(status)
"""


def mixed(folder: Path, count: int) -> dict[str, str]:
    """``count`` files of all formats and those that cannot be read; the failures that are due."""
    documents = [read_bytes(path.read_bytes(), path.name) for path in ARTICLES]
    made = {name: [make_one(document) for document in documents] for name, make_one in render.FORMATS.items()}
    made["article.txt"] = [path.read_bytes() for path in ARTICLES]
    made["a.zip"] = [
        make.zipped({"a.txt": texts, "b.html": pages})
        for texts, pages in zip(made["article.txt"], made["plain.html"], strict=True)
    ]
    names = sorted(made)
    for number in range(count):
        name = names[number % len(names)]
        data = made[name][number % len(ARTICLES)]
        ending = name.split(".", 1)[1]
        path = folder / f"{number % 10}" / f"{number:04}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    pdf, docx = made["article.pdf"][0], made["article.docx"][0]
    bad: dict[str, tuple[bytes, str]] = {
        "truncated.pdf": (pdf[: len(pdf) // 2], "is cut off, the end of the PDF is missing"),
        "encrypted.pdf": (make.pdf([(60, 100, "Cold.")], encrypt="secret"), "is encrypted"),
        "scan.pdf": (make.scan(), "has no text, only pictures of it (a scan)"),
        "broken.pdf": (b"%PDF-1.7\n" + os.urandom(3000) + b"%%EOF", "is a damaged PDF"),
        "renamed.docx": (make.zipped({"a.txt": "Cold."}), "is a ZIP archive, no Word file"),
        "truncated.docx": (docx[: len(docx) // 2], "is a damaged or cut off Word file"),
        "entities.xml": (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "declares entities"),
        "nul.txt": (b"Cold\0rooms" * 10, "is a binary file, not text"),
        "empty.html": (b"", "is empty"),
        "long.html": (b"<p>" + b"Cold rooms. " * 8_800_000, "is larger than 32 MB"),
        "bomb.zip": (make.zipped({"b.txt": b"0" * (200 << 20)}), "is larger than 32 MB"),
    }
    for name, (data, _) in bad.items():
        (folder / name).write_bytes(data)
    (folder / "circle").symlink_to(folder, target_is_directory=True)
    (folder / "nowhere.txt").symlink_to(folder / "gone.txt")
    due = {name: what for name, (_, what) in bad.items()} | {"nowhere.txt": "cannot be opened"}
    due["bomb.zip!b.txt"] = due.pop("bomb.zip")
    return due


def run(folder: Path, out: Path, *options: str) -> list[int]:
    """The peaks of memory in MB, of the run and of its children."""
    command = [sys.executable, "-c", RUN, "extract", str(folder), "-o", str(out), *options]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 3, done.stderr[-2000:]
    return [int(number) for number in done.stderr.rsplit("PEAK", 1)[1].split()]


def failures(out: Path) -> dict[str, str]:
    with (out / "failures.csv").open(encoding="utf-8", newline="") as file:
        return {row["source"]: row["error"] for row in csv.DictReader(file)}


def check(folder: Path, count: int) -> None:
    articles = folder / "articles"
    due = mixed(articles, count)
    peaks = run(articles, folder / "out")
    found = failures(folder / "out")
    assert found.keys() == due.keys()
    assert all(found[name].startswith(what) for name, what in due.items())
    assert sum(peaks) < MEGABYTES, peaks
    # The same files, written the other way round, elsewhere.
    turned = folder / "turned"
    for path in sorted((p for p in articles.rglob("*") if p.is_file() or p.is_symlink()), reverse=True):
        target = turned / path.relative_to(articles)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.name == "circle":
            target.symlink_to(turned, target_is_directory=True)
        elif not target.exists() and not path.is_symlink():
            shutil.copyfile(path, target)
    (turned / "nowhere.txt").symlink_to(turned / "gone.txt")
    run(turned, folder / "again")
    for name in ("claims.csv", "documents.csv", "failures.csv", "unlinked.csv"):
        assert (folder / "out" / name).read_bytes() == (folder / "again" / name).read_bytes(), name
    print(f"{count} files, peaks {peaks} MB")


@pytest.mark.long
def test_a_thousand_mixed_files(tmp_path: Path) -> None:
    check(tmp_path, 1000)


@pytest.mark.long
def test_containers_in_one_run(tmp_path: Path) -> None:
    """Tables, archives and a crawl: one document a record, checked by ``verify``."""
    pytest.importorskip("fastwarc")
    text = ARTICLES[0].read_text(encoding="utf-8")
    document = read_bytes(text.encode(), "a.txt")
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "t.jsonl").write_text(
        "".join(json.dumps({"body": text, "n": n}) + "\n" for n in range(3)), encoding="utf-8"
    )
    (folder / "a.zip").write_bytes(
        make.zipped({"x/a.html": render.furnished(document), "b.md": render.markdown(document)})
    )
    (folder / "a.tgz").write_bytes(
        make.tarred({"a.pdf": render.pdf(document), "b.docx": render.docx(document)}, "w:gz")
    )
    (folder / "c.warc.gz").write_bytes(
        gzip.compress(make.warc(("https://x.org/a", "text/html", render.html(document))))
    )
    command = [sys.executable, "-m", "cryomine"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    paths = sorted(map(str, folder.iterdir()))
    done = subprocess.run(
        [*command, "extract", *paths, "-o", "out"], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    with (tmp_path / "out" / "documents.csv").open(encoding="utf-8", newline="") as file:
        counts = {row["source"]: row["claims"] for row in csv.DictReader(file)}
    assert list(counts) == sorted(
        ["a.tgz!a.pdf", "a.tgz!b.docx", "a.zip!b.md", "a.zip!x/a.html", "c.warc.gz!https://x.org/a"]
        + [f"t.jsonl#{n}" for n in (1, 2, 3)]
    )
    assert len(set(counts.values()) - {"0"}) == 1
    subprocess.run([*command, "verify", "out"], cwd=tmp_path, env=environment, check=True)
