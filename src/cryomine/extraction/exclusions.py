"""Why a bond makes no claim although it is ours: general statements, what a study asks, circumstances of a patient."""

from __future__ import annotations

from cryomine.extraction.chunks import Chunk
from cryomine.extraction.cues import Cue
from cryomine.extraction.lexicon import Flag, Kind
from cryomine.extraction.not_caused import not_caused
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.state import State

CIRCUMSTANCE = "a circumstance of the patient, nothing that is treated or caused"
ANOTHER = "another treatment that the patient has"
OWN_HARM = "a harm of the therapy itself, which it does not treat"
# "Heal with time", "clears up in most people without treatment".
_PASSING_TOKENS = 8
_AT_ONCE_TOKENS = 3


def excluded(
    state: State, sentence: Sentence, cue: Cue, chunk: Chunk, relation: str, *, even_asked: bool = False
) -> str:
    """Why a bond makes no claim although it is ours; empty where it makes one.

    ``even_asked`` is for what somebody only asks, where the text answers it.
    """
    not_ours = not_caused(state, sentence, cue, chunk) if relation == "side-effect" else ""
    if not_ours:
        return not_ours
    if relation != "contraindicated" and circumstance(state, chunk):
        return CIRCUMSTANCE
    if relation == "treats" and another(state, chunk):
        return ANOTHER
    rule = cue.entry.rule
    if rule.near and not sentence.therapies and not sentence.has_any(rule.near):
        return "nothing in the sentence says that it is about the treatment"
    if cue.direction == "adjacent" and chunk.prep in state.view.lists["times"]:
        return "a time in the life of the patient"
    if relation == "treats" and cue.direction == "before" and _passes(sentence, cue):
        return "passes by itself, says the text"
    if relation != "contraindicated" and _general(state, sentence, cue, chunk):
        return "says how the condition is by itself"
    if _background(state, sentence, cue, chunk, even_asked=even_asked):
        return "background of a study, no statement of its own"
    return ""


def another(state: State, chunk: Chunk) -> bool:
    """Whether a state is to have another therapy ("for patients receiving chemotherapy")."""
    named = {hit.what for hit in state.hits.names.within(chunk.start, chunk.end)}
    return {"state", "rival"} <= named and "condition" not in named


def _speaks(sentence: Sentence) -> bool:
    """Whether a sentence says what may happen to people, its subject."""
    verb = sentence.verb()
    lex = sentence.view.lex
    people = any(lex[i].flags & Flag.PERSON for i in range(sentence.a, verb))
    return people and verb < sentence.b and lex[verb].kind == Kind.AUX and sentence.finite()


def _passes(sentence: Sentence, cue: Cue) -> bool:
    """Whether a sentence says that something heals "with time", "on its own".

    Where it names a therapy it has to say so at once: "improved spontaneously after the last session".
    """
    named = any(not t.aside for t in sentence.therapies)
    reach = _AT_ONCE_TOKENS if named else _PASSING_TOKENS
    words = [x.lower for x in sentence.view.lex[cue.end : min(sentence.b, cue.end + reach)]]
    told = sentence.view.lists["by_itself"]
    return any(" ".join(words[i:j]) in told for i in range(len(words)) for j in range(i + 1, i + 5))


def overruled(state: State, sentence: Sentence, cue: Cue, relation: str) -> str:
    """Why a lead-in of harms or contraindications decides: "reports chest pain" under "Refuse entry to anyone who"."""
    above = state.governing
    if above is None or above.relation in ("", "treats", relation):
        return ""
    if any(t.ours for t in sentence.therapies):
        # "Cold urticaria (hives brought on by cold)": an explanation in brackets says nothing of its own.
        kinds = [x.kind for x in state.view.lex[sentence.a : cue.start]]
        if kinds.count(Kind.OPEN) <= kinds.count(Kind.CLOSE):
            return ""
    if relation == "side-effect" and _speaks(sentence):
        # "Some patients may get dizzy" under "Precautions" is a sentence of its own, "reports chest pain" is none.
        return ""
    if any(x.lower in state.view.lists["supposing"] for x in state.view.lex[cue.start : cue.end]):
        # "Stop at once if you feel dizzy" says itself what it is.
        return ""
    if relation == "contraindicated" or (above.relation == "side-effect" and cue.direction != "before"):
        return ""
    return "the list or heading it stands under says what it is"


def _background(state: State, sentence: Sentence, cue: Cue, chunk: Chunk, *, even_asked: bool) -> bool:
    """Whether a study only asks it, or a title names it: "…: a pilot study"; or its patients had it."""
    rules = state.knowledge.matcher.context
    for hit in sentence.context.of_kind("background"):
        behind = rules[hit.key].reach == "behind"
        if behind and hit.start >= max(cue.end, chunk.end) and not sentence.finite(hit.start):
            return True
    # "In a series of eight patients blisters occurred in two": what happened is a result.
    wondered = cue.direction != "before" and not even_asked and asked(state, sentence, cue)
    return wondered or _diagnosis(state, sentence, cue, chunk)


def asked(state: State, sentence: Sentence, cue: Cue) -> bool:
    """Whether a cue stands behind words by which a study asks ("to see whether …"), with no result since."""
    lex, rules = state.view.lex, state.knowledge.matcher.context
    for hit in sentence.context.of_kind("background"):
        reach = rules[hit.key].reach
        if reach == "behind" or hit.end > cue.end:
            continue
        comma = next((i for i in range(hit.end, cue.start) if lex[i].kind == Kind.COMMA), None)
        fronted = comma is not None and hit.start == sentence.a
        if fronted and not any(x.kind in (Kind.VERB, Kind.AUX) for x in lex[hit.end : comma]):
            # "Whether in a tub or a chamber, it relieves gout."
            continue
        told = any(lex[i].norm in state.view.lists["result_verbs"] for i in range(hit.end, cue.start))
        if not told and not (reach == "near" and _tells(sentence, hit.end, cue)):
            return True
    return False


def _tells(sentence: Sentence, a: int, cue: Cue) -> bool:
    """Whether a cue behind "a study of" is a verb with a subject: "In a study of thirty people it relieved gout"."""
    lex = sentence.view.lex
    subjects = [t.start for t in sentence.therapies if a <= t.start < cue.start]
    subjects += [i for i in range(a, cue.start) if lex[i].kind in (Kind.COMMA, Kind.PRON)]
    verbs = (lex[i] for i in range(min(subjects, default=cue.end), cue.end))
    return any(x.kind == Kind.AUX or (x.kind == Kind.VERB and x.lower.endswith("ed")) for x in verbs)


def _diagnosis(state: State, sentence: Sentence, cue: Cue, chunk: Chunk) -> bool:
    """ "Patients with melanoma were treated": whom a study took in, not what came of it."""
    lex = state.view.lex
    if cue.direction != "before" or cue.entry.rule.relation != "treats" or chunk.prep != "with":
        return False
    person = next((i for i in range(chunk.first - 1, sentence.a - 1, -1) if lex[i].kind != Kind.PREP), sentence.a)
    past = any(lex[i].lower in ("was", "were") for i in range(chunk.last, cue.end))
    return past and bool(lex[person].flags & Flag.PERSON) and cue.entry.participle


def _general(state: State, sentence: Sentence, cue: Cue, chunk: Chunk) -> bool:
    """Whether a sentence only says how a condition is by itself: "Warts are common in children"."""
    lex = state.view.lex
    if (
        cue.direction != "before"
        or cue.entry.rule.acts
        or sentence.therapies
        or chunk.start - sentence.a > 2
        or state.stack.relation()
    ):
        return False
    if cue.entry.rule.relation == "side-effect" and state.before is not None and state.before.speaks_of("side-effect"):
        # "Unwanted effects were mild. Headache was the most frequent."
        return False
    harm = cue.entry.rule.relation == "side-effect" and _harms(state, cue, chunk)
    if harm or (state.topic is not None and state.topic.ours) or _result(state, sentence, cue):
        return False
    words = [lex[i].lower for i in range(chunk.last, cue.end)]
    tensed = any(w in state.view.lists["tensed"] or w.endswith("ed") for w in words)
    # "My migraine is much better", "migraine responds well to it": somebody's, or with a pronoun for the therapy.
    told = any(lex[i].kind == Kind.PRON for i in range(sentence.a, min(cue.end + 1, sentence.b)))
    return not tensed and not told and lex[chunk.start - 1].lower not in state.view.lists["own"]


def _harms(state: State, cue: Cue, chunk: Chunk) -> bool:
    """Whether a condition is a harm of the treatment, or is called one ("… is the most feared complication")."""
    known = state.knowledge.concept_set("telling_side_effects") | state.knowledge.concept_set("harms")
    called = state.view.lists["names_of_harms"]
    return chunk.key in known or any(x.norm in called for x in state.view.lex[cue.start : cue.end])


def _result(state: State, sentence: Sentence, cue: Cue) -> bool:
    """Whether a cue tells what came of it: "Soreness: clearly better", "warts disappear after two sessions"."""
    if state.view.lex[cue.start].kind == Kind.COLON:
        return True
    behind = state.view.lex[cue.end : sentence.b]
    treated = any(x.norm in state.view.lists["treatments"] for x in behind)
    return treated and not any(x.lower == "without" for x in behind)


def supposed(sentence: Sentence, at: int) -> bool:
    """Whether token ``at`` stands in a clause with "if": "call us if the wart has not gone"."""
    lex = sentence.view.lex
    for i in range(at - 1, sentence.a - 1, -1):
        if lex[i].kind in (Kind.COMMA, Kind.SEMI, Kind.COLON, Kind.DASH):
            return False
        if lex[i].lower == "if":
            return True
    return False


def circumstance(state: State, chunk: Chunk) -> bool:
    """Whether a phrase names what a patient is or has around the treatment (pregnancy, an implant, an operation)."""
    key = concept(chunk)
    kind = state.knowledge.kinds.get(key, "")
    return kind == "procedure-related" or key in state.knowledge.concept_set("circumstances")


def concept(chunk: Chunk) -> str:
    """The id of the concept that a phrase names; empty where the vocabulary does not know it."""
    return chunk.key if chunk.what in ("condition", "procedure") else ""
