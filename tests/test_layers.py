"""The house plan as a test: which room may know which."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "cryomine"

# Room: what it may import of the package beside itself, errors and defaults. Imports for type checkers count too.
ROOMS = {
    "errors": set[str](),
    "defaults": set(),
    "atomic": set(),
    "collecting": set(),
    "folder": set(),
    "document": set(),
    "content_type": set(),
    "claims": set(),
    "beside": {"claims"},
    "score": set(),
    "locators": {"document"},
    "rows": {"claims", "document", "locators"},
    "table": {"claims"},
    "ingest": {"content_type", "document"},
    "packs": {"beside", "link"},  # the check of a vocabulary asks what the linker would refuse
    "link": {"packs"},
    # The spaCy component for plain docs asks the plain-text reader for their structure.
    "extraction": {"claims", "document", "ingest", "link", "packs"},
    "abstraction": {"packs"},
    "language": {"document", "link"},  # of link only the ordinary words
    "duplicates": {"claims"},
    "fetch": {"atomic", "__version__", "content_type"},
    "place": {"fetch", "folder", "table"},  # of fetch only what an address is
    "verify": {"claims", "folder", "rows", "table"},
    "results": {"beside", "claims", "folder", "rows", "table"},
    "export": {"atomic", "beside", "claims", "packs", "results", "rows", "table"},
    "comparison": {"atomic", "claims", "packs", "rows", "table"},
    "report": {"atomic", "claims", "comparison", "fetch", "folder", "results", "rows", "table"},
    "plot": {"report"},
    "evaluate": {"score", "packs"},  # packs for a type
    "gold": {"claims", "evaluate", "folder", "table"},
    "quoting": {"evaluate", "folder", "ingest", "rows", "score", "table"},
    "authoring": {"claims", "document", "extraction", "ingest", "link", "packs"},
    "batch": {
        "atomic",
        "beside",
        "claims",
        "collecting",
        "document",
        "duplicates",
        "extraction",
        "fetch",
        "folder",
        "ingest",
        "language",
        "packs",
        "rows",
        "table",
        "__version__",
    },
}


def imported(path: Path) -> set[str]:
    """The rooms that a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "cryomine":
            parts = node.module.split(".")
            names |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {a.name.split(".")[1] for a in node.names if a.name.startswith("cryomine.")}
    return names


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_knows_only_what_it_may(room: str) -> None:
    modules = [SRC / f"{room}.py"] if (SRC / f"{room}.py").is_file() else sorted((SRC / room).rglob("*.py"))
    assert modules
    for module in modules:
        strange = imported(module) - ROOMS[room] - {room, "errors", "defaults"}
        assert not strange, f"{module.relative_to(SRC)} imports {', '.join(sorted(strange))}"


def test_every_room_is_held_to_the_plan() -> None:
    names = {path.stem for path in SRC.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert names - ROOMS.keys() == {"__init__", "__main__", "api", "cli"}, "these alone may know every room"


# Where a word of the first therapy may stand outside its pack: names of diseases, and the stock of plain words.
_DISEASES = ("packs/background/", "packs/conditions/", "link/ordinary.txt")
_THERAPY = re.compile(r"cryo(?!mine)|ice pack|liquid nitrogen", re.IGNORECASE)
# In Python: the name of the default pack, once, and examples of commands in help texts.
_IN_PYTHON = re.compile(r'PACK = "cryotherapy"|^ *cryomine (run|pack show|pack new|explain) |cryomine\.extract_text\("')


def test_nothing_outside_its_pack_knows_the_therapy() -> None:
    found = [
        f"{name}:{number}: {line.strip()}"
        for path in sorted(SRC.rglob("*"))
        if path.is_file()
        and path.suffix in {".py", ".txt", ".csv", ".tsv", ".yaml", ".toml", ".j2", ".js", ".css", ".md"}
        if not (name := path.relative_to(SRC).as_posix()).startswith(("packs/cryotherapy/", *_DISEASES))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if _THERAPY.search(line) and not _IN_PYTHON.search(line)
    ]
    assert not found
