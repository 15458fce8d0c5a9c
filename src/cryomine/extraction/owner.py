"""Whose claim it is. The nearest stated therapy owns a claim; one that is not in the pack keeps it from us."""

from __future__ import annotations

from cryomine.extraction.chunks import Level
from cryomine.extraction.cues import Cue
from cryomine.extraction.lexicon import Kind
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.stack import Owner
from cryomine.extraction.therapies import Therapy


def stated(sentence: Sentence, cue: Cue, span: tuple[int, int]) -> Owner | None:
    """The therapy that the sentence itself gives for a claim, or ``None`` where it names none."""
    direct = next((t for t in sentence.therapies if 0 <= t.start - cue.end <= 1), None)
    warned = cue.entry.rule.relation == "contraindicated" and direct is not None
    inside = [t for t in sentence.therapies if cue.other and cue.end <= t.start < cue.other[0]]
    if cue.entry.rule.relation == "treats":
        # "As effective as radiofrequency in …" is said of ours, "put heat on …" is not.
        handled = sentence.view.lex[cue.end - 1].kind == Kind.VERB
        inside = [t for t in inside if handled or not t.aside]
    named = direct if warned else inside[0] if inside else None
    if named is not None and not named.ours and not any(t.ours for t in inside):
        # "Avoid heat on …", "side effects of radiation include …": what the cue itself names.
        return Owner(named.key, ours=False, stated=True)
    if cue.direction == "before" and direct is not None and not direct.ours:
        # "… is a complication of surgery", in a sentence that names us as well; "… respond to creams".
        lex = sentence.view.lex
        leads = lex[cue.end].kind in (Kind.OF, Kind.TO) or lex[cue.end].lower in sentence.view.lists["times"]
        if leads or (lex[cue.end - 1].kind == Kind.TO and direct.start == cue.end):
            return Owner(direct.key, ours=False, stated=True)
    related = next((t for t in sentence.therapies if not t.ours and _relates(sentence, t, cue)), None)
    if related is not None:
        # "In contrast to phenol, which often leads to …"
        return Owner(related.key, ours=False, stated=True)
    therapies = [t for t in sentence.therapies if not t.aside]
    # A therapy inside the condition's own words or the cue does not own it.
    therapies = [t for t in therapies if t.end <= span[0] or t.start >= span[1]]
    # Nor does an everyday word inside another condition: "cold tolerance, asthma".
    therapies = [t for t in therapies if not t.weak or not _named(sentence, t)]
    if not therapies:
        return None
    before = [t for t in therapies if t.end <= cue.start]
    if sentence.pronoun_subject(cue):
        others = [t for t in reversed(before) if not t.ours]
        taken = next((t for t in others if _object(sentence, t) or _opens(sentence, t)), None)
        if taken is not None and not any(t.ours for t in before):
            # "You should not take ibuprofen, as it may delay healing", "Radiofrequency is better: it tightens …".
            return Owner(taken.key, ours=False, stated=True)
        # "With drugs of this kind it may also reduce …": the pronoun is what acts.
        before = [t for t in before if t.ours]
        if not any(t.ours for t in therapies):
            return None
    after = [t for t in therapies if t.start >= cue.end]
    chosen: Therapy | None = None
    # The means stands in the cue's own clause: "relieved with ice", not "occurs, which is put right by surgery".
    comma = next(
        (i for i in range(cue.end, sentence.b) if sentence.view.lex[i].kind in (Kind.COMMA, Kind.SUB, Kind.CONJ)),
        sentence.b,
    )
    reach = sentence.context.clauses.rest(max(cue.end, span[1]))
    if cue.direction == "before":
        reach = min(comma, reach)
    agent = next((t for t in after if t.start < reach and _agent(sentence, t)), None)
    if cue.direction in ("before", "adjacent") and agent is not None:
        chosen = agent
    elif before:
        # "It is a very cold gas used to remove spots": the adjective is not what does it.
        chosen = next((t for t in reversed(before) if not _adjective(sentence, t)), before[-1])
        if not chosen.ours and agent is not None and agent.ours and sentence.view.lex[agent.start - 1].lower == "by":
            # "His operations relieved the tremor by freezing": what an operation is done by.
            chosen = agent
    elif after:
        # A therapy that follows owns the claim where it is ours, is the means, or is what the cue's verb lists.
        listed = [t for t in after if t.ours or t is agent or _listed(sentence, cue.end, t)]
        chosen = next((t for t in listed if t.ours and (agent is None or agent.ours)), listed[0] if listed else None)
    else:
        chosen = therapies[0]
    if chosen is None:
        return None
    if not chosen.ours:
        ours = [t for t in therapies if t.ours and _coordinated(sentence, chosen, t)]
        if not ours:
            return Owner(chosen.key, ours=False, stated=True)
        chosen = ours[0]
    specific = [t for t in therapies if t.ours and not t.weak and _coordinated(sentence, chosen, t)]
    if chosen.weak and specific:
        chosen = specific[0]
    return Owner(chosen.key, ours=True, stated=True, everyday=chosen.weak)


def _named(sentence: Sentence, therapy: Therapy) -> bool:
    """Whether a therapy's word is part of a condition's name."""
    conditions = (c for c in sentence.chunks if c.level >= Level.SHAPE and c.end - c.start > 1)
    return any(c.start <= therapy.start and therapy.end <= c.end for c in conditions)


def _adjective(sentence: Sentence, therapy: Therapy) -> bool:
    """Whether an everyday word for our therapy only says how something is ("a very cold, thin gas")."""
    lex = sentence.view.lex
    if not therapy.weak or therapy.start == sentence.a or therapy.end >= sentence.b:
        return False
    degree = lex[therapy.start - 1].kind
    behind = lex[therapy.end].kind
    # "The gas is very cold and will …"
    predicate = degree == Kind.ADV and behind == Kind.CONJ
    return predicate or (degree in (Kind.DET, Kind.ADV) and behind in (Kind.WORD, Kind.COMMA))


def _relates(sentence: Sentence, therapy: Therapy, cue: Cue) -> bool:
    """Whether a cue is the verb of a relative clause behind the therapy, or what somebody has it for."""
    lex, i = sentence.view.lex, cue.start - 1
    if therapy.end == i and lex[i].kind == Kind.TO and lex[therapy.start - 1].norm in sentence.view.lists["undergoing"]:
        # "For those who cannot have surgery to treat the cancer."
        return True
    while i > therapy.end and lex[i].kind in (Kind.AUX, Kind.ADV):
        i -= 1
    return (
        i >= therapy.end
        and lex[i].lower in ("which", "that")
        and all(x.kind == Kind.COMMA for x in lex[therapy.end : i])
    )


def _object(sentence: Sentence, therapy: Therapy) -> bool:
    """Whether a verb of use stands in front of the therapy ("take ibuprofen")."""
    lex, i = sentence.view.lex, therapy.start - 1
    while i > sentence.a and lex[i].kind in (Kind.DET, Kind.WORD, Kind.ADV):
        i -= 1
    return i >= sentence.a and lex[i].kind == Kind.VERB


def _opens(sentence: Sentence, therapy: Therapy) -> bool:
    """Whether the therapy is the subject with which the sentence begins ("Radiofrequency is …")."""
    at = sentence.a + (sentence.view.lex[sentence.a].kind == Kind.DET)
    return therapy.start == at and sentence.view.lex[therapy.end].kind == Kind.AUX


def _listed(sentence: Sentence, start: int, therapy: Therapy) -> bool:
    """Whether a verb of listing leads to the therapy ("treatment of X includes …")."""
    lex = sentence.view.lex
    return any(lex[i].lower in sentence.view.lists["listing"] for i in range(start, therapy.start))


def _agent(sentence: Sentence, therapy: Therapy) -> bool:
    i = therapy.start - 1
    lex = sentence.view.lex
    while i >= sentence.a and lex[i].kind in (Kind.DET, Kind.WORD, Kind.ADV, Kind.PRON):
        i -= 1
    return i >= sentence.a and lex[i].lower in sentence.view.lists["agents"]


def _coordinated(sentence: Sentence, one: Therapy, other: Therapy) -> bool:
    """Whether two therapies stand in one list: nothing but names, commas and conjunctions between them."""
    low, high = sorted(((one.start, one.end), (other.start, other.end)))
    if low == high:
        return True
    lex = sentence.view.lex
    between = [lex[i].kind for i in range(low[1], high[0])]
    if any(lex[i].kind == Kind.CONJ and lex[i + 1].lower.endswith("ing") for i in range(low[1], high[0] - 1)):
        # "applying ice … and using drugs": two subjects of one verb.
        return not any(lex[i].kind in (Kind.AUX, Kind.SUB, Kind.STOP) for i in range(low[1], high[0]))
    if any(lex[i].norm.startswith(("combin", "pair")) for i in range(max(sentence.a, low[0] - 4), high[0])):
        return True
    if any(lex[i].kind == Kind.VERB and not lex[i].lower.endswith("ing") for i in range(low[1], high[0])):
        return False
    if any(k in (Kind.AUX, Kind.SUB, Kind.STOP, Kind.NOT) for k in between):
        return False
    return (
        any(k in (Kind.CONJ, Kind.COMMA, Kind.SLASH, Kind.SEMI, Kind.OPEN) for k in between)
        and Kind.PREP not in between
    )
