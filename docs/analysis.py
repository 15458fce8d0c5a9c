"""Five questions of an analyst, answered from the tables alone.

    python docs/analysis.py                  the tables of this repository, in outputs/
    python docs/analysis.py out > answers.txt    your own

docs/analysis.txt is what it prints for outputs/; a test holds the two together. After a change of the table:
python docs/analysis.py > docs/analysis.txt
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

import cryomine

folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "outputs"
claims = cryomine.read_claims(folder / "claims.csv")
comparison = cryomine.compare(claims, pd.read_csv(folder / "documents.csv", keep_default_na=False))
agreements, contradictions, sources = comparison.agreements, comparison.contradictions, comparison.sources
matrix = comparison.matrix


def show(question: str, answer: pd.DataFrame, rows: int = 8) -> None:
    """One question and the top of its answer."""
    print(f"{question}\n")
    text = answer.head(rows).to_string(index=False, max_colwidth=58) if len(answer) else "(nobody)"
    print("\n".join(f"    {line.rstrip()}" for line in text.split("\n")))
    print()


# 1. An agreement has one row for each source that takes part; `same` are those that name the concept itself.
same = agreements[(agreements.relation == "treats") & (agreements.match == "same")]
firm = same[same.certainty == "asserted"].groupby("agreement_id").source.nunique().rename("without_hedge")
most = same.drop_duplicates("agreement_id").join(firm, on="agreement_id")
most = most.assign(without_hedge=most.without_hedge.fillna(0).astype(int))
most = most.sort_values(["sources_same", "concept"], ascending=[False, True])
show(
    "1. What do most sources say that the therapy helps with, and how many of them without a hedge?",
    most[["concept", "sources_same", "without_hedge"]].rename(columns={"sources_same": "sources"}),
)

# 2. Apparent contradictions, in which both can hold, are kept apart by `verdict`.
real = contradictions[contradictions.verdict == "contradiction"]
strong = real[(real.strength == "strong") & (real.match == "same")]
disputes = strong.groupby(["concept_a", "kind"], observed=True).agg(
    pairs=("pair_id", "size"), on_one_side=("source_a", "nunique"), on_the_other=("source_b", "nunique")
)
disputes = disputes.reset_index().rename(columns={"concept_a": "concept"})
disputes = disputes.sort_values(["pairs", "concept", "kind"], ascending=[False, True, True])
show("2. Over which conditions do sources contradict each other most?", disputes)

# 3. `scope` tells pairs within one article from those across two.
within = real[(real.scope == "within") & (real.strength != "weak")]
within = within.assign(
    first=within.condition_a.str.split().str.join(" "), second=within.condition_b.str.split().str.join(" ")
)
show(
    "3. Which articles contradict themselves?",
    within.sort_values(["source_a", "concept_a", "concept_b", "pair_id"])[
        ["source_a", "kind", "first", "second"]
    ].rename(columns={"source_a": "source"}),
)

# 4. `only_here` counts claims that no other independent source makes.
alone = sources[sources.claims >= 5].assign(alone=lambda s: (s.only_here / s.distinct_claims).astype(float).round(2))
alone = alone.sort_values(["alone", "only_here", "source"], ascending=[False, False, True])
show(
    "4. Whose claims does nobody else make, and do they at least hedge them?",
    alone[["source", "distinct_claims", "only_here", "alone", "hedged_share"]],
)

# 5. One line of the matrix for each relation, a column for each source; then the words themselves, from the claims.
asked = strong.concept_a.value_counts().sort_index().sort_values(ascending=False, kind="stable").index[:1]
lines = matrix[matrix.concept.isin(asked)].melt(
    ["concept_id", "concept", "relation", "pack"], var_name="source", value_name="says"
)
lines = lines[lines.says != ""].sort_values(["relation", "says", "source"])
words = claims.drop_duplicates(["source", "concept_id", "relation"])[["source", "concept_id", "relation", "evidence"]]
words = words.astype({"relation": "string"})
show(
    f"5. Who says what about {', '.join(asked) or 'the most disputed condition'}, and in which words?",
    lines.astype({"relation": "string"})
    .merge(words, on=["source", "concept_id", "relation"])[["relation", "says", "source", "evidence"]]
    .assign(evidence=lambda t: t.evidence.str.split().str.join(" ")),
    rows=12,
)
