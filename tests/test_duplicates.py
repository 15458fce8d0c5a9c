"""Which documents are the same article, whatever they are called."""

from __future__ import annotations

import hashlib
import random

import pytest

from cryomine.duplicates import NEAR, SAME_FILE, SAME_TEXT, SIMILAR, find_duplicates, similarity, sketch

WORDS = [f"{a}{b}" for a in "bdfgklmnprst" for b in ("ado", "emu", "iro", "ola", "ute", "anki", "osti", "ebra")]


def words(seed: int, count: int) -> str:
    """So many words in an order that no other seed has."""
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) for _ in range(count))


def found(*documents: tuple[str, str], files: dict[str, str] | None = None) -> list[tuple[str, str, str]]:
    """Copy, original and kind among documents given by name and text; ``files`` has bytes that are not the text."""
    entries = [
        (name, digest((files or {}).get(name, text)), digest(text), sketch(text)) for name, text in sorted(documents)
    ]
    return [(d.source, d.duplicate_of, d.kind) for d in find_duplicates(entries)]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


ARTICLE, OTHER = words(1, 400), words(2, 400)


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ([("a", ARTICLE), ("b", OTHER)], []),
        ([("a", ARTICLE), ("b", ARTICLE)], [("b", "a", SAME_FILE)]),
        ([("b", ARTICLE), ("c", OTHER), ("a", ARTICLE)], [("b", "a", SAME_FILE)]),
        ([("a", "Ice."), ("b", "Ice.")], [("b", "a", SAME_FILE)]),  # however short
        ([("a", "Ice eases."), ("b", "Ice eases!")], []),  # too short to be nearly the same
        ([("a", f"{ARTICLE} {words(3, 60)}"), ("b", f"{ARTICLE} {words(4, 60)}")], [("b", "a", NEAR)]),
        ([("a", f"{words(3, 30)} {ARTICLE}"), ("b", f"{words(4, 9)}. {ARTICLE}")], [("b", "a", NEAR)]),
        ([("a", ARTICLE), ("b", ARTICLE.upper().replace(" ", "\n"))], [("b", "a", NEAR)]),
        ([("a", f"{words(9, 200)} {ARTICLE[:700]}"), ("b", f"{ARTICLE[:700]} {words(8, 300)}")], []),
        ([("a", ARTICLE), ("b", OTHER), ("c", OTHER), ("d", ARTICLE)], [("c", "b", SAME_FILE), ("d", "a", SAME_FILE)]),
    ],
)
def test_copies_are_found(documents: list[tuple[str, str]], expected: list[tuple[str, str, str]]) -> None:
    assert found(*documents) == expected


def test_the_same_text_in_another_file() -> None:
    assert found(("a.html", ARTICLE), ("a.md", ARTICLE), files={"a.html": "<p>"}) == [("a.md", "a.html", SAME_TEXT)]


def test_a_copy_of_a_copy_counts_as_one_of_the_original() -> None:
    """Texts that change a little at a time, and the same text as one of them under another name."""
    chain = [(f"{number}", f"{words(5, 300)[number * 150 :]} {words(6, 40 * number)}") for number in range(5)]
    copies = found(*chain, ("9", chain[1][1]))
    assert [copy for copy, _, _ in copies] == ["1", "2", "3", "4", "9"]
    assert {original for _, original, _ in copies} == {"0"}


def test_the_order_in_which_copies_are_found_is_that_of_the_table() -> None:
    names = [f"{number:02}" for number in range(40)]
    copies = found(*[(name, f"{ARTICLE} {words(int(name) % 7, 30)}") for name in names])
    assert [copy for copy, _, _ in copies] == names[1:]


@pytest.mark.parametrize("footer", [10, 50, 100, 200])
def test_the_similarity_is_that_of_the_shingles(footer: int) -> None:
    estimates = [
        similarity(sketch(f"{body} {words(seed + 100, footer)}"), sketch(f"{body} {words(seed + 200, footer)}"))
        for seed in range(30)
        if (body := words(seed, 400))
    ]
    true = 396 / (396 + 2 * footer)
    assert abs(sum(estimates) / len(estimates) - true) < 0.03
    assert max(abs(estimate - true) for estimate in estimates) < 0.2


def test_a_sketch_is_the_same_everywhere() -> None:
    """Pinned: a sketch that is kept and one that is made today must agree, on whatever machine."""
    assert hashlib.sha256(sketch(ARTICLE)).hexdigest()[:16] == "80bfb86d77db7659"
    assert len(sketch(ARTICLE)) == 256


@pytest.mark.parametrize("text", ["", " ", "Ice.", "—", "\ud800 " * 100, "Ä" * 10_000, "a " * 10_000, "冷" * 5_000])
def test_odd_texts_have_a_sketch_too(text: str) -> None:
    assert len(sketch(text)) in {0, 256}
    assert similarity(sketch(text), sketch(ARTICLE)) < SIMILAR


def test_many_copies_of_one_text_are_found_quickly() -> None:
    drawn = sketch(ARTICLE)
    entries = [(f"{number:05}", str(number), str(number), drawn) for number in range(5_000)]
    copies = find_duplicates(entries)
    assert len(copies) == 4_999
    assert {copy.duplicate_of for copy in copies} == {"00000"}
    assert {copy.similarity for copy in copies} == {1.0}
