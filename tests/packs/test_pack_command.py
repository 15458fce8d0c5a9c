"""``cryomine pack``: new, show, suggest, as commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cryomine.cli import group
from packs.packs_of import pack_of, rule


def call(*arguments: object) -> Result:
    return CliRunner().invoke(group, ["pack", *map(str, arguments)])


@pytest.mark.parametrize("name", ["red-light-therapy", "uvb"])
def test_a_new_pack_works_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    from cryomine.extraction import Extractor
    from cryomine.ingest import plain
    from cryomine.packs import load_pack

    monkeypatch.chdir(tmp_path)
    assert call("new", name).exit_code == 0
    checked = call("check", name)
    assert (checked.exit_code, checked.output) == (0, f"{name}: 0 wrong, 0 thin\n")
    text = Path(name, "example.txt").read_text(encoding="utf-8")
    claims = Extractor(load_pack(name).without_background()).claims(plain.document(text))
    assert [(c.relation, c.concept) for c in claims] == [
        ("treats", "back pain"),
        ("contraindicated", "pregnancy"),
        ("side-effect", "headache"),
    ]


def test_new_never_writes_over_a_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("new", "mine").exit_code == 0
    again = call("new", "mine")
    assert again.exit_code == 2
    assert "there is a pack already" in again.output


def test_a_new_pack_takes_over_the_names_of_a_known_therapy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name is no longer that of another therapy, and what articles call it is not lost with that."""
    monkeypatch.chdir(tmp_path)
    assert "take out names that you do not mean" in call("new", "red-light-therapy").output
    (row,) = Path("red-light-therapy/interventions.csv").read_text(encoding="utf-8").splitlines()[1:]
    names = row.split(",")[3].split("|")
    assert {"red light", "LED therapy"} <= set(names)
    assert len({name.lower().replace("-", " ") for name in (*names, row.split(",")[1])}) == len(names) + 1


def test_suggest_where_there_is_nothing_to_add(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Ice packs relieve swelling.", encoding="utf-8")
    assert call("suggest", article).output.startswith("# nothing that the pack does not know")


def test_an_unknown_parent_names_what_was_perhaps_meant(tmp_path: Path) -> None:
    header = "id,name,kind,parents,synonyms,icd10,mondo,hpo"
    folder = pack_of(tmp_path / "mine", concepts=f"{header}\nsore-gum,sore gum,symptom,tooth-diseases,,,,\n")
    assert (
        "unknown parent 'tooth-diseases' of 'sore-gum'; add it or correct the id (tooth-disease"
        in call("check", folder).output
    )


def test_new_takes_no_name_that_leads_to_another_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = call("new", "cryotherapy")
    assert result.exit_code == 2
    assert "cryotherapy: a pack that is here already has this name" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["Red", "red light", "../red", "", "1red"])
def test_a_name_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    result = call("new", name)
    assert result.exit_code == 2
    assert "no name for a pack" in result.output
    assert list(tmp_path.iterdir()) == []


def test_check_of_what_cannot_be_loaded(tmp_path: Path) -> None:
    folder = pack_of(tmp_path / "mine", cues="- id: x\n")
    result = call("check", folder)
    assert result.exit_code == 1
    assert result.output.startswith(f"{folder / 'cues.yaml'}:1: id: ")


def test_check_as_json(tmp_path: Path) -> None:
    folder = pack_of(tmp_path / "mine", cues=rule("~zap", "Nothing."))
    result = call("check", folder, "--json")
    assert result.exit_code == 1
    (row,) = json.loads(result.output)
    assert (row["file"], row["line"], row["level"]) == (str(folder / "cues.yaml"), 1, "wrong")


@pytest.mark.parametrize(
    ("asked", "file", "line"),
    [
        ("treats.zap", "cues.yaml", 2),
        ("red-light", "interventions.csv", 2),
        ("RED light therapy", "interventions.csv", 2),
    ],
)
def test_show_says_where(tmp_path: Path, asked: str, file: str, line: int) -> None:
    folder = pack_of(tmp_path / "mine", cues="# mine\n" + rule("~zap", "x", id="treats.zap"))
    assert call("show", folder, asked).output.startswith(f"{folder / file}:{line}: ")


def test_show_of_a_whole_pack() -> None:
    facts = json.loads(call("show", "hyperbaric-oxygen", "--json").output)
    assert facts["extends"] == ["base", "conditions", "therapies"]
    assert facts["knows"]["concepts"]["all"] > 2000
    assert facts["knows"]["interventions"] == {"own": 3, "all": 3}
    assert {i["id"] for i in facts["interventions"]} >= {"hyperbaric-oxygen-therapy"}


def test_show_of_what_is_not_there() -> None:
    result = call("show", "cryotherapy", "treats.nothing")
    assert result.exit_code == 2
    assert "not in the pack cryotherapy" in result.output


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "Sound bath basics\n\nA sound bath zonks insomnia. Red light relieves glow sickness. Surgery cures hernia.\n",
        encoding="utf-8",
    )
    (folder / "b.txt").write_text("Is a sound bath safe?\n\nRed light zonks migraine.\n", encoding="utf-8")
    return folder


def test_suggest_gives_rows_to_paste(tmp_path: Path, articles: Path) -> None:
    lines = call("suggest", articles, "--pack", pack_of(tmp_path / "mine")).output.splitlines()
    assert "sound-bath,sound bath,,," in lines
    assert "surgery,surgery,," in "\n".join(line[:18] for line in lines)
    assert any(line.startswith("glow-sickness,glow sickness,symptom,") for line in lines)
    assert '  example: "@therapy [zonks] <migraine>."' in lines
    assert lines[lines.index("sound-bath,sound bath,,,") - 1].startswith("# 3 in 2 articles: …Sound bath basics")


def test_suggested_rows_can_be_pasted(tmp_path: Path, articles: Path) -> None:
    folder = pack_of(tmp_path / "mine")
    text = call("suggest", articles, "--pack", folder).output
    therapies, _, rest = text.partition("# concepts.csv: ")
    conditions, _, cues = rest.partition("# cues.yaml")

    def table(part: str) -> str:
        return "".join(
            f"{line.removeprefix('# interventions.csv: ')}\n" for line in part.splitlines() if "…" not in line
        )

    names = "".join(line + "\n" for line in table(therapies).splitlines() if not line.startswith("surgery"))
    pack_of(folder, interventions=names + "red-light,red light,,,\n", concepts=table(conditions), cues="#" + cues)
    assert [
        str(r) for r in __import__("cryomine.authoring.review", fromlist=["x"]).review(folder) if r.level == "wrong"
    ] == []


def test_suggest_from_what_cannot_be_read(tmp_path: Path) -> None:
    result = call("suggest", tmp_path / "nothing.txt", "--pack", pack_of(tmp_path / "mine"))
    assert "nothing.txt" in result.output


def test_a_pack_that_adds_to_a_shipped_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cryomine.extraction import Extractor
    from cryomine.ingest import plain
    from cryomine.packs import load_pack

    monkeypatch.chdir(tmp_path)
    made = call("new", "my-cold", "--extends", "cryotherapy")
    assert made.exit_code == 0
    assert "first: write a rule into my-cold/cues.yaml" in made.output
    assert call("check", "my-cold").output == "my-cold: 0 wrong, 0 thin\n"
    Path("my-cold/cues.yaml").write_text(
        rule("~hush", "@therapy [hushes] <sore knees>.", accept="known"), encoding="utf-8"
    )
    assert call("check", "my-cold").exit_code == 0
    mine, shipped = load_pack("my-cold"), load_pack("cryotherapy")
    assert (mine.interventions, mine.concepts) == (shipped.interventions, shipped.concepts)
    assert mine.rivals == shipped.rivals
    assert len(mine.rules) == len(shipped.rules) + 1
    document = plain.document("Ice packs hush sore knees. They relieve swelling.")
    found = [
        [(claim.rule, claim.concept) for claim in Extractor(pack.without_background()).claims(document)]
        for pack in (mine, shipped)
    ]
    assert found == [[("treats.mine", "knee pain"), ("treats.relieve", "swelling")], [("treats.relieve", "swelling")]]


@pytest.mark.parametrize("extends", ["cryoterapy", "base", "."])
def test_what_cannot_be_extended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extends: str) -> None:
    monkeypatch.chdir(tmp_path)
    result = call("new", "my-cold", "--extends", extends)
    assert result.exit_code == 2
    assert f"{extends}: no pack of a therapy to extend; give one of cryotherapy, hyperbaric-oxygen" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("takes the edge off", [("treats.relieve", "matches", "takes the edge off")]),
        ("It took the edge off.", [("treats.relieve", "matches", "took the edge off")]),
        ("it makes matters worse", [("side-effect.make-worse", "matches", "makes … worse")]),
        ("the edge off", [("treats.relieve", "has", ["~take the edge off"])]),
    ],
)
def test_show_finds_rules_by_their_wording(words: str, expected: list[tuple[str, str, object]]) -> None:
    rows = json.loads(call("show", "cryotherapy", words, "--json").output)
    found = {row["id"]: row for row in rows}
    assert [(key, how, found[key][how]) for key, how, _ in expected] == expected
    assert {row["kind"] for row in rows} <= {"rule", "negation", "hedge", "circumstance"}


def test_show_of_words_that_no_rule_has() -> None:
    result = call("show", "cryotherapy", "wibbles")
    assert result.exit_code == 2
    assert "wibbles: not in the pack cryotherapy; give the id of a rule" in result.stderr
