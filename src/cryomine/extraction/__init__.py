"""Extraction: from a ``Document`` to its claims. ``Extractor`` is the entry, ``build`` the spaCy pipeline."""

from cryomine.extraction.extractor import Extractor, build

__all__ = ["Extractor", "build"]
