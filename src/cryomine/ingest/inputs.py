"""Which files to read: paths, folders, globs and standard input become a sorted list of inputs with stable names."""

from __future__ import annotations

import glob
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from cryomine.errors import CryomineError

_ABOUT = "readme"  # what a file beside articles is called that is about them, without its ending
STDIN = "stdin"  # the name of standard input


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read. ``name`` is what the table calls it; ``path`` is ``None`` for standard input.

    ``media_type`` and ``charset`` are what the server said of a page that was fetched, empty for a file.
    """

    name: str
    path: Path | None
    media_type: str = ""
    charset: str = ""

    @property
    def stated(self) -> str:
        """All that was said of it, on which the choice of its reader depends beside its bytes and its name."""
        return f"{self.media_type};{self.charset}".strip(";")


def discover(paths: Sequence[str | Path], errors: list[CryomineError] | None = None) -> list[Input]:
    """The inputs that ``paths`` stand for, each file once, sorted by name.

    A folder gives, at any depth, its files with an extension that a reader handles, tables aside: what lies beside
    articles as CSV is seldom one. Hidden files are left out, and what is called README, whatever its ending: it tells
    about the articles. A glob gives the files that it matches, and is held to the
    same extensions unless it names one. A file given directly is
    always taken, ``-`` is standard input. A name is the path relative to the folder that was given; where two files
    would share one, those names are extended by as many parent folders as tell them apart. A missing path and a folder
    without articles raise ``CryomineError``, or are appended to ``errors`` where that is given.
    """
    found: dict[str, tuple[str, Path]] = {}  # real path -> name, path as given
    standard_input = False
    for given in paths:
        if str(given) == "-":
            standard_input = True
            continue
        try:
            for name, path in _expand(str(given)):
                found.setdefault(os.path.realpath(path), (name, path))
        except CryomineError as error:
            if errors is None:
                raise
            errors.append(error)
    inputs = [Input(_printable(name), path) for name, path in _told_apart(found.values())]
    if standard_input:
        inputs.append(Input(STDIN, None))
    return sorted(inputs, key=lambda item: (item.name, str(item.path)))


def _expand(given: str) -> Iterator[tuple[str, Path]]:
    """Name and path of each file that one path stands for."""
    path = Path(given)
    if path.is_dir():
        files = list(_files(path))
        if not files:
            raise CryomineError(f"{given}: no articles in this folder; give one with {' '.join(_extensions())} files")
        for file in files:
            yield file.relative_to(path).as_posix(), file
    elif os.path.lexists(path):
        yield path.name, path
    elif glob.has_magic(given):
        yield from _matches(given)
    else:
        raise CryomineError(f"{given}: no such file or folder; check the spelling")


def _matches(pattern: str) -> Iterator[tuple[str, Path]]:
    """Name and path of each file that a glob stands for; names are relative to the last folder without a wildcard."""
    parts = PurePath(pattern).parts
    fixed = next((i for i, part in enumerate(parts) if glob.has_magic(part)), len(parts))
    root = Path(*parts[:fixed])
    named = PurePath(pattern).suffix and not glob.has_magic(PurePath(pattern).suffix)
    files: dict[Path, None] = {}
    for match in sorted(glob.glob(pattern, recursive=True)):
        path = Path(match)
        if path.is_dir():
            files.update(dict.fromkeys(() if "**" in parts else _files(path)))
        elif _is_about(path.name) and not _is_about(PurePath(pattern).name):
            continue
        elif named or path.name.lower().endswith(_extensions()):
            files[path] = None
    if not files:
        raise CryomineError(f"{pattern}: matches no article; check the pattern")
    for file in files:
        yield file.relative_to(root).as_posix(), file


def _files(folder: Path) -> Iterator[Path]:
    """The articles below a folder, sorted by relative path; linked folders are followed, each real folder once."""
    extensions = _extensions()
    seen: set[str] = set()
    found: list[Path] = []
    for place, folders, names in os.walk(folder, followlinks=True, onerror=_unreadable):
        real = os.path.realpath(place)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if name.startswith(".") or _is_about(name):
                continue
            # A pipe or a socket would be waited for without end.
            if name.lower().endswith(extensions) and not _is_special(Path(place, name)):
                found.append(Path(place, name))
    yield from sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def _is_about(name: str) -> bool:
    """Whether a file of this name is about the articles beside it."""
    return PurePath(name).stem.lower() == _ABOUT


def _is_special(path: Path) -> bool:
    """Whether a path is something else than a file, a folder or a link that leads nowhere."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _unreadable(error: OSError) -> None:
    raise CryomineError(f"{error.filename}: cannot be listed ({error.strerror}); check the permissions") from error


def _extensions() -> tuple[str, ...]:
    from cryomine.ingest.registry import extensions

    return extensions()


def _told_apart(found: Iterable[tuple[str, Path]]) -> list[tuple[str, Path]]:
    """The files with names of their own: those that share one get more of their path in front, at last a number."""
    files = list(found)
    names = [name for name, _ in files]
    for more in range(1, 64):
        count = Counter(names)
        if max(count.values(), default=1) == 1:
            break
        for index, (name, path) in enumerate(files):
            if count[names[index]] > 1:
                parts = [part for part in path.parts if part not in {"..", path.anchor}]
                names[index] = "/".join(parts[-(len(PurePath(name).parts) + more) :])
    count = Counter()
    for index, name in enumerate(names):
        count[name] += 1
        if count[name] > 1:
            place = PurePath(name)
            names[index] = place.with_name(f"{place.stem}~{count[name]}{place.suffix}").as_posix()
    return [(name, path) for name, (_, path) in zip(names, files, strict=True)]


def _printable(name: str) -> str:
    """The name as text that can be written as UTF-8, whatever bytes the file system holds."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
