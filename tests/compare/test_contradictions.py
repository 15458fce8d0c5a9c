"""Which claims contradict each other, how much, and why."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

import cryomine
from cryomine.comparison.pairs import fair_limit

TableOf = Callable[..., pd.DataFrame]
DENIED, FORBIDDEN, HARM, SAFE = (
    "denied",
    "treats-vs-contraindicated",
    "treats-vs-side-effect",
    "contraindicated-vs-safe",
)

# Two claims of two sources, and what comes of them: verdict, kind, strength; nothing where they go together.
CASES = [
    ("treats gout", "not treats gout", ("contradiction", DENIED, "strong")),
    ("treats migraine", "not treats headache", ("contradiction", DENIED, "medium")),
    ("treats headache", "not treats migraine", ("apparent", DENIED, "weak")),
    ("side-effect burn", "not side-effect burn", ("contradiction", DENIED, "strong")),
    ("side-effect frostbite", "not side-effect cold injury", ("contradiction", DENIED, "medium")),
    ("side-effect cold injury", "not side-effect frostbite", None),
    ("treats asthma", "contraindicated asthma", ("contradiction", FORBIDDEN, "strong")),
    ("treats pneumonia", "contraindicated respiratory disease", ("contradiction", FORBIDDEN, "strong")),
    ("treats respiratory disease", "contraindicated pneumonia", ("apparent", FORBIDDEN, "weak")),
    ("treats scar", "side-effect scar", ("contradiction", HARM, "strong")),
    ("treats skin disease", "side-effect cold panniculitis", ("apparent", HARM, "weak")),
    ("contraindicated pregnancy", "not contraindicated pregnancy", ("contradiction", SAFE, "strong")),
    ("contraindicated respiratory disease", "not contraindicated asthma", ("contradiction", SAFE, "medium")),
    ("contraindicated asthma", "not contraindicated respiratory disease", ("contradiction", SAFE, "medium")),
    # what a procedure brings for a while
    ("treats pain", "side-effect pain", ("apparent", HARM, "medium")),
    ("treats pain syndrome", "side-effect pain", ("apparent", HARM, "medium")),
    ("treats skin redness", "side-effect skin redness", ("apparent", HARM, "medium")),
    # which intervention
    ("treats wart with cryosurgery", "contraindicated wart with whole-body cryotherapy",
     ("contradiction", FORBIDDEN, "weak")),
    ("treats asthma with cold shower", "contraindicated asthma with whole-body cryotherapy",
     ("contradiction", FORBIDDEN, "medium")),
    ("treats asthma with cryoablation", "contraindicated asthma with cryosurgery",
     ("contradiction", FORBIDDEN, "strong")),
    ("treats asthma with local cryotherapy", "contraindicated asthma with cold exposure",
     ("contradiction", FORBIDDEN, "strong")),
    # how firmly, and which forms
    ("treats asthma hedged", "contraindicated asthma hedged", ("contradiction", FORBIDDEN, "medium")),
    ("treats asthma hedged", "contraindicated asthma", ("contradiction", FORBIDDEN, "strong")),
    ("treats asthma", "contraindicated severe asthma", ("contradiction", FORBIDDEN, "medium")),
    ("treats severe asthma", "contraindicated severe asthma", ("contradiction", FORBIDDEN, "strong")),
    # how they are kin
    ("treats snoring", "contraindicated respiratory disease", ("contradiction", FORBIDDEN, "medium")),
    ("treats adenoid hypertrophy", "contraindicated respiratory disease", ("contradiction", FORBIDDEN, "medium")),
    # unlinked conditions meet by their words
    ("treats the frobnic state", "not treats The frobnic  state", ("contradiction", DENIED, "strong")),
    # what goes together
    ("contraindicated infectious disease", "side-effect infection", None),
    ("treats muscle pain", "side-effect pain", None),
    ("treats pneumonia", "side-effect infection", None),
    ("treats allergic rhinitis", "contraindicated cold urticaria", None),
    ("not side-effect hypothermia", "side-effect frostbite", None),
    ("not treats asthma", "contraindicated asthma", None),
    ("treats asthma", "not contraindicated asthma", None),
    ("treats asthma", "treats asthma", None),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "expected"), CASES)
def test_two_claims(table: TableOf, first: str, second: str, expected: tuple[str, str, str] | None) -> None:
    for one, other in ((first, second), (second, first)):
        found = cryomine.compare(table(f"a.txt: {one}", f"b.txt: {other}")).contradictions
        listed = [tuple(row) for row in found[["verdict", "kind", "strength"]].itertuples(index=False)]
        assert listed == ([expected] if expected else []), f"{one} / {other}"
        assert set(found["scope"]) <= {"across"}


def test_a_pair_has_both_mentions_and_says_why(table: TableOf) -> None:
    claims = table(
        "chamber.txt: contraindicated respiratory disease with whole-body cryotherapy",
        "clinic.txt: treats pneumonia hedged",
    )
    (pair,) = cryomine.compare(claims).contradictions.to_dict("records")
    assert (pair["source_a"], pair["source_b"]) == ("clinic.txt", "chamber.txt")
    assert (pair["mention_id_a"], pair["mention_id_b"]) == tuple(reversed(claims["mention_id"].tolist()))
    assert (pair["evidence_a"], pair["evidence_b"]) == tuple(reversed(claims["evidence"].tolist()))
    assert pair["match"] == "hierarchy"
    assert pair["why"] == (
        "clinic.txt says that cryotherapy helps with pneumonia, chamber.txt rules whole-body cryotherapy out in every "
        "respiratory disease; pneumonia is a kind of respiratory disease."
    )


def test_what_weakens_a_pair_is_in_its_sentence(table: TableOf) -> None:
    claims = table("a.txt: treats wart with cryosurgery", "a.txt: contraindicated wart with whole-body cryotherapy")
    (pair,) = cryomine.compare(claims).contradictions.to_dict("records")
    assert pair["scope"] == "within"
    assert "the same article (a.txt)" in pair["why"]
    assert "weaker, as one is a local use, the other takes in the whole body, and the two" in pair["why"]
    assert pair["adjustments"] == "weaker.local-against-whole|weaker.other-intervention"


def test_one_statement_however_often_it_is_made(table: TableOf) -> None:
    claims = table("a.txt: treats scar hedged", "a.txt: treats scar", "a.txt: treats scar", "b.txt: side-effect scar")
    (pair,) = cryomine.compare(claims).contradictions.to_dict("records")
    assert (pair["mentions_a"], pair["mentions_b"]) == (3, 1)
    assert pair["mention_id_a"] == claims["mention_id"][1], "an asserted mention stands for it"


def test_apparent_pairs_come_last_and_touch_no_source(table: TableOf) -> None:
    claims = table(
        "a.txt: treats pain", "b.txt: side-effect pain", "a.txt: treats scar", "b.txt: side-effect scar",
        "c.txt: treats snoring", "c.txt: contraindicated respiratory disease",
    )  # fmt: skip
    comparison = cryomine.compare(claims)
    listed = list(comparison.contradictions[["verdict", "strength", "concept_a"]].itertuples(index=False, name=None))
    assert listed == [
        ("contradiction", "strong", "scar"),
        ("contradiction", "medium", "snoring"),
        ("apparent", "medium", "pain"),
    ]
    figures = comparison.sources.set_index("source")[["contradicted", "self_contradicted"]]
    assert figures.loc["a.txt"].tolist() == [1, 0]
    assert figures.loc["c.txt"].tolist() == [0, 2]


def test_a_long_list_is_cut_fairly_and_says_so(table: TableOf) -> None:
    lines = [f"t{number:02}.txt: treats gout" for number in range(20)]
    lines += [f"d{number:02}.txt: not treats gout hedged" for number in range(20)]
    lines += ["t00.txt: treats gout", "t00.txt: not treats gout", "x.txt: treats scar", "y.txt: side-effect scar"]
    comparison = cryomine.compare(table(*lines), budget=11)
    assert comparison.pairs_found == 20 * 21 + 1
    listed = comparison.contradictions
    assert listed["concept_a"].value_counts().to_dict() == {"gout": 10, "scar": 1}
    assert set(listed.loc[listed["concept_a"] == "gout", "group_pairs"]) == {420}
    assert "within" in set(listed["scope"]), "of one strength those within an article come first"
    figures = comparison.sources.set_index("source")["contradicted"]
    assert set(figures.drop("t00.txt")) == {1}, "counted exactly, listed or not"
    assert figures["t00.txt"] == 2
    assert len(cryomine.compare(table(*lines)).contradictions) == 421


@pytest.mark.parametrize(
    ("sizes", "budget", "limit"),
    [([], 5, 1), ([3, 4], 10, 4), ([1, 100], 11, 10), ([5, 5, 5], 3, 1), ([5, 5, 5], 2, 1), ([2, 8, 90], 30, 20)],
)
def test_fair_limit(sizes: list[int], budget: int, limit: int) -> None:
    assert fair_limit(sizes, budget) == limit


def test_no_claims(table: TableOf) -> None:
    comparison = cryomine.compare(table("a.txt: treats gout").head(0))
    for part in (comparison.matrix, comparison.agreements, comparison.contradictions, comparison.sources):
        assert len(part) == 0
