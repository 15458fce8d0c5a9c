"""Which sources are the same article: a copy agrees with nobody and contradicts nobody.

Three signs, in this order: the documents table says so (``duplicate_of``), the texts have one digest, or the claims
rest on mostly the same sentences. Takes plain columns; knows nothing of what is claimed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

# Copies with another headline or a sentence less share most of their evidence; two articles on one subject share
# hardly any sentence word for word. Fewer sentences than this can be alike by chance ("May cause redness.").
SAME_SHARE, MIN_SENTENCES = 0.8, 4
_HASHES = 4  # a copy that shares 80 % of its sentences shares at least one of four minimum hashes with p > 0.99


def originals(
    sources: Sequence[str], digests: Sequence[str], evidence: Sequence[str], said: Mapping[str, str] | None = None
) -> dict[str, str]:
    """For each source the one that it counts as: itself, or the first (by name) of its near-duplicates.

    The columns run in parallel, one entry a claim. ``said`` holds what the documents table says: source -> original.
    """
    parent: dict[str, str] = {source: source for source in sorted(set(sources))}

    def root(source: str) -> str:
        while parent[source] != source:
            source = parent[source]
        return source

    def join(one: str, other: str) -> None:
        first, second = sorted((root(one), root(other)))
        parent[second] = first

    for copy, original in sorted((said or {}).items()):
        if copy in parent and original in parent:
            join(copy, original)
        elif copy in parent and original:  # an original without claims: its copies are copies of each other
            parent.setdefault(original, original)
            join(copy, original)
    by_digest: dict[str, str] = {}
    for source, digest in zip(sources, digests, strict=True):
        if digest:
            join(source, by_digest.setdefault(digest, source))
    for one, other in _alike(sources, evidence):
        join(one, other)
    found = {source: root(source) for source in parent}
    return _named_after_present(found, set(sources))


def _named_after_present(found: dict[str, str], present: set[str]) -> dict[str, str]:
    """The same groups, each called after its first source that has claims."""
    name: dict[str, str] = {}
    for source in sorted(present):
        name.setdefault(found[source], source)
    return {source: name[found[source]] for source in sorted(present)}


def _alike(sources: Sequence[str], evidence: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of sources that share most of their sentences: each with the first of its kind."""
    sentences: dict[str, set[int]] = {}
    for source, words in zip(sources, evidence, strict=True):
        sentences.setdefault(source, set()).add(_hash(words))
    first: dict[tuple[int, int], str] = {}
    pairs = []
    for source in sorted(sentences):
        own = sentences[source]
        if len(own) < MIN_SENTENCES:
            continue
        for number in range(_HASHES):
            low = min(_mixed(value, number) for value in own)
            other = first.setdefault((number, low), source)
            shared = sentences[other]
            if other != source and len(own & shared) >= SAME_SHARE * len(own | shared):
                pairs.append((other, source))
                break
    return pairs


def _hash(words: str) -> int:
    folded = " ".join(words.casefold().split())
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest(), "big")


def _mixed(value: int, number: int) -> int:
    """Another order of the hashes for each ``number``: multiplication by an odd constant permutes 64-bit numbers."""
    return (value ^ (0x9E3779B97F4A7C15 * number)) * 0xD6E8FEB86659FD93 % 2**64
