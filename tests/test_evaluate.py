"""The score, case by case: gold and table are written as one line a row."""

from __future__ import annotations

import pytest

from cryomine.errors import CryomineError
from cryomine.evaluate import evaluate
from cryomine.score import DETAILS, Score


def rows(key: str, table: str) -> list[dict[str, str]]:
    """Lines of ``doc relation polarity start end [certainty [rule [intervention]]]``, or of a document alone."""
    names = (key, "relation", "polarity", "start", "end", "certainty", "rule", "intervention")
    return [dict(zip(names, line.split(), strict=False)) for line in table.strip().splitlines()]


def score(gold: str, table: str, ignore: str = "") -> Score:
    ignored = [dict(zip(("doc", "start", "end"), line.split(), strict=True)) for line in ignore.strip().splitlines()]
    return evaluate(rows("source", table), rows("doc", gold), ignored)


def counts(found: Score) -> tuple[int, int, int]:
    return (found.overall.gold, found.overall.found, found.overall.right)


ONE = "a.txt treats affirmed 0 9"  # one row, for gold or table
COUNTS = {
    "the same row": (ONE, ONE, (1, 1, 1)),
    "one character in common": (ONE, "a.txt treats affirmed 8 20", (1, 1, 1)),
    "spans that only touch": (ONE, "a.txt treats affirmed 9 12", (1, 1, 0)),
    "another relation": (ONE, "a.txt side-effect affirmed 0 9", (1, 1, 0)),
    "another polarity": (ONE, "a.txt treats negated 0 9", (1, 1, 0)),
    "another document": (f"{ONE}\nb.txt", "b.txt treats affirmed 0 9", (1, 1, 0)),
    "a gold row is taken once": (ONE, "a.txt treats affirmed 0 5\na.txt treats affirmed 6 9", (1, 2, 1)),
    "a row is taken once": ("a.txt treats affirmed 0 5\na.txt treats affirmed 6 9", ONE, (2, 1, 1)),
    "a document that the gold does not name": (ONE, "z.txt treats affirmed 0 9", (1, 0, 0)),
    "a document without claims": ("a.txt", ONE, (0, 1, 0)),
    "a source in a folder": (ONE, "folder/a.txt treats affirmed 0 9", (1, 1, 1)),
    "a member of an archive": (ONE, "all.zip!x/a.txt treats affirmed 0 9", (1, 1, 1)),
    "the full name goes first": (ONE, f"{ONE}\nb/a.txt treats affirmed 0 9", (1, 1, 1)),
    "a benefit is not asked for": ("a.txt benefit affirmed 0 9", "", (0, 0, 0)),
    "a row on a benefit is left out": ("a.txt benefit affirmed 0 9", ONE, (0, 0, 0)),
    "on a benefit and a claim": ("a.txt benefit affirmed 0 9\na.txt side-effect affirmed 5 9", ONE, (1, 1, 0)),
}


@pytest.mark.parametrize(("gold", "table", "expected"), COUNTS.values(), ids=COUNTS)
def test_counts(gold: str, table: str, expected: tuple[int, int, int]) -> None:
    assert counts(score(gold, table)) == expected


def test_likest_first() -> None:
    """The wide row would fit both gold rows; the narrow one takes its likeness away from it."""
    found = score(
        "a.txt treats affirmed 0 20\na.txt treats affirmed 10 20",
        "a.txt treats affirmed 10 20\na.txt treats affirmed 0 18",
    )
    assert [(gold.start, claim.start) for gold, claim in found.right] == [(10, 10), (0, 0)]


def test_greedy_may_lose_a_pair() -> None:
    """The definition is greedy, not the largest number of pairs: 2-8 takes 0-10, nothing is left for 0-3."""
    found = score(
        "a.txt treats affirmed 0 10\na.txt treats affirmed 7 30", "a.txt treats affirmed 2 8\na.txt treats affirmed 0 3"
    )
    assert [(claim.start, gold.start) for gold, claim in found.right] == [(2, 0)]


def test_ignored_rows_are_left_out() -> None:
    table = f"{ONE}\na.txt treats affirmed 20 30\na.txt treats affirmed 40 50"
    found = score(ONE, table, ignore="a.txt 25 26")
    assert counts(found) == (1, 2, 1)
    assert [row.start for row in found.left_out] == [20]


def test_figures() -> None:
    found = score(
        """a.txt treats affirmed 0 9 asserted - ice
           a.txt treats negated 20 29 asserted - ice
           a.txt side-effect affirmed 40 49 hedged - ice
           b.txt""",
        """a.txt treats affirmed 0 9 asserted r1 Ice
           a.txt treats negated 20 28 hedged r1 ice
           a.txt treats affirmed 60 70 hedged r2 ice
           b.txt treats affirmed 0 5 hedged r1 ice""",
    )
    assert counts(found) == (3, 4, 2)
    assert (found.overall.precision, found.overall.recall) == (0.5, 2 / 3)
    assert found.overall.f1 == pytest.approx(4 / 7)
    assert {name: (t.gold, t.found, t.right) for name, t in found.by_relation().items()} == {
        "side-effect": (1, 0, 0),
        "treats": (2, 4, 2),
    }
    assert {name: (t.gold, t.found, t.right) for name, t in found.by_document().items()} == {
        "a.txt": (3, 3, 2),
        "b.txt": (0, 1, 0),
    }
    assert {name: (t.fired, t.right, t.wrong, t.documents) for name, t in found.by_rule().items()} == {
        "r1": (3, 2, 1, 2),
        "r2": (1, 0, 1, 1),
    }
    assert found.negated.recall == 1.0
    shares = {d.kind: 0 for d in found.differences()}
    assert shares.keys() == {"missed", "wrong", "span", "certainty"}


def test_nothing_to_find_and_nothing_found_is_perfect() -> None:
    found = score("a.txt", "")
    assert (found.overall.precision, found.overall.recall, found.overall.f1) == (1.0, 1.0, 1.0)


def test_differences() -> None:
    found = score(
        """a.txt treats affirmed 0 9 asserted
           a.txt treats affirmed 10 19 asserted
           a.txt side-effect affirmed 20 29 asserted
           a.txt treats affirmed 30 39 asserted""",
        """a.txt treats affirmed 0 6 hedged
           a.txt treats affirmed 7 9 asserted
           a.txt treats negated 10 19 asserted
           a.txt treats affirmed 20 29 asserted
           a.txt treats affirmed 80 89 asserted""",
    )
    assert [(d.kind, d.place[1]) for d in found.differences()] == [
        ("certainty", 0),
        ("span", 0),
        ("extra", 7),
        ("polarity", 10),
        ("relation", 20),
        ("missed", 30),
        ("wrong", 80),
    ]


def test_two_sources_for_one_gold_document() -> None:
    with pytest.raises(CryomineError, match=r"'a\.txt' could be b/a\.txt or c/a\.txt"):
        score(ONE, "b/a.txt treats affirmed 0 9\nc/a.txt treats affirmed 0 9")


def test_offsets_that_are_no_numbers() -> None:
    with pytest.raises(CryomineError, match=r"a\.txt: a row without whole numbers"):
        score("a.txt treats affirmed x 9", "")


def test_a_parent_of_the_golds_intervention_counts_as_the_same_where_the_pack_is_given() -> None:
    from cryomine.evaluate import kin_of
    from cryomine.packs.schema import Intervention

    cold = Intervention("I:cold", "cold therapy")
    ice = Intervention("I:ice", "ice pack", parents=("I:cold",), synonyms=("bag of ice",))
    kin = kin_of([cold, ice])
    assert kin["bag of ice"] == {"ice pack", "cold therapy"}
    gold = [dict(rows("doc", ONE)[0], intervention="Bag of ice")]
    for name, same in (("cold therapy", 1.0), ("ice pack", 1.0), ("bag of ice", 1.0), ("snow", 0.0)):
        claims = [dict(rows("source", ONE)[0], intervention=name)]
        assert evaluate(claims, gold, kin=kin).share(DETAILS["intervention"]) == same, name
    assert evaluate([dict(rows("source", ONE)[0], intervention="ice pack")], gold).share(DETAILS["intervention"]) == 0.0


def test_concepts_that_recur_are_one_id() -> None:
    gold = [dict(row, concept="pain") for row in rows("doc", f"{ONE}\nb.txt treats affirmed 0 9")]
    claims = rows("source", f"{ONE}\nb.txt treats affirmed 0 9")
    for ids, split in ((("C:1", "C:1"), []), (("C:1", "C:2"), ["pain"]), (("", ""), ["pain"])):
        linked = [dict(row, concept_id=one) for row, one in zip(claims, ids, strict=True)]
        assert evaluate(linked, gold).split_concepts() == split
