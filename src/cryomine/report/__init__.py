"""A run's output folder as a page to look at: who says what, who agrees, who contradicts whom, where it stands.

Knows the table and the folder; knows nothing of how claims are found.
"""

from __future__ import annotations

from cryomine.report.write import Written, report

__all__ = ["Written", "report"]
