"""brat: another reader reads what is written, what is written comes back, gold from brat becomes gold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from cryomine.errors import CryomineError, ReadError
from cryomine.export import export
from cryomine.export.brat import fragments, safe_name
from cryomine.export.brat_gold import document_name, read_gold
from cryomine.results import Results, read_results

Exported = Callable[..., Path]
FolderOf = Callable[..., Path]
TEXT = "Ice relieves muscle\npain and, with luck, gout. It does not cause burns."


@pytest.mark.filterwarnings("ignore")  # other people's warnings
def test_another_reader_reads_it(exported: Exported, results: Results) -> None:
    brat = pytest.importorskip("bioc.brat", reason="bioc is not installed")
    folder = exported("brat")
    with (folder / "a/page.html.ann").open(encoding="utf-8", newline="") as file:
        document = brat.load_ann(file)
    document.text = (folder / "a/page.html.txt").read_bytes().decode("utf-8")
    events = {event.id: event for event in document.events}
    entities = {entity.id: entity for entity in document.entities}
    assert [event.type for event in document.events] == ["treats", "side-effect", "side-effect"]
    for entity in entities.values():
        words = " ".join(document.text[span.begin : span.end] for span in sorted(entity.locations))
        assert words == entity.text
        assert "\n" not in words
    pain = entities[events["E1"].arguments["Condition"]]
    assert [pain.text, len(pain.locations)] == ["muscle pain", 2]
    assert {(mark.type, mark.refid) for mark in document.attributes} == {("Negated", "E2"), ("Hedged", "E3")}


def test_there_and_back(exported: Exported, results: Results) -> None:
    gold = read_gold(exported("brat"))
    columns = ("relation", "polarity", "certainty", "intervention", "condition", "start", "end", "concept")
    assert [[row["doc"], *(row[name] for name in columns)] for row in gold] == [
        [row["source"], *(row[name] for name in columns)] for row in results.rows()
    ]


def test_a_text_that_is_gone(folder: Path, tmp_path: Path) -> None:
    (folder.parent / "articles" / "note.txt").write_text("Something else.")
    with pytest.raises(CryomineError, match=r"note\.txt: its text is not there"):
        export(read_results([folder]), "brat", tmp_path / "brat")


@pytest.mark.parametrize(
    ("text", "places", "words"),
    [
        ("ab cd", "0 5", "ab cd"),
        ("ab\ncd", "0 2;3 5", "ab cd"),
        ("ab\r\n\ncd\re", "0 2;5 7;8 9", "ab cd e"),
    ],
)
def test_a_line_break_makes_fragments(text: str, places: str, words: str) -> None:
    assert fragments(text, 0, len(text)) == (places, words)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("a/b.txt", "a/b.txt"),
        ("../../etc/passwd", "etc/passwd"),
        ("/abs/x.txt", "abs/x.txt"),
        ("https://x.example/?q=1", "https_/x.example/_q=1"),
        ("a.zip!b.html", "a.zip!b.html"),
        ("..", "_"),
    ],
)
def test_a_source_cannot_leave_the_folder(source: str, name: str) -> None:
    assert safe_name(source) == name


@pytest.mark.parametrize(
    ("path", "doc"), [("a.ann", "a.txt"), ("a/page.html.ann", "a/page.html"), ("v2.1.ann", "v2.1.txt")]
)
def test_which_document(path: str, doc: str) -> None:
    assert document_name(PurePosixPath(path)) == doc


EVENT = "T1\tCondition 13 19;20 24\tmuscle pain\nT2\ttreats 4 12\trelieves\nE1\ttreats:T2 Condition:T1\n"


@pytest.mark.parametrize(
    ("ann", "expected"),
    [
        (EVENT, ("treats", "affirmed", "asserted", "", "muscle\npain", 13, 24, "")),
        (EVENT + "A1\tHedged E1\nN1\tReference T1 Cryomine:muscle-pain\tmuscle pain\n",
         ("treats", "affirmed", "hedged", "", "muscle\npain", 13, 24, "muscle pain")),
        ("T1\tside_effect 65 70\tburns\nA1\tNegated T1\n#1\tAnnotatorNotes T1\tintervention=ice pack\n",
         ("side-effect", "negated", "asserted", "ice pack", "burns", 65, 70, "")),
        ("T1\tIntervention 0 3\tIce\nT2\tCondition 41 45\tgout\nR1\tTreats Arg1:T1 Arg2:T2\t\n",
         ("treats", "affirmed", "asserted", "Ice", "gout", 41, 45, "")),
        ("T1\tCondition 41 45\tgout\n*\tEquiv T1 T1\n", ("", "", "", "", "", "", "", "")),
    ],
)  # fmt: skip
def test_gold_from_brat(folder_of: FolderOf, ann: str, expected: tuple[object, ...]) -> None:
    folder = folder_of({"x.txt": TEXT, "x.ann": ann})
    (row,) = read_gold(folder)
    assert tuple(row.values()) == ("x.txt", *expected)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, r"no \.ann files"),
        ({"x.ann": ""}, r"x\.txt: cannot be read"),
        ({"x.txt": TEXT, "x.ann": "T1\tCondition 0 3\tIcy\n"}, r"x\.ann:1: the text has 'Ice' there, not 'Icy'"),
        ({"x.txt": TEXT, "x.ann": "\nT1\tCondition zero 3\tIce"}, r"x\.ann:2: no 'TYPE START END'"),
        ({"x.txt": TEXT, "x.ann": "E1"}, r"x\.ann:1: no 'TYPE:TRIGGER'"),
        ({"x.txt": TEXT, "x.ann": "Q1\tfoo"}, r"x\.ann:1: 'Q1' is no id"),
        ({"x.txt": b"\xff", "x.ann": ""}, "not UTF-8"),
    ],
)
def test_bad_annotations(folder_of: FolderOf, files: dict[str, str | bytes], message: str) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        read_gold(folder_of(files))
    assert "\n" not in str(caught.value)
