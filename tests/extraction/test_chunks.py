"""Noun phrases: where a condition's span begins and ends, and what is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cryomine.authoring.prove import parse_example
from cryomine.extraction.chunks import Level
from cryomine.extraction.sentence import Sentence

SentenceOf = Callable[[str], Sentence]


def conditions(sentence: Sentence) -> list[str]:
    """The spans that look like conditions, in text order."""
    return [sentence.view.words(c.start, c.end) for c in sentence.chunks if c.level >= Level.SHAPE]


@pytest.mark.parametrize(
    "marked",
    [
        # known names, with what belongs to them
        "It eases <gout> and <back pain>.",
        "It eases <chronic fatigue syndrome>.",
        "It eases <mild headache> after lunch.",
        "It eases <severe pain in the knee>.",
        "It eases the <diseases of the nervous system>.",
        "It eases your <migraine>.",
        # what is left out
        "It eases the symptoms of <psoriasis>.",
        "It eases many forms of <eczema>.",
        "People with a history of <stroke> wait.",
        # heads and endings that mark unknown ones
        "It eases <blorbitis>.",
        "It eases <quux syndrome>.",
        "It eases <jumper's knee>.",
        "It eases <zygomatic disorder>.",
        "It eases <omalgia>.",
        # coordination
        "It eases <numbness> or <tingling>.",
        "It eases <redness> and <irritation of the skin>.",
        "It eases <acute pain> and <inflammation>.",
        "It eases <renal and <heart failure>>.",
        "It eases <warts>/<moles>.",
        # states of the body
        "Keep it off <open wounds>.",
        "A <rise in heart rate> was seen.",
        "Your hands go <numb>.",
        "Women who are <pregnant> wait.",
    ],
)
def test_conditions(marked: str, sentence_of: SentenceOf) -> None:
    example = parse_example(marked)
    assert conditions(sentence_of(example.text)) == [example.text[a:b] for a, b in example.conditions]


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param(marked, marks=pytest.mark.xfail(strict=True, reason=reason))
        for marked, reason in (
            ("It eases a very common <skin disease>.", "a frequency word stays in the span"),
            ("After a <heart attack less than six months ago> wait.", "a time behind the noun is cut off"),
            ("It destroys <cancer> cells.", "'cells' stays in the span"),
        )
    ],
)
def test_spans_that_are_not_as_the_guide_says_yet(marked: str, sentence_of: SentenceOf) -> None:
    test_conditions(marked, sentence_of)


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        ("It protects the knee.", "knee", "names a part of the body"),
        ("It helps the patients.", "patients", "names people"),
        ("It has many benefits.", "benefits", "names no condition"),
        ("It improves your mood.", "mood", "a wellness benefit, no condition"),
        ("She tried ice packs.", "ice packs", "names the intervention itself"),
        ("She tried ibuprofen.", "ibuprofen", "names another therapy"),
    ],
)
def test_why_a_phrase_is_no_condition(text: str, words: str, why: str, sentence_of: SentenceOf) -> None:
    sentence = sentence_of(text)
    found = {sentence.view.words(c.start, c.end): (c.level, c.why) for c in sentence.chunks}
    assert found[words] == (Level.NONE, why)


def test_a_phrase_remembers_its_preposition(sentence_of: SentenceOf) -> None:
    chunks = sentence_of("People with the gout, without asthma, and migraine.").chunks
    assert [c.prep for c in chunks if c.level >= Level.SHAPE] == ["with", "without", ""]


def test_chunks_stand_in_text_order_and_hold_their_span(sentence_of: SentenceOf) -> None:
    sentence = sentence_of(
        "Acute or recent infarction, neck and back pain, pain in the knee and hip, and gout (a disease)."
    )
    assert sentence.chunks
    for chunk in sentence.chunks:
        assert sentence.a <= chunk.first <= chunk.start < chunk.end <= sentence.b
    assert [c.start for c in sentence.chunks] == sorted(c.start for c in sentence.chunks)
