"""``cryomine evaluate`` with what people give it: a folder, web pages, and tables that are not what they say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cryomine.cli import group

PAGE = (
    "<html><head><title>Ice</title></head><body><nav>Home Shop Contact</nav><article><h1>Ice packs</h1>\n"
    "<p>Ice packs relieve <b>swelling</b> &amp; bruising, the leaflet of the clinic says.</p>\n"
    "<p>They were of no use for toothache.</p></article></body></html>\n"
)
HEADER = "doc,relation,polarity,certainty,intervention,condition,start,end,concept\n"


def evaluate(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, ["evaluate", *map(str, arguments)])


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a run over a web page, a text and one without a claim; the articles stand beside it."""
    folder = tmp_path_factory.mktemp("scored")
    (folder / "articles").mkdir()
    (folder / "articles" / "ice.html").write_text(PAGE, encoding="utf-8")
    (folder / "articles" / "ice.txt").write_text(
        "Ice packs relieve itching.\nCold tubs amuse cats.\n", encoding="utf-8"
    )
    (folder / "articles" / "none.txt").write_text("The cryotherapy room is open on all days.\n", encoding="utf-8")
    result = CliRunner().invoke(group, ["extract", str(folder / "articles"), "-o", str(folder / "out")])
    assert result.exit_code == 0, result.output
    return folder / "out"


@pytest.fixture
def gold(tmp_path: Path) -> Callable[..., Path]:
    """Writes a gold table of lines below the header."""

    def write(*lines: str, header: str = HEADER, name: str = "gold.csv") -> Path:
        (tmp_path / name).write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        return tmp_path / name

    return write


def text_of(out: Path, words: str) -> tuple[int, int]:
    """Where words stand in the text of the web page."""
    (text,) = (path.read_text(encoding="utf-8") for path in (out / "texts").glob("*.txt"))
    return text.index(words), text.index(words) + len(words)


def test_a_missed_row_of_a_web_page_is_quoted_from_its_text(out: Path, gold: Callable[..., Path]) -> None:
    start, end = text_of(out, "clinic")
    table = gold(f"ice.html,treats,affirmed,asserted,ice pack,clinic,{start},{end},")
    for arguments in ((out,), (out / "claims.csv",), (out, "--texts", out.parent / "articles")):
        output = evaluate(arguments[0], table, "--errors", *arguments[1:]).output
        assert "Ice packs relieve swelling & bruising, the leaflet of the »clinic« says." in output


def test_without_the_kept_text_the_page_is_read_anew(out: Path, gold: Callable[..., Path], tmp_path: Path) -> None:
    start, end = text_of(out, "clinic")
    table = gold(f"ice.html,treats,affirmed,asserted,ice pack,clinic,{start},{end},")
    (tmp_path / "alone").mkdir()
    alone = tmp_path / "alone" / "claims.csv"
    alone.write_bytes((out / "claims.csv").read_bytes())
    output = evaluate(alone, table, "--errors", "--texts", out.parent / "articles").output
    assert "Ice packs relieve swelling & bruising, the leaflet of the »clinic« says." in output
    assert "»" not in evaluate(alone, table, "--errors").output


def test_a_changed_article_is_not_quoted(out: Path, gold: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "ice.txt").write_text("Other words than those that were read stand here.", encoding="utf-8")
    output = evaluate(out, gold("ice.txt,treats,affirmed,asserted,ice,tubs,32,36,"), "--errors", "--texts", tmp_path)
    assert "Cold »tubs« amuse cats." in output.output


REFUSED = {
    "no doc": (("odd.csv", "file,start\n", ("a.txt,1",)), r"odd\.csv: no gold, the column 'doc' is missing; its col"),
    "no polarity": (("odd.csv", "doc,relation,start,end\n", ("ice.txt,treats,1,2",)), r"the column 'polarity' is miss"),
    "no rows": (("gold.csv", HEADER, ()), r"gold\.csv: gold without a row; name at least"),
    "an empty file": (("gold.csv", "", ()), r"gold\.csv: no gold, the column 'doc' is missing"),
    "other documents": (
        ("gold.csv", HEADER, ("sauna.txt,treats,affirmed,,,pain,1,5,",)),
        r"gold\.csv: names no document of the table \(the first: sauna\.txt; the table's: ice\.html\); give the gold",
    ),
    "a row without a document": (("gold.csv", HEADER, (",treats,affirmed,,,pain,1,5,",)), "row 1 names no document"),
    "a polarity": (
        ("gold.csv", HEADER, ("ice.txt,treats,afirmed,,,pain,1,5,",)),
        r"row 1: 'afirmed' is no polarity; give one of affirmed, negated",
    ),
    "a certainty": (("gold.csv", HEADER, ("ice.txt,treats,affirmed,sure,,pain,1,5,",)), "'sure' is no certainty"),
    "an offset": (
        ("gold.csv", HEADER, ("ice.txt,treats,affirmed,,,pain,one,5,",)),
        r"gold\.csv: row 1: start and end are not whole numbers",
    ),
}


@pytest.mark.parametrize(("table", "message"), REFUSED.values(), ids=REFUSED)
def test_gold_that_is_none(
    out: Path, gold: Callable[..., Path], table: tuple[str, str, tuple[str, ...]], message: str
) -> None:
    name, header, lines = table
    assert re.search(message, one_line(evaluate(out, gold(*lines, header=header, name=name))))


def test_arguments_the_wrong_way_round(out: Path, gold: Callable[..., Path]) -> None:
    table = gold("ice.txt,treats,affirmed,asserted,ice pack,itching,18,25,")
    assert "gold.csv: no claims table, the column 'source' is missing; this is gold, which comes second" in one_line(
        evaluate(table, out / "claims.csv")
    )
    assert "no gold, the column 'doc' is missing; this looks like a claims table" in one_line(
        evaluate(out, out / "claims.csv")
    )


def test_places_to_ignore_that_are_none(out: Path, gold: Callable[..., Path]) -> None:
    table = gold("ice.txt,treats,affirmed,asserted,ice pack,itching,18,25,")
    odd = gold("a.txt,1", header="file,start\n", name="odd.csv")
    assert "odd.csv: the column 'doc' is missing; give a table of doc, start, end" in one_line(
        evaluate(out, table, "--ignore", odd)
    )


def test_a_folder_without_a_table(gold: Callable[..., Path], tmp_path: Path) -> None:
    assert "no claims table in it" in one_line(evaluate(tmp_path, gold("a.txt")))


def test_what_is_probably_not_meant_is_said_and_counted(out: Path, gold: Callable[..., Path]) -> None:
    result = evaluate(
        out,
        gold(
            "ice.txt,treats,affirmed,asserted,ice pack,itching,18,25,",
            "ice.txt,treets,affirmed,asserted,ice pack,cats,38,42,",
            "ice.txt,treets,affirmed,asserted,ice pack,cats,38,42,",
            "none.txt,,,,,,,,",
            "sauna.txt,,,,,,,,",
        ),
    )
    assert result.exit_code == 0
    relation, document = result.stderr.splitlines()
    assert "row 2: relation 'treets' is none of treats, contraindicated, side-effect, benefit; correct it" in relation
    assert "gold.csv: 1 of 3 documents were not read by the run: sauna.txt" in document


def test_gold_of_documents_without_a_claim_is_in_order(out: Path, gold: Callable[..., Path]) -> None:
    result = evaluate(out, gold("none.txt", header="doc\n"))
    assert (result.exit_code, result.stderr) == (0, "")


def test_gold_as_json_lines(out: Path, tmp_path: Path) -> None:
    """Its numbers are numbers, a zero among them."""
    rows = [("ice.txt", "treats", "affirmed", 0, 3), ("ice.txt", "treets", "affirmed", 0, 3)]
    names = ("doc", "relation", "polarity", "start", "end")
    lines = [json.dumps(dict(zip(names, row, strict=True))) for row in rows]
    (tmp_path / "gold.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = evaluate(out, tmp_path / "gold.jsonl", "--json")
    assert json.loads(result.stdout)["overall"]["gold"] == 2
    assert "gold.jsonl: row 2: relation 'treets'" in result.stderr


def one_line(result: Result) -> str:
    """The single line on stderr of a command that was refused."""
    assert result.exit_code == 2, result.output
    (line,) = result.stderr.splitlines()
    assert line.startswith("cryomine: ")
    return line
