"""What the check of a vocabulary finds, and that the shipped one is clean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cryomine.packs import load_pack
from cryomine.packs.check import check_concepts
from cryomine.packs.schema import Concept, Pack

CLASS = Concept("skin", "skin disease", "class")
WART = Concept("wart", "wart", "lesion", ("skin",), ("verruca",), ("B07",), ("MONDO:0005012",), ("HP:0200043",))


@pytest.fixture(scope="module")
def shipped() -> Pack:
    return load_pack("cryotherapy")


@pytest.fixture(scope="module")
def bare(shipped: Pack) -> Pack:
    """The pack without its further names: they are of concepts that the small vocabularies here do not have."""
    return replace(shipped, lexicon={name: words for name, words in shipped.lexicon.items() if name != "link_names"})


def found(pack: Pack, *concepts: Concept) -> set[tuple[str, str]]:
    return {(f.check, f.concept_id) for f in check_concepts(replace(pack, concepts=concepts))}


def test_a_clean_vocabulary(bare: Pack) -> None:
    assert found(bare, CLASS, WART) == set()


@pytest.mark.parametrize(
    ("check", "concept"),
    [
        ("duplicate id", replace(WART, name="other", synonyms=())),
        ("duplicate name", Concept("warts", "Warts", "lesion", ("skin",))),
        ("shared synonym", Concept("growth", "growth", "lesion", ("skin",), ("verrucae",))),
        ("unlinkable name", Concept("growth", "growth", "lesion", ("skin",), ("verrucae",))),
        ("orphan", Concept("mole", "mole", "lesion")),
        ("unknown parent", Concept("mole", "mole", "lesion", ("skim",))),
        ("unreachable class", Concept("mole", "mole", "lesion", ("skim",))),
        ("cycle", Concept("mole", "mole", "lesion", ("mole",))),
        ("needless parent", Concept("mole", "mole", "lesion", ("wart", "skin"))),
        ("empty class", Concept("ear", "ear disease", "class")),
        ("unknown kind", Concept("mole", "mole", "thing", ("skin",))),
        ("goal", Concept("clear", "clear skin", "goal", ("skin", "wart"))),
        ("malformed code", Concept("mole", "mole", "lesion", ("skin",), icd10=("22",))),
        ("refused synonym", Concept("high", "hypertension", "disease", ("skin",), ("hypotension",))),
        ("unlinkable name", Concept("mole", "mole", "lesion", ("skin",), ("…",))),
    ],
)
def test_a_mistake_is_found(check: str, concept: Concept, bare: Pack) -> None:
    assert (check, concept.id) in found(bare, CLASS, WART, concept)


def test_a_further_name_of_an_unknown_concept_is_found(bare: Pack) -> None:
    pack = replace(bare, lexicon={**bare.lexicon, "link_names": ("no-such: red | pink",)})
    assert ("unknown concept", "no-such") in found(pack, CLASS, WART)


def test_every_finding_says_what_to_do(bare: Pack) -> None:
    (finding,) = check_concepts(replace(bare, concepts=(CLASS, WART, Concept("mole", "mole", "lesion"))))
    assert finding.message == "has no parent; put it under a class"


def test_the_shipped_vocabulary_is_clean(shipped: Pack) -> None:
    assert check_concepts(shipped) == []
