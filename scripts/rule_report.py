"""What each rule is worth: rows made, right and wrong, and in how many documents, over all gold that is here.

usage: python scripts/rule_report.py [--all] [--json]

Gold are the sets of quality/floors.toml and every folder of corpus/ with a gold.csv; a set that is not here (../shared
is not part of the repository) is skipped, and says so. Listed are the rules that fire in one document only or are
often wrong (``--all``: every rule), then how far the bars hold; exit 1 where one does not.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quality_gate import FLOORS, ROOT, scored

if TYPE_CHECKING:
    from cryomine.score import Score, Span

PACKS = {"hyperbaric": "hyperbaric-oxygen"}  # of the folders of corpus/ that begin so
SEVERAL = 0.80  # of the rules that fire at all: in two documents or more
OFTEN, RIGHT = 10, 0.70  # a rule that makes so many rows has so many right
BASE = 0.85  # of the rows on the gold of the default pack: by rules of `base`


@dataclass(frozen=True, slots=True)
class Rule:
    """What one rule did on all gold."""

    rule: str
    fired: int
    right: int
    documents: int

    @property
    def poor(self) -> bool:
        """Whether it fires often and is wrong too often."""
        return self.fired >= OFTEN and self.right < RIGHT * self.fired


def sets() -> dict[str, dict[str, Any]]:
    """The sets with floors, then those of corpus/ that have none, by name; paths relative to the repository."""
    found: dict[str, dict[str, Any]] = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    known = {(ROOT / entry["gold"]).resolve() for entry in found.values()}
    for gold in sorted((ROOT / "corpus").glob("*/gold.csv")):
        if gold.resolve() not in known:
            entry = {"articles": gold.parent, "gold": gold}
            name = gold.parent.name
            pack = PACKS.get(name.partition("-")[0])
            found[f"corpus/{name}"] = entry | ({"pack": pack} if pack else {})
    return found


def distinct(given: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The sets, each once: ../shared has some of corpus/ too."""
    first: dict[bytes, str] = {}
    for name, entry in given.items():
        first.setdefault((ROOT / entry["gold"]).read_bytes(), name)
    return {name: given[name] for name in first.values()}


def made(score: Score) -> list[Span]:
    """The rows that count, right and wrong."""
    return [*(claim for _, claim in score.right), *score.wrong]


def rules_of(scores: Mapping[str, Score]) -> list[Rule]:
    """Every rule that fired, most rows first; documents of one name in two sets are two."""
    fired: Counter[str] = Counter()
    right: Counter[str] = Counter()
    documents: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for name, score in scores.items():
        right.update(claim.rule for _, claim in score.right)
        for claim in made(score):
            fired[claim.rule] += 1
            documents[claim.rule].add((name, claim.doc))
    order = sorted(fired, key=lambda rule: (-fired[rule], rule))
    return [Rule(rule, fired[rule], right[rule], len(documents[rule])) for rule in order]


def figures(rules: Sequence[Rule], rows: Sequence[Span], base: frozenset[str]) -> dict[str, float]:
    """The three figures that have a bar; ``rows`` are those on the gold of the default pack."""
    return {
        "several_documents": sum(rule.documents > 1 for rule in rules) / len(rules) if rules else 1.0,
        "often_wrong": float(sum(rule.poor for rule in rules)),
        "by_base": sum(row.rule in base for row in rows) / len(rows) if rows else 1.0,
    }


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; the exit code."""
    from cryomine.packs import load_pack

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", dest="every", action="store_true", help="list every rule")
    parser.add_argument("--json", dest="as_json", action="store_true", help="all figures as JSON")
    options = parser.parse_args(arguments)
    wanted = sets()
    here = distinct({name: entry for name, entry in wanted.items() if (ROOT / entry["gold"]).is_file()})
    with tempfile.TemporaryDirectory() as scratch:
        scores = {name: scored(entry, Path(scratch) / name)[0] for name, entry in here.items()}
    rules = rules_of(scores)
    rows = [row for name, score in scores.items() if "pack" not in here[name] for row in made(score)]
    found = figures(rules, rows, frozenset(rule.id for rule in load_pack("base").rules))
    if options.as_json:
        print(json.dumps(found | {"sets": list(scores), "rules": [asdict(rule) for rule in rules]}, indent=2))
    else:
        for name, entry in wanted.items():
            if not (ROOT / entry["gold"]).is_file():
                print(f"{name}: skipped, {entry['gold']} is not here")
        show(rules if options.every else [rule for rule in rules if rule.poor or rule.documents < 2])
        documents = sum(len(score.documents) for score in scores.values())
        print(f"{len(rules)} rules fired in {documents} documents of {len(scores)} sets")
        print(f"in two documents or more: {found['several_documents']:.3f} of them (bar {SEVERAL})")
        print(f"{OFTEN} rows or more, less than {RIGHT:.0%} of them right: {found['often_wrong']:.0f} rules (bar 0)")
        print(f"rows by rules of base, on the gold of the default pack: {found['by_base']:.3f} (bar {BASE})")
    return int(found["several_documents"] < SEVERAL or found["often_wrong"] > 0 or found["by_base"] < BASE)


def show(rules: Sequence[Rule]) -> None:
    """One line a rule."""
    print(f"{'rule':44} {'rows':>6} {'right':>6} {'wrong':>6} {'documents':>10}")
    for rule in rules:
        counts = f"{rule.fired:6} {rule.right:6} {rule.fired - rule.right:6} {rule.documents:10}"
        print(f"{rule.rule:44} {counts}{'  often wrong' if rule.poor else ''}")


if __name__ == "__main__":
    sys.exit(main())
