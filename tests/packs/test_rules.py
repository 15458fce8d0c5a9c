"""Every rule of the shipped packs proves itself, as ``cryomine pack check`` has it (``authoring.prove``)."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from cryomine.authoring.prove import Prover, parse_example
from cryomine.packs import load_pack
from cryomine.packs.schema import Pack, Rule


@cache
def pack() -> Pack:
    return load_pack("cryotherapy")


@pytest.fixture(scope="module")
def prover() -> Prover:
    return Prover(pack())


def each(field: str) -> list[Any]:
    return [
        pytest.param(rule, marked, id=f"{rule.id}: {marked[:50]}")
        for rule in pack().rules
        for marked in getattr(rule, field, ())
    ]


@pytest.mark.parametrize(("rule", "marked"), each("example"))
def test_an_example(rule: Rule, marked: str, prover: Prover) -> None:
    assert not prover.of_example(rule, marked)


@pytest.mark.parametrize(("rule", "marked"), each("counterexample"))
def test_a_counterexample(rule: Rule, marked: str, prover: Prover) -> None:
    assert not prover.of_counterexample(rule, marked)


def test_base_names_no_therapy() -> None:
    base = load_pack("base")
    names = {
        name.lower()
        for therapy in pack().interventions
        for name in (therapy.name, *therapy.synonyms)
        if len(name) > 3 and name.lower() != "cold"
    }
    for rule in base.rules:
        for marked in (*rule.example, *getattr(rule, "counterexample", ())):
            text = f" {parse_example(marked.replace('@therapy', '')).text.lower()} "
            found = sorted(name for name in names if f" {name} " in text.replace(".", " ").replace(",", " "))
            assert not found, f"{rule.id}: {found}; write @therapy"
