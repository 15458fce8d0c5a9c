"""docs/packs.md prints what the commands print, and the rules of docs/rules.md do what they show.

``python tests/test_docs_packs.py`` writes the page anew; read the diff.
"""

from __future__ import annotations

import re
import sys
import tempfile
from contextlib import chdir
from pathlib import Path

import pytest

from docs_commands import rewritten, run, steps, write

ROOT = Path(__file__).parents[1]
PACKS, RULES = ROOT / "docs" / "packs.md", ROOT / "docs" / "rules.md"


def test_the_tutorial_prints_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    commands = 0
    for step in steps(PACKS.read_text(encoding="utf-8")):
        if step.path:
            write(step)
        else:
            assert run(step.command) == step.output, f"$ {step.command}"
            commands += 1
    assert commands > 10


def test_every_subcommand_of_pack_stands_in_the_tutorial() -> None:
    from cryomine.cli.pack import pack

    page = PACKS.read_text(encoding="utf-8")
    assert [name for name in pack.commands if f"$ cryomine pack {name}" not in page] == []


def test_the_rules_of_the_rule_language_do_what_they_show(tmp_path: Path) -> None:
    from cryomine.authoring.review import review
    from cryomine.authoring.scaffold import scaffold

    scaffold("red-light", tmp_path)
    blocks = re.findall(r"^```yaml\n(.*?)^```$", RULES.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    kinds = {True: "context.yaml", False: "cues.yaml"}
    for is_context, name in kinds.items():
        chosen = [block for block in blocks if ("\n  kind: " in block) is is_context]
        assert chosen
        (tmp_path / name).write_text("\n".join(chosen), encoding="utf-8")
    assert [str(remark) for remark in review(tmp_path) if remark.level == "wrong"] == []


def test_every_field_and_value_of_a_rule_is_explained() -> None:
    from typing import get_args

    from cryomine.packs.schema import Accept, ContextKind, ContextRule, CueRule, Scope

    page = RULES.read_text(encoding="utf-8")
    words = {
        *CueRule.model_fields,
        *ContextRule.model_fields,
        *get_args(Scope),
        *get_args(Accept),
        *get_args(ContextKind),
    }
    assert sorted(word for word in words if f"`{word}`" not in page) == []


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        text = rewritten(PACKS.read_text(encoding="utf-8"))
    sys.exit(PACKS.write_text(text, encoding="utf-8") and 0)
