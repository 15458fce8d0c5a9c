"""The quality gate: extract every annotated set, score it, and compare with the floors in quality/floors.toml.

usage: python scripts/quality_gate.py [--raise] [--lower-with-reason TEXT] [--keep DIR]

Exit 1 where a figure is under its floor (or over its ceiling), where a row does not stand in its source, or where a
gold file is not the one that its floors were pinned for. ``--raise`` lifts floors to what was measured and never lowers
one; ``--lower-with-reason`` pins what was measured, with the reason, in the sets that would fail. A set whose articles
are not here (../shared is not part of the repository) is skipped, and says so.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cryomine.score import Score

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ROOT / "quality" / "floors.toml"
CEILINGS = ("traps", "split_concepts")  # figures that may only fall; every other may only rise

HEADER = """\
# Floors of the quality gate (scripts/quality_gate.py), pinned beside the digest of the gold they were measured on.
# They may only rise: `make raise-floors`. Lowering one takes --lower-with-reason, and the reason stays here.
"""


def scored(entry: dict[str, Any], output: Path) -> tuple[Score, list[dict[str, Any]], list[str]]:
    """Extract a set into ``output``: its score, its rows, and what failed or does not stand in its source."""
    from cryomine.batch import Options, run
    from cryomine.defaults import PACK
    from cryomine.evaluate import evaluate, kin_of
    from cryomine.packs import load_pack
    from cryomine.table import read_rows
    from cryomine.verify import verify

    pack = load_pack(entry.get("pack", PACK))
    summary = run([ROOT / entry["articles"]], pack, Options(output))
    claims = read_rows(summary.table)
    ignore = read_rows(ROOT / entry["ignore"]) if "ignore" in entry else []
    score = evaluate(claims, read_rows(ROOT / entry["gold"]), ignore, kin_of(pack.interventions))
    return score, claims, [str(problem) for problem in (*summary.failures, *verify(output).problems)]


def measure(entry: dict[str, Any], output: Path) -> tuple[dict[str, float], list[str]]:
    """The figures of one set, and what failed or does not stand in its source."""
    from cryomine.evaluate import overlapping
    from cryomine.score import DETAILS
    from cryomine.table import read_rows

    score, claims, problems = scored(entry, output)
    figures = {
        "f1": score.overall.f1,
        "precision": score.overall.precision,
        "recall": score.overall.recall,
        "worst_document": min(tally.f1 for tally in score.by_document().values()),
        **{f"f1_{name.replace('-', '_')}": tally.f1 for name, tally in score.by_relation().items() if tally.gold},
        "negated_recall": score.negated.recall,
        **{f"same_{name}": score.share(agree) for name, agree in DETAILS.items()},
        "split_concepts": float(len(score.split_concepts())),
    }
    if "traps" in entry:
        figures["traps"] = float(len(overlapping(claims, read_rows(ROOT / entry["traps"]))))
    return {
        name: value if name in CEILINGS else math.floor(value * 1000) / 1000 for name, value in figures.items()
    }, problems


def better(name: str, one: float, other: float) -> float:
    """The stricter of two bounds for a figure."""
    return min(one, other) if name in CEILINGS else max(one, other)


def misses(bounds: dict[str, float], figures: dict[str, float]) -> list[str]:
    """The figures that are worse than their bound, in words."""
    return [
        f"{name} is {figures.get(name, 0):g}, {'at most' if name in CEILINGS else 'at least'} {bound:g} is asked for"
        for name, bound in bounds.items()
        if name not in figures or better(name, bound, figures[name]) != figures[name]
    ]


def pinned(entry: dict[str, Any], figures: dict[str, float], gold: str, reason: str, fails: bool) -> dict[str, Any]:
    """The entry with its bounds tightened to ``figures``; one that fails is pinned to them, given a ``reason``."""
    if fails and not reason:
        return entry
    bounds = entry.get("bounds", {})
    keep = {} if fails else bounds
    entry = entry | {"gold_sha256": gold, "bounds": {n: better(n, keep.get(n, f), f) for n, f in figures.items()}}
    if fails and bounds:
        entry["lowered"] = [*entry.get("lowered", []), reason]
    return entry


def as_toml(sets: dict[str, dict[str, Any]]) -> str:
    """The floors file; values are strings, lists of strings and numbers, which JSON writes as TOML does."""
    lines = [HEADER]
    for name, entry in sets.items():
        lines.append(f"[{name}]")
        lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items() if key != "bounds"]
        lines.append(f"[{name}.bounds]")
        lines += [f"{key} = {value:g}" for key, value in entry.get("bounds", {}).items()]
        lines.append("")
    return "\n".join(lines)


def main(arguments: list[str] | None = None, floors: Path = FLOORS) -> int:
    """Measure, compare, print; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift floors to what was measured")
    parser.add_argument("--lower-with-reason", default="", metavar="TEXT", help="pin what was measured, and why")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the tables there, one folder a set")
    options = parser.parse_args(arguments)
    sets = tomllib.loads(floors.read_text(encoding="utf-8"))
    failed = False
    with tempfile.TemporaryDirectory() as scratch:
        for name, entry in list(sets.items()):
            gold = ROOT / entry["gold"]
            if not gold.is_file():
                print(f"{name}: skipped, {entry['gold']} is not here")
                continue
            digest = hashlib.sha256(gold.read_bytes()).hexdigest()
            figures, problems = measure(entry, (options.keep or Path(scratch)) / name)
            wrong = misses(entry.get("bounds", {}), figures)
            if entry.get("gold_sha256") != digest:
                what = "changed since its floors were pinned" if entry.get("bounds") else "not pinned yet"
                if entry.get("bounds") or not options.lift:
                    wrong.append(f"{entry['gold']} is {what}; read the change, then use --lower-with-reason or --raise")
            if options.lift or options.lower_with_reason:
                sets[name] = pinned(entry, figures, digest, options.lower_with_reason, bool(wrong))
                wrong = [] if options.lower_with_reason else wrong
            show(name, figures, sets[name].get("bounds", {}), [*wrong, *problems])
            failed |= bool(wrong or problems)
    if options.lift or options.lower_with_reason:
        from cryomine.atomic import placed

        with placed(floors) as part:
            part.write_text(as_toml(sets), encoding="utf-8")
    print("quality gate: " + ("FAILED" if failed else "passed"))
    return int(failed)


def show(name: str, figures: dict[str, float], bounds: dict[str, float], wrong: list[str]) -> None:
    """One set: each figure beside its bound, then what is wrong."""
    print(f"{name}:")
    for figure, value in figures.items():
        bound = f"{bounds[figure]:g}" if figure in bounds else "-"
        print(f"  {figure:24} {value:8.3f}   {'at most' if figure in CEILINGS else 'floor'} {bound}")
    for line in wrong[:20]:
        print(f"  FAILED: {line}")


if __name__ == "__main__":
    sys.exit(main())
