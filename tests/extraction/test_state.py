"""Which sentences are passed over unread, and that this changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cryomine import ingest
from cryomine.extraction import Extractor
from cryomine.extraction.stack import Frame
from cryomine.extraction.state import State
from cryomine.extraction.trace import Trace
from extraction.markup import cases, made

CORPUS = Path(__file__).parents[2] / "corpus"
HEADING = Frame(relation="contraindicated")


@pytest.mark.parametrize(
    ("text", "governing", "silent"),
    [
        ("We open at nine.", None, True),
        ("We open at nine.", HEADING, True),
        ("The town has a pool for swimmers.", None, True),  # a word for known conditions, and none
        # what could make a claim
        ("It relieves pain.", None, False),
        ("It is good for gout.", None, False),
        ("It is good for:", None, False),  # the list comes later
        # a condition is claimed by what governs it, else by nothing
        ("Asthma was only a word.", None, True),
        ("Asthma was only a word.", HEADING, False),
        # a therapy changes the topic
        ("Ice packs are blue.", None, False),
        ("The surgeon was late for the operation.", None, False),
        # what denies the sentence before, what asks
        ("There is no evidence for any of these.", None, False),
        ("Who may come in?", None, False),
    ],
)
def test_which_sentences_are_silent(
    text: str, governing: Frame | None, silent: bool, state_of: Callable[..., State]
) -> None:
    state = state_of(text)
    assert state.silent(0, len(state.view), governing) is silent


def test_an_answer_and_an_explanation_are_never_silent(state_of: Callable[..., State]) -> None:
    words = "We open at nine."
    for given in ({"trace": Trace()}, {"asked": HEADING}, {"question": object()}):
        state = state_of(words, **given)
        assert not state.silent(0, len(state.view), None), given


def test_what_is_passed_over_makes_no_difference(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The articles of the corpus and the cases of these tests, with every sentence read and without."""
    documents = [ingest.read(item) for item in ingest.discover([CORPUS])]
    here = Path(__file__).parent
    marked = [case.marked for case in [*cases(here / "claims.txt"), *cases(here / "traps.txt", lines=True)]]
    passed = 0

    def counted(state: State, a: int, b: int, governing: Frame | None) -> bool:
        nonlocal passed
        silent = original(state, a, b, governing)
        passed += silent
        return silent

    original = State.silent
    monkeypatch.setattr(State, "silent", counted)
    quick = [extractor.claims(document) for document in documents], [made(extractor, text) for text in marked]
    monkeypatch.setattr(State, "silent", lambda *_: False)
    full = [extractor.claims(document) for document in documents], [made(extractor, text) for text in marked]
    assert quick == full
    assert passed > 500
