"""``compare``: a claims table in, the four tables of a comparison out.

Knows frames and the parts of this room; no command line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cryomine.comparison import files, frames
from cryomine.comparison.agreements import Agreement, agreements
from cryomine.comparison.duplicates import originals
from cryomine.comparison.kinship import FACTS, ConceptFacts, Kinship, facts_of, kinship
from cryomine.comparison.overview import Line, cells, figures
from cryomine.comparison.pairs import Pair, contradictions
from cryomine.comparison.rules import load_rules
from cryomine.comparison.statements import columns_of, statements
from cryomine.defaults import ROWS

if TYPE_CHECKING:
    import pandas as pd

    from cryomine.packs.schema import Pack


@dataclass(eq=False)
class Comparison:
    """Who says what, who agrees, who contradicts whom; four DataFrames with the columns of ``comparison.columns``.

    ``pairs_found`` counts all pairs, of which ``contradictions`` lists up to the budget, the gravest of each group.
    ``lines`` holds the matrix as a mapping, (pack, concept, relation) -> source -> cell, for those who do not want it
    wide; ``names`` the preferred names of the linked concepts in it.
    """

    agreements: pd.DataFrame
    contradictions: pd.DataFrame
    sources: pd.DataFrame
    lines: dict[Line, dict[str, str]]
    names: dict[str, str]
    pairs_found: int

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """Concept x relation rows, a column per source: affirmed, hedged, negated, both, or empty."""
        return frames.matrix(self.lines, self.names, self.sources["source"].tolist())

    def write(self, folder: str | Path) -> None:
        """Write matrix.csv, agreements.csv, contradictions.csv and sources.csv into ``folder``, each whole or not."""
        files.write(self, Path(folder))


def compare(
    claims: pd.DataFrame,
    documents: pd.DataFrame | None = None,
    concepts: pd.DataFrame | None = None,
    pack: str | Path | None = None,
    budget: int = ROWS,
) -> Comparison:
    """Compare the sources of a claims table.

    ``documents`` is the table beside it: sources without claims get their column, and a column ``duplicate_of`` says
    which are copies (copies that share their text or most of their sentences are seen without it). ``concepts`` is
    ``concepts.csv`` beside it; without it the hierarchy of the pack counts. ``pack`` is the name or folder of the
    pack where it is not installed under the name that the claims give. At most about ``budget`` rows
    are listed, of contradictions the gravest of every rule and two concepts, of agreements as many sources as can be.
    """
    columns = columns_of(claims)
    packs = sorted({ref.partition("@")[0] for ref in set(columns["pack"])})
    said = _duplicates(documents)
    original = originals(columns["source"], columns["text_sha256"], columns["evidence"], said)
    linked = {key: name for key, name in zip(columns["concept_id"], columns["concept"], strict=True) if key}
    kin = {name: _kinship(pack or name, concepts, linked) for name in packs}
    narrowing = sorted({word for each in kin.values() for word in each.rules.narrowing})
    made, keys = statements(columns, original, narrowing)
    agreed: list[tuple[Agreement, Kinship]] = []
    listed: list[tuple[Pair, Kinship]] = []
    total = 0
    for name in packs:
        own = [statement for statement in made if statement.key.pack == name]
        agreed += [(agreement, kin[name]) for agreement in agreements(own, name, kin[name])]
        pairs, number = contradictions(own, kin[name], budget // len(packs))
        listed += [(pair, kin[name]) for pair in pairs]
        total += number
    contradicted = {statement.key for statement in made if statement.contradicted}
    self_contradicted = {statement.key for statement in made if statement.self_contradicted}
    names = {key.concept: kin[key.pack].name(key.concept) for key in dict.fromkeys(keys) if key.concept in linked}
    numbers = figures(keys, columns, contradicted, self_contradicted)
    return Comparison(
        agreements=frames.agreements(agreed, claims, budget),
        contradictions=frames.contradictions(listed, claims),
        sources=frames.sources(numbers, claims, documents, said | original),
        lines=cells(keys, columns),
        names=names,
        pairs_found=total,
    )


def _duplicates(documents: pd.DataFrame | None) -> dict[str, str]:
    """Copy -> original, where the documents table tells."""
    if documents is None or "duplicate_of" not in documents:
        return {}
    pairs: Sequence[tuple[str, str]] = list(
        zip(
            documents["source"].fillna("").astype(str),
            documents["duplicate_of"].fillna("").astype(str),
            strict=True,
        )
    )
    return {source: original for source, original in pairs if original and original != source}


def _kinship(pack: str | Path, concepts: pd.DataFrame | None, linked: Mapping[str, str]) -> Kinship:
    """A pack's kinship; ``linked`` has the names of concepts that stand in the claims, but not in the vocabulary."""
    loaded, facts = _pack(pack)
    if concepts is not None:
        plain = {name: concepts[name].fillna("").astype(str) for name in FACTS}
        facts = facts_of(dict(zip(plain, values, strict=True)) for values in zip(*plain.values(), strict=True))
    return kinship(facts, loaded, load_rules(pack), linked)


@lru_cache(maxsize=4)
def _pack(pack: str | Path) -> tuple[Pack, Mapping[str, ConceptFacts]]:
    """A pack and its vocabulary, read once however often a notebook asks."""
    from cryomine.packs import load_pack
    from cryomine.packs.hierarchy import Hierarchy

    loaded = load_pack(pack)
    return loaded, facts_of(Hierarchy(loaded.concepts).rows())
