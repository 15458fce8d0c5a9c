"""A document as a list of short strings, so that tests read like tables."""

from __future__ import annotations

from cryomine.document import BlockKind, Document

_NAMES = {
    BlockKind.TITLE: "T", BlockKind.HEADING: "H{}", BlockKind.PARAGRAPH: "P", BlockKind.LIST_ITEM: "L{}",
    BlockKind.CELL: "C",
}  # fmt: skip


def structure(read: Document) -> list[str]:
    """The blocks: T title, H2 heading with level, P paragraph, L0 item with depth, C cell <its headers>."""
    return [
        f"{_NAMES[b.kind].format(b.level)} {read.text[b.start : b.end]}"
        + (f" <{', '.join(b.header)}>" if b.header else "")
        for b in read.blocks
    ]
