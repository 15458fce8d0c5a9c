"""Comparing sources: who says what, who agrees, who contradicts whom, and by which rule."""

from cryomine.comparison.tables import Comparison, compare

__all__ = ["Comparison", "compare"]
