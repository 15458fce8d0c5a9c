"""The Python API, as a notebook uses it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import cryomine
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


def test_load_gives_a_pipeline() -> None:
    nlp = cryomine.load("cryotherapy")
    assert nlp.lang == "en"
    assert len(nlp("Ice packs relieve swelling.")) == 5


def test_an_unknown_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'extrct'"):
        _ = cryomine.extrct  # type: ignore[attr-defined]
