"""The rules of comparing: every example is tried, every id is known, a mistake is answered with file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cryomine.comparison.examples import check_example
from cryomine.comparison.rules import KINDS, Rules, load_rules, read_rules
from cryomine.errors import PackError
from cryomine.packs import load_pack
from cryomine.packs.loader import pack_folders

FolderOf = Callable[..., Path]
RULES = load_rules("cryotherapy")
GOOD = """
pairs:
- id: denied.mine
  kind: denied
  first: treats
  second: not treats
  concepts: same
  strength: strong
  why: "{source_a} against {source_b}"
  example: "treats gout | not treats gout"
"""


@pytest.mark.parametrize("rule", [*RULES.pairs, *RULES.adjust], ids=lambda rule: rule.id)
def test_an_example_brings_its_rule_about(rule: object) -> None:
    assert check_example(rule, RULES) == ""  # type: ignore[arg-type]


def test_every_kind_has_a_rule() -> None:
    assert {rule.kind for rule in RULES.pairs} == set(KINDS)


def test_the_facts_name_what_the_vocabulary_has() -> None:
    pack = load_pack()
    concepts = {concept.id for concept in pack.concepts}
    interventions = {item.id for item in pack.interventions}
    assert {*RULES.passing, *(key for group in RULES.alike for key in group), *RULES.filed.values()} <= concepts
    assert {*RULES.local, *RULES.whole} <= interventions


def test_base_names_no_therapy() -> None:
    text = (pack_folders("base")[0] / "compare.yaml").read_text(encoding="utf-8").lower()
    words = {word for item in load_pack().interventions for word in (item.name, item.id)}
    assert not [word for word in sorted(words) if word in text]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("pairs:\n- id: x", 2, "pairs.0.id"),
        (GOOD.replace("strong", "stark"), 8, "strength"),
        (GOOD.replace("{source_b}", "{sauce}"), 9, "no place is called"),
        (GOOD + "  hint: x\n", 11, "hint"),
        ("pears: []", 1, "pears"),
        ("pairs: [", 1, "check quotes"),
        ("passing: [a, {b: c}]", 1, "passing.1"),
    ],
)
def test_a_mistake_is_answered_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = tmp_path / "compare.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        read_rules(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD.replace("not treats gout", "not treats pain"), "denied.mine: the example is not matched"),
        (GOOD.replace("treats gout | not treats gout", "treats gout"), "two claims"),
        (GOOD.replace("not treats gout", "not treats gout | gout likes rain"), "is no fact"),
        (GOOD.replace("mine", "treats.same"), "two rules are called 'denied.treats.same'"),
    ],
)
def test_a_pack_with_a_wrong_example_is_refused(folder_of: FolderOf, text: str, message: str) -> None:
    pack = folder_of({"pack.toml": 'name = "mine"\nversion = "1"\nextends = "base"\n', "compare.yaml": text}, "pack")
    with pytest.raises(PackError, match=r"compare\.yaml") as caught:
        load_rules(pack)
    assert message in str(caught.value)


def test_a_pack_adds_to_base(folder_of: FolderOf) -> None:
    files = {"pack.toml": 'name = "mine"\nversion = "1"\nextends = "base"\n', "compare.yaml": "local: [pad]\n"}
    rules = load_rules(folder_of(files, "pack"))
    assert rules.local == ("pad",)
    assert rules.pairs == RULES.pairs


def test_no_rules_no_pairs() -> None:
    assert Rules().pairs == ()
