"""What no rule speaks of: which conditions are weighed, what becomes of them, and what such a claim rests on."""

from __future__ import annotations

import csv
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cryomine.claims import Claim
from cryomine.extraction import Extractor
from cryomine.extraction.backoff.features import Features
from cryomine.extraction.backoff.weighing import ALWAYS, RULE, SURE, candidates, judge
from cryomine.extraction.engine import walked
from cryomine.extraction.state import State
from cryomine.ingest import plain
from cryomine.packs import load_pack

RELATIONS = ("treats", "contraindicated", "side-effect")
CORPUS = Path(__file__).parents[2] / "corpus"


def state_after(extractor: Extractor, text: str) -> State:
    document = plain.document(text)
    state = walked(extractor.knowledge, document, extractor.tokens(document))
    assert state is not None
    return state


def unsaid(extractor: Extractor, text: str) -> list[str]:
    state = state_after(extractor, f"Cryotherapy\n\n{text}\n")
    return [state.view.words(c.chunk.start, c.chunk.end) for c in candidates(state)]


@pytest.mark.parametrize(
    ("text", "weighed"),
    [
        ("My tinnitus and I went there on Monday.", ["tinnitus"]),
        # claimed by a rule; refused by one; asked; only its symptoms
        ("It relieves gout.", []),
        ("The virus causes warts.", []),
        ("And the gout?", []),
        ("Symptoms of frostbite are told elsewhere.", []),
        # a benefit, a phrase that only looks like a condition, an abbreviation
        ("A sense of wellness all day long.", []),
        ("Muscle soreness (DOMS) on Monday.", ["Muscle soreness"]),
        # rules know what a list is about whose lead-in they read
        ("It relieves:\n\n- gout\n- pain, as my uncle with asthma says", []),
        ("On Monday:\n\n- gout in the morning", ["gout"]),
    ],
)
def test_what_is_weighed(text: str, weighed: list[str], whole: Extractor) -> None:
    assert unsaid(whole, text) == weighed


def test_features_are_words_around_and_neighbours(whole: Extractor) -> None:
    state = state_after(
        whole, "Ice packs\n\nPromises\n\nThe ice relieves pain. Some put 2 packs on for gout, Sauna for asthma.\n"
    )
    features, found = Features(state), {}
    for candidate in candidates(state, every=True):
        found[state.view.words(candidate.chunk.start, candidate.chunk.end)] = features(*candidate)
    gout = found["gout"]
    assert {"left:for", "left:put", "left:0", "right:@other", "heading:promises", "preposition:for"} <= set(gout)
    assert {"last:treats", "concept:gout", "prose"} <= set(gout)
    # Names of therapies are no features, nor is punctuation.
    assert not {"right:sauna", "left:packs", "right:,", "right:."} & set(gout)
    assert state.view.lex[gout["left:put"]].lower == "put"
    assert gout["concept:gout"] == -1


numbers = st.floats(-1e3, 1e3)


@given(st.dictionaries(st.sampled_from([ALWAYS, "a", "b", "c"]), st.tuples(numbers, numbers, numbers)))
def test_a_verdict_is_a_probability_and_the_likeliest_relation(weights: dict[str, tuple[float, ...]]) -> None:
    verdict = judge(weights, RELATIONS, ["a", "b", "unknown"])
    sums = [sum(row[n] for name, row in weights.items() if name != "c") for n in range(3)]
    assert 0 <= verdict.probability <= 1
    assert isclose(sums[RELATIONS.index(verdict.relation)], max(sums), abs_tol=1e-6)
    assert set(verdict.gave) == set(weights) - {"c"}


def test_a_verdict_by_hand() -> None:
    weights = {ALWAYS: (-1.0, -2.0, -3.0), "left:for": (3.0, 0.0, 0.0)}
    verdict = judge(weights, RELATIONS, ["left:for"])
    # e^2 / (1 + e^2 + e^-2 + e^-3)
    assert verdict.relation == "treats"
    assert isclose(verdict.probability, 0.861, abs_tol=0.001)
    # Nothing speaks for any: no claim is the likeliest.
    assert judge(weights, RELATIONS, []).probability < 0.5


@pytest.fixture(scope="module")
def weighed(whole: Extractor) -> list[tuple[str, Claim]]:
    """The claims of the corpus that only weights make, each with its text."""
    found = []
    for path in sorted(CORPUS.glob("round-2*/*.txt")):
        document = plain.document(path.read_bytes().decode())
        claims = whole.claims(document)
        found += [(document.text, claim) for claim in claims if claim.rule.startswith(f"{RULE}.")]
    return found


def test_each_claim_rests_on_a_word_of_the_article(weighed: list[tuple[str, Claim]]) -> None:
    assert len(weighed) > 30
    for text, claim in weighed:
        cue = text[claim.cue_start : claim.cue_end]
        assert cue.strip(), claim
        assert claim.rule == f"{RULE}.{claim.relation}"
        assert claim.cue_end <= claim.start or claim.end <= claim.cue_start, "the condition's own words are no reason"


def test_rules_come_first(extractor: Extractor, whole: Extractor) -> None:
    """The weights add claims; they take none away and change none."""
    for path in sorted(CORPUS.glob("round-22/*.txt")):
        document = plain.document(path.read_bytes().decode())
        claims = [claim for claim in whole.claims(document) if not claim.rule.startswith(f"{RULE}.")]
        assert claims == extractor.claims(document), path.name


def test_it_says_why_and_why_not(whole: Extractor) -> None:
    paths = sorted(CORPUS.glob("round-22/*.txt"))
    records = [r for path in paths for r in whole.explain(plain.document(path.read_bytes().decode()))]
    why = [r for r in records if r.kind == "cue" and r.rule.startswith(f"{RULE}.")]
    assert why
    assert all(r.note.startswith("no rule, but the words around it weigh ") for r in why)
    why_not = [r for r in records if r.kind == "condition" and "weigh 0." in r.note]
    assert why_not
    assert all(f"({SURE} is enough)" in r.note for r in [*why, *why_not])


def test_an_explanation_has_the_claims_of_the_table(whole: Extractor) -> None:
    for path in sorted(CORPUS.glob("round-22/*.txt")):
        document = plain.document(path.read_bytes().decode())
        told = [(r.start, r.end, r.rule) for r in whole.explain(document) if r.kind == "claim"]
        assert sorted(told) == sorted((c.start, c.end, c.rule) for c in whole.claims(document)), path.name


def test_weights_are_of_words_and_of_no_therapy() -> None:
    weights = load_pack("cryotherapy").weights
    assert ALWAYS in weights
    assert len(weights) > 1000
    words = {name.partition(":")[2] for name in weights if name.startswith(("left:", "right:"))}
    assert not words & {"cryotherapy", "cryosurgery", "sauna", "laser"}
    assert {"@ours", "@other"} <= words


@pytest.mark.long
def test_weights_are_as_learned() -> None:
    pytest.importorskip("sklearn", reason="the extra `learn` is not installed")
    import runpy

    learn = runpy.run_path(str(CORPUS.parent / "scripts" / "learn_weights.py"))
    assert learn["main"](["--check"]) == 0


def test_a_pack_without_weights_weighs_nothing() -> None:
    assert load_pack("hyperbaric-oxygen").weights == {}
    bare = load_pack("cryotherapy").without_weights()
    assert bare.weights == {}
    assert bare.digest != load_pack("cryotherapy").digest


@pytest.mark.parametrize("name", ["weights.csv"])
def test_the_file_is_sorted_and_has_no_line_twice(name: str) -> None:
    folder = load_pack("cryotherapy").folder
    assert folder is not None
    with (folder / name).open(encoding="utf-8", newline="") as file:
        header, always, *rows = csv.reader(file)
    assert header == ["feature", *RELATIONS]
    assert always[0] == ALWAYS
    names = [row[0] for row in rows]
    assert names == sorted(set(names))
