"""What a pack knows, for people: behind ``cryomine pack show``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cryomine.errors import CryomineError
from cryomine.packs.find import chain_of, folder_of
from cryomine.packs.loader import load_pack
from cryomine.packs.schema import Pack, Rule


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
    """What a pack has under an id or a name: where (``FILE:LINE``), what kind, and the record; raises where nothing.

    Where nothing has that name, the rules whose cues are among the words, each with what it ``matches``, the longest
    first; or else those that have the words in a cue.
    """
    pack = load_pack(name_or_dir)
    found = [
        (pack.places[key], key.partition(" ")[0], record)
        for key, names, record in _records(pack)
        if asked == key.partition(" ")[2] or asked.lower() in names
    ]
    found = found or list(_matching(pack, asked)) or list(_written(pack, asked))
    if not found:
        raise CryomineError(
            f"{asked}: not in the pack {pack.name}; give the id of a rule, a name as articles use it, or words of a cue"
        )
    return found


def _matching(pack: Pack, asked: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The rules that the extraction sees in the words; of one kind, none that another's words cover."""
    from cryomine.extraction import Extractor
    from cryomine.ingest import plain

    extractor = Extractor(pack.without_background())
    doc = extractor.tokens(plain.document(asked))
    rules = {rule.id: rule for rule in pack.rules}
    hits = [hit for hit in extractor.knowledge.matcher(doc) if hit.key.partition("/")[0] in rules]
    widest = [
        hit
        for hit in hits
        if not any(
            other.what == hit.what
            and other.start <= hit.start
            and hit.end <= other.end
            and other.end - other.start > hit.end - hit.start
            for other in hits
        )
    ]
    words: dict[str, list[str]] = {}
    for hit in sorted(widest, key=lambda hit: (hit.start - hit.end, hit.start)):
        words.setdefault(hit.key.partition("/")[0], []).append(doc[hit.start : hit.end].text)
    for rule_id, matched in words.items():
        record = {"matches": " … ".join(dict.fromkeys(matched))} | _of_rule(rules[rule_id])
        yield pack.places[f"rule {rule_id}"], "rule", record


def _written(pack: Pack, asked: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The rules that have the words in a cue as it is written."""
    for rule in pack.rules:
        cues = [cue for cue in rule.cue if f" {asked.lower().strip()} " in f" {cue.translate(_SIGNS).lower()} "]
        if cues:
            yield pack.places[f"rule {rule.id}"], "rule", {"has": cues} | _of_rule(rule)


_SIGNS = str.maketrans("{}|~", "    ")


def _of_rule(rule: Rule) -> dict[str, Any]:
    return rule.model_dump(exclude_defaults=True)


def _records(pack: Pack) -> list[tuple[str, frozenset[str], Mapping[str, Any]]]:
    rules = [(f"rule {rule.id}", frozenset[str](), _of_rule(rule)) for rule in pack.rules]
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
