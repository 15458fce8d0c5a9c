"""``extract_frame``: a DataFrame of articles in, a DataFrame of claims out, part by part or all at once."""

from __future__ import annotations

import pandas as pd
import pytest

import cryomine
from cryomine.errors import CryomineError
from cryomine.table import NAMES

ARTICLES = pd.DataFrame(
    {
        "source": ["b", "a", "c", "d"],
        "text": [
            "Ice packs relieve the swelling of an ankle.",
            "Ice packs may cause frostbite of the toes.",
            None,
            "Die Kälte lindert Schmerzen in den Gelenken, und nach der Behandlung fühlen sich viele Menschen besser.",
        ],
    }
)


def test_a_row_an_article() -> None:
    claims = cryomine.extract_frame(ARTICLES)
    assert list(claims["source"]) == ["a", "b"]
    texts = dict(zip(ARTICLES["source"], ARTICLES["text"], strict=True))
    assert all(texts[row.source][row.start : row.end] == row.condition for row in claims.itertuples())


def test_every_part_has_the_same_columns_and_types() -> None:
    whole = cryomine.extract_frame(ARTICLES)
    nothing = cryomine.extract_frame(ARTICLES.iloc[2:])
    assert tuple(nothing.columns) == NAMES
    assert len(nothing) == 0
    assert list(nothing.dtypes) == list(whole.dtypes)
    parts = pd.concat([cryomine.extract_frame(ARTICLES.iloc[1:]), cryomine.extract_frame(ARTICLES.iloc[:1])])
    pd.testing.assert_frame_equal(parts.reset_index(drop=True), whole)


def test_columns_by_another_name() -> None:
    renamed = ARTICLES.rename(columns={"source": "url", "text": "body"}).assign(heading="Cold")
    claims = cryomine.extract_frame(renamed, text="body", source="url", title="heading")
    assert list(claims["source"]) == ["a", "b"]
    assert set(claims["title"]) == {"Cold"}
    with pytest.raises(CryomineError, match="no column 'text'; say which one it is, as text= or source="):
        cryomine.extract_frame(renamed)
