"""The Python API, as a notebook uses it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import cryomine
from cryomine.errors import CryomineError
from cryomine.table import NAMES

FolderOf = Callable[..., Path]
Python = Callable[..., Any]


def test_import_is_light(python: Python) -> None:
    code = "import sys, cryomine; print([name for name in ('pandas', 'spacy', 'click') if name in sys.modules])"
    assert python("-c", code).stdout == "[]\n"


def test_the_version_is_the_packages() -> None:
    import tomllib

    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == cryomine.__version__


def test_extract_text() -> None:
    text = "Ice packs relieve swelling. They may cause frostbite."
    claims = cryomine.extract_text(text, title="Ice packs")
    assert list(claims.columns) == list(NAMES)
    assert list(claims["condition"]) == ["swelling", "frostbite"]
    assert [text[row.start : row.end] for row in claims.itertuples()] == ["swelling", "frostbite"]
    assert set(claims["title"]) == {"Ice packs"}


def test_a_text_without_claims_gives_an_empty_table_with_its_types() -> None:
    claims = cryomine.extract_text("The train leaves at nine.")
    assert len(claims) == 0
    assert str(claims["start"].dtype) == "Int64"


def test_extract_equals_the_table_on_disk(folder_of: FolderOf, tmp_path: Path) -> None:
    from cryomine.batch import Options, run
    from cryomine.packs import load_pack

    articles = folder_of({"a.txt": "Ice packs relieve swelling.", "b.txt": "Ice packs may cause frostbite."})
    summary = run([articles], load_pack(), Options(tmp_path / "out"))
    claims = cryomine.extract(articles)
    assert len(claims) == 2
    assert cryomine.read_claims(summary.table).equals(claims)


def test_a_bad_input_is_a_warning(folder_of: FolderOf) -> None:
    articles = folder_of({"a.txt": "Ice packs relieve swelling.", "empty.txt": ""})
    with pytest.warns(UserWarning, match=r"empty\.txt: is empty"):
        claims = cryomine.extract([articles])
    assert len(claims) == 1
    assert len(claims.attrs["failures"]) == 1


BOTH = "Ice packs relieve swelling.\n\nMoor light relieves eczema. Ice packs may cause frostbite.\n"


def moor_light(folder: Path, synonyms: str = "moor light") -> Path:
    """A pack of one's own; its name leads nowhere, and that is not what its folder is called."""
    from cryomine.authoring.scaffold import scaffold

    scaffold("moor-light", folder)
    rows = f"id,name,parents,synonyms,weak_synonyms\nmoor-light,moor light therapy,,{synonyms},\n"
    (folder / "interventions.csv").write_text(rows, encoding="utf-8")
    return folder


def test_several_packs(tmp_path: Path, folder_of: FolderOf) -> None:
    packs = ["cryotherapy", moor_light(tmp_path / "mine")]
    wanted = [("swelling", "cryotherapy"), ("eczema", "moor-light"), ("frostbite", "cryotherapy")]

    def told(claims: Any) -> list[tuple[str, str]]:
        return [(row.condition, row.pack.partition("@")[0]) for row in claims.itertuples()]

    assert told(cryomine.extract_text(BOTH, pack=packs)) == wanted
    assert told(cryomine.extract(folder_of({"a.txt": BOTH}), pack=packs)) == wanted
    import pandas as pd

    articles = pd.DataFrame({"source": ["a"], "text": [BOTH]})
    assert told(cryomine.extract_frame(articles, pack=packs)) == wanted
    with pytest.raises(CryomineError, match="at least one pack"):
        cryomine.extract_text(BOTH, pack=[])


def test_a_therapy_whose_last_word_is_a_cue(tmp_path: Path) -> None:
    """ "therapy for" is a cue; what stands in front of it is the therapy all the same."""
    claims = cryomine.extract_text(
        "Moor light therapy for back pain", pack=moor_light(tmp_path / "mine", "moor light sessions")
    )
    assert list(claims["condition"]) == ["back pain"]
    assert list(claims["intervention_scope"]) == ["stated"]


def test_compare_takes_an_output_folder(folder_of: FolderOf, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from cryomine.cli import group

    articles = folder_of({"a.txt": "Ice packs relieve swelling.", "b.txt": "Ice packs do not help with swelling."})
    CliRunner().invoke(group, ["extract", str(articles), "-o", str(tmp_path / "out")])
    for given in (tmp_path / "out", str(tmp_path / "out"), tmp_path / "out" / "claims.csv"):
        assert list(cryomine.compare(given).contradictions["kind"]) == ["denied"]
    with pytest.raises(CryomineError, match="cannot be read"):
        cryomine.compare(tmp_path / "gone")


def test_compare_says_what_it_takes() -> None:
    with pytest.raises(TypeError, match="compare: a claims table or the output folder of a run, not list"):
        cryomine.compare([])  # type: ignore[arg-type]


def test_claims_of_a_pack_folder_are_compared_wherever_it_is(tmp_path: Path, folder_of: FolderOf) -> None:
    articles = folder_of({"a.txt": "Moor light relieves eczema.", "b.txt": "Moor light does not help with eczema."})
    claims = cryomine.extract(articles, pack=moor_light(tmp_path / "mine"))
    assert list(cryomine.compare(claims).contradictions["kind"]) == ["denied"]


def test_a_pack_that_has_changed_is_read_again(tmp_path: Path) -> None:
    folder = moor_light(tmp_path / "mine", "moor light")
    assert len(cryomine.extract_text("Bog light relieves eczema.", pack=folder)) == 0
    (folder / "interventions.csv").unlink()
    (folder / "pack.toml").unlink()
    moor_light(folder, "moor light|bog light")
    assert len(cryomine.extract_text("Bog light relieves eczema.", pack=folder)) == 1


def test_load_gives_a_pipeline() -> None:
    nlp = cryomine.load("cryotherapy")
    assert nlp.lang == "en"
    assert len(nlp("Ice packs relieve swelling.")) == 5


def test_an_unknown_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'extrct'"):
        _ = cryomine.extrct  # type: ignore[attr-defined]


def test_claims_by_body_system_with_nothing_but_the_folder(folder_of: FolderOf, tmp_path: Path) -> None:
    from cryomine.batch import Options, run
    from cryomine.packs import load_pack

    articles = folder_of({"a.txt": "Ice packs relieve back pain.", "b.txt": "Ice packs may cause frostbite."})
    run([articles], load_pack(), Options(tmp_path / "out"))
    claims = cryomine.read_claims(tmp_path / "out" / "claims.csv")
    concepts = pd.read_csv(tmp_path / "out" / "concepts.csv")
    assert list(claims.merge(concepts, on="concept_id")["name"]) == list(claims["concept"])
    by_system = cryomine.rollup(claims, concepts=concepts)
    assert set(by_system["relation"]) == {"treats", "side-effect"}
    assert (by_system["class_id"] != "").all()
    pd.testing.assert_frame_equal(by_system, cryomine.rollup(claims))
