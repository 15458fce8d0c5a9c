"""The flow as spaCy components: on a pipeline of ours, and on a plain one."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

import cryomine
from cryomine.claims import Claim
from cryomine.extraction import Extractor, components
from cryomine.ingest import plain

TEXTS = [
    "Ice packs relieve swelling. They may cause frostbite.",
    "Cryotherapy\n\nContraindications\n\n- asthma\n- pregnancy",
    "The train leaves at nine.",
    "",
]


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    return cryomine.load("cryotherapy")


def claims_of(doc: Doc) -> list[Claim]:
    return list(doc._.cryomine_claims)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_gives_the_extractors_claims(text: str, nlp: spacy.Language, extractor: Extractor) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert claims_of(doc) == extractor.claims(plain.document(text))
    assert doc._.cryomine_document.text == text


def test_claims_have_offsets_and_concepts(nlp: spacy.Language) -> None:
    claims = claims_of(nlp(TEXTS[0]))
    assert [TEXTS[0][c.start : c.end] for c in claims] == ["swelling", "frostbite"]
    assert [c.concept for c in claims] == ["swelling", "frostbite"]


def test_many_texts(nlp: spacy.Language) -> None:
    piped = [claims_of(doc) for doc in nlp.pipe(TEXTS * 3, batch_size=2)]
    assert piped == [claims_of(nlp(text)) for text in TEXTS * 3]


def test_a_structure_that_a_reader_found(nlp: spacy.Language) -> None:
    doc = nlp.make_doc("Cryotherapy\n\nIt relieves gout.")
    doc._.cryomine_document = plain.document(doc.text, title="given")
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert doc._.cryomine_document.title == "given"
    assert len(claims_of(doc)) == 1


def test_components_on_a_plain_pipeline() -> None:
    assert components.make_finder
    plain_nlp = spacy.blank("en")
    assert len(plain_nlp("It was here before: Swelling.")) == 7, "words met before the components came"
    for name in ("cryomine_structure", "cryomine_claims", "cryomine_linker"):
        plain_nlp.add_pipe(name)
    claims = claims_of(plain_nlp(TEXTS[0]))
    assert [(c.relation, c.concept) for c in claims] == [("treats", "swelling"), ("side-effect", "frostbite")]


def test_without_the_linker_claims_have_no_concept() -> None:
    plain_nlp = spacy.blank("en")
    plain_nlp.add_pipe("cryomine_structure")
    plain_nlp.add_pipe("cryomine_claims", config={"pack": "cryotherapy"})
    assert {c.concept for c in claims_of(plain_nlp(TEXTS[0]))} == {""}


def test_an_unknown_pack_is_an_error() -> None:
    plain_nlp = spacy.blank("en")
    plain_nlp.add_pipe("cryomine_structure")
    plain_nlp.add_pipe("cryomine_claims", config={"pack": "no-such-pack"})
    with pytest.raises(cryomine.errors.CryomineError, match="no-such-pack"):
        plain_nlp(TEXTS[0])
