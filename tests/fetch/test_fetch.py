"""Pages fetched from a real server: politely, within bounds, and once."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cryomine import __version__
from cryomine.errors import CryomineError
from cryomine.fetch import Fetched, fetch_pages, is_address
from fetch.site import PAGE, QUICK, Site

Fetch = Callable[..., Fetched]


def test_a_page_is_kept_as_it_came(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    address = site.page("/ice.html", Content_Type="text/html; charset=utf-8")
    (page,) = fetch(f" {address}#harms ").pages
    assert (page.address, page.media_type, page.charset) == (address, "text/html", "utf-8")
    assert page.path == tmp_path / "sources" / hashlib.sha256(PAGE).hexdigest()
    assert page.path.read_bytes() == PAGE
    header, line = (tmp_path / "sources" / "fetched.csv").read_text().splitlines()
    assert header == "address,final_address,fetched,status,media_type,charset,bytes,sha256,error"
    assert line.startswith(f"{address},{address},20")
    assert line.endswith(f",200,text/html,utf-8,{len(PAGE)},{page.path.name},")


def test_the_client_says_who_it_is(site: Site, fetch: Fetch) -> None:
    fetch(site.page("/a"))
    assert site.agents == {f"cryomine/{__version__}"}
    assert site.asked == ["/robots.txt", "/a"]


def test_what_is_kept_is_not_asked_for_again(site: Site, fetch: Fetch) -> None:
    pages = fetch(site.page("/a"), site.page("/b", b"<p>Snow harms toes.")).pages
    site.asked.clear()
    assert fetch(*(page.address for page in reversed(pages))).pages == pages, "sorted, whatever the order given"
    assert site.asked == []
    assert fetch(pages[0].address, refetch=True).pages == pages[:1]
    assert site.asked == ["/robots.txt", "/a"]


def test_offline_nothing_is_asked_and_failures_are_repeated(
    site: Site, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, gone = site.page("/good"), site.address("/gone")
    first = fetch(good, gone)
    monkeypatch.setattr(socket, "socket", None)
    again = fetch(good, gone, offline=True)
    assert (again.pages, list(map(str, again.errors))) == (first.pages, list(map(str, first.errors)))
    (error,) = fetch("http://never.example/", offline=True).errors
    assert "is not among the pages kept" in str(error)


def test_a_page_that_was_changed_on_disk_is_fetched_again(site: Site, fetch: Fetch) -> None:
    (page,) = fetch(site.page("/a")).pages
    page.path.write_bytes(b"something else")
    assert [str(e).partition(": ")[2][:9] for e in fetch(page.address, offline=True).errors] == ["is not am"]
    assert fetch(page.address).pages == (page,)
    assert page.path.read_bytes() == PAGE


def test_a_page_that_is_gone_is_an_error_and_not_an_old_page(site: Site, fetch: Fetch) -> None:
    address = site.page("/a")
    fetch(address)
    site.page("/a", status=404)
    assert fetch(address).pages
    assert not fetch(address, refetch=True).pages


def test_redirects_are_followed(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    site.page("/new place")
    site.redirect("/old", "/older", 301)
    site.redirect("/older", site.address("/new%20place", "localhost"), 308)
    site.answers["/new%20place"] = site.answers.pop("/new place")
    (page,) = fetch(site.address("/old")).pages
    assert page.address == site.address("/old"), "the table calls a page what the user called it"
    assert site.address("/new%20place", "localhost") in (tmp_path / "sources" / "fetched.csv").read_text()


def test_a_site_may_send_a_visitor_round_to_set_a_cookie(site: Site, fetch: Fetch) -> None:
    def door(handler: Any) -> None:
        known = "visited=yes" in handler.headers.get("Cookie", "")
        handler.send_response(200 if known else 302)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(len(PAGE) if known else 0))
        if not known:
            handler.send_header("Location", "/door")
            handler.send_header("Set-Cookie", "visited=yes")
        handler.end_headers()
        handler.wfile.write(PAGE if known else b"")

    site.answers["/door"] = door
    (page,) = fetch(site.address("/door")).pages
    assert page.path.read_bytes() == PAGE


def test_a_compressed_page_is_kept_unpacked(site: Site, fetch: Fetch) -> None:
    (page,) = fetch(site.page("/a", gzip.compress(PAGE), Content_Encoding="gzip")).pages
    assert page.path.read_bytes() == PAGE


def silent(handler: Any) -> None:
    time.sleep(0.8)


def dripping(handler: Any) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(8):
        handler.wfile.write(b"<p>")
        handler.wfile.flush()
        time.sleep(0.1)


def dripping_headers(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    for _ in range(8):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


def endless(handler: Any) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Connection", "close")
    handler.end_headers()
    while True:
        handler.wfile.write(b"<p>Ice." * 1000)


def hangs_up(handler: Any) -> None:
    handler.close_connection = True


def no_http(handler: Any) -> None:
    handler.wfile.write(b"\x00\xff no answer at all\r\n\r\n")
    handler.close_connection = True


def _loop(site: Site) -> None:
    site.redirect("/bad", "/bad2")
    site.redirect("/bad2", "/bad")


def _chain(site: Site) -> None:
    for number in range(20):
        site.redirect(f"/{number}" if number else "/bad", f"/{number + 1}")


BAD: dict[str, tuple[Callable[[Site], Any], str]] = {
    "redirect loop": (_loop, "redirects in a circle"),
    "redirect to itself": (lambda s: s.redirect("/bad", "/bad"), "redirects in a circle"),
    "many redirects": (_chain, "redirects more than 10 times"),
    "redirect to a file": (lambda s: s.redirect("/bad", "file:///etc/passwd"), "redirects to file:"),
    "redirect to no address": (lambda s: s.redirect("/bad", "http://[::"), "cannot be fetched (Invalid URL"),
    "never answers": (lambda s: s.answers.update({"/bad": silent}), "does not answer"),
    "drips its page": (lambda s: s.answers.update({"/bad": dripping}), "took more than 0.5 seconds"),
    "drips its headers": (lambda s: s.answers.update({"/bad": dripping_headers}), "took more than 0.5 seconds"),
    "endless page": (lambda s: s.answers.update({"/bad": endless}), "is larger than"),
    "huge page, said so": (lambda s: s.page("/bad", Content_Length="9000000000"), "is larger than"),
    "compressed bomb": (
        lambda s: s.page("/bad", gzip.compress(bytes(20_000_000)), Content_Encoding="gzip"),
        "is larger than",
    ),
    "broken compression": (lambda s: s.page("/bad", b"no gzip", Content_Encoding="gzip"), "cannot be fetched"),
    "hangs up": (lambda s: s.answers.update({"/bad": hangs_up}), "cannot be fetched"),
    "no HTTP": (lambda s: s.answers.update({"/bad": no_http}), "cannot be fetched"),
    "an image": (lambda s: s.page("/bad", b"\x89PNG", Content_Type="image/png"), "is image/png, not an article"),
    "a script": (lambda s: s.page("/bad", b"{}", Content_Type="application/JSON; x=y"), "is application/json, not"),
    "not there": (lambda s: None, "is not there (status 404)"),
    "closed": (lambda s: s.page("/bad", status=403), "is not open to us (status 403)"),
    "busy": (lambda s: s.page("/bad", status=429), "asks to come back later (status 429)"),
    "broken server": (lambda s: s.page("/bad", status=500), "was not given to us (status 500)"),
    "no content": (lambda s: s.page("/bad", b"", status=204), "was not given to us (status 204)"),
    "forbidden by robots.txt": (lambda s: s.robots("User-agent: *\nDisallow: /bad"), "forbidden by the site's robots"),
    "forbidden to us": (lambda s: s.robots("User-agent: cryomine\nDisallow: /bad"), "forbidden by the site's robots"),
    "redirect to a forbidden page": (
        lambda s: (s.redirect("/bad", "/private"), s.robots("User-agent: *\nDisallow: /private")),
        "forbidden by the site's robots",
    ),
}

CLOSED: dict[str, tuple[Callable[[Site], Any], str]] = {
    "robots.txt broken": (lambda s: s.page("/robots.txt", status=503), "forbidden by the site's robots"),
    "robots.txt never answers": (lambda s: s.answers.update({"/robots.txt": silent}), "does not answer"),
    "wants long pauses": (lambda s: s.robots("User-agent: *\nCrawl-delay: 3600"), "wants 3600 seconds between"),
}


@pytest.mark.parametrize(("prepare", "message"), BAD.values(), ids=BAD)
def test_bad_answers_are_bounded_and_the_others_are_fetched(
    site: Site, fetch: Fetch, prepare: Callable[[Site], Any], message: str
) -> None:
    prepare(site)
    good = site.page("/good")
    started = time.monotonic()
    fetched = fetch(site.address("/bad"), good)
    assert time.monotonic() - started < 4
    (error,) = (e for e in fetched.errors if "/bad" in str(e))
    assert str(error).startswith(f"{site.address('/bad')}: ")
    assert message in str(error)
    assert str(error).count("; ") == 1, "what is wrong; what to do"
    assert [page.address for page in fetched.pages] == [good]


@pytest.mark.parametrize(("prepare", "message"), CLOSED.values(), ids=CLOSED)
def test_a_site_whose_rules_close_it_or_cannot_be_had(
    site: Site, fetch: Fetch, prepare: Callable[[Site], Any], message: str
) -> None:
    prepare(site)
    fetched = fetch(site.page("/a"), site.page("/b"))
    assert [message in str(error) for error in fetched.errors] == [True, True]
    assert "/a" not in site.asked


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://", "is no address"),
        ("http://[::1", "is no address"),
        ("http://host:99999/", "is no address"),
        ("https://a b.example/", "is no address"),
        ("https://example.org/\u0000", "is no address"),
        ("https://reader:secret@example.org/a", "is given with a user name or password"),
        ("http://127.0.0.1:1/nobody-listens", "cannot be fetched"),
        ("http://nowhere.invalid/", "cannot be fetched"),
    ],
)
def test_what_is_no_address(fetch: Fetch, address: str, message: str) -> None:
    (error,) = fetch(address).errors
    assert message in str(error)
    assert "secret" not in str(error)
    assert "\n" not in str(error)


def test_robots_rules_for_others_and_for_other_pages_do_not_matter(site: Site, fetch: Fetch) -> None:
    site.robots("User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /private\nAllow: /")
    assert fetch(site.page("/public")).pages


def test_robots_txt_is_asked_once_and_may_be_elsewhere(site: Site, fetch: Fetch) -> None:
    site.redirect("/robots.txt", "/rules")
    site.page("/rules", b"User-agent: *\nDisallow: /no")
    fetched = fetch(*(site.page(path) for path in ("/yes", "/no", "/also")))
    assert len(fetched.pages) == 2
    assert site.asked.count("/robots.txt") == 1


def test_a_host_is_asked_one_thing_at_a_time(site: Site, fetch: Fetch) -> None:
    site.slow = 0.03
    addresses = [site.page(f"/{number}") for number in range(8)]
    assert len(fetch(*addresses).pages) == 8
    assert site.most_at_once == 1


def test_hosts_are_asked_side_by_side(site: Site, fetch: Fetch) -> None:
    site.slow = 0.1
    for number in range(3):
        site.page(f"/{number}")
    addresses = [site.address(f"/{n}", host) for n in range(3) for host in ("127.0.0.1", "localhost", "127.0.0.2")]
    fetch(*addresses)
    assert 1 < site.most_at_once <= 3


def test_there_is_a_pause_between_two_requests_to_a_host(site: Site, fetch: Fetch) -> None:
    addresses = [site.page("/1"), site.page("/2")]
    started = time.monotonic()
    assert len(fetch(*addresses, limits=replace(QUICK, pause=0.1)).pages) == 2
    assert time.monotonic() - started >= 0.2, "robots.txt, pause, page, pause, page"


def test_the_pause_that_a_site_asks_for_is_kept(site: Site, fetch: Fetch) -> None:
    site.robots("User-agent: *\nCrawl-delay: 1")
    started = time.monotonic()
    assert fetch(site.page("/1")).pages
    assert time.monotonic() - started >= 1, "robots.txt, pause, page"


def test_a_host_that_does_not_answer_is_given_up(site: Site, fetch: Fetch) -> None:
    site.robots("")
    for number in range(6):
        site.answers[f"/{number}"] = silent
    started = time.monotonic()
    errors = fetch(*(site.address(f"/{number}") for number in range(6)), limits=replace(QUICK, silent=2)).errors
    assert time.monotonic() - started < 2
    assert sum("did not answer 2 times in a row" in str(error) for error in errors) == 4


def test_it_works_where_an_event_loop_runs(site: Site, fetch: Fetch) -> None:
    """As in a notebook."""
    address = site.page("/a")

    async def cell() -> Fetched:
        return fetch(address)

    assert asyncio.run(cell()).pages


def test_progress_is_told(site: Site, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    addresses = [site.page("/a"), site.address("/b")]
    fetch_pages(addresses, tmp_path, limits=QUICK, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_an_interrupted_run_keeps_what_it_has(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    addresses = [site.page("/a"), site.page("/b")]

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch_pages(addresses, tmp_path / "sources", limits=QUICK, progress=stop)
    assert len(fetch(*addresses, offline=True).pages) == 1


@pytest.mark.parametrize("content", ["nonsense", "address,sha256\na,b\n", 'address,"', ""])
def test_a_record_that_is_none(fetch: Fetch, tmp_path: Path, content: str) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "fetched.csv").write_text(content)
    with pytest.raises(CryomineError, match=r"fetched.csv: is no record of fetched pages .+; move it away"):
        fetch("http://127.0.0.1:1/")


def test_a_folder_that_cannot_be_written(site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CryomineError, match="cannot be written"):
        fetch_pages([site.page("/a")], tmp_path / "file" / "sources", limits=QUICK)


@pytest.mark.parametrize(
    ("given", "yes"),
    [
        ("http://a.example/", True),
        ("HTTPS://A.example", True),
        (Path("http://a.example"), False),
        ("articles/", False),
        ("s3://bucket/a", False),
        ("http", False),
    ],
)
def test_what_counts_as_an_address(given: object, yes: bool) -> None:
    assert is_address(given) is yes
