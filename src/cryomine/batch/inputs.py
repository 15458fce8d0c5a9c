"""Which inputs a run has: files, folders, globs, standard input, and pages that are fetched and kept first.

Knows nothing of what is in them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cryomine.batch.work import Failure
from cryomine.errors import CryomineError

if TYPE_CHECKING:
    from cryomine.ingest import Input

SOURCES = "sources"  # in the output folder: pages as they came, so that a run can be repeated offline


def inputs_of(
    paths: Sequence[str | Path],
    output: Path,
    *,
    refetch: bool = False,
    offline: bool = False,
    fetched: Callable[[int, int], None] = lambda _done, _total: None,
) -> tuple[list[Input], list[Failure]]:
    """The inputs of ``paths``, each once, in the table's order; and a failure for each path that has none.

    What an earlier run wrote into ``output`` is none, aside from the pages that it kept: those are looked up there
    before an address is asked, unless ``refetch``; with ``offline`` none is asked. ``fetched`` is told how many
    addresses are done, of how many.
    """
    from cryomine.fetch import fetch_pages, is_address, is_stored
    from cryomine.ingest import Input
    from cryomine.ingest.registry import is_article

    addresses = [str(path) for path in paths if is_address(path) or is_stored(path)]
    inputs, failures = discover([path for path in paths if str(path) not in addresses])
    inputs = _outside(inputs, output)
    if addresses:
        found = fetch_pages(
            addresses, output / SOURCES, refetch=refetch, offline=offline, progress=fetched, accepts=is_article
        )
        inputs += [Input(page.address, page.path, page.media_type, page.charset) for page in found.pages]
        failures += [Failure.of(error, _address(error, addresses)) for error in found.errors]
    return sorted(inputs, key=lambda item: item.name), failures


def discover(paths: Sequence[str | Path]) -> tuple[list[Input], list[Failure]]:
    """The files under ``paths``, each once, in the table's order; and a failure for each path that has none."""
    from cryomine import ingest

    errors: list[CryomineError] = []
    inputs = ingest.discover(paths, errors)
    return inputs, [Failure.of(error) for error in errors]


def _address(error: CryomineError, addresses: Sequence[str]) -> str:
    """The address that an error is about: it has a colon itself."""
    return max((address for address in addresses if str(error).startswith(f"{address}: ")), key=len, default="")


def _outside(inputs: Sequence[Input], folder: Path) -> list[Input]:
    """The inputs that are no outputs of an earlier run: ``extract . -o out`` must not read the texts kept in out."""
    real = folder.resolve()

    @lru_cache(maxsize=1024)
    def within(parent: Path) -> bool:
        return real in (parent.resolve(), *parent.resolve().parents)

    return [item for item in inputs if item.path is None or not within(Path(item.path).parent)]
