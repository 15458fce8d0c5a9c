"""The cascade from a surface form to a concept, stage by stage, on a vocabulary small enough to see at a glance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cryomine.link.linker import Link, Linker
from cryomine.packs.schema import Concept, Pack

NAMES = {
    "pain": "ache",
    "chronic pain": "",
    "muscle pain": "myalgia",
    "joint pain": "",
    "back pain": "",
    "inflammation": "",
    "bronchitis": "",
    "chronic bronchitis": "",
    "renal failure": "kidney failure",
    "heart failure": "",
    "heart disease": "",
    "urinary system disease": "urinary tract disease",
    "nervous system disease": "",
    "hypertension": "high blood pressure",
    "raynaud syndrome": "raynaud disease|raynaud phenomenon",
    "frostbite": "",
    "burn": "",
    "soreness": "",
    "skin irritation": "",
    "oedema": "",
    "rheumatoid arthritis": "RA",
    "arthritis": "",
    "peripheral artery disease": "PAD",
    "cold urticaria": "",
    "overweight": "",
    "type 2 diabetes": "",
    "retinoblastoma": "",
    "pharyngeal tumor": "",
    "asthma": "",
    "eczema": "",
    "acne": "",
}
CONCEPTS = [
    *(Concept(name, name, "disease", (), tuple(filter(None, names.split("|")))) for name, names in NAMES.items()),
    Concept("young", "young age", "state", (), ("under 14", "under 18", "below 16 years")),
    Concept("slimming", "weight loss", "goal", ("overweight",)),
]
Case = tuple[str, str, str, str]
CASES: list[Case] = [
    # 1: the name itself, in any case, number, spelling, punctuation
    ("Chronic Pain", "chronic pain", "exact", "exact"),
    ("High  blood-pressure", "hypertension", "exact", "exact"),
    ("Raynaud’s disease", "raynaud syndrome", "exact", "exact"),
    ("edema", "oedema", "exact", "exact"),
    ("frost bite", "frostbite", "exact", "joined"),
    ("RA", "rheumatoid arthritis", "exact", "exact"),
    # 2: in another order
    ("diseases of the nervous system", "nervous system disease", "exact", "order"),
    ("diabetes type II", "type 2 diabetes", "exact", "exact+order"),
    # 2: within a range that a state's name opens
    ("under-12s", "young", "exact", "range"),
    ("below four years", "young", "exact", "range"),
    ("under 19", "", "none", ""),
    ("over 14", "", "none", ""),
    ("type 1 diabetes", "", "none", ""),
    # 3: when, how badly, in whom
    ("severe form of chronic bronchitis", "chronic bronchitis", "exact", "modifiers"),
    ("mild asthma", "asthma", "exact", "modifiers"),
    ("heart failure less than six months ago", "heart failure", "exact", "modifiers"),
    ("acute urinary tract diseases", "urinary system disease", "exact", "modifiers"),
    ("inflammation that is chronic", "inflammation", "exact", "modifiers+order"),
    ("asthma – wheezing and short breath", "asthma", "exact", "modifiers"),
    ("swelling (oedema)", "oedema", "exact", "modifiers"),
    ("people with asthma", "asthma", "exact", "modifiers"),
    ("cardiac disorder", "heart disease", "exact", "equivalent"),
    ("neoplasm of the pharynx", "pharyngeal tumor", "exact", "equivalent"),
    # 3: what a coordination shares
    ("renal and heart failure", "renal failure", "exact", "split"),
    ("joint and muscle pain", "joint pain", "exact", "split"),
    ("acute pain and inflammation", "inflammation", "exact", "split"),
    ("skin dryness or irritation", "skin irritation", "exact", "split"),
    ("rheumatoid- and osteoarthritis", "rheumatoid arthritis", "exact", "split"),
    # 5: misspelt
    ("cronic bronchitis", "chronic bronchitis", "fuzzy", "spelling"),
    ("rheumatiod arthritis", "rheumatoid arthritis", "fuzzy", "spelling"),
    ("hypertensoin", "hypertension", "fuzzy", "spelling"),
    ("asthrna", "asthma", "fuzzy", "spelling"),
    ("ecz3ma", "eczema", "fuzzy", "spelling"),
    ("severe bronchitus", "bronchitis", "fuzzy", "spelling"),
    # 6: a broader name
    ("intraocular retinoblastoma", "retinoblastoma", "fuzzy", "back-off"),
    ("exercise-induced soreness", "soreness", "fuzzy", "back-off"),
    ("alcoholic chronic bronchitis", "chronic bronchitis", "fuzzy", "back-off"),
    # a goal counts as the state that it cures
    ("weight loss", "overweight", "exact", "exact+goal"),
    # and what stays unlinked
    ("calorie burn", "", "none", ""),
    ("hypotension", "", "none", ""),
    ("back paint", "", "none", ""),
    ("phantom pain", "", "none", ""),
    ("acme", "", "none", ""),
    ("non-rheumatoid arthritis", "", "none", ""),
    ("no asthma", "", "none", ""),
    ("ra", "", "none", ""),
    ("pad", "", "none", ""),
    ("12 %", "", "none", ""),
    ("", "", "none", ""),
]


@pytest.fixture(scope="module")
def small(pack: Pack) -> Linker:
    return Linker(CONCEPTS, pack.lexicon["modifiers"], pack.lexicon["equivalents"])


@pytest.mark.parametrize(("surface", "concept", "kind", "method"), CASES, ids=[case[0] for case in CASES])
def test_link(surface: str, concept: str, kind: str, method: str, small: Linker) -> None:
    link = small.link(surface)
    assert (link.concept_id, link.kind) == (concept, kind)
    assert link.method in {method, *method.split("+")}
    assert link.score is None if kind == "none" else link.score is not None and 0 < link.score <= 100
    assert (link.score == 100) == (kind == "exact")


def test_abbreviations_of_the_document(small: Linker) -> None:
    defined = {"CB": "chronic bronchitis", "pad": "peripheral artery disease"}
    assert small.link("CB", defined).concept_id == "chronic bronchitis"
    assert small.link("severe CB", defined).method == "abbreviation+modifiers"
    assert small.link("CBs", defined).concept_id == "chronic bronchitis"
    assert small.link("CB").kind == "none", "another document has not defined it"


def test_a_runner_up_is_named(small: Linker) -> None:
    both = Linker([Concept("A", "chordoma", "disease"), Concept("B", "chondroma", "disease")])
    link = both.link("chondomra")
    assert link.concept_id in {"", "B"}
    tie = Linker([Concept("A", "hypertension", "disease"), Concept("B", "hypotension", "disease")])
    assert tie.link("hypetension").kind == "none", "as near to the one as to the other"


def test_background_is_asked_by_exact_form_only() -> None:
    asked: list[str] = []

    def background(form: str) -> tuple[str, str] | None:
        asked.append(form)
        return ("MONDO:1", "cellulitis") if form == "cellulitis" else None

    linker = Linker([Concept("cellulite", "cellulite", "lesion")], ["severe"], background=background)
    assert linker.link("Severe cellulitis") == Link("MONDO:1", "cellulitis", "exact", 100.0, "", "background+modifiers")
    assert linker.link("celulitis").kind == "none"
    assert linker.link("cellulite").concept_id == "cellulite"
    assert "cellulite" not in asked, "the pack comes first"


def test_further_names_count_for_whole_names_only() -> None:
    more = ["hypertension: pressure | tense head", "acne: =spots", "no-such: x"]
    linker = Linker(CONCEPTS, ["severe"], more_names=more)
    assert linker.link("severe pressure").concept_id == "hypertension"
    assert linker.link("peer pressure").kind == "none", "no head of a longer name"
    assert linker.link("presssure").kind == "none", "and not misspelt"
    assert linker.link("Spots").concept_id == "acne"
    assert linker.link("spot").kind == "none", "as it is written only"


def test_a_surface_is_worked_out_once() -> None:
    calls = 0

    def background(_form: str) -> None:
        nonlocal calls
        calls += 1

    linker = Linker([], background=background)
    assert {linker.link("xyzzy fever").kind for _ in range(3)} == {"none"}
    assert calls == 1


def test_suggestions(small: Linker) -> None:
    (key, name, score), *others = small.suggestions("chronical bronchitis")
    assert (key, name) == ("chronic bronchitis", "chronic bronchitis")
    assert 90 < score < 100
    assert [row[2] for row in others] == sorted((row[2] for row in others), reverse=True)
    assert len(small.suggestions("pain", 2)) == 2
    assert small.suggestions("qqqqqqqq") == []


@given(st.text(max_size=80))
def test_any_text_is_an_answer(surface: str) -> None:
    link = SHIPPED.link(surface)
    assert link == Linker.link(SHIPPED, surface)
    assert (link.kind == "none") == (link.concept_id == "") == (link.score is None)


PIECES = [*NAMES, "severe", "of", "the", "and", "or", ",", "with", "left", "no", "forms of", "(", ")", "-", "type", "2"]


@given(st.lists(st.sampled_from(PIECES), max_size=9))
def test_any_order_of_names_and_modifiers_is_an_answer(parts: list[str]) -> None:
    surface = " ".join(parts)
    assert SHIPPED.link(surface) == Linker(CONCEPTS, ["severe", "form of", "~ left"]).link(surface)


SHIPPED = Linker(CONCEPTS, ["severe", "form of", "~ left"])


@given(st.sampled_from(sorted(NAMES)), st.sampled_from([str.upper, str.title, lambda name: f"the {name}s"]))
def test_case_article_and_plural_do_not_matter(name: str, write: object) -> None:
    assert callable(write)
    assert SHIPPED.link(write(name)).concept_id == name
