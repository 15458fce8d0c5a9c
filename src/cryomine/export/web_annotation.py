"""W3C Web Annotation as JSON-LD: each claim an annotation whose target is the condition's words in their source.

A document's text is the source itself for plain text; for other formats the extracted text beside the table. So an
annotation of a page has two targets: the page with the quote, the kept text with quote and offsets.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from cryomine.atomic import placed
from cryomine.claims import KEY
from cryomine.export.vocabulary import codes, iri, vocabulary

if TYPE_CHECKING:
    from cryomine.results import Results

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
TERMS = "urn:cryomine:claim:"  # our own columns, for programs; people read the description
AROUND = 32  # characters of prefix and suffix, as the model's own examples have
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, TERMS)
_CONFORMS = {"char=": "http://tools.ietf.org/rfc/rfc5147", "page=": "http://tools.ietf.org/rfc/rfc8118"}
_TOLD = ("relation", "polarity", "certainty", "intervention", "concept_id", "concept", "rule", "pack", "mention_id")
_SAYS = {"treats": "helps with", "contraindicated": "is ruled out for", "side-effect": "can cause"}


def write(results: Results, path: Path, _safe: bool | None) -> int:
    """Write one AnnotationCollection with all claims on its one page, in the table's order."""
    known = vocabulary(results)
    items = [_annotation(row, results, known) for row in results.rows()]
    page = {"type": "AnnotationPage", "startIndex": 0, "items": items}
    collection = {
        "@context": [CONTEXT, {"claim": TERMS}],
        "id": f"urn:uuid:{uuid.uuid5(_SPACE, ' '.join(item['id'] for item in items))}",
        "type": "AnnotationCollection",
        "label": "Claims mined by cryomine",
        "total": len(items),
        "first": page,
    }
    with placed(path) as part:
        part.write_text(json.dumps(collection, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return len(items)


def _annotation(row: Mapping[str, Any], results: Results, known: Mapping[str, dict[str, str]]) -> dict[str, Any]:
    says = _SAYS.get(row["relation"], row["relation"])
    denied = "Denied: " if row["polarity"] == "negated" else ""
    hedged = ", with reservation" if row["certainty"] == "hedged" else ""
    told = f"{denied}{row['intervention']} {says} {row['concept'] or row['condition']}{hedged}."
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "value": told, "format": "text/plain", "language": "en", "purpose": "describing"},
        {"type": "TextualBody", "value": row["relation"], "format": "text/plain", "purpose": "tagging"},
    ]
    bodies += [
        {"type": "SpecificResource", "source": iri(column, code), "purpose": "classifying"}
        for column, _, code in codes(known.get(row["concept_id"], {}))
    ]
    return {
        "id": f"urn:uuid:{uuid.uuid5(_SPACE, ' '.join(row[name] for name in KEY))}",
        "type": "Annotation",
        "motivation": "describing",
        "body": bodies,
        "target": _targets(row, results),
        **{f"claim:{name}": row[name] for name in _TOLD if row[name]},
    }


def _targets(row: Mapping[str, Any], results: Results) -> list[dict[str, Any]]:
    words = _quote(row, results)
    position = {"type": "TextPositionSelector", "start": row["start"], "end": row["end"]}
    locator = str(row["locator"])
    fragments = [
        {"type": "FragmentSelector", "value": locator, "conformsTo": standard}
        for prefix, standard in _CONFORMS.items()
        if locator.startswith(prefix)
    ]
    own = {"type": "SpecificResource", "source": address(row["source"]), "selector": [words, *fragments]}
    plain = results.described(row["source"], "media_type") == "text/plain"
    if plain or row["text_sha256"] == row["source_sha256"]:  # the source's characters are the text's
        return [own | {"selector": [words, position, *fragments]}]
    kept = {"type": "SpecificResource", "source": f"texts/{row['text_sha256']}.txt", "selector": [words, position]}
    return [own, kept]


def _quote(row: Mapping[str, Any], results: Results) -> dict[str, str]:
    """The condition's words with what stands around them; without the text, what its evidence has."""
    text, start, end = results.text_of(row["source"], row["text_sha256"]), row["start"], row["end"]
    if text is None:
        text = row["evidence"]
        start, end = start - row["evidence_start"], end - row["evidence_start"]
        if text[max(start, 0) : end] != row["condition"]:
            return {"type": "TextQuoteSelector", "exact": row["condition"]}
    return {
        "type": "TextQuoteSelector",
        "exact": row["condition"],
        "prefix": text[max(start - AROUND, 0) : start],
        "suffix": text[end : end + AROUND],
    }


def address(source: str) -> str:
    """A source as an IRI reference: an address as it is, a path with what an IRI cannot hold percent-encoded."""
    return source if "://" in source else quote(source, safe="/")
