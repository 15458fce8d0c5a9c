"""HL7 FHIR R5: each claim a ClinicalUseDefinition (indication, contraindication, undesirable effect) with Provenance.

A denied claim keeps its type and carries a modifier extension that says `refuted`: who does not know the extension
must not use the resource, so that a denial is never read as its opposite.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryomine.atomic import placed
from cryomine.claims import KEY
from cryomine.export.vocabulary import codes, vocabulary

if TYPE_CHECKING:
    from cryomine.results import Results

EXTENSION = "urn:cryomine:fhir:"
VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
# Relation -> (type, the element that holds it, the element of the condition).
KINDS = {
    "treats": ("indication", "indication", "diseaseSymptomProcedure"),
    "contraindicated": ("contraindication", "contraindication", "diseaseSymptomProcedure"),
    "side-effect": ("undesirable-effect", "undesirableEffect", "symptomConditionEffect"),
}
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, EXTENSION)
Resource = dict[str, Any]


def write(results: Results, path: Path, _safe: bool | None) -> int:
    """Write a Bundle: the interventions, the sources, then each claim followed by its provenance.

    Claims of other relations than the three have no resource and are left out; gives the number that were written.
    """
    rows = [row for row in results.rows() if row["relation"] in KINDS]
    known = vocabulary(results)
    entries = [*_interventions(rows), *_sources(rows)]
    for row in rows:
        entries += [_definition(row, known), _provenance(row)]
    bundle: Resource = {"resourceType": "Bundle", "type": "collection"}
    if entries:
        bundle["entry"] = [{"fullUrl": f"urn:uuid:{entry['id']}", "resource": entry} for entry in entries]
    with placed(path) as part:
        part.write_text(json.dumps(bundle, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return len(rows)


def _interventions(rows: list[dict[str, Any]]) -> Iterator[Resource]:
    for name in sorted({row["intervention"] for row in rows}):
        yield {
            "resourceType": "ActivityDefinition",
            "id": _id("intervention", name),
            "status": "unknown",
            "title": name,
            "kind": "ServiceRequest",
            "code": {"text": name},
        }


def _sources(rows: list[dict[str, Any]]) -> Iterator[Resource]:
    for source, title, digest in sorted({(row["source"], row["title"], row["source_sha256"]) for row in rows}):
        attachment = {"url": source, "title": title}
        yield {
            "resourceType": "DocumentReference",
            "id": _id("source", source),
            "identifier": [{"system": f"{EXTENSION}sha256", "value": digest}],
            "status": "current",
            "content": [{"attachment": {name: value for name, value in attachment.items() if value}}],
        }


def _definition(row: Mapping[str, Any], known: Mapping[str, dict[str, str]]) -> Resource:
    kind, element, condition = KINDS[row["relation"]]
    concept = known.get(row["concept_id"], {})
    coding = [{"system": system, "code": code} for _, system, code in codes(concept)]
    if row["concept_id"]:
        own = {"system": f"{EXTENSION}concept:{row['pack'].partition('@')[0]}", "code": row["concept_id"]}
        coding.append(own | {"display": row["concept"]})
    coded: Resource = {"coding": coding, "text": row["condition"]} if coding else {"text": row["condition"]}
    resource: Resource = {
        "resourceType": "ClinicalUseDefinition",
        "id": _id("claim", *(row[name] for name in KEY)),
        "extension": [{"url": f"{EXTENSION}certainty", "valueCode": row["certainty"]}],
    }
    if row["polarity"] == "negated":
        refuted = {"system": VERIFICATION, "code": "refuted", "display": "Refuted"}
        resource["modifierExtension"] = [
            {"url": f"{EXTENSION}verification", "valueCodeableConcept": {"coding": [refuted]}}
        ]
    return resource | {
        "identifier": [{"system": f"{EXTENSION}mention", "value": row["mention_id"]}],
        "type": kind,
        "subject": [_reference("ActivityDefinition", "intervention", row["intervention"])],
        element: {condition: {"concept": coded}},
    }


def _provenance(row: Mapping[str, Any]) -> Resource:
    """Where the claim stands: the source, the words, their offsets in its text, the rule that found it."""
    quoted: list[Resource] = [
        {"url": "evidence", "valueString": row["evidence"]},
        {"url": "condition", "valueString": row["condition"]},
        {"url": "start", "valueInteger": row["start"]},
        {"url": "end", "valueInteger": row["end"]},
        {"url": "locator", "valueString": row["locator"]},
        {"url": "rule", "valueString": row["rule"]},
        {"url": "pack", "valueString": row["pack"]},
        {"url": "textSha256", "valueString": row["text_sha256"]},
    ]
    parts = [part for part in quoted if str(next(iter(list(part.values())[1:]))).strip()]
    source = _reference("DocumentReference", "source", row["source"])
    return {
        "resourceType": "Provenance",
        "id": _id("provenance", *(row[name] for name in KEY)),
        "target": [{"reference": f"urn:uuid:{_id('claim', *(row[name] for name in KEY))}"}],
        "activity": {"text": "text mining"},
        "agent": [{"type": {"text": "software"}, "who": {"display": "cryomine"}}],
        "entity": [{"extension": [{"url": f"{EXTENSION}quote", "extension": parts}], "role": "source", "what": source}],
    }


def _reference(kind: str, space: str, name: str) -> Resource:
    return {"reference": f"urn:uuid:{_id(space, name)}", "type": kind, "display": name}


def _id(*parts: str) -> str:
    """The same id for the same thing on every run."""
    return str(uuid.uuid5(_SPACE, "\x1f".join(parts)))
