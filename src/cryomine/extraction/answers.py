"""Answers and denials: what a sentence says to the one before it, a question or a statement."""

from __future__ import annotations

from cryomine.extraction.claiming import claim_of, other
from cryomine.extraction.exclusions import asked as is_asked
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.state import State

# "Pregnant or breastfeeding?" A longer question is a sentence.
_FRAGMENT_TOKENS = 8
# "Have diabetes, or nerve problems in your feet?" picks readers; so many tokens hold the longest on real pages.
_PICKING_TOKENS = 20


def answer(state: State, sentence: Sentence, asked: Sentence) -> None:
    """A one-word answer to the question ``asked`` before makes or denies the question's claims."""
    no = sentence.begins_with("answers_no") or denial(state, sentence)
    if not no and not sentence.begins_with("answers_yes"):
        return
    made = []
    for bond in asked.bonds(carries=False)[0]:
        found = claim_of(state, asked, bond.cue, bond.chunk)
        if found is None:
            continue
        if no:
            polarity = other(found.polarity)
            negation = no if polarity == "negated" else ""
            found = found._replace(polarity=polarity, certainty="asserted", hedge="", negation=negation)
        elif found.relation == "contraindicated":
            # Who asks "can I …?" asks for permission; a yes gives it.
            found = found._replace(certainty="asserted", hedge="")
        made.append(state.add(found))
    state.recent = made or state.recent


def denial(state: State, sentence: Sentence) -> str:
    """The words that deny what was said or asked before ("that has never been shown"); empty where there are none."""
    denials = sentence.context.of_kind("deny")
    return state.view.words(denials[0].start, denials[0].end) if denials else ""


def denies(state: State, sentence: Sentence) -> bool:
    """ "There is no evidence for any of these": the claims of the sentence before are denied."""
    words = denial(state, sentence)
    if not words or denied_itself(sentence, sentence.b):
        return False
    if not state.recent:
        before = state.before
        return before is not None and before.b == sentence.a and bool(wondered(state, before, words))
    for at in state.recent:
        state.deny(at, words)
    state.recent = []
    return True


def denied_itself(sentence: Sentence, end: int) -> bool:
    """Whether what a sentence says up to token ``end`` is denied behind it ("…, but there is no proof of that")."""
    denials = sentence.context.of_kind("deny")
    bonds = sentence.bonds(carries=False)[0] if denials else []
    return any(bond.chunk.end <= min(end, denials[0].start) for bond in bonds)


def wondered(state: State, sentence: Sentence, words: str) -> list[int]:
    """ "Whether it prevents colds has not been proved": what is asked, not claimed, is denied by ``words``."""
    behind = [h for h in sentence.context.of_kind("negation") if sentence.context.looks_back(h)]
    words = words or (state.view.words(behind[-1].start, behind[-1].end) if behind else "")
    if not words:
        return []
    bonds = [b for b in sentence.bonds(carries=False)[0] if is_asked(state, sentence, b.cue)]
    found = [claim_of(state, sentence, b.cue, b.chunk, even_asked=True) for b in bonds]
    at = [state.add(f) for f in found if f is not None]
    for index in at:
        state.deny(index, words)
    return at


def of_fragment(state: State, sentence: Sentence, asked: Sentence | None) -> list[int]:
    """ "Pregnant? Ask your midwife first.": a bare question names whom the next sentence is for."""
    if asked is None:
        return []
    picks = asked.b - asked.a <= _PICKING_TOKENS and asked.begins_with("asked_of_reader")
    if not picks and (asked.finite() or asked.b - asked.a > _FRAGMENT_TOKENS):
        return []
    cue = next((c for c in sentence.cues if c.direction == "sentence" and c.entry.rule.relation), None)
    found = [claim_of(state, sentence, cue, chunk) for chunk in asked.conditions()] if cue is not None else []
    return [state.add(f) for f in found if f is not None]
