"""Whatever happens to a run: afterwards the table is that of an undisturbed run, or the old one and a clear message."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from faulty import tables

pytestmark = [pytest.mark.long, pytest.mark.skipif(os.name == "nt", reason="signals")]
Start = Callable[..., subprocess.Popen[str]]
FolderOf = Callable[..., Path]
ARTICLES: dict[str, str | bytes] = {f"{n:03}.txt": f"It is the ice that relieves pain{n}. slow" for n in range(120)} | {
    f"page{n:03}.md": f"# Ice\n\nIt is the ice that relieves **gout{n}**. slow" for n in range(20)
}
KILLS = 60


def done(process: subprocess.Popen[str]) -> None:
    """Wait until a run ends well."""
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors


@pytest.fixture
def undisturbed(start: Start, folder_of: FolderOf, tmp_path: Path) -> tuple[Path, dict[str, bytes], float]:
    """The articles, the tables of a run that nothing disturbed, and how long that took."""
    articles = folder_of(ARTICLES)
    begun = time.monotonic()
    done(start(articles, tmp_path / "undisturbed"))
    return articles, tables(tmp_path / "undisturbed"), time.monotonic() - begun


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_at_any_moment(
    start: Start, folder_of: FolderOf, undisturbed: tuple[Path, dict[str, bytes], float], tmp_path: Path, workers: int
) -> None:
    """Killed again and again, then left alone; at every kill the folder holds the old table or the new one."""
    articles, wanted, seconds = undisturbed
    out, rng = tmp_path / "out", random.Random(workers)
    done(start(folder_of({"old.txt": "It is the ice that relieves toes."}, name="old"), out))
    old = tables(out)
    for number in range(KILLS // 2):
        # Now and then from the beginning, so that not all kills come after the work is done.
        process = start(articles, out, workers, fresh=number % 3 == 0)
        time.sleep(rng.uniform(0, 1.2 * seconds))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert tables(out)["claims.csv"] in (old["claims.csv"], wanted["claims.csv"])
    done(start(articles, out, workers))
    assert tables(out) == wanted
    assert not list(out.glob(".*.part"))


def test_a_killed_run_goes_on_where_it_was(
    start: Start, undisturbed: tuple[Path, dict[str, bytes], float], tmp_path: Path
) -> None:
    articles, wanted, _ = undisturbed
    slow = "slow " * 20
    for path in articles.glob("*.txt"):
        path.write_text(path.read_text(encoding="utf-8") + slow, encoding="utf-8")
    process = start(articles, tmp_path / "out")
    assert process.stdout is not None
    while int(process.stdout.readline()) < 40:  # a tenth of a second each: some seconds' work
        pass
    process.send_signal(signal.SIGKILL)
    process.communicate()
    process = start(articles, tmp_path / "out")
    first = int(process.stdout.readline()) if process.stdout else 0
    done(process)
    left = len(ARTICLES) - first
    assert left < len(ARTICLES), "files that changed just now are compared by content, which is still a line each"
    assert len(tables(tmp_path / "out")) == len(wanted)


def test_workers_end_with_a_killed_parent(start: Start, folder_of: FolderOf, tmp_path: Path) -> None:
    process = start(folder_of(ARTICLES), tmp_path / "out", 2)
    assert process.stdout is not None
    process.stdout.readline()
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        pytest.skip("no /proc here")
    workers = [int(pid) for pid in children.read_text().split()]
    process.send_signal(signal.SIGKILL)
    process.communicate()
    deadline = time.monotonic() + 10
    while alive := [pid for pid in workers if running(pid)]:
        assert time.monotonic() < deadline, alive
        time.sleep(0.1)


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_worker_that_someone_kills_costs_nothing(
    start: Start, undisturbed: tuple[Path, dict[str, bytes], float], tmp_path: Path
) -> None:
    articles, wanted, _ = undisturbed
    process = start(articles, tmp_path / "out", 2)
    assert process.stdout is not None
    process.stdout.readline()
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        pytest.skip("no /proc here")
    os.kill(int(children.read_text().split()[-1]), signal.SIGKILL)
    done(process)
    assert tables(tmp_path / "out") == wanted


@pytest.mark.parametrize("workers", [1, 2])
def test_a_second_run_into_the_same_folder(
    start: Start, undisturbed: tuple[Path, dict[str, bytes], float], tmp_path: Path, workers: int
) -> None:
    articles, wanted, _ = undisturbed
    first = start(articles, tmp_path / "out", workers)
    assert first.stdout is not None
    first.stdout.readline()
    second = start(articles, tmp_path / "out")
    _, errors = second.communicate(timeout=60)
    assert second.returncode == 1
    assert "another run is writing there" in errors
    done(first)
    assert tables(tmp_path / "out") == wanted


@pytest.mark.parametrize("again", [False, True], ids=["removed", "removed and made anew"])
def test_the_output_folder_is_removed(
    start: Start, undisturbed: tuple[Path, dict[str, bytes], float], tmp_path: Path, again: bool
) -> None:
    articles, wanted, _ = undisturbed
    out = tmp_path / "out"
    process = start(articles, out)
    assert process.stdout is not None
    for _ in range(10):
        process.stdout.readline()
    shutil.rmtree(out)
    if again:
        out.mkdir()
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1, errors
    (line,) = errors.splitlines()
    assert line.startswith(str(out))
    assert "; " in line
    assert not again or not any(out.iterdir())
    done(start(articles, out))
    assert tables(out) == wanted


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 400 kB; needs the right to mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk(start: Start, folder_of: FolderOf, small_disk: Path, tmp_path: Path) -> None:
    out = small_disk / "out"
    done(start(folder_of({"old.txt": "It is the ice that relieves toes."}, name="old"), out))
    old = tables(out)
    many = folder_of({f"{n:04}.txt": f"It is the ice that relieves pain{n}. " * 40 for n in range(60)}, name="many")
    process = start(many, out)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    (line,) = errors.splitlines()
    assert "cannot be written" in line
    assert "make room there" in line
    assert tables(out) == old
    subprocess.run(["mount", "-o", "remount,size=40m", small_disk], check=True)
    done(start(many, out))
    done(start(many, tmp_path / "elsewhere"))
    assert tables(out) == tables(tmp_path / "elsewhere")
