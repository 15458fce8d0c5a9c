"""Text fragments in a real browser: opened at its locator, a page scrolls to the claim and highlights it, nothing else.

Needs Chromium, chromedriver and selenium; skipped where they are not.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from browsers import headless
from cryomine import ingest
from cryomine.locators import locator_of

# One claim a line, the condition in [[ ]]; what surrounds it is what real pages put there.
CLAIMS = {
    "a word that the menu has too": "<p>The pack eases [[asthma]] within a week.</p>",
    "commas": "<p>It soothes [[burns, mild or moderate, of the hand]] and more.</p>",
    "hyphens": "<p>It shortens [[post-surgery, low-grade pain]] after a knee operation.</p>",
    "a dash": "<p>It relieves [[pain – chronic or acute –]] in the shoulder.</p>",
    "a long dash without spaces": "<p>Relief from [[tension—type headache]] was seen.</p>",
    "Greek": "<p>Not for people with [[α1-antitrypsin deficiency]] of any kind.</p>",
    "Greek and accents": "<p>Not for people with [[β-thalassémie majeure]] in the family.</p>",
    "Cyrillic": "<p>The clinic writes [[боль в спине]] for pain in the back.</p>",
    "Chinese": "<p>The label says [[冷性荨麻疹]] for hives from cold.</p>",
    "Arabic": "<p>The label says [[ألم الظهر]] for pain in the back.</p>",
    "accents": "<p>Never use it with [[Ménière’s disease]] or after a stroke.</p>",
    "quotation marks": "<p>It calms what patients call [[“frozen” shoulder]] at night.</p>",
    "ampersand and percent": "<p>It lowers [[aches &amp; pains by 50&nbsp;%]] in a month.</p>",
    "signs of the syntax": "<p>Ask about [[type-2 diabetes, A&amp;B=C]] and others.</p>",
    "inline markup": "<p>It loosens [[stiff <b>finger</b> joi<i>nts</i>]] by noon.</p>",
    "a link": '<p>It treats [[<a href="/x">plantar warts</a>]] and corns.</p>',
    "a soft hyphen": "<p>It prevents [[hyper&shy;tension]] in the long run.</p>",
    "a zero-width space": "<p>It prevents [[frost\u200bbite]] in the long run.</p>",
    "folded white space": "<p>It numbs [[low\n      back   pain]] for an hour.</p>",
    "a non-breaking space": "<p>It numbs [[neck\u00a0pain]] for an hour.</p>",
    "a list item that the menu has too": "<ul><li>Psoriasis</li><li>[[Eczema]]</li><li>Gout</li></ul>",
    "an item that comes twice, first": "<p>Good for:</p><ul><li>[[Sciatica]]</li><li>Sprains</li></ul>",
    "an item that comes twice, second": "<p>Bad for:</p><ul><li>[[Sciatica]]</li><li>Wounds</li></ul>",
    "nested items": "<ul><li>Heart trouble<ul><li>[[Angina]]</li></ul></li><li>Fever</li></ul>",
    "a cell": "<table><tr><th>Use</th><th>Time</th></tr><tr><td>[[Bruises]]</td><td>5 min</td></tr></table>",
    "a heading": "<h3>[[Migraine]]</h3><p>Cold on the neck may end an attack.</p>",
    "a line break": "<p>Works for:<br>[[Tennis elbow]]<br>Runner's knee</p>",
    "a definition": "<dl><dt>[[Bursitis]]</dt><dd>Ten minutes, twice a day.</dd></dl>",
    "something left out in between": "<p>It fades</p><script>var a;</script><p>[[Scars]]</p><svg></svg><p>in time.</p>",
    "a figure in between": (
        '<ul><li>[[Warts]]</li></ul><figure><img src="/pictures/blue-pack-on-a-knee.jpg" alt="" width="1" height="1">'
        "<figcaption>A pack on a knee</figcaption></figure><p>Warts go.</p>"
    ),
    "an accordion": "<details><summary>More</summary><p>It eases [[bunions]] and corns.</p></details>",
    "the same word twice in a line": "<p>Pain after pain after [[pain]] was gone.</p>",
    "another case": "<p>THE PACK CURES [[RASHES]] AND rashes.</p>",
    "capitals by style": '<p style="text-transform: uppercase">The pack cures [[boils]] in a day.</p>',
    "a hyphenated neighbour": "<p>For sun-related [[burns]]-like marks, and for burns.</p>",
}
LIT = "<style>::target-text { background-color: rgb(255, 0, 255); color: rgb(255, 0, 255) }</style>"
ARTICLES = sorted((Path(__file__).parents[1] / "corpus").rglob("*.html"))
FILLER = "<p>The chamber is cold, and those who use it say that they like it, and that they come back for it.</p>"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>What cold does</title>{style}<style>
body {{ font: 16px sans-serif; margin: 0 }}
.gap {{ height: 1200px }}
</style></head><body>
<nav><ul><li><a href="/a">Asthma</a></li><li><a href="/e">Eczema</a></li><li><a href="/p">Psoriasis</a></li>
<li><a href="/w">Warts</a></li><li><a href="/s">Scars</a></li><li><a href="/g">Bruises</a></li></ul></nav>
<main><article><h1>What cold does</h1>{body}</article></main>
<footer><p><a href="/m">Migraine</a> <a href="/c">Contact</a></p></footer></body></html>"""


def page_of(claims: dict[str, str]) -> str:
    """All claims in one page, far apart, each condition between two empty elements that say where it is."""
    parts = []
    for number, marked in enumerate(claims.values()):
        html = marked.replace("[[", f'<span id="from{number}"></span>').replace("]]", f'<span id="to{number}"></span>')
        parts.append(f'{FILLER}<div class="gap"></div>{html}<div class="gap"></div>')
    return PAGE.format(style=LIT, body="".join(parts))


def locators(path: Path, claims: dict[str, str]) -> list[str]:
    """The locator of each condition, as the table would give it."""
    page = path.read_text(encoding="utf-8")
    (item,) = ingest.discover([path])
    document = ingest.read(item)
    locate = locator_of(document)
    found = []
    for number, name in enumerate(claims):
        first = page.index("</span>", page.index(f'id="from{number}"')) + len("</span>")
        last = page.index(f'<span id="to{number}"')
        inside = [
            index
            for index in range(len(document.text))
            if (span := document.source_span(index, index + 1)) and first <= span[0] and span[1] <= last
        ]
        assert inside, f"the reader left out: {name}"
        found.append(locate(inside[0], inside[-1] + 1))
    return found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder and the address it is served at."""
    folder = tmp_path_factory.mktemp("site")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def site(served: tuple[Path, str]) -> tuple[str, list[str]]:
    """The address of the page of claims, and the locators in it."""
    folder, address = served
    page = folder / "page.html"
    page.write_text(page_of(CLAIMS), encoding="utf-8")
    return f"{address}/page.html", locators(page, CLAIMS)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A headless Chromium of a known size."""
    with headless(tmp_path_factory.mktemp("profile"), "window-size=1200,800") as driver:
        driver.set_page_load_timeout(20)
        driver.set_script_timeout(20)
        yield driver


# The highlight is no element: it can only be seen. So: a screenshot, and how much of it has the highlight's colour
# where the condition stands (share), and elsewhere (pixels).
SEEN = """
const [shot, number, done] = arguments;
const from = document.getElementById('from' + number), to = document.getElementById('to' + number);
const range = document.createRange();
range.setStartAfter(from);
range.setEndBefore(to);
const boxes = [...range.getClientRects()].filter(box => box.width > 1 && box.height > 1);
const image = new Image();
image.onload = () => {
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const data = context.getImageData(0, 0, image.width, image.height).data;
  let inside = 0, outside = 0, area = 0;
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      const at = 4 * (y * image.width + x);
      const lit = data[at] > 200 && data[at + 1] < 80 && data[at + 2] > 200;
      const within = boxes.some(b => b.left - 1 <= x && x <= b.right + 1 && b.top - 3 <= y && y <= b.bottom + 3);
      area += within;
      inside += within && lit;
      outside += !within && lit;
    }
  }
  done({share: area ? inside / area : 0, outside, scrolled: window.scrollY});
};
image.src = 'data:image/png;base64,' + shot;
"""


def opened(browser: Any, address: str, locator: str, number: int) -> Any:
    """What is seen of claim ``number`` once its address is opened anew."""
    browser.get(f"{address}?{number}#{locator}")
    return browser.execute_async_script(SEEN, browser.get_screenshot_as_base64(), number)


# The others are for the longer job: a page takes half a second.
USUAL = ("a word that the menu has too", "commas", "hyphens", "a dash", "Greek and accents", "a list item")


@pytest.mark.parametrize(
    "name", [name if name.startswith(USUAL) else pytest.param(name, marks=pytest.mark.long) for name in CLAIMS]
)
def test_the_page_scrolls_to_the_claim_and_highlights_it(browser: Any, site: tuple[str, list[str]], name: str) -> None:
    address, found = site
    number = list(CLAIMS).index(name)
    seen = opened(browser, address, found[number], number)
    assert seen["share"] > 0.5, f"not highlighted: {found[number]}"
    assert seen["outside"] == 0, f"something else is highlighted too: {found[number]}"
    assert seen["scrolled"] > 300


@pytest.mark.long
@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.name)
def test_every_claim_of_an_article_is_found(browser: Any, served: tuple[Path, str], article: Path) -> None:
    """The claims that the tool finds in the pages of the corpus, each opened at the locator that its row has."""
    from cryomine.extraction import Extractor
    from cryomine.packs import load_pack
    from cryomine.rows import rows_of

    folder, address = served
    (item,) = ingest.discover([article])
    document = ingest.read(item)
    pack = load_pack("hyperbaric-oxygen" if article.parent.name == "hyperbaric" else "cryotherapy")
    rows = rows_of(document, Extractor(pack).claims(document), pack.ref)
    assert rows
    source = article.read_bytes().decode(document.source.encoding)
    missed = []
    for number, row in enumerate(rows):
        start, end = int(str(row["source_start"])), int(str(row["source_end"]))
        marked = f'{source[:start]}<i id="from{number}"></i>{source[start:end]}<i id="to{number}"></i>{source[end:]}'
        (folder / article.name).write_text(marked.replace("</head>", f"{LIT}</head>", 1), encoding="utf-8")
        seen = opened(browser, f"{address}/{article.name}", str(row["locator"]), number)
        if seen["share"] < 0.5 or seen["outside"]:
            missed.append((row["condition"], row["locator"], seen))
    assert not missed, f"{len(missed)} of {len(rows)}"


def test_there_are_enough_claims() -> None:
    assert len(CLAIMS) >= 20
    assert sum(not re.sub(r"\[\[|\]\]", "", claim).isascii() for claim in CLAIMS.values()) >= 5
