"""The report's fixtures: an output folder, a browser, axe-core."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from browsers import headless
from report.made import Article, resize, write_output


@pytest.fixture
def output_of(tmp_path: Path) -> Callable[[dict[str, Article]], Path]:
    return lambda articles: write_output(tmp_path, articles)


# --- the browser ---


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A headless Chromium for the session."""
    with headless(tmp_path_factory.mktemp("profile"), "hide-scrollbars") as driver:
        driver.set_script_timeout(60)
        yield driver


@pytest.fixture
def browser(chromium: Any, tmp_path: Path) -> Iterator[Any]:
    """The browser at 1400 x 1000, light; whatever a page writes to the console as an error fails the test."""
    downloads = tmp_path / "downloads"
    chromium.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)})
    resize(chromium, 1400)
    chromium.get("about:blank")
    chromium.get_log("browser")
    yield chromium
    errors = [entry["message"] for entry in chromium.get_log("browser") if entry["level"] in {"SEVERE", "WARNING"}]
    assert not errors


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, from where AXE_CORE says or a node_modules folder here; not part of the repository."""
    places = [os.environ.get("AXE_CORE", ""), "node_modules/axe-core/axe.min.js"]
    found = next((Path(place) for place in places if place and Path(place).is_file()), None)
    if found is None:
        pytest.skip("no axe-core here: AXE_CORE=path/to/axe.min.js, or npm install axe-core")
    return found.read_text(encoding="utf-8")
