"""What the templates show, as plain values: every choice of what and how much is made here, none in a template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryomine.report.folder import Article, Folder, Row
from cryomine.report.matrix import Said, matrix, stem
from cryomine.report.pairs import Group, Pairs
from cryomine.report.quotes import Quote, quote_of
from cryomine.report.relations import Look, described
from cryomine.report.segments import Segment, Span, segments
from cryomine.report.texts import Original, text_of

# As much as can be taken in, and as keeps a page of fifty articles well under a megabyte.
HEAT_CONCEPTS, HEAT_SOURCES = 80, 100
GROUPS, PAIRS, QUOTES = 50, 3, 4


@dataclass(frozen=True, slots=True)
class Tally:
    """The claims of one relation (or all): mentions by how they are said, and how many sources and concepts."""

    look: Look | None
    asserted: int
    hedged: int
    negated: int
    sources: int
    concepts: int


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article on a page; ``pieces`` is empty and ``note`` says why where its text is not to be had.

    ``loose`` are the claims that could not be marked in the text.
    """

    article: Article
    original: Original
    note: str
    pieces: Sequence[Piece]
    loose: Sequence[QuoteView]
    tally: Sequence[tuple[Look, int]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment of text and how it looks: the innermost claim's relation, then those of the claims around it."""

    segment: Segment
    styles: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote with what stands around it."""

    quote: Quote
    look: Look
    label: str
    number: int
    article: str
    href: str
    original: str


def index_view(
    folder: Folder, pairs: Pairs, style: Mapping[str, Look], originals: Mapping[str, Original], files: Mapping[str, str]
) -> dict[str, Any]:
    """The values of the page: ``files`` gives the file that holds an article's text, if not the page itself."""
    articles = {article.source: article for article in folder.articles}

    def words_of(row: int) -> str:
        return f"{files.get(str(folder.rows[row]['source']), '')}#m{row}"

    def quoted(row: int) -> QuoteView:
        return _quoted(folder, row, style, originals, articles, words_of(row))

    def paired(group: Group) -> dict[str, Any]:
        shown = [(pair, quoted(pair.left), quoted(pair.right)) for pair in group.pairs[:PAIRS]]
        return {"group": group, "shown": shown, "more": group.size - len(shown)}

    return {
        "folder": folder,
        "looks": list(style.values()),
        "tallies": _tallies(folder.rows, style),
        "counts": _counts(folder, pairs),
        "heat": _heat(folder, style, articles, words_of),
        "agreements": [(a, style[a.relation], [quoted(row) for row in a.rows[:QUOTES]], a.sources - QUOTES)
                       for a in pairs.agreements[:GROUPS]],
        "contradictions": [paired(group) for group in pairs.contradictions[:GROUPS]],
        "apparent": [paired(group) for group in pairs.apparent[: GROUPS // 2]],
        "pairs": pairs,
        "articles": [] if files else [article_view(folder, a, style, originals[a.source]) for a in folder.articles],
        "listed": [(a, files[a.source], _tally(folder.rows, a, style)) for a in folder.articles] if files else [],
    }  # fmt: skip


def article_view(folder: Folder, article: Article, style: Mapping[str, Look], original: Original) -> ArticleView:
    """One article with its claims in place; only words that stand where their row says are marked."""
    text = text_of(article, folder.path)
    spans = []
    if text.text is not None:
        spans = [Span(i, folder.rows[i]["start"], folder.rows[i]["end"]) for i in article.rows]
        spans = [s for s in spans if s.start < s.end and text.text[max(s.start, 0) : s.end] == _words(folder, s.row)]
    marked = {span.row for span in spans}
    sources = {article.source: article}
    return ArticleView(
        article,
        original,
        text.note,
        [_piece(folder.rows, segment, style) for segment in segments(text.text or "", spans)],
        [_quoted(folder, i, style, {article.source: original}, sources, "") for i in article.rows if i not in marked],
        _tally(folder.rows, article, style),
    )


def _words(folder: Folder, row: int) -> str:
    return str(folder.rows[row]["condition"])


def _piece(rows: Sequence[Row], segment: Segment, style: Mapping[str, Look]) -> Piece:
    if not segment.rows:
        return Piece(segment, ())
    styles = tuple(dict.fromkeys(style[rows[row]["relation"]].style for row in segment.rows))
    return Piece(segment, styles, rows[segment.rows[0]]["polarity"] == "negated")


def _tally(rows: Sequence[Row], article: Article, style: Mapping[str, Look]) -> list[tuple[Look, int]]:
    count = Counter(rows[index]["relation"] for index in article.rows)
    return [(look, count[relation]) for relation, look in style.items() if count[relation]]


def _tallies(rows: Sequence[Row], style: Mapping[str, Look]) -> list[Tally]:
    found = []
    for look in (*style.values(), None):
        chosen = [row for row in rows if look is None or row["relation"] == look.relation]
        negated = sum(row["polarity"] == "negated" for row in chosen)
        hedged = sum(row["polarity"] != "negated" and row["certainty"] == "hedged" for row in chosen)
        found.append(
            Tally(
                look,
                len(chosen) - negated - hedged,
                hedged,
                negated,
                len({row["source"] for row in chosen}),
                len({row["concept_id"] for row in chosen} - {""}),
            )
        )
    return found


def _counts(folder: Folder, pairs: Pairs) -> list[tuple[str, str]]:
    linked = sum(row["link"] != "none" for row in folder.rows)
    return [
        ("articles", f"{len(folder.articles):,}"),
        ("with a claim", f"{sum(bool(article.rows) for article in folder.articles):,}"),
        ("claims", f"{len(folder.rows):,}"),
        ("linked to a concept", f"{linked / len(folder.rows):.0%}" if folder.rows else "–"),
        ("concepts", f"{len({row['concept_id'] for row in folder.rows} - {''}):,}"),
        ("agreements", "–" if pairs.note else f"{len(pairs.agreements):,}"),
        ("contradictions", "–" if pairs.note else f"{sum(group.size for group in pairs.contradictions):,}"),
        ("inputs that failed", f"{folder.failures:,}"),
    ]


def _heat(folder: Folder, style: Mapping[str, Look], articles: Mapping[str, Article], words_of: Any) -> dict[str, Any]:
    table = matrix(folder.rows, HEAT_CONCEPTS, HEAT_SOURCES)

    def token(said: Said) -> dict[str, Any]:
        look = style[said.relation]
        many = str(said.count) if said.count > 1 else ""
        sign = ("¬" if said.negated else "") + look.letter + many + ("?" if said.hedged else "")
        words = [said.relation, *(["negated"] if said.negated else []), *(["hedged"] if said.hedged else [])]
        return {
            "sign": sign,
            "label": f"{sign}: {', '.join(words)}, {said.count} mention{'s' * (said.count > 1)}",
            "style": f"{look.style} k{min(said.count, 3)}" + (" neg" if said.negated else ""),
            "href": words_of(said.row),
        }

    lines = [(line, [[token(s) for s in line.cells.get(source, ())] for source in table.sources])
             for line in table.lines]  # fmt: skip
    return {"matrix": table, "lines": lines, "columns": [(articles[s], stem(s)) for s in table.sources]}


def _quoted(
    folder: Folder,
    row: int,
    style: Mapping[str, Look],
    originals: Mapping[str, Original],
    articles: Mapping[str, Article],
    href: str,
) -> QuoteView:
    values = folder.rows[row]
    article = articles[str(values["source"])]
    return QuoteView(
        quote_of(row, values),
        style[str(values["relation"])],
        described(values),
        article.number,
        article.title or article.source,
        href,
        originals[article.source].at(str(values["locator"])),
    )
