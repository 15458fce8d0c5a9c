"""A claims table as a picture for papers and slides.

Knows the table and the report's matrix; knows nothing of how claims are found. Draws with matplotlib, an extra.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryomine.errors import CryomineError
from cryomine.report.matrix import Said, matrix, stem
from cryomine.report.relations import Look, looks

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = ("svg", "png", "pdf")
# Told apart with any colour vision, and in grey by their lightness; for packs with relations of their own it goes on.
COLOURS = ("#2a9d8f", "#c2185b", "#e9a23b", "#6a5acd", "#7cb342", "#78838d")
HATCH = "////"  # of what is denied
HEDGED = 0.45  # opacity of what is hedged
LABEL = 34  # characters of a name on an axis
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_Rows = Sequence[Mapping[str, Any]]


def plot(claims: pd.DataFrame, kind: str, path: Path, top: int = 25, origin: str = "the claims") -> None:
    """Draw ``claims`` as ``kind`` (a key of ``KINDS``) into ``path``; its suffix, one of ``FORMATS``, is the format.

    ``top`` is how many concepts are drawn (and for the heat map, twice as many sources); ``origin`` names the table
    in an error. The same table gives the same file.
    """
    suffix = path.suffix.lstrip(".").lower()
    if suffix not in FORMATS:
        raise CryomineError(f"{path}: not a kind of picture that can be drawn; name it .{', .'.join(FORMATS)}")
    if kind not in KINDS:
        raise CryomineError(f"{kind}: no such kind of picture; choose one of {', '.join(KINDS)}")
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError as error:
        raise CryomineError("plot needs matplotlib; pip install 'cryomine[plot]'") from error
    rows: _Rows = [{str(k): v for k, v in row.items()} for row in claims.to_dict("records") if row["concept_id"]]
    if not rows:
        raise CryomineError(f"{origin}: no claim is linked to a concept; nothing to draw")
    # Names are names, not formulas; text stays text; nothing in the file tells when it was made.
    settings: dict[str, Any] = {
        "text.parse_math": False,
        "svg.fonttype": "none",
        "svg.hashsalt": "cryomine",
        "font.size": 9,
        "patch.linewidth": 0.5,
    }
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # an emoji in a name is drawn as a box
        figure = Figure(layout="constrained")
        KINDS[kind](figure, rows, top)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            figure.savefig(path, format=suffix, dpi=160, metadata=_METADATA[suffix])
        except OSError as error:
            raise CryomineError(f"{path}: cannot be written ({error.strerror}); choose another file with -o") from error


_METADATA: dict[str, dict[str, Any]] = {"svg": {"Date": None}, "png": {}, "pdf": {"CreationDate": None}}


def _heatmap(figure: Figure, rows: _Rows, top: int) -> None:
    """Concepts by sources: a cell's colour and letter tell the relation, hatching a denial, paleness a hedge."""
    from matplotlib.patches import Rectangle

    table = matrix(rows, top, 2 * top)
    style, colours = _styles(rows)
    figure.set_size_inches(3.2 + 0.3 * len(table.sources), 2.6 + 0.26 * len(table.lines))
    axes = figure.add_subplot()
    for y, line in enumerate(table.lines):
        for x, source in enumerate(table.sources):
            said = line.cells.get(source, ())
            for part, each in enumerate(said):
                width = 1 / len(said)
                left = x - 0.5 + part * width
                look: dict[str, Any] = {"alpha": HEDGED if each.hedged else 1, "hatch": HATCH if each.negated else None}
                colour = colours[each.relation]
                axes.add_patch(Rectangle((left, y - 0.5), width, 1, facecolor=colour, edgecolor="white", **look))
                paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.6} if each.negated else None
                ink = "black" if each.negated or each.hedged else _ink(colour)
                axes.text(left + width / 2, y, _sign(each, style), ha="center", va="center", fontsize=6, color=ink,
                          bbox=paper)  # fmt: skip
    axes.set(xlim=(-0.5, len(table.sources) - 0.5), ylim=(len(table.lines) - 0.5, -0.5), title="Who says what")
    axes.set_xticks(range(len(table.sources)), _short(table.sources), rotation=90, fontsize=7)
    axes.set_yticks(range(len(table.lines)), [_name(line.concept) for line in table.lines])
    axes.tick_params(length=0)
    axes.set_xticks([x - 0.5 for x in range(len(table.sources) + 1)], minor=True)
    axes.set_yticks([y - 0.5 for y in range(len(table.lines) + 1)], minor=True)
    axes.grid(which="minor", color="#d4d9de", linewidth=0.5)
    axes.tick_params(which="minor", length=0)
    axes.set_axisbelow(True)
    _legend(figure, style, colours)


def _sign(said: Said, style: Mapping[str, Look]) -> str:
    return ("¬" if said.negated else "") + style[said.relation].letter + ("?" if said.hedged else "")


def _relations(figure: Figure, rows: _Rows, top: int) -> None:
    """For each concept a bar: how many sources affirm each relation of it, side by side in one stack."""
    style, colours = _styles(rows)
    chosen = _chosen(rows, top)
    axes = _bars(figure, chosen, "sources that affirm it", "What is said of each concept")
    for y, (_, said) in enumerate(chosen):
        left = 0
        for relation in style:
            sources = said.get((relation, "affirmed"), {})
            if sources:
                axes.barh(y, len(sources), left=left, color=colours[relation], edgecolor="white", linewidth=0.5)
                axes.text(left + len(sources) / 2, y, style[relation].letter, ha="center", va="center", fontsize=6,
                          color=_ink(colours[relation]))  # fmt: skip
                left += len(sources)
    _legend(figure, style, colours, marks=False)


def _agreement(figure: Figure, rows: _Rows, top: int) -> None:
    """For each concept and relation how many sources affirm it (right; hedged paler) and deny it (left)."""
    style, colours = _styles(rows)
    said_of: dict[tuple[str, str], dict[str, dict[str, bool]]] = {}
    for (_, concept), said in _said(rows).items():
        for (relation, polarity), sources in said.items():
            said_of.setdefault((concept, relation), {})[polarity] = sources
    order = sorted(said_of, key=lambda key: (-sum(len(s) for s in said_of[key].values()), key))[:top]
    lines = [(f"{_name(concept)} · {relation}", said_of[concept, relation]) for concept, relation in order]
    axes = _bars(figure, lines, "sources that deny it  |  sources that affirm it", "Who agrees")
    for y, (key, (_, polarities)) in enumerate(zip(order, lines, strict=True)):
        colour = colours[key[1]]
        plain = sum(not hedged for hedged in polarities.get("affirmed", {}).values())
        hedged = len(polarities.get("affirmed", {})) - plain
        denied = len(polarities.get("negated", {}))
        axes.barh(y, plain, color=colour)
        axes.barh(y, hedged, left=plain, color=colour, alpha=HEDGED)
        axes.barh(y, -denied, color=colour, hatch=HATCH, edgecolor="white")
    axes.axvline(0, color="black", linewidth=0.8)
    axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    _legend(figure, style, colours)


KINDS: dict[str, Callable[[Figure, _Rows, int], None]] = {
    "heatmap": _heatmap,
    "relations": _relations,
    "agreement": _agreement,
}

# Of one concept, by relation and polarity: each source, and whether all it says there is hedged.
_OneConcept = dict[tuple[str, str], dict[str, bool]]


def _said(rows: _Rows) -> dict[tuple[str, str], _OneConcept]:
    found: dict[tuple[str, str], _OneConcept] = {}
    for row in rows:
        said = found.setdefault((row["concept_id"], row["concept"]), {})
        sources = said.setdefault((row["relation"], row["polarity"]), {})
        sources[row["source"]] = sources.get(row["source"], True) and row["certainty"] == "hedged"
    return found


def _chosen(rows: _Rows, top: int) -> list[tuple[str, _OneConcept]]:
    """The concepts with most affirmed sources, most first, by the name that stands on the axis."""
    found = _said(rows)
    count = {key: sum(len(s) for (_, p), s in said.items() if p == "affirmed") for key, said in found.items()}
    order = sorted((key for key in found if count[key]), key=lambda key: (-count[key], key[1].casefold(), key[0]))
    return [(_name(key[1]), found[key]) for key in order[:top]]


def _bars(figure: Figure, lines: Sequence[tuple[str, Any]], label: str, title: str) -> Axes:
    """Axes for horizontal bars, the first line at the top."""
    from matplotlib.ticker import MaxNLocator

    figure.set_size_inches(7.5, 1.4 + 0.26 * max(len(lines), 3))
    axes = figure.add_subplot()
    axes.set_yticks(range(len(lines)), [name for name, _ in lines])
    axes.set(ylim=(len(lines) - 0.5, -0.5), xlabel=label, title=title)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    return axes


def _styles(rows: _Rows) -> tuple[dict[str, Look], dict[str, str]]:
    """The looks and colours of the relations that occur."""
    found = {row["relation"] for row in rows}
    style = looks(found)
    colours = {relation: COLOURS[place % len(COLOURS)] for place, relation in enumerate(style)}
    return {relation: look for relation, look in style.items() if relation in found}, colours


def _legend(figure: Figure, style: Mapping[str, Look], colours: Mapping[str, str], marks: bool = True) -> None:
    from matplotlib.patches import Patch

    handles = [Patch(color=colours[name], label=f"{look.letter}  {name}") for name, look in style.items()]
    if marks:
        handles.append(Patch(facecolor="#78838d", edgecolor="white", hatch=HATCH, label="¬  negated"))
        handles.append(Patch(facecolor="#78838d", alpha=HEDGED, label="?  hedged"))
    figure.legend(handles=handles, loc="outside lower center", ncols=len(handles), frameon=False, fontsize=8)


def _ink(colour: str) -> str:
    """Black or white, whichever is easier to read on ``colour``."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "black" if 0.299 * red + 0.587 * green + 0.114 * blue > 110 else "white"


def _short(sources: Sequence[str]) -> list[str]:
    """The last part of each source's name, or the whole where two sources share it."""
    stems = [stem(source) for source in sources]
    return [_name(short if stems.count(short) == 1 else source) for short, source in zip(stems, sources, strict=True)]


def _name(words: str) -> str:
    """A name as it fits on an axis: one line, only characters that a picture may hold."""
    line = " ".join(_UNPRINTABLE.sub(" ", words).split()) or "?"
    return line if len(line) <= LABEL else line[: LABEL - 1] + "…"
