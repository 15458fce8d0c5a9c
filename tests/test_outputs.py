"""The committed table: it is what the corpus gives, whatever the hash seed, and every row stands in its source."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Python = Callable[..., Any]
ROOT = Path(__file__).parents[1]
OUTPUTS = ROOT / "outputs"


def files(folder: Path) -> dict[str, bytes]:
    """Every file of an output folder but the manifest, which has times and versions in it, and the cache."""
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith((".cache/", "run.json"))}


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_corpus_gives_the_committed_files(python: Python, tmp_path: Path, seed: str) -> None:
    strange = {"PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": "Asia/Kolkata"}
    python("-m", "cryomine", "extract", ROOT / "corpus", "-o", tmp_path / "out", **strange)
    rebuilt, committed = files(tmp_path / "out"), files(OUTPUTS)
    assert sorted(rebuilt) == sorted(committed)
    changed = [name for name in rebuilt if rebuilt[name] != committed[name]]
    assert not changed, f"{changed} differ: run `make table` and commit outputs/"


def test_the_run_definition_names_the_corpus_and_outputs() -> None:
    from cryomine.batch import load_definition

    definition = load_definition(ROOT / "pipelines" / "cryotherapy.toml")
    assert [Path(path).resolve() for path in definition.inputs] == [ROOT / "corpus"]
    assert definition.output.resolve() == OUTPUTS


def test_every_committed_row_holds() -> None:
    from cryomine.verify import verify

    verdict = verify(OUTPUTS)
    assert verdict.problems == ()
    assert verdict.rows > 100


def test_the_committed_manifest_has_no_machine_paths() -> None:
    text = (OUTPUTS / "run.json").read_text(encoding="utf-8")
    assert not re.search(r'"(/|[A-Za-z]:\\|~)', text)
    assert str(ROOT) not in text


@pytest.mark.long
def test_the_whole_run_is_not_much_slower_than_importing_spacy_and_pandas(python: Python, tmp_path: Path) -> None:
    def seconds(*arguments: str) -> float:
        """The best of three, so that a busy machine does not decide."""
        best = float("inf")
        for _ in range(3):
            started = time.perf_counter()
            python(*arguments)
            best = min(best, time.perf_counter() - started)
        return best

    floor = seconds("-c", "import spacy, pandas")
    assert seconds("-m", "cryomine", "extract", str(ROOT / "corpus"), "-o", str(tmp_path)) <= 1.5 * floor + 1


@pytest.mark.long
def test_a_megabyte_without_a_line_end_or_a_full_stop(python: Python, tmp_path: Path) -> None:
    """Time and table stay in proportion: no sentence of a megabyte that stands in ten thousand rows."""
    words = "ice packs relieve swelling and cold water may harm the toes of people who walk on snow "
    (tmp_path / "line.txt").write_text(words * 12_000, encoding="utf-8")
    started = time.perf_counter()
    python("-m", "cryomine", "extract", tmp_path / "line.txt", "-o", tmp_path / "out")
    assert time.perf_counter() - started < 120
    assert (tmp_path / "out" / "claims.csv").stat().st_size < 50_000_000
