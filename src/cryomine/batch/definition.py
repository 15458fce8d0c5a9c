"""A run definition: the TOML file that says which articles, which pack, which folder.

Paths are relative to the folder that holds the file, wherever the command is called from.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryomine.defaults import PACK
from cryomine.errors import CryomineError
from cryomine.folder import FORMATS

_KEYS: dict[str, type | tuple[type, ...]] = {
    "inputs": list,
    "pack": (str, list),
    "output": str,
    "format": str,
    "background": bool,
}


@dataclass(frozen=True, slots=True)
class Definition:
    """What to run; ``packs`` are names, or paths where the file gives one with a ``/``."""

    inputs: tuple[str, ...]
    output: Path
    packs: tuple[str, ...] = (PACK,)
    format: str = "csv"
    background: bool = True


def load_definition(path: Path) -> Definition:
    """Read and check a run definition; raises ``CryomineError`` naming the file and what would be right."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CryomineError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CryomineError(f"{path}: no TOML ({error}); mend that line") from error
    for key, value in given.items():
        if key not in _KEYS:
            raise CryomineError(f"{path}: unknown key {key!r}; known are {', '.join(_KEYS)}")
        if not isinstance(value, _KEYS[key]):
            example = {"inputs": '["articles"]', "background": "false"}.get(key, '"…"')
            raise CryomineError(f"{path}: {key} is {value!r}; write {key} = {example}")
    for key in ("inputs", "output"):
        if not given.get(key):
            raise CryomineError(f"{path}: {key} is missing; add it")
    if given.get("format", "csv") not in FORMATS:
        raise CryomineError(f"{path}: format is {given['format']!r}; it can be {' or '.join(FORMATS)}")
    return _resolved(path.parent, given)


def _resolved(folder: Path, given: dict[str, Any]) -> Definition:
    def beside(name: str) -> str:
        return name if "://" in name else str(folder / name)

    pack = given.get("pack", PACK)
    packs = [pack] if isinstance(pack, str) else [str(name) for name in pack]
    return Definition(
        inputs=tuple(beside(str(name)) for name in given["inputs"]),
        output=folder / given["output"],
        packs=tuple(beside(name) if "/" in name else name for name in packs),
        format=given.get("format", "csv"),
        background=given.get("background", True),
    )
