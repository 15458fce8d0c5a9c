"""The README keeps its word: its commands exist, its snippets run, its links lead somewhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from cryomine.cli import COMMANDS
from cryomine.table import read_claims

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
SNIPPETS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_every_command_is_shown_and_every_shown_command_exists() -> None:
    assert set(re.findall(r"^cryomine (\w+)", SHELL, re.MULTILINE)) == set(COMMANDS)


def test_the_table_shows_rows_of_the_shipped_one() -> None:
    header, _, *lines = [line.strip("| ").split(" | ") for line in README.splitlines() if line.startswith("|")]
    shipped = read_claims(ROOT / "outputs" / "claims.csv")[header].astype(str).to_numpy().tolist()
    assert len(lines) >= 5
    assert [line for line in lines if line not in shipped] == []


@pytest.mark.parametrize("page", ["README.md", "src/cryomine/cli/show.py"])
def test_rows_that_are_shown_are_in_the_shipped_table(page: str) -> None:
    from cryomine.place import places

    shown = re.findall(r"cryomine show (\w+) outputs\b", (ROOT / page).read_text(encoding="utf-8"))
    assert len(shown) == 1
    assert len(places(ROOT / "outputs", shown[0])) == 1


def test_extras_that_are_named_exist() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    named = {name for names in re.findall(r"'\.\[([\w,]+)\]'", README) for name in names.split(",")}
    assert {"plot", "excel", "parquet"} <= named <= set(extras)


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"(?:^|`)make (\w+)", README, re.MULTILINE)
    assert {"table", "test", "quality"} <= set(targets)
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_links_lead_to_files() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert "docs/claims-table.md" in links
    for target in links:
        assert (ROOT / target).exists(), target


def test_the_analysts_snippet_finds_something(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}
    exec(compile(SNIPPETS[0], "README.md", "exec"), names)
    assert len(names["claims"]) > 100
    assert not names["said"].empty
    assert (names["both"].concept_id != "").any(), "the shipped articles contradict each other somewhere"
    assert "source_rules_out" in capsys.readouterr().out


def test_the_python_snippet_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("Ice packs relieve swelling.", encoding="utf-8")
    names: dict[str, Any] = {"cryomine": __import__("cryomine")}
    exec(compile(SNIPPETS[1], "README.md", "exec"), names)
    assert list(names["claims"].condition) == ["swelling"]
