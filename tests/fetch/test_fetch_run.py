"""A run over addresses: the same table offline, one row for each that gives nothing, the others unharmed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from cryomine import fetch
from cryomine.batch import Options, run
from cryomine.table import read_rows
from cryomine.verify import verify
from fetch.site import QUICK, Site

GERMAN = (
    "<p>Kälteanwendungen lindern Schmerzen und Schwellungen nach dem Sport, doch nicht immer und nicht bei allen.</p>"
)


@pytest.fixture
def go(stub_pack: Any, stub_extractor: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A function that runs the stub on paths and addresses, in a hurry, and gives the output folder."""
    monkeypatch.setattr(fetch, "Limits", lambda: QUICK)

    def start(*paths: str | Path, **options: Any) -> Path:
        run(paths, stub_pack, Options(**{"output": tmp_path / "out"} | options), stub_extractor)
        return tmp_path / "out"

    return start


def column(folder: Path, table: str, *names: str) -> list[tuple[str, ...]]:
    return [tuple(row[name] for name in names) for row in read_rows(folder / table)]


def html(words: str) -> bytes:
    return f"<!doctype html><html><body><article>{words}</article></body></html>".encode()


def test_pages_and_files_in_one_table(site: Site, go: Callable[..., Path], folder_of: Callable[..., Path]) -> None:
    address = site.page("/b?id=1", html("<p>Ice relieves gout.</p>"))
    out = go(folder_of({"a.txt": "Ice relieves pain."}), f"{address}#top")
    assert column(out, "claims.csv", "source", "condition") == [("a.txt", "pain"), (address, "gout")]
    assert column(out, "documents.csv", "url") == [("",), (address,)]
    assert not verify(out).problems


def test_a_run_is_repeated_offline(site: Site, go: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    given = [site.page("/a", html("<p>Ice relieves gout.</p>")), site.address("/nowhere")]
    out = go(*given)
    tables = ("claims.csv", "documents.csv", "failures.csv", "duplicates.csv", "unlinked.csv")
    before = {name: (out / name).read_bytes() for name in tables}
    monkeypatch.setattr(socket, "socket", None)
    go(*given, offline=True, fresh=True)
    assert {name: (out / name).read_bytes() for name in tables} == before


def test_each_bad_address_is_one_failure_and_the_others_are_read(site: Site, go: Callable[..., Path]) -> None:
    site.robots("User-agent: *\nDisallow: /private")
    good = site.page("/good", html("<p>Ice relieves gout.</p>"))
    bad = [
        site.redirect("/loop", "/loop"),
        site.page("/picture", b"\x89PNG", Content_Type="image/png"),
        site.page("/huge", b"x" * 200_000),
        site.page("/private/page"),
        site.address("/nowhere"),
        "https://reader:secret@example.org/",
        "http://",
    ]
    site.answers["/silent"] = lambda _: time.sleep(0.5)
    bad.append(site.address("/silent"))
    out = go(good, *bad)
    failures = column(out, "failures.csv", "source", "error", "hint")
    assert len(failures) == len(bad)
    assert all(error and hint for _, error, hint in failures)
    assert "secret" not in (out / "failures.csv").read_text()
    assert column(out, "claims.csv", "source") == [(good,)]


def test_the_same_page_at_two_addresses_is_read_once(site: Site, go: Callable[..., Path]) -> None:
    addresses = [site.page(f"/a?from={name}", html("<p>Ice relieves gout.</p>")) for name in ("mail", "search")]
    out = go(*addresses)
    assert column(out, "claims.csv", "source") == [(addresses[0],)]
    assert column(out, "documents.csv", "source", "duplicate_of") == [(addresses[0], ""), (addresses[1], addresses[0])]
    assert column(out, "duplicates.csv", "source", "kind") == [(addresses[1], "same file")]


def test_a_page_in_another_language_is_a_row_with_the_reason(site: Site, go: Callable[..., Path]) -> None:
    out = go(site.page("/de", html(f"{GERMAN}<p>relieves pain</p>")))
    assert column(out, "documents.csv", "language", "skipped", "claims") == [("de", "not English: de", "0")]
    assert column(out, "failures.csv", "source") == []


def test_refetch_takes_the_page_as_it_is_now(site: Site, go: Callable[..., Path]) -> None:
    address = site.page("/a", html("<p>Ice relieves gout.</p>"))
    go(address)
    site.page("/a", html("<p>Ice relieves cramps.</p>"))
    assert column(go(address), "claims.csv", "condition") == [("gout",)]
    assert column(go(address, refetch=True), "claims.csv", "condition") == [("cramps",)]


def test_the_python_api_takes_addresses_too(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    import cryomine

    monkeypatch.setattr(fetch, "Limits", lambda: QUICK)
    claims = cryomine.extract(site.page("/a", html("<p>An ice pack relieves swelling.</p>")))
    assert list(claims.source) == [site.address("/a")]


def test_what_the_server_says_of_a_page_reaches_the_reader(site: Site, go: Callable[..., Path]) -> None:
    """No doctype, no ending, no declaration: what it is and how it is written stands in the header alone."""
    page = "<p>Ice relieves <b>gout</b>.</p><p>Łódź harms <i>nobody</i>.</p>".encode("iso-8859-2")
    address = site.page("/ice", page, Content_Type="text/html; charset=ISO-8859-2")
    out = go(address)
    assert column(out, "claims.csv", "condition", "locator")[0] == ("gout", ":~:text=Ice%20relieves-,gout")
    described = ("media_type", "encoding", "encoding_reason")
    assert column(out, "documents.csv", *described) == [("text/html", "iso8859-2", "header")]
    assert not verify(out).problems


def test_a_page_that_is_served_as_another_kind_is_read_anew(site: Site, go: Callable[..., Path]) -> None:
    address = site.page("/ice", b"<p>Ice relieves gout.</p>", Content_Type="text/plain")
    assert column(go(address), "documents.csv", "media_type") == [("text/plain",)]
    site.page("/ice", b"<p>Ice relieves gout.</p>", Content_Type="text/html")
    assert column(go(address, refetch=True), "documents.csv", "media_type") == [("text/html",)]


@pytest.mark.skipif(os.name == "nt", reason="terminals")
def test_progress_in_a_terminal_and_nowhere_else(site: Site, tmp_path: Path) -> None:
    import pty

    page = html("<p>Ice packs relieve swelling.</p>")
    given = [site.page("/a", page), site.page("/b", page)]
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "cryomine", "extract", "-o"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "TERM": "xterm"}
    running = subprocess.Popen(
        [*command, tmp_path / "seen", *given], stdout=subprocess.DEVNULL, stderr=end, env=environment
    )
    os.close(end)
    shown = b""
    with suppress(OSError):  # that is how a terminal ends
        while part := os.read(terminal, 1 << 16):
            shown += part
    os.close(terminal)
    assert running.wait() == 0
    assert b"1/2 pages" in shown
    quiet = subprocess.run([*command, tmp_path / "quiet", given[0]], capture_output=True, env=environment, check=True)
    assert quiet.stderr == b""
