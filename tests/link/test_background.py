"""The background vocabulary: exact normal form only, nothing at start-up, one concept one id."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from cryomine.errors import PackError
from cryomine.link.background import Background, BackgroundHit
from cryomine.link.normal import normal_form

FOLDER = Path(__file__).parents[2] / "src/cryomine/packs/background"


def rows(table: str) -> list[list[str]]:
    return [line.split("\t") for line in (FOLDER / f"{table}.tsv").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def background() -> Background:
    return Background()


@pytest.mark.parametrize(
    ("surface", "id_", "name", "kind"),
    [
        ("diabetes mellitus", "MONDO:0005015", "diabetes mellitus", "disease"),
        ("Diabetes Mellitus", "MONDO:0005015", "diabetes mellitus", "disease"),
        ("Ehlers–Danlos syndromes", "MONDO:0020066", "Ehlers-Danlos syndrome", "disease"),
        ("oesophagitis", "MONDO:0001409", "esophagitis", "disease"),
        ("frostbite", "MONDO:0800177", "frostbite", "injury"),
        ("nosebleeds", "HP:0000421", "Epistaxis", "symptom"),
    ],
)
def test_lookup(background: Background, surface: str, id_: str, name: str, kind: str):
    hit = background.lookup(surface)
    assert hit is not None
    assert (hit.id, hit.name, hit.kind) == (id_, name, kind)
    assert background.is_condition(surface)
    assert background(normal_form(surface)) == (id_, name)


NO_CONDITION = """
cellulite / celulitis / arts / art / common / peripheral / cold / face / ice syndrome / dress / fall / shock / attack
the ice pack / blood flow / long fingers / thick hair / cortisol level / subcutaneous tissue / spinning / cold water
MS / ALL / SHE / MAC / ... / 42 / diabete mellitu x / ü / 𝔠
"""


@pytest.mark.parametrize(
    "surface", [*NO_CONDITION.replace("\n", " / ").split(" / ")[1:-1], "", " ", "\t", "a\tb", "\n"]
)
def test_what_is_no_condition_stays_unknown(background: Background, surface: str):
    assert background.lookup(surface) is None
    assert not background.is_condition(surface)
    assert background(surface) is None


def test_a_pack_keeps_its_own_id():
    concepts = [SimpleNamespace(id="heart-attack", name="heart attack", mondo=("MONDO:0005068",), hpo=())]
    hit = Background.for_concepts(concepts).lookup("myocardial infarctions")
    assert hit is not None
    assert (hit.id, hit.name, hit.kind) == ("heart-attack", "heart attack", "disease")
    assert Background().lookup("myocardial infarction").id == "MONDO:0005068"  # type: ignore[union-attr]


def test_nothing_is_opened_before_the_first_question(tmp_path: Path):
    background = Background(tmp_path / "nowhere")
    with pytest.raises(PackError, match=r"names\.tsv: .*; reinstall cryomine, or run with --no-background"):
        background.lookup("asthma")


@pytest.mark.parametrize("text", ["", "\n", "asthma\tX:1\n", "asthma\tX:1", "a\tX:0\nasthma\tX:1\nb\tX:2\n"])
def test_small_tables(tmp_path: Path, text: str):
    (tmp_path / "names.tsv").write_bytes(text.encode())
    (tmp_path / "terms.tsv").write_bytes(b"X:1\tdisease\tAsthma\tX:0 X:9\n")
    background = Background(tmp_path)
    expected = BackgroundHit("X:1", "Asthma", "disease", ("X:0", "X:9")) if "asthma" in text else None
    assert background.lookup("asthma") == expected
    assert background.lookup("zzz") is None
    assert background.lookup("0") is None


def test_every_name_is_found_and_every_term_has_one(background: Background):
    names, terms = rows("names"), rows("terms")
    assert {id_ for _, id_ in names} == {row[0] for row in terms}
    sample = names[::97] + names[:3] + names[-3:]
    assert [form for form, id_ in sample if (hit := background.lookup(form)) is None or hit.id != id_] == []


def test_names_are_normal_forms_as_the_linker_makes_them_today():
    stale = [form for form, _ in rows("names") if normal_form(form) != form]
    assert stale == [], "normal.py has changed: run scripts/build_background.py"


@pytest.mark.parametrize("table", ["names", "terms"])
def test_tables_are_sorted_and_small(table: str):
    lines = (FOLDER / f"{table}.tsv").read_bytes().splitlines(keepends=True)
    assert lines == sorted(lines)
    keys = [line.split(b"\t")[0] for line in lines]
    assert len(keys) == len(set(keys))
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 5_000_000


def test_terms_have_kinds_and_known_parents():
    terms = rows("terms")
    ids = {row[0] for row in terms}
    assert {row[1] for row in terms} == {"disease", "symptom", "injury"}
    assert [row[0] for row in terms if not set(row[3].split()) <= ids] == []


def test_stoplist_is_kept_out(background: Background):
    lines = (FOLDER / "stoplist.txt").read_text(encoding="utf-8").splitlines()
    stopped = [name for line in lines if (name := line.partition("#")[0].strip())]
    assert len(stopped) > 100
    assert [name for name in stopped if background.is_condition(name)] == []
