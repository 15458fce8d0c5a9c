"""The registry of export formats: a name, where it goes by default, and the module that writes it.

A format's module is imported when it is asked for, so that its library is needed only then.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from cryomine.errors import CryomineError

if TYPE_CHECKING:
    from cryomine.results import Results


@dataclass(frozen=True, slots=True)
class Format:
    """One export format. ``target`` is the file or folder (ends in ``/``) that it makes unless told otherwise.

    ``module`` has ``write(results, path, safe)`` and gives back how many things it wrote. ``safe`` says whether cells
    that a spreadsheet would run are neutralised by default; ``None`` where that has no meaning.
    """

    target: str
    module: str
    about: str
    safe: bool | None = None


FORMATS: dict[str, Format] = {
    "web-annotation": Format("claims.annotations.jsonld", "web_annotation", "W3C Web Annotation, JSON-LD"),
    "brat": Format("brat/", "brat", "brat standoff: .txt and .ann for each document"),
    "fhir": Format("claims.fhir.json", "fhir", "HL7 FHIR R5: a Bundle of ClinicalUseDefinition with provenance"),
    "sqlite": Format("claims.db", "sqlite", "SQLite for Datasette: claims, documents, concepts, full-text search"),
    "excel": Format("claims.xlsx", "excel", "an Excel workbook with typed columns", safe=True),
    "parquet": Format("claims.parquet", "parquet", "Apache Parquet"),
    "jsonl": Format("claims.jsonl", "lines", "JSON Lines"),
    "csv": Format("claims.people.csv", "people", "CSV for spreadsheets (the canonical table is left alone)", safe=True),
}


def export(results: Results, to: str, path: Path | None = None, safe: bool | None = None) -> tuple[Path, int]:
    """Write the claims in format ``to``; gives the path and the number of claims or documents written.

    ``safe`` neutralises cells that a spreadsheet would take for a formula; ``None`` takes the format's default. Raises
    ``CryomineError`` where a library is missing, with the extra that brings it.
    """
    if to not in FORMATS:
        raise CryomineError(f"export: no format '{to}'; give one of {', '.join(FORMATS)}")
    form = FORMATS[to]
    if safe and form.safe is None:
        raise CryomineError(f"export: --excel-safe changes cells of csv and excel only; leave it out for {to}")
    path = path or Path(form.target)
    if path.is_dir() and not form.target.endswith("/"):
        path /= form.target
    module = import_module(f"cryomine.export.{form.module}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        count: int = module.write(results, path, form.safe if safe is None else safe)
    except ImportError as error:
        extra = {"openpyxl": "excel", "pyarrow": "parquet"}.get(str(error.name), "")
        if not extra:
            raise
        raise CryomineError(f"{path}: {to} needs {error.name}; pip install 'cryomine[{extra}]'") from error
    except OSError as error:
        raise CryomineError(f"{path}: cannot be written ({error.strerror or error}); choose another with -o") from error
    return path, count
