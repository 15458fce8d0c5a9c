"""Pictures of a claims table: what is in them, that they are the same each time, and what cannot be drawn."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from cryomine.claims import COLUMNS, Kind
from cryomine.cli import group
from cryomine.cli.plot import plot as command
from cryomine.errors import CryomineError
from cryomine.table import NAMES, csv_line

SAID = [
    ("one.txt", "pain", "treats", "affirmed", "asserted"),
    ("two.txt", "pain", "treats", "affirmed", "hedged"),
    ("two.txt", "pain", "treats", "negated", "asserted"),
    ("deep/er/three.html", "pain", "side-effect", "affirmed", "asserted"),
    ("three.html", "pregnancy", "contraindicated", "affirmed", "hedged"),
    ("one.txt", "", "treats", "affirmed", "asserted"),
]
# What no formula, no font and no XML may trip over.
STRANGE = [("$x^2$ <b>&.txt", "a$b_ \\frac{ \x07 🧊 \u202e", "worsens", "affirmed", "asserted")]


def table_of(folder: Path, said: list[tuple[str, ...]]) -> Path:
    lines = [csv_line(NAMES)]
    for number, (source, concept, relation, polarity, certainty) in enumerate(said):
        row: dict[str, Any] = {c.name: "0" if c.kind is Kind.INTEGER else "" for c in COLUMNS}
        row |= {"mention_id": str(number), "link": "none", "intervention_scope": "stated"}
        row |= {"source": source, "concept_id": concept, "concept": concept}
        row |= {"relation": relation, "polarity": polarity, "certainty": certainty}
        lines.append(csv_line(row[name] for name in NAMES))
    path = folder / "claims.csv"
    path.write_bytes("".join(lines).encode())
    return path


def drawn(folder: Path, kind: str, said: list[tuple[str, ...]], name: str = "x.svg", top: int = 25) -> Path:
    pytest.importorskip("matplotlib")
    from cryomine.plot import plot
    from cryomine.table import read_claims

    plot(read_claims(table_of(folder, said)), kind, folder / name, top)
    return folder / name


def words(picture: Path) -> set[str]:
    return {"".join(e.itertext()) for e in ElementTree.parse(picture).iter("{http://www.w3.org/2000/svg}text")}


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("heatmap", {"pain", "pregnancy", "one", "two", "T", "¬T", "T?", "S", "C?"}),
        ("relations", {"pain", "pregnancy", "T", "S", "C", "sources that affirm it"}),
        ("agreement", {"pain · treats", "pain · side-effect", "pregnancy · contraindicated", "¬  negated"}),
    ],
)
def test_a_picture_says_in_words_what_its_colours_say(tmp_path: Path, kind: str, wanted: set[str]) -> None:
    assert words(drawn(tmp_path, kind, SAID)) >= wanted


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_the_same_table_gives_the_same_file(tmp_path: Path, suffix: str) -> None:
    one, two = (drawn(tmp_path, "heatmap", SAID, f"{name}.{suffix}").read_bytes() for name in "ab")
    assert one == two
    assert len(one) > 1000


@pytest.mark.parametrize("kind", ["heatmap", "relations", "agreement"])
def test_strange_names_are_names(tmp_path: Path, kind: str) -> None:
    text = " ".join(words(drawn(tmp_path, kind, STRANGE)))
    assert re.search(r"a\$b_ \\frac\{", text)
    assert "worsens" in text


def test_only_the_top_is_drawn(tmp_path: Path) -> None:
    assert "pregnancy" not in words(drawn(tmp_path, "heatmap", SAID, top=1))


def test_sources_of_one_name_keep_their_folders(tmp_path: Path) -> None:
    assert words(drawn(tmp_path, "heatmap", SAID)) >= {"deep/er/three.html", "three.html"}


@pytest.mark.parametrize(
    ("said", "name", "message"),
    [(SAID, "x.bmp", "name it .svg"), (SAID, "x", "name it .svg"), (SAID[-1:], "x.svg", "nothing to draw"),
     (SAID, "claims.csv/x.svg", "cannot be written")],
)  # fmt: skip
def test_what_cannot_be_drawn_is_one_line(tmp_path: Path, said: list[tuple[str, ...]], name: str, message: str) -> None:
    table = table_of(tmp_path, said)
    result = CliRunner().invoke(group, ["plot", str(table), "-o", str(tmp_path / name)])
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert message in line


def test_a_picture_is_called_as_its_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(group, ["plot", str(table_of(tmp_path, SAID)), "--kind", "agreement"])
    assert (result.exit_code, result.output) == (0, "agreement.svg\n")
    assert Path("agreement.svg").is_file()


def test_without_matplotlib_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cryomine.plot import plot
    from cryomine.table import read_claims

    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(CryomineError, match=r"pip install 'cryomine\[plot\]'"):
        plot(read_claims(table_of(tmp_path, SAID)), "heatmap", tmp_path / "x.svg")


def test_the_command_draws_every_kind(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    from cryomine.plot import KINDS

    (kind,) = (option for option in command.params if option.name == "kind")
    assert list(kind.type.to_info_dict()["choices"]) == list(KINDS)
    picture = tmp_path / "new" / "x.png"
    result = CliRunner().invoke(group, ["plot", str(table_of(tmp_path, SAID)), "-o", str(picture)])
    assert (result.exit_code, result.output) == (0, f"{picture}\n")
    assert picture.read_bytes().startswith(b"\x89PNG")
