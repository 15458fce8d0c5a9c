"""Articles for benchmarks, made from the corpus: its sentences and lists shuffled, its conditions exchanged.

    python benchmarks/generate.py FOLDER --documents 1000 --seed 7

Two kinds: `about` has as many claims as the corpus, where every article is about the therapy (31 in 1,000 words);
`ordinary` half of that, as articles that name the therapy among others. A quarter of the conditions give way to names
of the background vocabulary, and a few of those are misspelt, so that the vocabulary grows with the text as it does in
real articles. The same seed gives the same characters, and document N is the same however many are made.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

KINDS = {"about": 1.0, "ordinary": 0.2}  # the share of sentences and lists with claims that is used
WORDS = 350  # of an article, about; real ones of the development sets have 200 to 600
EXCHANGED = 0.25
MISSPELT = 0.04
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")
_SENTENCE = re.compile(r"[\"“A-Z\x00](\S+ ){4,}.*[.!?][\"”]?$")  # no label, no price, no line of a table
_SLOT = "\x00"
_Piece = TypeVar("_Piece", str, list[str])


@dataclass
class Parts:
    """What articles are made of; a NUL on either side marks a condition."""

    titles: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    lists: list[list[str]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


@lru_cache(maxsize=1)
def parts() -> Parts:
    """The corpus in pieces: titles, headings, sentences, lists with their lead-ins; and names of conditions."""
    from cryomine.document import BlockKind
    from cryomine.ingest import plain

    found = Parts()
    for gold in sorted((ROOT / "corpus").glob("*/gold.csv")):
        for path in sorted(gold.parent.glob("*.txt")):
            text = _marked(path.read_text(encoding="utf-8"), _spans(gold, path.name))
            lead = ""
            for block in plain.document(text).blocks:
                words = " ".join(text[block.start : block.end].split())
                if block.kind is BlockKind.LIST_ITEM:
                    if lead is not None:
                        found.lists.append([lead])
                        lead = None
                    found.lists[-1].append(words)
                    continue
                lead = words
                if block.kind is BlockKind.TITLE:
                    found.titles.append(words)
                elif block.kind is BlockKind.HEADING:
                    found.headings.append(words)
                else:
                    found.sentences += filter(_SENTENCE.match, _SENTENCE_END.split(words))
    table = ROOT / "src" / "cryomine" / "packs" / "background" / "terms.tsv"
    found.names = [line.split("\t")[2] for line in table.read_text(encoding="utf-8").splitlines()]
    return found


def article(index: int, seed: int = 7, words: int = WORDS, kind: str = "about") -> str:
    """The text of article ``index``, about ``words`` long."""
    rng = random.Random(f"{seed}-{index}")
    source = parts()

    def some(pieces: Sequence[_Piece]) -> _Piece:
        while True:
            piece = rng.choice(pieces)
            if _SLOT not in "".join(piece) or rng.random() < KINDS[kind]:
                return piece

    blocks = [rng.choice(source.titles)]
    count = 0
    while count < words:
        what = rng.random()
        if what < 0.15:
            block = some(source.headings)
        elif what < 0.35:
            lead, *items = some(source.lists)
            block = "\n".join([lead, "", *(f"- {item}" for item in items)])
        else:
            block = " ".join(some(source.sentences) for _ in range(rng.randint(2, 6)))
        blocks.append(block)
        count += block.count(" ") + 1
    text = "\n\n".join(blocks) + "\n"
    pieces = text.split(_SLOT)
    pieces[1::2] = [_exchanged(piece, rng) for piece in pieces[1::2]]
    return "".join(pieces)


def megabytes(size: float, seed: int = 7, kind: str = "about") -> list[str]:
    """As many articles as fill ``size`` MB of UTF-8."""
    found: list[str] = []
    total = 0.0
    while total < size * 1e6:
        found.append(article(len(found), seed, kind=kind))
        total += len(found[-1].encode())
    return found


def write(folder: Path, count: int, seed: int = 7, words: int = WORDS, kind: str = "about") -> None:
    """The first ``count`` articles as files, a thousand to a folder."""
    for index in range(count):
        path = folder / f"{index // 1000:03}" / f"{index:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(article(index, seed, words, kind), encoding="utf-8")


def _exchanged(condition: str, rng: random.Random) -> str:
    if rng.random() >= EXCHANGED:
        return condition
    name = rng.choice(parts().names)
    if rng.random() < MISSPELT and len(name) > 6:
        place = rng.randrange(2, len(name) - 2)
        name = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return name


def _spans(gold: Path, name: str) -> list[tuple[int, int]]:
    """The conditions of one article, none inside another."""
    with gold.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["doc"] == name and row["start"]]
    found: list[tuple[int, int]] = []
    for start, end in sorted({(int(row["start"]), int(row["end"])) for row in rows}):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def _marked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}{_SLOT}{text[start:end]}{_SLOT}{text[end:]}"
    return text


def main() -> None:
    """Write a folder of articles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--words", type=int, default=WORDS)
    parser.add_argument("--kind", choices=KINDS, default="about")
    given = parser.parse_args()
    write(given.folder, given.documents, given.seed, given.words, given.kind)


if __name__ == "__main__":
    main()
