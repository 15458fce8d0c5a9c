"""Web annotations: a JSON-LD processor understands every term, and the selectors find the words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cryomine.export import export
from cryomine.export.web_annotation import CONTEXT, address
from cryomine.results import Results, read_results

Exported = Callable[..., Path]


@pytest.fixture
def collection(exported: Exported) -> Any:
    return json.loads(exported("web-annotation").read_text(encoding="utf-8"))


def test_a_json_ld_processor_understands_it(collection: Any) -> None:
    """Offline, with the terms of the W3C's context that are used; a term that it does not know would be dropped."""
    jsonld = pytest.importorskip("pyld", reason="the JSON-LD processor is not installed").jsonld
    context = json.loads(Path(__file__).with_name("anno_context.json").read_text(encoding="utf-8"))

    def load(url: str, _options: object) -> dict[str, object]:
        assert url == CONTEXT
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context}

    expanded = jsonld.expand(collection, {"documentLoader": load, "base": "http://example.org/"})
    known = {*context["@context"], *(key for key in keys(collection) if key.startswith("claim:")), "@context"}
    assert set(keys(collection)) <= known
    quads = jsonld.to_rdf(collection, {"documentLoader": load, "base": "http://example.org/"})["@default"]
    types = [quad["object"]["value"] for quad in quads if quad["predicate"]["value"].endswith("#type")]
    assert types.count("http://www.w3.org/ns/oa#Annotation") == 4
    assert types.count("http://www.w3.org/ns/oa#TextPositionSelector") == 4
    said = {quad["object"]["value"] for quad in quads if quad["predicate"]["value"] == "urn:cryomine:claim:polarity"}
    assert said == {"affirmed", "negated"}
    assert len(expanded) == 1


def keys(value: Any) -> list[str]:
    """All keys at any depth, the context's own definitions aside."""
    if isinstance(value, list):
        return [key for each in value for key in keys(each)]
    if isinstance(value, dict):
        return [*value, *(key for name, each in value.items() if name != "@context" for key in keys(each))]
    return []


def test_the_selectors_find_the_words(collection: Any, results: Results) -> None:
    items = collection["first"]["items"]
    assert collection["total"] == len(items) == len(results.claims)
    for item, row in zip(items, results.rows(), strict=True):
        text = results.text_of(row["source"], row["text_sha256"])
        assert text is not None
        selectors = {s["type"]: s for s in item["target"][-1]["selector"]}
        position, quote = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
        assert text[position["start"] : position["end"]] == quote["exact"] == row["condition"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


def test_a_page_has_its_own_target_and_the_kept_text(collection: Any) -> None:
    page = next(item for item in collection["first"]["items"] if item["target"][0]["source"] == "a/page.html")
    assert [target["source"].split("/")[0] for target in page["target"]] == ["a", "texts"]
    assert {s["type"] for s in page["target"][0]["selector"]} == {"TextQuoteSelector"}, "no offsets into markup"
    note = next(item for item in collection["first"]["items"] if item["target"][0]["source"] == "note.txt")
    (target,) = note["target"]
    assert {s["type"] for s in target["selector"]} == {
        "TextQuoteSelector", "TextPositionSelector", "FragmentSelector",
    }  # fmt: skip


def test_ids_differ_and_stay(results: Results, tmp_path: Path) -> None:
    first, second = (export(results, "web-annotation", tmp_path / name)[0].read_bytes() for name in "ab")
    assert first == second
    ids = [item["id"] for item in json.loads(first)["first"]["items"]]
    assert len(set(ids)) == 4


def test_without_the_texts_the_evidence_has_the_context(folder: Path, tmp_path: Path) -> None:
    for path in (folder / "texts").iterdir():
        path.unlink()
    path, _ = export(read_results([folder]), "web-annotation", tmp_path / "x")
    quotes = [s for item in json.loads(path.read_text(encoding="utf-8"))["first"]["items"] for t in item["target"]
              for s in t["selector"] if s["type"] == "TextQuoteSelector"]  # fmt: skip
    assert [quote["exact"] for quote in quotes if "prefix" in quote] == [quote["exact"] for quote in quotes] != []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a/b c.txt", "a/b%20c.txt"),
        ("t.csv#12", "t.csv%2312"),
        ("https://x.example/a?b=c", "https://x.example/a?b=c"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
    ],
)
def test_a_source_as_an_address(source: str, expected: str) -> None:
    assert address(source) == expected


def test_the_modules_are_light(python: Callable[..., Any]) -> None:
    code = "import sys, cryomine.export; print([n for n in ('openpyxl', 'pyarrow', 'pandas') if n in sys.modules])"
    assert python("-c", code).stdout == "[]\n"
