"""Read a folder of data files into a validated ``Pack``; every mistake is answered with file and line.

Knows nothing of documents.
"""

from __future__ import annotations

import csv
import hashlib
import io
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from cryomine.errors import PackError
from cryomine.packs.schema import Concept, ContextRule, CueRule, Intervention, LayoutRule, Pack, Rival

HERE = Path(__file__).parent
_Rule = TypeVar("_Rule", bound=BaseModel)
_Row = TypeVar("_Row", Concept, Intervention, Rival)


def load_pack(name_or_dir: str | Path = "cryotherapy") -> Pack:
    """Load a pack by name (shipped) or by folder, with everything it extends merged in.

    Raises ``PackError`` naming file, line and what would be right.
    """
    folder = _folder(name_or_dir)
    chain = _chain(folder)
    manifest = _manifest(folder)
    sets: dict[str, tuple[str, ...]] = {}
    concept_sets: dict[str, frozenset[str]] = {}
    lexicon: dict[str, dict[str, None]] = {}
    cues: list[CueRule] = []
    context: list[ContextRule] = []
    layout: list[LayoutRule] = []
    concepts: list[Concept] = []
    interventions: list[Intervention] = []
    rivals: list[Rival] = []
    relations: dict[str, None] = {}
    digest = hashlib.sha256()
    for part in chain:
        for path in sorted(p for p in part.rglob("*") if p.is_file() and not p.name.startswith((".", "__"))):
            digest.update(path.relative_to(part).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
        info = _manifest(part)
        relations |= dict.fromkeys(info.get("relations", ()))
        sets |= {key: tuple(value) for key, value in info.get("sets", {}).items()}
        concept_sets |= {key: frozenset(value) for key, value in info.get("concept_sets", {}).items()}
        for path in sorted((part / "lexicon").glob("*.txt")):
            lexicon.setdefault(path.stem, {}).update(dict.fromkeys(_lines(path)))
        cues += _rules(part / "cues", CueRule)
        context += _rules(part / "context", ContextRule)
        layout += _rules(part / "layout", LayoutRule)
        concepts += _rows(part / "concepts.csv", Concept)
        interventions += _rows(part / "interventions.csv", Intervention)
        rivals += _rows(part / "rivals.csv", Rival)
    _no_duplicates("rule", [(r.id, folder) for rules in (cues, context, layout) for r in rules])
    known = {c.id for c in concepts} | {i.id for i in interventions}
    for key, members in sorted(concept_sets.items()):
        for member in sorted(members - known):
            raise PackError(
                f"{folder / 'pack.toml'}: set '{key}' names the unknown concept '{member}'; add it to concepts.csv"
            )
    for rule in cues:
        if rule.relation and rule.relation not in relations:
            raise PackError(
                f"{folder}: rule '{rule.id}' has the unknown relation '{rule.relation}'; known: {', '.join(relations)}"
            )
    return Pack(
        name=str(manifest["name"]),
        version=str(manifest["version"]),
        digest=digest.hexdigest(),
        relations=tuple(relations),
        concepts=tuple(concepts),
        interventions=tuple(interventions),
        rivals=tuple(rivals),
        cues=tuple(cues),
        context=tuple(context),
        layout=tuple(layout),
        lexicon={key: tuple(words) for key, words in sorted(lexicon.items())},
        sets=sets,
        concept_sets=concept_sets,
    )


def pack_folders(name_or_dir: str | Path) -> list[Path]:
    """The folders of a pack and of all it extends, the most basic first, for rooms that keep data of their own there."""
    return _chain(_folder(name_or_dir))


def _folder(name_or_dir: str | Path) -> Path:
    path = Path(name_or_dir)
    if (path / "pack.toml").is_file():
        return path
    shipped = HERE / str(name_or_dir)
    if path.name == str(name_or_dir) and (shipped / "pack.toml").is_file():
        return shipped
    names = sorted(p.parent.name for p in HERE.glob("*/pack.toml"))
    raise PackError(f"{name_or_dir}: no such pack; give one of {', '.join(names)} or a folder with a pack.toml")


def _chain(folder: Path) -> list[Path]:
    """The folders of a pack and all it extends, the most basic first."""
    chain = [folder]
    while base := _manifest(chain[0]).get("extends"):
        above = _folder(base)
        if above in chain:
            raise PackError(f'{chain[0] / "pack.toml"}: extends = "{base}" leads back to itself; leave it out')
        chain.insert(0, above)
    return chain


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / "pack.toml"
    try:
        info = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{path}: {error}; see the shipped packs for the form") from None
    for key in ("name", "version"):
        if not isinstance(info.get(key), str):
            raise PackError(f"{path}: '{key}' is missing; add {key} = \"…\"")
    return info


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise PackError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise PackError(f"{path}: {error.strerror or error}; check the path") from None


def _lines(path: Path) -> Iterator[str]:
    for line in _text(path).splitlines():
        entry = line.split("#")[0].strip(" ")
        if entry:
            yield entry


def _rules(stem: Path, model: type[_Rule]) -> list[_Rule]:
    """The rules of ``stem.yaml``, or of all files in the folder ``stem``, in order."""
    files = sorted(stem.glob("*.yaml")) if stem.is_dir() else [stem.with_suffix(".yaml")]
    return [rule for path in files if path.is_file() for rule in _rule_file(path, model)]


def _rule_file(path: Path, model: type[_Rule]) -> Iterator[_Rule]:
    loader_class = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader = loader_class(_text(path))
    try:
        node = loader.get_single_node()
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            raise PackError(f"{path}:1: not a list; write each rule as '- id: …'")
        for item in node.value:
            line = item.start_mark.line + 1
            try:
                yield model.model_validate(loader.construct_object(item, deep=True))
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(str(part) for part in first["loc"])
                raise PackError(
                    f"{path}:{line}: {where}: {first['msg']}; allowed: {', '.join(model.model_fields)}"
                ) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise PackError(f"{path}:{line}: {getattr(error, 'problem', error)}; check quotes and indentation") from None
    finally:
        loader.dispose()


def _rows(path: Path, record: type[_Row]) -> list[_Row]:
    """The rows of a CSV file as records; cells of tuple fields are split at ``|``."""
    if not path.is_file():
        return []
    split: Mapping[str, Callable[[str], Any]] = {
        f.name: _several if "tuple" in str(f.type) else str.strip for f in fields(record)
    }
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    columns = reader.fieldnames or []
    for name in ("id", "name"):
        if name in split and name not in columns:
            raise PackError(f"{path}:1: no column '{name}'; the columns are {', '.join(split)}")
    rows: list[_Row] = []
    parents: dict[str, tuple[str, ...]] = {}
    seen: dict[str, int] = {}
    for row in reader:
        values = {name: convert(row.get(name) or "") for name, convert in split.items()}
        key = values.get("id") or values["name"]
        if not key or not values["name"]:
            raise PackError(f"{path}:{reader.line_num}: empty id or name; fill it in or delete the row")
        if key in seen:
            raise PackError(f"{path}:{reader.line_num}: '{key}' stands already in line {seen[key]}; keep one")
        seen[key] = reader.line_num
        rows.append(record(**values))
        parents[key] = values.get("parents", ())
    _check_parents(path, parents, seen)
    return rows


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _check_parents(path: Path, parents: Mapping[str, tuple[str, ...]], line_of: Mapping[str, int]) -> None:
    """Refuse unknown parents and cycles."""
    for key, above in parents.items():
        for parent in above:
            if parent not in parents:
                raise PackError(
                    f"{path}:{line_of[key]}: unknown parent '{parent}' of '{key}'; add it or correct the id"
                )
    state: dict[str, int] = {}
    for root in parents:
        stack = [(root, iter(parents[root]))]
        while stack:
            node, rest = stack[-1]
            state.setdefault(node, 1)
            for parent in rest:
                if state.get(parent) == 1:
                    raise PackError(f"{path}:{line_of[node]}: '{node}' and its parent '{parent}' form a cycle; cut it")
                if parent not in state:
                    stack.append((parent, iter(parents[parent])))
                    break
            else:
                state[node] = 2
                stack.pop()


def _no_duplicates(what: str, items: list[tuple[str, Path]]) -> None:
    seen: set[str] = set()
    for name, where in items:
        if name in seen:
            raise PackError(f"{where}: two {what}s are called '{name}'; rename one")
        seen.add(name)
