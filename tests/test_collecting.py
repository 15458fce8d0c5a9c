"""The collector is as it was after a run, and never looks at what was made to last."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cryomine.batch import Options, run
from cryomine.collecting import OBJECTS, lasting, seldom


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    threshold, enabled = gc.get_threshold(), gc.isenabled()
    yield
    gc.set_threshold(*threshold)
    (gc.enable if enabled else gc.disable)()
    gc.unfreeze()


def test_seldom_is_for_its_block_alone() -> None:
    gc.unfreeze()
    before = gc.get_threshold()
    seen: list[tuple[int, bool]] = []

    def fails() -> None:
        with seldom():
            seen.append((gc.get_threshold()[0], gc.get_freeze_count() > 0))
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert seen == [(OBJECTS, True)]
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_waits_for_what_lasts(enabled: bool) -> None:
    gc.unfreeze()
    (gc.enable if enabled else gc.disable)()
    with lasting():
        assert not gc.isenabled()
    assert gc.isenabled() is enabled
    assert gc.get_freeze_count() == 0


def test_what_lasts_is_not_looked_at_in_a_run() -> None:
    with seldom():
        with lasting():
            kept: list[list[int]] = [[] for _ in range(1000)]
        assert not any(thing is kept for thing in gc.get_objects())
    assert any(thing is kept for thing in gc.get_objects())


@pytest.mark.parametrize("others", [0, 1], ids=["nobody else", "somebody else froze objects before"])
def test_after_a_run_all_is_as_before(
    others: int, folder_of: Callable[..., Path], stub_pack: Any, stub_extractor: Any, tmp_path: Path
) -> None:
    gc.unfreeze()
    if others:
        gc.freeze()
    before = gc.get_threshold(), gc.isenabled(), bool(gc.get_freeze_count())
    run([folder_of({"a.txt": "Ice relieves pain."})], stub_pack, Options(tmp_path / "out"), stub_extractor)
    assert (gc.get_threshold(), gc.isenabled(), bool(gc.get_freeze_count())) == before


def test_circles_are_still_found() -> None:
    class Node:
        other: Any = None

    with seldom():
        for _ in range(2 * OBJECTS):
            node = Node()
            node.other = node
        assert sum(isinstance(thing, Node) for thing in gc.get_objects()) < 1.5 * OBJECTS
