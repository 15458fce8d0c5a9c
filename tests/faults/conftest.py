"""Runs in processes of their own, with the extractor that does as the document says."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS / "batch"))

# Arguments: the articles, the output, workers, "fresh" or not. Two workers share the work however little there is.
RUN = """
import sys
from pathlib import Path
from faulty import FaultyExtractor, FaultyPack
from cryomine.batch import Options, engines, run
from cryomine.errors import CryomineError
if __name__ == "__main__":
    engines.BYTES_FOR_ONE = 1
    articles, output, workers, fresh = sys.argv[1:]
    def told(now):
        print(now.done, flush=True)
    options = Options(Path(output), progress=told, workers=int(workers), fresh=fresh == "fresh")
    try:
        run([articles], FaultyPack(), options, FaultyExtractor())
    except CryomineError as error:
        sys.exit(str(error))
"""


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """A function that starts a run; it prints the number of documents done, one a line."""
    script = tmp_path / "script.py"
    script.write_text(RUN, encoding="utf-8")

    def go(articles: Path, output: Path, workers: int = 1, fresh: bool = False) -> subprocess.Popen[str]:
        command = [sys.executable, script, articles, output, workers, "fresh" if fresh else "on"]
        paths = os.pathsep.join([str(TESTS.parent / "src"), str(TESTS / "batch")])
        return subprocess.Popen(
            [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=os.environ | {"PYTHONPATH": paths},
        )  # fmt: skip

    return go
