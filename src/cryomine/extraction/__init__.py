"""Extraction: from a ``Document`` to its claims. ``Extractor`` is the entry, ``build`` the spaCy pipeline."""

from cryomine.extraction.extractor import Extractor, build
from cryomine.extraction.several import Several, extractor_for

__all__ = ["Extractor", "Several", "build", "extractor_for"]
