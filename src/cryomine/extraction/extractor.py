"""The room's front door: a pack in, documents to linked claims; and the same as a spaCy pipeline."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import spacy

from cryomine.claims import Claim
from cryomine.defaults import PACK
from cryomine.document import Document
from cryomine.extraction.engine import claims_of
from cryomine.extraction.knowledge import Knowledge
from cryomine.extraction.lexicon import Lexicon
from cryomine.extraction.matcher import Matcher
from cryomine.extraction.pipeline import prepare
from cryomine.extraction.tokens import Tokens
from cryomine.extraction.trace import Trace, TraceRecord
from cryomine.extraction.view import CUTS, folded, plain
from cryomine.link.abbreviations import abbreviations
from cryomine.link.background import Background
from cryomine.link.linker import Linker
from cryomine.packs import load_pack
from cryomine.packs.schema import Pack


class Extractor:
    """Finds and links the claims of documents with one pack.

    ``nlp`` is the blank English pipeline to tokenize with; it is given the pack's folded word forms.
    """

    def __init__(self, pack: Pack, *, nlp: Any = None) -> None:
        self.pack = pack
        self.nlp = nlp if nlp is not None else spacy.blank("en")
        prepare(self.nlp)
        self._tokens = Tokens(self.nlp)
        known = Background.for_concepts(pack.concepts) if pack.background else None
        lexicon = Lexicon(pack)
        is_condition = lru_cache(maxsize=100_000)(known.is_condition) if known else _never
        self.knowledge = Knowledge.of(pack, lexicon, Matcher(self.nlp, pack, lexicon), is_condition)
        self.linker = Linker.from_pack(pack, known)

    def claims(self, document: Document) -> list[Claim]:
        """The linked claims of a document, sorted by start, end, relation."""
        return self.linked(document, self.found(document, self.tokens(document)))

    def tokens(self, document: Document) -> Any:
        """The spaCy ``Doc`` of a document's text, white space folded; it knows where (``CUTS``)."""
        text, cuts = folded(plain(document.text, document.blocks), document.blocks)
        doc = self._tokens(text)
        doc.user_data[CUTS] = cuts
        return doc

    def found(self, document: Document, doc: Any, trace: Trace | None = None) -> list[Claim]:
        """The claims of a document and its ``Doc``, not yet linked."""
        return claims_of(self.knowledge, document, doc, trace)

    def linked(self, document: Document, claims: list[Claim]) -> list[Claim]:
        """The same claims with their concepts."""
        if not claims:
            return claims
        surfaces = [" ".join(document.text[claim.start : claim.end].split()) for claim in claims]
        # An abbreviation has two capitals.
        defined = {} if all(surface[1:].islower() for surface in surfaces) else abbreviations(document.text)
        result = []
        for claim, surface in zip(claims, surfaces, strict=True):
            link = self.linker.link(surface, defined)
            result.append(
                replace(claim, concept_id=link.concept_id, concept=link.concept, link=link.kind, link_score=link.score)
            )
        return result

    def explain(self, document: Document) -> list[TraceRecord]:
        """What was seen in a document and what became of it, in text order."""
        trace = Trace()
        for claim in self.linked(document, self.found(document, self.tokens(document), trace)):
            note = f"{claim.intervention} ({claim.intervention_scope})"
            cue = document.text[claim.cue_start : claim.cue_end]
            note += f"; cue '{cue}'"
            note += f"; negated by '{claim.negation_cue}'" if claim.negation_cue else ""
            note += f"; hedged by '{claim.hedge_cue}'" if claim.hedge_cue else ""
            words = document.text[claim.start : claim.end]
            trace.add(TraceRecord(claim.start, claim.end, words, "claim", note, claim.rule, claim.relation,
                                  claim.polarity, claim.certainty, claim.concept))  # fmt: skip
        return trace.sorted()


def _never(_surface: str) -> bool:
    return False


def build(pack: str | Path | Pack = PACK) -> Any:
    """A blank English pipeline with the pack's components, in the order of the flow."""
    from cryomine.extraction import components  # noqa: F401  (registers the factories)

    loaded = pack if isinstance(pack, Pack) else load_pack(pack)
    nlp = spacy.blank("en")
    extractor = Extractor(loaded, nlp=nlp)
    for name in ("cryomine_structure", "cryomine_claims", "cryomine_linker"):
        component = nlp.add_pipe(name)
        if name != "cryomine_structure":
            component.extractor = extractor
    return nlp
