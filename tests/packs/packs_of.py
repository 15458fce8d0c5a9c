"""A helper of the pack tests: small packs in a folder of now."""

from __future__ import annotations

from pathlib import Path

MANIFEST = 'name = "mine"\nversion = "1"\nextends = ["base", "conditions", "therapies"]\n'
INTERVENTIONS = "id,name,parents,synonyms,weak_synonyms\nred-light,red light,,red light therapy,\n"


def pack_of(folder: Path, **files: str | bytes) -> Path:
    """Write a pack; ``cues=…`` is the text of cues.yaml, ``pack=…`` of pack.toml, and so on."""
    endings = {"pack": ".toml", "cues": ".yaml", "context": ".yaml", "layout": ".yaml"}
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ({"pack": MANIFEST, "interventions": INTERVENTIONS} | files).items():
        path = folder / f"{name}{endings.get(name, '.csv')}"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def rule(cue: str, example: str, **fields: str) -> str:
    """One cue rule as YAML."""
    given = {"id": "treats.mine", "relation": "treats", "scope": "after"} | fields
    lines = [f"  {key}: {value}" for key, value in given.items()]
    return "- " + "\n".join([lines[0].strip(), *lines[1:], f"  cue: [{cue!r}]", f"  example: {example!r}"]) + "\n"


def context(kind: str, cue: str, example: str, counterexample: str = "") -> str:
    """One context rule as YAML; its cue is its name too."""
    fields = {"kind": kind, "cue": cue, "example": repr(example), "counterexample": repr(counterexample)}
    lines = [f"  {key}: {value}" for key, value in fields.items() if key != "counterexample" or counterexample]
    return "\n".join([f"- id: {kind}.{cue.replace(' ', '-')}", *lines]) + "\n"
