"""Packs merge as they should, and every bad one is answered with file and line, in one line."""

from __future__ import annotations

import importlib.metadata
import re
import sys
from pathlib import Path

import pytest

from cryomine.errors import PackError
from cryomine.extraction import Extractor
from cryomine.packs import load_pack, load_packs
from cryomine.packs.find import SHIPPED, folder_of, pack_names
from cryomine.packs.schema import Packs
from packs.packs_of import INTERVENTIONS, MANIFEST, pack_of, rule

CONCEPTS = "id,name,kind,parents,synonyms\n"

# What is wrong, the pack's files, and what the message has to say behind the folder.
BAD = [
    ("a missing base", {"pack": MANIFEST.replace('"base"', '"bass"')}, r"/pack.toml:3: extends bass: no such pack; .+"),
    ("itself", {"pack": MANIFEST.replace('"base"', '"./"')}, r"/pack.toml:3: extends = \"./\" leads back to itself"),
    ("no name", {"pack": 'version = "1"\n'}, r"/pack.toml: 'name' is missing; add name"),
    ("a name that is a path", {"pack": MANIFEST.replace("mine", "../x")}, r"/pack.toml:1: '../x' is no name"),
    ("broken TOML", {"pack": MANIFEST + "sets = [\n"}, r"/pack.toml(:\d+)?: .+"),
    ("a set that is no list", {"pack": MANIFEST + "[sets]\nbe = 7\n"}, r"/pack.toml:4: 'sets' is not as it should be"),
    ("a circle of sets", {"pack": MANIFEST + '[sets]\na = ["@b x"]\nb = ["@a"]\n'}, r"/pack.toml:\d: the set 'a'"),
    ("a strange member", {"pack": MANIFEST + '[concept_sets]\nharms = ["nix"]\n'}, r"/pack.toml:5: .+unknown 'nix'"),
    ("not UTF-8", {"cues": b"- id: a.b\n  cue: caf\xe9\n"}, r"/cues.yaml:2: not UTF-8 \(byte 20\); save it as UTF-8"),
    ("no list of rules", {"cues": "id: treats.x\n"}, r"/cues.yaml:1: not a list"),
    ("broken YAML", {"cues": "- id: [\n"}, r"/cues.yaml:\d: .+; check quotes and indentation"),
    ("a tag that would run", {"cues": "- !!python/object/apply:os.system ['true']\n"}, r"/cues.yaml:1: .+"),
    ("nested without end", {"cues": "- " + "[" * 3000 + "]" * 3000}, r"/cues.yaml:1: .+"),
    ("no example", {"cues": "- id: treats.x\n  cue: y\n  scope: after\n"}, r"/cues.yaml:1: example: .+"),
    ("a strange field", {"cues": rule("zap", "x", scop="after")}, r"/cues.yaml:1: scop: .+; allowed: id, .+"),
    ("a strange scope", {"cues": rule("zap", "x", scope="behind")}, r"/cues.yaml:1: scope: .+'after'.+"),
    ("a strange relation", {"cues": rule("zap", "x", relation="cures")}, r"/cues.yaml:1: .+known: treats, contra"),
    ("a name of base", {"cues": rule("zap", "x", id="treats.relieve")}, r"/cues.yaml:1: two rules .+treats.yaml:"),
    ("a row without name", {"interventions": INTERVENTIONS + "x,,,,\n"}, r"/interventions.csv:3: empty id or name"),
    ("a row twice", {"interventions": INTERVENTIONS + "red-light,x,,,\n"}, r"/interventions.csv:3: .+ in line 2"),
    ("a strange column", {"interventions": "id,name,synonym\n"}, r"/interventions.csv:1: unknown column 'synonym'"),
    ("too many cells", {"interventions": "id,name\na,b,c\n"}, r"/interventions.csv:2: more cells than columns"),
    ("a strange parent", {"interventions": "id,name,parents\na,b,c\n"}, r"/interventions.csv:2: unknown parent 'c'"),
    ("a cycle", {"interventions": "id,name,parents\na,a,b\nb,b,a\n"}, r"/interventions.csv:\d: .+ form a cycle"),
    ("weights without a head", {"weights": "left:for,1\n"}, r"/weights.csv:1: the columns are not feature, tre.+"),
    ("weights for a strange relation", {"weights": "feature,cures\na,1\n"}, r"/weights.csv:1: the columns are not .+"),
    ("weights that are none", {"weights": "feature,treats\na,1\nb,much\n"}, r"/weights.csv:3: not a feature and"),
    ("too few weights", {"weights": "feature,treats,side-effect\na,1\n"}, r"/weights.csv:2: not a feature and"),
    ("another name", {"concepts": CONCEPTS + "asthma,hay,disease,,\n"}, r"/concepts.csv:2: the concept 'asthma' is .+"),
]  # fmt: skip

# Patterns: nothing, everything left out, more than anybody can mean, not of the language.
BAD_PATTERNS = [
    ("{a|}", "can match nothing"),
    ("{a|b", "left open"),
    ("a | b", "in braces"),
    ("@nothing", "no set 'nothing'"),
    ("{a|b|c|d|e} " * 9, "more than 6000"),
    ("{" + "@doctor {a|b} {c|d}|" * 400 + "x}", "more than 6000"),
]


@pytest.mark.parametrize(("files", "message"), [pytest.param(f, m, id=i) for i, f, m in BAD])
def test_a_bad_pack_is_answered_with_its_place(tmp_path: Path, files: dict[str, str | bytes], message: str) -> None:
    folder = pack_of(tmp_path / "mine", **files)
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    said = str(caught.value)
    assert "\n" not in said
    assert said.startswith(str(folder))
    assert re.match(message, said.removeprefix(str(folder))), said


@pytest.mark.parametrize(("pattern", "message"), BAD_PATTERNS)
def test_a_bad_pattern_is_answered_with_its_place(tmp_path: Path, pattern: str, message: str) -> None:
    folder = pack_of(tmp_path / "mine", cues="# first\n" + rule(pattern, "[a] <b>"))
    with pytest.raises(PackError, match=rf"cues.yaml:2: rule 'treats.mine': .*{message}"):
        Extractor(load_pack(folder).without_background())


def test_a_circle_of_packs(tmp_path: Path) -> None:
    pack_of(tmp_path / "one", pack='name = "one"\nversion = "1"\nextends = "../two"\n')
    pack_of(tmp_path / "two", pack='name = "two"\nversion = "1"\nextends = "../one"\n')
    with pytest.raises(PackError, match="leads back to itself"):
        load_pack(tmp_path / "one")


@pytest.mark.parametrize("name", ["nothing", "../nothing", "cryotherapy/lexicon"])
def test_no_such_pack(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PackError, match="no such pack; give one of cryotherapy, hyperbaric-oxygen or a folder"):
        load_pack(name)


def test_what_a_pack_adds(tmp_path: Path) -> None:
    folder = pack_of(
        tmp_path / "mine",
        pack=MANIFEST + '[sets]\nbe = ["becomes"]\n[concept_sets]\nharms = ["headache"]\n',
        concepts=CONCEPTS + "headache,headache,symptom,,brow ache\nnew,new thing,symptom,headache,\n",
    )
    mine, base = load_pack(folder), load_pack("base")
    assert mine.sets["be"] == (*base.sets["be"], "becomes")
    known = {concept.id: concept for concept in mine.concepts}
    assert "brow ache" in known["headache"].synonyms
    assert known["new"].parents == ("headache",)
    assert mine.places["concept new"] == f"{folder / 'concepts.csv'}:3"
    assert mine.places["concept headache"].startswith(str(SHIPPED / "conditions"))


def test_a_name_of_its_own_is_no_rival(tmp_path: Path) -> None:
    rows = "id,name,parents,synonyms,weak_synonyms\nx,my cupping,,cupping therapy,gua sha\ny,aspirin,,,\n"
    rivals = {r.name: r for r in load_pack(pack_of(tmp_path / "mine", interventions=rows)).rivals}
    assert "aspirin" not in rivals
    assert "cupping therapy" not in rivals["cupping"].synonyms
    assert "gua sha" not in rivals["cupping"].synonyms


def test_the_therapies_of_other_packs_are_rivals() -> None:
    cryo, hyperbaric = load_pack("cryotherapy"), load_pack("hyperbaric-oxygen")
    theirs = {name for rival in hyperbaric.rivals for name in (rival.name, *rival.synonyms)}
    assert {therapy.name for therapy in cryo.interventions} <= theirs
    assert "hyperbaric oxygen therapy" not in theirs
    # Everyday words of another pack ("the chamber", "cold") are nobody's.
    weak = {name for therapy in cryo.interventions for name in therapy.weak_synonyms}
    # "Thermal ablation" means ours in an article about it and is another therapy everywhere else.
    assert not weak & theirs - {"ice", "thermal ablation", "ablative therapy", "tumor ablation"}


def test_packs_of_one_run(tmp_path: Path) -> None:
    folder = pack_of(tmp_path / "mine")
    packs = load_packs(["cryotherapy", folder])
    assert isinstance(packs, Packs)
    assert packs.ref == "cryotherapy@0.1.0,mine@1"
    assert "red light" in {rival.name for rival in packs.members[0].rivals}
    assert load_packs(["cryotherapy"]) == load_pack("cryotherapy")
    with pytest.raises(PackError, match="a second pack called 'mine' in one run"):
        load_packs([folder, folder])


def test_a_pack_of_an_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is found by its entry point, and the package is not run for it."""
    folder = pack_of(tmp_path / "red_light_pack")
    (folder / "__init__.py").write_text("raise SystemExit('was run')", encoding="utf-8")
    point = importlib.metadata.EntryPoint("red-light", "red_light_pack", "cryomine.packs")
    monkeypatch.setattr(
        importlib.metadata, "entry_points", lambda **given: [p for p in [point] if p.name == given.get("name", p.name)]
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert folder_of("red-light") == folder
    assert "red-light" in pack_names()
    assert "red_light_pack" not in sys.modules
    assert load_pack("red-light").name == "mine"


def test_a_word_is_a_name_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = pack_of(tmp_path / "cryotherapy")
    monkeypatch.chdir(tmp_path)
    assert folder_of("cryotherapy") == SHIPPED / "cryotherapy"
    for written in ("./cryotherapy", "cryotherapy/", str(folder), folder):
        assert folder_of(written).samefile(folder), written


def test_the_digest_is_of_the_content(tmp_path: Path) -> None:
    one = load_pack(pack_of(tmp_path / "a" / "mine")).digest
    assert load_pack(pack_of(tmp_path / "b" / "mine")).digest == one
    assert load_pack(pack_of(tmp_path / "b" / "mine", rivals="name,synonyms\nx,y\n")).digest != one
