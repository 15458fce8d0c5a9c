"""The short cut from a phrase to its hashes gives what the tokenizer would give."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.attrs import NORM

from cryomine.extraction import Extractor
from cryomine.extraction.phrases import Norms
from cryomine.extraction.pipeline import prepare
from cryomine.extraction.waiting import _BITS, _FACTOR, Waiting
from cryomine.packs import load_pack
from cryomine.packs.patterns import Expander, joined

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
    "phrase",
    ["interleukin-2", "over-60", "athlete's foot", "athlete's-foot", "type 2 diabetes", "10 %", "a  b", "it 's : )"],
)
def test_other_phrases_are_left_to_the_tokenizer(phrase: str) -> None:
    assert NORMS(phrase) == tokenized(phrase)


@pytest.mark.parametrize("pack", ["cryotherapy", "hyperbaric-oxygen"])
def test_every_phrase_of_a_pack_waits_for_its_first_tokens_and_has_their_hashes(pack: str) -> None:
    waiting = Extractor(load_pack(pack)).knowledge.matcher._waiting
    wrong: list[Any] = []

    def check(start: int, tokens: int, sources: Any) -> None:
        for source, heads in sources.items():
            phrases = [p for used, head in heads for p in joined([head], source._choices[used:])]
            expected = {p.words: p.participle for p in phrases}
            for participle, hashes in enumerate(source.phrases(heads)):
                begun = {sum(h * f for h, f in zip(g[:tokens], (_FACTOR, 1), strict=False)) & _BITS for g in hashes}
                if set(hashes) != {tokenized(w) for w, is_one in expected.items() if is_one == participle}:
                    wrong.append(sorted(expected))
                if not begun <= {start}:
                    wrong.append([start, *sorted(expected)])

    for start, beginnings in list(waiting._by_first.items()):
        heads: dict[Any, list[Any]] = {}
        for source, used, head in beginnings:
            heads.setdefault(source, []).append((used, head))
        check(start, 1, heads)
        waiting._tell_apart(beginnings, {})
    for start, sources in waiting._by_two.items():
        check(start, 2, sources)
    assert wrong == []


def test_a_pattern_is_written_out_for_the_beginnings_of_a_text() -> None:
    waiting = Waiting(NLP)
    waiting.add_pattern("plain", "participle", Expander({}, {}).choices("{the|} cold {just|} ~stop {it|}"))

    def met(text: str) -> dict[str, set[tuple[int, ...]]]:
        return {label: set(phrases) for label, phrases in waiting.met(NLP.make_doc(text)).items()}

    def norms(*phrases: str) -> set[tuple[int, ...]]:
        return {tokenized(phrase) for phrase in phrases}

    assert met("the nerve stopped") == {}
    assert met("a cold stopped") == {"participle": norms("cold stopped"), "plain": norms("cold stopped it")}
    assert met("the cold, cold stopped") == {
        "participle": norms("the cold stopped", "the cold just stopped"),
        "plain": norms(*(f"the cold {just}{word}" for just in ("", "just ") for word in
                         ("stop", "stops", "stopping", "stop it", "stops it", "stopped it", "stopping it"))),
    }  # fmt: skip
    assert met("the cold, cold stopped") == {}


def test_of_the_same_words_the_last_says_whether_they_are_a_participle() -> None:
    waiting = Waiting(NLP)
    waiting.add_pattern("plain", "participle", Expander({}, {}).choices("skin {healed well|healed|~heal|~burn|burned}"))
    found = {label: set(phrases) for label, phrases in waiting.met(NLP.make_doc("skin healed, skin burned")).items()}
    assert found["participle"] == {tokenized("skin healed")}
    assert found["plain"] == {tokenized("skin burned"), tokenized("skin healed well")}
