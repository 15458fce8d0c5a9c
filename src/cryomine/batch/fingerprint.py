"""What a stored record depends on beside its input: the pack, this package's files, the libraries, the options.

If any of it changes, every document is read again.
"""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path
from typing import TYPE_CHECKING

from cryomine import __version__

if TYPE_CHECKING:
    from cryomine.packs.schema import Pack, Packs

_LIBRARIES = ("spacy", "rapidfuzz", "trafilatura", "markdown-it-py", "pypdfium2", "python-docx", "py3langid")


def fingerprint(pack: Pack | Packs, *options: str) -> str:
    """A digest of all that a record depends on. Same fingerprint, same bytes of a source: same record."""
    parts = [__version__, platform.python_version(), pack.ref, pack.digest, *options]
    parts += [f"{name} {installed(name)}" for name in _LIBRARIES]
    parts += sorted(
        f"{point.value} {point.dist.version if point.dist else ''}" for point in entry_points(group="cryomine.readers")
    )
    return hashlib.sha256("\n".join([*parts, *_own_files()]).encode()).hexdigest()


def _own_files() -> list[str]:
    """This package's files with size and time: in a checkout the code changes and the version does not."""
    folder = Path(__file__).parents[1]
    found = []
    for path in folder.rglob("*"):
        if path.suffix in {".py", ".txt", ".tsv", ".csv", ".yaml", ".toml"}:
            stat = path.stat()
            found.append(f"{path.relative_to(folder).as_posix()} {stat.st_size} {stat.st_mtime_ns}")
    return sorted(found)


def installed(package: str) -> str:
    """The version of a package that is installed, empty where it is not."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
