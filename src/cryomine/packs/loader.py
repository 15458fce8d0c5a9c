"""Merge a folder of data files, and all that it extends, into a validated ``Pack``.

Every mistake is answered with file and line. Knows nothing of documents.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from cryomine.defaults import PACK
from cryomine.errors import PackError
from cryomine.packs.files import line_of, list_of, manifest_of, rows_of, rules_of, text_of, weights_of
from cryomine.packs.find import SHIPPED, chain_of, folder_of
from cryomine.packs.schema import Concept, ContextRule, CueRule, Intervention, LayoutRule, Pack, Packs, Rival

_Named = TypeVar("_Named", Concept, Intervention)


def load_pack(name_or_dir: str | Path = PACK, beside: Iterable[str | Path] = ()) -> Pack:
    """Load a pack by name (shipped, installed) or by folder, with everything it extends merged in.

    The therapies of all other shipped packs, and of those ``beside`` it in a run, are rivals to its own. Raises
    ``PackError`` naming file, line and what would be right.
    """
    folder = folder_of(name_or_dir)
    merged = _Merged()
    chain = chain_of(folder)
    for part in chain:
        merged.add(part)
    merged.check(chain)
    others = [chain_of(folder_of(other)) for other in beside]
    others += [[path.parent] for path in sorted(SHIPPED.glob("*/interventions.csv"))]
    merged.add_rivals([part for parts in others for part in parts], chain)
    manifest = manifest_of(folder)
    return Pack(
        name=str(manifest["name"]),
        version=str(manifest["version"]),
        digest=merged.digest.hexdigest(),
        relations=tuple(merged.relations),
        concepts=tuple(merged.concepts.values()),
        interventions=tuple(merged.interventions.values()),
        rivals=_without(merged.rivals, merged.interventions.values()),
        cues=tuple(merged.cues),
        context=tuple(merged.context),
        layout=tuple(merged.layout),
        lexicon={key: tuple(words) for key, words in sorted(merged.lexicon.items())},
        sets={key: tuple(words) for key, words in merged.sets.items()},
        concept_sets={key: frozenset(ids) for key, ids in merged.concept_sets.items()},
        weights={f: tuple(w.get(r, 0.0) for r in merged.relations) for f, w in merged.weights.items()},
        places=merged.places,
        folder=folder,
    )


def load_packs(names: Sequence[str | Path]) -> Pack | Packs:
    """The pack of a run, or its packs in the order given; the therapies of each are rivals to the others."""
    packs: list[Pack] = []
    for at, name in enumerate(names):
        pack = load_pack(name, beside=[*names[:at], *names[at + 1 :]])
        if any(pack.name == other.name for other in packs):
            raise PackError(f"{name}: a second pack called '{pack.name}' in one run; leave one out or rename it")
        packs.append(pack)
    return packs[0] if len(packs) == 1 else Packs(tuple(packs))


def name_of(folder: Path) -> str:
    """What the pack in ``folder`` is called."""
    return str(manifest_of(folder)["name"])


def pack_folders(name_or_dir: str | Path) -> list[Path]:
    """The folders of a pack and of all it extends, the most basic first, for rooms with data of their own there."""
    return chain_of(folder_of(name_or_dir))


@dataclass(slots=True)
class _Merged:
    """What is merged so far.

    ``places`` gives the ``FILE:LINE`` of ``rule ID``, ``concept ID``, ``intervention ID``, ``rival NAME``.
    """

    relations: dict[str, None] = field(default_factory=dict)
    concepts: dict[str, Concept] = field(default_factory=dict)
    interventions: dict[str, Intervention] = field(default_factory=dict)
    rivals: dict[str, Rival] = field(default_factory=dict)
    cues: list[CueRule] = field(default_factory=list)
    context: list[ContextRule] = field(default_factory=list)
    layout: list[LayoutRule] = field(default_factory=list)
    lexicon: dict[str, dict[str, None]] = field(default_factory=dict)
    sets: dict[str, dict[str, None]] = field(default_factory=dict)
    concept_sets: dict[str, dict[str, None]] = field(default_factory=dict)
    weights: dict[str, dict[str, float]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    digest: Any = field(default_factory=hashlib.sha256)

    def add(self, part: Path) -> None:
        """Merge one folder on top of what is there: lists grow, a concept of the same id gets further names."""
        for path in sorted(p for p in part.rglob("*") if p.is_file() and not p.name.startswith((".", "__"))):
            self._hash(path, part)
        info = manifest_of(part)
        self.relations |= dict.fromkeys(info.get("relations", ()))
        for mine, given in ((self.sets, info.get("sets", {})), (self.concept_sets, info.get("concept_sets", {}))):
            for key, members in given.items():
                mine.setdefault(key, {}).update(dict.fromkeys(members))
        for path in sorted((part / "lexicon").glob("*.txt")):
            self.lexicon.setdefault(path.stem, {}).update(dict.fromkeys(list_of(path)))
        self.weights |= weights_of(part / "weights.csv", self.relations)
        self.cues += self._named(rules_of(part / "cues", CueRule))
        self.context += self._named(rules_of(part / "context", ContextRule))
        self.layout += self._named(rules_of(part / "layout", LayoutRule))
        self._rows("concept", self.concepts, rows_of(part / "concepts.csv", Concept))
        self._rows("intervention", self.interventions, rows_of(part / "interventions.csv", Intervention))
        for rival, place in rows_of(part / "rivals.csv", Rival):
            self.rivals[rival.name] = rival
            self.places[f"rival {rival.name}"] = place

    def add_rivals(self, parts: Iterable[Path], own: Sequence[Path]) -> None:
        """The interventions of other packs, as rivals."""
        done = [path.resolve() for path in own]
        for part in parts:
            if part.resolve() in done or not (part / "interventions.csv").is_file():
                continue
            done.append(part.resolve())
            self._hash(part / "interventions.csv", part.parent)
            for therapy, _ in rows_of(part / "interventions.csv", Intervention):
                known = self.rivals.get(therapy.name, Rival(therapy.name))
                names = dict.fromkeys((*known.synonyms, *therapy.synonyms))
                self.rivals[therapy.name] = Rival(therapy.name, tuple(names))

    def check(self, chain: Sequence[Path]) -> None:
        """Refuse what no single file shows: unknown parents, relations and members, and cycles."""
        _check_parents("concept", {c.id: c.parents for c in self.concepts.values()}, self.places)
        _check_parents("intervention", {i.id: i.parents for i in self.interventions.values()}, self.places)
        for key, members in sorted(self.concept_sets.items()):
            for member in members:
                if member not in self.concepts and member not in self.interventions:
                    where = _where(chain, key)
                    raise PackError(f"{where}: set '{key}' names the unknown '{member}'; add it to concepts.csv")
        refers = {key: tuple(_references(words)) for key, words in self.sets.items()}
        for key in refers:
            if _leads_back(key, refers):
                raise PackError(f"{_where(chain, key)}: the set '{key}' leads back to itself; write its words out")
        for rule in self.cues:
            if rule.relation and rule.relation not in self.relations:
                raise PackError(
                    f"{self.places[f'rule {rule.id}']}: rule '{rule.id}' has the unknown relation '{rule.relation}'; "
                    f"known: {', '.join(self.relations)}"
                )

    def _hash(self, path: Path, root: Path) -> None:
        self.digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")

    def _named(self, rules: list[tuple[Any, str]]) -> list[Any]:
        for rule, place in rules:
            if (other := self.places.setdefault(f"rule {rule.id}", place)) != place:
                raise PackError(f"{place}: two rules are called '{rule.id}', the other in {other}; rename one")
        return [rule for rule, _ in rules]

    def _rows(self, what: str, mine: dict[str, _Named], rows: list[tuple[_Named, str]]) -> None:
        for row, place in rows:
            known = mine.get(row.id)
            if known is not None and known.name != row.name:
                raise PackError(
                    f"{place}: the {what} '{row.id}' is '{known.name}' in {self.places[f'{what} {row.id}']}; "
                    f"give it that name to add synonyms, or choose another id"
                )
            self.places.setdefault(f"{what} {row.id}", place)
            mine[row.id] = row if known is None else _joined(known, row)


def _joined(known: _Named, more: _Named) -> _Named:
    """A record with the parents and further names of another of the same id."""
    parents = tuple(dict.fromkeys((*known.parents, *more.parents)))
    synonyms = tuple(dict.fromkeys((*known.synonyms, *more.synonyms)))
    return replace(known, parents=parents, synonyms=synonyms)


def _without(rivals: Mapping[str, Rival], ours: Iterable[Intervention]) -> tuple[Rival, ...]:
    """The rivals less what the pack's own interventions are called: one of that name is the same therapy."""
    names = {_plain(name) for therapy in ours for name in (therapy.name, *therapy.synonyms, *therapy.weak_synonyms)}
    return tuple(
        Rival(rival.name, tuple(name for name in rival.synonyms if _plain(name) not in names))
        for rival in rivals.values()
        if _plain(rival.name) not in names
    )


def _plain(name: str) -> str:
    return name.lower().replace("-", " ")


def _where(chain: Sequence[Path], key: str) -> str:
    """``FILE:LINE`` of the last ``pack.toml`` that has a set of this name."""
    for path in (part / "pack.toml" for part in reversed(chain)):
        text = text_of(path)
        if (line := line_of(text, key)) > 1:
            return f"{path}:{line}"
    return str(chain[-1] / "pack.toml")


def _references(words: Iterable[str]) -> list[str]:
    return [token.strip("{}|")[1:] for entry in words for token in entry.split() if token.strip("{}|").startswith("@")]


def _leads_back(key: str, refers: Mapping[str, Sequence[str]]) -> bool:
    seen: set[str] = set()
    todo = list(refers.get(key, ()))
    while todo:
        name = todo.pop()
        if name == key:
            return True
        if name not in seen:
            seen.add(name)
            todo += refers.get(name, ())
    return False


def _check_parents(what: str, parents: Mapping[str, tuple[str, ...]], places: Mapping[str, str]) -> None:
    """Refuse unknown parents and cycles."""
    for key, above in parents.items():
        for parent in above:
            if parent not in parents:
                where = places[f"{what} {key}"]
                near = ", ".join(get_close_matches(parent, parents, cutoff=0.5))
                hint = f" ({near}?)" if near else ""
                raise PackError(f"{where}: unknown parent '{parent}' of '{key}'; add it or correct the id{hint}")
    state: dict[str, int] = {}
    for root in parents:
        stack = [(root, iter(parents[root]))]
        while stack:
            node, rest = stack[-1]
            state.setdefault(node, 1)
            for parent in rest:
                if state.get(parent) == 1:
                    where = places[f"{what} {node}"]
                    raise PackError(f"{where}: '{node}' and its parent '{parent}' form a cycle; cut it")
                if parent not in state:
                    stack.append((parent, iter(parents[parent])))
                    break
            else:
                state[node] = 2
                stack.pop()
