"""What holds of any table: figures and listed pairs agree, and the order of the rows changes nothing."""

from __future__ import annotations

import random
from collections.abc import Callable

import pandas as pd
import pytest

import cryomine

TableOf = Callable[..., pd.DataFrame]
CONCEPTS = ("gout", "pneumonia", "respiratory disease", "snoring", "pain", "pain syndrome", "scar", "odd state")
THERAPIES = ("cryotherapy", "whole-body cryotherapy", "cryosurgery", "cold shower", "local cryotherapy")


def lines(seed: int, count: int = 60) -> list[str]:
    """Claims at random, few concepts among few sources, so that most meet."""
    rng = random.Random(seed)

    def line() -> str:
        denied, relation = rng.choice(("", "", "not ")), rng.choice(("treats", "contraindicated", "side-effect"))
        condition = rng.choice(("", "", "severe ")) + rng.choice(CONCEPTS)
        therapy = rng.choice(THERAPIES) + rng.choice(("", " hedged"))
        return f"{rng.choice('abcdef')}.txt: {denied}{relation} {condition} with {therapy}"

    return [line() for _ in range(count)]


@pytest.mark.parametrize("seed", range(5))
def test_the_figures_are_those_of_the_pairs(table: TableOf, seed: int) -> None:
    comparison = cryomine.compare(table(*lines(seed)))
    listed = comparison.contradictions
    assert comparison.pairs_found == len(listed)
    real = listed[listed["verdict"] == "contradiction"]
    for scope, column in (("across", "contradicted"), ("within", "self_contradicted")):
        pairs = real[real["scope"] == scope]
        touched: dict[str, set[tuple[str, ...]]] = {}
        for side in "ab":
            names = [f"{name}_{side}" for name in ("source", "relation", "polarity", "concept")]
            for source, *claim in pairs[names].itertuples(index=False, name=None):
                touched.setdefault(source, set()).add(tuple(claim))
        figures = comparison.sources.set_index("source")[column].to_dict()
        assert figures == {source: len(touched.get(source, ())) for source in figures}


@pytest.mark.parametrize("seed", range(5))
def test_a_shorter_list_is_a_part_of_the_whole(table: TableOf, seed: int) -> None:
    claims = table(*lines(seed))
    whole = cryomine.compare(claims)
    part = cryomine.compare(claims, budget=20)
    assert set(part.contradictions["pair_id"]) < set(whole.contradictions["pair_id"])
    groups = ["rule", "concept_a", "concept_b"]
    assert set(part.contradictions[groups].itertuples(index=False)) == set(
        whole.contradictions[groups].itertuples(index=False)
    ), "nothing that is contradicted disappears"
    assert set(part.agreements["agreement_id"]) == set(whole.agreements["agreement_id"])
    pd.testing.assert_frame_equal(part.sources, whole.sources)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_rows_changes_nothing_but_who_stands_for_a_statement(table: TableOf, seed: int) -> None:
    claims = table(*lines(seed))
    mixed = claims.sample(frac=1, random_state=seed).reset_index(drop=True)
    one, other = cryomine.compare(claims), cryomine.compare(mixed)
    pd.testing.assert_frame_equal(one.sources, other.sources)
    pd.testing.assert_frame_equal(one.matrix, other.matrix)
    assert sorted(one.contradictions["why"]) == sorted(other.contradictions["why"])
