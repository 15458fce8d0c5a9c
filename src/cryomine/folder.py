"""An output folder: which table is in it, where its texts are kept, where its inputs were.

Knows the names of files, nothing of what is in them but the run manifest's list of inputs.
"""

from __future__ import annotations

import json
from pathlib import Path

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
    path = folder / "run.json"
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
        return {str(item["source"]): folder / str(item["path"]) for item in run["inputs"] if item["path"]}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReadError(f"{path}: not a run manifest ({error}); run again") from error


def has_offsets(media_type: str) -> bool:
    """Whether a source of this type is text, so that offsets can point into it."""
    return media_type.startswith("text/") or "xml" in media_type
