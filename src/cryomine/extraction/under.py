"""Prose under a heading that states a relation: what it names without a cue of its own belongs there."""

from __future__ import annotations

from cryomine.extraction.accepts import is_subject
from cryomine.extraction.binding import supply
from cryomine.extraction.chunks import Level
from cryomine.extraction.inheritance import inherited
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.stack import Frame
from cryomine.extraction.state import State

# A longer heading is a sentence about something else as well.
_HEADING_WORDS = 4


def under_heading(state: State, sentence: Sentence, governing: Frame | None) -> None:
    """Prose under a heading of harms or contraindications: what it names without a cue of its own belongs there."""
    short = governing is not None and (governing.accept == "any" or len(governing.text.split()) <= _HEADING_WORDS)
    if governing is None or not short or sentence.question or governing.polarity == "negated":
        return
    made = any(sentence.a <= f.chunk.start < sentence.b for f in state.found[-4:])
    cues = [bond.cue for bond in sentence.bonds(carries=False)[0]]
    cues += [cue for cue in sentence.cues if cue.direction == "sentence"]
    relations = {cue.entry.rule.relation for cue in cues if cue.direction != "before"}
    other = not relations <= {"", governing.relation}
    if governing.relation == "treats" or made or other or sentence.context.of_kind("deny"):
        return
    named = [t for t in sentence.therapies if not t.aside and not t.weak]
    if named and not any(t.ours for t in named):
        return
    owner = inherited(state, sentence)
    treated = {f.chunk.key for f in state.found if f.relation == "treats"}
    for chunk in sentence.chunks:
        if governing.relation == "side-effect" and chunk.key in treated:
            # "The wart may come back": what is treated is no harm.
            continue
        if chunk.level == Level.KNOWN and is_subject(state.view, chunk):
            supply(state, sentence, chunk, governing, owner)
