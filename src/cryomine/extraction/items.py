"""List items and table cells: what stands at their head is claimed by the relation that governs the list."""

from __future__ import annotations

from cryomine.extraction.accepts import ACCEPT, felt, had
from cryomine.extraction.asides import aside_end
from cryomine.extraction.binding import read, supply
from cryomine.extraction.chunks import Chunk, Level
from cryomine.extraction.inheritance import inherited
from cryomine.extraction.lexicon import COORDINATING, Flag, Kind
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.stack import Frame
from cryomine.extraction.state import State

# A label has at most so many tokens.
_LABEL_TOKENS = 6


def read_item(state: State, sentence: Sentence, governing: Frame | None, lead: Frame | None) -> None:
    """Read an item: its own cue if it has one, else the noun phrases at its head under ``governing``."""
    before = len(state.found)
    state.governing = governing
    read(state, sentence)
    state.governing = None
    after = len(state.found)
    if governing is not None and governing.polarity == "negated":
        # "What it will not do: - fix tendon pain": the heading denies what its items say.
        for at in range(before, after):
            if state.found[at].relation == governing.relation and state.found[at].polarity == "affirmed":
                state.deny(at, state.view.words(*governing.cue))
    if lead is not None and lead.hedge:
        # An item's own words decide its certainty, else its lead-in's.
        for at in range(before, after):
            if state.found[at].certainty == "asserted":
                state.found[at] = state.found[at]._replace(certainty="hedged", hedge=lead.hedge)
    if governing is None or not governing.relation or (sentence.question and not _ticked(state, sentence, governing)):
        return
    label = sentence.b
    if after > before and sentence.finite():
        label = _label_end(sentence) or _relative(sentence)
    if not label:
        return
    named = [t for t in sentence.therapies if not t.aside and not t.weak]
    # A drug or an operation in a list of contraindications owns nothing.
    forbids = governing.relation == "contraindicated" and not sentence.finite()
    ours = forbids or any(t.ours for t in named)
    other = sentence.b if ours else min((t.start for t in named), default=sentence.b)
    owner = inherited(state, sentence)
    own = [f.chunk for f in state.found[before:after]]
    for chunk in heads(sentence, governing):
        if chunk.start > min(other, label):
            # From here on the item speaks of another therapy.
            break
        if not any(c.start < chunk.end and chunk.start < c.end for c in own):
            supply(state, sentence, chunk, governing, owner)


def _ticked(state: State, sentence: Sentence, governing: Frame) -> bool:
    """Whether all of an item asks for what its list names, as on a form: "Angina?", "Do you have a pacemaker?"."""
    picks = governing.relation == "contraindicated" and bool(sentence.begins_with("asked_of_reader"))
    return state.block == (sentence.a, sentence.b) and (picks or not sentence.finite())


def labelled(sentence: Sentence) -> bool:
    """Whether a sentence is a known condition's label with its explanation ("Infection: about one in fifty …")."""
    end = _label_end(sentence)
    if end is None or sentence.view.lex[end].kind != Kind.COLON:
        return False
    first = next(iter(sentence.chunks), None)
    if first is None or first.level < Level.SHAPE or first.first > sentence.a:
        return False
    lex = sentence.view.lex
    # "Infection (12 %): …"
    return first.last == end or (lex[first.last].kind == Kind.OPEN and lex[end - 1].kind == Kind.CLOSE)


def _relative(sentence: Sentence) -> int:
    """The relative clause that holds an item's only verb ("Nerve damage, which may cause numbness"); 0 without one."""
    lex, relatives = sentence.view.lex, sentence.view.lists["relatives"]
    for i in range(sentence.a + 1, sentence.b):
        if lex[i].lower in relatives and lex[i - 1].kind == Kind.COMMA:
            return 0 if sentence.finite(i) else i
    return 0


def _label_end(sentence: Sentence) -> int | None:
    """The colon or dash behind an item's label ("Nerve damage - cold may cause numbness"); ``None`` without one."""
    view = sentence.view
    for i in range(sentence.a + 1, min(sentence.b, sentence.a + _LABEL_TOKENS)):
        apart = view.ends[i - 1] < view.starts[i]
        if view.lex[i].kind == Kind.COLON or (apart and view.lex[i].kind in (Kind.DASH, Kind.HYPHEN)):
            return i
    return None


def heads(sentence: Sentence, governing: Frame) -> list[Chunk]:
    """The noun phrases with which an item begins, up to an explanation, a verb or a reason."""
    found: list[Chunk] = []
    lowest = ACCEPT[governing.accept]
    cues = {i for c in sentence.cues for i in range(c.start, c.end)}
    last, depth = sentence.a, 0
    treats = governing.relation == "treats"
    for chunk in sentence.chunks:
        if treats and not found and _instructs(sentence, chunk, cues):
            break
        between = range(last, max(last, chunk.first))
        supposing = sentence.view.lists["supposing"]
        aside = max((aside_end(sentence.view.lex, supposing, i, sentence.b) for i in between), default=0)
        if found and aside > chunk.start:
            # "Cramping and, after the tummy is treated, diarrhoea."
            last = aside
            continue
        stop, depth = _stops(sentence, between, depth, cues, begun=bool(found))
        if stop:
            break
        last = max(last, chunk.last)
        if depth and (chunk.level < Level.KNOWN or _explains(sentence, chunk)):
            continue
        own = felt(sentence.view, chunk, governing.relation) or had(sentence.view, chunk, governing.relation)
        if chunk.level >= lowest or own or _beside_known(sentence, found, chunk):
            found.append(chunk)
        elif found and chunk.what == "therapy":
            break
    return found


def _beside_known(sentence: Sentence, found: list[Chunk], chunk: Chunk) -> bool:
    """Whether an unknown word is a member of a list of known conditions, misspelt or new ("angina, arrythmia or …")."""
    if chunk.level != Level.UNKNOWN or not found or found[-1].level < Level.KNOWN or chunk.end - chunk.start > 1:
        return False
    lex = sentence.view.lex
    between = {lex[i].kind for i in range(found[-1].last, chunk.first)}
    last = chunk.last >= sentence.b or lex[chunk.last].kind in COORDINATING
    return bool(between) and between <= COORDINATING and last


def _instructs(sentence: Sentence, chunk: Chunk, cues: set[int]) -> bool:
    """Whether an item tells what to do ("Roll from the middle …, five strokes") before it comes to the phrase."""
    between = range(sentence.a, chunk.first)
    lex = sentence.view.lex
    verb = next((i for i in between if lex[i].kind == Kind.VERB and i not in cues), None)
    return verb is not None and any(lex[i].kind == Kind.PREP for i in range(verb, chunk.first + 1))


def _explains(sentence: Sentence, chunk: Chunk) -> bool:
    """Whether a phrase in brackets paraphrases ("fear of tight spaces") instead of naming a synonym."""
    lex = sentence.view.lex
    close = next((i for i in range(chunk.end, sentence.b) if lex[i].kind == Kind.CLOSE), sentence.b)
    if any(lex[i].lower in sentence.view.lists["explaining"] for i in range(chunk.end, close)):
        # "(scaly patches from years of sun)"
        return True
    inner = (lex[i].kind for i in range(chunk.start, chunk.end))
    # "(some forms of arrhythmia, gout)" names them all the same.
    front = lex[chunk.first : chunk.start]
    paraphrase = any(x.kind == Kind.WORD and not x.flags & Flag.TRANSPARENT for x in front)
    return bool(chunk.prep) or paraphrase or any(k in (Kind.OF, Kind.TO) for k in inner)


def _stops(sentence: Sentence, between: range, depth: int, cues: set[int], *, begun: bool) -> tuple[bool, int]:
    """Whether what lies between two phrases ends an item's head, and the depth of brackets behind it."""
    view = sentence.view
    for i in between:
        lex = view.lex[i]
        if lex.kind == Kind.OPEN:
            depth += 1
        elif lex.kind == Kind.CLOSE:
            depth = max(0, depth - 1)
        elif not begun:
            continue
        elif lex.kind == Kind.SUB:
            if lex.lower not in view.lists["item_goes_on"]:
                return True, depth
        elif lex.kind == Kind.PREP:
            suffered = view.lex[i - 1].norm in view.lists["suffering"]
            if lex.lower in view.lists["item_ends"] and not suffered:
                return True, depth
        elif depth:
            continue
        elif (
            lex.kind in (Kind.DASH, Kind.STOP)
            or (lex.kind == Kind.COLON and sentence.finite())
            or (lex.kind == Kind.HYPHEN and i > 0 and view.ends[i - 1] < view.starts[i])
            or (lex.kind in (Kind.AUX, Kind.VERB) and i not in cues and not _has_also(sentence, i))
        ):
            return True, depth
    return False, depth


def _has_also(sentence: Sentence, i: int) -> bool:
    """Whether the verb ``i`` adds what else somebody has ("suffer from gout or get hives")."""
    lex, lists = sentence.view.lex, sentence.view.lists
    return lex[i - 1].kind == Kind.CONJ and lex[i].lower in lists["having"] | lists["getting"]
