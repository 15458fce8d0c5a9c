"""What the items of a list say of the whole list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cryomine.extraction.lists import Lists
from cryomine.extraction.state import State
from cryomine.ingest import plain


@pytest.fixture(scope="module")
def lists_of(state_of: Callable[..., State]) -> Callable[[str], tuple[State, Lists]]:
    """A function from an article to the lists of it, and the state in which they are looked at."""

    def make(text: str) -> tuple[State, Lists]:
        state, blocks = state_of(text), plain.document(text).blocks
        return state, Lists(state, blocks, [state.view.tokens(b.start, b.end) for b in blocks])

    return make


LISTS = "Cold\n\nWe saw these.\n\n- one\n- two\n\nOther\n\n- three\n\nThe end of it all came soon."


@pytest.mark.parametrize(
    ("index", "block", "continues", "encloses"),
    [
        (0, "Cold", False, False),
        (1, "We saw these.", False, False),
        (2, "one", False, False),
        (3, "two", True, False),
        (4, "Other", True, True),
        (5, "three", False, False),
        (6, "The end of it all came soon.", True, False),
    ],
)
def test_where_a_block_stands(
    index: int,
    block: str,
    continues: bool,
    encloses: bool,
    lists_of: Callable[[str], tuple[State, Lists]],
) -> None:
    _, lists = lists_of(LISTS)
    place = plain.document(LISTS).blocks[index]
    assert LISTS[place.start : place.end] == block
    assert (lists.continues(index), lists.encloses(index)) == (continues, encloses)


@pytest.mark.parametrize(
    ("items", "owner"),
    [
        ("- cryosurgery\n- laser", ("cryosurgery", True)),
        ("- laser\n- cryosurgery\n- ice packs", ("cryosurgery", True)),  # the first of ours
        ("- laser\n- surgery", ("the therapies of the list", False)),
        ("- laser\n- gout", ("the therapies of the list", False)),  # half of the items
        ("- laser\n- gout\n- asthma", None),
        ("- the first thing that we do is the laser\n- gout", None),  # not what the item begins with
        ("- gout\n  - laser\n  - surgery", ("the therapies of the list", False)),  # the nested ones count
        ("Nothing here is listed.", None),
    ],
)
def test_a_list_of_therapies_has_an_owner(
    items: str, owner: tuple[str, bool] | None, lists_of: Callable[[str], tuple[State, Lists]]
) -> None:
    _, lists = lists_of(f"Cold\n\nWe saw these.\n\n{items}")
    found = lists.of_therapies(1)
    assert (found and (found.key, found.ours)) == owner


def test_the_nested_list_of_an_item_ends_with_it(lists_of: Callable[[str], tuple[State, Lists]]) -> None:
    _, lists = lists_of("Cold\n\nWe saw these.\n\n- warts:\n  - laser\n- cryosurgery")
    nested, whole = lists.of_therapies(2), lists.of_therapies(1)
    assert nested is not None
    assert whole is not None
    assert (nested.ours, whole.ours) == (False, True)


@pytest.mark.parametrize(
    ("items", "rule"),
    [
        ("- pregnancy\n- epilepsy\n- angina", "list.contraindications"),
        ("- warts\n- keloids", "list.treats"),
        ("- redness\n- blisters", "list.side-effects"),
        ("- pregnancy\n- epilepsy\n- towels\n- prams", "list.contraindications"),  # half of the items
        ("- pregnancy\n- epilepsy\n- towels\n- prams\n- dinner", None),
        ("- pregnancy\n- towels", None),  # one is too few
        ("- relieves pregnancy\n- relieves epilepsy", None),  # says itself what it is about
    ],
)
def test_the_items_tell_what_a_list_is(
    items: str, rule: str | None, lists_of: Callable[[str], tuple[State, Lists]]
) -> None:
    state, lists = lists_of(f"Cold\n\nOne line of eight words above these items.\n\n{items}")
    frame = lists.told(2)
    assert (frame and frame.rule) == rule
    if frame is not None:
        assert state.view.words(*frame.cue) == "eight words above these items."
