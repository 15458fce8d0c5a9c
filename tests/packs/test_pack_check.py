"""What ``pack check`` finds, and where; the shipped packs are clean."""

from __future__ import annotations

from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from cryomine.authoring.prove import MarkupError, parse_example
from cryomine.authoring.review import review
from packs.packs_of import INTERVENTIONS, MANIFEST, context, pack_of, rule

CUPPING = Path(__file__).parent / "cupping"

# What is wrong, lines of the file, the line and level of the remark, words of it. All lines of a file are one pack's.
NAMES = [
    ("no synonyms", "a,red lamp,,", "thin", "'red lamp' has no synonyms"),
    ("an everyday word", "b,blue lamp,,heal", "wrong", "'heal' is an everyday word; move it to weak_synonyms"),
    ("a short name", "c,green lamp,,GL", "wrong", "'GL' is too short"),
    ("a name twice", "d,lamp light,,red light therapy", "wrong", "'red light therapy' is a name of 'red-light' too"),
    ("a condition's name", "e,lamp glow,,migraine", "wrong", "'migraine' is a name of the condition migraine"),
]
CONCEPTS = [
    ("an orphan", "x,glow,symptom,,glowing", "wrong", "orphan: x has no parent"),
    ("another's synonym", "y,glimmer,symptom,pain,asthma", "wrong", "shared synonym: y 'asthma' also names asthma"),
    ("no synonyms", "z,glare ache,symptom,pain,", "thin", "'glare ache' has no synonyms"),
]
RULES = [
    ("an example that fails", rule("~zap", "@therapy [zaps] chronic <pain>."), "wrong", "claims 'chronic pain'"),
    ("no mark", rule("~zip", "Nothing [zips] here."), "wrong", "marks no <condition>"),
    ("an open mark", rule("~zig", "@therapy [zigs <pain>."), "wrong", "'[' is left open"),
    ("the wrong cue", rule("~zag", "[@therapy] zags <pain>."), "wrong", "the cue is 'zags'"),
    ("always together", rule("~soothe", "@therapy [soothes] <pain>."), "wrong", "only with 'treats.relieve' (base/"),
    ("no counterexample", rule("~zop", "@therapy [zops] <pain>.", accept="any"), "thin", "has no counterexample"),
    ("it matches", rule("~zup", "It [zups] <pain>.", counterexample="It zups pain."), "wrong", "matched all the same"),
]  # fmt: skip
PATTERNS = [
    ("everything", rule("the", "@therapy is for [the] <pain>."), "wrong", "'the' stands in every text"),
    ("nothing", rule("{a|}", "[a] <b>"), "wrong", "can match nothing"),
]
CONTEXT = [
    ("no hedge", context("hedge", "boldly", "It relieves <pain> boldly."), "not hedged by the marked words"),
    ("no claim", context("negation", "blindly", "It [blindly] crosses <roads>."), "it claims nothing"),
    (
        "denied by others",
        context("negation", "hotly", "It does not relieve <gout> [hotly]."),
        "not negated by the marked",
    ),
    ("idle", context("pseudo", "loudly", "[Loudly] it relieves <pain>."), "the rule makes no difference to it"),
    ("silences nothing", context("background", "coldly", "It relieves <pain> [coldly]."), "it still claims 'pain'"),
    ("no mark", context("hedge", "madly", "It [madly] relieves pain."), "it marks no <condition>"),
    ("denied all the same", context("pseudo", "no sly", "It does not relieve <pain>."), "negated all the same"),
    (
        "it changes another",
        context("hedge", "softly", "It [softly] relieves <pain>.", "It softly relieves gout."),
        "the rule changes it",
    ),
    (
        "nothing to change",
        context("hedge", "rosily", "It [rosily] relieves <pain>.", "Roses are red."),
        "makes no claim",
    ),
]


def cases(*given: tuple[str, ...]) -> list[ParameterSet]:
    return [pytest.param(*case[1:], id=case[0]) for case in given]


def numbered(rules: list[tuple[str, str, str, str]]) -> dict[str, str]:
    """Each rule under an id of its own."""
    return {text: text.replace("treats.mine", f"treats.mine-{at}") for at, (_, text, *_) in enumerate(rules)}


@pytest.fixture(scope="module")
def remarks(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is said of one pack with every mistake but those of patterns, which come before examples are run."""
    folder = pack_of(
        tmp_path_factory.mktemp("packs") / "mine",
        interventions=INTERVENTIONS + "".join(f"{line},\n" for _, line, *_ in NAMES),
        concepts="id,name,kind,parents,synonyms\n" + "".join(f"{line}\n" for _, line, *_ in CONCEPTS),
        cues="".join(numbered(RULES).values()),
        context="".join(text for _, text, _ in CONTEXT),
    )
    return [str(remark).removeprefix(f"{folder}/") for remark in review(folder)]


def said(remarks: list[str], start: str, words: str) -> bool:
    return any(remark.startswith(start) and words in remark for remark in remarks)


@pytest.mark.parametrize(("line", "level", "words"), cases(*NAMES))
def test_a_mistake_in_the_interventions(remarks: list[str], line: str, level: str, words: str) -> None:
    number = [given for _, given, *_ in NAMES].index(line) + 3
    assert said(remarks, f"interventions.csv:{number}: {level}: ", words), remarks


@pytest.mark.parametrize(("line", "level", "words"), cases(*CONCEPTS))
def test_a_mistake_in_the_concepts(remarks: list[str], line: str, level: str, words: str) -> None:
    number = [given for _, given, *_ in CONCEPTS].index(line) + 2
    assert said(remarks, f"concepts.csv:{number}: {level}: ", words), remarks


@pytest.mark.parametrize(("text", "level", "words"), cases(*RULES))
def test_a_mistake_in_the_rules(remarks: list[str], text: str, level: str, words: str) -> None:
    files = "".join(numbered(RULES).values())
    number = files[: files.index(numbered(RULES)[text])].count("\n") + 1
    assert said(remarks, f"cues.yaml:{number}: {level}: ", words), remarks


@pytest.mark.parametrize(("text", "words"), cases(*CONTEXT))
def test_a_mistake_in_a_context_rule(remarks: list[str], text: str, words: str) -> None:
    files = "".join(text for _, text, _ in CONTEXT)
    number = files[: files.index(text)].count("\n") + 1
    assert said(remarks, f"context.yaml:{number}: wrong: ", words), remarks


def test_the_marks_of_an_example() -> None:
    example = parse_example("It may [<delay] wound healing> and [<delay] gout>.", "Lamps")
    assert example.text == "Lamps\n\nIt may delay wound healing and delay gout."
    assert [example.text[a:b] for a, b in example.cues] == ["delay", "delay"]
    assert [example.text[a:b] for a, b in example.conditions] == ["delay wound healing", "delay gout"]


@pytest.mark.parametrize(
    "broken", ["It [may cause <blisters>.", "It may] cause <blisters>.", "It [may] cause blisters>."]
)
def test_marks_that_do_not_fit_together(broken: str) -> None:
    with pytest.raises(MarkupError):
        parse_example(broken)


@pytest.mark.parametrize(("text", "level", "words"), cases(*PATTERNS))
def test_a_mistake_in_a_pattern(tmp_path: Path, text: str, level: str, words: str) -> None:
    folder = pack_of(tmp_path / "mine", cues=text)
    assert said([str(remark) for remark in review(folder)], f"{folder}/cues.yaml:1: {level}: ", words)


def test_no_intervention_at_all(tmp_path: Path) -> None:
    folder = pack_of(tmp_path / "mine", interventions="id,name\n")
    assert "no intervention; name at least the therapy itself" in str(review(folder)[0])


@pytest.mark.parametrize("name", ["cue.yaml", "cues.yml", "concept.csv", "articles/a.txt"])
def test_a_file_that_nothing_reads(tmp_path: Path, name: str) -> None:
    folder = pack_of(tmp_path / "mine")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("", encoding="utf-8")
    assert "is read by nothing" in str(review(folder)[0])


def test_a_word_list_of_no_known_name(tmp_path: Path) -> None:
    folder = pack_of(tmp_path / "mine")
    (folder / "lexicon").mkdir()
    (folder / "lexicon" / "verb.txt").write_text("zap\n", encoding="utf-8")
    (folder / "lexicon" / "verbs.txt").write_text("~zap\n", encoding="utf-8")
    assert [str(r).rpartition("/")[2] for r in review(folder)] == [
        "verb.txt: wrong: no list of this name in `base`; see pack show base for the lists"
    ]


def test_a_pack_without_anything_to_mend(tmp_path: Path) -> None:
    cues = rule("~zap", "@therapy [zaps] <pain>.", counterexample="The lamp zaps flies.")
    assert review(pack_of(tmp_path / "mine", pack=MANIFEST, cues=cues)) == []


@pytest.mark.parametrize("name", ["cryotherapy", "hyperbaric-oxygen", CUPPING])
def test_the_packs_here_are_clean(name: str | Path) -> None:
    assert [str(remark) for remark in review(name)] == []
