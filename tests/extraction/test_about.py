"""What a document is about: the narrowest intervention that covers most of what it names."""

from __future__ import annotations

import pytest

from cryomine.extraction import Extractor
from cryomine.extraction.about import main_intervention


def main_of(extractor: Extractor, title: str, text: str) -> tuple[str, bool]:
    knowledge = extractor.knowledge
    doc = extractor.nlp.make_doc(f"{title}\n\n{text}")
    title_end = len(extractor.nlp.make_doc(title)) if title else 0
    vague = knowledge.concept_set("vague_interventions")
    return main_intervention(knowledge.matcher(doc), title_end, knowledge.parents, vague)


@pytest.mark.parametrize(
    ("title", "text", "main"),
    [
        ("Cryosurgery", "It is old.", "cryosurgery"),
        ("", "Ice packs are cheap. Ice packs are cold.", "ice"),
        ("Cryotherapy", "Whole-body cryotherapy is done in a chamber. " * 4, "whole-body-cryotherapy"),
        # several are compared: what covers them
        ("", "Ice packs or whole-body cryotherapy? Ice packs or cryosurgery?", "cold-therapy"),
        ("", "Ice packs. Ice massage. Cryofacials. Ice packs. Cryofacials.", "local-cryotherapy"),
        ("", "Ice packs. Ice packs. Ice packs. Ice massage.", "ice"),
        ("", "An electric chamber. Whole-body cryotherapy. Ice packs. An electric chamber.", "whole-body-cryotherapy"),
        # the means is not the therapy
        ("Cryotherapy", "Liquid nitrogen is cold. " * 4, "cold-therapy"),
        ("", "Liquid nitrogen is cold. " * 4, "liquid-nitrogen-cryotherapy"),
        # others'
        ("Surgery", "Surgery is old. Surgery is dear. Surgery hurts. Cryosurgery is new.", ""),
        ("Sauna", "The sauna is hot. The sauna is dry. " * 5 + "Cryotherapy is cold.", ""),
    ],
)
def test_what_a_document_is_about(title: str, text: str, main: str, extractor: Extractor) -> None:
    assert main_of(extractor, title, text) == (main, True)


def test_a_document_that_does_not_name_us(extractor: Extractor) -> None:
    assert main_of(extractor, "", "Massage relieves pain.") == ("", False)
