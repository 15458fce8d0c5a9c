"""Fill the codes of a pack's concepts from MONDO, HPO and ICD-10-CM. Run by hand, read the diff, commit it.

    python scripts/build_codes.py [--check] [src/cryomine/packs/conditions/concepts.csv]

A code is given where a name of the concept and a name of the term are the same after normalisation: never by
likeness (cellulite is not cellulitis, warts are not arts). A term's own name counts before its synonyms, the concept's
own name before its synonyms; synonym against synonym is not believed. ``scripts/codes_reviewed.csv`` holds what a
reader decided otherwise: ``id,source,code`` where an empty code means "none of them".
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

import terminologies  # noqa: E402

from cryomine.link.normal import order_key  # noqa: E402

PACK = HERE.parent / "src/cryomine/packs/conditions/concepts.csv"
SOURCES = ("icd10", "mondo", "hpo")
NO_CODES = {"goal"}  # a wish is no disease


def index(terms: Iterable[terminologies.Term], icd: bool) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Normal form to ids, by the terms' names and by their synonyms; ids in order, shortest (broadest) first."""
    by_name: dict[str, set[str]] = defaultdict(set)
    by_synonym: dict[str, set[str]] = defaultdict(set)
    for term in terms:
        for table, names in ((by_name, (term.name,)), (by_synonym, term.synonyms)):
            for name in names:
                for form in terminologies.icd_names(name) if icd else (name,):
                    table[order_key(form)].add(term.id)
    return tuple({k: sorted(v, key=lambda i: (len(i), i)) for k, v in t.items()} for t in (by_name, by_synonym))


def tiers(name: str, synonyms: list[str], tables: tuple[dict[str, list[str]], dict[str, list[str]]]) -> list[str]:
    """The code of each tier, empty where it has none: name-name, synonym-name, name-synonym."""
    by_name, by_synonym = tables
    alike = [name, re.sub(r" disease$", " disorder", name)]  # MONDO writes the one for the other
    by_own = next((found[:1] for form in alike if (found := by_name.get(order_key(form)))), [])
    hits = sorted({found[0] for s in synonyms if len(s) > 4 and (found := by_name.get(order_key(s)))})
    found = by_synonym.get(order_key(name), [])
    return ["".join(by_own), *(options[0] if len(options) == 1 else "" for options in (hits, found))]


def codes(rows: list[dict[str, str]], tables: tuple[dict[str, list[str]], dict[str, list[str]]]) -> dict[str, str]:
    """Concept id to code. A code that a better tier gave away is not given twice; two equal claims are none."""
    given: dict[str, str] = {}
    options = {
        row["id"]: tiers(row["name"], [s for s in row["synonyms"].split("|") if s], tables)
        for row in rows
        if row["kind"] not in NO_CODES
    }
    for tier in range(3):
        claims: dict[str, list[str]] = defaultdict(list)
        taken = set(given.values())
        for id_, choice in options.items():
            if id_ not in given and choice[tier] and choice[tier] not in taken:
                claims[choice[tier]].append(id_)
        given |= {ids[0]: code for code, ids in claims.items() if len(ids) == 1}
    return given


def main(arguments: list[str]) -> int:
    """Write the codes back, or with ``--check`` only say whether anything would change."""
    check = "--check" in arguments
    path = Path(next((a for a in arguments if not a.startswith("--")), PACK))
    reviewed = {}
    with (HERE / "codes_reviewed.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            reviewed[row["id"], row["source"]] = row["code"]
    sources = {"icd10": terminologies.icd10cm(), "mondo": terminologies.mondo(), "hpo": terminologies.hpo()}
    tables = {key: index(terms.values(), key == "icd10") for key, (terms, _) in sources.items()}
    before = path.read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(before)))
    found = {key: codes(rows, tables[key]) for key in SOURCES}
    for row in rows:
        for key in SOURCES:
            row[key] = reviewed.get((row["id"], key), found[key].get(row["id"], ""))
            for part in filter(None, row[key].split("|")):
                if part not in sources[key][0]:
                    print(f"{row['id']}: {part} is not in {key} {sources[key][1]}")
    for id_, key in sorted(set(reviewed) - {(row["id"], key) for row in rows for key in SOURCES}):
        print(f"codes_reviewed.csv: {id_} ({key}) is no concept of {path.name}; take the line out")
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    for key in SOURCES:
        print(f"{key} {sources[key][1]}: {sum(bool(row[key]) for row in rows)} of {len(rows)} concepts")
    if not check and out.getvalue() != before:
        path.write_text(out.getvalue(), encoding="utf-8", newline="")
    return int(check and out.getvalue() != before)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
