"""FHIR: valid by somebody else's model of R5; a denial stays a denial; source and quote are there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cryomine.export import export
from cryomine.results import Results

Exported = Callable[..., Path]


@pytest.fixture
def bundle(exported: Exported) -> Any:
    return json.loads(exported("fhir").read_text(encoding="utf-8"))


def of(bundle: Any, kind: str) -> list[Any]:
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


@pytest.mark.filterwarnings("ignore")  # other people's warnings
def test_it_is_valid(bundle: Any) -> None:
    models = pytest.importorskip("fhir.resources.bundle", reason="fhir.resources is not installed")
    parsed = models.Bundle.model_validate(bundle)
    assert len(parsed.entry) == len(bundle["entry"])
    urls = {entry["fullUrl"] for entry in bundle["entry"]}
    references = {value for key, value in walk(bundle) if key == "reference"}
    assert references <= urls, "every reference leads to a resource of the bundle"


def walk(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, list):
        return [pair for each in value for pair in walk(each)]
    if isinstance(value, dict):
        return [*value.items(), *(pair for each in value.values() for pair in walk(each))]
    return []


def test_the_three_relations(bundle: Any) -> None:
    told = {}
    for each in of(bundle, "ClinicalUseDefinition"):
        element = each.get("indication") or each.get("contraindication") or each.get("undesirableEffect")
        concept = next(iter(element.values()))["concept"]
        told[concept["text"]] = (each["type"], [code["code"] for code in concept.get("coding", [])])
    assert told["muscle\r\npain"][0] == "indication"
    assert told["burns"] == ("undesirable-effect", ["T30.0", "MONDO:0043519", "burn"])
    assert told["=cmd()|' odd signs"] == ("undesirable-effect", [])
    assert told["stroke"][0] == "contraindication"


def test_a_denial_is_refuted_and_never_turned_round(bundle: Any) -> None:
    refuted = [each for each in of(bundle, "ClinicalUseDefinition") if "modifierExtension" in each]
    (burns,) = refuted
    assert burns["type"] == "undesirable-effect"
    coded = burns["modifierExtension"][0]["valueCodeableConcept"]["coding"][0]
    assert coded["code"] == "refuted"


def test_the_provenance_has_quote_and_source(bundle: Any, results: Results) -> None:
    provenance = of(bundle, "Provenance")
    assert len(provenance) == len(results.claims)
    sources = {f"urn:uuid:{each['id']}": each for each in of(bundle, "DocumentReference")}
    for each, row in zip(provenance, results.rows(), strict=True):
        (entity,) = each["entity"]
        parts = {part["url"]: part for part in entity["extension"][0]["extension"]}
        assert parts["evidence"]["valueString"] == row["evidence"]
        assert (parts["start"]["valueInteger"], parts["end"]["valueInteger"]) == (row["start"], row["end"])
        assert sources[entity["what"]["reference"]]["content"][0]["attachment"]["url"] == row["source"]


@pytest.mark.filterwarnings("ignore")
def test_an_empty_table_and_a_relation_of_another_kind(results: Results, tmp_path: Path) -> None:
    models = pytest.importorskip("fhir.resources.bundle", reason="fhir.resources is not installed")
    results.claims["relation"] = "benefit"
    path, count = export(results, "fhir", tmp_path / "none.json")
    assert count == 0
    assert models.Bundle.model_validate(json.loads(path.read_text(encoding="utf-8"))).entry is None
