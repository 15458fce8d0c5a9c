"""Rows: their keys, their words, their order."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from cryomine.claims import COLUMNS, Claim
from cryomine.document import Block, BlockKind, Document, Run, Source
from cryomine.rows import digest, folded, rows_of, sha256

TEXT = "Ice\nIt may ease pain and swelling."
CLAIM = Claim(
    relation="treats", polarity="affirmed", certainty="hedged", intervention_id="I:ice", intervention="ice pack",
    intervention_scope="inherited", start=16, end=20, section="Ice", evidence_start=4, evidence_end=34, cue_start=11,
    cue_end=15, negation_cue="", hedge_cue="may", rule="treats.ease",
)  # fmt: skip
LINKED = replace(CLAIM, concept_id="C:1", concept="pain", link="exact", link_score=100.0)


def document(**changes: object) -> Document:
    made = Document(TEXT, (Block(BlockKind.PARAGRAPH, 4, 34),), Source("a.txt", sha256="ab" * 32), title="Ice")
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_row_has_the_columns_in_order_and_the_words_of_the_text() -> None:
    (row,) = rows_of(document(), [LINKED], "stub@1")
    assert list(row) == [column.name for column in COLUMNS]
    assert (row["condition"], row["evidence"], row["cue"]) == ("pain", "It may ease pain and swelling.", "ease")
    assert (row["source_start"], row["source_end"]) == (16, 20)
    assert row["text_sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert row["pack"] == "stub@1"


def test_keys_follow_the_recipe() -> None:
    """Written out by hand: whoever reads the docs must be able to make the same keys."""
    (row,) = rows_of(document(), [LINKED], "stub@1")
    joined = "\x1f".join(["ab" * 32, "treats", "16", "20"])
    assert row["mention_id"] == hashlib.sha256(joined.encode()).hexdigest()[:16]
    joined = "\x1f".join(["I:ice", "treats", "C:1"])
    assert row["claim_id"] == hashlib.sha256(joined.encode()).hexdigest()[:16]


def test_claim_id_is_shared_by_denial_and_affirmation_but_not_by_relations() -> None:
    denied, harmful = replace(LINKED, polarity="negated"), replace(LINKED, relation="side-effect")
    ids = {
        claim.polarity + claim.relation: rows_of(document(), [claim], "p@1")[0]["claim_id"]
        for claim in (LINKED, denied, harmful)
    }
    assert ids["affirmedtreats"] == ids["negatedtreats"] != ids["affirmedside-effect"]


def test_unlinked_conditions_share_a_claim_id_when_they_fold_to_the_same() -> None:
    assert folded("Swollen\n  Knées") == folded("swollen KNÉES") == "swollen knées"
    (row,) = rows_of(document(), [CLAIM], "p@1")
    assert row["claim_id"] == digest("I:ice", "treats", "pain")


def test_rows_are_sorted_by_start_end_relation() -> None:
    claims = [replace(CLAIM, start=25, end=33), replace(CLAIM, relation="side-effect"), CLAIM, replace(CLAIM, end=33)]
    rows = rows_of(document(), claims, "p@1")
    assert [(row["start"], row["end"], row["relation"]) for row in rows] == [
        (16, 20, "side-effect"), (16, 20, "treats"), (16, 33, "treats"), (25, 33, "treats"),
    ]  # fmt: skip


def test_source_offsets() -> None:
    shifted = document(runs=(Run(0, 34, 100, 134),))
    assert rows_of(shifted, [CLAIM], "p@1")[0]["source_start"] == 116
    without = document(runs=None)
    assert rows_of(without, [CLAIM], "p@1")[0]["source_start"] is None


def test_digest_of_text_is_utf8() -> None:
    assert sha256("naïve") == hashlib.sha256("naïve".encode()).hexdigest()
