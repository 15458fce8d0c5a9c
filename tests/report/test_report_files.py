"""The report's files: what goes in, what stays out, and what is said where something is missing."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cryomine.cli import group
from cryomine.errors import CryomineError
from cryomine.report import report, write
from cryomine.table import NAMES, csv_line, read_rows
from report.made import HOSTILE, SMALL, Article, Said

OutputOf = Callable[[dict[str, Article]], Path]


def page_of(out: Path, name: str = "report.html", **options: Path) -> str:
    return report(out, out.parent / name, **options).page.read_text(encoding="utf-8")


def rewrite(out: Path, **changed: str) -> None:
    """The same values in every row of the table."""
    rows = [row | changed for row in read_rows(out / "claims.csv")]
    lines = [csv_line(NAMES), *(csv_line(row[name] for name in NAMES) for row in rows)]
    (out / "claims.csv").write_bytes("".join(lines).encode())


@pytest.mark.parametrize("articles", [SMALL, HOSTILE, {}])
def test_the_policy_allows_the_pages_own_script_and_style_alone(
    output_of: OutputOf, articles: dict[str, Article]
) -> None:
    page = page_of(output_of(articles))
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (*scripts, *styles)]
    script, style = (f"'sha256-{digest}'" for digest in digests)
    wanted = f"default-src 'none'; script-src {script}; style-src {style}; "
    wanted += "img-src data:; base-uri 'none'; form-action 'none'"
    assert html.unescape(policy) == wanted
    assert len(re.findall("<script", page)) == 2, "the other is the data, which no browser runs"


def test_the_page_asks_the_network_for_nothing(output_of: OutputOf) -> None:
    page = page_of(output_of(SMALL))
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)
    assert not re.search(r"@import|url\(|<link|<iframe|<img", page)


def test_the_data_cannot_leave_their_element(output_of: OutputOf) -> None:
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page_of(output_of(HOSTILE)))
    assert not re.search("[<>&]", data)
    assert any("</script>" in words for words in json.loads(data)["strings"]), "it is in there, escaped"


def test_the_same_folder_gives_the_same_bytes(output_of: OutputOf) -> None:
    out = output_of(SMALL)
    assert page_of(out, "one.html") == page_of(out, "two.html")


def test_fifty_articles_stay_below_a_megabyte(output_of: OutputOf) -> None:
    """Of a size met with: 1,000 words, 20 claims, on 200 concepts that most share."""
    lines = [f"The pack number {n} may be said by some to relieve ailment {n} of the people here. " for n in range(60)]

    def article(number: int) -> Article:
        chosen = [(7 * number + 3 * n) % 60 for n in range(20)]
        text = f"Article {number}\n" + "\n".join(lines)
        return Article(text, [Said("treats", f"ailment {n} of", "relieve", concept=f"ailment {n}") for n in chosen])

    out = output_of({f"some/folder/article-{n:02}.txt": article(n) for n in range(50)})
    written = report(out, out.parent / "report.html")
    assert (written.claims, written.beside) == (1_000, 0)
    assert written.page.stat().st_size < 1_000_000


# --- what is missing ---


@pytest.mark.parametrize("missing", [("run.json",), ("documents.csv",), ("run.json", "documents.csv")])
def test_the_table_alone_is_enough(output_of: OutputOf, missing: tuple[str, ...]) -> None:
    out = output_of(SMALL)
    for name in missing:
        (out / name).unlink()
    assert 'id="m0"' in page_of(out)


def test_a_source_that_is_not_there_is_said_and_its_quotes_stand_in(output_of: OutputOf) -> None:
    out = output_of(SMALL)
    (out.parent / "articles").rename(out.parent / "moved")
    page = page_of(out)
    assert page.count("The source is not where the run found it") == 3, "the texts of other formats are kept"
    assert page.count("the original is not there") == 4
    rows = read_rows(out / "claims.csv")
    assert all(f'id="m{index}"' in page for index in range(len(rows)))
    assert "The source is not where" not in page_of(out, sources=out.parent / "moved")


@pytest.mark.parametrize(
    ("place", "note"),
    [("articles/c.txt", "The source has changed since the run"), ("out/texts/*", "The text kept beside the table has")],
)
def test_a_text_that_has_changed_is_said_and_not_shown(output_of: OutputOf, place: str, note: str) -> None:
    out = output_of(SMALL)
    (file,) = out.parent.glob(place)
    file.write_text("Changed since, with no pain.", encoding="utf-8")
    page = page_of(out)
    assert note in page
    assert "Changed since" not in page


def test_a_text_that_is_not_kept_is_said(output_of: OutputOf) -> None:
    out = output_of(SMALL)
    for text in (out / "texts").iterdir():
        text.unlink()
    assert "The text is not in the output folder" in page_of(out)


def test_words_that_are_not_where_the_row_says_are_not_marked(output_of: OutputOf) -> None:
    out = output_of({"a.txt": SMALL["c.txt"]})
    rewrite(out, start="0", end="4")
    page = page_of(out)
    assert "Claims whose words are not where the table says" in page
    assert page.count('id="m0"') == 1


def test_a_digest_that_is_a_path_is_not_followed(output_of: OutputOf) -> None:
    out = output_of({"b.html": SMALL["b.html"]})
    rewrite(out, text_sha256="../../articles/b")
    (out / "documents.csv").unlink()
    (out.parent / "articles" / "b.txt").write_text("a secret", encoding="utf-8")
    assert "a secret" not in page_of(out)


def test_a_pack_that_is_not_there_costs_the_comparison_alone(output_of: OutputOf) -> None:
    out = output_of(SMALL)
    rewrite(out, pack="warmth@9")
    page = page_of(out)
    assert "The sources could not be compared" in page
    assert 'id="m0"' in page
    assert re.search(r"<dt>contradictions</dt>\s*<dd>–</dd>", page)


def test_an_empty_table(output_of: OutputOf) -> None:
    page = page_of(output_of({"d.txt": SMALL["d.txt"]}))
    assert "No claim is linked to a concept." in page
    assert "A walk in the snow." in page


# --- links to originals ---


@pytest.mark.parametrize(
    ("source", "href"),
    [
        ("https://example.org/a?b=1&c=%22", "https://example.org/a?b=1&amp;c=%22"),
        ("HTTP://example.org/x", "HTTP://example.org/x"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("//example.org/x", None),
    ],
)
def test_what_becomes_a_link(output_of: OutputOf, source: str, href: str | None) -> None:
    out = output_of({"a.txt": SMALL["c.txt"]})
    rewrite(out, source=source)
    (out / "documents.csv").unlink()
    hrefs = re.findall(r'class="original" href="([^"]*)"', page_of(out))
    assert {link.partition("#")[0] for link in hrefs} == ({href} if href else set())


@pytest.mark.parametrize("name", ["a b&c.txt", "50%.txt", "javascript:x.txt", "deep/er/ü#1?.txt"])
def test_a_file_of_any_name_is_linked(output_of: OutputOf, name: str) -> None:
    from urllib.parse import unquote

    out = output_of({name: SMALL["c.txt"]})
    (link,) = set(re.findall(r'class="original" href="([^"#]*)["#]', page_of(out)))
    assert unquote(html.unescape(link)) == f"articles/{name}"
    assert ":" not in link


# --- files beside the page ---


def test_many_articles_have_files_of_their_own(output_of: OutputOf, monkeypatch: pytest.MonkeyPatch) -> None:
    out = output_of(SMALL)
    one = page_of(out)
    monkeypatch.setattr(write, "ONE_PAGE_WORDS", 10)
    split = page_of(out)
    beside = out.parent / "report_files"
    assert [path.name for path in sorted(beside.iterdir())] == ["0001.html", "0002.html", "0003.html", "0004.html"]
    assert 'id="m0"' in one
    assert 'id="m0"' not in split
    assert 'href="report_files/0001.html#m' in split
    assert '../report.html#r0"' in (beside / "0001.html").read_text(encoding="utf-8")


def test_pages_of_an_earlier_report_go_and_other_files_stay(
    output_of: OutputOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = output_of(SMALL)
    beside = out.parent / "report_files"
    beside.mkdir()
    for name in ("0009.html", "notes.html", "0001.txt"):
        (beside / name).touch()
    page_of(out)
    assert sorted(path.name for path in beside.iterdir()) == ["0001.txt", "notes.html"]


# --- the command ---


def cryomine(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(argument) for argument in arguments])


def test_the_command_writes_the_page_and_says_so(output_of: OutputOf, tmp_path: Path) -> None:
    result = cryomine("report", output_of(SMALL), "-o", tmp_path / "new" / "page.html")
    assert result.exit_code == 0, result.output
    assert result.output == f"{tmp_path / 'new' / 'page.html'}: 9 claims of 4 articles\n"
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["page.html"]


@pytest.mark.parametrize(
    ("folder", "output", "message"),
    [
        (".", "r.html", "no claims table in it; give the output folder of a run"),
        ("nowhere", "r.html", "nowhere: "),
        ("out", ".", ": a folder; name the file to write with -o"),
        ("out", "out/claims.csv/r.html", "cannot be written"),
    ],
)
def test_mistakes_are_one_line(output_of: OutputOf, tmp_path: Path, folder: str, output: str, message: str) -> None:
    output_of(SMALL)
    result = cryomine("report", tmp_path / folder, "-o", tmp_path / output)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert message in line


def test_a_table_with_a_hole_is_named(output_of: OutputOf) -> None:
    out = output_of(SMALL)
    rewrite(out, evidence_start="")
    with pytest.raises(CryomineError, match=r"row 1 of the claims has no evidence_start"):
        page_of(out)
