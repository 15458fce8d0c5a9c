"""Files in object stores and wherever else fsspec reaches (s3://, gs://, memory://): copied as pages are fetched.

fsspec is an extra, and so is what it needs for a kind of address; both are imported when such an address is given.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from glob import has_magic
from pathlib import PurePath
from typing import Any

from cryomine.content_type import content_type
from cryomine.errors import ReadError
from cryomine.fetch.address import is_address
from cryomine.fetch.answer import Refused, plain, too_large
from cryomine.fetch.snapshot import Answer, Entry, now

MAX_BYTES = 128 * 1024 * 1024  # of a file, which is held in memory: as much as a PDF may have
_STORED = re.compile(r"[a-z][a-z\d+.-]+://", re.IGNORECASE)
_SECRET = re.compile(r"://[^/@]*:[^/@]*@")


def is_stored(given: object) -> bool:
    """Whether something given as input is an address of a file outside of the web, rather than a path."""
    return not isinstance(given, PurePath) and _STORED.match(str(given)) is not None and not is_address(given)


def files_at(given: str, kept: Iterable[str], accepts: Callable[[str], bool], *, offline: bool) -> list[str]:
    """The addresses of the files that an address or a pattern stands for, sorted.

    A pattern gives those that ``accepts`` takes, unless it names an ending; ``offline`` those among the ``kept`` ones.
    Raises ``ReadError`` where there are none.
    """
    if _SECRET.search(given):
        raise ReadError(f"{_SECRET.sub('://', given)}: is given with a password; set up access without it")
    if not has_magic(given):
        return [given]
    if offline:
        found = [address for address in kept if fnmatchcase(_one_slash(address), _one_slash(given))]
    else:
        try:
            system, pattern = _system(given)
            found = [system.unstrip_protocol(name) for name in system.glob(pattern)]
        except Refused as refused:
            raise ReadError(f"{given}: {refused}") from refused
        except Exception as error:  # every kind of store has errors of its own
            raise ReadError(f"{given}: {_unreadable(error)}") from error
    suffix = PurePath(given).suffix
    found = [address for address in found if (suffix and not has_magic(suffix)) or accepts(address)]
    if not found:
        raise ReadError(f"{given}: matches no article; check the pattern")
    return sorted(found)


def _one_slash(address: str) -> str:
    """memory:///b and memory://b are one."""
    return re.sub(r"(?<=://)/+", "", address)


def copies(addresses: Iterable[str]) -> Iterator[Answer]:
    """One answer for each address, in order; a file that cannot be had is an answer with an error, never raised."""
    for address in addresses:
        try:
            yield _copy(address)
        except Refused as refused:
            yield Answer(Entry(address, "", now(), error=str(refused)))
        except FileNotFoundError:
            yield Answer(Entry(address, "", now(), error="is not there; check the address"))
        except Exception as error:
            yield Answer(Entry(address, "", now(), error=_unreadable(error)))


def _copy(address: str) -> Answer:
    system, path = _system(address)
    about = system.info(path)
    if about.get("type") == "directory":
        raise Refused("is a folder; give a pattern that names its files, as in /*.html")
    if (about.get("size") or 0) > MAX_BYTES:
        raise Refused(too_large(MAX_BYTES))
    with system.open(path, "rb") as file:
        data: bytes = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Refused(too_large(MAX_BYTES))
    media_type, charset = content_type(str(about.get("ContentType") or about.get("contentType") or ""))
    sha256 = hashlib.sha256(data).hexdigest()
    return Answer(Entry(address, address, now(), "", media_type, charset, len(data), sha256), data)


def _system(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path on it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise Refused("needs fsspec to be read; pip install 'cryomine[scale]'") from error
    try:
        system, path = url_to_fs(address)
    except ImportError as error:
        raise Refused(f"needs one more package ({plain(error)}); install it, or copy the file") from error
    except ValueError as error:
        raise Refused(f"is of no kind that fsspec knows ({plain(error)}); check the spelling") from error
    return system, path


def _unreadable(error: Exception) -> str:
    return f"cannot be read ({plain(error)}); check the address, and that you may read it"
