"""The command itself, with the real pack: Ctrl-C, and whatever may vary between two machines."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from faulty import tables

pytestmark = pytest.mark.long
ROOT = Path(__file__).parents[2]
FolderOf = Callable[..., Path]
Python = Callable[..., Any]
TEXT = "Ice packs relieve the swelling of knee {n}. They may cause frostbite of the {n} toes that they touch.\n\n"


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_says_how_to_go_on(folder_of: FolderOf, python: Python, tmp_path: Path, workers: str) -> None:
    articles = folder_of({f"{n}.txt": TEXT.format(n=n) * 300 for n in range(300)})
    command = ["-m", "cryomine", "extract", str(articles), "-o", str(tmp_path / "out"), "--workers", workers]
    process = subprocess.Popen(
        [sys.executable, *command], stderr=subprocess.PIPE, text=True, start_new_session=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        # These tests may run in the background, where a shell has Ctrl-C ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not (tmp_path / "out" / ".cache" / "done.sqlite").exists():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    time.sleep(2)  # then the extractor is made, or the first articles are in work
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the workers hear it too
    _, errors = process.communicate(timeout=60)
    assert errors == "cryomine: stopped; what is done is kept, run the same command to go on\n"
    assert process.returncode == 130
    assert not (tmp_path / "out" / "claims.csv").exists()


VARIED = [
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Pacific/Kiritimati"},
    {"PYTHONHASHSEED": "4242", "LC_ALL": "tr_TR.UTF-8", "TZ": "America/St_Johns", "PYTHONUTF8": "0"},
]
TWO_WORKERS = """
import sys
from pathlib import Path
from cryomine.batch import Options, engines, run
from cryomine.packs import load_pack
if __name__ == "__main__":
    engines.BYTES_FOR_ONE = 1
    run([sys.argv[1]], load_pack(), Options(Path(sys.argv[2]), workers=2))
"""


def test_the_table_does_not_depend_on_the_machine(folder_of: FolderOf, python: Python, tmp_path: Path) -> None:
    """Hash seed, locale, time zone, order of the files on disk, number of workers."""
    corpus = {path.name: path.read_bytes() for path in sorted((ROOT / "corpus").glob("*/*.txt"))}
    python("-m", "cryomine", "extract", folder_of(corpus, name="0"), "-o", tmp_path / "out")
    wanted = tables(tmp_path / "out")
    assert len(wanted["claims.csv"]) > 100_000
    backwards = folder_of(dict(reversed(corpus.items())), name="1")
    for number, environment in enumerate(VARIED):
        python("-m", "cryomine", "extract", backwards, "-o", tmp_path / f"out{number}", **environment)
        assert tables(tmp_path / f"out{number}") == wanted
    (tmp_path / "two.py").write_text(TWO_WORKERS, encoding="utf-8")
    python(tmp_path / "two.py", backwards, tmp_path / "two")
    assert tables(tmp_path / "two") == wanted
