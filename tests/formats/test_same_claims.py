"""One article in every format gives the same claims in all of them, and none of the furniture around it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cryomine.document import Document
from cryomine.ingest import read_bytes
from formats import render

CORPUS = Path(__file__).parents[2] / "corpus"
# In the default suite; the long one takes all articles.
FEW = [
    *("web/02-wbc-contraindication-bullets", "web/03-cryo-chamber-who-not", "web/08-cold-plunge-hype"),
    *("web/10-modality-notes", "web/13-wbc-safety-review", "web/14-ice-bath-product", "web/16-clinic-listing"),
    *("round-5/01-chamber-contraindications", "round-5/02-studio-faq", "round-5/03-knee-wrap-product"),
    *("round-5/04-lounge-menu", "round-5/06-three-winters", "round-5/08-using-ice-leaflet"),
    "round-5/09-cryoneurolysis-article",
    *("round-1/04-quarry-lake-news", "round-3/04-ice-chamber-divides-council", "round-4/12-cold-on-the-ward-tables"),
]
ALL = sorted(path.relative_to(CORPUS).as_posix().removesuffix(".txt") for path in CORPUS.glob("*/*.txt"))


@pytest.fixture(scope="module")
def extractor() -> Any:
    from cryomine.extraction import Extractor
    from cryomine.packs import load_pack

    return Extractor(load_pack("cryotherapy"))


def claims(extractor: Any, document: Document) -> set[tuple[str, str, str]]:
    """Relation, polarity and concept; where there is no concept, the condition's words."""
    return {
        (c.relation, c.polarity, c.concept_id or " ".join(document.text[c.start : c.end].casefold().split()))
        for c in extractor.claims(document)
    }


def differences(extractor: Any, article: str, formats: dict[str, Any]) -> dict[str, object]:
    """For each format that does not give the claims of the plain text: what is missing, what is too many."""
    document = read_bytes((CORPUS / f"{article}.txt").read_bytes(), "article.txt")
    expected = claims(extractor, document)
    found = {name: claims(extractor, read_bytes(make(document), name)) for name, make in formats.items()}
    return {name: (expected - these, these - expected) for name, these in found.items() if these != expected}


@pytest.mark.parametrize("article", FEW)
def test_same_claims(extractor: Any, article: str) -> None:
    assert not differences(extractor, article, render.FORMATS)


def two_columns(document: Document) -> bytes:
    return render.pdf(document, columns=2, alignment=4)


@pytest.mark.long
@pytest.mark.parametrize("article", ALL)
def test_same_claims_of_all_articles(extractor: Any, article: str) -> None:
    assert not differences(extractor, article, render.FORMATS | {"columns.pdf": two_columns})


def test_a_copy_with_other_furniture_is_the_same_text() -> None:
    """So it is read once, whoever shows it."""
    document = read_bytes((CORPUS / "web/03-cryo-chamber-who-not.txt").read_bytes(), "a.txt")
    page = render.furnished(document)
    copy = page
    for words, others in (
        (b"The Cold House", b"Portal of the North"),
        (b"Cryotherapy may cause malaria.", b"All rights reserved. Find us in the old mill by the river."),
        (b"Ice packs relieve scurvy, readers say.", b"Ten recipes with cabbage."),
        (b"Cryotherapy treats vertigo", b"What the weather brings"),
    ):
        assert words in copy
        copy = copy.replace(words, others)
    assert read_bytes(copy, "b.html").text == read_bytes(page, "a.html").text


def test_the_furniture_makes_claims_where_it_is_read(extractor: Any) -> None:
    """Or the test above would show nothing."""
    document = read_bytes(b"Cold\n\nNothing here.", "a.txt")
    page = render.furnished(document).decode()
    words = " ".join(page.replace("<", " <").split())
    for sign in (
        "Ice packs relieve scurvy",
        "Do not use cryotherapy if you have lupus",
        "Cryotherapy may cause malaria",
    ):
        assert sign in words
        assert claims(extractor, read_bytes(f"{sign}.".encode(), "a.txt"))
