"""What a heading or a lead-in supplies to what stands under it: relation, owner, certainty."""

from __future__ import annotations

from cryomine.extraction.context import Reading
from cryomine.extraction.cues import Cue
from cryomine.extraction.exclusions import asked
from cryomine.extraction.furniture import LABEL_TOKENS
from cryomine.extraction.lexicon import Kind
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.stack import Frame, Owner
from cryomine.extraction.state import State
from cryomine.extraction.therapies import Therapy

# Levels of the stack: a title is 0, headings are 1 to 6, a question in prose counts as a heading of level 7.
# A line of prose that is nothing but a label with a colon ("Precautions:") counts as the lowest heading.
LABEL, QUESTION, LEAD_IN, ITEM = 6, 7, 8, 9
# A heading of a colon, and a group label inside a list ("Other", "Immunological"), have at most so many tokens.
GROUP_TOKENS = 4
# These name their condition with words beside them; what stands under the line is no part of it.
_OWN_WORDS = frozenset(("adjacent", "with-object", "with-subject", "itself"))


def frame_of(state: State, sentence: Sentence, a: int, b: int, level: int) -> Frame:
    """The frame of the line ``a:b`` whose (last) sentence is ``sentence``."""
    text = " ".join(state.view.words(a, b).strip(" :#*").split())
    frame = Frame(level=level, text=text, owner=_owner(sentence, level), conditions=sentence.conditions, span=(a, b))
    # "Do not use it if you have" as a heading is a lead-in all the same.
    breaks_off = level > QUESTION or (leads_in(state, b) and not sentence.question)
    cue = governing_cue(state, sentence, heading=False) if breaks_off else None
    if cue is None and level <= QUESTION:
        cue = governing_cue(state, sentence, heading=True)
    if cue is None or (level > QUESTION and asked(state, sentence, cue)):
        # An item's certainty may come from a lead-in that is silent about the relation.
        hedge = sentence.context.read((b, b), (b, b)).hedge if level > QUESTION else ""
        return frame._replace(hedge=hedge)
    rule = cue.entry.rule
    relation: str = rule.relation
    polarity: str = rule.polarity
    certainty: str = rule.certainty
    if cue.direction == "carry" and state.carried is not None:
        relation, polarity, certainty = state.carried.relation, state.carried.polarity, state.carried.certainty
    forbids = relation == "contraindicated"
    reading = sentence.context.read((cue.start, cue.end), (cue.end, cue.end), forbids=forbids)
    # "We do not treat you if you have": what is denied there is the treatment.
    negation = "" if sentence.question or rule.scope == "tail" else reading.negation
    if negation:
        polarity = "negated" if polarity == "affirmed" else "affirmed"
    if reading.hedge and not (level <= QUESTION and _idle_hedge(state, sentence, reading)):
        certainty = "hedged"
    return frame._replace(
        relation=relation,
        polarity=polarity,
        certainty=certainty,
        rule=rule.id,
        accept=rule.accept,
        cue=(cue.start, cue.end),
        negation=negation,
        hedge=reading.hedge,
    )


def _idle_hedge(state: State, sentence: Sentence, reading: Reading) -> bool:
    """Whether a heading's hedge says nothing about its list: a question, a "can", "what our guests report"."""
    idle = reading.hedge.lower() in state.view.lists["heading_no_hedge"]
    return sentence.question or idle or reading.hedge_rule == "hedge.reported"


def _owner(sentence: Sentence, level: int) -> Owner | None:
    """The therapy that a line names; where it names ours and another, the first of them."""
    told = [t for t in sentence.therapies if not t.aside and not t.weak]
    forbids = any(c.entry.rule.relation == "contraindicated" for c in sentence.cues)
    weak = [t for t in sentence.therapies if forbids and t.weak and t.ours]
    beside = next((t for t in weak if any(_joined(sentence, t, other) for other in told)), None)
    if beside is not None:
        # "Don't use cold or heat packs": the everyday word is one of them.
        return Owner(beside.key, ours=True, everyday=True)
    if told:
        alike = len({t.ours for t in told}) == 1
        first = told[-1] if alike else told[0]
        return Owner(first.key, first.ours) if alike or first.ours else None
    named = {i for t in sentence.therapies if t.ours for i in range(t.start, t.end)}
    if level <= QUESTION and named and not sentence.a + len(named) + 1 < sentence.b:
        # "The plunge": an everyday name that is all of a heading.
        key = next(t.key for t in sentence.therapies if t.ours)
        return Owner(key, ours=True, everyday=True)
    defines = sentence.question and sentence.begins_with("definitions") and sentence.conditions()
    if level <= QUESTION and (defines or _about_illness(sentence)):
        # "What is hypothermia?": what follows is about the condition, not about what the therapy does.
        return Owner("background on the condition", ours=False)
    return None


def _joined(sentence: Sentence, left: Therapy, right: Therapy) -> bool:
    """Whether nothing but "and", "or" stands between two therapies."""
    return right.start - left.end == 1 and sentence.view.lex[left.end].kind == Kind.CONJ


def _about_illness(sentence: Sentence) -> bool:
    """Whether a line is a heading under which articles speak of an illness itself ("Signs & symptoms", "Causes")."""
    words = sentence.begins_with("illness_headings")
    return bool(words) and sentence.b - sentence.a <= len(words.split()) + 1


def governing_cue(state: State, sentence: Sentence, *, heading: bool) -> Cue | None:
    """The cue of a heading or lead-in that governs what stands under it."""
    sections = sentence.section_cues
    if heading:
        if len({c.entry.rule.relation for c in sections}) > 1 and not sentence.question:
            return None
        if sections:
            return max(sections, key=lambda c: (c.end - c.start, c.start))
        directions = ("sentence", "carry", "after", "before") if sentence.question else ("sentence", "carry")
        bound = _bound(sentence, carries=False) if sentence.question else set()
        # A cue of known names only ("spots can be <red>") says nothing where the question names none.
        telling = [c for c in sentence.cues if c.entry.rule.relation and (c.weak or not c.entry.known_behind)]
        usable = [c for c in telling if c.direction in directions]
        return next((c for c in reversed(usable) if (c.start, c.end) not in bound), None)
    usable = [
        c
        for c in sentence.cues
        if (c.entry.rule.relation or c.direction == "carry") and c.direction not in _OWN_WORDS and not c.weak
    ]
    bound = _bound(sentence, carries=state.can_carry)
    unbound = [c for c in usable if (c.start, c.end) not in bound and c.direction != "carry"]
    candidates = [*unbound, *sections]
    if candidates:
        # "Avoid this therapy if you have:": what the line begins with forbids.
        forbids = {
            id(c) for c in candidates if c.entry.rule.relation == "contraindicated" and c.start <= sentence.a + 1
        }
        return max(candidates, key=lambda c: (c.direction == "sentence" or id(c) in forbids, _words(c), c.start))
    return usable[-1] if usable else _bare(sentence)


def _bare(sentence: Sentence) -> Cue | None:
    """The preposition with which a lead-in breaks off behind our therapy ("We reach for a cold pack for:")."""
    last = sentence.b - (sentence.view.lex[sentence.b - 1].kind == Kind.COLON)
    ours = [t for t in sentence.therapies if t.ours and not t.aside]
    return next((c for c in sentence.cues if c.weak and c.end == last and ours), None)


def _words(cue: Cue) -> int:
    """How many words a cue has; of a pair that ends a lead-in ("tell us … if you") both halves count."""
    other = cue.other[1] - cue.other[0] if cue.other and cue.direction == "tail" else 0
    return cue.end - cue.start + other


def _bound(sentence: Sentence, *, carries: bool) -> set[tuple[int, int]]:
    """The cues that govern a condition in the sentence itself."""
    return {(bond.cue.start, bond.cue.end) for bond in sentence.bonds(carries=carries)[0]}


def leads_in(state: State, b: int) -> bool:
    """Whether the text before token ``b`` breaks off so that a list completes it ("such as", "include:")."""
    last = state.view.lex[b - 1]
    return last.kind == Kind.COLON or last.lower in state.view.lists["lead_in_ends"]


def filled(frame: Frame, governing: Frame | None) -> Frame:
    """A lead-in that is silent about the relation takes it from above and keeps its own therapy and hedge."""
    if frame.relation or governing is None:
        return frame
    return governing._replace(owner=frame.owner or governing.owner)


def labels(sentence: Sentence) -> bool:
    """Whether a line is no sentence and begins with a therapy's name."""
    short = sentence.b - sentence.a <= LABEL_TOKENS and not sentence.finite()
    return short and any(t.start <= sentence.a + 2 and not t.aside and not t.weak for t in sentence.therapies)


def announces(state: State, a: int, b: int) -> bool:
    """Whether a paragraph is nothing but a heading with a colon ("Precautions:")."""
    return b - a <= GROUP_TOKENS + 1 and state.view.lex[b - 1].kind == Kind.COLON
