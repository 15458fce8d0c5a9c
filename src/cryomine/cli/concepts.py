"""``cryomine concepts``: look into a pack's vocabulary, and check it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cryomine.cli import CHECK_FAILED
from cryomine.cli.options import echo_json, json_option, pack_option
from cryomine.errors import CryomineError

if TYPE_CHECKING:
    from cryomine.packs.hierarchy import Hierarchy
    from cryomine.packs.schema import Concept, Pack


@click.group()
def concepts() -> None:
    """Search, show and check the concepts of a pack.

    \b
    cryomine concepts search "high blod pressure"
    cryomine concepts show hypertension
    cryomine concepts check
    """


@concepts.command()
@click.argument("text")
@click.option("-n", "count", type=click.IntRange(min=1), default=5, show_default=True, help="How many suggestions.")
@pack_option
@json_option
def search(text: str, count: int, pack: str, as_json: bool) -> None:
    """Which concept a name is linked to, and what is near.

    \b
    cryomine concepts search "severe forms of bronchitis"
    """
    from cryomine.link.linker import Linker

    loaded = _pack(pack)
    linker = Linker.from_pack(loaded)
    link = linker.link(text)
    near = linker.suggestions(text, count)
    if as_json:
        found = {"id": link.concept_id, "name": link.concept, "link": link.kind, "score": link.score}
        rows = [{"id": key, "name": name, "score": score} for key, name, score in near]
        echo_json({"link": found | {"method": link.method}, "near": rows})
        return
    if link.kind == "none":
        click.echo(f"{text}: not linked")
    else:
        click.echo(f"{text}: {link.concept} [{link.concept_id}], {link.kind} by {link.method}, score {link.score:g}")
    for key, name, score in near:
        click.echo(f"  near  {score:5.1f}  {name} [{key}]")


@concepts.command()
@click.argument("concept_id", metavar="ID")
@pack_option
@json_option
def show(concept_id: str, pack: str, as_json: bool) -> None:
    """All that the pack knows of a concept: names, parents, children, codes.

    \b
    cryomine concepts show bronchitis
    """
    from cryomine.packs.hierarchy import Hierarchy

    loaded = _pack(pack)
    hierarchy = Hierarchy(loaded.concepts)
    concept = hierarchy.by_id.get(concept_id)
    if concept is None:
        near = _near(concept_id, loaded)
        raise CryomineError(f"{concept_id}: no such concept in the pack {loaded.name}; near are {near}")
    facts = _facts(concept, hierarchy)
    if as_json:
        echo_json(facts)
        return
    for name, value in facts.items():
        text = ", ".join(value) if isinstance(value, list) else value
        if text:
            click.echo(f"{name:10}  {text}")


@concepts.command()
@pack_option
@json_option
def check(pack: str, as_json: bool) -> None:
    """Find what is wrong with a pack's vocabulary; exit code 1 where something is.

    Duplicates, a synonym shared by two concepts, orphans, cycles, classes that nothing reaches, names that the linker
    does not lead back to their concept, synonyms that its guard holds for the opposite.

    \b
    cryomine concepts check --pack my-pack/
    """
    from cryomine.packs.check import check_concepts

    loaded = _pack(pack)
    findings = check_concepts(loaded)
    if as_json:
        rows = [{"check": f.check, "concept": f.concept_id, "message": f.message} for f in findings]
        echo_json(rows)
    else:
        for finding in findings:
            click.echo(f"{finding.check}: {finding.concept_id}: {finding.message}")
        click.echo(f"{len(loaded.concepts)} concepts, {len(findings)} to mend")
    if findings:
        raise SystemExit(CHECK_FAILED)


def _pack(pack: str) -> Pack:
    from cryomine.packs import load_pack

    return load_pack(pack)


def _near(concept_id: str, pack: Pack) -> str:
    from cryomine.link.linker import Linker

    near = Linker.from_pack(pack).suggestions(concept_id.replace("-", " "))
    return ", ".join(key for key, _, _ in near) or "none; try cryomine concepts search"


def _facts(concept: Concept, hierarchy: Hierarchy) -> dict[str, Any]:
    return {
        "id": concept.id,
        "name": concept.name,
        "kind": concept.kind,
        "synonyms": list(concept.synonyms),
        "parents": list(concept.parents),
        "ancestors": list(hierarchy.ancestors(concept.id)),
        "children": list(hierarchy.children(concept.id)),
        "icd10": list(concept.icd10),
        "mondo": list(concept.mondo),
        "hpo": list(concept.hpo),
    }
