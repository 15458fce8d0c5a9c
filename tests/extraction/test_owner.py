"""Whose claim it is: stated, inherited, or another therapy's."""

from __future__ import annotations

import pytest

from cryomine.extraction import Extractor
from cryomine.extraction.owner import main_intervention
from extraction.markup import made

Owned = tuple[str, str, str]


def owned(extractor: Extractor, text: str) -> list[Owned]:
    return [(text[c.start : c.end], c.intervention_id, c.intervention_scope) for c in made(extractor, text)]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Cryosurgery removes warts.", [("warts", "cryosurgery", "stated")]),
        ("Cryosurgery\n\nIt removes warts.", [("warts", "cryosurgery", "inherited")]),
        ("Cryotherapy\n\nIce packs relieve gout.", [("gout", "ice", "stated")]),
        ("Cryotherapy\n\nIce packs are cheap. They relieve gout.", [("gout", "ice", "inherited")]),
        ("Cryotherapy\n\nIce massage\n\n- relieves gout", [("gout", "ice-massage", "inherited")]),
        ("Cryosurgery\n\nCryotherapy removes warts.", [("warts", "cryosurgery", "stated")]),
        (
            "Cryotherapy\n\nCryosurgery removes warts, and ice packs relieve gout.",
            [("warts", "cryosurgery", "stated"), ("gout", "ice", "stated")],
        ),
        ("Cryotherapy\n\nWarts are removed by cryosurgery.", [("Warts", "cryosurgery", "stated")]),
        ("Cryotherapy\n\nTreatments of warts include cryosurgery.", [("warts", "cryosurgery", "stated")]),
        # of a list of therapies that are ours and others'
        ("Cryotherapy\n\nSurgery, laser and cryosurgery remove warts.", [("warts", "cryosurgery", "stated")]),
        ("Cryotherapy\n\nCryosurgery or surgery removes warts.", [("warts", "cryosurgery", "stated")]),
        # others'
        ("Cryotherapy\n\nSurgery removes warts.", []),
        ("Cryotherapy\n\nWarts are removed by surgery.", []),
        ("Cryotherapy\n\nSurgery is old. It removes warts.", []),
        ("Cryotherapy\n\nSurgery\n\n- removes warts", []),
        ("Cryotherapy\n\nIbuprofen relieves gout better than ice packs.", []),
        ("Surgery\n\nIt removes warts.", []),
        ("The train leaves at nine. It relieves pain.", []),
        # named for comparison, or as a time
        ("Cryotherapy\n\nUnlike surgery, cryosurgery removes warts.", [("warts", "cryosurgery", "stated")]),
        ("Cryotherapy\n\nCryosurgery removes warts better than laser.", [("warts", "cryosurgery", "stated")]),
        ("Cryotherapy\n\nFollowing laser treatment it relieves redness.", [("redness", "cold-therapy", "inherited")]),
    ],
)
def test_owners(text: str, claims: list[Owned], extractor: Extractor) -> None:
    assert owned(extractor, text) == claims


@pytest.mark.parametrize(
    ("title", "text", "main"),
    [
        ("Cryosurgery", "It is old.", "cryosurgery"),
        ("", "Ice packs are cheap. Ice packs are cold.", "ice"),
        ("Cryotherapy", "Whole-body cryotherapy is done in a chamber. " * 4, "whole-body-cryotherapy"),
        ("Surgery", "Surgery is old. Surgery is dear. Surgery hurts. Cryosurgery is new.", ""),
        ("Sauna", "The sauna is hot. The sauna is dry. " * 5 + "Cryotherapy is cold.", ""),
    ],
)
def test_what_a_document_is_about(title: str, text: str, main: str, extractor: Extractor) -> None:
    knowledge = extractor.knowledge
    doc = extractor.nlp.make_doc(f"{title}\n\n{text}")
    title_end = len(extractor.nlp.make_doc(title)) if title else 0
    found, named = main_intervention(knowledge.matcher(doc), title_end, knowledge.parents)
    assert (found, named) == (main, True)


def test_a_document_that_does_not_name_us(extractor: Extractor) -> None:
    doc = extractor.nlp.make_doc("Massage relieves pain.")
    assert main_intervention(extractor.knowledge.matcher(doc), 0, extractor.knowledge.parents) == ("", False)
