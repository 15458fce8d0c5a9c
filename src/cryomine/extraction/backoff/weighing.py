"""The conditions that no rule spoke of, once a document has been walked: what the weights are sure of is claimed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import exp
from typing import NamedTuple

from cryomine.extraction.answers import denial
from cryomine.extraction.backoff.features import Features, joint
from cryomine.extraction.chunks import Chunk, Level
from cryomine.extraction.claiming import other
from cryomine.extraction.exclusions import ANOTHER, CIRCUMSTANCE, OWN_HARM, another, circumstance, concept
from cryomine.extraction.inheritance import inherited, only_ours
from cryomine.extraction.lexicon import Kind
from cryomine.extraction.matcher import CONDITIONS
from cryomine.extraction.people import of_symptoms
from cryomine.extraction.places import Place
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.state import Found, State

# From here on two of three such claims are right on articles that the weights were not learned from: docs/quality.md.
SURE = 0.65
RULE = "backoff"
# So many tokens hold any sentence that does nothing but deny the one before.
_FOLLOWING = 40
# The feature that each condition has.
ALWAYS = "always"


class Candidate(NamedTuple):
    """A condition that may be weighed, with where it stands."""

    place: Place
    sentence: Sentence
    chunk: Chunk


class Verdict(NamedTuple):
    """The relation that the weights speak most for, their probability for it, and how much each feature gave."""

    relation: str
    probability: float
    gave: Mapping[str, float]


def weigh(state: State) -> None:
    """Add the claims to ``state.found``; note what was weighed where a trace is kept."""
    if not state.knowledge.pack.weights:
        return
    # All are found before any is judged: what one becomes is no reason for another.
    given = list(candidates(state))
    if given:
        features = Features(state)
        state.found += [claim for claim in [_claim(state, features, each) for each in given] if claim is not None]


def candidates(state: State, *, every: bool = False) -> Iterator[Candidate]:
    """The known conditions that no rule claimed or refused, in text order; ``every`` one to learn from."""
    claimed = state.claimed()
    for place in state.places:
        hits = state.hits.names.within(place.a, place.b)
        if not every and all(h.start in claimed for h in hits if h.what in CONDITIONS):
            continue
        if not every and place.listed and place.under is not None:
            # Rules know which words of an item or a row its list is about.
            continue
        sentence = Sentence(state.view, state.knowledge, state.hits, place.a, place.b)
        if sentence.question:
            continue
        end, claim = place.a, 0
        for chunk in sentence.chunks:
            if chunk.level < Level.KNOWN or chunk.start < end or _abbreviates(state, chunk):
                continue
            refused = (chunk.start, chunk.end) in state.refused
            taken = refused or any(i in claimed for i in range(chunk.start, chunk.end))
            # "Relieves spasms in multiple sclerosis": the phrase says of what the claimed one is.
            tied = claim and joint(state.view.lex, claim, chunk.start) == "tied"
            claim = chunk.end if taken and not refused else 0
            # "Symptoms of frostbite include …" is about the frostbite, "tumor antigens" are no tumor.
            aside = chunk.why or tied or chunk.end < chunk.last or of_symptoms(state.view, chunk, place.a)
            if every or not (taken or aside):
                end = chunk.end
                yield Candidate(place, sentence, chunk)


def judge(weights: Mapping[str, Sequence[float]], relations: Sequence[str], features: Iterable[str]) -> Verdict:
    """What ``weights`` (for each of ``relations``, against no claim) make of a condition's features."""
    rows = {name: weights[name] for name in (ALWAYS, *features) if name in weights}
    sums = [sum(row[n] for row in rows.values()) for n in range(len(relations))]
    at = max(range(len(sums)), key=sums.__getitem__)
    # No claim has the sum 0; the largest is taken out so that no power grows out of bounds.
    largest = max(0.0, sums[at])
    total = exp(-largest) + sum(exp(each - largest) for each in sums)
    return Verdict(relations[at], exp(sums[at] - largest) / total, {name: row[at] for name, row in rows.items()})


def _claim(state: State, features: Features, candidate: Candidate) -> Found | None:
    place, sentence, chunk = candidate
    own = features(place, sentence, chunk)
    judged = judge(state.knowledge.pack.weights, state.knowledge.pack.relations, own)
    # The words that speak for it, the one that says most first: its own sentence's, in a list those above it too.
    low = 0 if place.listed else place.a
    telling = [name for name, gave in judged.gave.items() if gave > 0 and low <= own.get(name, -1) < place.b]
    telling.sort(key=lambda name: (-judged.gave[name], name))
    state.topic, state.stack = place.topic, place.stack
    owner, why = only_ours(inherited(state, sentence))
    why = (_against(state, chunk, judged) if telling else "nothing but its name speaks for it") or why
    if why or owner is None:
        state.why_not(chunk, why)
        return None
    rule, cue = f"{RULE}.{judged.relation}", (own[telling[0]], own[telling[0]] + 1)
    if state.trace is not None:
        most = ", ".join(f"'{state.view.words(own[n], own[n] + 1)}' {judged.gave[n]:+.1f}" for n in telling[:3])
        state.note(*cue, "cue", f"no rule, but {_said(judged)}; most by {most}", rule)
    reading = sentence.context.read(cue, (chunk.start, chunk.end), own=False)
    # What is denied of a contraindication is mostly the therapy: "no ice if you have gout".
    negation = reading.negation if judged.relation != "contraindicated" else ""
    if judged.relation == "treats":
        negation = negation or _denied_behind(state, place.b)
    return Found(
        chunk,
        judged.relation,
        other("affirmed") if negation else "affirmed",
        "hedged" if reading.hedge else "asserted",
        rule,
        cue,
        owner,
        negation,
        reading.hedge,
        (sentence.a, sentence.b),
        state.stack.section(),
    )


def _denied_behind(state: State, at: int) -> str:
    """The words with which the sentence from token ``at`` on denies the one in front of it; else empty."""
    following = next(iter(state.view.sentences(at, min(at + _FOLLOWING, len(state.view.lex)))), None)
    return denial(state, state.sentence(*following)) if following else ""


def _said(judged: Verdict) -> str:
    return f"the words around it weigh {judged.probability:.2f} for {judged.relation} ({SURE} is enough)"


def _against(state: State, chunk: Chunk, judged: Verdict) -> str:
    """Why what the weights say makes no claim; empty where it may make one."""
    if judged.probability < SURE:
        return f"no cue governs it, here or in a heading above; {_said(judged)}"
    if judged.relation != "contraindicated" and circumstance(state, chunk):
        return CIRCUMSTANCE
    if judged.relation == "treats" and chunk.prep == "into":
        return "where something is put, which says nothing of what comes of it"
    if judged.relation == "treats" and another(state, chunk):
        return ANOTHER
    if judged.relation == "treats" and concept(chunk) in state.knowledge.concept_set("own_harms"):
        return OWN_HARM
    return ""


def _abbreviates(state: State, chunk: Chunk) -> bool:
    """Whether a condition is an abbreviation in brackets of the one in front ("… soreness (DOMS)")."""
    lex, at = state.view.lex, chunk.start
    if chunk.end - at > 1 or not at or lex[at - 1].kind != Kind.OPEN or lex[chunk.end].kind != Kind.CLOSE:
        return False
    return sum(c.isupper() for c in state.view.words(at, at + 1)) > 1
