"""What stands beside the claims table and is no table: the data package, the run manifest.

Time stamps and paths live in ``run.json`` and nowhere else.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryomine import __version__
from cryomine.batch.fingerprint import installed
from cryomine.beside import CONCEPTS, DOCUMENTS, FAILURES, UNLINKED
from cryomine.claims import COLUMNS, KEY
from cryomine.duplicates import COLUMNS as DUPLICATES
from cryomine.packs.find import named
from cryomine.table import schema

if TYPE_CHECKING:
    from cryomine.batch.run import Summary
    from cryomine.ingest import Input
    from cryomine.packs.schema import Pack, Packs


def data_package(table: str) -> dict[str, Any]:
    """The Data Package of an output folder; ``table`` is the name of the claims table's file."""
    resources = [
        _resource("claims", table, schema(COLUMNS, key=KEY)),
        _resource("documents", "documents.csv", schema(DOCUMENTS, key=("source",))),
        _resource("failures", "failures.csv", schema(FAILURES)),
        _resource("concepts", "concepts.csv", schema(CONCEPTS, key=("concept_id",))),
        _resource("unlinked", "unlinked.csv", schema(UNLINKED, key=("surface",))),
        _resource("duplicates", "duplicates.csv", schema(DUPLICATES, key=("source",))),
    ]
    return {"name": "claims", "resources": resources}


def _resource(name: str, path: str, table_schema: dict[str, Any]) -> dict[str, Any]:
    file_format = path.rpartition(".")[2]
    media_type = {"csv": "text/csv", "jsonl": "application/jsonl"}[file_format]
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "format": file_format,
        "mediatype": media_type,
        "encoding": "utf-8",
        "schema": table_schema,
    }


def manifest(
    summary: Summary,
    inputs: Sequence[Input],
    output: Path,
    digests: Mapping[str, str],
    pack: Pack | Packs,
    started: float,
) -> dict[str, Any]:
    """The run manifest; paths of inputs are relative to the folder ``output``, so that both can move together.

    ``digests`` holds the SHA-256 of each source that was read, ``started`` seconds since the epoch.
    """
    return {
        "versions": {"python": platform.python_version(), "cryomine": __version__, "spacy": installed("spacy")},
        "pack": {"ref": pack.ref, "sha256": pack.digest} | _folders(pack, output),
        "table": summary.table.name,
        "inputs": [
            {"source": item.name, "path": relative(item.path, output), "sha256": digests.get(item.name, "")}
            for item in inputs
        ],
        "counts": {
            "documents": summary.documents,
            "words": summary.words,
            "claims": summary.claims,
            "linked": summary.linked,
            "relations": dict(sorted(summary.relations.items())),
            "duplicates": summary.duplicates,
            "failures": len(summary.failures),
        },
        "notes": summary.notes,
        "failures": [asdict(failure) for failure in summary.failures],
        "times": {
            "started": datetime.fromtimestamp(started, UTC).isoformat(timespec="seconds"),
            "seconds": round(summary.seconds, 3),
        },
    }


def _folders(pack: Pack | Packs, output: Path) -> dict[str, dict[str, str]]:
    """Where the packs are that are not found by their names: what compares the claims later needs them again."""
    found: dict[str, str] = {}
    for each in pack.members:
        known = named(each.name)
        if each.folder is not None and not (known and known.samefile(each.folder)):
            found[each.name] = relative(each.folder, output)
    return {"folders": found} if found else {}


def relative(path: str | Path | None, folder: Path) -> str:
    """``path`` as seen from ``folder``, ``/`` as separator; empty for an input without a file."""
    if path is None:
        return ""
    parent, name = os.path.split(path)
    return f"{_relative_folder(parent, str(folder))}/{name}"


@lru_cache(maxsize=1024)
def _relative_folder(path: str, folder: str) -> str:
    real = os.path.realpath(path)
    try:
        return Path(os.path.relpath(real, os.path.realpath(folder))).as_posix()
    except ValueError:  # Windows: another drive
        return Path(real).as_posix()


def as_json(value: Mapping[str, object]) -> str:
    """JSON for people and for diffs."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
