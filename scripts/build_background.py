"""Build the background vocabulary, names of conditions out of MONDO and HPO. Run by hand, read the diff, commit it.

    python scripts/build_background.py [--check]

Writes into ``src/cryomine/packs/background/``: ``names.tsv`` (normal form, id) and ``terms.tsv`` (id, kind, name,
parents), both sorted by their UTF-8 bytes so that a look-up needs no index and a diff shows what changed. What is left
out is said by ``filters.toml`` (classes of names) and ``stoplist.txt`` (single names), both written by people.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

import terminologies  # noqa: E402
from terminologies import Term  # noqa: E402

from cryomine.link.normal import normal_form  # noqa: E402

FOLDER = HERE.parent / "src/cryomine/packs/background"
LIMIT = 5_000_000  # bytes that the package may carry for this
LONGEST = 60  # characters of a name that an article would write out

ABBREVIATION = re.compile(r"[A-Z0-9a-z-]{0,2}[A-Z0-9-]{1,8}[a-z0-9]?")
PUNCTUATION = re.compile(r"[:;/\[\]{}<>*]")
FILTERS = tomllib.loads((FOLDER / "filters.toml").read_text(encoding="utf-8"))


def _words(key: str, form: str = r"\b({})\b") -> re.Pattern[str]:
    return re.compile(form.format("|".join(FILTERS[key])), re.I)


NUMBERED, VARIETY, MEASURED = _words("numbered"), _words("variety", r"\d|\b({})\b"), _words("measured")
VAGUE, SHAPE, CAPITALS = _words("vague", "^({})$"), _words("shape", r"^({})(?!\w)"), set(FILTERS["capitals"])


def usable(name: str) -> bool:
    """Whether an article may use this name and mean the condition by it."""
    if len(name) > LONGEST or any(p.search(name) for p in (PUNCTUATION, VAGUE, MEASURED)):
        return False
    if ABBREVIATION.fullmatch(name) or sum(c.isalpha() for c in name) < 4:
        return False
    if not CAPITALS.issuperset(re.findall(r"\b[A-Z]{2,5}\b", name)):
        return False
    return not VARIETY.search(NUMBERED.sub("", name))


def forms(terms: dict[str, Term], aliases: dict[str, str], stop: set[str]) -> dict[str, str]:
    """Normal form to id. A name counts before a synonym, MONDO before HPO; what two synonyms claim names neither."""
    ranked: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for term in terms.values():
        own = aliases.get(term.id, term.id)
        for rank, names in ((0, (term.name,)), (2, term.synonyms)):
            for name in filter(usable, names):
                if term.id.startswith("HP:") and SHAPE.search(name):
                    continue
                ranked[normal_form(name)][rank + term.id.startswith("HP:")].add(own)
    chosen = {}
    for form, by_rank in ranked.items():
        best = by_rank[min(by_rank)]
        if form not in stop and (len(best) == 1 or min(by_rank) < 2):
            chosen[form] = min(best)
    return chosen


def kind(id_: str, above: set[str]) -> str:
    """The kind of a term by its ancestors."""
    if id_.startswith("HP:"):
        return "symptom"
    return "injury" if "MONDO:0021178" in above | {id_} else "disease"


def ancestors(terms: dict[str, Term], id_: str) -> set[str]:
    """All is-a ancestors."""
    seen: set[str] = set()
    rest = list(terms[id_].parents)
    while rest:
        if (parent := rest.pop()) in terms and parent not in seen:
            seen.add(parent)
            rest.extend(terms[parent].parents)
    return seen


def nearest(terms: dict[str, Term], id_: str, kept: set[str]) -> list[str]:
    """The closest is-a ancestors that are kept."""
    found: set[str] = set()
    for parent in terms[id_].parents:
        if parent in kept:
            found.add(parent)
        elif parent in terms:
            found.update(nearest(terms, parent, kept))
    return sorted(found)


def main(arguments: list[str]) -> int:
    """Write the two tables, or with ``--check`` only say whether they would change."""
    diseases, mondo_release = terminologies.mondo()
    phenotypes, hpo_release = terminologies.hpo()
    terms = diseases | phenotypes
    stop = {
        normal_form(line.partition("#")[0].strip())
        for line in (FOLDER / "stoplist.txt").read_text(encoding="utf-8").splitlines()
    }
    by_name = {normal_form(term.name): term.id for term in diseases.values()}
    aliases = {p.id: by_name[f] for p in phenotypes.values() if (f := normal_form(p.name)) in by_name}
    names = forms(terms, aliases, stop | {""})
    kept = set(names.values())
    rows = {"names": [f"{form}\t{id_}" for form, id_ in names.items()]}
    rows["terms"] = [
        "\t".join((id_, kind(id_, ancestors(terms, id_)), terms[id_].name, " ".join(nearest(terms, id_, kept))))
        for id_ in kept
    ]
    changed = False
    size = 0
    for table, lines in rows.items():
        data = b"".join(sorted(line.encode() + b"\n" for line in lines))
        path = FOLDER / f"{table}.tsv"
        size += len(data)
        changed |= not path.exists() or path.read_bytes() != data
        if "--check" not in arguments:
            path.write_bytes(data)
        print(f"{path.name}: {len(lines)} lines, {len(data)} bytes")
    print(f"MONDO {mondo_release}, HPO {hpo_release}; {size} bytes of {LIMIT}")
    return int(size > LIMIT or ("--check" in arguments and changed))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
