"""The stack of context: what a title, heading, lead-in or list item supplies, and where it ends."""

from __future__ import annotations

import pytest

from cryomine.claims import Claim
from cryomine.extraction import Extractor
from cryomine.extraction.stack import Frame, Stack
from cryomine.ingest.registry import read_bytes
from extraction.markup import made

ARTICLE = """Cryotherapy

Benefits

Members praise it for

- gout
- asthma: it relieves
  - wheezing

Risks

Local cryotherapy

It may cause frostbite.
"""


def test_a_heading_ends_what_is_not_above_it() -> None:
    stack = Stack()
    for level, text in ((0, "title"), (2, "a"), (3, "b"), (2, "c"), (4, "d")):
        stack.push(Frame(level=level, text=text))
    assert [f.text for f in stack.headings] == ["title", "c", "d"]


def test_the_innermost_relation_governs() -> None:
    stack = Stack()
    stack.push(Frame(level=2, text="Benefits", relation="treats"))
    stack.push(Frame(level=3, text="Details"))
    assert stack.relation() is stack.headings[0]
    stack.leads[0] = Frame(relation="side-effect", text="but it may cause")
    assert stack.relation(depth=0) is stack.leads[0]
    assert stack.relation() is stack.headings[0], "a paragraph is no item of the list"


def test_a_lead_in_governs_deeper_lists_until_they_are_left() -> None:
    stack = Stack()
    stack.leads = {0: Frame(text="outer"), 2: Frame(text="inner")}
    assert [getattr(stack.lead(depth), "text", "") for depth in (0, 1, 2, 3)] == ["outer", "outer", "inner", "inner"]
    stack.leave_below(1)
    assert getattr(stack.lead(2), "text", "") == "outer"
    stack.push(Frame(level=2, text="heading"))
    assert stack.lead(2) is None


def by_condition(extractor: Extractor, text: str) -> dict[str, Claim]:
    return {text[c.start : c.end]: c for c in made(extractor, text)}


def test_where_the_parts_of_a_claim_come_from(extractor: Extractor) -> None:
    claims = by_condition(extractor, ARTICLE)
    assert sorted(claims) == ["asthma", "frostbite", "gout", "wheezing"]
    assert claims["gout"].section.endswith("Benefits")
    assert claims["frostbite"].section.endswith("Local cryotherapy")
    assert claims["frostbite"].intervention_id == "local-cryotherapy"
    evidence = {words: ARTICLE[c.evidence_start : c.evidence_end] for words, c in claims.items()}
    assert evidence == {
        "gout": "gout",
        "asthma": "asthma: it relieves",
        "wheezing": "wheezing",
        "frostbite": "It may cause frostbite.",
    }
    assert claims["gout"].cue_end <= claims["gout"].evidence_start, "the cue stands in the lead-in or the heading"
    assert ARTICLE[claims["frostbite"].cue_start : claims["frostbite"].cue_end] in ("cause", "may cause")


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("It is cold. It relieves gout. It is dear.", "It relieves gout."),
        ("It is cold.\nIt relieves gout.", "It relieves gout."),
        ("“It relieves gout.”", "“It relieves gout.”"),
        ("- it relieves gout, they say", "it relieves gout, they say"),
        ("It is cold.  It relieves gout.", "It relieves gout."),
        ("It is cold.[12] It relieves gout.", "It relieves gout."),
    ],
)
def test_the_evidence_is_the_sentence(text: str, evidence: str, extractor: Extractor) -> None:
    article = f"Cryotherapy\n\n{text}"
    (claim,) = made(extractor, article)
    assert article[claim.evidence_start : claim.evidence_end] == evidence


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("Benefits\n\n- gout\n\nRisks\n\n- gout", ["treats", "side-effect"]),
        ("It treats:\n\n- gout\n\nOur staff is friendly.\n\n- asthma", ["treats"]),
        ("Risks\n\nFor men:\n\n- gout\n\nFor women:\n\n- asthma", ["side-effect", "side-effect"]),
        ("Risks\n\nIt relieves gout.\n\n- asthma", ["treats", "side-effect"]),
        ("You may also like\n\n- Risks of gout\n- How to treat asthma", []),
        ("It relieves gout.\n\nRelated articles\n\nIt relieves asthma.", ["treats"]),
    ],
)
def test_what_governs_what(text: str, relations: list[str], extractor: Extractor) -> None:
    assert [c.relation for c in made(extractor, f"Cryotherapy\n\n{text}")] == relations


TABLE = """# Cryotherapy

| Contraindications | Dose |
| --- | --- |
| Pregnancy | none |
| Raynaud's disease | none |
| Gout | 3 minutes |
"""


def test_a_column_header_governs_its_cells_and_is_read_once(extractor: Extractor) -> None:
    document = read_bytes(TABLE.encode(), "table.md")
    claims = extractor.claims(document)
    assert [(c.relation, document.text[c.start : c.end]) for c in claims] == [
        ("contraindicated", "Pregnancy"),
        ("contraindicated", "Raynaud's disease"),
        ("contraindicated", "Gout"),
    ]
    cues = [r for r in extractor.explain(document) if (r.kind, r.text) == ("cue", "Contraindications")]
    assert len(cues) == 2  # as a cell of its own, and once as the header of three
