"""A small output folder, made by hand: documents, claims that stand in them, nothing of an extractor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cryomine.claims import Claim
from cryomine.document import Document, Source
from cryomine.results import Results, read_results
from cryomine.rows import rows_of, sha256
from cryomine.table import NAMES, csv_line

PAGE = "Cold packs\r\n\r\nPacks relieve 🧊 muscle\r\npain. They do not cause burns, but may cause =cmd()|' odd signs."
NOTE = "No plunge after a\nstroke.\n"


def claim(text: str, words: str, cue: str, relation: str, **more: Any) -> Claim:
    """The claim about the first ``words`` of ``text``, by the first ``cue``; the evidence is the whole text."""
    start, cue_start = text.index(words), text.index(cue)
    made = Claim(
        relation=relation, polarity="affirmed", certainty="asserted", intervention_id="ice",
        intervention="ice / cold compress", intervention_scope="stated", start=start, end=start + len(words),
        section="", evidence_start=0, evidence_end=len(text), cue_start=cue_start, cue_end=cue_start + len(cue),
        negation_cue="", hedge_cue="", rule="made.by-hand",
    )  # fmt: skip
    if "concept" in more:
        more |= {"concept_id": more["concept"].replace(" ", "-"), "link": "exact", "link_score": 100.0}
    return replace(made, **more)


CLAIMS = {
    "a/page.html": (PAGE, "text/html", [
        claim(PAGE, "muscle\r\npain", "relieve", "treats", concept="muscle pain"),
        claim(PAGE, "burns", "cause", "side-effect", polarity="negated", concept="burn", negation_cue="not"),
        claim(PAGE, "=cmd()|' odd signs", "may cause", "side-effect", certainty="hedged", hedge_cue="may"),
    ]),
    "note.txt": (NOTE, "text/plain", [
        claim(NOTE, "stroke", "No plunge after", "contraindicated", concept="stroke",
              intervention="cold-water immersion"),
    ]),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An output folder with two documents and four claims; the page's text is kept, the note is beside it."""
    out = tmp_path / "out"
    (out / "texts").mkdir(parents=True)
    documents = [("source", "title", "media_type", "encoding", "words", "claims", "source_sha256", "text_sha256")]
    rows = []
    for name, (text, media_type, claims) in CLAIMS.items():
        plain = media_type == "text/plain"
        digest = sha256(text if plain else f"<p>{text}")
        source = Source(name, media_type, digest)
        made = rows_of(Document(text, (), source, name.title(), () if plain else None), claims, "cryotherapy@0.1.0")
        documents.append((name, name.title(), media_type, "utf-8", "9", str(len(made)), digest, sha256(text)))
        rows += made
        path = tmp_path / "articles" / name if plain else out / "texts" / f"{sha256(text)}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    table = "".join(csv_line(values) for values in [NAMES, *([row[name] for name in NAMES] for row in rows)])
    (out / "claims.csv").write_text(table, encoding="utf-8", newline="")
    (out / "documents.csv").write_text("".join(map(csv_line, documents)), encoding="utf-8", newline="")
    (out / "run.json").write_text('{"inputs": [{"source": "note.txt", "path": "../articles/note.txt"}]}')
    return out


@pytest.fixture
def results(folder: Path) -> Results:
    return read_results([folder])


@pytest.fixture
def two_packs(folder: Path) -> Results:
    """The same claims twice, by two packs of one run."""
    text = (folder / "claims.csv").read_text(encoding="utf-8")
    header, _, rows = text.partition("\n")
    again = rows.replace("cryotherapy@0.1.0", "hyperbaric-oxygen@0.1.0")
    (folder / "claims.csv").write_text(f"{header}\n{rows}{again}", encoding="utf-8", newline="")
    return read_results([folder])


@pytest.fixture
def exported(results: Results, tmp_path: Path) -> Callable[..., Path]:
    """``exported("fhir")``: the path of what was written."""
    from cryomine.export import export

    return lambda to, name="exported", **options: export(results, to, tmp_path / name, **options)[0]
