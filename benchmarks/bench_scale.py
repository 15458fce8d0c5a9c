"""How a run grows: with the number of documents, with one large document, with the vocabulary, with workers; start-up.

    python benchmarks/bench_scale.py growth --documents 10 100 1000 10000    # time and memory for each document
    python benchmarks/bench_scale.py workers --megabytes 1 5 20              # one, two, and Dask with two
    python benchmarks/bench_scale.py again                                   # a second run with 1 % new files
    python benchmarks/bench_scale.py document vocabulary startup

Every run is a process of its own. Wall time counts, so let the machine be quiet. Results: docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]

import generate  # noqa: E402

# Runs, then says how long each part took and how much memory this process and its largest child had at most.
RUN = """
import json, resource, sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from cryomine.batch import Options, run
from cryomine.packs import load_pack
if __name__ == "__main__":
    articles, output, workers, dask = sys.argv[2:]
    started = time.perf_counter()
    options = Options(Path(output), workers=int(workers), scheduler="" if dask == "dask" else None)
    summary = run([articles], load_pack(), options)
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = [use.ru_utime + use.ru_stime for use in usage]
    peak = [resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({"seconds": time.perf_counter() - started, "words": summary.words, "claims": summary.claims,
                      "documents": summary.documents, "cpu": sum(cpu), "parent_cpu": cpu[0],
                      "parent_mb": peak[0], "worker_mb": peak[1]}))
"""


def measured(articles: Path, output: Path, workers: int = 1, engine: str = "") -> dict[str, Any]:
    """One run in a process of its own."""
    script = output.parent / "run.py"
    script.write_text(RUN, encoding="utf-8")
    command = [sys.executable, script, ROOT / "src", articles, output, workers, engine]
    out = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found


def seconds(compiled: Path, *command: str | Path, rounds: int = 5) -> float:
    """The least wall time of a command whose modules are compiled, as an installer leaves them.

    The compiled modules are kept in the folder ``compiled``, whatever the environment says about writing them.
    """
    settings = os.environ | {"PYTHONPYCACHEPREFIX": str(compiled), "PYTHONDONTWRITEBYTECODE": ""}
    best = float("inf")
    for _ in range(rounds + 1):  # the first compiles
        start = time.perf_counter()
        subprocess.run([str(part) for part in command], check=True, capture_output=True, env=settings)
        best = min(best, time.perf_counter() - start)
    return best


def growth(folder: Path, sizes: Sequence[int], words: int) -> None:
    """More and more documents; of the time of each, what a run of one document takes is taken off first."""
    generate.write(folder / "one", 1, words=words)
    start = min(measured(folder / "one", folder / f"out-one{number}")["seconds"] for number in range(3))
    for size in sizes:
        generate.write(folder / f"{size}", size, words=words)
        for workers in (1, 2):
            got = measured(folder / f"{size}", folder / f"out-{size}-{workers}", workers)
            each = 1000 * (got["seconds"] - start) / size
            print(f"{size:>7,} documents, {workers} worker(s): {got['seconds']:7.1f} s, {each:6.2f} ms each, "
                  f"{1000 * got['cpu'] / size:6.2f} ms of CPU each with start-up, "
                  f"parent {got['parent_mb']} MB, worker {got['worker_mb']} MB", flush=True)  # fmt: skip


def workers(folder: Path, sizes: Sequence[float]) -> None:
    """One process, two, and a Dask cluster of two, on the same text."""
    for size in sizes:
        articles = folder / f"mb{size}"
        generate.write(articles, round(size * 1e6 / 2350))
        runs = {"1 worker": (1, ""), "2 workers": (2, "")}
        if find_spec("distributed"):
            runs["dask, 2 workers"] = (2, "dask")
        else:
            print("Dask is left out, it is not installed: pip install -e '.[scale]'")
        first = 0.0
        for name, (count, engine) in runs.items():
            got = measured(articles, folder / f"out{size}{count}{engine}", count, engine)
            first = first or got["seconds"]
            cpu = f"{got['cpu']:.1f} s of CPU, {got['parent_cpu']:.1f} of them the parent's"
            print(f"{size:>5g} MB, {name:16} {got['seconds']:7.1f} s, {first / got['seconds']:.2f} times one worker, "
                  f"{got['words'] / got['seconds']:>9,.0f} words/s, {cpu}", flush=True)  # fmt: skip


def again(folder: Path) -> None:
    """A second run over the same files, and one with 1 % more."""
    articles, output = folder / "articles", folder / "out-again"
    generate.write(articles, 2000)
    time.sleep(3)  # a file that changed just now is read to see whether it changed again
    first = measured(articles, output)["seconds"]
    same = measured(articles, output)["seconds"]
    generate.write(articles, 2020)
    more = measured(articles, output)["seconds"]
    print(
        f"2,000 documents: {first:.1f} s; again, nothing new: {same / first:.1%}; with 20 new ones: {more / first:.1%}"
    )


def document(folder: Path) -> None:
    """The same 10 MB as one document and as many."""
    text = generate.megabytes(10)
    (folder / "one-file").mkdir()
    (folder / "one-file" / "large.txt").write_text("\n\n".join(text), encoding="utf-8")
    generate.write(folder / "many-files", len(text))
    one, many = measured(folder / "one-file", folder / "out-1"), measured(folder / "many-files", folder / "out-m")
    print(f"10 MB in one document: {one['seconds'] / many['seconds']:.2f} times the time of {len(text):,} documents, "
          f"{one['parent_mb']} MB against {many['parent_mb']} MB")  # fmt: skip


def vocabulary(folder: Path) -> None:
    """The same text with 1,000 to 100,000 names more in the pack."""
    from bench_link import vocabulary as names

    from cryomine.extraction import Extractor
    from cryomine.ingest import plain
    from cryomine.packs import load_pack

    del folder
    import random
    from dataclasses import replace

    pack = load_pack()
    documents = [plain.document(text) for text in generate.megabytes(1)]
    words = sum(len(document.text.split()) for document in documents)
    for size in (0, 1_000, 10_000, 100_000):
        added = (
            [replace(concept, id=f"X{concept.id}") for concept in names(pack, size, random.Random(size))]
            if size
            else []
        )
        begun = time.process_time()
        extractor = Extractor(replace(pack, concepts=(*pack.concepts, *added)))
        built = time.process_time() - begun
        begun = time.process_time()
        for document in documents:
            extractor.claims(document)
        rate = words / (time.process_time() - begun)
        print(f"{size:>7,} more names: {rate:>9,.0f} words/s, extractor made in {built:.1f} s", flush=True)


def startup(folder: Path) -> None:
    """Help, one small file and the corpus, against importing spaCy and pandas."""
    generate.write(folder / "small", 1)
    cryomine = (sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); "
                "from cryomine.cli import main; main()")  # fmt: skip
    timed = partial(seconds, folder / "compiled")
    floor = timed(sys.executable, "-c", "import spacy, pandas")
    small = timed(*cryomine, "extract", "--fresh", folder / "small", "-o", folder / "out-small")
    corpus = timed(*cryomine, "extract", "--fresh", ROOT / "corpus", "-o", folder / "out-corpus", rounds=3)
    print(f"import spacy, pandas: {floor:.2f} s; --help: {1000 * timed(*cryomine, '--help'):.0f} ms (bar 150); "
          f"one small file: {small / floor:.2f} times that (bar 1.3); "
          f"the corpus: {corpus:.2f} s (bar {1.5 * floor + 1:.2f})")  # fmt: skip


def main() -> None:
    """Run the parts that are named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="+", choices=["growth", "workers", "again", "document", "vocabulary", "startup"])
    parser.add_argument("--documents", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--words", type=int, default=generate.WORDS, help="of a document, for growth")
    parser.add_argument("--megabytes", type=float, nargs="+", default=[1, 5])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in given.parts:
            if part == "growth":
                growth(folder, given.documents, given.words)
            elif part == "workers":
                workers(folder, given.megabytes)
            else:
                {"again": again, "document": document, "vocabulary": vocabulary, "startup": startup}[part](folder)


if __name__ == "__main__":
    main()
