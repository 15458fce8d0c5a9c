"""Read the files of a pack as what they are: text, lists, rules, rows. Every mistake is answered with file and line.

Data only: YAML by its safe loader, nothing is imported or run. Knows nothing of what the records mean together.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from cryomine.errors import PackError
from cryomine.packs.schema import Concept, Intervention, Rival

Rule = TypeVar("Rule", bound=BaseModel)
Row = TypeVar("Row", Concept, Intervention, Rival)

# The largest file of a shipped pack has 0.3 MB; beyond this somebody named the wrong file.
MAX_BYTES = 20_000_000
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def text_of(path: Path) -> str:
    """A file's text, which has to be UTF-8 (with or without BOM)."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PackError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB; a pack's file is a short list")
        raw = path.read_bytes()
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise PackError(f"{path}:{line}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise PackError(f"{path}: {error.strerror or error}; check the path") from None


def manifest_of(folder: Path) -> dict[str, Any]:
    """The content of ``pack.toml``: ``name`` and ``version`` are there; lists are lists of text."""
    path = folder / "pack.toml"
    text = text_of(path)
    try:
        info = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        where = f":{place[1]}" if place else ""
        raise PackError(f"{path}{where}: {error}; see the shipped packs for the form") from None
    for key in ("name", "version"):
        if not isinstance(info.get(key), str) or not info[key]:
            raise PackError(f"{path}: '{key}' is missing; add {key} = \"…\"")
    if not _NAME.fullmatch(info["name"]):
        line = line_of(text, "name")
        raise PackError(f"{path}:{line}: '{info['name']}' is no name; use small letters, digits and hyphens")
    extends = info.get("extends", [])
    info["extends"] = [extends] if isinstance(extends, str) else extends
    for key, lists in (("extends", {"extends": info["extends"]}), *((k, info.get(k, {})) for k in _SETS)):
        if not isinstance(lists, dict) or not all(map(_texts, lists.values())):
            raise PackError(f"{path}:{line_of(text, key)}: '{key}' is not as it should be; write lists of \"words\"")
    return info


_SETS = ("sets", "concept_sets")


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)


def line_of(text: str, key: str) -> int:
    """The line in which a TOML text gives ``key`` (or the table of that name) a value, 1 where it does nowhere."""
    found = re.search(rf"^\s*(\[{re.escape(key)}\]|{re.escape(key)}\s*=)", text, re.MULTILINE)
    return text.count("\n", 0, found.start(1)) + 1 if found else 1


def list_of(path: Path) -> Iterator[str]:
    """The entries of a word list, one a line; what follows ``#`` is a comment."""
    for line in text_of(path).splitlines():
        entry = line.split("#")[0].strip(" ")
        if entry:
            yield entry


def rules_of(stem: Path, model: type[Rule]) -> list[tuple[Rule, str]]:
    """The rules of ``stem.yaml``, or of all files in the folder ``stem``, in order, each with its ``FILE:LINE``."""
    files = sorted(stem.glob("*.yaml")) if stem.is_dir() else [stem.with_suffix(".yaml")]
    return [rule for path in files if path.is_file() for rule in _rule_file(path, model)]


def _rule_file(path: Path, model: type[Rule]) -> Iterator[tuple[Rule, str]]:
    loader_class = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader = loader_class(text_of(path))
    try:
        node = loader.get_single_node()
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            raise PackError(f"{path}:1: not a list; write each rule as '- id: …'")
        for item in node.value:
            line = item.start_mark.line + 1
            _reject_twice(item, path)
            try:
                yield model.model_validate(loader.construct_object(item, deep=True)), f"{path}:{line}"
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
    except RecursionError:
        raise PackError(f"{path}:1: nested too deeply; a rule is a flat record") from None
    finally:
        loader.dispose()


def _reject_twice(item: yaml.Node, path: Path) -> None:
    """Raise if a field stands twice in one rule; YAML would keep the last one in silence."""
    keys = [key for key, _ in item.value] if isinstance(item, yaml.MappingNode) else []
    seen: set[str] = set()
    for key in keys:
        if key.value in seen:
            line = key.start_mark.line + 1
            raise PackError(f"{path}:{line}: '{key.value}' stands twice in one rule; is a line '- id: …' missing?")
        seen.add(key.value)


def rows_of(path: Path, record: type[Row]) -> list[tuple[Row, str]]:
    """The rows of a CSV file as records, each with its ``FILE:LINE``; cells of tuple fields are split at ``|``."""
    if not path.is_file():
        return []
    split: Mapping[str, Callable[[str], Any]] = {
        f.name: _several if "tuple" in str(f.type) else str.strip for f in fields(record)
    }
    reader = csv.DictReader(io.StringIO(text_of(path), newline=""), strict=True)
    rows: list[tuple[Row, str]] = []
    seen: dict[str, int] = {}
    try:
        columns = reader.fieldnames or []
        for name in ("id", "name"):
            if name in split and name not in columns:
                raise PackError(f"{path}:1: no column '{name}'; the columns are {', '.join(split)}")
        for name in columns:
            if name not in split:
                raise PackError(f"{path}:1: unknown column '{name}'; the columns are {', '.join(split)}")
        for row in reader:
            if None in row:
                raise PackError(f"{path}:{reader.line_num}: more cells than columns; quote a cell that has a comma")
            values = {name: convert(row.get(name) or "") for name, convert in split.items()}
            key = values["id" if "id" in split else "name"]
            if not key or not values["name"]:
                raise PackError(f"{path}:{reader.line_num}: empty id or name; fill it in or delete the row")
            if key in seen:
                raise PackError(f"{path}:{reader.line_num}: '{key}' stands already in line {seen[key]}; keep one")
            seen[key] = reader.line_num
            rows.append((record(**values), f"{path}:{reader.line_num}"))
    except csv.Error as error:
        raise PackError(f"{path}:{reader.line_num}: {error}; check the quotes") from None
    return rows


def weights_of(path: Path, relations: Collection[str]) -> dict[str, dict[str, float]]:
    """What each feature of a condition weighs for each of ``relations``, from a CSV file; empty where there is none."""
    if not path.is_file():
        return {}
    reader = csv.DictReader(io.StringIO(text_of(path), newline=""), strict=True)
    found: dict[str, dict[str, float]] = {}
    try:
        first, *columns = reader.fieldnames or [""]
        if first != "feature" or not set(columns) <= set(relations):
            raise PackError(f"{path}:1: the columns are not feature, {', '.join(relations)}; learn it anew")
        for row in reader:
            feature = row.pop("feature")
            found[feature] = {relation: float(weight) for relation, weight in row.items()}
    except (csv.Error, ValueError, TypeError):
        raise PackError(
            f"{path}:{reader.line_num}: not a feature and a number for each relation; learn it anew"
        ) from None
    return found


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())
