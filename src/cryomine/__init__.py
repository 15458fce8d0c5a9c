"""cryomine: source-grounded mining of therapy claims.

    >>> import cryomine
    >>> claims = cryomine.extract(["articles/"])            # a pandas DataFrame, one row per claim mention
    >>> cryomine.extract_text("Ice packs relieve swelling.")

Nothing heavy is imported before one of these names is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cryomine.api import compare, extract, extract_frame, extract_text, load, read_claims, rollup

__version__ = "0.1.0"

__all__ = ["__version__", "compare", "extract", "extract_frame", "extract_text", "load", "read_claims", "rollup"]


def __getattr__(name: str) -> Any:
    """The Python API, imported when it is first used."""
    if name in __all__:
        from cryomine import api

        return getattr(api, name)
    raise AttributeError(f"module 'cryomine' has no attribute {name!r}")
