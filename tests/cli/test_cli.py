"""The command line as a user meets it: help, exit codes, one line for a mistake."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from cryomine import __version__
from cryomine.cli import COMMANDS, group, python_name
from cryomine.table import read_claims

FolderOf = Callable[..., Path]
HEAVY = ("pandas", "spacy", "numpy", "pydantic", "trafilatura", "rich", "yaml", "cryomine.table", "cryomine.ingest")


def cryomine(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(group, [str(argument) for argument in arguments], input=stdin)


def one_line(result: Result, code: int) -> str:
    """The single line on stderr of a run that ended with ``code``."""
    assert result.exit_code == code, result.output
    (line,) = result.stderr.splitlines()
    assert line.startswith("cryomine: ")
    return line


def test_help_imports_nothing_heavy(python: Callable[..., Any]) -> None:
    code = (
        "import sys\nfrom cryomine.cli import group\n"
        "try:\n    group(['--help'], prog_name='cryomine')\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    output = python("-c", code).stdout
    assert output.splitlines()[-1] == "[]"
    assert "extract" in output


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_has_an_example_and_its_first_line(name: str) -> None:
    result = cryomine(name, "--help")
    assert result.exit_code == 0
    assert f"cryomine {name} " in result.output.split("Options:")[0].partition("\n")[2], "an example"
    module = python_name(name)
    command = getattr(import_module(f"cryomine.cli.{module}"), module)
    assert isinstance(command, click.Command)
    assert (command.help or "").splitlines()[0] == COMMANDS[name]


def test_version() -> None:
    assert __version__ in cryomine("--version").output


def test_an_unknown_command_is_a_usage_error() -> None:
    assert cryomine("extrct").exit_code == 2


def test_extract(folder_of: FolderOf, tmp_path: Path) -> None:
    articles = folder_of({"ice.txt": "Cryotherapy\n\nIce packs relieve swelling. They may cause frostbite."})
    result = cryomine("extract", articles, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert re.search(r"documents +1\nclaims +2\n", result.stdout)
    assert (tmp_path / "out" / "claims.csv").is_file()
    assert result.stderr == "", "no progress bar where stderr is no terminal"
    assert cryomine("verify", tmp_path / "out").exit_code == 0


NAMES = {"MONDO:0025514": "livedoid vasculopathy", "vascular-disease": "vascular disease"}
RARE = "Cryotherapy\n\nCryotherapy is contraindicated in livedoid vasculopathy.\n"


@pytest.mark.parametrize(("flags", "concepts"), [((), ["MONDO:0025514"]), (("--no-background",), ["vascular-disease"])])
def test_extract_without_the_background_vocabulary(tmp_path: Path, flags: tuple[str, ...], concepts: list[str]) -> None:
    (tmp_path / "rare.txt").write_text(RARE, encoding="utf-8")
    (tmp_path / "mine.toml").write_text(
        f'inputs = ["rare.txt"]\noutput = "defined"\nbackground = {"false" if flags else "true"}', encoding="utf-8"
    )
    assert cryomine("extract", tmp_path / "rare.txt", "-o", tmp_path / "out", *flags).exit_code == 0
    assert cryomine("run", tmp_path / "mine.toml").exit_code == 0
    for folder in ("out", "defined"):
        assert list(read_claims(tmp_path / folder / "claims.csv").concept_id) == concepts
    records = json.loads(cryomine("explain", RARE, "--json", *flags).stdout)
    assert [record["concept"] for record in records if record["kind"] == "claim"] == [NAMES[concepts[0]]]


def test_a_run_with_other_settings_reads_everything_anew(tmp_path: Path) -> None:
    (tmp_path / "rare.txt").write_text(RARE, encoding="utf-8")
    for flag, concept in (("--background", "MONDO:0025514"), ("--no-background", "vascular-disease")):
        assert cryomine("extract", tmp_path / "rare.txt", "-o", tmp_path / "out", flag).exit_code == 0
        assert list(read_claims(tmp_path / "out" / "claims.csv").concept_id) == [concept]


def test_extract_from_standard_input(tmp_path: Path) -> None:
    result = cryomine("extract", "-", "-o", tmp_path / "out", stdin=b"Ice packs relieve swelling.")
    assert result.exit_code == 0, result.output
    result = cryomine("verify", tmp_path / "out")
    assert result.exit_code == 0, "its text is kept, so that it can be checked"
    assert result.output == "1 row of 1 document checked, every row holds\n"


def test_a_misspelt_command() -> None:
    result = cryomine("extrat", "articles")
    assert result.exit_code == 2
    assert "No such command 'extrat'. Did you mean 'extract'?" in result.stderr
    assert "Did you mean" not in cryomine("zzz").stderr


def test_a_table_stands_for_its_folder(folder_of: FolderOf, tmp_path: Path) -> None:
    cryomine("extract", folder_of({"ice.txt": "Ice packs relieve swelling."}), "-o", tmp_path / "out")
    table = tmp_path / "out" / "claims.csv"
    assert cryomine("verify", table).output == "1 row of 1 document checked, every row holds\n"
    key = table.read_text(encoding="utf-8").splitlines()[1].partition(",")[0]
    assert "<swelling>" in cryomine("show", key, table).output


def test_some_inputs_failed(folder_of: FolderOf, tmp_path: Path) -> None:
    articles = folder_of({"good.txt": "Ice packs relieve swelling.", "empty.txt": ""})
    line = one_line(cryomine("extract", articles, "-o", tmp_path / "out"), 3)
    assert line.startswith("cryomine: empty.txt: is empty; ")
    line = one_line(cryomine("extract", tmp_path / "nowhere", "-o", tmp_path / "out"), 3)
    assert "nowhere: no such file or folder; " in line


def test_a_wrong_path_leaves_the_table_of_an_earlier_run(folder_of: FolderOf, tmp_path: Path) -> None:
    articles, out = folder_of({"good.txt": "Ice packs relieve swelling."}), tmp_path / "out"
    assert cryomine("extract", articles, "-o", out).exit_code == 0
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    result = cryomine("extract", tmp_path / "nowhere", "-o", out)
    assert "nowhere: no such file or folder; " in one_line(result, 3)
    assert f"nothing was read; {out / 'claims.csv'} stays as it was" in result.stdout
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before
    again = cryomine("extract", articles, "-o", out)
    assert re.search(r"unchanged since an earlier run +1\n", again.stdout)


def test_articles_without_a_claim_are_counted(folder_of: FolderOf, tmp_path: Path) -> None:
    articles = folder_of({"a.txt": "Ice packs relieve swelling.", "b.txt": "Sauna relieves stress."})
    result = cryomine("extract", articles, "-o", tmp_path / "out")
    assert re.search(r"documents +2\n  without a claim +1\nclaims +1\n", result.stdout)
    result = cryomine("extract", articles / "b.txt", "-o", tmp_path / "none")
    assert re.search(r"  without a claim +1\nclaims +0\nfailures", result.stdout), "no share of nothing"


def test_an_unwritable_folder(folder_of: FolderOf, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = cryomine("extract", folder_of({"a.txt": "Ice."}), "-o", tmp_path / "file" / "out")
    assert "cannot be written" in one_line(result, 2)


def test_an_unknown_pack(folder_of: FolderOf, tmp_path: Path) -> None:
    result = cryomine("extract", folder_of({"a.txt": "Ice."}), "--pack", "crotherapy", "-o", tmp_path / "out")
    assert "crotherapy" in one_line(result, 2)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "pack.toml"),
        ({"pack.toml": "name = "}, "pack.toml"),
        ({"pack.toml": 'name = "mine"\nversion = "1"\nextends = "bsae"\n'}, "bsae"),
    ],
)
def test_a_pack_with_a_mistake(folder_of: FolderOf, tmp_path: Path, files: dict[str, str], message: str) -> None:
    pack = folder_of(files, name="pack")
    result = cryomine("extract", folder_of({"a.txt": "Ice."}), "--pack", pack, "-o", tmp_path / "out")
    assert message in one_line(result, 2)


def test_run(folder_of: FolderOf, tmp_path: Path) -> None:
    folder_of({"ice.txt": "Ice packs relieve swelling."})
    definition = tmp_path / "mine.toml"
    definition.write_text('inputs = ["articles"]\noutput = "table"\n', encoding="utf-8")
    assert cryomine("run", definition).exit_code == 0
    assert (tmp_path / "table" / "claims.csv").is_file()
    definition.write_text('inputs = ["articles"]\n', encoding="utf-8")
    assert "mine.toml: output is missing; add it" in one_line(cryomine("run", definition), 2)


def test_verify_names_the_rows(folder_of: FolderOf, tmp_path: Path) -> None:
    cryomine("extract", folder_of({"ice.txt": "Ice packs relieve swelling."}), "-o", tmp_path / "out")
    table = tmp_path / "out" / "claims.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",swelling,", ",bruising,"), encoding="utf-8")
    result = cryomine("verify", tmp_path / "out")
    assert result.exit_code == 1
    assert "condition is 'bruising'" in result.output
    assert "every row holds" not in result.output


CLAIMS = "source,relation,polarity,certainty,intervention,condition,start,end,rule,evidence\n"
GOLD = "doc,relation,polarity,certainty,intervention,condition,start,end,concept\n"


@pytest.fixture
def scored(tmp_path: Path) -> list[Path]:
    """A table and a gold: one row right, one of another relation, one missed, one wrong."""
    claims, gold = tmp_path / "claims.csv", tmp_path / "gold.csv"
    claims.write_text(
        CLAIMS
        + "x/a.txt,treats,affirmed,hedged,ice,pain,0,4,r.one,pain goes\n"
        + "x/a.txt,treats,affirmed,asserted,ice,burns,10,15,r.two,burns\n"
        + "x/a.txt,treats,affirmed,asserted,ice,toes,30,34,r.two,toes\n"
    )
    gold.write_text(
        GOLD
        + "a.txt,treats,affirmed,asserted,ice,pain,0,4,pain\n"
        + "a.txt,side-effect,affirmed,asserted,ice,burns,10,15,burn\n"
        + "a.txt,treats,affirmed,asserted,ice,fever,20,25,fever\n"
    )
    (tmp_path / "a.txt").write_text("pain goes burns and\nfever stays in toes.", encoding="utf-8")
    return [claims, gold]


def test_evaluate(scored: list[Path]) -> None:
    result = cryomine("evaluate", *scored)
    assert result.exit_code == 0, result.output
    assert re.search(r"^all +3 +3 +1 +0\.333 +0\.333 +0\.333$", result.output, re.MULTILINE)
    assert "same span 1.000, same certainty 0.000" in result.output


def test_evaluate_by_rule(scored: list[Path]) -> None:
    result = cryomine("evaluate", *scored, "--by", "rule")
    assert re.search(r"^r\.two +2 +0 +2 +1$", result.output, re.MULTILINE)


def test_evaluate_errors(scored: list[Path]) -> None:
    output = cryomine("evaluate", *scored, "--errors", "--texts", scored[0].parent).output
    assert re.findall(r"^(\w+) +a\.txt (\d+)-", output, re.MULTILINE) == [
        ("relation", "10"),
        ("missed", "20"),
        ("wrong", "30"),
    ]
    assert "»fever« stays in toes." in output
    assert "certainty" in cryomine("evaluate", *scored, "--kind", "certainty").output


def test_evaluate_json(scored: list[Path]) -> None:
    figures = json.loads(cryomine("evaluate", *scored, "--json", "--by", "document", "--errors").output)
    assert figures["overall"]["right"] == 1
    assert figures["document"]["a.txt"]["gold"] == 3
    assert [error["kind"] for error in figures["errors"]] == ["relation", "missed", "wrong"]


def test_evaluate_ignores(scored: list[Path], tmp_path: Path) -> None:
    (tmp_path / "ignore.csv").write_text("doc,start,end,reason\na.txt,30,31,unclear\n")
    figures = json.loads(cryomine("evaluate", *scored, "--ignore", tmp_path / "ignore.csv", "--json").output)
    assert (figures["overall"]["found"], figures["left_out"]) == (2, 1)


def test_evaluate_without_gold(scored: list[Path], tmp_path: Path) -> None:
    assert "gone.csv: cannot be read" in one_line(cryomine("evaluate", scored[0], tmp_path / "gone.csv"), 2)


def test_explain() -> None:
    result = cryomine("explain", "Ice packs relieve swelling.")
    assert result.exit_code == 0
    assert "swelling" in result.output
    records = json.loads(cryomine("explain", "Ice packs relieve swelling.", "--json").output)
    assert {"start", "end", "text", "kind", "note", "rule"} <= records[0].keys()
    assert "claim" in {record["kind"] for record in records}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Ice did nothing for my tinnitus.", "has too few of them and no name of it"),
        ("Sauna relieves back pain.", "the article names none of the pack's"),
        (
            "Our new mayor relieves back pain.",
            "no therapy of the pack cryotherapy is named here, so nothing else is looked at",
        ),
    ],
)
def test_explain_says_why_an_article_is_not_read(text: str, why: str) -> None:
    assert why in " ".join(cryomine("explain", text).output.split())


def test_explain_a_line(folder_of: FolderOf) -> None:
    articles = folder_of({
        "ice.txt": "Ice packs relieve swelling.\nIce packs relieve bruising.\n",
        "ice.html": "<html><body><article>\n<p>Ice packs relieve swelling.</p>\n"
        "<p>Ice packs relieve bruising, the leaflet of the clinic says.</p>\n</article></body></html>\n",
    })  # fmt: skip
    for name, line in (("ice.txt", 2), ("ice.html", 3)):
        records = json.loads(cryomine("explain", articles / name, "--line", str(line), "--json").output)
        assert "bruising" in {record["text"] for record in records}, name
        assert "swelling" not in {record["text"] for record in records}, name
    assert "has 2 lines; --line 9 is beyond" in one_line(cryomine("explain", articles / "ice.txt", "--line", "9"), 2)
    assert "no such file" in one_line(cryomine("explain", "no words", "--line", "9"), 2)


def test_explain_shows_every_part_of_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    from cryomine.extraction import Extractor
    from cryomine.extraction.trace import TraceRecord

    record = TraceRecord(
        18, 26, "swel\nling", "condition", "no cue [in scope]", "r.one", "treats", "affirmed", "hedged", "swelling"
    )
    monkeypatch.setattr(Extractor, "explain", lambda *_: [record])
    output = cryomine("explain", "Ice packs relieve swelling.").output
    for words in ("18-26", "swel ling", "condition", "treats", "hedged", "no cue [in scope]", "r.one"):
        assert words in " ".join(output.split()) or words in output, words


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_explain_loses_no_character_of_a_long_record(width: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever the width: what does not fit is wrapped."""
    from rich.console import Console

    from cryomine.extraction.trace import TraceRecord

    note = "ice pack (stated); cue 'is by many practitioners said to lessen', negated by 'there is no evidence that'"
    words = "swelling of the lower extremities and of everything that is below them"
    rule = "contraindicated.should-not-be-used-by"
    record = TraceRecord(18000, 26000, words, "condition", note, rule, "contraindicated", "affirmed", "hedged", words)
    import_module("cryomine.cli.explain")._show([record], Console(highlight=False, width=width))
    given = "at words is a relation concept rule why 18000-26000 condition contraindicated affirmed hedged"
    assert Counter("".join(capsys.readouterr().out.split())) == Counter(
        "".join(f"{given} {words} {words} {rule} {note}".split())
    )


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("artcles/ice-baths.txt", "artcles/ice-baths.txt: no such file; check the spelling"),
        ("ice-baths.TXT", "ice-baths.TXT: no such file"),
        ("page.html", "page.html: no such file"),
        ("", "the text is empty; give a sentence or a file"),
        (" \n", "the text is empty"),
        (".", ".: a folder; give one of the files in it"),
        ("articles", "articles: a folder"),
        ("articles/", "articles/: a folder"),
    ],
)
def test_explain_of_what_is_no_text(
    folder_of: FolderOf, monkeypatch: pytest.MonkeyPatch, argument: str, message: str
) -> None:
    monkeypatch.chdir(folder_of({"ice.txt": "Ice packs relieve swelling."}).parent)
    assert message in one_line(cryomine("explain", argument), 2)


@pytest.mark.parametrize("text", ["Ice relieves pain and/or swelling.", "Swelling", "See page.html on ice.txt"])
def test_explain_takes_a_sentence_for_one(text: str) -> None:
    assert cryomine("explain", text).exit_code == 0
