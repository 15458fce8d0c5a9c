"""Learn what the words around a condition weigh where no rule speaks of it, from the annotated articles of corpus/.

    python scripts/learn_weights.py [--check | --folds 6]

Writes src/cryomine/packs/cryotherapy/weights.csv; ``--check`` only says whether that file is what would be written.
``--folds`` learns from all but a part of the folders, judges the conditions of that part that no rule speaks of, and
says for several thresholds how many claims that adds, right and wrong: an estimate that the articles a weight comes
from cannot flatter. Needs scikit-learn (``pip install -e ".[learn]"``); nothing else of cryomine does.

The model is a logistic regression over ``extraction.backoff.features``, one outcome for each relation and one for no
claim. All known conditions are learned from, those too that a rule claims: they are most of what there is.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from cryomine.extraction import Extractor  # noqa: E402
from cryomine.extraction.backoff.features import Features  # noqa: E402
from cryomine.extraction.backoff.weighing import ALWAYS, SURE, candidates, judge  # noqa: E402
from cryomine.extraction.engine import walked  # noqa: E402
from cryomine.ingest import plain  # noqa: E402
from cryomine.packs import load_pack  # noqa: E402

PACK = "cryotherapy"
TARGET = ROOT / "src/cryomine/packs" / PACK / "weights.csv"
# What the annotated articles of the pack are; those of another therapy and the last blind round are not learned from.
LEFT_OUT = ("hyperbaric", "blind")
# A feature has to stand in so many articles: a weight is no memory of one.
DOCUMENTS = 5
# The strength of the prior that pulls weights to zero (smaller: stronger), chosen by --folds among 0.1, 0.2 and 0.4.
STRENGTH = 0.2
NONE = "none"
# Smaller weights for all relations are not written.
SLIGHT = 0.05


class Example(NamedTuple):
    """A condition of an annotated article: its features, what the gold says of it, and whether no rule spoke of it."""

    folder: str
    document: str
    features: tuple[str, ...]
    relation: str
    unsaid: bool


def examples() -> Iterator[Example]:
    """The known conditions of all articles, in the order of folders, files and text."""
    extractor = Extractor(load_pack(PACK))
    for folder in sorted(path.parent for path in (ROOT / "corpus").glob("*/gold.csv")):
        if not folder.name.startswith(LEFT_OUT):
            yield from _of_folder(extractor, folder)


def _of_folder(extractor: Extractor, folder: Path) -> Iterator[Example]:
    gold, unclear = _spans(folder / "gold.csv"), _spans(folder / "unclear.csv")
    for name in sorted(gold):
        document = plain.document((folder / name).read_bytes().decode("utf-8"))
        state = walked(extractor.knowledge, document, extractor.tokens(document))
        if state is None:
            continue
        unsaid = {(c.chunk.start, c.chunk.end) for c in candidates(state)}
        features = Features(state)
        for candidate in candidates(state, every=True):
            chunk = candidate.chunk
            span = state.view.starts[chunk.start], state.view.ends[chunk.end - 1]
            if any(True for _ in _touching(unclear[name], span)):
                continue
            relation = next(_touching(gold[name], span), NONE)
            yield Example(
                folder.name,
                name,
                tuple(features(*candidate)),
                relation,
                (chunk.start, chunk.end) in unsaid,
            )


def _spans(path: Path) -> dict[str, list[tuple[int, int, str]]]:
    """The annotated spans of each document, with the relation where there is one; benefits are no claims."""
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                spans = found[row["doc"]]
                if row["start"] and row.get("relation") != "benefit":
                    spans.append((int(row["start"]), int(row["end"]), row.get("relation", "")))
    return found


def _touching(spans: Sequence[tuple[int, int, str]], own: tuple[int, int]) -> Iterator[str]:
    return (relation for start, end, relation in spans if start < own[1] and own[0] < end)


def learn(given: Sequence[Example]) -> dict[str, dict[str, float]]:
    """The weights of each feature for each relation, those for no claim taken off."""
    try:
        from sklearn.feature_extraction import DictVectorizer
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        sys.exit("learn_weights: scikit-learn is missing; pip install -e '.[learn]'")
    documents: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for example in given:
        for feature in example.features:
            documents[feature].add((example.folder, example.document))
    kept = {feature for feature, seen in documents.items() if len(seen) >= DOCUMENTS}
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{f: 1 for f in example.features if f in kept} for example in given])
    model = LogisticRegression(C=STRENGTH, max_iter=1000, tol=1e-6).fit(matrix, [example.relation for example in given])
    none = list(model.classes_).index(NONE)
    weights: dict[str, dict[str, float]] = {}
    for n, relation in enumerate(model.classes_):
        if n != none:
            for feature, weight in zip(vectorizer.feature_names_, model.coef_[n] - model.coef_[none], strict=True):
                weights.setdefault(feature, {})[relation] = float(weight)
            weights.setdefault(ALWAYS, {})[relation] = float(model.intercept_[n] - model.intercept_[none])
    return weights


def written(weights: Mapping[str, Mapping[str, float]], relations: Sequence[str]) -> str:
    """The weights as CSV, a feature to the line, those left out that weigh next to nothing."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["feature", *relations])
    for feature in sorted(weights, key=lambda name: (name != ALWAYS, name)):
        cells = [f"{weights[feature].get(relation, 0.0):.2f}".replace("-0.00", "0.00") for relation in relations]
        if any(abs(float(cell)) >= SLIGHT for cell in cells):
            rows.writerow([feature, *cells])
    return text.getvalue()


def alike(one: str, other: str) -> bool:
    """Whether two files have the same weights; another version of the library may differ slightly."""
    tables = [{row[0]: row[1:] for row in csv.reader(io.StringIO(text))} for text in (one, other)]
    names = sorted(tables[0].keys() | tables[1].keys())
    none = ["0", "0", "0"]
    pairs = (zip(tables[0].get(n, none), tables[1].get(n, none), strict=True) for n in names if n != "feature")
    return all(abs(float(a) - float(b)) < SLIGHT for pair in pairs for a, b in pair)


def folds(given: Sequence[Example], count: int) -> None:
    """Print what the weights of the other folders would add, right and wrong, by threshold."""
    names = sorted({example.folder for example in given})
    relations = load_pack(PACK).relations
    added: Counter[tuple[float, bool]] = Counter()
    thresholds = (0.5, 0.6, SURE, 0.7, 0.8)
    unsaid = [example for example in given if example.unsaid]
    for fold in range(count):
        part = set(names[fold::count])
        learned = learn([example for example in given if example.folder not in part])
        weights = {name: tuple(row.get(r, 0.0) for r in relations) for name, row in learned.items()}
        for example in unsaid:
            if example.folder in part:
                verdict = judge(weights, relations, example.features)
                for threshold in thresholds:
                    if verdict.probability >= threshold:
                        added[threshold, verdict.relation == example.relation] += 1
    claims = sum(example.relation != NONE for example in unsaid)
    print(f"{len(unsaid)} conditions that no rule speaks of, {claims} of them claims")
    for threshold in thresholds:
        print(f"from {threshold} on: {added[threshold, True]} right, {added[threshold, False]} wrong")


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn and write, or check, or judge by folds."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n")[0])
    parser.add_argument("--check", action="store_true", help="only say whether the file is what would be written")
    parser.add_argument("--folds", type=int, default=0, help="judge by this many parts instead")
    options: Any = parser.parse_args(arguments)
    given = list(examples())
    if options.folds:
        folds(given, options.folds)
        return 0
    text = written(learn(given), load_pack(PACK).relations)
    if options.check:
        same = TARGET.is_file() and alike(TARGET.read_text(encoding="utf-8"), text)
        print(f"weights.csv is {'as learned' if same else 'not what would be learned; run this without --check'}")
        return 0 if same else 1
    TARGET.write_text(text, encoding="utf-8")
    print(f"{len(text.splitlines()) - 1} features from {len(given)} conditions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
