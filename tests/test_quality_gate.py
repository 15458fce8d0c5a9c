"""The quality gate's bookkeeping: floors rise, and fall only with a reason."""

from __future__ import annotations

import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from scripts import script


@pytest.fixture(scope="module")
def gate() -> ModuleType:
    return script("quality_gate")


@pytest.fixture
def floors(gate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A floors file for one set whose measured figures the tests choose."""
    monkeypatch.setattr(gate, "ROOT", tmp_path)
    (tmp_path / "gold.csv").write_text("doc\n", encoding="utf-8")
    path = tmp_path / "floors.toml"
    path.write_text('[mine]\narticles = "a"\ngold = "gold.csv"\n\n[absent]\narticles = "b"\ngold = "nowhere.csv"\n')
    return path


def measured(
    gate: ModuleType, monkeypatch: pytest.MonkeyPatch, problems: tuple[str, ...] = (), **figures: float
) -> None:
    monkeypatch.setattr(gate, "measure", lambda *_: (figures, list(problems)))


def bounds(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))["mine"].get("bounds", {})


def test_floors_rise_and_do_not_fall(gate: ModuleType, floors: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured(gate, monkeypatch, f1=0.9, traps=3.0)
    assert gate.main([], floors) == 1, "not pinned yet"
    assert gate.main(["--raise"], floors) == 0
    assert bounds(floors) == {"f1": 0.9, "traps": 3}
    measured(gate, monkeypatch, f1=0.95, traps=1.0)
    assert gate.main([], floors) == 0
    assert bounds(floors) == {"f1": 0.9, "traps": 3}, "only --raise writes"
    assert gate.main(["--raise"], floors) == 0
    assert bounds(floors) == {"f1": 0.95, "traps": 1}
    for worse in ({"f1": 0.949, "traps": 1.0}, {"f1": 0.96, "traps": 2.0}):
        measured(gate, monkeypatch, **worse)
        assert gate.main([], floors) == 1
        assert gate.main(["--raise"], floors) == 1
        assert bounds(floors) == {"f1": 0.95, "traps": 1}


def test_lowering_takes_a_reason_and_keeps_it(gate: ModuleType, floors: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured(gate, monkeypatch, f1=0.9)
    gate.main(["--raise"], floors)
    measured(gate, monkeypatch, f1=0.8)
    assert gate.main(["--lower-with-reason", 'a "trade"'], floors) == 0
    assert bounds(floors) == {"f1": 0.8}
    assert tomllib.loads(floors.read_text(encoding="utf-8"))["mine"]["lowered"] == ['a "trade"']
    assert gate.main([], floors) == 0


def test_changed_gold_is_noticed(gate: ModuleType, floors: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured(gate, monkeypatch, f1=0.9)
    gate.main(["--raise"], floors)
    (floors.parent / "gold.csv").write_text("doc\na.txt\n", encoding="utf-8")
    assert gate.main([], floors) == 1
    assert gate.main(["--raise"], floors) == 1, "raising does not paper over it"
    assert gate.main(["--lower-with-reason", "a new article"], floors) == 0
    assert gate.main([], floors) == 0


def test_ungrounded_rows_fail(gate: ModuleType, floors: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured(gate, monkeypatch, f1=0.9)
    gate.main(["--raise"], floors)
    measured(gate, monkeypatch, problems=("row 1: condition is …",), f1=0.9)
    assert gate.main([], floors) == 1


def test_absent_articles_are_skipped_aloud(
    gate: ModuleType, floors: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measured(gate, monkeypatch, f1=0.9)
    gate.main(["--raise"], floors)
    assert "absent: skipped, nowhere.csv is not here" in capsys.readouterr().out


def test_the_floors_file_is_readable(gate: ModuleType) -> None:
    sets = tomllib.loads(gate.FLOORS.read_text(encoding="utf-8"))
    assert {"seeds", "web", "blogs", "clinical", "restated"} <= sets.keys()
