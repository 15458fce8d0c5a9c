"""The concepts of a results folder as records: those beside the table, or those of the packs that the claims name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryomine.errors import PackError

if TYPE_CHECKING:
    from cryomine.results import Results

# Columns of codes and the code systems' names in FHIR and the web of data.
SYSTEMS = {
    "icd10": "http://hl7.org/fhir/sid/icd-10",
    "mondo": "http://purl.obolibrary.org/obo/mondo.owl",
    "hpo": "http://human-phenotype-ontology.org",
}


def vocabulary(results: Results) -> dict[str, dict[str, str]]:
    """Concept id -> its row of ``concepts.csv``; several codes in a cell are joined by ``|``.

    A pack that is not to be had gives nothing: the claims still carry the concepts' ids and names.
    """
    if results.concepts is not None:
        rows = results.concepts.fillna("").astype(str).to_dict("records")
        return {str(row["concept_id"]): {str(name): value for name, value in row.items()} for row in rows}
    from cryomine.packs import load_pack
    from cryomine.packs.hierarchy import Hierarchy

    found: dict[str, dict[str, str]] = {}
    for pack in sorted({str(ref).partition("@")[0] for ref in results.claims["pack"]}):
        try:
            hierarchy = Hierarchy(load_pack(results.packs.get(pack, pack)).concepts)
        except PackError:
            continue
        found = {row["concept_id"]: row for row in hierarchy.rows()} | found
    return found


def codes(concept: dict[str, str]) -> list[tuple[str, str, str]]:
    """(column, code system, code) of a row of the vocabulary."""
    return [
        (column, system, code)
        for column, system in SYSTEMS.items()
        for code in concept.get(column, "").split("|")
        if code
    ]


def iri(column: str, code: str) -> str:
    """The address that names a code in the web of data."""
    if column == "icd10":
        return f"http://hl7.org/fhir/sid/icd-10#{code}"
    return f"http://purl.obolibrary.org/obo/{code.replace(':', '_')}"
