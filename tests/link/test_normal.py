"""Folding of words and names: one form for all the ways of writing them."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cryomine.link.normal import fold_word, normal_form, order_key

FOLDED = {
    # British to American
    "anaemia": "anemia", "oedema": "edema", "lymphoedema": "lymphedema", "haemorrhage": "hemorrhage",
    "oesophagus": "esophagus", "diarrhoea": "diarrhea", "apnoea": "apnea", "coeliac": "celiac", "foetus": "fetus",
    "tumour": "tumor", "discolouration": "discoloration", "fibre": "fiber", "centres": "center", "goitre": "goiter",
    "immobilisation": "immobilization", "localised": "localized", "paralysed": "paralyzed", "leucocyte": "leukocyte",
    "sulphur": "sulfur", "grey": "gray", "ageing": "aging", "paraesthesia": "paresthesia", "caesarean": "cesarean",
    # and what only looks so
    "does": "does", "shoe": "shoe", "toes": "toe", "hour": "hour", "four": "four", "your": "your", "rise": "rise",
    "exercise": "exercise", "otherwise": "otherwise", "noise": "noise", "bruise": "bruise", "disease": "disease",
    "aerobic": "aerobic", "intraepithelial": "intraepithelial", "poem": "poem", "surprising": "surprising",
    # plurals
    "diseases": "disease", "arteries": "artery", "abscesses": "abscess", "rashes": "rash", "headaches": "headache",
    "feet": "foot", "women": "woman", "nevi": "nevus", "naevi": "nevus", "fungi": "fungus", "vertebrae": "vertebra",
    "verrucae": "verruca", "papillomata": "papilloma", "metastases": "metastasis", "ecchymoses": "ecchymosis",
    "stenoses": "stenosis", "prostheses": "prosthesis", "sinuses": "sinus", "viruses": "virus", "doses": "dose",
    "purposes": "purpose", "causes": "cause", "lenses": "lens",
    # and what is none
    "arthritis": "arthritis", "psoriasis": "psoriasis", "virus": "virus", "diabetes": "diabetes", "herpes": "herpes",
    "rabies": "rabies", "scabies": "scabies", "biceps": "biceps", "pus": "pus", "is": "is", "has": "has",
    "was": "was", "this": "this", "his": "his", "us": "us", "as": "as", "its": "its", "yes": "yes", "gas": "gas",
    "less": "less", "plus": "plus", "always": "always", "perhaps": "perhaps", "people": "people", "hives": "hives",
    # verbs, names, letters
    "relieves": "relieve", "freezes": "freeze", "carries": "carry", "Sjögren": "sjogren", "Ménière’s": "meniere's",
    "COPD": "copd", "DOMS": "doms", "ﬁbrosis": "fibrosis", "hyper\u00adtension": "hypertension", "1990s": "1990s",
}  # fmt: skip


@pytest.mark.parametrize(("word", "folded"), FOLDED.items())
def test_fold_word(word: str, folded: str) -> None:
    assert fold_word(word) == folded


@given(st.text(min_size=1, max_size=20))
@example("ßs")
@example("\u00ad")
@example("ǅ")
def test_folding_is_total_and_idempotent(word: str) -> None:
    folded = fold_word(word)
    assert folded
    assert fold_word(folded) == folded


@given(st.from_regex(r"[a-z]{1,12}(s|es|ies|oses|uses|ae|mata|our|ise|isation|yses|aches|shes|sses)", fullmatch=True))
def test_folding_of_word_like_strings_is_idempotent(word: str) -> None:
    assert fold_word(fold_word(word)) == fold_word(word) != ""


def test_the_spelling_table_is_stable() -> None:
    lines = files("cryomine.link").joinpath("spelling.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        words = line.partition("#")[0].split()
        target = words[1:] if len(words) == 2 else words
        assert [fold_word(word) for word in target] == target


@pytest.mark.parametrize(
    ("surface", "form"),
    [
        ("The Raynaud’s diseases", "raynaud disease"),
        ("Raynauds' disease", "raynaud disease"),
        ("PMS-related bloating", "pms related bloating"),
        ("Heart attack (recent)", "heart attack recent"),
        ("type II diabetes", "type 2 diabetes"),
        ("hepatitis A", "hepatitis a"),
        ("irritation of a nerve", "irritation of nerve"),
        ("  ", ""),
        ("…", ""),
    ],
)
def test_normal_form(surface: str, form: str) -> None:
    assert normal_form(surface) == form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("diseases of the nervous system", "nervous system disease"),
        ("stenosis of the aortic valve", "aortic valve stenosis"),
        ("carcinoma, basal cell", "basal cell carcinoma"),
        ("intolerance to cold", "cold intolerance"),
        ("diabetes type 2", "type II diabetes"),
        ("chronic skin disease", "skin chronic disease"),
    ],
)
def test_order_key_joins(one: str, other: str) -> None:
    assert order_key(one) == order_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cold burn", "burn cold"),
        ("skin cancer", "cancer skin"),
        ("joint and muscle pain", "muscle and joint pain"),
        ("pain with nausea", "nausea with pain"),
    ],
)
def test_order_key_keeps_apart(one: str, other: str) -> None:
    assert order_key(one) != order_key(other)


@given(st.text(max_size=60))
@example("AAA`Æ")
@example("XaaaaÆX")
def test_names_fold_to_a_stable_form(surface: str) -> None:
    assert normal_form(normal_form(surface)) == normal_form(surface)
    order_key(surface)
