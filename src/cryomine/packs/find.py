"""Where packs are: the shipped ones, those of installed packages, folders. Knows nothing of what is in them.

An installed package offers a pack by the entry-point group ``cryomine.packs``: the name is the pack's, the value the
Python package whose folder it is. That package is looked up, not run.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
from pathlib import Path

from cryomine.errors import PackError
from cryomine.packs.files import line_of, manifest_of, text_of

SHIPPED = Path(__file__).parent
GROUP = "cryomine.packs"


def pack_names() -> list[str]:
    """The packs of therapies that a name leads to, sorted: those shipped and those of installed packages."""
    shipped = {path.parent.name for path in SHIPPED.glob("*/interventions.csv")}
    return sorted(shipped | {point.name for point in importlib.metadata.entry_points(group=GROUP)})


def folder_of(name_or_dir: str | Path) -> Path:
    """The folder of a pack, by its name or by itself.

    A word without a slash is a name first: a folder that has the name of a shipped pack is ``./NAME``.
    """
    path = Path(name_or_dir)
    if isinstance(name_or_dir, str) and path.name == name_or_dir and (known := named(path.name)) is not None:
        return known
    if (path / "pack.toml").is_file():
        return path
    if path.is_dir() and path.name != "..":
        raise PackError(f"{path}: this folder has no pack.toml; write one, or begin with: cryomine pack new NAME")
    raise PackError(f"{name_or_dir}: no such pack; give one of {', '.join(pack_names())} or a folder with a pack.toml")


def named(name: str) -> Path | None:
    """The folder that a pack's name alone leads to, shipped or of an installed package; ``None`` where none does."""
    if (SHIPPED / name / "pack.toml").is_file():
        return SHIPPED / name
    return _installed(name)


def _installed(name: str) -> Path | None:
    """The folder of a pack that an installed package offers; ``None`` where none does."""
    for point in importlib.metadata.entry_points(group=GROUP, name=name):
        try:
            spec = importlib.util.find_spec(point.module)
        except ImportError:
            spec = None
        places = (spec.submodule_search_locations if spec else None) or []
        for place in places:
            if (Path(place) / "pack.toml").is_file():
                return Path(place)
        raise PackError(f"{name}: the package {point.module} offers this pack and has no pack.toml; reinstall it")
    return None


def chain_of(folder: Path) -> list[Path]:
    """The folders of a pack and of all it extends, each once, the most basic first, the pack itself last."""
    chain: list[Path] = []
    _follow(folder, chain, ())
    return chain


def stamp(name_or_dir: str | Path) -> tuple[tuple[str, int, int], ...]:
    """Name, time and size of every file of a pack and of all it extends: another stamp, another pack."""
    files = (path for part in chain_of(folder_of(name_or_dir)) for path in part.rglob("*") if path.is_file())
    return tuple(sorted((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files))


def _follow(folder: Path, chain: list[Path], below: tuple[Path, ...]) -> None:
    if any(folder.samefile(done) for done in chain):
        return
    path = folder / "pack.toml"
    for name in manifest_of(folder)["extends"]:
        # A name is looked up as everywhere; what looks like a path stands beside the file that says it.
        where = f"{path}:{line_of(text_of(path), 'extends')}"
        try:
            above = folder_of(folder / name if "/" in name or name.startswith(".") else name)
        except PackError as error:
            raise PackError(f"{where}: extends {error}") from None
        if any(above.samefile(one) for one in (*below, folder)):
            raise PackError(f'{where}: extends = "{name}" leads back to itself; leave it out')
        _follow(above, chain, (*below, folder))
    chain.append(folder)
