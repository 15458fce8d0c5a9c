"""``cryomine show``: a row in its place, whatever its source is and wherever that went."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from cryomine.batch import Options, run
from cryomine.cli import group
from cryomine.cli.show import _lines
from cryomine.errors import CryomineError
from cryomine.place import lines_around, places
from cryomine.table import read_rows

ARTICLES = {
    "a.txt": "Cold packs\n\nThe first line.\nThe second line.\nAn ice pack relieves pain.\nFourth.\nFifth.\nSixth.\n",
    "b.md": "# Cold\n\nIt *often* relieves **swelling**, they say.\n",
    "c.html": '<html><head><link rel="canonical" href="https://ice.example/c#top"></head><body><article><h1>Cold</h1>'
    "<p>Some people say that it relieves cramps &amp; more in the end, which is good.</p></article></body></html>",
    "d.txt": f"{'The water is cold. ' * 200}Snow harms toes. {'The water is cold. ' * 200}",
    "e.txt": "Ice relieves \x1b[31mred pain.\r\nIce relieves burns.\rIce relieves aches.",
}


@pytest.fixture
def folder(folder_of: Callable[..., Path], stub_pack: Any, stub_extractor: Any, tmp_path: Path) -> Path:
    run([folder_of(ARTICLES)], stub_pack, Options(tmp_path / "out"), stub_extractor)
    return tmp_path / "out"


def id_of(folder: Path, condition: str) -> str:
    (row,) = (row for row in read_rows(folder / "claims.csv") if row["condition"] == condition)
    return str(row["mention_id"])


def shown(folder: Path, condition: str) -> Result:
    return CliRunner().invoke(group, ["show", id_of(folder, condition), str(folder)])


def test_a_claim_in_its_place(folder: Path) -> None:
    result = shown(folder, "pain")
    assert result.exit_code == 0, result.output
    articles = folder.parent / "articles"
    assert result.output.splitlines() == [
        f"mention      {id_of(folder, 'pain')}",
        "source       a.txt  Cold packs",
        f"at           {articles / 'a.txt'}:5",
        "says         ice pack (inherited) · treats affirmed asserted · pain",
        "concept      pain (C:pain, exact)",
        "rule         stub.verb: relieves",
        "",
        "    3  The first line.",
        "    4  The second line.",
        "    5  An {ice pack} [relieves] <pain>.",
        "    6  Fourth.",
        "    7  Fifth.",
        "",
        f"open         {(articles / 'a.txt').as_uri()}#char=66,70",
    ]


@pytest.mark.parametrize(
    ("condition", "line", "link"),
    [
        ("swelling", "It often [relieves] <swelling>, they say.", "b.md#char=30,38"),
        ("cramps", "Some people say that it [relieves] <cramps> & more in the end, which is good.", "c.html#:~:text="),
        ("cramps", "Some people", "https://ice.example/c#:~:text="),
        ("toes", "Snow [harms] <toes>.", "d.txt#char=3811,3815"),
        ("burns", "    2  Ice [relieves] <burns>.", "e.txt#char="),
        ("aches", "    3  Ice [relieves] <aches>.", "e.txt#char="),
    ],
)
def test_every_format(folder: Path, condition: str, line: str, link: str) -> None:
    output = shown(folder, condition).output
    assert line in output
    assert link in output


def test_a_long_line_is_shown_around_the_claim(folder: Path) -> None:
    (line,) = (line for line in shown(folder, "toes").output.splitlines() if "[harms]" in line)
    assert line.strip().removeprefix("1  ").startswith("… ")
    assert line.endswith(" …")
    assert "Snow [harms] <toes>." in line
    assert len(line) < 450


def test_a_terminal_gets_colours_and_no_signs(folder: Path) -> None:
    (place,) = places(folder, id_of(folder, "pain"))
    console = Console(force_terminal=True, color_system="standard", width=200, highlight=False)
    with console.capture() as capture:
        for line in _lines(place, signs=False):
            console.print(line)
    text = capture.get()
    assert "<pain>" not in text
    assert "\x1b[1;36mpain\x1b[0m" in text
    assert "\x1b[33mrelieves\x1b[0m" in text
    assert "\x1b[35mice pack\x1b[0m" in text


def test_control_characters_of_a_source_do_not_reach_the_terminal(folder: Path) -> None:
    assert "\x1b" not in shown(folder, "burns").output


def test_the_beginning_of_an_id_is_enough(folder: Path) -> None:
    mention_id = id_of(folder, "pain")
    result = CliRunner().invoke(group, ["show", mention_id[:6].upper(), str(folder)])
    assert result.output == shown(folder, "pain").output


def test_a_source_that_is_gone(folder: Path) -> None:
    shutil.rmtree(folder.parent / "articles")
    output = shown(folder, "pain").output
    assert "{ice pack}" not in output, "only the evidence is left"
    assert "[relieves] <pain>\n" in output
    assert "the text is no longer there" in output
    assert "open " not in output
    assert "It often [relieves] <swelling>" in shown(folder, "swelling").output, "its text is kept"


def test_the_cue_is_shown_wherever_it_stands(folder: Path) -> None:
    """For a list item the relation stands in its lead-in, which may be far above."""
    (place,) = places(folder, id_of(folder, "pain"))
    moved = place.row | {
        "cue": "first",
        "cue_start": "16",
        "cue_end": "21",
        "evidence_start": "72",
        "evidence_end": "77",
    }
    lines = lines_around(type(place)(moved, place.text, True, place.path, place.line, (), place.pack), count=1)
    assert [(line.number, line.after_gap) for line in lines] == [(3, False), (5, True), (6, False), (7, False)]


def test_the_same_file_twice_is_shown_once_for_each_row(
    folder_of: Callable[..., Path], stub_pack: Any, stub_extractor: Any, tmp_path: Path
) -> None:
    articles = folder_of({"a.txt": "Ice relieves pain.", "b.txt": "Ice relieves pain."})
    run([articles], stub_pack, Options(tmp_path / "out"), stub_extractor)
    assert shown(tmp_path / "out", "pain").output.count("mention ") == 1, "the copy has no rows"


def test_json_lines(folder_of: Callable[..., Path], stub_pack: Any, stub_extractor: Any, tmp_path: Path) -> None:
    run([folder_of({"a.txt": "Ice relieves pain."})], stub_pack, Options(tmp_path / "out", "jsonl"), stub_extractor)
    (row,) = read_rows(tmp_path / "out" / "claims.jsonl")
    result = CliRunner().invoke(group, ["show", row["mention_id"], str(tmp_path / "out")])
    assert "    1  Ice [relieves] <pain>." in result.output


@pytest.mark.parametrize(
    ("mention_id", "message"),
    [
        ("zzzz", "no such mention_id in"),
        (" ", "no such mention_id in"),
    ],
)
def test_what_is_no_mention(folder: Path, mention_id: str, message: str) -> None:
    with pytest.raises(CryomineError, match=message):
        places(folder, mention_id)


def test_the_beginning_of_several_ids(folder: Path) -> None:
    rows = read_rows(folder / "claims.csv")
    table = (folder / "claims.csv").read_text(encoding="utf-8")
    for row in rows:
        table = table.replace(row["mention_id"], f"ab{row['mention_id']}")
    (folder / "claims.csv").write_text(table, encoding="utf-8")
    with pytest.raises(CryomineError, match=rf"ab: stands for {len(rows)} rows \(.+, …\); give more of it"):
        places(folder, "ab")


def test_a_folder_without_a_table(tmp_path: Path) -> None:
    result = CliRunner().invoke(group, ["show", "abcd", str(tmp_path)])
    assert result.exit_code == 2
    assert "no claims table in it; give the output folder of a run" in result.stderr
