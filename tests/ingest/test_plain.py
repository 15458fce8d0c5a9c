"""Plain text: what its typography says about its structure."""

from __future__ import annotations

import timeit
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryomine.ingest.plain import blocks_of, document
from ingest.blocks import structure

PROSE = "Visitors spend a few minutes in a cold room, and most of them come out in good spirits and rather hungry."
MORE = "Nobody should stay inside for longer than three minutes, because the cold then reaches deeper than the skin."
WRAPPED = """The cold room stands in the cellar of the old mill and is open
from nine to five. Guests who come for the first time get a
robe, and everybody else brings one along from home."""
WRAPPED_NAME = """The first cold room of the whole valley was built by Anna
Winter in the year of the big flood, and the second
by her son."""

# Each line of the expected structure: T title, H2 heading with level, P paragraph, L0 item with depth, C cell.
CASES = {
    "title and paragraphs": (
        f"Cold rooms explained\n\n{PROSE}\n\n{MORE}\n",
        ["T Cold rooms explained", f"P {PROSE}", f"P {MORE}"],
    ),
    "a first sentence is no title": (f"Cold is old.\n\n{PROSE}\n", ["P Cold is old.", f"P {PROSE}"]),
    "a line that names the title": (f"Title: on cold rooms\n{PROSE}\n", ["T on cold rooms", f"P {PROSE}"]),
    "a title that stands out by its margin": (
        f"A trial of cold rooms in winter. First results.\n {PROSE}\n {MORE}\n",
        ["T A trial of cold rooms in winter. First results.", f"P {PROSE}", f"P {MORE}"],
    ),
    "a headline right above its byline": (
        f"{PROSE}\n\nCold rooms divide the council\nBy our winter desk\n\n{MORE}\n",
        [f"P {PROSE}", "H2 Cold rooms divide the council", "P By our winter desk", f"P {MORE}"],
    ),
    "a byline is no heading": (f"By our winter desk\n\n{PROSE}\n", ["P By our winter desk", f"P {PROSE}"]),
    "headings between blank lines": (
        f"{PROSE}\n\nWhat it costs\n\n{MORE}\n",
        [f"P {PROSE}", "H2 What it costs", f"P {MORE}"],
    ),
    "a question right above prose": (
        f"{PROSE}\nWho should stay out?\n{MORE}\n",
        [f"P {PROSE}", "H2 Who should stay out?", f"P {MORE}"],
    ),
    "a heading right above a list": (
        f"{PROSE}\nReasons to wait\n- fever\n- open wound\nOther\n- age below 14\n",
        [f"P {PROSE}", "H2 Reasons to wait", "L0 fever", "L0 open wound", "H2 Other", "L0 age below 14"],
    ),
    "a label with a list further in, right under a heading": (
        f"Cold rooms\n\nSAFETY\n\nReasons to wait\n  Fever\n  Open wound\n\n{PROSE}\n",
        ["T Cold rooms", "H2 SAFETY", "H3 Reasons to wait", "L0 Fever", "L0 Open wound", f"P {PROSE}"],
    ),
    "capitals stand above other headings": (
        f"Cold rooms\n\nSAFETY\n\n{PROSE}\n\nWounds\n\n{MORE}\n\nPRICES\n\n{PROSE}\n",
        ["T Cold rooms", "H2 SAFETY", f"P {PROSE}", "H3 Wounds", f"P {MORE}", "H2 PRICES", f"P {PROSE}"],
    ),
    "capitals with a word in brackets": (
        f"Cold rooms\n\nSAFETY\n\n{PROSE}\n\nWounds\n\n{MORE}\n\nPRICES (new!)\n\n{PROSE}\n",
        ["T Cold rooms", "H2 SAFETY", f"P {PROSE}", "H3 Wounds", f"P {MORE}", "H2 PRICES (new!)", f"P {PROSE}"],
    ),
    "a heading right above another is its parent": (
        f"{MORE}\n\nSafety\n\nWounds\n\n{PROSE}\n\nFever\n\n{MORE}\n\nHabits\n\nFood\n\n{PROSE}\n",
        [
            f"P {MORE}",
            "H2 Safety",
            "H3 Wounds",
            f"P {PROSE}",
            "H3 Fever",
            f"P {MORE}",
            "H2 Habits",
            "H3 Food",
            f"P {PROSE}",
        ],
    ),
    "headings right below text lie under a parent, those with room above do not": (
        f"Cold\n\n{MORE}\n\nHarm\nCommon\n{PROSE}\nRare\n{MORE}\n\nHabits\n{PROSE}\n",
        [
            "T Cold",
            f"P {MORE}",
            "H2 Harm",
            "H3 Common",
            f"P {PROSE}",
            "H3 Rare",
            f"P {MORE}",
            "H2 Habits",
            f"P {PROSE}",
        ],
    ),
    "underlined headings": (
        f"Cold\n====\n{PROSE}\n\nCosts\n-----\n{MORE}\n",
        ["T Cold", f"P {PROSE}", "H2 Costs", f"P {MORE}"],
    ),
    "headings with # signs": (f"# Cold\n\n### Costs\n{MORE}\n", ["T Cold", "H3 Costs", f"P {MORE}"]),
    "headings between signs": (
        f"--- Costs ---\n{PROSE}\n\n== Fears ==\n\n{MORE}\n",
        ["H3 Costs", f"P {PROSE}", "H3 Fears", f"P {MORE}"],
    ),
    "a byline with separators": (
        f"Cold\n\nAnna Winter · 3 May · 2 min\n\n{PROSE}",
        ["T Cold", "P Anna Winter · 3 May · 2 min", f"P {PROSE}"],
    ),
    "numbered headings": (
        f"1. What it is\n\n{PROSE}\n\n2. What it costs\n\n{MORE}\n",
        ["H2 What it is", f"P {PROSE}", "H2 What it costs", f"P {MORE}"],
    ),
    "a heading glued to the end of a paragraph": (
        f"{PROSE}\n{MORE}Chilblains\nChilblains are itchy red patches that come after a walk in wet weather.\n",
        [
            f"P {PROSE}",
            f"P {MORE}",
            "H2 Chilblains",
            "P Chilblains are itchy red patches that come after a walk in wet weather.",
        ],
    ),
    "a flattened page that opens with a question": (
        f"Who should stay out? {PROSE} {MORE}",
        ["T Who should stay out?", f"P {PROSE} {MORE}"],
    ),
    "bullets of every kind": (
        "\n".join(
            ["It helps with:", "- a pain", "* b pain", "• c pain", "·d pain", "– e pain", "‣ f pain", "✓ g pain"]
        ),
        ["P It helps with:", *(f"L0 {letter} pain" for letter in "abcdefg")],
    ),
    "numbers and letters": (
        "Steps:\n1. rest\n2) ice\n(3) press\n\nOr:\na) walk\nb) swim\n\nOr:\ni. walk\nii. swim\n\n"
        "Or:\no walk\no swim\n",
        [
            "P Steps:",
            "L0 rest",
            "L0 ice",
            "L0 press",
            "P Or:",
            "L0 walk",
            "L0 swim",
            "P Or:",
            "L0 walk",
            "L0 swim",
            "P Or:",
            "L0 walk",
            "L0 swim",
        ],
    ),
    "numbers without a space": ("Steps:\n1.Rest\n2.Ice\n", ["P Steps:", "L0 Rest", "L0 Ice"]),
    "hyphens without a space": ("It helps with:\n-gout\n-back pain\n", ["P It helps with:", "L0 gout", "L0 back pain"]),
    "a temperature is no bullet": (
        "-110 degrees is cold.\n-140 is colder.",
        ["P -110 degrees is cold.", "P -140 is colder."],
    ),
    "an initial is no letter": (f"A. Winter wrote this.\n{PROSE}", ["P A. Winter wrote this.", f"P {PROSE}"]),
    "a bullet alone on its line": (
        "Reasons to wait\n-\nfever\n-\nopen wound\nComplications\n-\nburns\n",
        ["T Reasons to wait", "L0 fever", "L0 open wound", "H2 Complications", "L0 burns"],
    ),
    "items continued on indented lines": (
        "It helps with:\n  - pain that comes\n    from the back\n  - gout\n",
        ["P It helps with:", "L0 pain that comes\n    from the back", "L0 gout"],
    ),
    "items continued without indent": (
        "It helps with:\n- pain that begins in the lower part of the back and then\ngoes down\n- gout\n",
        ["P It helps with:", "L0 pain that begins in the lower part of the back and then\ngoes down", "L0 gout"],
    ),
    "lists broken by blank lines": (
        "It helps with:\n\n- gout\n\n- back pain\n\n\n- cramps\n",
        ["P It helps with:", "L0 gout", "L0 back pain", "L0 cramps"],
    ),
    "nested by indent": (
        "Not for:\n- hearts\n  - angina\n    * at rest\n  - infarction\n- lungs\n",
        ["P Not for:", "L0 hearts", "L1 angina", "L2 at rest", "L1 infarction", "L0 lungs"],
    ),
    "nested by kind of bullet": (
        "1. hearts\n- angina\n- infarction\n2. lungs\n",
        ["L0 hearts", "L1 angina", "L1 infarction", "L0 lungs"],
    ),
    "the last numbered item before prose is an item": (
        f"1. Fever\n2. Open wound\n\n{PROSE}\n",
        ["L0 Fever", "L0 Open wound", f"P {PROSE}"],
    ),
    "numbered items that begin with capitals": (
        "COLD AT WORK (ask us)\n\n1. LESS PAIN - The cold numbs it. Muscles rest.\n\n 2.  SLEEP - You sleep well.\n",
        ["T COLD AT WORK (ask us)", "L0 LESS PAIN - The cold numbs it. Muscles rest.", "L0 SLEEP - You sleep well."],
    ),
    "a lead-in without colon": (
        f"{PROSE}\nKnown examples include\n- gout,\n- cramps, and\n- back pain.\n{MORE}\n",
        [f"P {PROSE}", "P Known examples include", "L0 gout,", "L0 cramps, and", "L0 back pain.", f"P {MORE}"],
    ),
    "bare lines that end in semicolons": (
        f"The cold helps:\n\nwith gout;\n\nagainst back pain;\n\n· less fear;\n\n"
        f"Stronger bones;\n\nin the care of skin.\n\nPrices\n\n{MORE}\n",
        [
            "P The cold helps:",
            "L0 with gout;",
            "L0 against back pain;",
            "L0 less fear;",
            "L0 Stronger bones;",
            "L0 in the care of skin.",
            "H2 Prices",
            f"P {MORE}",
        ],
    ),
    "bare terms with explanations": (
        "Some illnesses rule it out:\n\nGout – joints hurt. \n\nAsthma – the air is dry. "
        "Weak hearts – the cold strains\n\n"
        f"Fever\n\nEpilepsy – ask first.\n\n{MORE}\n",
        [
            "P Some illnesses rule it out:",
            "L0 Gout – joints hurt.",
            "L0 Asthma – the air is dry.",
            "L0 Weak hearts – the cold strains",
            "L0 Fever",
            "L0 Epilepsy – ask first.",
            f"P {MORE}",
        ],
    ),
    "bare lines without blank lines": (
        f"Not for people with:\nfever\nopen wounds\nasthma\n\n{MORE}\n",
        ["P Not for people with:", "L0 fever", "L0 open wounds", "L0 asthma", f"P {MORE}"],
    ),
    "bare lines under a heading": (
        "Stay out with\n\nReasons to wait\nFever\nOpen wounds\nPregnancy\n",
        ["P Stay out with", "H2 Reasons to wait", "L0 Fever", "L0 Open wounds", "L0 Pregnancy"],
    ),
    "bare lines behind an open end": (
        f"We are unable to treat you if you have\n\nFever or a cough\nOpen wounds\nPregnancy\n\n{MORE}\n",
        [
            "P We are unable to treat you if you have",
            "L0 Fever or a cough",
            "L0 Open wounds",
            "L0 Pregnancy",
            f"P {MORE}",
        ],
    ),
    "a lead-in whose list is missing": (
        f"Before you come, note that it is not for:\n\nBefore the visit, it is wise to see a physician of your own.\n\n"
        f"Cold rooms - uses\n\n{MORE}\n\nSometimes there are complaints afterwards:",
        [
            "P Before you come, note that it is not for:",
            "P Before the visit, it is wise to see a physician of your own.",
            "H2 Cold rooms - uses",
            f"P {MORE}",
            "P Sometimes there are complaints afterwards:",
        ],
    ),
    "a lead-in before a heading": (
        f"Which brings us to the question:\n\nWho should stay out?\n\n{MORE}\n",
        ["P Which brings us to the question:", "H2 Who should stay out?", f"P {MORE}"],
    ),
    "a lead-in over a heading with its list": (
        "Settings:\nCold packs\n- ten minutes\nIce\n- five minutes\n",
        ["P Settings:", "H2 Cold packs", "L0 ten minutes", "H2 Ice", "L0 five minutes"],
    ),
    "an item glued to a lost heading": (
        "  • Infections\nAllergicCold hives / Cold asthma\n  • Gangrene\n",
        ["L0 Infections", "L0 AllergicCold hives / Cold asthma", "L0 Gangrene"],
    ),
    "a list flattened into a line": (
        "Cold rooms     Cold rooms are used for the following:         -  Gout.    -  Cramps.       "
        "-  Back pain.        "
        "Ask for a list of rooms.   There are many.",
        [
            "T Cold rooms",
            "P Cold rooms are used for the following:",
            "L0 Gout.",
            "L0 Cramps.",
            "L0 Back pain.",
            "P Ask for a list of rooms.",
            "P There are many.",
        ],
    ),
    "a nested list flattened into a line": (
        "Options are:         -  Rest, and one of these:               -  Ice.       -  Packs.             -  Sleep."
        "    - Tea.        Then wait.",
        [
            "P Options are:",
            "L0 Rest, and one of these:",
            "L1 Ice.",
            "L1 Packs.",
            "L0 Sleep.",
            "L0 Tea.",
            "P Then wait.",
        ],
    ),
    "inline bullets": (
        "What guests report: • Less pain • Deep sleep • Joy",
        ["P What guests report:", "L0 Less pain", "L0 Deep sleep", "L0 Joy"],
    ),
    "pictures as bullets": (
        "❄️ Less pain\n❄️ Deep sleep\n✅ Joy\n→ Ease\n",
        ["L0 Less pain", "L0 Deep sleep", "L0 Joy", "L0 Ease"],
    ),
    "inline dashes after semicolons": (
        "- gout - in the toe; - cramps; - colds.\nNot for: - children; - the old.\n",
        ["L0 gout - in the toe;", "L0 cramps;", "L0 colds.", "P Not for:", "L0 children;", "L0 the old."],
    ),
    "lower-case labels under a heading": (
        f"Common uses\nback pain\nsore feet\n\n{MORE}\n",
        ["T Common uses", "L0 back pain", "L0 sore feet", f"P {MORE}"],
    ),
    "labels under lead-ins": (
        "Not with:\nFever\nOpen wounds\n\nGood for:\nSleep\nSore feet\n",
        ["P Not with:", "L0 Fever", "L0 Open wounds", "P Good for:", "L0 Sleep", "L0 Sore feet"],
    ),
    "numbered questions with answers": (
        "1. Is it safe?\nYes.\n\n2. Does it hurt?\nNo.\n",
        ["H2 Is it safe?", "P Yes.", "H2 Does it hurt?", "P No."],
    ),
    "questions and answers": (
        "Q: Is it safe in pregnancy?\nA: No.\n\nQ: Does it hurt?\nA: A little.\n",
        ["T Q: Is it safe in pregnancy?", "P A: No.", "H2 Q: Does it hurt?", "P A: A little."],
    ),
    "inline bullet after a colon": ("It compares to:- ice,\n- snow.\n", ["P It compares to:", "L0 ice,", "L0 snow."]),
    "inline numbers": (
        "Do this: 1) rest for a day, 2) cool the joint, 3) bind it. Then see a nurse. She will help.",
        ["P Do this:", "L0 rest for a day,", "L0 cool the joint,", "L0 bind it.", "P Then see a nurse. She will help."],
    ),
    "numbers at sentence ends are no list": (
        "Ten sat in group 1. The others sat in group 2. Nobody won.",
        ["P Ten sat in group 1. The others sat in group 2. Nobody won."],
    ),
    "wrapped paragraphs": (
        f"{WRAPPED}\n\nThe way in is by the yard.\n",
        [f"P {WRAPPED}", "P The way in is by the yard."],
    ),
    "a wrapped line is no heading": (f"{WRAPPED_NAME}\n", [f"P {WRAPPED_NAME}"]),
    "a paragraph on each line": (f"{PROSE}\n{MORE}\n{PROSE}\n", [f"P {PROSE}", f"P {MORE}", f"P {PROSE}"]),
    "teasers under their heading": (
        f"{PROSE}\n\nYou may also like\n\nCreams for dry skin\nDoes tar help?\n\nRead more\n",
        [f"P {PROSE}", "H2 You may also like", "L0 Creams for dry skin", "L0 Does tar help?", "H2 Read more"],
    ),
    "a table with pipes": (
        "| Complaint | Effect |\n|---|---|\n| Gout | none |\n| Cramps | some |\n",
        [
            "C Complaint",
            "C Effect",
            "C Gout <Complaint>",
            "C none <Effect, Gout>",
            "C Cramps <Complaint>",
            "C some <Effect, Cramps>",
        ],
    ),
    "a table with tabs": (
        "Fever\twait a week\nGout\tno reason to wait at all, as far as we know.\n",
        ["C Fever", "C wait a week <Fever>", "C Gout", "C no reason to wait at all, as far as we know. <Gout>"],
    ),
    "a table whose columns are parted by room": (
        "Complaint        Effect\nGout             none\nSore calves      some\n",
        [
            "C Complaint",
            "C Effect",
            "C Gout <Complaint>",
            "C none <Effect, Gout>",
            "C Sore calves <Complaint>",
            "C some <Effect, Sore calves>",
        ],
    ),
    "labels and what stands apart behind them": (
        "Common:     pain      swelling\nLess common: fever      cramps\n             a scar that stays\n",
        ["L0 Common:", "L0 pain", "L0 swelling", "L0 Less common:", "L0 fever", "L0 cramps", "L0 a scar that stays"],
    ),
    "white space of other kinds around a cell": (
        "Gout   \xa0eases\nHives   \xa0   none",
        ["C Gout", "C eases <Gout>", "C Hives", "C none <Hives>"],
    ),
    "a label with more room behind it, and nothing but white space in a place": (
        "Common:  pain   swelling\nRare:   \xa0   cramps\n",
        ["L0 Common:", "L0 pain", "L0 swelling", "L0 Rare:", "L0 cramps"],
    ),
    "Windows line ends, form feeds, odd spaces": (
        f"Cold rooms\r\n\r\n\xa0{PROSE}\u200b\r\n\x0c\tCosts\r\n\r\n{MORE}\r\n",
        ["T Cold rooms", f"P {PROSE}", "H2 Costs", f"P {MORE}"],
    ),
    "rules between sections": (f"{PROSE}\n* * *\nCosts\n\n{MORE}", [f"P {PROSE}", "H2 Costs", f"P {MORE}"]),
    "nothing": ("", []),
    "blanks": (" \n\t\r\n\u200b\n", []),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_structure(text: str, expected: list[str]) -> None:
    assert structure(document(text)) == expected


def test_text_is_the_file_itself() -> None:
    text = "Cold rooms\r\n\r\n\xa0They are\tcold.\r\n"
    read = document(text, name="a.txt")
    assert read.text == text
    assert read.runs == ()
    assert read.title == "Cold rooms"
    assert read.source_span(3, 7) == (3, 7)
    assert document(text, title="Given").title == "Given"


BITS = [
    "- ",
    "• ",
    "1. ",
    "1) ",
    "2) ",
    "a) ",
    "\n",
    "\n\n",
    "   ",
    "     ",
    "\t",
    "|",
    ":",
    ";",
    ".",
    "? ",
    "–",
    " – ",
]
BITS += [
    "Cold",
    "Gout",
    "pain",
    "include",
    "Who",
    "#",
    "===",
    "---",
    "\r\n",
    "\xa0",
    "\u200b",
    "\x0c",
    "\u2028",
    "it helps:",
]


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(BITS), max_size=40).map("".join)))
def test_any_text_gives_blocks_in_order(text: str) -> None:
    at = 0
    for block in blocks_of(text):
        words = text[block.start : block.end]
        assert at <= block.start < block.end <= len(text)
        assert words == words.strip()
        assert 0 <= block.level <= 6
        at = block.end


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(BITS), max_size=40).map("".join))
def test_no_word_is_lost(text: str) -> None:
    inside = "".join(text[b.start : b.end] for b in blocks_of(text))
    for word in ("Cold", "Gout", "pain", "include", "Who"):
        assert inside.count(word) == text.count(word)


@pytest.mark.parametrize(
    "pattern",
    [
        "Cold rooms may help. ",
        "a",
        " ",
        "x • ",
        "word.   - ",
        "1) a 2) b ",
        "|a|b",
        "(",
        "A.B",
        "ab:\n",
        "Ab\n",
        "- a:\n",
        "ab;\n",
    ],
)
def test_time_grows_with_length_only(pattern: str) -> None:
    short, long = ("x" + pattern * (size // len(pattern)) + "\nno more." for size in (100_000, 400_000))
    # Without the garbage collector, whose work grows with what the other tests have left.
    times = [min(timeit.repeat(partial(blocks_of, text), number=1, repeat=2)) for text in (short, long)]
    assert times[1] < 12 * times[0] + 0.2
