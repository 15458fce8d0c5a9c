"""The vocabulary of the pack `conditions` is sound: ids, parents, classes, names that no two concepts share, codes."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from cryomine.link.normal import normal_form, order_key

PATH = Path(__file__).parents[2] / "src/cryomine/packs/conditions/concepts.csv"
KINDS = {"disease", "symptom", "injury", "lesion", "state", "procedure-related", "goal", "class"}
COLUMNS = ["id", "name", "kind", "parents", "synonyms", "icd10", "mondo", "hpo"]
NO_SYSTEM = {
    "general-symptom",
    "health-state",
    "procedure-related-state",
    "cold-related-disorder",
}  # classes that are no body system
CODE = {"icd10": r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?", "mondo": r"MONDO:\d{7}", "hpo": r"HP:\d{7}"}

with PATH.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
BY_ID = {row["id"]: row for row in ROWS}


def split(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def ancestors(id_: str, below: tuple[str, ...] = ()) -> set[str]:
    assert id_ not in below, f"cycle: {' > '.join((*below, id_))}"
    parents = split(BY_ID[id_]["parents"])
    return set(parents).union(*(ancestors(p, (*below, id_)) for p in parents))


def names() -> dict[str, str]:
    """Every name and synonym, whatever its word order, with its concept."""
    found: dict[str, str] = {}
    for row in ROWS:
        for name in (row["name"], *split(row["synonyms"])):
            found.setdefault(order_key(name), row["id"])
    return found


NAMES = names()


def test_form_of_the_file():
    raw = PATH.read_bytes()
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert list(ROWS[0]) == COLUMNS
    assert len(ROWS) >= 1500
    assert [row["id"] for row in ROWS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"])] == []
    assert [row["id"] for row in ROWS if row["kind"] not in KINDS] == []
    cells = [(row["id"], cell) for row in ROWS for key in COLUMNS for cell in row[key].split("|")]
    assert [found for found in cells if found[1] != found[1].strip() or "  " in found[1]] == []
    assert [row["id"] for row in ROWS if not row["name"] or "|" in row["name"]] == []


def test_no_id_twice():
    assert [id_ for id_, n in Counter(row["id"] for row in ROWS).items() if n > 1] == []


def test_no_name_is_shared_by_two_concepts():
    owners = defaultdict(set)
    for row in ROWS:
        for name in (row["name"], *split(row["synonyms"])):
            owners[order_key(name)].add(row["id"])
    assert {form: sorted(ids) for form, ids in owners.items() if len(ids) > 1} == {}


def test_no_synonym_says_what_another_of_the_same_concept_says():
    repeated = []
    for row in ROWS:
        forms = [normal_form(n) for n in (row["name"], *split(row["synonyms"]))]
        repeated += [(row["id"], form) for form, n in Counter(forms).items() if n > 1]
    assert repeated == []


def test_parents_are_known_and_lead_to_a_class_without_a_cycle():
    assert [(r["id"], p) for r in ROWS for p in split(r["parents"]) if p not in BY_ID] == []
    roots = [r["id"] for r in ROWS if not r["parents"]]
    assert {BY_ID[id_]["kind"] for id_ in roots} == {"class"}
    assert [
        r["id"]
        for r in ROWS
        if r["kind"] != "class" and not any(BY_ID[a]["kind"] == "class" for a in ancestors(r["id"]))
    ] == []


def test_every_disease_reaches_a_body_system():
    systems = {r["id"] for r in ROWS if r["kind"] == "class"} - NO_SYSTEM
    assert len(systems) >= 15
    assert [r["id"] for r in ROWS if r["kind"] == "disease" and not systems & ancestors(r["id"])] == []


def test_a_goal_stands_for_one_state():
    goals = [r for r in ROWS if r["kind"] == "goal"]
    assert goals
    assert [r["id"] for r in goals if len(split(r["parents"])) != 1 or r["icd10"] or r["mondo"] or r["hpo"]] == []


@pytest.mark.parametrize("source", CODE)
def test_codes_have_the_form_of_their_source(source: str):
    codes = [(r["id"], code) for r in ROWS for code in split(r[source])]
    assert len(codes) >= 600
    assert [found for found in codes if not re.fullmatch(CODE[source], found[1])] == []


@pytest.mark.parametrize("source", ["mondo", "hpo"])
def test_no_code_belongs_to_two_concepts(source: str):
    counted = Counter(code for r in ROWS for code in split(r[source]))
    assert [code for code, n in counted.items() if n > 1] == []


# Each line: two names that look alike and mean different things. They must be two concepts, both known.
APART = """
hypertension / hypotension
hyperthyroidism / hypothyroidism
hyperpigmentation / hypopigmentation
hyperglycemia / hypoglycemia
hyperthermia / hypothermia
hyperkalemia / hypokalemia
hyperesthesia / hypoesthesia
tachycardia / bradycardia
cellulite / cellulitis
cervical dysplasia / dysphagia
cryoglobulinemia / macroglobulinemia
cryoglobulinemia / agammaglobulinemia
paroxysmal cold hemoglobinuria / paroxysmal nocturnal hemoglobinuria
cold urticaria / cold panniculitis
cold burn / burn
frostbite / frostnip
type 1 diabetes / type 2 diabetes
pain / back pain
muscle pain / muscle soreness
acute pain / chronic pain
hypertension / increased blood pressure
tachycardia / increased heart rate
scar / hypertrophic scar
hypertrophic scar / keloid
wart / genital wart
seborrheic keratosis / actinic keratosis
mole / melanoma
basal cell carcinoma / squamous cell carcinoma
benign prostatic hyperplasia / prostate cancer
liver tumor / liver cancer
glaucoma / cataract
retinal tear / retinal detachment
neuroma / neuralgia
neuritis / nephritis
arthritis / arteritis
osteoarthritis / osteochondritis
osteoporosis / osteopenia
gastritis / gastroesophageal reflux disease
menstruation / menopause
infertility / erectile dysfunction
heart failure / heart attack
stroke / heat stroke
depression / respiratory depression
anxiety / anxiety disorder
weight gain / weight loss
unintended weight loss / weight loss
hair loss / hair growth
old age / young age
pregnancy / infertility
"""


@pytest.mark.parametrize("line", APART.strip().splitlines())
def test_what_looks_alike_is_kept_apart(line: str):
    one, other = line.split(" / ")
    assert {order_key(one), order_key(other)} <= NAMES.keys()
    assert NAMES[order_key(one)] != NAMES[order_key(other)]


# Each line: ways to name one concept, by its id.
TOGETHER = {
    "hypertension": "high blood pressure / hypertension / arterial hypertension / hypertensive disease",
    "peripheral-artery-disease": "peripheral arterial disease / peripheral artery disease",
    "deep-vein-thrombosis": "DVT / deep vein thrombosis / deep venous thrombosis",
    "raynauds-syndrome": "Raynaud's disease / Raynaud’s phenomenon / Raynaud syndrome",
    "cryoglobulinemia": "cryoglobulinaemia / cryoglobulinemia",
    "delayed-onset-muscle-soreness": "DOMS / delayed-onset muscle soreness",
    "myocardial-infarction": "heart attack / myocardial infarction",
    "nervous-system-disease": "diseases of the nervous system / neurological disorder",
    "skin-tag": "skin tags / acrochordon / acrochordons",
    "genital-wart": "genital warts / condylomata acuminata",
    "insomnia": "insomnia / trouble sleeping",
    "eye-bags": "puffy eyes / bags under the eyes",
    "knee-pain": "knee pain / pain in the knee / sore knees",
    "herniated-disc": "slipped disc / herniated disk",
}


@pytest.mark.parametrize(("id_", "line"), TOGETHER.items())
def test_what_means_the_same_is_one_concept(id_: str, line: str):
    assert {name: NAMES.get(order_key(name)) for name in line.split(" / ")} == dict.fromkeys(line.split(" / "), id_)


EVERYDAY = "cold common change mark growth shock mass minor cut fall faint operation illness pile"


@pytest.mark.parametrize("word", EVERYDAY.split())
def test_everyday_words_are_no_names(word: str):
    assert order_key(word) not in NAMES


def test_systems_of_well_known_diseases():
    expected = {
        "raynauds-syndrome": "cardiovascular-disease",
        "asthma": "respiratory-disease",
        "psoriatic-arthritis": "skin-disease",
        "multiple-sclerosis": "immune-system-disease",
        "cold-agglutinin-disease": "blood-disease",
        "retinopathy-of-prematurity": "eye-disease",
        "prostate-cancer": "tumor",
        "cin-2": "reproductive-system-disease",
        "genital-wart": "infectious-disease",
        "diabetic-neuropathy": "endocrine-disease",
    }
    assert {id_: system for id_, system in expected.items() if system not in ancestors(id_)} == {}
