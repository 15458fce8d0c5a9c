"""The flow as spaCy components, usable on a plain ``spacy.blank("en")``.

``doc._.cryomine_document`` is the text's structure, ``doc._.cryomine_claims`` the list of its claims. Set
``doc._.cryomine_document`` before the pipeline runs to give a structure that a reader found.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from cryomine.defaults import PACK
from cryomine.extraction.extractor import Extractor
from cryomine.packs import load_pack

for _name in ("cryomine_document", "cryomine_claims"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


@Language.component("cryomine_structure")
def structure(doc: Any) -> Any:
    """Give the doc its structure as plain text, where nothing set it before."""
    from cryomine.ingest import plain

    if doc._.cryomine_document is None:
        doc._.cryomine_document = plain.document(doc.text)
    return doc


class _Component:
    """A part of one pack's extractor; the extractor is made when the first text comes."""

    def __init__(self, nlp: Any, pack: str) -> None:
        self._nlp, self._pack = nlp, pack
        self.extractor: Extractor | None = None

    def _get(self) -> Extractor:
        if self.extractor is None:
            # Two components of one pipeline share what they know of the pack.
            for _, other in self._nlp.pipeline:
                if isinstance(other, _Component) and other.extractor is not None and other._pack == self._pack:
                    self.extractor = other.extractor
                    return self.extractor
            self.extractor = Extractor(load_pack(self._pack), nlp=self._nlp)
        return self.extractor


class ClaimFinder(_Component):
    """Finds the claims of a doc whose structure is known."""

    def __call__(self, doc: Any) -> Any:
        """Set ``doc._.cryomine_claims``."""
        extractor = self._get()
        # Word forms that the pipeline met before this component was made have no folded form yet.
        doc._.cryomine_claims = extractor.found(doc._.cryomine_document, extractor.tokens(doc._.cryomine_document))
        return doc


class ClaimLinker(_Component):
    """Links the claims of a doc to concepts."""

    def __call__(self, doc: Any) -> Any:
        """Replace ``doc._.cryomine_claims`` by linked ones."""
        doc._.cryomine_claims = self._get().linked(doc._.cryomine_document, doc._.cryomine_claims or [])
        return doc


@Language.factory("cryomine_claims", default_config={"pack": PACK})
def make_finder(nlp: Any, name: str, pack: str) -> ClaimFinder:
    """The component that finds claims; ``pack`` is a pack's name or folder."""
    del name
    return ClaimFinder(nlp, pack)


@Language.factory("cryomine_linker", default_config={"pack": PACK})
def make_linker(nlp: Any, name: str, pack: str) -> ClaimLinker:
    """The component that links claims; ``pack`` is a pack's name or folder."""
    del name
    return ClaimLinker(nlp, pack)
