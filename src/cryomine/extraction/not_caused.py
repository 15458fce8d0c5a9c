"""Why a harm that a sentence tells of is none of the therapy's: another condition causes it, or others have it."""

from __future__ import annotations

from cryomine.extraction.arms import of_controls
from cryomine.extraction.causes import subject_is_condition
from cryomine.extraction.chunks import Chunk, Level
from cryomine.extraction.cues import Cue
from cryomine.extraction.lexicon import Kind
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.state import State

# What may stand between words that compare and the cue behind them.
_BETWEEN = frozenset((Kind.DET, Kind.NUM, Kind.WORD))


def not_caused(state: State, sentence: Sentence, cue: Cue, chunk: Chunk) -> str:
    """Why the therapy does not cause what a cue of side effects governs; empty where nothing says so."""
    if cue.direction == "after" and (
        subject_is_condition(state.knowledge, sentence, cue) or _goes_on_about_condition(state, sentence, cue)
    ):
        return "caused by another condition, not by the intervention"
    if _compared(sentence, cue) or of_controls(sentence):
        return "what the therapy is compared with"
    if _beforehand(sentence, cue, chunk):
        return "what the patient had before"
    return ""


def _goes_on_about_condition(state: State, sentence: Sentence, cue: Cue) -> bool:
    """ "Mucositis inflames the mouth. It causes pain", "There is pain": it is the condition of the sentence before."""
    lex = sentence.view.lex
    if lex[sentence.a].kind == Kind.DET and sentence.pronoun_subject(cue):
        # "This condition is watched, because it can become cancer."
        return lex[sentence.a].lower == "this" and lex[sentence.a + 1].norm in sentence.view.lists["illness_words"]
    there = lex[sentence.a].lower == "there"
    if sentence.therapies or not (there or sentence.pronoun_subject(cue)):
        return False
    a, b = next((span for span in state.view.sentences(*state.block) if span[1] == sentence.a), (0, 0))
    if a == b or any(f.evidence == (a, b) for f in state.found):
        return False
    before = Sentence(state.view, state.knowledge, state.hits, a, b)
    first = next(iter(before.chunks), None)
    if first is None or first.level < Level.KNOWN or first.prep or first.first > a + 1:
        return False
    return first.key not in state.knowledge.concept_set("harms") and before.finite()


def _compared(sentence: Sentence, cue: Cue) -> bool:
    """Whether a cue stands right behind words that compare ("compared to a 10 % increase in stiffness")."""
    asides = [hit for hit in sentence.context.of_kind("aside") if hit.end - hit.start > 1]
    return any(
        hit.end <= cue.start and all(x.kind in _BETWEEN for x in sentence.view.lex[hit.end : cue.start])
        for hit in asides
        if hit.start > sentence.a + 1
    )


def _beforehand(sentence: Sentence, cue: Cue, chunk: Chunk) -> bool:
    """Whether the patient had it before: "ice it after you suffer a sprain", "an injury where swelling occurs"."""
    lex = sentence.view.lex
    if cue.direction == "before":
        return chunk.first - 1 > sentence.a and lex[chunk.first - 1].lower == "where"
    at = cue.start - 1 if lex[cue.start].kind != Kind.PRON else cue.start
    suffers = lex[cue.end - 1].norm in sentence.view.lists["suffering"]
    return suffers and at > sentence.a + 1 and lex[at].kind == Kind.PRON and lex[at - 1].lower == "after"
