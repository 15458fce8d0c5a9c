"""What each rule is worth: the counts over several sets, and the bars."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from cryomine.score import Score, Span
from scripts import script


@pytest.fixture(scope="module")
def report() -> ModuleType:
    script("quality_gate")
    return script("rule_report")


def score(right: str = "", wrong: str = "") -> Score:
    """Rows as ``document.rule``, one claim each."""
    spans = [
        [Span(*row.split(".")[:1], 0, 1, rule=row.split(".")[1]) for row in rows.split()] for rows in (right, wrong)
    ]
    return Score(tuple((Span("", 0, 1), span) for span in spans[0]), (), tuple(spans[1]), (), ("a", "b"))


def test_rules_are_counted_over_all_sets(report: ModuleType) -> None:
    found = report.rules_of({"one": score("a.heal a.heal b.ease", "a.ease"), "two": score("a.heal", "a.harm")})
    assert [(r.rule, r.fired, r.right, r.documents) for r in found] == [
        ("heal", 3, 3, 2),  # a document of the same name in another set is another
        ("ease", 2, 1, 2),
        ("harm", 1, 0, 1),
    ]


@pytest.mark.parametrize(("fired", "right", "poor"), [(10, 7, False), (10, 6, True), (9, 0, False), (100, 69, True)])
def test_a_rule_that_is_often_wrong(report: ModuleType, fired: int, right: int, poor: bool) -> None:
    assert report.Rule("a", fired, right, 2).poor is poor


def test_the_figures(report: ModuleType) -> None:
    rules = [report.Rule("heal", 3, 3, 2), report.Rule("harm", 12, 1, 1)]
    rows = report.made(score("a.heal a.heal b.ease", "a.harm"))
    assert report.figures(rules, rows, frozenset(("heal", "ease"))) == {
        "several_documents": 0.5,
        "often_wrong": 1.0,
        "by_base": 0.75,
    }
    assert report.figures([], [], frozenset()) == {"several_documents": 1.0, "often_wrong": 0.0, "by_base": 1.0}


def test_a_set_that_stands_twice_counts_once(report: ModuleType, tmp_path: Path) -> None:
    for name, text in (("a", "doc\n1"), ("b", "doc\n1"), ("c", "doc\n2")):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    given = {name: {"gold": tmp_path / f"{name}.csv"} for name in "abc"}
    assert list(report.distinct(given)) == ["a", "c"]


def test_every_annotated_folder_of_the_corpus_is_a_set(report: ModuleType) -> None:
    gold = {str(entry["gold"]).rpartition("corpus/")[2] for entry in report.sets().values()}
    folders = {path.parent.name for path in (report.ROOT / "corpus").glob("*/gold.csv")}
    assert {f"{name}/gold.csv" for name in folders} <= gold
    assert len(folders) > 10
