"""From files to documents. Knows nothing of claims and packs."""

from __future__ import annotations

from cryomine.ingest.inputs import Input, discover
from cryomine.ingest.opening import documents, read
from cryomine.ingest.registry import Collection, Columns, Reader, Unread, read_bytes

__all__ = ["Collection", "Columns", "Input", "Reader", "Unread", "discover", "documents", "read", "read_bytes"]
