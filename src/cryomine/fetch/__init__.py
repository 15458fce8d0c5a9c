"""From addresses to files: pages fetched politely and kept as they came, so that a run can be repeated offline.

Knows nothing of documents; what it gives is a file for the readers. httpx is imported when the first page is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryomine.errors import ReadError
from cryomine.fetch.address import checked, is_address
from cryomine.fetch.limits import Limits
from cryomine.fetch.snapshot import Answer, Entry, Snapshot
from cryomine.fetch.stores import copies, files_at, is_stored

__all__ = ["Fetched", "Limits", "Page", "fetch_pages", "is_address", "is_stored"]


@dataclass(frozen=True, slots=True)
class Page:
    """One page that is kept: ``address`` as it was given (without fragment), the file, what the server took it for.

    ``charset`` is as the server states it, empty where it does not.
    """

    address: str
    path: Path
    media_type: str
    charset: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of some addresses: pages by address, each once, and an error for each that gave none."""

    pages: tuple[Page, ...]
    errors: tuple[ReadError, ...]


def fetch_pages(
    addresses: Sequence[str],
    folder: Path,
    *,
    refetch: bool = False,
    offline: bool = False,
    limits: Limits | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    accepts: Callable[[str], bool] = lambda _address: True,
) -> Fetched:
    """The pages at ``addresses``, kept in ``folder``; what is kept there already is not asked for again.

    An address is one on the web, or of a file that fsspec reaches; of the latter, a pattern stands for the files that
    it matches and ``accepts`` takes. ``refetch`` asks for all of them again; a page that can no longer be had is then
    an error, not an old page.
    ``offline`` asks for nothing: an address that is not in the folder is an error, as it was when it was last tried.
    ``progress`` is told how many addresses are done, of how many.
    """
    snapshot = Snapshot(folder)
    pages: list[Page] = []
    errors: list[ReadError] = []
    wanted: list[str] = []
    known: set[str] = set()
    for given in dict.fromkeys(addresses):
        try:
            found = _addresses(given, snapshot, accepts, offline=offline)
        except ReadError as error:
            errors.append(error)
            continue
        wanted += [address for address in found if address not in known]
        known.update(found)
    missing = [address for address in wanted if refetch or snapshot.kept(address) is None]
    if missing and not offline:
        with snapshot:
            done = len(wanted) - len(missing)
            for answer in _answers(missing, limits or Limits()):
                snapshot.put(answer)
                done += 1
                progress(done, len(wanted))
    for address in sorted(wanted):
        entry = snapshot.kept(address)
        if entry is not None:
            pages.append(Page(address, snapshot.path_of(entry), entry.media_type, entry.charset))
        else:
            errors.append(_error(address, snapshot.entries.get(address)))
    return Fetched(tuple(pages), tuple(errors))


def _addresses(given: str, snapshot: Snapshot, accepts: Callable[[str], bool], *, offline: bool) -> list[str]:
    if not is_stored(given):
        return [checked(given)]
    kept = (address for address, entry in snapshot.entries.items() if entry.sha256)
    return files_at(given, kept, accepts, offline=offline)


def _answers(addresses: Sequence[str], limits: Limits) -> Iterator[Answer]:
    web = [address for address in addresses if is_address(address)]
    if web:
        from cryomine.fetch.client import get_all

        yield from get_all(web, limits)
    yield from copies(address for address in addresses if not is_address(address))


def _error(address: str, entry: Entry | None) -> ReadError:
    """Why there is no page: as it was recorded, or because it was never fetched."""
    if entry is not None and entry.error:
        return ReadError(f"{address}: {entry.error}")
    return ReadError(f"{address}: is not among the pages kept, and this run is offline; run once without --offline")
