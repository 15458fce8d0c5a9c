"""The rules of comparing as records, read from the ``compare.yaml`` of a pack and of all that it extends.

Knows the packs' folders, not claims. A mistake in a file is answered with file, line and what would be right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from cryomine.errors import PackError
from cryomine.packs.loader import pack_folders

Concepts = Literal["same", "first-below", "second-below"]
Strength = Literal["strong", "medium", "weak"]
Verdict = Literal["contradiction", "apparent"]
KINDS = ("denied", "treats-vs-contraindicated", "treats-vs-side-effect", "contraindicated-vs-safe")


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Stance(_Record):
    """One side of a pair: a relation, affirmed or denied."""

    relation: str
    polarity: Literal["affirmed", "negated"]


class PairRule(_Record):
    """Two kinds of claims that do not go together, by one concept or along is-a."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$")
    kind: str
    first: Stance
    second: Stance
    concepts: Concepts
    strength: Strength
    verdict: Verdict = "contradiction"
    why: str
    example: str

    @field_validator("first", "second", mode="before")
    @classmethod
    def _stance(cls, value: object) -> object:
        """``treats`` or ``not treats``."""
        if not isinstance(value, str):
            return value
        return {
            "relation": value.removeprefix("not "),
            "polarity": "negated" if value.startswith("not ") else "affirmed",
        }

    @field_validator("why")
    @classmethod
    def _placeholders(cls, value: str) -> str:
        """Refuse a sentence with a place that nothing fills."""
        names = ("source", "intervention", "concept")
        try:
            value.format(**{f"{name}_{side}": "" for name in names for side in "ab"})
        except (KeyError, IndexError, ValueError) as error:
            raise ValueError(f"no place is called {error}") from None
        return value


class When(_Record):
    """What has to be so of a pair for an adjustment; a field that is left out asks nothing.

    ``interventions``: ``different`` (neither is a kind of the other) or ``local-whole`` (one reaches a part of the
    body, the other all of it). ``narrowed``: exactly one side is confined to some forms of its condition.
    ``narrower``: kinds of the concept below, in a pair along is-a. ``filed``: only a code places it there.
    """

    kinds: tuple[str, ...] = ()
    interventions: Literal["", "different", "local-whole"] = ""
    certainty: Literal["", "both-hedged"] = ""
    narrowed: Literal["", "one"] = ""
    narrower: tuple[str, ...] = ()
    filed: bool = False
    passing: bool = False


class Adjustment(_Record):
    """What makes a pair weaker by some steps, or only ``apparent``: both claims can hold."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$")
    when: When
    weaken: int = Field(default=0, ge=0, le=2)
    apparent: bool = False
    why: str
    example: str


class Rules(_Record):
    """All of a pack's rules and facts for comparing; see the comments in ``packs/base/compare.yaml``."""

    pairs: tuple[PairRule, ...] = ()
    adjust: tuple[Adjustment, ...] = ()
    narrowing: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()
    alike: tuple[tuple[str, ...], ...] = ()
    local: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    filed_kinds: tuple[str, ...] = ()
    filed: Mapping[str, str] = Field(default_factory=dict)


def load_rules(pack: str | Path) -> Rules:
    """The rules of a pack and of all it extends, the most basic first; raises ``PackError`` with file and line."""
    from cryomine.comparison.examples import check_example

    files = [folder / "compare.yaml" for folder in pack_folders(pack)]
    parts = [(path, read_rules(path)) for path in files if path.is_file()]
    rules = merged([part for _, part in parts])
    origin: dict[str, Path] = {}
    for path, part in parts:
        origin |= dict.fromkeys([pair.id for pair in part.pairs] + [each.id for each in part.adjust], path)
    seen: set[str] = set()
    everything: list[PairRule | Adjustment] = [*rules.pairs, *rules.adjust]
    for rule in everything:
        if rule.id in seen:
            raise PackError(f"{origin[rule.id]}: two rules are called '{rule.id}'; rename one")
        seen.add(rule.id)
        if problem := check_example(rule, rules):
            raise PackError(f"{origin[rule.id]}: {rule.id}: {problem}; mend the rule or its example")
    return rules


def merged(parts: Sequence[Rules]) -> Rules:
    """Several files as one: lists one after the other, a later block of codes in place of an earlier one."""
    values: dict[str, Any] = {}
    for name in Rules.model_fields:
        if name == "filed":
            values[name] = {key: value for part in parts for key, value in part.filed.items()}
        else:
            values[name] = tuple(value for part in parts for value in getattr(part, name))
    return Rules.model_validate(values)


def read_rules(path: Path) -> Rules:
    """One ``compare.yaml``."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        return Rules.model_validate(yaml.safe_load(text) or {})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise PackError(f"{path}:{_line(node, first['loc'])}: {where}: {first['msg']}; see packs/base") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise PackError(f"{path}:{line}: {getattr(error, 'problem', error)}; check quotes and indentation") from None
    except UnicodeDecodeError as error:
        raise PackError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise PackError(f"{path}: {error.strerror or error}; check the path") from None


def _line(node: yaml.Node | None, place: Sequence[int | str]) -> int:
    """The line of the deepest part of ``place`` that the file has, from 1."""
    line = 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            found = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            found = node.value[step]
        else:
            found = None
        if found is None:
            break
        node, line = found, found.start_mark.line + 1
    return line
