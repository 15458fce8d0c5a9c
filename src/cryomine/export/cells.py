"""A cell in a spreadsheet is not a program: text that would be taken for a formula is made plain text.

Only for files that people open in a spreadsheet; the canonical table is never touched.
"""

from __future__ import annotations

from typing import Any

# What Excel, LibreOffice and Google Sheets take for the start of a formula, or skip in front of one. The full-width
# forms are read like the plain ones by Japanese editions.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutral(value: Any) -> Any:
    """``value``, with an apostrophe in front where a spreadsheet would run it; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value
