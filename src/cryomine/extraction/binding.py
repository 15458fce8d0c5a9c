"""From a sentence's bonds to claims: who owns them, what the context makes of them, what is left alone and why."""

from __future__ import annotations

from cryomine.extraction import owner as owners
from cryomine.extraction.answers import answer, denial, denied_itself, denies, of_fragment, question, wondered
from cryomine.extraction.chunks import Chunk, Level
from cryomine.extraction.claiming import claim_of, other
from cryomine.extraction.context import Reading
from cryomine.extraction.cues import Cue
from cryomine.extraction.exclusions import CIRCUMSTANCE, circumstance
from cryomine.extraction.frames import QUESTION, frame_of
from cryomine.extraction.inheritance import inherited
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.stack import Frame, Owner
from cryomine.extraction.state import Found, State

# A sentence makes at most so many claims, on all but a few pages.
_LATEST = 20


def read(state: State, sentence: Sentence) -> None:
    """Make the claims that the sentence's own cues carry, and note what it is about."""
    fragment = state.question
    if fragment is not None:
        answer(state, sentence, fragment)
        state.question = None
    if denies(state, sentence, answers=fragment is not None):
        return
    if sentence.question:
        frame = frame_of(state, sentence, sentence.a, sentence.b, level=QUESTION)
        state.question, state.asked = question(state, sentence, fragment), frame if frame.relation else None
        _topic(state, sentence)
        return
    if not sentence.cues:
        state.say(sentence)
        _topic(state, sentence)
        return
    bonds, refused = sentence.bonds(carries=state.can_carry)
    found = [claim_of(state, sentence, bond.cue, bond.chunk) for bond in bonds]
    made = [state.add(f) for f in found if f is not None]
    for at in made:
        if denied_itself(sentence, state.found[at].chunk.end):
            state.deny(at, denial(state, sentence))
    if not made:
        made = _elsewhere(state, sentence) or of_fragment(state, sentence, fragment)
        made = made or wondered(state, sentence, denial(state, sentence))
    for chunk, cue, why in refused:
        if chunk.level > Level.NONE or chunk.what == "benefit":
            state.why_not(chunk, f"'{state.view.words(cue.start, cue.end)}': {why}")
    if made or sentence.cues or sentence.therapies:
        state.recent = made
    state.say(sentence)
    at_work = [bond.cue for bond in bonds] or [cue for chunk, cue, _ in refused if not chunk.what]
    # "It carries some risks. These include …": a sentence that ends with the word for harms announces them.
    announced = [c for c in sentence.cues if c.entry.rule.relation == "side-effect" and sentence.ends_with(c)]
    _carry(state, sentence, at_work or [c for c in announced if c.entry.rule.polarity == "affirmed"])
    _topic(state, sentence)


def supply(state: State, sentence: Sentence, chunk: Chunk, frame: Frame, owner: Owner | None) -> None:
    """A claim whose relation comes from a heading or lead-in."""
    if owner is None or not owner.ours:
        state.why_not(chunk, "another therapy owns it" if owner else "no intervention is given")
        return
    if frame.relation != "contraindicated" and circumstance(state, chunk):
        state.why_not(chunk, CIRCUMSTANCE)
        return
    reading = sentence.context.read(frame.cue, (chunk.start, chunk.end), own=False)
    certainty = "hedged" if reading.hedge else frame.certainty
    polarity, negation = frame.polarity, frame.negation
    if reading.negation and not (frame.relation == "contraindicated" and _bare(state, reading)):
        polarity = other(polarity)
        negation = reading.negation
    at = state.add(
        Found(
            chunk,
            frame.relation,
            polarity,
            certainty,
            frame.rule,
            frame.cue,
            owner,
            negation if polarity == "negated" else "",
            reading.hedge or (frame.hedge if certainty == "hedged" else ""),
            (sentence.a, sentence.b),
            state.stack.section(),
        )
    )
    if frame.relation == "treats":
        # "The documents do not support any of these uses" denies the whole list above.
        one_list = state.recent and state.found[state.recent[-1]].cue == frame.cue
        state.recent = [*state.recent, at] if one_list else [at]
    elif frame.relation == "contraindicated":
        # "Blood thinners. These do not stop us from treating you" denies its own item only.
        same = [i for i in state.recent if state.found[i].evidence == (sentence.a, sentence.b)]
        state.recent = [*same, at]


def _bare(state: State, reading: Reading) -> bool:
    """Whether a plain "no" denies; under a heading of contraindications it forbids ("no ice on broken skin")."""
    return state.knowledge.matcher.context[reading.negation_rule].reach == "near"


def _elsewhere(state: State, sentence: Sentence) -> list[int]:
    """Claims whose condition the sentence leaves out: it stands in the sentence before or in the nearest heading."""
    if sentence.conditions():
        return _of_own_pronoun(state, sentence)
    cue = next((c for c in sentence.cues if c.entry.rule.elsewhere or sentence.object_is_pronoun(c)), None)
    if cue is None:
        return _of_pronoun(state, sentence)
    meant = next(filter(None, (frame.conditions() for frame in state.stack.above())), ())
    if sentence.object_is_pronoun(cue) and state.mentioned:
        meant = state.mentioned
    found = [claim_of(state, sentence, cue, chunk) for chunk in meant]
    return [state.add(f) for f in found if f is not None]


def _of_own_pronoun(state: State, sentence: Sentence) -> list[int]:
    """ "Skin tags are harmless, but they can be frozen off.": the pronoun is the sentence's own subject."""
    cue = next((c for c in sentence.cues if sentence.subject_is_pronoun(c, later=True)), None)
    meant = [c for c in sentence.subjects() if c.level == Level.KNOWN and c.end <= sentence.verb()]
    found = [claim_of(state, sentence, cue, chunk) for chunk in meant] if cue is not None else []
    return [state.add(f) for f in found if f is not None]


def _of_pronoun(state: State, sentence: Sentence) -> list[int]:
    """ "He had a wart. It was frozen off.": the pronoun is a condition that no claim has been made of yet."""
    before = state.before
    cue = next((c for c in sentence.cues if sentence.subject_is_pronoun(c)), None)
    if cue is None or before is None or before.b != sentence.a:
        return []
    if any(f.evidence == (before.a, before.b) for f in state.found[-_LATEST:]):
        return []
    harms = state.knowledge.concept_set("harms") | state.knowledge.concept_set("telling_side_effects")
    meant = [c for c in before.subjects() if c.level == Level.KNOWN and c.key not in harms]
    found = [claim_of(state, sentence, cue, chunk) for chunk in meant]
    return [state.add(f) for f in found if f is not None]


def _carry(state: State, sentence: Sentence, cues: list[Cue]) -> None:
    """Keep the relation of the last of the cues that governed something for a sentence that carries it on."""
    cue = next((c for c in reversed(cues) if c.entry.rule.relation), None)
    if cue is None:
        return
    # Worked out when a later sentence asks for it, which few do.
    state.carry(lambda: _carried(state, sentence, cue))


def _carried(state: State, sentence: Sentence, cue: Cue) -> Frame:
    """The relation of a cue as a frame for the sentence that carries it on."""
    rule = cue.entry.rule
    reading = sentence.context.read((cue.start, cue.end), (cue.end, cue.end))
    owner = owners.stated(sentence, cue, (cue.end, cue.end)) or inherited(state, sentence)
    return Frame(
        relation=rule.relation,
        polarity=other(rule.polarity) if reading.negation else rule.polarity,
        certainty="hedged" if reading.hedge else rule.certainty,
        rule=rule.id,
        accept=rule.accept,
        cue=(cue.start, cue.end),
        owner=owner,
        hedge=reading.hedge,
    )


def _topic(state: State, sentence: Sentence) -> None:
    """What the sentence is about, for the next one."""
    told = [t for t in sentence.therapies if not t.aside and not t.weak]
    if not told:
        if any(t.ours and not t.aside for t in sentence.therapies) and not (state.topic and state.topic.ours):
            # "People sucked ice while the drug ran in": what follows is no longer about the other therapy.
            state.topic = None
        return
    told = [t for t in told if t.start < sentence.verb()]
    first = next((t for t in told if t.ours), told[0] if told else None)
    if first is None:
        return
    if not first.ours and any(first.end <= n.start < sentence.verb() + 2 for n in sentence.context.of_kind("negation")):
        # "The bits that diets won't shift. We use it for …"
        return
    state.topic = Owner(first.key, first.ours, opens=sentence.a == state.block[0])
