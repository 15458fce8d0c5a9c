"""HTML: what is article, what the markup says about its structure, and where every character stands in the source."""

from __future__ import annotations

import html as entities
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryomine.document import Document
from cryomine.ingest import read_bytes
from cryomine.ingest.html import document
from ingest.blocks import structure

PROSE = "Visitors spend a few minutes in a cold room, and most of them come out in good spirits and rather hungry."
MORE = "Nobody should stay inside for longer than three minutes, because the cold then reaches deeper than the skin."

CASES = {
    "headings": (
        f"<h1>Cold</h1><p>{PROSE}</p><h3>Costs</h3><p>{MORE}</p>",
        ["T Cold", f"P {PROSE}", "H3 Costs", f"P {MORE}"],
    ),
    "nested lists, ends left out": (
        f"<p>{PROSE}</p><p>Not for:<ul><li>hearts<ul><li>angina<li>infarction</ul><li><p>lungs</p></ul><p>{MORE}",
        [f"P {PROSE}", "P Not for:", "L0 hearts", "L1 angina", "L1 infarction", "L0 lungs", f"P {MORE}"],
    ),
    "lines parted by <br>": (
        f"<p>{PROSE}</p><p>It helps with:<br>- gout<br/>- back pain<br><br>{MORE}</p>",
        [f"P {PROSE}", "P It helps with:", "L0 gout", "L0 back pain", f"P {MORE}"],
    ),
    "bold paragraphs as headings": (
        f"<p>{PROSE}</p><p><b>Who should wait</b></p><ul><li>children</li></ul>"
        f"<p><strong>Costs</strong></p><p>{MORE}</p>",
        [f"P {PROSE}", "H2 Who should wait", "L0 children", "H2 Costs", f"P {MORE}"],
    ),
    "bare paragraphs under a lead-in": (
        f"<p>{PROSE}</p><p>The cold helps:</p><p>with gout;</p><p>against cramps.</p><p>{MORE}</p>",
        [f"P {PROSE}", "P The cold helps:", "L0 with gout;", "L0 against cramps.", f"P {MORE}"],
    ),
    "definitions": (
        f"<p>{PROSE}</p><dl><dt>Gout</dt><dd>Joints hurt.</dd><dt>Is it safe?</dt><dd>Yes.</dd></dl><p>{MORE}</p>",
        [f"P {PROSE}", "L0 Gout – Joints hurt.", "H6 Is it safe?", "P Yes.", f"P {MORE}"],
    ),
    "a table with headers above and at the side": (
        f"<p>{PROSE}</p><table><tr><th>Complaint<th>Effect<tr><th>Gout<td>none"
        f"<tr><td>Cramps<td>some</table><p>{MORE}</p>",
        [
            f"P {PROSE}",
            "C Complaint",
            "C Effect",
            "C Gout <Complaint>",
            "C none <Effect, Gout>",
            "C Cramps <Complaint>",
            "C some <Effect, Cramps>",
            f"P {MORE}",
        ],
    ),
    "a table with spans": (
        f"<p>{PROSE}</p><table><thead><tr><th></th><th colspan=2>Effect</th></tr><tr><th></th><th>skin</th>"
        "<th>joints</th></tr></thead><tr><td rowspan=2>Ice<td>red<td>cool<tr><td>numb<td>stiff</table>"
        f"<p>{MORE}</p>",
        [
            f"P {PROSE}",
            "C Effect",
            "C skin",
            "C joints",
            "C Ice",
            "C red <Effect, skin, Ice>",
            "C cool <Effect, joints, Ice>",
            "C numb <Effect, skin, Ice>",
            "C stiff <Effect, joints, Ice>",
            f"P {MORE}",
        ],
    ),
    "a table that only lays out the page": (
        f"<table><tr><td><h1>Cold</h1><p>{PROSE}</p></td><td><p>{MORE}</p></td></tr></table>",
        ["T Cold", f"P {PROSE}", f"P {MORE}"],
    ),
    "a table that lays out the page beside its menu and teasers": (
        "<table><tr><td colspan=2>Frost Weekly</td></tr>"
        "<tr><td><b>Topics</b><br><a href=x>Asthma</a><br>Our balm cures gout</td>"
        f"<td><h1>Cold<br>rooms</h1><p>{PROSE}</p><table><tr><th>Uses</th><th>Care</th></tr>"
        f"<tr><td>gout</td><td>slow</td></tr></table><p>{MORE}</p></td></tr></table>",
        ["T Cold rooms", f"P {PROSE}", "C Uses", "C Care", "C gout <Uses>", "C slow <Care, gout>", f"P {MORE}"],
    ),
    "entities, white space, invisible characters": (
        f"<p>{PROSE}</p><p>Heat&nbsp;&amp;\n   cold &lt;3 re&shy;lieve\u200b pain, "
        "AT&T, &unknown; and &#8211; so &#x2014; on.</p>",
        [f"P {PROSE}", "P Heat & cold <3 relieve pain, AT&T, &unknown; and – so — on."],
    ),
    "markup that means nothing to the reader": (
        f"<p>{PROSE}</p><script>var a = '<p>no</p>';</script><style>p {{}}</style><!-- no --><template>no</template>"
        f"<noscript>no</noscript><p>{MORE}</p><![no]]>",
        [f"P {PROSE}", f"P {MORE}"],
    ),
    "preformatted lines": (
        f"<p>{PROSE}</p><pre>It helps with:\n- gout\n- cramps\n</pre>",
        [f"P {PROSE}", "P It helps with:", "L0 gout", "L0 cramps"],
    ),
    "details and summary": (
        f"<p>{PROSE}</p><details><summary>Who should wait?</summary><p>{MORE}</p></details>",
        [f"P {PROSE}", "H6 Who should wait?", f"P {MORE}"],
    ),
    "parts that fold: details": (
        f"<main><h1>Cold</h1><p>{PROSE}</p><details><summary>Side effects</summary><ul><li>numbness</ul></details>"
        f"<details><summary>Who should wait?</summary><p>{MORE}</p></details></main>",
        ["T Cold", f"P {PROSE}", "H6 Side effects", "L0 numbness", "H6 Who should wait?", f"P {MORE}"],
    ),
    "parts that fold: buttons, bare or in a heading": (
        f"<main><h1>Cold</h1><p>{PROSE}</p><button aria-expanded=false>Side effects</button><div hidden>"
        f"<ul><li>numbness<li>redness</ul></div><h3><button>Who should wait</button></h3><div><p>{MORE}</p></div>",
        ["T Cold", f"P {PROSE}", "H6 Side effects", "L0 numbness", "L0 redness", "H3 Who should wait", f"P {MORE}"],
    ),
    "tabs": (
        f"<main><h1>Cold</h1><p>{PROSE}</p><div role=tablist><button role=tab>Good</button>"
        f"<button role=tab>Bad</button></div><div role=tabpanel><h2>Good</h2><p>{MORE}</p></div>"
        "<div role=tabpanel hidden><h2>Bad</h2><ul><li>numbness<li>redness</ul></div></main>",
        ["T Cold", f"P {PROSE}", "H2 Good", f"P {MORE}", "H2 Bad", "L0 numbness", "L0 redness"],
    ),
    "templates and what is for browsers without scripts": (
        f"<main><p>{PROSE}</p><template><p>Ice cures gout.</p></template><noscript><p>{PROSE}</p></noscript>"
        f"<p>{MORE}</p></main>",
        [f"P {PROSE}", f"P {MORE}"],
    ),
    "characters without width": (
        f"<p>{PROSE} Inflam&shy;mation, hyper\u00adten\u200bsion, frost\u200c\u200dbite, fros&zwnj;t&#8203;nip.</p>"
        f"<p>{MORE}</p>",
        [f"P {PROSE} Inflammation, hypertension, frostbite, frostnip.", f"P {MORE}"],
    ),
    "a list at the end of the article": (
        f"<article><p>{PROSE}</p><p>{MORE}</p><ul><li>gout<li>cramps</ul></article><ul><li>gout for all</ul>",
        [f"P {PROSE}", f"P {MORE}", "L0 gout", "L0 cramps"],
    ),
    "a list at its beginning": (
        f"<body><h1>Cold</h1><h2>In short</h2><ul><li>gout<li>cramps</ul><p>{PROSE}</p><p>{MORE}</p></body>",
        ["T Cold", "H2 In short", "L0 gout", "L0 cramps", f"P {PROSE}", f"P {MORE}"],
    ),
}


@pytest.mark.parametrize(("body", "expected"), CASES.values(), ids=CASES.keys())
def test_structure(body: str, expected: list[str]) -> None:
    for page in (body, f"<!DOCTYPE html><html><head><title></title></head><body>{body}</body></html>"):
        assert structure(document(page)) == [line for line in expected if line]


PAGE = f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Cold rooms explained | Frost Weekly</title>
<meta property="og:site_name" content="Frost Weekly"><link rel="canonical" href="https://example.org/cold">
<meta property="article:published_time" content="2024-02-03"></head><body class="has-sidebar">
<div id="cookie-bar"><p>We use cookies to make your asthma better. Do you accept them all?</p><button>OK</button></div>
<header class="site-header"><a href="/">Frost Weekly</a>
<nav><ul><li><a href="/a">Asthma</a></li><li><a href="/b">Eczema</a></li></ul></nav></header>
<div class="main-content"><article><h1>Cold rooms explained</h1>
<p>{PROSE}</p><p>{PROSE.replace("few", "couple of")}</p>
<h2>Who should stay out?</h2><p>The following people should not use a cold room:</p>
<ul><li>pregnant women</li><li>people with <a href="/h">heart disease</a></li><li>asthma patients</li></ul>
<div class="share-buttons"><span>Share if it cured your gout</span></div>
<p>{MORE}</p><figure><img src="x"><figcaption>A guest with psoriasis</figcaption></figure>
<p>{MORE.replace("Nobody", "None of the guests")}</p></article>
<section class="related-posts"><h3>Related articles</h3><ul><li><a href="/x">The sauna cures migraine</a></li>
<li><a href="/y">Ice against acne</a></li></ul></section></div>
<aside class="sidebar"><h3>Most read</h3>
<p>Our new balm treats eczema in a week. Order the balm today and save on postage.</p></aside>
<form><label>Get our newsletter on arthritis</label><input></form>
<footer><p>Frost Weekly does not give advice on diabetes.</p></footer></body></html>"""


def test_furniture_is_left_out() -> None:
    assert structure(document(PAGE)) == [
        "T Cold rooms explained",
        f"P {PROSE}",
        f"P {PROSE.replace('few', 'couple of')}",
        "H2 Who should stay out?",
        "P The following people should not use a cold room:",
        "L0 pregnant women",
        "L0 people with heart disease",
        "L0 asthma patients",
        f"P {MORE}",
        f"P {MORE.replace('Nobody', 'None of the guests')}",
    ]


def test_metadata() -> None:
    read = read_bytes(PAGE.encode(), "cold.html")
    assert read.title == "Cold rooms explained"
    assert read.source.media_type == "text/html"
    assert read.source.metadata == {
        "url": "https://example.org/cold",
        "date": "2024-02-03",
        "site": "Frost Weekly",
        "language": "en-GB",
    }


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Cold &amp; you | Frost Weekly</title>", "Cold & you"),
        ("<title>Cold - a guide</title><meta property='og:title' content='Cold'>", "Cold"),
        ("<meta property='og:site_name' content='Frost'><title>Cold: a guide - Frost</title>", "Cold: a guide"),
        ("", ""),
    ],
)
def test_title_without_heading(head: str, title: str) -> None:
    assert document(f"<html><head>{head}</head><body><p>{PROSE}</p></body></html>").title == title


def test_own_rule_where_trafilatura_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trafilatura.extract", lambda *args, **options: None)
    assert structure(document(PAGE))[0] == "T Cold rooms explained"
    assert not re.search("cookies|newsletter|balm|migraine|diabetes|psoriasis", document(PAGE).text)


def test_a_list_that_trafilatura_drops_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trafilatura.extract", lambda *args, **options: f"{PROSE}\n{MORE}\n")
    text = document(PAGE).text
    assert "pregnant women\npeople with heart disease\nasthma patients" in text
    assert not re.search("cookies|newsletter|balm|migraine|diabetes|gout", text)


def check_offsets(source: str, read: Document) -> int:
    """Every character leads back to itself, or to the entity that stands for it; gives the number of letters."""
    letters = 0
    last = -1
    for at, character in enumerate(read.text):
        span = read.source_span(at, at + 1)
        if span is None:
            assert character in "\n–" or (character == " " and read.text[at - 1 : at + 2].strip(" ") == "–")
        elif not character.isspace():
            assert entities.unescape(source[slice(*span)]) == character
            assert span[0] > last
            last = span[0]
            letters += 1
        else:
            assert source[slice(*span)] in {"<br", "</b"} or not entities.unescape(source[slice(*span)]).strip()
    return letters


def test_every_letter_leads_back_to_the_source() -> None:
    assert check_offsets(PAGE, document(PAGE)) > 400


TAGS = [
    "p",
    "div",
    "ul",
    "ol",
    "li",
    "b",
    "i",
    "a",
    "span",
    "h1",
    "h2",
    "h3",
    "table",
    "tr",
    "td",
    "th",
    "dl",
    "dt",
    "dd",
]
TAGS += ["pre", "section", "article", "br", "details", "summary", "blockquote", "nav", "em", "title"]
WORDS = [
    "cold",
    "Gout",
    "re&shy;lief",
    "&amp;",
    "&nbsp;",
    "&#8211;",
    "&lt;b",
    "a&b",
    "&bogus;",
    "é",
    "helps:",
    "- x",
    "\u200b",
    "1.",
]
SPACE = ["", " ", "\n", "  \n\t", "\r\n", "\xa0", "<!-- c -->", "<br>", "<wbr>"]

bit = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(SPACE),
    st.sampled_from([f"<{tag}>" for tag in TAGS]),
    st.sampled_from([f"</{tag}>" for tag in TAGS]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(bit, max_size=60).map("".join))
def test_offsets_hold_on_any_nesting(page: str) -> None:
    read = document(page)
    check_offsets(page, read)
    runs = read.runs or ()
    assert all(a.end <= b.start for a, b in pairwise(runs))
    at = 0
    for block in read.blocks:
        assert at <= block.start < block.end <= len(read.text)
        assert not read.text[block.start].isspace()
        assert not read.text[block.end - 1].isspace()
        at = block.end


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/!-&#;x[]= '\"\n", max_size=80))
def test_any_characters_are_read(page: str) -> None:
    read = document(page)
    assert all(read.text[b.start : b.end].strip() for b in read.blocks)


def test_a_list_in_a_cell_of_the_layout_is_a_list_of_its_own() -> None:
    """trafilatura leaves the list out; the cell's prose around it must neither go with it nor lose it."""
    items = "".join(f"<li>side effect number {n}</li>" for n in range(9))
    page = (
        "<html><body><table><tr><td><h3>The principle</h3>"
        "<p>Cryotherapy treats pain by numbing the nerve that gives trouble, with a small zone of frost.</p>"
        f"<h3>Side effects</h3><p>It may bring on:</p><ol>{items}</ol><p>As a rule all of this passes.</p>"
        "</td><td><a href='/a'>Other</a></td></tr></table></body></html>"
    )
    document = read_bytes(page.encode(), "page.html")
    assert "side effect number 8" in document.text
    assert document.text.endswith("As a rule all of this passes.")
