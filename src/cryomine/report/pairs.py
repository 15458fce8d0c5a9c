"""Who agrees and who contradicts whom, as `comparison` finds it, in the groups that the page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryomine.errors import CryomineError

if TYPE_CHECKING:
    import pandas as pd

# Pairs that the comparison lists for a page that shows a hundred groups of them; the counts are of all pairs.
LISTED = 5_000


@dataclass(frozen=True, slots=True)
class Agreement:
    """One relation and concept that several sources affirm; ``rows`` holds a mention of each of the ``sources``."""

    relation: str
    concept: str
    rows: tuple[int, ...]
    sources: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions, by the indices of their rows, that cannot both be right, and why."""

    left: int
    right: int
    strength: str
    why: str


@dataclass(frozen=True, slots=True)
class Group:
    """The pairs of one kind and the same two concepts, the gravest first; ``size`` counts those not listed too."""

    kind: str
    strength: str
    concepts: tuple[str, ...]
    pairs: tuple[Pair, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """Agreements, those of most sources first; contradictions, the strongest first; ``apparent`` ones apart.

    ``note`` says why there are none where the sources could not be compared.
    """

    agreements: tuple[Agreement, ...] = ()
    contradictions: tuple[Group, ...] = ()
    apparent: tuple[Group, ...] = ()
    note: str = ""


def pairs_of(
    claims: pd.DataFrame,
    documents: pd.DataFrame | None,
    concepts: pd.DataFrame | None,
    packs: Sequence[str | Path],
    folders: Mapping[str, Path],
) -> Pairs:
    """What sources share and dispute; rows are places in ``claims``.

    The other tables are those beside the claims, ``packs`` the packs with the rules, ``folders`` where the run says
    that packs are. A pack that is not to be had leaves a note in place of pairs: the rest of the page does without.
    """
    from cryomine.comparison import compare

    if claims.empty:
        return Pairs()
    try:
        comparison = compare(claims, documents, concepts, packs, LISTED, folders)
    except CryomineError as error:
        return Pairs(note=f"The sources could not be compared: {error}")
    packs_named = (ref.partition("@")[0] for ref in claims["pack"].tolist())
    keys = zip(claims["source"].tolist(), claims["mention_id"].tolist(), packs_named, strict=True)
    places = {key: place for place, key in enumerate(keys)}
    listed = comparison.contradictions.to_dict("records")
    return Pairs(
        tuple(_agreements(comparison.agreements.to_dict("records"), places)),
        tuple(_groups([row for row in listed if row["verdict"] == "contradiction"], places)),
        tuple(_groups([row for row in listed if row["verdict"] != "contradiction"], places)),
    )


_Places = Mapping[tuple[str, str, str], int]  # source, mention and the name of the pack: the key of a row


def _agreements(rows: Sequence[Mapping[Any, Any]], places: _Places) -> list[Agreement]:
    """One for each id, in the order of the table; of each source the first mention, the concept's own before kinds."""
    members: dict[str, dict[str, int]] = {}
    first: dict[str, Mapping[Any, Any]] = {}
    for row in rows:
        place = places.get((row["source"], row["mention_id"], row["pack"]))
        if place is not None:
            first.setdefault(row["agreement_id"], row)
            members.setdefault(row["agreement_id"], {}).setdefault(row["source"], place)
    return [
        Agreement(row["relation"], row["concept"], tuple(members[key].values()), int(row["sources"]))
        for key, row in first.items()
    ]


def _groups(rows: Sequence[Mapping[Any, Any]], places: _Places) -> list[Group]:
    """The pairs by kind and concepts, in the order in which the first of each comes."""
    groups: dict[tuple[str, ...], list[Mapping[Any, Any]]] = {}
    for row in rows:
        key = (row["kind"], row["rule"], row["pack"], row["concept_a"], row["concept_b"])
        groups.setdefault(key, []).append(row)
    found = []
    for (kind, _, _, *concepts), members in groups.items():
        pairs = [
            Pair(left, right, str(row["strength"]), str(row["why"]))
            for row in members
            if (left := places.get((row["source_a"], row["mention_id_a"], row["pack"]))) is not None
            and (right := places.get((row["source_b"], row["mention_id_b"], row["pack"]))) is not None
        ]
        if pairs:
            size = max(len(pairs), int(members[0]["group_pairs"]))
            found.append(Group(kind, pairs[0].strength, tuple(dict.fromkeys(concepts)), tuple(pairs), size))
    return found
