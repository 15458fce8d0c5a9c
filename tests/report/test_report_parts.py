"""The parts of a report: cutting texts, quotes, the matrix, looks, and text made safe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cryomine.report.matrix import matrix, stem
from cryomine.report.page import brief, exact
from cryomine.report.pairs import pairs_of
from cryomine.report.payload import Place, payload
from cryomine.report.quotes import AROUND, quote_of
from cryomine.report.relations import looks
from cryomine.report.segments import Span, segments
from cryomine.results import read_results
from cryomine.table import NAMES
from report.made import Article, Said, write_output


@pytest.mark.parametrize(
    ("spans", "pieces"),
    [
        ([], ["abcdef"]),
        ([(0, 6)], ["abcdef:0"]),
        ([(1, 3)], ["a", "bc:0", "def"]),
        ([(1, 3), (3, 5)], ["a", "bc:0", "de:1", "f"]),
        ([(0, 6), (2, 4)], ["ab:0", "cd:10", "ef:0"]),  # nested: the shorter one is first
        ([(0, 4), (2, 6)], ["ab:0", "cd:01", "ef:1"]),  # crossing
        ([(1, 3), (1, 3)], ["a", "bc:01", "def"]),  # two claims on the same words
        ([(-1, 3), (3, 3), (4, 2), (5, 9)], ["abcdef"]),  # nothing, or outside the text
    ],
)
def test_segments(spans: list[tuple[int, int]], pieces: list[str]) -> None:
    found = segments("abcdef", [Span(row, start, end) for row, (start, end) in enumerate(spans)])
    assert [p.text + (":" if p.rows else "") + "".join(map(str, p.rows)) for p in found] == pieces


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(-2, 32), st.integers(-2, 32)), max_size=8))
def test_segments_give_the_text_back_and_every_span_its_words(text: str, places: list[tuple[int, int]]) -> None:
    spans = [Span(row, start, end) for row, (start, end) in enumerate(places)]
    found = segments(text, spans)
    assert "".join(piece.text for piece in found) == text
    begun = [row for piece in found for row in piece.begins]
    held = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    assert sorted(begun) == [span.row for span in held], "each begins once"
    for span in held:
        assert "".join(piece.text for piece in found if span.row in piece.rows) == text[span.start : span.end]


def evidence(words: str, condition: str, at: int) -> dict[str, Any]:
    return {"evidence": words, "condition": condition, "start": 100 + at, "evidence_start": 100}


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (evidence("Ice eases pain now.", "pain", 10), ("Ice eases ", "pain", " now.", False)),
        (evidence("It helps.", "pain", -50), ("It helps.", "pain", "", True)),  # the condition stands before it
        (evidence("It helps.", "pain", 3), ("It helps.", "pain", "", True)),  # a table that does not hold
        (evidence("b" * 500 + "pain" + "a" * 500, "pain", 500),
         ("…" + "b" * AROUND, "pain", "a" * AROUND + "…", False)),
    ],
)  # fmt: skip
def test_quotes(row: dict[str, Any], shown: tuple[str, str, str, bool]) -> None:
    quote = quote_of(0, row)
    assert (quote.before, quote.words, quote.after, quote.apart) == shown


def row(source: str, concept: str, relation: str = "treats", **values: str) -> dict[str, Any]:
    usual = {"polarity": "affirmed", "certainty": "asserted", "concept_id": concept, "concept": concept.title()}
    return {"source": source, "relation": relation} | usual | values


def test_the_matrix_counts_mentions_and_keeps_denials_apart() -> None:
    rows = [
        row("b", "gout", certainty="hedged"),
        row("b", "gout", certainty="hedged"),
        row("b", "gout", polarity="negated"),
        row("a", "gout", relation="contraindicated"),
        row("a", "acne"),
        row("c", ""),
    ]
    table = matrix(rows, 10, 10)
    assert (table.sources, [line.concept for line in table.lines]) == (("a", "b"), ["Gout", "Acne"])
    said = [(s.relation, s.negated, s.hedged, s.count, s.row) for s in table.lines[0].cells["b"]]
    assert said == [("treats", False, True, 2, 0), ("treats", True, False, 1, 2)]


def test_a_large_matrix_keeps_what_most_speak_of_and_says_what_it_left_out() -> None:
    rows = [row(f"s{n}", "gout") for n in range(5)] + [row("s4", "acne"), row("s4", "rash"), row("s3", "acne")]
    table = matrix(rows, 2, 2)
    assert [line.concept for line in table.lines] == ["Gout", "Acne"]
    assert (table.sources, table.all_concepts, table.all_sources) == (("s3", "s4"), 3, 5)


@pytest.mark.parametrize(
    ("source", "short"),
    [("a/b/c.txt", "c"), ("https://x.org/page/", "page"), ("x", "x"), (".txt", ".txt"), ("a.csv#12", "a")],
)
def test_stems(source: str, short: str) -> None:
    assert stem(source) == short


def test_every_relation_has_letters_of_its_own() -> None:
    found = looks(["treats", "triggers", "tr", "worsens"])
    assert [look.letter for look in found.values()] == ["T", "C", "S", "Tr", "Tri", "W"]
    assert len({look.style for look in found.values()}) == len(found)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a\r\nb", "a&#13;\nb"),
        ("a\rb", "a&#13;<br>b"),
        ("<b>&'\"", "&lt;b&gt;&amp;&#39;&#34;"),
        ("\0x", "\ufffdx"),
        ("{{ 1 }}", "{{ 1 }}"),
    ],
)
def test_exact(text: str, safe: str) -> None:
    assert exact(text) == safe


@pytest.mark.parametrize(
    ("text", "short"), [("a\n b", "a b"), ("x" * 10, "x" * 10), ("x" * 11, "x" * 9 + "…"), ("x " * 50, "x x x x x…")]
)
def test_brief(text: str, short: str) -> None:
    assert brief(text, 10) == short


def test_the_payload_gives_every_value_back() -> None:
    values: dict[str, Any] = dict.fromkeys(NAMES, "same") | {"start": 3, "source_start": None, "link_score": 97.5}
    values |= {name: 0 for name in NAMES if name.endswith(("_start", "_end", "end")) and values[name] == "same"}
    data = payload([values], [0], {"same": Place("", "", False)}, {}, "")
    coded = dict(zip(data["columns"], data["rows"][0][1:], strict=True))
    back = {n: coded[n] if n in data["numbers"] else data["strings"][coded[n]] for n in NAMES}
    assert back == values | {"link_score": "97.5"}
    assert len(data["strings"]) == 3, "each string once, the empty one first"


def test_pairs_of_two_packs_lead_to_rows_of_their_own(tmp_path: Path) -> None:
    said = [Said("treats", "gout", concept="gout")], [Said("contraindicated", "gout", concept="gout")]
    out = write_output(
        tmp_path, {"a.txt": Article("Ice relieves gout.", said[0]), "b.txt": Article("No ice for gout.", said[1])}
    )
    table = (out / "claims.csv").read_text(encoding="utf-8")
    rows = table.partition("\n")[2].replace("cryotherapy@0.1.0", "hyperbaric-oxygen@0.1.0")
    (out / "claims.csv").write_text(table + rows, encoding="utf-8", newline="")
    results = read_results([out])
    pairs = pairs_of(results.claims, results.documents, None, (), {})
    packs = [ref.partition("@")[0] for ref in results.claims["pack"]]
    found = [(packs[pair.left], packs[pair.right]) for group in pairs.contradictions for pair in group.pairs]
    assert sorted(found) == [("cryotherapy", "cryotherapy"), ("hyperbaric-oxygen", "hyperbaric-oxygen")]
