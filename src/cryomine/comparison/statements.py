"""From mentions to statements: what one source says of one condition, however often it says it.

Knows the claims table's columns, no files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cryomine.comparison.judge import Profile
from cryomine.rows import folded

if TYPE_CHECKING:
    import pandas as pd

USED = (
    "source", "relation", "polarity", "certainty", "intervention", "condition", "concept_id", "concept", "pack",
    "evidence", "text_sha256", "mention_id", "locator",
)  # fmt: skip


class Key(NamedTuple):
    """What makes two mentions one statement. ``concept`` is an id, or the folded condition where it is unlinked."""

    pack: str
    source: str
    relation: str
    polarity: str
    concept: str
    intervention: str


@dataclass(slots=True, eq=False)
class Statement:
    """One source's statement; ``row`` is the position of the mention that stands for it in the claims table,
    ``copied`` where only a copy of the source has it.

    ``contradicted`` by another source, ``self_contradicted`` by its own: set where pairs are looked for.
    """

    key: Key
    row: int
    hedged: bool
    narrowed: bool
    copied: bool = False
    mentions: int = 1
    contradicted: bool = False
    self_contradicted: bool = False

    @property
    def profile(self) -> Profile:
        """What a verdict can depend on."""
        return Profile(self.key.intervention, self.hedged, self.narrowed)


def columns_of(claims: pd.DataFrame) -> dict[str, list[str]]:
    """The columns that comparing looks at, as lists of text."""
    return {name: claims[name].astype(str).tolist() for name in USED}


def statements(
    columns: Mapping[str, list[str]], original: Mapping[str, str], narrowing: Iterable[str]
) -> tuple[list[Statement], list[Key]]:
    """The statements in the table's order, and for each row of the table the key of its statement.

    A copy's mentions count only where its original has none. An asserted mention stands for a statement before a
    hedged one, one without narrowing words ("severe asthma") before one with; else the first.
    """
    confined = re.compile(rf"\b(?:{'|'.join(map(re.escape, narrowing)) or '(?!)'})\b", re.IGNORECASE)
    found: dict[Key, Statement] = {}
    keys: list[Key] = []
    rows = zip(
        columns["pack"], columns["source"], columns["relation"], columns["polarity"], columns["concept_id"],
        columns["intervention"], columns["condition"], columns["certainty"], strict=True,
    )  # fmt: skip
    narrow: dict[str, bool] = {}
    for row, (pack, source, relation, polarity, concept, intervention, condition, certainty) in enumerate(rows):
        if condition not in narrow:
            narrow[condition] = bool(confined.search(condition))
        key = Key(
            pack.partition("@")[0], original[source], relation, polarity, concept or folded(condition), intervention
        )
        keys.append(key)
        copied, hedged, narrowed = source != key.source, certainty == "hedged", narrow[condition]
        known = found.get(key)
        if known is None or known.copied > copied:
            found[key] = Statement(key, row, hedged, narrowed, copied)
        elif known.copied == copied:
            known.mentions += 1
            if (hedged, narrowed) < (known.hedged, known.narrowed):
                known.row, known.hedged, known.narrowed = row, hedged, narrowed
    return list(found.values()), keys
