"""The short cut from a phrase to its hashes gives what the tokenizer would give."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.attrs import NORM

from cryomine.extraction import Extractor
from cryomine.extraction.matcher import prepare
from cryomine.extraction.phrases import Norms
from cryomine.packs import load_pack

NLP = spacy.blank("en")
prepare(NLP)
NORMS = Norms(NLP)
WORDS = ["cannot", "ice", "pack", "burns", "re", "oedema", "don", "e", "am", "pm", "ii", "well", "covid"]


def tokenized(phrase: str) -> tuple[int, ...]:
    return tuple(NLP.tokenizer(phrase).to_array([NORM]).tolist())


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), st.lists(st.sampled_from(" -"), min_size=4, max_size=4)
)
def test_words_joined_by_spaces_and_hyphens(words: list[str], joints: list[str]) -> None:
    phrase = words[0] + "".join(joint + word for joint, word in zip(joints, words[1:], strict=False))
    assert NORMS(phrase) == tokenized(phrase)


@pytest.mark.parametrize(
    "phrase", ["interleukin-2", "over-60", "athlete's foot", "athlete's-foot", "type 2 diabetes", "10 %"]
)
def test_other_phrases_are_left_to_the_tokenizer(phrase: str) -> None:
    assert NORMS(phrase) == tokenized(phrase)


@pytest.mark.parametrize("pack", ["cryotherapy", "hyperbaric-oxygen"])
def test_every_phrase_of_a_pack_waits_for_its_first_two_tokens(pack: str) -> None:
    matcher = Extractor(load_pack(pack)).knowledge.matcher
    norms = matcher._norms
    wrong = [
        phrase
        for (first, second), labels in matcher._waiting.items()
        for phrases in labels.values()
        for phrase in phrases
        if norms(phrase) != tuple((doc := norms._tokenizer(phrase)).to_array([NORM]).tolist())
        or first not in (0, doc[0].norm)
        or second not in (0, doc[1].norm if len(doc) > 1 else 0)
    ]
    assert wrong == []
