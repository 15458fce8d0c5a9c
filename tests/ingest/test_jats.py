"""JATS and PubMed XML: title, abstract, sections, lists and tables, with offsets into the file."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from cryomine.document import Document
from cryomine.errors import ReadError
from cryomine.ingest import Input, Unread, documents, read_bytes
from ingest.blocks import structure

DOCTYPE = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96)//EN" "JATS-archivearticle1.dtd">'
JATS = f"""<?xml version="1.0" encoding="UTF-8"?>
{DOCTYPE}
<article xml:lang="en">
 <front>
  <journal-meta><journal-title>Letters on Cold</journal-title></journal-meta>
  <article-meta>
   <title-group><article-title>Cold &amp; <italic>very cold</italic>
     rooms</article-title></title-group>
   <contrib-group><contrib><name><surname>Frost</surname></name></contrib></contrib-group>
   <pub-date><year>2020</year><month>3</month></pub-date>
   <abstract><sec><title>Results</title><p>The caf&#233; helped<xref>[1]</xref> with gout.</p></sec></abstract>
   <kwd-group><kwd>cold</kwd></kwd-group>
  </article-meta>
 </front>
 <body>
  <sec><title>Who should wait</title><p>Not for:</p>
   <list><list-item><p>hearts</p><list><list-item><p>angina</p></list-item></list></list-item>
   <list-item><p>lungs</p></list-item></list>
   <table-wrap><table><thead><tr><th>Complaint</th><th>Effect</th></tr></thead>
    <tbody><tr><td>gout</td><td>none</td></tr></tbody></table></table-wrap>
   <sec><title>Costs</title><p><![CDATA[Less than <you> think.]]></p></sec>
  </sec>
 </body>
 <back><ref-list><ref><article-title>Ice cures everything</article-title></ref></ref-list></back>
</article>"""

PUBMED = """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2024//EN" "https://dtd.nlm.nih.gov/x.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation><PMID Version="1">101</PMID><Article>
<Journal>
<JournalIssue><PubDate><Year>2021</Year><Month>May</Month></PubDate></JournalIssue><Title>J Cold</Title></Journal>
<ArticleTitle>Rooms that are cold.</ArticleTitle><Abstract>
<AbstractText Label="BACKGROUND">Gout hurts.</AbstractText><AbstractText Label="RESULTS">Cold helped.</AbstractText>
<CopyrightInformation>Ours.</CopyrightInformation></Abstract><Language>eng</Language></Article></MedlineCitation>
<PubmedData><ReferenceList><Reference><Citation>Else.</Citation></Reference></ReferenceList></PubmedData></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID Version="1">102</PMID><Article><ArticleTitle>No abstract, and a
broken <b>tag</Article></MedlineCitation></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>103</PMID><Article><ArticleTitle>Third</ArticleTitle></Article></MedlineCitation>
</PubmedArticle></PubmedArticleSet>"""


def test_jats() -> None:
    document = read_bytes(JATS.encode(), "a.xml")
    assert structure(document) == [
        *("T Cold & very cold rooms", "H3 Results", "P The café helped[1] with gout."),
        *("H2 Who should wait", "P Not for:", "L0 hearts", "L1 angina", "L0 lungs"),
        *("C Complaint", "C Effect", "C gout <Complaint>", "C none <Effect, gout>"),
        *("H3 Costs", "P Less than <you> think."),
    ]
    assert document.title == "Cold & very cold rooms"
    assert document.source.metadata == {"language": "en", "site": "Letters on Cold", "date": "2020-3"}
    assert document.source.media_type == "application/jats+xml"


@pytest.mark.parametrize("source", [JATS, JATS.replace("\n", "\r\n"), JATS.replace("rooms", "räume ❄ 𝛼")])
def test_every_word_leads_back_to_the_file(source: str) -> None:
    document = read_bytes(source.encode(), "a.xml")
    for words, written in (("hearts", "hearts"), ("café", "caf&#233;"), ("Less than <you>", "Less than <you>")):
        at = document.text.index(words)
        assert source[slice(*document.source_span(at, at + len(words)))] == written  # type: ignore[misc]


def test_pubmed(tmp_path: Path) -> None:
    (tmp_path / "p.xml").write_text(PUBMED)
    first, second, third = documents(Input("p.xml", tmp_path / "p.xml"))
    assert isinstance(first, Document)
    assert isinstance(third, Document)
    assert [first.source.name, third.source.name] == ["p.xml#101", "p.xml#103"]
    assert structure(first) == [
        *("T Rooms that are cold.", "H3 Background", "P Gout hurts.", "H3 Results", "P Cold helped."),
    ]
    assert first.source.metadata == {"date": "2021-May", "site": "J Cold", "language": "eng"}
    assert first.source.sha256 != third.source.sha256
    assert isinstance(second, Unread)
    assert str(second).startswith("p.xml#102: is no well-formed XML (mismatched tag")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            f'<!DOCTYPE article [<!ENTITY l0 "ha">{LAUGHS}]><article><body><p>&l9;</p></body></article>',
            "declares entities of its own, which are not expanded; save it without them",
        ),
        (
            '<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/passwd">]><article><body><p>&x;</p></body></article>',
            "declares entities of its own, which are not expanded; save it without them",
        ),
        (
            '<!DOCTYPE article [<!ENTITY % x SYSTEM "http://localhost/x.dtd"> %x;]><article><body/></article>',
            "declares entities of its own, which are not expanded; save it without them",
        ),
        (JATS[:700], "is no well-formed XML ("),
        ("<article><body><p>&unknown;</p></body></article>", "is no well-formed XML (undefined entity"),
        ("<article>" + "<sec>" * 10_000, "nests more than 400 elements; save the article as text"),
        ("<urlset><url/></urlset>", "is XML of another kind (root <urlset>); give JATS, PubMed, HTML or text"),
        ("no XML", "is XML of another kind (no root); give JATS, PubMed, HTML or text"),
        ("<article><front/></article>", "has no text to read; check that the article is in the file itself"),
    ],
)
def test_what_cannot_be_read(data: str, message: str) -> None:
    begin = time.perf_counter()
    with pytest.raises(ReadError) as error:
        read_bytes(data.encode(), "a.xml")
    assert str(error.value).startswith(f"a.xml: {message}")
    assert "\n" not in str(error.value)
    assert time.perf_counter() - begin < 5


def test_nothing_is_fetched() -> None:
    """The entities of a DTD elsewhere have the names that they have in HTML."""
    data = f"{DOCTYPE}<article><body><p>Cold&nbsp;caf&eacute;s.</p></body></article>"
    document = read_bytes(data.encode(), "a.xml")
    assert document.text == "Cold cafés."
    assert data[slice(*document.source_span(5, 10))] == "caf&eacute;s"  # type: ignore[misc]
