"""Several packs over one text: tokens are shared, and a pack reads only the documents that name its therapies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import spacy
from spacy.matcher import PhraseMatcher

from cryomine.claims import Claim
from cryomine.document import BlockKind, Document
from cryomine.extraction.about import ENOUGH, weight
from cryomine.extraction.extractor import Extractor
from cryomine.extraction.matcher import therapy_phrases
from cryomine.packs.schema import Pack, Packs


class Several:
    """Finds the claims of documents with several packs; each claim carries the ``ref`` of its pack."""

    def __init__(self, packs: Packs) -> None:
        self.nlp = spacy.blank("en")
        self.extractors = [Extractor(pack, nlp=self.nlp) for pack in packs.members]
        self._names = PhraseMatcher(self.nlp.vocab, attr="NORM")
        self._keys: dict[int, tuple[int, str, bool]] = {}
        for at, pack in enumerate(packs.members):
            for therapy in pack.interventions:
                for weak, names in ((False, (therapy.name, *therapy.synonyms)), (True, therapy.weak_synonyms)):
                    label = f"{at}:{therapy.id}:{weak}"
                    if docs := list(therapy_phrases(self.nlp, names)):
                        self._names.add(label, docs)
                        self._keys[self.nlp.vocab.strings[label]] = (at, therapy.id, weak)

    def claims(self, document: Document) -> list[Claim]:
        """The linked claims of a document, sorted by start, end, relation, then in the order of the packs."""
        doc = self.extractors[0].tokens(document)
        found: list[tuple[int, Claim]] = []
        for at in self._named(document, doc):
            extractor = self.extractors[at]
            for claim in extractor.linked(document, extractor.found(document, doc)):
                found.append((at, replace(claim, pack=extractor.pack.ref)))
        found.sort(key=lambda item: (item[1].start, item[1].end, item[1].relation, item[0]))
        return [claim for _, claim in found]

    def _named(self, document: Document, doc: Any) -> Sequence[int]:
        """The packs that have a say: one of their therapies is named, or meant often enough by everyday words."""
        title_end = max((b.end for b in document.blocks if b.kind is BlockKind.TITLE), default=0)
        strong: Counter[tuple[int, str]] = Counter()
        weak: Counter[tuple[int, str]] = Counter()
        last = 0
        for match, start, end in sorted(self._names(doc), key=lambda m: (m[1], -m[2], m[0])):
            at, key, everyday = self._keys[match]
            counts = weight(start, in_title=doc[start].idx < title_end)
            if everyday:
                weak[at, key] += counts
            elif start >= last:
                strong[at, key] += counts
                last = end
        named = {at for at, _ in strong}
        for (at, _), count in weak.items():
            others = max((n for (other, _), n in strong.items() if other != at), default=0)
            if count >= ENOUGH and count >= others:
                named.add(at)
        return sorted(named)


def extractor_for(pack: Pack | Packs) -> Extractor | Several:
    """What finds the claims of a run with this pack, or with these."""
    return Several(pack) if isinstance(pack, Packs) else Extractor(pack)
