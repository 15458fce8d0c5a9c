"""The pattern language of cues: what a pattern stands for, the forms of verbs, and patterns that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cryomine.packs import load_pack
from cryomine.packs.patterns import MAX_PHRASES, PatternError, expand, inflect, verb_forms

SETS = {"modal": ("may", "might"), "not": ("not", "n't"), "frame": ("@modal @not", "never")}
IRREGULAR = {"take": ("takes", "took", "taken", "taking")}


def words(pattern: str) -> list[str]:
    return [phrase.words for phrase in expand(pattern, SETS, IRREGULAR)]


@pytest.mark.parametrize(
    ("pattern", "phrases"),
    [
        ("such as", ["such as"]),
        ("{good|bad} for", ["good for", "bad for"]),
        ("{very|} good", ["very good", "good"]),
        ("good {for|against} {me|}", ["good for me", "good for", "good against me", "good against"]),
        ("{get {rid|free} of|lose}", ["get rid of", "get free of", "lose"]),
        ("@modal help", ["may help", "might help"]),
        ("@frame help", ["may not help", "may n't help", "might not help", "might n't help", "never help"]),
        ("~relieve", ["relieve", "relieves", "relieved", "relieving"]),
        ("~take away", ["take away", "takes away", "took away", "taken away", "taking away"]),
        ("{~cure|cure}", ["cure", "cures", "cured", "curing"]),
        ("{may | might} help", ["may help", "might help"]),
    ],
)
def test_expansion(pattern: str, phrases: list[str]) -> None:
    assert words(pattern) == phrases


def test_a_participle_is_marked() -> None:
    marked = {p.words: p.participle for p in expand("~take {away|}", SETS, IRREGULAR)}
    assert marked["taken"]
    assert not marked["took"]
    assert {p.words for p in expand("~relieve", SETS, {}) if p.participle} == {"relieved"}


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("relieve", ("relieve", "relieves", "relieved", "relieving")),
        ("treat", ("treat", "treats", "treated", "treating")),
        ("remedy", ("remedy", "remedies", "remedied", "remedying")),
        ("stay", ("stay", "stays", "stayed", "staying")),
        ("stop", ("stop", "stops", "stopped", "stopping")),
        ("fix", ("fix", "fixes", "fixed", "fixing")),
        ("soothe", ("soothe", "soothes", "soothed", "soothing")),
        ("banish", ("banish", "banishes", "banished", "banishing")),
        ("free", ("free", "frees", "freed", "freeing")),
        ("die", ("die", "dies", "died", "dying")),
        ("dampen", ("dampen", "dampens", "dampened", "dampening")),
    ],
)
def test_regular_verbs(verb: str, forms: tuple[str, ...]) -> None:
    assert inflect(verb).forms() == forms


def test_irregular_verbs_of_a_list() -> None:
    irregular, forms = verb_forms(["~take: takes took taken taking", "~cut: cuts cutting", "~ease", "is"])
    assert irregular["take"] == ("takes", "took", "taken", "taking")
    assert irregular["cut"] == ("cuts", "cut", "cut", "cutting")
    assert {"take", "taken", "cutting", "eases", "is"} <= set(forms)
    with pytest.raises(PatternError, match="third person"):
        verb_forms(["~take: takes"])


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("{a|b", "left open"),
        ("a}", "too many"),
        ("a | b", "braces"),
        ("", "can match nothing"),
        ("{a|} {b|}", "can match nothing"),
        ("{|}", "can match nothing"),
        ("@nobody", "no set 'nobody': the pack's sets are frame, modal, not"),
        ("{0|1|2|3|4|5|6|7|8|9} " * 4, f"more than {MAX_PHRASES}"),
    ],
)
def test_what_is_no_pattern(pattern: str, says: str) -> None:
    with pytest.raises(PatternError, match=says):
        expand(pattern, SETS, IRREGULAR)


@given(st.text(alphabet="ab {}|@~…'", max_size=30))
def test_any_text_is_a_pattern_or_an_error(pattern: str) -> None:
    try:
        phrases = expand(pattern, SETS, IRREGULAR)
    except PatternError:
        return
    assert phrases
    assert len({p.words for p in phrases}) == len(phrases)
    assert all(p.words and p.words == " ".join(p.words.split()) for p in phrases)


def test_no_shipped_pattern_comes_near_the_limit() -> None:
    pack = load_pack("cryotherapy")
    irregular, _ = verb_forms(pack.lexicon["verbs"])
    for rule in (*pack.cues, *pack.context, *pack.layout):
        for cue in rule.cue:
            for part in cue.split("…"):
                assert len(expand(part, pack.sets, irregular)) <= MAX_PHRASES / 2, rule.id
