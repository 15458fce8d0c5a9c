"""From one bond to a claim: who owns it and what the context makes of it, or why it is none."""

from __future__ import annotations

from cryomine.extraction import owner as owners
from cryomine.extraction.arms import alike, fewer
from cryomine.extraction.causes import subject_is_condition
from cryomine.extraction.chunks import Chunk
from cryomine.extraction.cues import Cue
from cryomine.extraction.exclusions import OWN_HARM, concept, excluded, overruled, supposed
from cryomine.extraction.inheritance import settle
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.state import Found, State


def claim_of(state: State, sentence: Sentence, cue: Cue, chunk: Chunk, *, even_asked: bool = False) -> Found | None:
    """The claim that a bond makes, or ``None`` with the reason in the trace."""
    rule = cue.entry.rule
    span = (chunk.start, chunk.end)
    relation: str = rule.relation
    polarity: str = rule.polarity
    certainty: str = rule.certainty
    hedge = ""
    owner = owners.stated(sentence, cue, span)
    if cue.direction == "carry" and state.carried is not None:
        relation, polarity, certainty = state.carried.relation, state.carried.polarity, state.carried.certainty
        hedge = state.carried.hedge
        owner = owner or state.carried.owner
    if not relation:
        return None
    if relation == "side-effect" and state.knowledge.kinds.get(concept(chunk)) == "goal":
        if subject_is_condition(state.knowledge, sentence, cue):
            state.why_not(chunk, "caused by another condition, not by the intervention")
            return None
        # What "leads to weight loss" is wanted: the cure of a state, not a harm.
        relation = "treats"
    if relation == "side-effect" and cue.direction == "before" and polarity == "affirmed":
        if alike(sentence):
            state.why_not(chunk, "as often in both arms of a trial")
            return None
        # "Occurred in 15 % with ice and 56 % of controls": it is what the therapy prevents.
        relation = "treats" if fewer(sentence) else relation
    owner, why = settle(state, sentence, cue, span, relation, owner)
    why = (
        why
        or excluded(state, sentence, cue, chunk, relation, even_asked=even_asked)
        or overruled(state, sentence, cue, relation)
    )
    if why or owner is None:
        state.why_not(chunk, why)
        return None
    forbids = relation == "contraindicated"
    permits = forbids and polarity == "negated"
    reading = sentence.context.read((cue.start, cue.end), span, forbids=forbids, permits=permits)
    negation = ""
    if reading.negation and (polarity == "affirmed" or forbids):
        polarity = other(polarity)
        negation = reading.negation
    elif polarity == "negated":
        negation = state.view.words(cue.start, cue.end)
    own = concept(chunk) in state.knowledge.concept_set("own_harms")
    if relation == "treats" and polarity == "affirmed" and own:
        state.why_not(chunk, OWN_HARM)
        return None
    if relation == "treats" and polarity == "negated" and supposed(sentence, min(cue.start, chunk.start)):
        state.why_not(chunk, "only a case that is supposed")
        return None
    if reading.hedge:
        certainty, hedge = "hedged", reading.hedge
    elif certainty == "hedged" and not hedge:
        hedge = state.view.words(cue.start, cue.end)
    return Found(
        chunk,
        relation,
        polarity,
        certainty,
        rule.id,
        (cue.start, cue.end),
        owner,
        negation if polarity == "negated" else "",
        hedge if certainty == "hedged" else "",
        (sentence.a, sentence.b),
        state.stack.section(),
    )


def other(polarity: str) -> str:
    """The opposite polarity."""
    return "negated" if polarity == "affirmed" else "affirmed"
