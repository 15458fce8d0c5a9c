"""How long does it take to compare 200,000 claims from 20,000 sources, and does the time grow in proportion?

    python benchmarks/bench_compare.py

The claims are made up, seeded: concepts of the pack, a few of them in most articles as in real ones, a tenth denied,
a twentieth of the sources copies of others. Times are of the process, with the four CSV files written. Exit code 1
where 200,000 claims take a minute or more, or four times the claims more than eight times as long.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from cryomine.comparison import compare
from cryomine.packs import load_pack
from cryomine.rows import digest, sha256
from cryomine.table import NAMES, frame

if TYPE_CHECKING:
    import pandas as pd

SIZES = (50_000, 200_000)
PER_SOURCE = 10
LIMIT, GROWTH = 60.0, 8.0
RELATIONS = (("treats", 0.6), ("side-effect", 0.2), ("contraindicated", 0.2))


def claims(count: int) -> pd.DataFrame:
    """A claims table of ``count`` rows."""
    rng = random.Random(count)
    pack = load_pack("cryotherapy")
    concepts = [concept for concept in pack.concepts if concept.kind != "procedure-related"]
    rng.shuffle(concepts)
    weights = [1 / (rank + 5) for rank in range(len(concepts))]  # a few concepts are in most articles
    interventions = [item.name for item in pack.interventions]
    relations, shares = zip(*RELATIONS, strict=True)
    rows = []
    for number in range(count // PER_SOURCE):
        source = f"{number:06}.txt"
        if number % 20 == 19:
            rows += [row | {"source": source, "source_sha256": sha256(source)} for row in rows[-PER_SOURCE:]]
            continue
        chosen = rng.choices(concepts, weights, k=PER_SOURCE)
        main = rng.choice(interventions)
        for place, concept in enumerate(chosen):
            relation = rng.choices(relations, shares)[0]
            row: dict[str, object] = dict.fromkeys(NAMES, "")
            start = place * 100
            row |= {
                "mention_id": digest(source, relation, start), "source": source, "relation": relation,
                "polarity": "negated" if rng.random() < 0.1 else "affirmed",
                "certainty": "hedged" if rng.random() < 0.4 else "asserted",
                "intervention": main if rng.random() < 0.8 else rng.choice(interventions),
                "intervention_scope": "stated", "condition": concept.name, "start": start, "end": start + 9,
                "concept_id": concept.id, "concept": concept.name, "link": "exact", "link_score": 100,
                "evidence": f"Sentence {place} of article {number}, as long as sentences are, on {concept.name}.",
                "evidence_start": start, "evidence_end": start + 90, "cue_start": start, "cue_end": start + 5,
                "source_sha256": sha256(source), "text_sha256": sha256(str(number)), "pack": pack.ref,
            }  # fmt: skip
            rows.append(row)
    return frame(rows)


def main() -> int:
    """Print one line per size; 1 where a floor is missed."""
    seconds = {}
    for size in SIZES:
        table = claims(size)
        with tempfile.TemporaryDirectory() as folder:
            start = time.process_time()
            comparison = compare(table)
            compared = time.process_time() - start
            comparison.write(folder)
            seconds[size] = time.process_time() - start
            megabytes = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
        listed = len(comparison.contradictions)
        print(f"{len(table):>7,} claims, {len(comparison.sources):,} sources: {seconds[size]:.1f} s "
              f"(comparing {compared:.1f} s), {listed:,} of {comparison.pairs_found:,} pairs listed, "
              f"{comparison.agreements['agreement_id'].nunique():,} agreements, {megabytes:.0f} MB")  # fmt: skip
    missed = seconds[SIZES[1]] >= LIMIT or seconds[SIZES[1]] > GROWTH * seconds[SIZES[0]]
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
