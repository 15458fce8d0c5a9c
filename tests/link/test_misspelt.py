"""Misspelt names find their concept: three hundred of the shipped vocabulary, made by a seeded hand."""

from __future__ import annotations

from misspell import misspelt

from cryomine.link.linker import Linker
from cryomine.packs.schema import Pack


def test_misspelt_names_are_found(pack: Pack, linker: Linker) -> None:
    """Preferred names as they are misspelt in ``misspell.py``; at least 95 of 100 right, at most 2 of 100 wrong."""
    ids = {concept.name: concept.id for concept in pack.concepts if concept.kind not in ("goal", "class")}
    pairs = misspelt(ids, 300, seed=2026)
    links = [(wrong, name, linker.link(wrong)) for wrong, name in pairs]
    right = [wrong for wrong, name, link in links if link.concept_id == ids[name]]
    lost = [(wrong, name, link.concept) for wrong, name, link in links if link.concept_id != ids[name]]
    assert len(right) / len(pairs) >= 0.95, lost
    confused = [row for row in lost if linker.link(row[0]).method == "spelling"]
    assert len(confused) <= 0.02 * len(pairs), confused
