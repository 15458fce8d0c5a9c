"""Whose claim it is: stated, inherited, or another therapy's."""

from __future__ import annotations

import pytest

from cryomine.extraction import Extractor
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
