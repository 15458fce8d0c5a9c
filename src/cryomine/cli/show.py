"""``cryomine show``: one row of a table in its place."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cryomine.cli.options import FILE, folder_at
from cryomine.errors import PackError

if TYPE_CHECKING:
    from rich.text import Text

    from cryomine.place import Line, Place

# What is marked: colour on a terminal, and elsewhere the signs that the rules' examples use.
_STYLES = {"condition": "bold cyan", "cue": "yellow", "intervention": "magenta"}
_SIGNS = {"condition": "<>", "cue": "[]", "intervention": "{}"}


@click.command()
@click.argument("mention_id")
@click.argument("folder", type=FILE, metavar="[DIR]", default=Path("out"))
def show(mention_id: str, folder: Path) -> None:
    """Show a claim in its place: source, section, the lines around it, and a link that opens it.

    MENTION_ID is the first column of the table, or the beginning of it; DIR the output folder of a run (default: out).
    Condition, cue and intervention are coloured; where there is no colour they stand in <>, [] and {}.

    \b
    cryomine show bde6813b outputs
    """
    from rich.console import Console

    from cryomine.place import places

    console = Console(highlight=False, soft_wrap=True)
    for number, place in enumerate(places(folder_at(folder), mention_id)):
        if number:
            console.print()
        for line in _lines(place, signs=not sys.stdout.isatty()):
            console.print(line)


def _lines(place: Place, *, signs: bool) -> list[Text]:
    from rich.text import Text

    row = place.row
    at = f"{place.path or row['source']}" + (f":{place.line}" if place.line else "")
    said = " ".join((str(row["relation"]), str(row["polarity"]), str(row["certainty"])))
    linked = f"{row['concept']} ({row['concept_id']}, {row['link']})" if row["concept_id"] else "no concept"
    head = {
        "mention": str(row["mention_id"]),
        "source": f"{row['source']}  {row['title']}".rstrip(),
        "at": at if at != row["source"] else "",
        "section": str(row["section"]),
        "says": f"{row['intervention']} ({row['intervention_scope']}) · {said} · {row['condition']}",
        "concept": linked,
        "rule": f"{row['rule']}: {' '.join(str(row['cue']).split())}",
    }
    for name in ("negation_cue", "hedge_cue"):
        head[name.replace("_", " ")] = str(row[name] or "")
    lines = [Text().append(f"{name:13}", "dim").append(value) for name, value in head.items() if value]
    lines += [Text(), *_quoted(place, signs), Text()]
    return lines + [Text().append(f"{'open':13}", "dim").append(link) for link in place.links]


def _quoted(place: Place, signs: bool) -> list[Text]:
    """The text around the claim, line by line; the evidence alone where the text is no longer there."""
    from rich.text import Text

    from cryomine.place import Line, cut, lines_around

    row = place.row
    text, offset = place.text, 0
    lines = lines_around(place)
    if text is None or not lines:
        text, offset = str(row["evidence"]), int(row["evidence_start"])
        lines = [Line(0, 0, len(text))]
    marks = [
        (int(row[start]) - offset, int(row[end]) - offset, what)
        for what, start, end in (("cue", "cue_start", "cue_end"), ("condition", "start", "end"))
        if int(row[end]) > int(row[start]) >= offset
    ]
    marks += _intervention(place, text, lines, marks, offset)
    spans = [(a, b) for a, b, _ in marks]
    shown: list[Text] = []
    for line in lines:
        if line.after_gap:
            shown.append(Text("     ⋮", style="dim"))
        margin = f"{line.number:>5}  " if place.is_source and line.number else " " * 7
        whole = Text().append(margin, "dim")
        stretches = cut(line, spans)
        for start, end in stretches:
            whole.append("… " if start > line.start else "")
            whole.append_text(_marked(text, start, end, marks, signs))
            whole.append(" …" if (start, end) == stretches[-1] and end < line.end else "")
        shown.append(whole)
    if place.text is None:
        shown.append(
            Text("       (the text is no longer there; this is the evidence as the table has it)", style="dim")
        )
    return shown


def _marked(text: str, start: int, end: int, marks: list[tuple[int, int, str]], signs: bool) -> Text:
    """``text[start:end]`` with its marks, as colours or as signs."""
    from rich.text import Text

    inside = [(max(a, start), min(b, end), what) for a, b, what in marks if a < end and start < b]
    if signs:
        # Where two meet, the closing sign comes first; of two that begin together, the longer opens first.
        put = [(b, 0, a - b, _SIGNS[what][1]) for a, b, what in inside]
        put += [(a, 1, a - b, _SIGNS[what][0]) for a, b, what in inside]
        parts, at = [], start
        for position, _, _, sign in sorted(put):
            parts += [text[at:position], sign]
            at = position
        return Text(_clean("".join([*parts, text[at:end]])))
    styled = Text(_clean(text[start:end]))
    for a, b, what in inside:
        styled.stylize(_STYLES[what], a - start, b - start)
    return styled


def _clean(words: str) -> str:
    """Control characters of a source do not reach the terminal."""
    return "".join(char if char.isprintable() else " " for char in words)


def _intervention(
    place: Place, text: str, lines: list[Line], marks: list[tuple[int, int, str]], offset: int
) -> list[tuple[int, int, str]]:
    """Where the intervention is named in what is shown: the mention nearest to the condition, in the evidence first."""
    names = sorted(_names(place), key=lambda name: (-len(name), name))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)", re.IGNORECASE)
    start, first = int(place.row["start"]) - offset, int(place.row["evidence_start"]) - offset
    last = int(place.row["evidence_end"]) - offset
    found = [
        (match.start(), match.end())
        for line in lines
        for match in pattern.finditer(text, line.start, line.end)
        if not any(a < match.end() and match.start() < b for a, b, _ in marks)
    ]
    if place.row["intervention_scope"] == "stated":
        found = [(a, b) for a, b in found if first <= a < last] or found
    nearest = min(found, key=lambda span: (abs(span[0] - start), span[0]), default=None)
    return [] if nearest is None else [(*nearest, "intervention")]


def _names(place: Place) -> set[str]:
    """What the row's intervention is called: all its names where the pack is here, else the one in the table."""
    from cryomine.packs import load_pack

    name = str(place.row["intervention"])
    try:
        pack = load_pack(place.pack)
    except PackError:
        return {name}
    known = (therapy for therapy in pack.interventions if therapy.name == name)
    return {name, *(other for therapy in known for other in (*therapy.synonyms, *therapy.weak_synonyms))}
