"""What a pack knows, for people: behind ``cryomine pack show``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryomine.errors import CryomineError
from cryomine.packs.find import chain_of, folder_of
from cryomine.packs.loader import load_pack
from cryomine.packs.schema import Pack


def overview(name_or_dir: str | Path) -> dict[str, Any]:
    """The pack in figures and names: what it extends, its interventions, and of each kind of knowledge how much.

    ``own`` counts what stands in the pack's own files, ``all`` what it knows with everything it extends.
    """
    folder = folder_of(name_or_dir)
    pack = load_pack(folder)
    own = Counter(key.partition(" ")[0] for key in own_places(pack, folder))
    every = {
        "interventions": len(pack.interventions),
        "concepts": len(pack.concepts),
        "rules": len(pack.rules),
        "rivals": len(pack.rivals),
    }
    return {
        "name": pack.ref,
        "folder": str(folder),
        "extends": [part.name for part in chain_of(folder)[:-1]],
        "interventions": [
            {
                "id": i.id,
                "name": i.name,
                "parents": list(i.parents),
                "names": 1 + len(i.synonyms) + len(i.weak_synonyms),
            }
            for i in pack.interventions
        ],
        "knows": {name: {"own": own.get(name.removesuffix("s"), 0), "all": count} for name, count in every.items()},
        "rules by relation": dict(sorted(Counter(rule.relation or "carried" for rule in pack.cues).items())),
        "concepts by kind": dict(sorted(Counter(concept.kind for concept in pack.concepts).items())),
    }


def own_places(pack: Pack, folder: Path) -> dict[str, str]:
    """Of all that a pack knows, what stands in the files of one folder, and where (``FILE:LINE``)."""
    return {key: place for key, place in pack.places.items() if folder in Path(place.rpartition(":")[0]).parents}


def entries(name_or_dir: str | Path, asked: str) -> list[tuple[str, str, Mapping[str, Any]]]:
    """What a pack has under an id or a name: where (``FILE:LINE``), what kind, and the record; raises where nothing."""
    pack = load_pack(name_or_dir)
    found = [
        (pack.places[key], key.partition(" ")[0], record)
        for key, names, record in _records(pack)
        if asked == key.partition(" ")[2] or asked.lower() in names
    ]
    if not found:
        raise CryomineError(
            f"{asked}: not in the pack {pack.name}; give the id of a rule, or a name as articles use it"
        )
    return found


def _records(pack: Pack) -> list[tuple[str, frozenset[str], Mapping[str, Any]]]:
    rules = [(f"rule {rule.id}", frozenset[str](), rule.model_dump(exclude_defaults=True)) for rule in pack.rules]
    therapies = [
        (f"intervention {i.id}", _lower(i.name, *i.synonyms, *i.weak_synonyms), _filled(i)) for i in pack.interventions
    ]
    concepts = [(f"concept {c.id}", _lower(c.name, *c.synonyms), _filled(c)) for c in pack.concepts]
    return [*rules, *therapies, *concepts]


def _lower(*names: str) -> frozenset[str]:
    return frozenset(name.lower() for name in names)


def _filled(record: Any) -> dict[str, Any]:
    """The fields of a record that have a value."""
    return {name: value for name in record.__slots__ if (value := getattr(record, name))}
