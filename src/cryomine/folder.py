"""An output folder: which table is in it, where its texts are kept, where its inputs were.

Knows the names of files, nothing of what is in them but where the run manifest says that inputs and packs are.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cryomine.errors import ReadError

FORMATS = ("csv", "jsonl")  # that a run writes its table in
TABLES = tuple(f"claims.{name}" for name in FORMATS)
TEXTS = "texts"


def table_in(folder: Path, names: tuple[str, ...] = TABLES) -> Path:
    """The claims table of a folder, the first of ``names`` that is there; ``ReadError`` where none is."""
    found = next((path for name in names if (path := folder / name).is_file()), None)
    if found is None:
        raise ReadError(f"{folder}: no claims table in it; give the output folder of a run")
    return found


def text_path(folder: Path, text_sha256: str) -> Path:
    """Where a document's text is kept."""
    return folder / TEXTS / f"{text_sha256}.txt"


def kept_text(folder: Path, text_sha256: str) -> str | None:
    """The text that is kept under a digest; ``None`` where none is."""
    path = text_path(folder, text_sha256)
    return path.read_bytes().decode("utf-8", errors="replace") if path.is_file() else None


def input_paths(folder: Path) -> dict[str, Path]:
    """Where the run manifest says that each input is; empty without a manifest, ``ReadError`` where it is none."""
    try:
        items = () if (run := _manifest(folder)) is None else run["inputs"]
        return {str(item["source"]): folder / str(item["path"]) for item in items if item["path"]}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _no_manifest(folder, error) from error


def pack_paths(folder: Path) -> dict[str, Path]:
    """Where the run manifest says that packs are which their names do not lead to; those that are still there."""
    try:
        said = {} if (run := _manifest(folder)) is None else run["pack"].get("folders", {})
        paths = {str(name): folder / str(path) for name, path in said.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _no_manifest(folder, error) from error
    return {name: path for name, path in paths.items() if (path / "pack.toml").is_file()}


def _manifest(folder: Path) -> Any:
    """What ``run.json`` holds; ``None`` where there is none."""
    try:
        return json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _no_manifest(folder, error) from error


def _no_manifest(folder: Path, error: Exception) -> ReadError:
    return ReadError(f"{folder / 'run.json'}: not a run manifest ({error}); run again")


def has_offsets(media_type: str) -> bool:
    """Whether a source of this type is text, so that offsets can point into it."""
    return media_type.startswith("text/") or "xml" in media_type
