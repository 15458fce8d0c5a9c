"""Whatever the text: every claim stands in it, two runs agree, and nothing raises."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryomine.claims import Claim
from cryomine.document import Block, Document
from cryomine.extraction import Extractor
from cryomine.extraction.backoff.weighing import RULE
from cryomine.ingest import plain
from cryomine.packs import load_pack

EXTRACTOR = Extractor(load_pack("cryotherapy"))
RULES = {rule.id for rule in EXTRACTOR.pack.cues} | {f"{RULE}.{relation}" for relation in EXTRACTOR.pack.relations}
NAMES = {therapy.id: therapy.name for therapy in EXTRACTOR.pack.interventions}

# What articles are made of, in any order: chance finds the sequences that nobody would write down.
PIECES = st.sampled_from(
    [
        "Cryotherapy", "ice packs", "surgery", "it", "this treatment", "relieves", "treats", "may cause", "does not",
        "should not", "is contraindicated in", "people with", "if you have", "such as", "these include", "not only",
        "there is no evidence for any of these", "risk of", "relief", "make", "worse", "gout", "back pain", "asthma",
        "heart failure", "renal", "and", "or", "as well as", "of", "the", "skin", "frostbite", "numb", "pregnant",
        "Side effects", "Contraindications", "Benefits", "No.", "Yes.", "Who should avoid it?", "You may also like",
        ".", ",", ":", ";", "(", ")", "–", "-", "/", "?", "!", "“", "”", "’s", "\n", "\n\n", "\n- ", "\n  - ", "\n1. ",
        "\r\n", "\t", "\u00a0", "é", "🧊", "12", "8 %", "…", "[3]", "e.g.",
    ]
)  # fmt: skip
ARTICLES = st.lists(PIECES, max_size=60).map(lambda pieces: "Cryotherapy\n\n" + " ".join(pieces))


def grounded(document: Document, claim: Claim) -> bool:
    """Whether a claim's offsets lie in the text and hold words, and its values are the pack's."""
    text = document.text
    for start, end in (
        (claim.start, claim.end),
        (claim.evidence_start, claim.evidence_end),
        (claim.cue_start, claim.cue_end),
    ):
        words = text[start:end]
        if not 0 <= start < end <= len(text) or words != words.strip():
            return False
    inside = (
        claim.evidence_start <= claim.start and claim.end <= claim.evidence_end,
        # A condition that only the heading names: then the evidence is the sentence with the cue.
        claim.evidence_start <= claim.cue_start and claim.cue_end <= claim.evidence_end,
    )
    return (
        any(inside)
        and claim.relation in EXTRACTOR.pack.relations
        and claim.polarity in ("affirmed", "negated")
        and claim.certainty in ("asserted", "hedged")
        and (claim.polarity == "negated") >= bool(claim.negation_cue)
        and (claim.certainty == "hedged") >= bool(claim.hedge_cue)
        and claim.intervention_scope in ("stated", "inherited")
        and NAMES[claim.intervention_id] == claim.intervention
        and claim.rule in RULES
        and (claim.link == "none") == (claim.concept_id == "") == (claim.link_score is None)
    )


def checked(text: str) -> list[Claim]:
    document = plain.document(text)
    claims = EXTRACTOR.claims(document)
    for claim in claims:
        assert grounded(document, claim), (text[claim.start : claim.end], claim)
    keys = [(c.start, c.end, c.relation) for c in claims]
    assert keys == sorted(set(keys)), "sorted, and each claim once"
    return claims


def stretched(document: Document) -> Document:
    """The document with every space inside a block as three: as in plain text that was set to full width."""
    parts: list[str] = []
    blocks: list[Block] = []
    last = moved = 0
    for block in document.blocks:
        inner = document.text[block.start : block.end].replace(" ", "   ")
        parts += [document.text[last : block.start], inner]
        start, last = block.start + moved, block.end
        moved += len(inner) - (block.end - block.start)
        blocks.append(replace(block, start=start, end=start + len(inner)))
    return replace(document, text="".join([*parts, document.text[last:]]), blocks=tuple(blocks))


@pytest.mark.parametrize("article", sorted((Path(__file__).parents[2] / "corpus" / "round-5").glob("*.txt")))
def test_white_space_inside_a_block_changes_nothing(article: Path) -> None:
    document = plain.document(article.read_text(encoding="utf-8"))
    wide = stretched(document)
    claims, same = EXTRACTOR.claims(document), EXTRACTOR.claims(wide)
    assert all(grounded(wide, claim) for claim in same)

    def words(claim: Claim, text: str) -> tuple[str, ...]:
        spans = ((claim.start, claim.end), (claim.evidence_start, claim.evidence_end), (claim.cue_start, claim.cue_end))
        said = (claim.relation, claim.polarity, claim.certainty, claim.intervention_id, claim.concept_id, claim.rule)
        return (*said, *(" ".join(text[a:b].split()) for a, b in spans))

    assert [words(claim, wide.text) for claim in same] == [words(claim, document.text) for claim in claims]


@settings(max_examples=150, deadline=None)
@given(ARTICLES)
def test_any_order_of_pieces(text: str) -> None:
    claims = checked(text)
    EXTRACTOR.claims(plain.document("Ice packs\n\nThey relieve gout.\n\nRisks\n\n- frostbite"))
    assert EXTRACTOR.claims(plain.document(text)) == claims, "nothing stays behind from a document"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    checked(text)
    checked("Cryotherapy relieves pain. " + text)


@settings(max_examples=50, deadline=None)
@given(ARTICLES)
def test_an_explanation_accounts_for_every_claim(text: str) -> None:
    document = plain.document(text)
    told = [(r.start, r.end, r.relation) for r in EXTRACTOR.explain(document) if r.kind == "claim"]
    assert sorted(told) == [(c.start, c.end, c.relation) for c in EXTRACTOR.claims(document)]
