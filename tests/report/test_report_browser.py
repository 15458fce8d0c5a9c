"""The report in a real browser: what can be pointed at, typed into, clicked and printed does what it says."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cryomine.report import report, write
from cryomine.table import read_rows
from report.made import HOSTILE, HOSTILE_TITLE, SMALL, Article, resize, write_output

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = write_output(tmp_path_factory.mktemp("small"), SMALL)
    return report(out, out.parent / "report.html").page


@pytest.fixture(scope="module")
def rows(small: Path) -> Rows:
    return read_rows(small.parent / "out" / "claims.csv")


@pytest.fixture
def page(browser: Any, small: Path) -> Any:
    browser.get(small.as_uri())
    return browser


def number(rows: Rows, **wanted: str) -> int:
    """The index of the one row with these values."""
    (found,) = (i for i, row in enumerate(rows) if all(row[name] == value for name, value in wanted.items()))
    return found


def find(driver: Any, selector: str) -> Any:
    return driver.find_element("css selector", selector)


def texts(driver: Any, selector: str) -> list[str]:
    return [element.text for element in driver.find_elements("css selector", selector)]


def point_at(driver: Any, element: Any) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    ActionChains(driver).move_to_element(element).perform()


def press(driver: Any, *keys: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    ActionChains(driver).send_keys(*(getattr(Keys, key) for key in keys)).perform()


def soon(check: Callable[[], Any]) -> Any:
    """The first true value of ``check`` within three seconds."""
    end = time.monotonic() + 3
    while not (value := check()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
    return value


def choose(driver: Any, name: str, value: str) -> None:
    code = (
        "const field = document.getElementById('filters').elements[arguments[0]];"
        "field.value = arguments[1]; field.dispatchEvent(new Event('input', {bubbles: true}));"
    )
    driver.execute_script(code, name, value)


def focused(driver: Any) -> str:
    return str(driver.execute_script("return document.activeElement.id"))


def open_all(driver: Any) -> None:
    driver.execute_script("for (const part of document.querySelectorAll('details')) part.open = true")


# --- the texts ---


def test_a_text_is_there_character_for_character(page: Any) -> None:
    shown = page.execute_script("return [...document.querySelectorAll('.text')].map((text) => text.textContent)")
    assert shown == [article.text for _, article in sorted(SMALL.items())]


def test_the_marked_words_of_each_row_are_its_condition(page: Any, rows: Rows) -> None:
    code = "return [...document.querySelectorAll(`.c[data-c~='${arguments[0]}']`)].map((c) => c.textContent).join('')"
    assert [page.execute_script(code, index) for index in range(len(rows))] == [row["condition"] for row in rows]


def test_pointing_at_words_tells_what_is_claimed(page: Any, rows: Rows) -> None:
    index = number(rows, condition="frostbite")
    open_all(page)
    point_at(page, find(page, f"#m{index}"))
    card = soon(lambda: find(page, "#card").text)
    for words in ("side-effect", "affirmed", "hedged “may”", "ice / cold compress (stated)", "frostbite (exact)",
                  "side-effect.by-hand", "“bring on”"):  # fmt: skip
        assert words in card
    lit = page.execute_script("return ['evidence', 'cue'].map((n) => [...CSS.highlights.get(n)].map(String))")
    assert lit == [["It may bring on frostbite."], ["bring on"]], "sentence and cue are lit in the text"
    point_at(page, find(page, "h1"))
    soon(lambda: not find(page, "#card").is_displayed())


def test_a_denial_shows_in_the_card(page: Any, rows: Rows) -> None:
    open_all(page)
    point_at(page, find(page, f"#m{number(rows, source='b.html', condition='pain')}"))
    assert "negated “not”" in soon(lambda: find(page, "#card").text)


def test_the_keyboard_alone_goes_from_row_to_words_and_back(page: Any, rows: Rows) -> None:
    index = number(rows, condition="frostbite")
    page.execute_script("document.getElementById(arguments[0]).focus()", f"r{index}")
    press(page, "ENTER")
    soon(lambda: focused(page) == f"m{index}")
    assert find(page, "#a1").get_attribute("open"), "the article has opened"
    assert find(page, "#card").is_displayed(), "focus shows the claim as pointing does"
    assert find(page, f"#m{index}").get_attribute("aria-describedby") == "card"
    press(page, "ESCAPE")
    assert not find(page, "#card").is_displayed()
    press(page, "ENTER")
    soon(lambda: focused(page) == f"r{index}")
    assert find(page, "tr.on .condition").text == "frostbite"


def test_a_click_goes_from_words_to_row_even_if_filters_hide_it(page: Any, rows: Rows) -> None:
    choose(page, "relation", "contraindicated")
    open_all(page)
    index = number(rows, source="c.txt")
    words = find(page, f"#m{index}")
    point_at(page, words)
    words.click()
    soon(lambda: focused(page) == f"r{index}")
    assert find(page, "#filters [name=relation]").get_attribute("value") == ""


def test_words_of_several_claims_offer_all_their_rows(page: Any, rows: Rows) -> None:
    open_all(page)
    words = next(mark for mark in page.find_elements("css selector", "#a1 .c") if mark.text == "burns")
    point_at(page, words)
    words.click()
    links = page.find_elements("css selector", "#card a[href^='#r']")
    wanted = {"acute lung and skin burns", "skin burns", "burns today"}
    assert {rows[int(link.get_attribute("hash")[2:])]["condition"] for link in links} == wanted
    links[1].click()
    soon(lambda: focused(page) == links[1].get_attribute("hash")[1:])


def test_a_finger_gets_the_card_first(page: Any, rows: Rows) -> None:
    open_all(page)
    words = find(page, f"#m{number(rows, condition='frostbite')}")
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", words)
    page.execute_script(
        "arguments[0].dispatchEvent(new PointerEvent('pointerdown', {pointerType: 'touch', bubbles: true}));"
        "arguments[0].click()", words,
    )  # fmt: skip
    assert find(page, "#card").is_displayed()
    assert not page.execute_script("return location.hash")


def test_links_to_originals_carry_the_locator(page: Any, rows: Rows) -> None:
    index = number(rows, condition="frostbite")
    link = find(page, f"tr:has(#r{index}) a.original").get_attribute("href")
    assert link.endswith(f"/articles/a/spa.txt#{rows[index]['locator']}")
    assert rows[index]["locator"].startswith("char=")


# --- the table ---


@pytest.mark.parametrize(
    ("filters", "conditions"),
    [
        ({"relation": "contraindicated"}, ["burns today", "pregnant"]),
        ({"polarity": "negated"}, ["pain"]),
        ({"certainty": "hedged"}, ["frostbite"]),
        ({"source": "c.txt"}, ["pain"]),
        ({"concept": "PREG"}, ["pregnant"]),
        ({"words": "relieves"}, ["pain", "swelling"]),
        ({"relation": "treats", "source": "b.html", "concept": "pain"}, ["pain"]),
        ({"relation": "contraindicated", "polarity": "negated"}, []),
    ],
)
def test_filters(page: Any, filters: dict[str, str], conditions: list[str]) -> None:
    for name, value in filters.items():
        choose(page, name, value)
    assert texts(page, "#table td.condition") == conditions
    assert find(page, "#status").text.startswith(f"{len(conditions)} of 9 claims")
    find(page, "#all").click()
    assert len(texts(page, "#table tbody tr")) == 9


def test_sorting_up_down_and_back(page: Any, rows: Rows) -> None:
    in_order = texts(page, "td.condition")
    head = find(page, "#table th.condition")
    found = []
    for _ in range(3):
        find(page, "#table th.condition button").click()
        found.append((head.get_attribute("aria-sort"), texts(page, "td.condition")))
    up = sorted(in_order)
    assert found == [("ascending", up), ("descending", up[::-1]), (None, in_order)]


def downloaded(page: Any, tmp_path: Path) -> str:
    file = tmp_path / "downloads" / "claims.csv"
    find(page, "#download").click()
    # The browser takes the name with an empty file, writes to another and puts it in place.
    soon(lambda: file.is_file() and file.stat().st_size > 0)
    content = file.read_bytes().decode()
    file.unlink()
    return content


def test_the_download_is_the_table_or_those_rows_of_it(page: Any, small: Path, tmp_path: Path) -> None:
    table = (small.parent / "out" / "claims.csv").read_bytes().decode()
    find(page, "#filters [name=safe]").click()
    assert downloaded(page, tmp_path) == table, "byte for byte"
    choose(page, "source", "b.html")
    records = list(csv.DictReader(downloaded(page, tmp_path).splitlines()))
    assert [record["condition"] for record in records] == ["pregnant", "pain"]


# --- the overview ---


def test_the_heat_map_is_a_table_that_leads_to_the_words(page: Any, rows: Rows) -> None:
    heads = texts(page, ".heat tbody th")
    assert heads == ["pain", "burn", "frostbite", "pregnancy"], "most sources first"
    cells = find(page, ".heat tbody tr").find_elements("css selector", "td")
    assert [cell.text for cell in cells] == ["3", "T", "¬T", "T"]
    link = cells[2].find_element("css selector", "a")
    assert link.accessible_name == "¬T: treats, negated, 1 mention"
    link.click()
    soon(lambda: focused(page) == f"m{number(rows, source='b.html', condition='pain')}")


def test_the_heat_map_of_one_relation(page: Any) -> None:
    page.execute_script(
        "const pick = document.getElementById('heat-relation');"
        "pick.value = 'r1'; pick.dispatchEvent(new Event('change'))"
    )
    shown = [link.text for link in page.find_elements("css selector", ".heat td a") if link.is_displayed()]
    assert shown == ["C"]


def test_a_contradiction_shows_both_quotes_side_by_side(page: Any) -> None:
    pair = find(page, "#contradictions .sides")
    left, right = pair.find_elements("css selector", "figure")
    assert (left.location["y"], left.location["x"] < right.location["x"]) == (right.location["y"], True)
    marked = {mark.text for mark in pair.find_elements("css selector", "mark")}
    assert marked == {"pain"}
    assert "denied" in find(page, "#contradictions summary").text


# --- size, colour, paper ---


@pytest.mark.parametrize("width", [1400, 390])
def test_the_page_is_never_wider_than_the_screen(page: Any, width: int) -> None:
    resize(page, width)
    open_all(page)
    assert page.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "dark"), [(1400, False), (390, True)])
def test_axe_finds_nothing_serious(page: Any, axe: str, width: int, dark: bool) -> None:
    resize(page, width, dark)
    open_all(page)
    page.execute_script("document.querySelector('a.c').focus()")
    page.execute_script(axe)
    code = "const done = arguments[0]; axe.run().then((result) => done(result.violations))"
    violations = page.execute_async_script(code)
    serious = [(v["id"], v["nodes"][0]["html"]) for v in violations if v["impact"] in {"serious", "critical"}]
    assert serious == []


def test_paper_gets_everything_and_the_screen_stays_as_it_was(page: Any) -> None:
    code = "return document.querySelectorAll('details:not([open])').length"
    closed = page.execute_script(code)
    page.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert (closed > 0, page.execute_script(code)) == (True, 0)
    page.execute_script("dispatchEvent(new Event('afterprint'))")
    assert page.execute_script(code) == closed


# --- articles that mean harm ---


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = write_output(tmp_path_factory.mktemp("hostile"), HOSTILE)
    return report(out, out.parent / "report.html").page


def test_a_hostile_article_is_text_and_nothing_else(browser: Any, hostile: Path) -> None:
    browser.get(hostile.as_uri())
    open_all(browser)
    for element in browser.find_elements("css selector", "a.c, .quote, .heat a, td, summary"):
        browser.execute_script("arguments[0].dispatchEvent(new MouseEvent('mouseover', {bubbles: true}))", element)
    assert not browser.execute_script("return window.pwned")
    assert browser.execute_script("return document.scripts.length") == 2, "the data and our own"
    assert not browser.find_elements("css selector", "img, svg, iframe, [onclick], [onerror], [onmouseover], [onload]")
    assert not browser.find_elements("css selector", "a[href^='javascript' i]")
    text = browser.execute_script("return document.querySelector('.text').textContent")
    assert text == sorted(HOSTILE.items())[0][1].text.replace("\0", "\ufffd")
    body = browser.execute_script("return document.body.textContent")
    assert HOSTILE_TITLE in body
    assert "{{ 7 * 7 }}" in body
    assert find(browser, "body").is_displayed(), "its style sheet styles nothing"


def test_a_hostile_table_is_text_and_its_download_is_no_program(browser: Any, hostile: Path, tmp_path: Path) -> None:
    browser.get(hostile.as_uri())
    rows = read_rows(hostile.parent / "out" / "claims.csv")
    assert texts(browser, "td.condition") == [row["condition"] for row in rows]
    assert {option.text for option in browser.find_elements("css selector", "[name=relation] option")} >= {"__proto__"}
    choose(browser, "relation", "__proto__")
    assert texts(browser, "td.condition") == ["pain"]
    find(browser, "#all").click()
    # RFC 4180 as a spreadsheet reads it: no field begins a formula.
    content = downloaded(browser, tmp_path)
    fields = [field for record in csv.reader(content.removeprefix("\ufeff").splitlines(True)) for field in record]
    assert "'=HYPERLINK(1)" in fields
    assert not [field for field in fields if field[:1] in tuple("=+-@\t\r")]
    assert not browser.execute_script("return window.pwned")


def test_the_policy_stops_what_the_page_does_not_bring_along(chromium: Any, hostile: Path) -> None:
    chromium.get(hostile.as_uri())
    chromium.execute_script(
        "const script = document.createElement('script'); script.textContent = 'window.pwned = 1';"
        "const image = document.createElement('img'); image.src = 'x';"
        "image.setAttribute('onerror', 'window.pwned = 2'); document.body.append(script, image)"
    )
    time.sleep(0.1)
    assert not chromium.execute_script("return window.pwned")
    assert any("Content Security Policy" in entry["message"] for entry in chromium.get_log("browser"))


# --- many articles ---


def test_articles_in_files_of_their_own(browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "ONE_PAGE_ARTICLES", 1)
    out = write_output(tmp_path, SMALL)
    page = report(out, tmp_path / "my report?.html").page
    rows = read_rows(out / "claims.csv")
    index = number(rows, source="c.txt")
    browser.get(page.as_uri())
    link = find(browser, f"#r{index}")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", link)
    link.click()
    soon(lambda: browser.current_url.endswith(f"_files/0003.html#m{index}") and focused(browser) == f"m{index}")
    assert "treats.by-hand" in find(browser, "#card").text
    assert find(browser, "a.original").get_attribute("href").endswith("articles/c.txt")
    press(browser, "ENTER")
    soon(lambda: focused(browser) == f"r{index}")
    assert not browser.find_elements("css selector", ".text")


@pytest.mark.long
def test_two_thousand_articles(browser: Any, tmp_path: Path) -> None:
    said = SMALL["a/spa.txt"].said
    many = {f"{i:04}.txt": Article(f"Article {i}\n" + SMALL["a/spa.txt"].text * 20, said) for i in range(2_000)}
    out = write_output(tmp_path, many)
    written = report(out, tmp_path / "report.html")
    assert (written.articles, written.beside) == (2_000, 2_000)
    started = time.monotonic()
    browser.get(written.page.as_uri())
    assert find(browser, "#status").text.startswith("12,000 of 12,000 claims")
    assert time.monotonic() - started < 10
    browser.get(f"{written.page.as_uri()}#r11999")
    soon(lambda: focused(browser) == "r11999")
    find(browser, "#r11999").click()
    soon(lambda: focused(browser) == "m11999")
