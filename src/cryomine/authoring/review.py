"""What is wrong or thin in a pack, with file and line: behind ``cryomine pack check``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cryomine.authoring.prove import Prover
from cryomine.authoring.show import own_places
from cryomine.packs.check import check_concepts
from cryomine.packs.files import list_of
from cryomine.packs.find import SHIPPED, chain_of, folder_of
from cryomine.packs.loader import load_pack
from cryomine.packs.patterns import PatternError, expand, irregular_verbs
from cryomine.packs.schema import CueRule, Intervention, Pack

Level = Literal["wrong", "thin"]
_FILES = ("pack.toml", "interventions.csv", "concepts.csv", "rivals.csv", "compare.yaml", "weights.csv")
_RULES = ("cues", "context", "layout")
# Word classes whose short members ("the", "for", "are") stand in every sentence: no cue alone.
_FUNCTION = ("conjunctions", "auxiliaries", "pronouns", "prepositions")
_SHORT = 4
_BOUNDED = ("section", "tail", "carry", "list", "row")  # read in headings and lead-ins only
_EVERYDAY = ("verbs", "generic_nouns", "adjectives", "evaluative", "body_parts", "persons", "modifiers", "benefits")


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """One thing to mend: where (``FILE:LINE``), how bad, what and what to do."""

    place: str
    line: int
    level: Level
    message: str

    def __str__(self) -> str:
        """``FILE:LINE: level: message``."""
        where = f"{self.place}:{self.line}" if self.line else self.place
        return f"{where}: {self.level}: {self.message}"


def review(name_or_dir: str | Path) -> list[Remark]:
    """What is wrong or thin in the pack's own files, by place; raises ``PackError`` where it cannot be loaded."""
    folder = folder_of(name_or_dir)
    pack = load_pack(folder)
    own = own_places(pack, folder)
    remarks = [*_files(folder), *_interventions(pack, own, folder), *_concepts(pack, own)]
    patterns = list(_patterns(pack, own))
    remarks += patterns or [*_overlaps(pack, own), *_examples(pack, own)]
    return sorted(set(remarks))


def _remark(place: str, level: Level, message: str) -> Remark:
    file, _, line = place.rpartition(":")
    return Remark(file, int(line), level, message) if file and line.isdigit() else Remark(place, 0, level, message)


def _files(folder: Path) -> Iterator[Remark]:
    """Files that nothing reads: a misspelt name is a rule that never fires."""
    lists = {path.name for part in chain_of(folder) for path in (part / "lexicon").glob("*.txt") if part != folder}
    for path in sorted(folder.iterdir()):
        stem = path.name.removesuffix(".yaml")
        if stem in _RULES or path.name in (*_FILES, "lexicon") or path.name.startswith((".", "__")):
            continue
        if path.suffix in (".yaml", ".yml", ".csv", ".toml") or path.is_dir():
            known = ", ".join((*_FILES, *(f"{rule}.yaml" for rule in _RULES)))
            yield Remark(str(path), 0, "wrong", f"is read by nothing; the files of a pack are {known}")
    for path in sorted((folder / "lexicon").glob("*")):
        if lists and path.name not in lists:
            yield Remark(str(path), 0, "wrong", "no list of this name in `base`; see pack show base for the lists")
        elif path.suffix == ".txt" and not list(list_of(path)):
            yield Remark(str(path), 0, "thin", "an empty list; fill it or delete it")


def _interventions(pack: Pack, own: Mapping[str, str], folder: Path) -> Iterator[Remark]:
    words = {
        word.lstrip("~")
        for name in (*_FUNCTION, "determiners", "adverbs", *_EVERYDAY)
        for word in pack.lexicon.get(name, ())
    }
    conditions = {name.lower(): c.id for c in pack.concepts for name in (c.name, *c.synonyms)}
    seen: dict[str, str] = {}
    ours = [therapy for therapy in pack.interventions if f"intervention {therapy.id}" in own]
    if not pack.interventions and folder.parent != SHIPPED:
        yield Remark(str(folder / "interventions.csv"), 0, "wrong", "no intervention; name at least the therapy itself")
    for therapy in ours:
        place = own[f"intervention {therapy.id}"]
        if not therapy.synonyms:
            yield _remark(place, "thin", f"'{therapy.name}' has no synonyms; what else do articles call it?")
        for name in (therapy.name, *therapy.synonyms):
            yield from _name(name, therapy, place, words, conditions, seen)


def _name(
    name: str, therapy: Intervention, place: str, words: set[str], conditions: Mapping[str, str], seen: dict[str, str]
) -> Iterator[Remark]:
    lower = name.lower()
    if lower in conditions:
        yield _remark(place, "wrong", f"'{name}' is a name of the condition {conditions[lower]}; leave one of them out")
    if lower in words:
        yield _remark(place, "wrong", f"'{name}' is an everyday word; move it to weak_synonyms")
    elif len(name) < 3:
        yield _remark(place, "wrong", f"'{name}' is too short to mean one thing; move it to weak_synonyms")
    if (other := seen.setdefault(lower, therapy.id)) != therapy.id:
        yield _remark(place, "wrong", f"'{name}' is a name of '{other}' too; leave it with one of them")


def _concepts(pack: Pack, own: Mapping[str, str]) -> Iterator[Remark]:
    ids = {key.removeprefix("concept ") for key in own if key.startswith("concept ")}
    if not ids:
        return
    for finding in check_concepts(pack):
        if finding.concept_id in ids:
            place = own[f"concept {finding.concept_id}"]
            yield _remark(place, "wrong", f"{finding.check}: {finding.concept_id} {finding.message}")
    for concept in pack.concepts:
        if concept.id in ids and not concept.synonyms and concept.kind != "class":
            place = own[f"concept {concept.id}"]
            yield _remark(place, "thin", f"'{concept.name}' has no synonyms; what else do articles call it?")


def _phrases(pack: Pack, rule: CueRule, irregular: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """All phrases of a rule; both halves of a pair as one."""
    return tuple(
        " … ".join(combined)
        for cue in rule.cue
        for combined in _halves([[p.words for p in expand(half, pack.sets, irregular)] for half in cue.split("…")])
    )


def _halves(parts: list[list[str]]) -> list[tuple[str, ...]]:
    if len(parts) == 1:
        return [(words,) for words in parts[0]]
    return [*((words, "*") for words in parts[0]), *(("*", words) for words in parts[-1])]


def _patterns(pack: Pack, own: Mapping[str, str]) -> Iterator[Remark]:
    """Patterns that are not of the language, or that stand in every sentence."""
    irregular = irregular_verbs(pack.lexicon)
    function = {word for name in _FUNCTION for word in pack.lexicon.get(name, ()) if len(word) <= _SHORT}
    function |= {word for word in pack.lexicon.get("determiners", ()) if len(word) < _SHORT} | {"of", "to"}
    for rule in pack.rules:
        place = own.get(f"rule {rule.id}")
        if place is None:
            continue
        for cue in rule.cue:
            try:
                halves = [expand(half, pack.sets, irregular) for half in cue.split("…")]
            except PatternError as error:
                yield _remark(place, "wrong", f"rule '{rule.id}': {error}")
                continue
            if not isinstance(rule, CueRule) or rule.accept == "known" or len(halves) > 1 or rule.scope in _BOUNDED:
                continue
            empty = [phrase.words for phrase in halves[0] if _says_nothing(phrase.words, function)]
            if empty:
                yield _remark(
                    place, "wrong", f"rule '{rule.id}': '{empty[0]}' stands in every text; add a word that says it"
                )


def _says_nothing(word: str, function: set[str]) -> bool:
    return word.lower() in function or not any(char.isalnum() for char in word)


def _overlaps(pack: Pack, own: Mapping[str, str]) -> Iterator[Remark]:
    """Rules that always fire together: all that one of them finds, another finds too."""
    irregular = irregular_verbs(pack.lexicon)
    phrases = {rule.id: frozenset(_phrases(pack, rule, irregular)) for rule in pack.cues}
    for rule in pack.cues:
        place = own.get(f"rule {rule.id}")
        if place is None:
            continue
        for other in pack.cues:
            if other.id == rule.id or not phrases[rule.id] <= phrases[other.id]:
                continue
            if other.relation == rule.relation and other.scope == rule.scope:
                where = pack.places[f"rule {other.id}"]
                message = f"rule '{rule.id}' fires only with '{other.id}' ({_short(where)}); leave it out"
                yield _remark(place, "wrong", message)


def _short(place: str) -> str:
    """A place in a shipped pack without the folders above."""
    path = Path(place)
    return str(path.relative_to(SHIPPED)) if SHIPPED in path.parents else place


def _examples(pack: Pack, own: Mapping[str, str]) -> Iterator[Remark]:
    rules = [rule for rule in pack.rules if f"rule {rule.id}" in own]
    if not rules or not pack.interventions:
        return
    prover = Prover(pack)
    for rule in rules:
        place = own[f"rule {rule.id}"]
        for marked, problem in prover.problems(rule):
            yield _remark(place, "wrong", f"rule '{rule.id}': example \"{marked}\": {problem}")
        if isinstance(rule, CueRule) and not rule.counterexample and rule.accept == "any":
            yield _remark(place, "thin", f"rule '{rule.id}' accepts any words and has no counterexample; write one")
