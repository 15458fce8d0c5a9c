"""A first pack that works at once: files with comments that say what goes where. Knows no therapy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from cryomine.errors import PackError
from cryomine.packs.files import rows_of
from cryomine.packs.find import SHIPPED, named, pack_names
from cryomine.packs.loader import load_pack
from cryomine.packs.schema import Rival

_MANIFEST = """\
# A pack: what cryomine has to know of one therapy. Data only; see docs/packs.md.
name = "{name}"
version = "0.1.0"

# What is already known: how English claims are worded, some 2,200 conditions, some 260 other therapies.
extends = ["base", "conditions", "therapies"]

[concept_sets]
# Injuries that the therapy itself does (ids of concepts): preventing one is a precaution, not a treatment.
harms = []
# Ids of interventions that stand for whatever more specific one the section or the article is about.
vague_interventions = []
"""

_EXTENSION = """\
# A pack that adds to another: all that `{extends}` knows, and what stands beside this file. See docs/packs.md.
name = "{name}"
version = "0.1.0"
extends = ["{extends}"]
"""

_INTERVENTIONS = """\
id,name,parents,synonyms,weak_synonyms
{name},{words},,{synonyms},
"""

_CONCEPTS = """\
id,name,kind,parents,synonyms,icd10,mondo,hpo
"""

_CUES = """\
# Words by which articles about this therapy say that it treats, is ruled out by, or causes something. Most are known
# from `base`; write here only what is special. `cryomine pack check` runs every example. docs/rules.md shows each kind.
#
# - id: treats.{name}-wakes
#   relation: treats
#   scope: after
#   cue: ["{{~wake up|~revive}} {{the|your|}}"]
#   example: "@therapy [wakes up] <tired skin>."
#   counterexample: "The alarm wakes up the baby."
"""

_ARTICLE = """\
{title}: questions and answers

{title} relieves back pain. It should not be used during pregnancy.

Side effects
- mild headache
"""


def scaffold(name: str, folder: Path, extends: str = "") -> list[Path]:
    """Write a pack called ``name`` into ``folder``, which must not hold one yet; returns the files written.

    Where the list of other therapies has this one, its names there become the pack's own: they would be nobody's else.
    With ``extends`` (a pack's name) the pack adds to that one: it has its therapies, and no names of its own.
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise PackError(f"{name}: no name for a pack; use small letters, digits and hyphens, as in red-light-therapy")
    if named(name) is not None:
        raise PackError(f"{name}: a pack that is here already has this name; choose another")
    if (folder / "pack.toml").exists():
        raise PackError(f"{folder}: there is a pack already; edit it, or choose another name")
    texts = _extension(name, extends) if extends else _therapy(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in texts.items():
            (folder / file).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise PackError(f"{error.filename or folder}: {error.strerror or error}; choose another folder") from None
    return [folder / file for file in texts]


def _therapy(name: str) -> dict[str, str]:
    """The files of a pack for a therapy of its own."""
    words = name.replace("-", " ")
    stem = words.removesuffix(" therapy").removesuffix(" treatment")
    synonyms = [f"{stem} therapy", f"{stem} treatment", *_known_names(stem)]
    plain = {each.lower().replace("-", " "): each for each in reversed(synonyms)}
    plain.pop(words, None)
    synonyms = list(reversed(plain.values()))
    return {
        "pack.toml": _MANIFEST.format(name=name),
        "interventions.csv": _INTERVENTIONS.format(name=name, words=words, synonyms="|".join(synonyms)),
        "concepts.csv": _CONCEPTS,
        "cues.yaml": _CUES.format(name=name),
        "example.txt": _ARTICLE.format(title=words.capitalize()),
    }


def _extension(name: str, extends: str) -> dict[str, str]:
    """The files of a pack that adds to the pack ``extends``."""
    therapies = load_pack(extends).interventions if named(extends) is not None else ()
    if not therapies:
        raise PackError(f"{extends}: no pack of a therapy to extend; give one of {', '.join(pack_names())}")
    title = therapies[0].name
    return {
        "pack.toml": _EXTENSION.format(name=name, extends=extends),
        "concepts.csv": _CONCEPTS,
        "cues.yaml": _CUES.format(name=name),
        "example.txt": _ARTICLE.format(title=title[:1].upper() + title[1:]),
    }


def _known_names(stem: str) -> Iterator[str]:
    """What the shipped list of other therapies calls the therapy ``stem``, if it is in it."""
    meant = {stem, f"{stem} therapy", f"{stem} treatment"}
    for rival, _ in rows_of(SHIPPED / "therapies" / "rivals.csv", Rival):
        names = (rival.name, *rival.synonyms)
        if meant & {name.lower().replace("-", " ") for name in names}:
            yield from names
