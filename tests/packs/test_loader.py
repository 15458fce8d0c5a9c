"""A pack with a mistake is answered with file, line and what would be right; a good one is merged with its base."""

from __future__ import annotations

from pathlib import Path

import pytest

from cryomine.errors import PackError
from cryomine.extraction import Extractor
from cryomine.packs import load_pack
from cryomine.packs.schema import Pack

Files = dict[str, str | bytes]

TOML = 'name = "mini"\nversion = "1"\nrelations = ["treats", "side-effect"]\n'
CONCEPTS = "id,name,kind,parents,synonyms\nskin,skin disease,class,,\nwart,wart,lesion,skin,verruca|verrucas\n"
THERAPIES = "id,name,parents,synonyms\ncold,cold therapy,,cryo\nice,ice pack,cold,ice bag\n"
RULE = """\
- id: treats.relieve
  relation: treats
  scope: after
  cue: "~relieve"
  example: "It [relieves] <pain>."
"""
MINI: Files = {
    "pack.toml": TOML,
    "concepts.csv": CONCEPTS,
    "interventions.csv": THERAPIES,
    "rivals.csv": "name,synonyms\nsurgery,operation\n",
    "cues.yaml": RULE,
    "context.yaml": '- id: hedge.may\n  kind: hedge\n  cue: "may"\n  example: "It [may] relieve <pain>."\n',
    "layout.yaml": '- id: furniture.more\n  kind: end\n  cue: "read more"\n  example: "Read more"\n',
    "lexicon/verbs.txt": "~relieve  # how a comment looks\n\ntakes\n",
}


def write(folder: Path, files: Files) -> Path:
    """A pack's folder, from its files."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def mini(tmp_path: Path, **changed: str | bytes) -> Pack:
    return load_pack(write(tmp_path / "mini", MINI | changed))


def test_what_a_pack_holds(tmp_path: Path) -> None:
    pack = mini(tmp_path)
    assert pack.ref == "mini@1"
    assert pack.relations == ("treats", "side-effect")
    assert [(c.id, c.parents, c.synonyms) for c in pack.concepts] == [
        ("skin", (), ()),
        ("wart", ("skin",), ("verruca", "verrucas")),
    ]
    assert [i.id for i in pack.interventions] == ["cold", "ice"]
    assert "surgery" in [r.name for r in pack.rivals]
    assert [(r.id, r.cue, r.example) for r in pack.cues] == [
        ("treats.relieve", ("~relieve",), ("It [relieves] <pain>.",))
    ]
    assert pack.lexicon["verbs"] == ("~relieve", "takes")


def test_the_digest_is_of_all_files(tmp_path: Path) -> None:
    first = load_pack(write(tmp_path / "one", MINI)).digest
    assert load_pack(write(tmp_path / "two", MINI)).digest == first, "wherever the folder lies"
    assert load_pack(write(tmp_path / "three", MINI | {"lexicon/verbs.txt": "~relieve\n"})).digest != first


def test_extending_adds_to_the_base(tmp_path: Path) -> None:
    base = load_pack("base")
    more = load_pack(write(tmp_path / "more", {**MINI, "pack.toml": TOML + 'extends = "base"\n', "cues.yaml": ""}))
    assert {r.id for r in more.cues} == {r.id for r in base.cues}
    assert set(base.lexicon["verbs"]) < {*more.lexicon["verbs"], "takes"}
    assert more.digest != base.digest


def test_byte_order_mark_and_line_ends(tmp_path: Path) -> None:
    windows = {name: b"\xef\xbb\xbf" + str(text).replace("\n", "\r\n").encode() for name, text in MINI.items()}
    pack = load_pack(write(tmp_path / "windows", windows))
    assert pack.concepts == mini(tmp_path).concepts
    assert pack.cues == mini(tmp_path).cues


@pytest.mark.parametrize(
    ("file", "line", "content", "says"),
    [
        pytest.param("cues.yaml", 1, RULE.replace("scope", "scop"), "scop", id="a typo in a field"),
        pytest.param("cues.yaml", 1, RULE.replace("after", "aft"), "scope", id="a typo in a value"),
        pytest.param("cues.yaml", 1, RULE.replace("treats\n", "treat\n"), "unknown relation 'treat'", id="no relation"),
        pytest.param("cues.yaml", 6, RULE + RULE, "two rules are called 'treats.relieve'", id="a rule twice"),
        pytest.param(
            "cues.yaml", 6, RULE + "- id: treats.b\n  cue: x\n", "scope", id="the second rule, a field missing"
        ),
        pytest.param("cues.yaml", 1, RULE.split("  example")[0], "example", id="no example"),
        pytest.param("cues.yaml", 1, RULE.replace("treats.relieve", "Relieve"), "id", id="an id of another form"),
        pytest.param("cues.yaml", 1, "id: treats.relieve\n", "not a list", id="no list"),
        pytest.param("cues.yaml", 5, RULE.replace('"~relieve"', '"~relieve'), "check quotes", id="an open quote"),
        pytest.param("cues.yaml", 6, RULE + "  scope: before\n", "'scope' stands twice", id="a field twice"),
        pytest.param(
            "context.yaml", 1, "- id: a.b\n  kind: hegde\n  cue: x\n  example: x\n", "kind", id="a wrong kind"
        ),
        pytest.param("concepts.csv", 3, CONCEPTS.replace("lesion,skin", "lesion,skim"), "'skim'", id="unknown parent"),
        pytest.param(
            "concepts.csv", 4, CONCEPTS + "wart,wort,lesion,skin,\n", "'wart' stands already", id="an id twice"
        ),
        pytest.param("concepts.csv", 4, CONCEPTS + "mole,,lesion,skin,\n", "empty id or name", id="an empty name"),
        pytest.param("concepts.csv", 4, CONCEPTS + ",mole,lesion,skin,\n", "empty id or name", id="an empty id"),
        pytest.param("concepts.csv", 1, CONCEPTS.replace("name", "nmae", 1), "'name'", id="a column missing"),
        pytest.param("concepts.csv", 2, b"id,name\nsk\xefn,skin\n", "not UTF-8", id="another encoding"),
        pytest.param("interventions.csv", 3, THERAPIES.replace("pack,cold", "pack,cool"), "'cool'", id="of a therapy"),
        pytest.param("pack.toml", 2, 'name = "mini"\nversion = 1.0.0\n', "line 2", id="no TOML"),
        pytest.param("pack.toml", 0, 'name = "mini"\n', "'version' is missing", id="no version"),
        pytest.param("pack.toml", 4, TOML + 'extends = "bsae"\n', "bsae", id="extends nothing there"),
        pytest.param("pack.toml", 4, TOML + 'extends = "../mini"\n', "leads back to itself", id="extends itself"),
        pytest.param("pack.toml", 5, TOML + '[concept_sets]\nharms = ["frostbyte"]\n', "'frostbyte'", id="no member"),
        pytest.param("lexicon/verbs.txt", 2, b"relieve\nna\xefve\n", "not UTF-8", id="a word list"),
    ],
)
def test_a_mistake_is_answered(file: str, line: int, content: str | bytes, says: str, tmp_path: Path) -> None:
    with pytest.raises(PackError) as error:
        mini(tmp_path, **{file: content})
    message = str(error.value)
    assert f"{file}:{line}:" in message if line else f"{file}:" in message
    assert says in message
    assert "\n" not in message, "one line"
    assert ";" in message, "and what to do"


@pytest.mark.parametrize("cycle", [("skin", "wart"), ("wart", "wart")], ids="-".join)
def test_a_cycle_names_file_and_line(cycle: tuple[str, str], tmp_path: Path) -> None:
    child, parent = cycle
    rows = [["skin", "skin disease", "class", ""], ["wart", "wart", "lesion", "skin"]]
    changed = ["id,name,kind,parents", *(",".join([*row[:3], parent if row[0] == child else row[3]]) for row in rows)]
    with pytest.raises(PackError, match=r"concepts\.csv:[23]: .*cycle"):
        mini(tmp_path, **{"concepts.csv": "\n".join(changed)})


@pytest.mark.parametrize(
    ("cue", "says"),
    [
        ('"{relieve|ease"', "left open"),
        ('"{relieve|}"', "can match nothing"),
        ('"relieve}"', "too many"),
        ('"@soothers pain"', "no set 'soothers'"),
        (
            f'"{"{a|b|c|d|e|f|g|h} " * 5}"',
            "fewer choices",
        ),
    ],
)
def test_a_pattern_that_is_none(cue: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(PackError) as error:
        Extractor(mini(tmp_path, **{"cues.yaml": RULE.replace('"~relieve"', cue)}).without_background())
    assert "cues.yaml:1:" in str(error.value)
    assert says in str(error.value)


@pytest.mark.parametrize("name", ["no-such-pack", "..", "/no/such/folder"])
def test_no_such_pack(name: str) -> None:
    with pytest.raises(PackError, match="pack"):
        load_pack(name)


def test_a_folder_that_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"pack\.toml"):
        load_pack(tmp_path)
