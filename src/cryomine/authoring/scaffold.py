"""A first pack that works at once: files with comments that say what goes where. Knows no therapy."""

from __future__ import annotations

import re
from pathlib import Path

from cryomine.errors import PackError

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
{title} for beginners

{title} relieves back pain. It should not be used during pregnancy.

Side effects
- mild headache
"""


def scaffold(name: str, folder: Path) -> list[Path]:
    """Write a pack called ``name`` into ``folder``, which must not hold one yet; returns the files written."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise PackError(f"{name}: no name for a pack; use small letters, digits and hyphens, as in red-light-therapy")
    if (folder / "pack.toml").exists():
        raise PackError(f"{folder}: there is a pack already; edit it, or choose another name")
    words = name.replace("-", " ")
    synonyms = words if words.endswith(("therapy", "treatment")) else f"{words} therapy|{words} treatment"
    synonyms = synonyms if "|" in synonyms else f"{words.rpartition(' ')[0] or words} sessions"
    texts = {
        "pack.toml": _MANIFEST.format(name=name),
        "interventions.csv": _INTERVENTIONS.format(name=name, words=words, synonyms=synonyms),
        "concepts.csv": _CONCEPTS,
        "cues.yaml": _CUES.format(name=name),
        "example.txt": _ARTICLE.format(title=words.capitalize()),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in texts.items():
            (folder / file).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise PackError(f"{error.filename or folder}: {error.strerror or error}; choose another folder") from None
    return [folder / file for file in texts]
