"""The score of a claims table against gold, as docs/claims-table.md defines it.

Knows rows (mappings with the table's column names), not how claims are found; standard library only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cryomine.errors import CryomineError
from cryomine.score import Score, Span, pair

if TYPE_CHECKING:
    from cryomine.packs.schema import Intervention

BENEFIT = "benefit"  # a wellness benefit in the gold: neither right nor wrong to report


def evaluate(
    claims: Iterable[Mapping[str, Any]],
    gold: Iterable[Mapping[str, Any]],
    ignore: Iterable[Mapping[str, Any]] = (),
    kin: Mapping[str, frozenset[str]] | None = None,
) -> Score:
    """Score rows of a claims table against gold rows; ``ignore`` rows are ``doc, start, end``.

    ``kin`` says for a folded name which interventions count as the same (``kin_of``); without it names must be equal.

    A gold row with nothing but ``doc`` names a document without claims. Claims of documents that the gold does not
    name are left aside without a word; claims that overlap no gold row but a ``benefit`` or an ignored one are
    returned in ``Score.left_out``.
    """
    named = list(gold)
    documents = tuple(sorted({str(row["doc"]) for row in named}))
    annotated = [_span(row, str(row["doc"]), kin) for row in named if str(row.get("start", "")).strip()]
    wanted = [row for row in annotated if row.relation != BENEFIT]
    neutral = [row for row in annotated if row.relation == BENEFIT]
    neutral += [_span(row, str(row["doc"])) for row in ignore]
    claims = list(claims)
    doc_of = document_names({str(row["source"]) for row in claims}, documents)
    made = [_span(row, doc_of[str(row["source"])]) for row in claims if str(row["source"]) in doc_of]

    right, missed, rest = pair(wanted, made, lambda row: row.statement)
    claimed, free = _group(wanted, lambda row: row.doc), _group(neutral, lambda row: row.doc)
    wrong: list[Span] = []
    left_out: list[Span] = []
    for row in rest:
        only_neutral = _touches(row, free[row.doc]) and not _touches(row, claimed[row.doc])
        (left_out if only_neutral else wrong).append(row)
    return Score(tuple(right), tuple(missed), tuple(wrong), tuple(left_out), documents)


def overlapping(claims: Iterable[Mapping[str, Any]], places: Iterable[Mapping[str, Any]]) -> list[Span]:
    """The claims that touch one of ``places`` (rows of ``doc, start, end``), such as a list of traps."""
    marked = [_span(row, str(row["doc"])) for row in places]
    claims = list(claims)
    doc_of = document_names({str(row["source"]) for row in claims}, sorted({row.doc for row in marked}))
    by_doc = _group(marked, lambda row: row.doc)
    made = [_span(row, doc_of[str(row["source"])]) for row in claims if str(row["source"]) in doc_of]
    return [row for row in made if _touches(row, by_doc[row.doc])]


def _group(rows: Iterable[Span], key: Callable[[Span], str]) -> dict[str, list[Span]]:
    groups: dict[str, list[Span]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _touches(row: Span, others: Iterable[Span]) -> bool:
    return any(row.overlap(other) for other in others)


def document_names(sources: set[str], documents: Sequence[str]) -> dict[str, str]:
    """The gold's name of each source: the same in full, or else the source's last part."""
    by_last: dict[str, list[str]] = defaultdict(list)
    for source in sorted(sources):
        by_last[re.split(r"[/\\!]", source)[-1]].append(source)
    names: dict[str, str] = {}
    for doc in documents:
        same = [doc] if doc in sources else by_last[doc]
        if len(same) > 1:
            raise CryomineError(
                f"the gold's document {doc!r} could be {' or '.join(same)}; evaluate one folder at a time"
            )
        names.update(dict.fromkeys(same, doc))
    return names


def kin_of(interventions: Sequence[Intervention]) -> dict[str, frozenset[str]]:
    """For each folded name of an intervention: the folded canonical names of it and of all that it is a kind of."""
    by_id = {intervention.id: intervention for intervention in interventions}
    kin: dict[str, frozenset[str]] = {}
    for intervention in interventions:
        above = [intervention]
        for one in above:  # grows while it is walked
            above += [by_id[parent] for parent in one.parents if parent in by_id and by_id[parent] not in above]
        names = frozenset(one.name.casefold() for one in above)
        for name in (intervention.name, *intervention.synonyms, *intervention.weak_synonyms):
            kin[name.casefold()] = kin.get(name.casefold(), frozenset()) | names
    return kin


def _span(row: Mapping[str, Any], doc: str, kin: Mapping[str, frozenset[str]] | None = None) -> Span:
    """One row as a ``Span``; offsets may be text, as a CSV gives them."""
    try:
        start, end = int(row["start"]), int(row["end"])
    except (KeyError, TypeError, ValueError):
        raise CryomineError(f"{doc}: a row without whole numbers in start and end: {dict(row)}") from None

    def text(name: str) -> str:
        return str(row.get(name) or "")

    return Span(
        doc,
        start,
        end,
        relation=text("relation"),
        polarity=text("polarity"),
        certainty=text("certainty"),
        intervention=text("intervention"),
        condition=text("condition"),
        rule=text("rule"),
        evidence=text("evidence"),
        concept=text("concept_id" if "concept_id" in row else "concept"),
        kin=(kin or {}).get(text("intervention").casefold(), frozenset()),
    )
