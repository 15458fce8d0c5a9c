"""Output folders made by hand, so that the report's tests do not hang on what the extractor finds; a screen's size."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryomine.claims import Claim
from cryomine.document import Document, Run, Source
from cryomine.rows import rows_of, sha256
from cryomine.table import NAMES, csv_line


@dataclass(frozen=True)
class Said:
    """One claim of an article: the condition's words and the cue's, each at its first place in the text."""

    relation: str
    words: str
    cue: str = ""
    polarity: str = "affirmed"
    certainty: str = "asserted"
    concept: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Article:
    """An article of a run; ``kept`` for a format whose text is kept beside the table."""

    text: str
    said: Sequence[Said] = ()
    title: str = ""
    media_type: str = "text/plain"


def claim_of(text: str, said: Said) -> Claim:
    start = text.index(said.words)
    sentence = said.evidence or next(line for line in re.split(r"[\r\n]", text) if said.words in line)
    cue = said.cue or sentence.split()[0]
    return Claim(
        relation=said.relation, polarity=said.polarity, certainty=said.certainty, intervention_id="I:ice",
        intervention="ice / cold compress", intervention_scope="stated", start=start, end=start + len(said.words),
        section="", evidence_start=text.index(sentence), evidence_end=text.index(sentence) + len(sentence),
        cue_start=text.index(cue), cue_end=text.index(cue) + len(cue),
        negation_cue="not" if said.polarity == "negated" else "", hedge_cue="may" if said.certainty == "hedged" else "",
        rule=f"{said.relation}.by-hand", concept_id=said.concept, concept=said.concept,
        link="exact" if said.concept else "none", link_score=100.0 if said.concept else None,
    )  # fmt: skip


def write_output(folder: Path, articles: dict[str, Article]) -> Path:
    """An output folder ``out`` in ``folder``, and the sources in ``articles`` beside it."""
    out, sources = folder / "out", folder / "articles"
    (out / "texts").mkdir(parents=True)
    claims = [csv_line(NAMES)]
    fields = ("source", "title", "media_type", "encoding", "words", "claims", "source_sha256", "text_sha256")
    documents, inputs = [csv_line(fields)], []
    for name, article in sorted(articles.items()):
        raw = article.text.encode()
        (sources / name).parent.mkdir(parents=True, exist_ok=True)
        (sources / name).write_bytes(raw)
        source = Source(name, article.media_type, sha256(article.text))
        plain = article.media_type == "text/plain"
        runs = () if plain else (Run(0, len(article.text), 0, len(article.text)),)
        document = Document(article.text, (), source, article.title, runs)
        rows = rows_of(document, [claim_of(article.text, said) for said in article.said], "cryotherapy@0.1.0")
        claims += [csv_line(row[column] for column in NAMES) for row in rows]
        digest = sha256(article.text)
        words = len(article.text.split())
        documents.append(csv_line((name, article.title, article.media_type, "utf-8", words, len(rows), digest, digest)))
        inputs.append({"source": name, "path": f"../articles/{name}", "sha256": digest})
        if not plain:
            (out / "texts" / f"{digest}.txt").write_bytes(raw)
    (out / "claims.csv").write_bytes("".join(claims).encode())
    (out / "documents.csv").write_bytes("".join(documents).encode())
    (out / "run.json").write_text(json.dumps({"inputs": inputs}), encoding="utf-8")
    return out


# Three sources that agree and disagree, with spans that nest and cross, line ends of every kind, and an emoji before
# the claims, which counts as one code point and as two units of a browser's strings.
SMALL = {
    "a/spa.txt": Article(
        "The chilly hut 🧊\r\n\r\nIce relieves pain and swelling.\rIt may bring on frostbite.\n"
        "Ice eases acute lung and skin burns today.\n",
        (
            Said("treats", "pain", "relieves", concept="pain"),
            Said("treats", "swelling", "relieves"),
            Said("side-effect", "frostbite", "bring on", certainty="hedged", concept="frostbite"),
            Said("treats", "acute lung and skin burns", "eases"),
            Said("side-effect", "skin burns", "eases", concept="burn"),
            Said("contraindicated", "burns today", "eases"),
        ),
        title="The chilly hut",
    ),
    "b.html": Article(
        "Who stays out\n\nNobody who is pregnant.\nCold is no help for pain.\n",
        (
            Said("contraindicated", "pregnant", "Nobody", concept="pregnancy"),
            Said("treats", "pain", "no help", polarity="negated", concept="pain"),
        ),
        title="Who stays out",
        media_type="text/html",
    ),
    "c.txt": Article("Ice packs relieve pain.\n", (Said("treats", "pain", "relieve", concept="pain"),)),
    "d.txt": Article("A walk in the snow.\n"),
}

PWN = "window.pwned = (window.pwned || 0) + 1"
HOSTILE_TITLE = (
    f"<script>{PWN}</script>\" onmouseover='{PWN}' {{{{ 7 * 7 }}}} {{% raise %}} \u202eeltit " + "t" * 10_000
)
_WORDS = f"</script><script>{PWN}</script>"
HOSTILE = {
    # A colon in a name would be read as a scheme; the name of a source is the attacker's, too.
    f"javascript:{PWN.replace(' ', '')};<b onclick={PWN.replace(' ', '')}>.txt": Article(
        "\x00NUL \u202eright to left\u202c \u2067isolate &amp; &#13; {{ config }} ${7*7} 👩‍⚕️\n"
        f"<img src=x onerror='{PWN}'> relieves {_WORDS} at once.\n"
        f'<a href="javascript:{PWN}">click</a> --> <!-- <style>*{{display:none}}</style> ]]> pain\n',
        (
            Said("treats", _WORDS, f"<img src=x onerror='{PWN}'>", concept=f"<svg onload='{PWN}'>"),
            Said("side-effect", f'<a href="javascript:{PWN}">click</a>', "-->", concept="=HYPERLINK(1)"),
            Said("contraindicated", "-->", "<!--", polarity="negated", concept="constructor"),
            Said("__proto__", "pain", "]]>", concept="pain"),
        ),
        title=HOSTILE_TITLE,
    ),
    "other.txt": Article(
        "@SUM(1) relieves pain and {{ 7 * 7 }}.", (Said("treats", "pain", concept="pain"),), title="{{ 7 * 7 }}"
    ),
}


def resize(driver: Any, width: int, dark: bool = False) -> None:
    size = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": width < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
