"""The owner of a claim: the therapy that its sentence states, else what the levels above and the document supply."""

from __future__ import annotations

from cryomine.extraction.about import ancestry
from cryomine.extraction.cues import Cue
from cryomine.extraction.frames import QUESTION
from cryomine.extraction.lexicon import Kind
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.stack import Owner
from cryomine.extraction.state import State


def settle(
    state: State, sentence: Sentence, cue: Cue, span: tuple[int, int], relation: str, owner: Owner | None
) -> tuple[Owner | None, str]:
    """The owner of a claim, or why it is not ours."""
    active = [t for t in sentence.therapies if not t.aside]
    if state.listed is not None and relation == "treats":
        named_before = any(t.end <= cue.start for t in active)
        if owner is None or (not owner.ours and not named_before):
            owner = state.listed
    if cue.entry.rule.acts:
        owner = owner if owner is not None and owner.ours else inherited(state, sentence)
        return (owner, "") if owner is not None and owner.ours else (None, "no intervention is given")
    if relation == "treats" and (owner is None or not owner.ours):
        owner = _run_together(state, sentence, cue) or owner
    if owner is None:
        meant = sentence.points_back(cue.other[0] if cue.other else cue.start)
        named = any(f.owner for f in state.stack.above(QUESTION + 2) if f.level) or meant
        if cue.entry.rule.needs == "stated" and not named:
            return None, "the sentence names no intervention"
        headed = any(f.owner is not None and f.owner.ours for f in state.stack.above(QUESTION + 2) if f.level)
        about = state.topic is not None and state.topic.ours
        hinted = sentence.therapies or headed or about or meant or state.stack.relation()
        if cue.entry.rule.needs == "therapy" and not hinted:
            return None, "nothing says that the therapy does it"
        # What a later clause names ("…, which is put right by surgery") does not own this one.
        limit = sentence.context.clauses.rest(max(cue.end, span[1]))
        silent = not any(t.start < limit for t in sentence.therapies)
        if relation == "treats" and silent and sentence.subject_is_people(cue):
            return None, "people do it, no intervention is named"
        others = [t for t in active if not t.weak and t.start < limit]
        anaphor = sentence.starts_with_anaphor() or sentence.pronoun_subject(cue)
        if others and not any(t.ours for t in others) and not anaphor:
            owner = Owner(others[0].key, ours=False)
        else:
            # The title says what the article goes on to tell; what a page on an illness says first is about others.
            if relation != "contraindicated" and sentence.a > 0 and sentence.b <= state.named_from:
                return None, "in front of the first mention of the therapy"
            owner = inherited(state, sentence)
    return only_ours(specific(state, owner))


def only_ours(owner: Owner | None) -> tuple[Owner | None, str]:
    """An owner that is one of the pack's interventions, else why there is no claim."""
    if owner is None:
        return None, "no intervention is given"
    return (owner, "") if owner.ours else (None, f"belongs to another therapy ({owner.key})")


def inherited(state: State, sentence: Sentence) -> Owner | None:
    """The owner of a claim for which the sentence names no therapy: the levels above, then the document."""
    for t in sentence.therapies:
        if not t.aside and not t.weak and t.ours:
            return specific(state, Owner(t.key, True, stated=True))
    topic = state.topic
    silent = not sentence.therapies or (
        topic is not None and not topic.ours and all(t.aside for t in sentence.therapies)
    )
    if topic is not None and silent and (topic.ours or topic.opens or sentence.starts_with_anaphor()):
        # "Paracetamol helps. Expect redness …": what is named in passing does not become what the text is about.
        return specific(state, topic)
    for frame in state.stack.above(QUESTION + 2):
        # A title that names another therapy ("Hill Road Physiotherapy") is a clinic's, where the article is about ours.
        if frame.owner is not None and (frame.level or frame.owner.ours or not state.main):
            return specific(state, frame.owner)
    return Owner(state.main, True) if state.main else None


def specific(state: State, owner: Owner | None) -> Owner | None:
    """A vague name ("the treatment", "the cold") stands for the specific one of the section or the document."""
    vague = state.knowledge.concept_set("vague_interventions")
    if owner is not None and owner.ours and owner.everyday and _only_everyday(state, owner.key):
        # "While the pack is on" in a leaflet that never names the kind of ours with packs.
        return owner._replace(key=state.main)
    if owner is None or not owner.ours or owner.key not in vague:
        return owner
    for frame in state.stack.above(QUESTION + 2):
        if frame.owner is not None and frame.owner.ours and frame.owner.key not in vague:
            return owner._replace(key=frame.owner.key)
    general = owner.everyday or not state.knowledge.parents.get(owner.key)
    if general and state.main and state.main not in vague:
        return owner._replace(key=state.main)
    return owner


def _only_everyday(state: State, key: str) -> bool:
    """Whether a document about another of ours never names the one that an everyday word of it would mean."""
    if not state.main or key in state.hits.named:
        return False
    kinds = ancestry(key, state.knowledge.parents)
    return state.main not in kinds or key in state.knowledge.concept_set("vague_interventions")


def _run_together(state: State, sentence: Sentence, cue: Cue) -> Owner | None:
    """Our therapy in a list that has lost its line breaks ("Treatment of X may include: Surgery - … Freezing - …")."""
    lex = state.view.lex
    colon = next((i for i in range(cue.end, sentence.b) if lex[i].kind == Kind.COLON), None)
    if colon is None or lex[colon - 1].lower not in state.view.lists["listing"]:
        return None
    hits = [h for h in state.hits.names.within(colon, state.block[1]) if h.what == "therapy"]
    return Owner(hits[0].key, True, stated=True) if hits else None
