"""Abbreviations that an article defines are read as what they stand for."""

from __future__ import annotations

import pytest

from cryomine.extraction import Extractor
from cryomine.ingest import plain


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Many have plantar fasciitis (PF). Cryotherapy relieves PF.", {("treats", "PF")}),
        ("Many have plantar fasciitis (PF). PFs are relieved by cryotherapy.", {("treats", "PFs")}),
        ("Many have PF (plantar fasciitis). Cryotherapy relieves PF.", {("treats", "PF")}),
        # a condition that no list knows, by its head
        ("Many have brick layer syndrome (BLS). Cryotherapy relieves BLS.", {("treats", "BLS")}),
        # the bracket itself is no second claim
        ("Cryotherapy relieves plantar fasciitis (PF).", {("treats", "plantar fasciitis")}),
        # other words in other letters, other meanings, and nothing defined
        ("Many have plantar fasciitis (PF). Cryotherapy relieves pf.", set()),
        ("We belong to the Pilots' Federation (PF). Cryotherapy relieves PF.", set()),
        ("Cryotherapy relieves PF.", set()),
        # another therapy keeps what it does
        ("Shock wave therapy (SWT) is loud. SWT relieves gout; cryotherapy does not hurt.", set()),
    ],
)
def test_an_abbreviation(text: str, claims: set[tuple[str, str]], extractor: Extractor) -> None:
    document = plain.document(f"Cryotherapy\n\nCryotherapy is old. {text}\n")
    found = {(c.relation, document.text[c.start : c.end]) for c in extractor.claims(document) if c.relation == "treats"}
    assert found == claims


def test_its_concept_is_that_of_the_long_form(extractor: Extractor) -> None:
    document = plain.document("Cryotherapy\n\nMany have plantar fasciitis (PF). Cryotherapy relieves PF.\n")
    assert [c.concept for c in extractor.claims(document)] == ["plantar fasciitis"]
