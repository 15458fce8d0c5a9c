"""docs/formats.md says of every ending that it is read."""

from __future__ import annotations

from pathlib import Path

from cryomine.ingest.registry import readers

DOCS = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def test_every_ending_is_documented() -> None:
    rows = [line.split("|")[2].split() for line in DOCS.splitlines() if line.startswith("| ")]
    documented = {ending for row in rows for ending in row if ending.startswith(".")}
    assert documented == {ending for reader in readers() for ending in reader.extensions}
