"""Whether what a sentence says is caused comes from another condition or cause than from a therapy."""

from __future__ import annotations

from cryomine.extraction.chunks import Level
from cryomine.extraction.clauses import closes
from cryomine.extraction.cues import Cue
from cryomine.extraction.knowledge import Knowledge
from cryomine.extraction.lexicon import Flag, Kind
from cryomine.extraction.sentence import Sentence

_POINTING = ("this", "that")


def subject_is_condition(knowledge: Knowledge, sentence: Sentence, cue: Cue) -> bool:
    """Whether the subject of a cue is a condition or another cause ("a virus"), with no therapy before it."""
    lex = sentence.view.lex
    if lex[cue.start].kind == Kind.PRON and lex[cue.start].lower in sentence.view.lists["person_pronouns"]:
        # "If you take blood thinners you may bruise": the cue brings its own subject.
        return False
    # "Offered when an ectropion causes bleeding": the clause has a subject of its own.
    clause = next((i for i in range(cue.start - 1, sentence.a, -1) if lex[i].kind == Kind.SUB), sentence.a)
    harms = knowledge.concept_set("harms")
    if lex[clause].lower in sentence.view.lists["relatives"]:
        forbids = any(c.entry.rule.relation == "contraindicated" for c in sentence.cues)
        # "Anyone with Raynaud's, which causes numb fingers, should avoid it."
        ends = (clause, clause - 1) if forbids and lex[clause - 1].kind == Kind.COMMA else (clause,)
        if forbids or any(c.end <= clause and c.entry.rule.relation == "treats" for c in sentence.cues):
            # "Removes growths that can turn into cancer."
            return any(c.last in ends and c.key not in harms and c.what != "therapy" for c in sentence.chunks)
    if any(clause <= t.start and t.end <= cue.start for t in sentence.therapies):
        return False
    if any(
        c.end <= cue.start and c.direction == "before" and c.entry.rule.relation == "side-effect" for c in sentence.cues
    ):
        # "Headache was the most frequent, followed by nausea."
        return False
    # What an earlier cue of the sentence governs is its object, not this cue's subject.
    causes = sentence.view.lists["other_causes"]
    told = [
        c.start
        for c in sentence.cues
        if clause <= c.start and c.end <= cue.start and c.entry.rule.relation and not closes(lex, c.end, cue.start)
    ]
    limit = min(told, default=cue.start)
    # "An ectropion is harmless and is not linked to cancer."
    before = [c for c in sentence.chunks if clause <= c.start and c.end <= limit and c.why != "an adjective alone"]
    if not before or before[-1].prep or any(x.kind == Kind.COLON for x in lex[before[-1].last : cue.start]):
        return False
    if before[-1].key in harms:
        # "Cold shock makes you gasp": what the therapy itself does goes on.
        return False
    if lex[before[-1].first].kind == Kind.DET and _in_somebody(sentence):
        # "In someone with a weak heart the sudden strain can trigger …": the strain of the treatment.
        return False
    word = lex[before[-1].end - 1].norm
    named_before = lex[before[-1].first].lower in _POINTING and word in sentence.view.lists["illness_words"]
    return before[-1].level == Level.KNOWN or word in causes or named_before


def _in_somebody(sentence: Sentence) -> bool:
    """Whether the sentence begins with the people in whom something happens."""
    front = sentence.view.lex[sentence.a : sentence.a + 4]
    people = (x.flags & Flag.PERSON or x.lower in sentence.view.lists["whoever"] for x in front)
    return front[0].lower in ("in", "for") and any(people)
