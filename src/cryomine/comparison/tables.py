"""``compare``: a claims table in, the four tables of a comparison out.

Knows frames and the parts of this room; no command line.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
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
from cryomine.comparison.rules import Rules, load_rules
from cryomine.comparison.statements import columns_of, statements
from cryomine.defaults import ROWS
from cryomine.errors import PackError

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
    pack: str | Path | Iterable[str | Path] | None = None,
    budget: int = ROWS,
    folders: Mapping[str, str | Path] | None = None,
) -> Comparison:
    """Compare the sources of a claims table.

    ``documents`` is the table beside it: sources without claims get their column, and a column ``duplicate_of`` says
    which are copies (copies that share their text or most of their sentences are seen without it). ``concepts`` is
    ``concepts.csv`` beside it; without it the hierarchy of the pack counts. ``pack`` gives the names or folders of the
    packs with the rules, each for the claims of its own name; one alone, of a name that no claim has, is for all.
    ``folders`` says where packs are that neither ``pack`` nor their names lead to: from name to folder, as the run
    manifest has them. At most about ``budget`` rows are listed, of contradictions the gravest of every rule and two
    concepts, of agreements as many sources as can be.
    """
    columns = columns_of(claims)
    packs = sorted({ref.partition("@")[0] for ref in set(columns["pack"])})
    said = _duplicates(documents)
    original = originals(columns["source"], columns["text_sha256"], columns["evidence"], said)
    linked = {key: name for key, name in zip(columns["concept_id"], columns["concept"], strict=True) if key}
    where = _where(packs, [pack] if isinstance(pack, (str, Path)) else list(pack or ()), folders or {})
    kin = {name: _kinship(where[name], concepts, linked) for name in packs}
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
        agreements=frames.agreements(agreed, columns, budget),
        contradictions=frames.contradictions(listed, columns),
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


def _where(
    names: Sequence[str], given: Sequence[str | Path], folders: Mapping[str, str | Path]
) -> dict[str, str | Path]:
    """Name or folder of the pack of each name: what is given, else what is known of its folder, else the name."""
    from cryomine.packs.find import folder_of, named
    from cryomine.packs.loader import name_of

    mine = {name_of(folder_of(one)): one for one in given}
    if len(given) == 1 and not mine.keys() & set(names):
        return dict.fromkeys(names, given[0])
    found = dict(folders) | mine
    for name in names:
        if name not in found and named(name) is None and not (Path(name) / "pack.toml").is_file():
            raise PackError(f"{name}: no such pack here, and the claims were made with it; give its folder with --pack")
    return {name: found.get(name, name) for name in names}


def _kinship(pack: str | Path, concepts: pd.DataFrame | None, linked: Mapping[str, str]) -> Kinship:
    """A pack's kinship; ``linked`` has the names of concepts that stand in the claims, but not in the vocabulary."""
    from cryomine.packs.find import stamp

    loaded, facts, rules = _pack(pack, stamp(pack))
    if concepts is not None:
        plain = {name: concepts[name].fillna("").astype(str) for name in FACTS}
        facts = facts_of(dict(zip(plain, values, strict=True)) for values in zip(*plain.values(), strict=True))
    return kinship(facts, loaded, rules, linked)


@lru_cache(maxsize=4)
def _pack(pack: str | Path, _stamp: Hashable) -> tuple[Pack, Mapping[str, ConceptFacts], Rules]:
    """A pack, its vocabulary and its rules for comparing; read once however often a notebook asks, until it changes."""
    from cryomine.packs import load_pack
    from cryomine.packs.hierarchy import Hierarchy

    loaded = load_pack(pack)
    return loaded, facts_of(Hierarchy(loaded.concepts).rows()), load_rules(pack)
