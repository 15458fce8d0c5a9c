"""From files to documents. Knows nothing of claims and packs."""

from __future__ import annotations

import sys

from cryomine.document import Document
from cryomine.errors import ReadError
from cryomine.ingest.inputs import Input, discover
from cryomine.ingest.registry import MAX_BYTES, Reader, read_bytes, too_large

__all__ = ["Input", "Reader", "discover", "read", "read_bytes"]


def read(item: Input) -> Document:
    """The document of one input; ``ReadError`` (one line: file, what is wrong, what to do) where there is none."""
    try:
        if item.path is None:
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with item.path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReadError(f"{item.name}: cannot be opened ({reason}); check that it is a readable file") from error
    if len(data) > MAX_BYTES:
        raise too_large(item.name)
    return read_bytes(data, item.name)
