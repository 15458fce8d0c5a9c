"""From a ``Document`` to its claims, not yet linked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cryomine.claims import Claim
from cryomine.document import BlockKind, Document
from cryomine.extraction.about import main_intervention
from cryomine.extraction.backoff import weigh
from cryomine.extraction.chunks import select
from cryomine.extraction.defined import with_defined
from cryomine.extraction.hits import Hit, Hits
from cryomine.extraction.knowledge import Knowledge
from cryomine.extraction.state import Found, State
from cryomine.extraction.trace import Trace, TraceRecord
from cryomine.extraction.view import CUTS, View
from cryomine.extraction.walk import Walk

# Kind of the record and what it says, of a therapy's phrase in a document that is about none of ours.
_NOT_OURS = {
    "weak": ("intervention", "an everyday word for it, and the article has too few of them and no name of it"),
    "rival": ("rival", "another therapy, and the article names none of the pack's"),
}


def claims_of(knowledge: Knowledge, document: Document, doc: Any, trace: Trace | None = None) -> list[Claim]:
    """The claims of a document, sorted by start, end, relation.

    ``doc`` is the spaCy ``Doc`` of its text as ``Extractor.tokens`` gives it; ``trace`` collects what was seen and why.
    """
    state = walked(knowledge, document, doc, trace)
    if state is None:
        return []
    weigh(state)
    if trace is not None:
        state.account()
    unique: dict[tuple[int, int, str], Claim] = {}
    for found in state.found:
        claim = _claim(knowledge, state.view, found)
        unique.setdefault((claim.start, claim.end, claim.relation), claim)
    return [unique[key] for key in sorted(unique)]


def walked(knowledge: Knowledge, document: Document, doc: Any, trace: Trace | None = None) -> State | None:
    """A document as the rules leave it; ``None`` where it names none of the pack's therapies."""
    view = View(doc, knowledge.lexicon, document.text, doc.user_data.get(CUTS, ()))
    hits = Hits(with_defined(view, knowledge.matcher(doc)))
    ranges = [view.tokens(b.start, b.end) for b in document.blocks]
    title_end = next((r[1] for b, r in zip(document.blocks, ranges, strict=True) if b.kind is BlockKind.TITLE), 0)
    main, named = main_intervention(
        hits.names.hits, title_end, knowledge.parents, knowledge.concept_set("vague_interventions")
    )
    if not named:
        if trace is not None:
            _unread(trace, hits.names.hits, view)
        return None
    first = min((h.start for h in hits.names.hits if h.what in ("therapy", "weak")), default=0)
    state = State(knowledge, view, hits, main, first, trace)
    Walk(state, document, ranges).run()
    return state


def _unread(trace: Trace, hits: Sequence[Hit], view: View) -> None:
    """Note the therapies of a document that names none of ours: that is why nothing else in it is looked at."""
    for start, end, what in dict.fromkeys((hit.start, hit.end, hit.what) for hit in select(hits)):
        if what in _NOT_OURS:
            trace.add(TraceRecord(view.starts[start], view.ends[end - 1], view.words(start, end), *_NOT_OURS[what]))


def _claim(knowledge: Knowledge, view: View, found: Found) -> Claim:
    return Claim(
        relation=found.relation,
        polarity=found.polarity,
        certainty=found.certainty,
        intervention_id=found.owner.key,
        intervention=knowledge.names[found.owner.key],
        intervention_scope="stated" if found.owner.stated else "inherited",
        start=view.starts[found.chunk.start],
        end=view.ends[found.chunk.end - 1],
        section=found.section,
        evidence_start=view.starts[found.evidence[0]],
        evidence_end=view.ends[found.evidence[1] - 1],
        cue_start=view.starts[found.cue[0]],
        cue_end=view.ends[found.cue[1] - 1],
        negation_cue=found.negation,
        hedge_cue=found.hedge,
        rule=found.rule,
    )
