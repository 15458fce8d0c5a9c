"""A phrase found in a text, as the ``Matcher`` gives it."""

from __future__ import annotations

from typing import NamedTuple


class Hit(NamedTuple):
    """A phrase found: token offsets, end exclusive; ``what`` is the kind of phrase, ``key`` whose it is."""

    start: int
    end: int
    what: str
    key: str
