"""Which documents are the same article: the same file, the same text, or nearly the same words in the same order.

Knows nothing of the package but how a column is described. MinHash is written out here because it is forty lines on
numpy, which pandas and spaCy bring; the usual library (datasketch) brings scipy, 113 MB, and takes one Python call for
each shingle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from cryomine.claims import Column, Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values: TypeAlias = NDArray[np.uint64]

Entry: TypeAlias = tuple[str, str, str, bytes]

SHINGLE = 5  # words; two authors hardly ever write five words alike by chance, whatever they write about
MIN_SHINGLES = 30  # a shorter text is the same or it is not
BINS = 128  # minimum hashes of a sketch, 16 bits each; the similarity comes out within 0.04 (standard deviation)
BAND = 2  # hashes that two sketches must share in one place to be compared; at 0.5 they do with p > 0.9999
# Half of the shingles of both together: two thirds of each text are the other's. Copies of an article with another
# footer, byline or teasers have more; of 9,316 pairs of articles on one subject by different hands, none reaches 0.13.
SIMILAR = 0.5
_EMPTY = 0xFFFF

SAME_FILE, SAME_TEXT, NEAR = "same file", "same text", "near-duplicate"
COLUMNS = (
    Column("source", Kind.STRING, "the copy, as in the claims table"),
    Column("duplicate_of", Kind.STRING, "the document it is a copy of: the first, by name, of its kind"),
    Column(
        "kind",
        Kind.CATEGORY,
        "same file (same bytes), same text, or near-duplicate; only of the last are the claims in the table too",
        (SAME_FILE, SAME_TEXT, NEAR),
    ),
    Column("similarity", Kind.NUMBER, "share of five-word shingles in common, estimated; 1 where the text is the same"),
)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """One copy. ``duplicate_of`` is never a copy itself; ``similarity`` is 0 to 1, two digits."""

    source: str
    duplicate_of: str
    kind: str
    similarity: float


def sketch(text: str) -> bytes:
    """A text's words in 256 bytes that can be compared; empty for a text of few words.

    Case, punctuation and white space do not count. One-permutation MinHash: every shingle's hash goes into one of
    ``BINS`` bins, and each bin keeps the smallest.
    """
    import numpy as np

    shingles = _shingle_hashes(text)
    if len(shingles) < MIN_SHINGLES:
        return b""
    bins = (shingles >> np.uint64(57)).astype(np.intp)  # the top 7 bits: 128 bins
    ranks = ((shingles >> np.uint64(32)) & np.uint64(0x1FFFFFF)).astype(np.uint32)
    lowest = np.full(BINS, 0xFFFFFFFF, dtype=np.uint32)
    np.minimum.at(lowest, bins, ranks)
    # 16 of the minimum's bits are enough to tell two apart; which is smaller no longer matters.
    values = np.where(lowest == 0xFFFFFFFF, _EMPTY, lowest % np.uint32(_EMPTY)).astype("<u2")
    return values.tobytes()


def similarity(one: bytes, other: bytes) -> float:
    """The share of shingles that two texts have in common, from their sketches; 0 where one has none."""
    import numpy as np

    if not one or not other:
        return 0.0
    return float(_similarities(np.frombuffer(one, "<u2")[None], np.frombuffer(other, "<u2")[None])[0])


def find_duplicates(entries: Iterable[Entry]) -> list[Duplicate]:
    """The copies among documents, each given as source, digest of the file, digest of the text, sketch.

    The first of a kind is the original, so the entries come in the table's order; so do the copies that are found.
    """
    files: dict[str, str] = {}
    texts: dict[str, str] = {}
    found: list[Duplicate] = []
    sources: list[str] = []
    sketches: list[bytes] = []
    for source, file_sha256, text_sha256, drawn in entries:
        original = texts.setdefault(text_sha256, source)
        if original != source:
            kind = SAME_FILE if files.get(file_sha256) is not None else SAME_TEXT
            found.append(Duplicate(source, original, kind, 1.0))
        elif drawn:
            sources.append(source)
            sketches.append(drawn)
        files.setdefault(file_sha256, source)
    near = {sources[copy]: (sources[original], alike) for copy, original, alike in _near(sketches)}
    found = [d if d.duplicate_of not in near else replace(d, duplicate_of=near[d.duplicate_of][0]) for d in found]
    found += [Duplicate(source, original, NEAR, round(alike, 2)) for source, (original, alike) in near.items()]
    return sorted(found, key=lambda duplicate: duplicate.source)


def _near(sketches: Sequence[bytes]) -> Iterator[tuple[int, int, float]]:
    """Copy, original and similarity for each sketch that is like an earlier one; indexes into ``sketches``."""
    import numpy as np

    if len(sketches) < 2:
        return
    values = np.frombuffer(b"".join(sketches), "<u2").reshape(len(sketches), BINS)
    root: dict[int, int] = {}
    for one, copy in _alike(values).tolist():  # by one, then copy: the first that a copy is met with is the earliest
        # A copy of a copy counts as one of the original, although it may be less like it.
        root.setdefault(copy, root.get(one, one))
    for copy in sorted(root):
        yield copy, root[copy], float(_similarities(values[[copy]], values[[root[copy]]])[0])


def _alike(values: NDArray[np.uint16]) -> NDArray[np.int64]:
    """Pairs (earlier, later) of rows that are similar enough, in order, each once.

    Compared are only those that share a band: each with the first that has it and with the last before it. Found by
    sorting, one band after the other, so that memory stays small however many documents there are.
    """
    import numpy as np

    count = len(values)
    found = np.empty(0, dtype=np.int64)  # a pair as one number, which sorts ten times as fast as two
    for begin in range(0, BINS, BAND):
        band = np.ascontiguousarray(values[:, begin : begin + BAND])
        keys = band.view(f"<u{2 * BAND}").ravel()
        full = np.flatnonzero((band != _EMPTY).any(axis=1))
        order = full[np.argsort(keys[full], kind="stable")]
        same = np.flatnonzero(keys[order[1:]] == keys[order[:-1]]) + 1
        if not len(same):
            continue
        starts = np.flatnonzero(np.r_[True, keys[order[1:]] != keys[order[:-1]]])
        first = order[starts[np.searchsorted(starts, same, side="right") - 1]]
        pairs = np.unique(np.r_[first, order[same - 1]] * count + np.r_[order[same], order[same]])
        for part in np.array_split(np.setdiff1d(pairs, found, assume_unique=True), 1 + len(pairs) // 20_000):
            similar = _similarities(values[part // count], values[part % count]) >= SIMILAR
            found = np.union1d(found, part[similar])
    return np.stack((found // count, found % count), axis=1)


def _similarities(one: NDArray[np.uint16], other: NDArray[np.uint16]) -> NDArray[np.float64]:
    """Row by row; bins that are empty in both say nothing."""
    both_empty = ((one == _EMPTY) & (other == _EMPTY)).sum(axis=1)
    equal = (one == other).sum(axis=1) - both_empty
    shared: NDArray[np.float64] = equal / (BINS - both_empty).clip(min=1)
    return shared


_USUAL = 1 << 14  # bytes; nearly every article has fewer, so their powers are kept
_NO_WORD = re.compile(r"[^\x00-\x7f\w]+")  # typographic quotes, dashes, bullets
_TO_SPACE = bytes(byte if byte > 127 or chr(byte).isalnum() else 32 for byte in range(256))


def _shingle_hashes(text: str) -> Values:
    """A 64-bit hash for each run of ``SHINGLE`` words; the same on every machine.

    A polynomial hash over the bytes, by prefix sums: the hash of any stretch is a difference of two of them, moved to
    the front by the base's inverse. Arithmetic is modulo 2**64.
    """
    import numpy as np

    words = _NO_WORD.sub(" ", text.casefold()).encode("utf-8", "surrogatepass").translate(_TO_SPACE).split()
    raw = np.frombuffer(b" ".join([b"", *words, b""]), dtype=np.uint8)
    spaces = np.flatnonzero(raw == 32)
    if len(spaces) <= SHINGLE:
        return np.empty(0, dtype=np.uint64)
    base = 0x9E3779B97F4A7C15  # odd, so it has an inverse
    sums = np.zeros(len(raw) + 1, dtype=np.uint64)
    np.cumsum(raw * _powers(base, len(raw)), out=sums[1:])
    starts, ends = spaces[:-SHINGLE], spaces[SHINGLE:]
    hashes = (sums[ends] - sums[starts]) * _powers(pow(base, -1, 2**64), len(raw))[starts]
    # The low bits of such a hash are weak: mix them (the finalizer of MurmurHash3).
    for shift, factor in ((33, 0xFF51AFD7ED558CCD), (33, 0xC4CEB9FE1A85EC53)):
        hashes = (hashes ^ (hashes >> np.uint64(shift))) * np.uint64(factor)
    return hashes ^ (hashes >> np.uint64(33))


def _powers(base: int, count: int) -> Values:
    """The first ``count`` powers of ``base``, from 0."""
    return _first_powers(base)[:count] if count <= _USUAL else _powers_of(base, count)


@lru_cache(maxsize=2)
def _first_powers(base: int) -> Values:
    return _powers_of(base, _USUAL)


def _powers_of(base: int, count: int) -> Values:
    import numpy as np

    powers = np.full(count, base, dtype=np.uint64)
    powers[0] = 1
    return np.cumprod(powers, dtype=np.uint64)
