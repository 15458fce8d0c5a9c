"""Answers and denials: what a sentence says to the one before it, a question or a statement."""

from __future__ import annotations

from cryomine.extraction.claiming import claim_of, other
from cryomine.extraction.exclusions import asked as is_asked
from cryomine.extraction.lexicon import Kind
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.state import State
from cryomine.extraction.unproved import unproved

# "Pregnant or breastfeeding?" A longer question is a sentence.
_FRAGMENT_TOKENS = 8
# "Have diabetes, or nerve problems in your feet?" picks readers, often in a row of questions; so many tokens hold the
# longest on real pages.
_PICKING_TOKENS = 60
# "On its own?"
_MORE_TOKENS = 5
# "Q: I have …"
_FRONT_TOKENS = 4
# "In my experience, no."
_FRONTED_TOKENS = 6
# "That is complete and utter nonsense."
_ALONE_TOKENS = 8
_BEHIND = frozenset((Kind.COMMA, Kind.STOP, Kind.DASH, Kind.SEMI))
_MARKS = frozenset((Kind.STOP, Kind.QUOTE, Kind.COMMA, Kind.SPACE))


def answer(state: State, sentence: Sentence, asked: Sentence) -> None:
    """A one-word answer to the question ``asked`` before makes or denies the question's claims."""
    no = _answers(sentence, "answers_no") or denial(state, sentence)
    if not no and not _answers(sentence, "answers_yes"):
        return
    # "I read that it cures gout. True?": what was claimed in front of the question is asked about.
    made = [at for at in state.recent if asked.a <= state.found[at].evidence[0] < asked.b]
    if no:
        for at in made:
            state.deny(at, no)
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


def _answers(sentence: Sentence, name: str) -> str:
    """The phrase of a word list that a sentence is as an answer: at its beginning, or "On its own, no."."""
    lex, a, b, phrases = sentence.view.lex, sentence.a, sentence.b, sentence.view.lists[name]
    commas = [i for i in range(a, b - 2) if lex[i].kind == Kind.COMMA]
    # One word behind the first comma or the last.
    behind = [i + 1 for i in commas if i - a <= _FRONTED_TOKENS][:1] + [i + 1 for i in commas if b - i <= 3]
    words = (" ".join(x.lower for x in lex[i : i + n]) for i in behind for n in (1, 2) if lex[i + 1].kind in _BEHIND)
    closing = " ".join(x.lower for x in lex[max(a, b - 3) : b - 1])
    said = sentence.begins_with(name) or next((said for said in words if said in phrases), "")
    # "Surprisingly, for some people it can."
    return said or (closing if closing in phrases and lex[b - 1].kind == Kind.STOP else "")


def _alone(sentence: Sentence, name: str) -> str:
    """The words of a sentence where, without its stop and quotes, it is a phrase of a word list; else empty."""
    if sentence.b - sentence.a > _ALONE_TOKENS:
        return ""
    view = sentence.view
    words = [x.lower for x in view.lex[sentence.a : sentence.b] if x.kind not in _MARKS]
    return view.words(sentence.a, sentence.b) if " ".join(words) in view.lists[name] else ""


def question(state: State, sentence: Sentence, asked: Sentence | None) -> Sentence:
    """The question that is open behind a sentence that asks; ``asked`` is the one before it, not answered yet.

    "Does it cure gout? On its own? No.": two words more of the same question. "I have gout. Can I come?": what is told
    in front is asked about.
    """
    before, lists = state.before, state.view.lists
    if asked is not None and sentence.b - sentence.a <= _MORE_TOKENS and not sentence.cues:
        return asked
    if asked is not None and asked.b == sentence.a and asked.begins_with("asked_of_reader"):
        # "Do you have gout? Are you tired of tablets?"
        return state.sentence(asked.a, sentence.b)
    told = before is not None and before.b == sentence.a and not before.question
    if before is None or not told or sentence.conditions() or not before.conditions():
        return sentence
    speaks = any(x.lower in lists["first_persons"] for x in state.view.lex[before.a : before.a + _FRONT_TOKENS])
    return state.sentence(before.a, sentence.b) if speaks else sentence


def denial(state: State, sentence: Sentence) -> str:
    """The words that deny what was said or asked before ("that has never been shown"); empty where there are none."""
    denials = sentence.context.of_kind("deny")
    if denials:
        return state.view.words(denials[0].start, denials[0].end)
    return unproved(state.view, state.hits, sentence.a, sentence.b)


def denies(state: State, sentence: Sentence, *, answers: bool) -> bool:
    """ "There is no evidence for any of these": the claims of the sentence before are denied.

    ``answers`` says that the sentence answers a question: a bare "no" is then no denial of its own.
    """
    words = denial(state, sentence)
    if not words and not answers and state.recent and state.found[state.recent[-1]].evidence[1] == sentence.a:
        words = _alone(sentence, "denials_alone")
    if not words and not answers and not state.recent:
        # "People ask whether it causes pneumonia. No, germs do that."
        words = sentence.begins_with("answers_no")
    if not words or denied_itself(sentence, sentence.b):
        return False
    if not state.recent:
        before = state.before
        return before is not None and before.b == sentence.a and bool(wondered(state, before, words))
    between = state.before
    if between is not None and state.found[state.recent[-1]].evidence[1] < between.b and between.conditions():
        # "It eases gout. Spas say that it melts fat. It does not.": the sentence in between is denied.
        return False
    denials = sentence.context.of_kind("deny")
    if denials and any(
        x.lower in state.view.lists["scope_ends"] for x in state.view.lex[sentence.a + 1 : denials[0].start]
    ):
        # "We no longer say that it heals ligaments, because there is no evidence that it does."
        return False
    # "- relieves gout - lifts depression. None of these statements is supported": all of the list is denied.
    listed = state.items and state.recent[-1] == state.items[-1]
    for at in state.items if listed else state.recent:
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
    """ "Pregnant? Ask your midwife first.": a bare question names whom the next sentence is for.

    So does one that asks for permission ("Is it safe with a pacemaker? Please check with your doctor.").
    """
    if asked is None:
        return []
    begged = [b.chunk for b in asked.bonds(carries=False)[0] if b.cue.entry.rule.relation == "contraindicated"]
    picks = asked.b - asked.a <= _PICKING_TOKENS and asked.begins_with("asked_of_reader")
    if not begged and not picks and (asked.finite() or asked.b - asked.a > _FRAGMENT_TOKENS):
        return []
    warns = (c for c in sentence.cues if c.direction == "sentence" or sentence.object_is_pronoun(c))
    warns = (c for c in warns if c.entry.rule.relation)
    cue = next((c for c in warns if not begged or c.entry.rule.relation == "contraindicated"), None)
    found = [claim_of(state, sentence, cue, chunk) for chunk in begged or asked.conditions()] if cue is not None else []
    return [state.add(f) for f in found if f is not None]
