"""Polarity and certainty: which words deny or weaken a claim, how far they reach, and which only look like it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cryomine.extraction import Extractor
from cryomine.extraction.view import View
from extraction.markup import made


@pytest.mark.parametrize(
    ("text", "negation", "hedge"),
    [
        ("It relieves gout.", "", ""),
        # words in front of the cue
        ("It does not relieve gout.", "not", ""),
        ("It doesn't relieve gout.", "n't", ""),
        ("It doesn’t relieve gout.", "n’t", ""),
        ("It never relieves gout.", "never", ""),
        ("It may relieve gout.", "", "may"),
        ("It can possibly relieve gout.", "", "possibly"),
        ("It failed to relieve gout.", "failed to", ""),
        ("It reportedly relieves gout.", "", "reportedly"),
        ("Some studies suggest that it relieves gout.", "", "suggest"),
        ("Supporters say that it relieves gout.", "", "Supporters say"),
        ("In theory it relieves gout.", "", "In theory"),
        pytest.param(
            "In rare cases it relieves gout.",
            "",
            "In rare cases",
            marks=pytest.mark.xfail(strict=True, reason="a cue inside a longer one is taken"),
        ),
        # behind it
        ("It relieves gout in some cases.", "", "in some cases"),
        ("Gout is relieved, perhaps.", "", "perhaps"),
        # a clause of its own stays alone
        ("It may look odd, but it relieves gout.", "", ""),
        ("It is not cheap, but it relieves gout.", "", ""),
        ("It relieves gout, but it may be expensive.", "", ""),
        ("It relieves gout; others may disagree.", "", ""),
        ("It relieves gout although not at once.", "", ""),
        ("It does not cost much and relieves gout.", "", ""),
        # words that only look like it
        ("It not only relieves gout.", "", ""),
        ("No doubt it relieves gout.", "", ""),
        ("No wonder it relieves gout.", "", ""),
        # the month is no hedge where it is written as one
        pytest.param(
            "In May it relieves gout.", "", "", marks=pytest.mark.xfail(strict=True, reason="the month May is a hedge")
        ),
        # inside the condition a word does not count
        ("It relieves non-alcoholic cirrhosis.", "", ""),
    ],
)
def test_what_reaches_a_claim(text: str, negation: str, hedge: str, extractor: Extractor) -> None:
    (claim,) = made(extractor, f"Cryotherapy\n\n{text}")
    assert (claim.negation_cue, claim.hedge_cue) == (negation, hedge)
    assert claim.polarity == ("negated" if negation else "affirmed")
    assert claim.certainty == ("hedged" if hedge else "asserted")


@pytest.mark.parametrize(
    ("text", "polarities"),
    [
        ("It does not cure gout, but it relieves pain.", ["negated", "affirmed"]),
        ("It relieves pain. It does not cure gout.", ["affirmed", "negated"]),
        ("It cures neither gout nor asthma.", ["negated", "negated"]),
        ("It relieves pain, not gout.", ["affirmed"]),
        ("It does not cure gout, asthma or migraine.", ["negated", "negated", "negated"]),
        ("Spas say that it cures gout and asthma. There is no evidence for any of these claims.", ["negated"] * 2),
        ("It cures gout. It relieves asthma. This claim is unproven.", ["affirmed", "negated"]),
        # in the middle of a paragraph: what comes later is not denied, what stands between makes no difference
        ("It cures gout. There is no evidence for any of these claims. It relieves pain.", ["negated", "affirmed"]),
        ("It cures gout. There is no evidence for any of these claims. The rooms are bright.", ["negated"]),
        ("It cures gout. We open at nine. There is no evidence for any of these claims. Do come.", ["negated"]),
    ],
)
def test_how_far_a_denial_reaches(text: str, polarities: list[str], extractor: Extractor) -> None:
    assert [c.polarity for c in made(extractor, f"Cryotherapy\n\n{text}")] == polarities


@pytest.mark.parametrize(
    ("text", "certainties"),
    [
        ("It may relieve gout and asthma.", ["hedged", "hedged"]),
        ("It relieves gout and may relieve asthma.", ["asserted", "hedged"]),
        ("It may relieve gout. It relieves asthma.", ["hedged", "asserted"]),
        ("It may relieve:\n\n- gout\n- asthma", ["hedged", "hedged"]),
        ("It relieves:\n\n- gout\n- possibly asthma", ["asserted", "hedged"]),
    ],
)
def test_how_far_a_hedge_reaches(text: str, certainties: list[str], extractor: Extractor) -> None:
    assert [c.certainty for c in made(extractor, f"Cryotherapy\n\n{text}")] == certainties


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Dr. Smith saw it. Then he left.", ["Dr. Smith saw it.", "Then he left."]),
        ("It fell to 5.5 degrees. We left.", ["It fell to 5.5 degrees.", "We left."]),
        ("“It hurts.” She left.", ["“It hurts.”", "She left."]),
        ("Gout, e.g. of the toe, goes.", ["Gout, e.g. of the toe, goes."]),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str], view_of: Callable[[str], View]) -> None:
    view = view_of(text)
    ranges = list(view.sentences(0, len(view)))
    assert [text[view.starts[a] : view.ends[b - 1]] for a, b in ranges] == sentences


def test_a_text_without_end_is_cut(view_of: Callable[[str], View]) -> None:
    view = view_of("gout, asthma, " * 1000)
    ranges = list(view.sentences(0, len(view)))
    assert max(b - a for a, b in ranges) < 300
    assert [a for a, _ in ranges[1:]] == [b for _, b in ranges[:-1]]
