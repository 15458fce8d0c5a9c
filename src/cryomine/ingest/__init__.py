"""From files to documents. Knows nothing of claims and packs."""

from __future__ import annotations

from cryomine.ingest.inputs import Input, discover
from cryomine.ingest.opening import documents, members, read
from cryomine.ingest.registry import Collection, Columns, Member, Reader, Unread, read_bytes

__all__ = [
    "Collection",
    "Columns",
    "Input",
    "Member",
    "Reader",
    "Unread",
    "discover",
    "documents",
    "members",
    "read",
    "read_bytes",
]
