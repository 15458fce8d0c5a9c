"""Several packs in one run: each therapy gets its own claims and never the other's; and nothing in src/ knows one."""

from __future__ import annotations

from pathlib import Path

import pytest

from cryomine import ingest
from cryomine.document import Document
from cryomine.evaluate import evaluate
from cryomine.extraction import Extractor, Several, extractor_for
from cryomine.ingest import plain
from cryomine.packs import load_pack, load_packs
from cryomine.rows import rows_of
from cryomine.table import read_rows

ROOT = Path(__file__).parents[2]
CUPPING = Path(__file__).parent / "cupping"
CUPPED = Path(__file__).parent / "cupping_articles"
HYPERBARIC = ROOT / "corpus" / "hyperbaric"


@pytest.fixture(scope="module")
def several() -> Several:
    extractor = extractor_for(load_packs(["cryotherapy", "hyperbaric-oxygen", CUPPING]))
    assert isinstance(extractor, Several)
    return extractor


def read(folder: Path) -> list[Document]:
    return [ingest.read(item) for item in ingest.discover([folder], []) if item.name != "gold.csv"]


def claimed(several: Several, text: str) -> list[tuple[str, str, str]]:
    return [
        (claim.pack.partition("@")[0], claim.relation, text[claim.start : claim.end])
        for claim in several.claims(plain.document(text))
    ]


def test_each_gets_its_own(several: Several) -> None:
    text = (
        "Cupping, cold and oxygen compared\n\nIce packs relieve swelling. Cupping relieves stiffness. "
        "Hyperbaric oxygen heals burns. Massage relieves cramps.\n"
    )
    assert claimed(several, text) == [
        ("cryotherapy", "treats", "swelling"),
        ("cupping", "treats", "stiffness"),
        ("hyperbaric-oxygen", "treats", "burns"),
    ]


def test_what_both_do_is_a_row_of_each(several: Several) -> None:
    found = claimed(several, "Ice packs and cupping\n\nIce packs and cupping relieve back pain.\n")
    assert found == [("cryotherapy", "treats", "back pain"), ("cupping", "treats", "back pain")]


@pytest.mark.parametrize(
    "text", ["Gout\n\nMassage relieves gout.\n", "", "The cup final\n\nThe cups relieve nobody.\n"]
)
def test_nothing_of_theirs_is_nothing(several: Several, text: str) -> None:
    assert claimed(several, text) == []


def test_alone_or_beside_others_a_pack_says_the_same(several: Several) -> None:
    documents = [*read(HYPERBARIC), *read(CUPPED)]
    for name, pack in (("cryotherapy", "cryotherapy"), ("hyperbaric-oxygen", "hyperbaric-oxygen")):
        alone = Extractor(load_pack(pack, beside=[CUPPING]))
        for document in documents:
            mine = [(c.start, c.end, c.relation, c.rule) for c in several.claims(document) if c.pack.startswith(name)]
            assert mine == [(c.start, c.end, c.relation, c.rule) for c in alone.claims(document)], document.source.name


def score(extractor: Extractor | Several, folder: Path) -> float:
    rows = [row for document in read(folder) for row in rows_of(document, extractor.claims(document), "x@1")]
    return evaluate(rows, read_rows(folder / "gold.csv")).overall.f1


def test_the_packs_on_their_articles(several: Several) -> None:
    """Floors, a little under what was measured (0.91, 0.87): other rooms are tuned on other articles."""
    assert score(Extractor(load_pack("hyperbaric-oxygen")), HYPERBARIC) >= 0.86
    assert score(several, CUPPED) >= 0.75


def test_the_hyperbaric_pack_is_small() -> None:
    folder = ROOT / "src" / "cryomine" / "packs" / "hyperbaric-oxygen"
    lines = [
        line
        for path in folder.iterdir()
        if path.name != "concepts.csv"
        for line in path.read_text("utf-8").splitlines()
    ]
    assert len(lines) < 150
