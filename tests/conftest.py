"""Fixtures that more than one room's tests use."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings

from cryomine.claims import Claim
from cryomine.document import Document
from stubs import StubPack

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

# The suite gives one answer for one state of the code; `make search` draws new examples.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")


def run_python(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run this Python with the package of this checkout, installed or not; raises where it fails."""
    given = os.environ | {"PYTHONPATH": str(ROOT / "src")} | environment
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, env=given)


@pytest.fixture(scope="session")
def python() -> Callable[..., subprocess.CompletedProcess[str]]:
    return run_python


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with other people's articles; tests that need it are skipped where it is not."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared folder here: the real articles are not part of the repository")
    return SHARED


class StubExtractor:
    """Makes a claim of every "relieves X" and "harms X"; knows one concept, pain. Raises at the word "boom"."""

    pattern = re.compile(r"\b(relieves|harms) (\w+)")

    def claims(self, document: Document) -> list[Claim]:
        if "boom" in document.text:
            raise RuntimeError("a component tripped")
        return [self._claim(match) for match in self.pattern.finditer(document.text)]

    def _claim(self, match: re.Match[str]) -> Claim:
        claim = Claim(
            relation="treats" if match[1] == "relieves" else "side-effect",
            polarity="affirmed",
            certainty="asserted",
            intervention_id="I:ice",
            intervention="ice pack",
            intervention_scope="inherited",
            start=match.start(2),
            end=match.end(2),
            section="",
            evidence_start=match.start(),
            evidence_end=match.end(),
            cue_start=match.start(1),
            cue_end=match.end(1),
            negation_cue="",
            hedge_cue="",
            rule="stub.verb",
        )
        if match[2] == "pain":
            return replace(claim, concept_id="C:pain", concept="pain", link="exact", link_score=100.0)
        return claim


@pytest.fixture
def stub_pack() -> StubPack:
    return StubPack()


@pytest.fixture
def stub_extractor() -> StubExtractor:
    return StubExtractor()


@pytest.fixture
def folder_of(tmp_path: Path) -> Callable[..., Path]:
    """A function that makes a folder of files: ``folder_of({"a.txt": "…", "b.bin": b"…"}, name="articles")``."""

    def make(files: dict[str, str | bytes], name: str = "articles") -> Path:
        folder = tmp_path / name
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return make
