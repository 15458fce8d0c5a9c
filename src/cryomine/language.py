"""Which blocks of a document are English: only these are read, and what is left out is said.

Knows documents only. Offline: function words decide what is plainly English, which is nearly every block of an English
article, and ordinary words most of the rest (lists, price lists, credits); a statistical detector (its data is in its
wheel) is loaded when they leave the first stretch undecided.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import TypeAlias

from cryomine.document import Document
from cryomine.link.guards import ordinary_words

Detector: TypeAlias = Callable[[str], tuple[str, float, float]]

ENGLISH, UNKNOWN = "en", "und"  # BCP 47; "und" is what is too short to tell
# Every sentence has some of these; words that another language writes alike (in, is, was, will, also, die) are not
# among them. Of 42,900 words of articles, blocks with 92 % are decided by them; prose in another language has none.
_FUNCTION_WORDS = frozenset(
    {
        *("the", "of", "and", "to", "for", "with", "that", "this", "are", "from", "which", "have", "has", "had"),
        *("were", "your", "you", "they", "their", "should", "not", "but", "been", "these", "those", "when", "who"),
        *("by", "it", "its", "can", "may", "into", "than", "there", "what", "how", "would", "could", "after", "before"),
        *("while", "because", "or", "if"),
    }
)
MIN_SHARE, MIN_HITS = 0.1, 2
# Of 496 example sentences in other languages, those of so many words have at most a fifth in the list of ordinary
# English words; lists of conditions, price lists and credits of English articles have a quarter to two thirds.
MIN_ORDINARY, MIN_WORDS = 0.25, 9
_WORD = re.compile(r"[^\W\d_]+")
# The languages that articles come in. Latin is not one: the detector takes names of diseases for it.
_CANDIDATES = frozenset(
    {
        *("af", "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "gu", "he"),
        *("hi", "hr", "hu", "id", "it", "ja", "kn", "ko", "lt", "lv", "mk", "ml", "mr", "nl", "no", "pa", "pl"),
        *("pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "ta", "te", "th", "tl", "tr", "uk", "ur", "vi", "zh"),
    }
)
# The detector's word is taken from here on. On 510 stretches of English articles without function words (lists,
# bylines, price lists) it was wrong about none of 20 letters or more at 0.5; names shorter than that it misjudges.
SURE, MIN_LETTERS = 0.5, 20
SHORT_LETTERS, SURE_OF_SHORT = 80, 0.8
# Inside an article that is English otherwise, a block of its own counts as prose from so many letters on; bare lists of
# names go with the text around them, so that the detector need not be loaded for each of them.
PROSE_LETTERS = 100
# Below this share a page in another language has an English slogan, not an English part.
MIN_ENGLISH_PART = 0.05

# Letters of other scripts; Greek (which formulas use) and combining signs do not count.
_FOREIGN_SCRIPT = re.compile(r"[\u0400-\u08ff\u0900-\u1cff\u2e80-\ua4cf\ua980-\uabff\uac00-\ud7ff\uf900-\ufaff]")
_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")


@dataclass(frozen=True, slots=True)
class EnglishPart:
    """What of a document is read.

    ``document`` has the English blocks only, same text and offsets; the very same object where nothing is left out.
    ``language`` has ISO 639-1 codes, the one with most of the text first (``en``, ``de+en``), or ``und`` where the
    text is too short to tell (it is read). ``skipped`` says what is left out and why, empty where nothing is.
    """

    document: Document
    language: str
    skipped: str = ""


def english_part(document: Document) -> EnglishPart:
    """The English part of ``document``; without blocks where there is none."""
    texts = [document.text[block.start : block.end] for block in document.blocks]
    languages = languages_of(texts)
    if all(language == ENGLISH for language in languages) and languages:
        return EnglishPart(document, ENGLISH)
    sizes: Counter[str] = Counter()
    for text, language in zip(texts, languages, strict=True):
        sizes[language] += len(text)
    total = sizes.total()
    del sizes[UNKNOWN]
    others = sorted((code for code in sizes if code != ENGLISH), key=lambda code: (-sizes[code], code))
    if not others:
        stated = document.source.metadata.get("language", "").partition("-")[0].partition("_")[0].lower()
        if not sizes and stated and stated != ENGLISH:  # too short to tell: then the page's own word counts
            return EnglishPart(replace(document, blocks=()), stated, f"not English: {stated}, as it states itself")
        return EnglishPart(document, ENGLISH if sizes else UNKNOWN)
    codes = ", ".join(others)
    if sizes[ENGLISH] < MIN_ENGLISH_PART * total:
        return EnglishPart(replace(document, blocks=()), "+".join(others), f"not English: {codes}")
    ranked = sorted((code for code in sizes if sizes[code]), key=lambda code: (-sizes[code], code))
    kept = tuple(
        block for block, language in zip(document.blocks, languages, strict=True) if language in {ENGLISH, UNKNOWN}
    )
    skipped = f"{len(texts) - len(kept)} of {len(texts)} blocks not English: {codes}"
    return EnglishPart(replace(document, blocks=kept), "+".join(ranked), skipped)


def languages_of(texts: Sequence[str], detect: Detector | None = None) -> list[str]:
    """The language of each of a document's blocks; blocks too short to tell go with those around them."""
    found = [ENGLISH if is_english(text) else "" for text in texts]
    if all(found):
        return found
    for group in _undecided(found):
        for run in _runs(group, texts, mostly_english=False):
            if is_ordinary("\n".join(texts[index] for index in run)):
                for index in run:
                    found[index] = ENGLISH
    english = sum(len(text) for text, language in zip(texts, found, strict=True) if language)
    mostly_english = english * 2 >= sum(map(len, texts))
    for group in _undecided(found):
        for run in _runs(group, texts, mostly_english=mostly_english):
            language = _detected("\n".join(texts[index] for index in run), detect or _detector())
            for index in run:
                found[index] = language
    return _filled(found, texts)


def _undecided(found: Sequence[str]) -> list[list[int]]:
    """The blocks about which nothing is found out yet, neighbours together."""
    groups = groupby(range(len(found)), key=lambda index: not found[index])
    return [list(group) for undecided, group in groups if undecided]


def is_english(text: str) -> bool:
    """Whether function words alone show that ``text`` is English; they never do for a name or a short item."""
    words = text.lower().split()
    hits = sum(map(_FUNCTION_WORDS.__contains__, words))
    return hits >= MIN_HITS and hits >= MIN_SHARE * len(words)


def is_ordinary(text: str) -> bool:
    """Whether so many words of ``text`` are ordinary English ones that it is English, though it has few verbs."""
    words = _WORD.findall(text.lower())
    known = sum(map(ordinary_words().__contains__, words)) if len(words) >= MIN_WORDS else 0
    return known > 0 and known >= MIN_ORDINARY * len(words)


def _runs(indexes: list[int], texts: Sequence[str], *, mostly_english: bool) -> list[list[int]]:
    """Which undecided blocks the detector is asked about, neighbours together; none where they are too short."""
    if mostly_english:
        return [[i] for i in indexes if len(texts[i]) >= PROSE_LETTERS or _other_script(texts[i])]
    # One after the other where each can be told, so that two languages side by side are not taken for one.
    long = [[i] for i in indexes if len(texts[i]) >= PROSE_LETTERS or _other_script(texts[i])]
    short = [i for i in indexes if [i] not in long]
    return long + ([short] if sum(len(texts[i]) for i in short) >= MIN_LETTERS else [])


def _detected(text: str, detect: Detector) -> str:
    """The language of one stretch, empty where the detector cannot be relied on."""
    language, sure, english = detect(text)
    if _other_script(text):
        return language if language != ENGLISH else UNKNOWN
    letters = sum(map(str.isalpha, text))
    if letters < MIN_LETTERS or language == ENGLISH:
        return ENGLISH if language == ENGLISH and sure >= SURE else ""
    if letters < SHORT_LETTERS:  # a name or two with an accent must not be what decides
        plain, sure_of_plain, _ = detect(_without_accents(text))
        return language if plain == language and min(sure, sure_of_plain) >= SURE_OF_SHORT else ""
    return language if sure >= SURE and english * 10 <= sure else ""


def _without_accents(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def _other_script(text: str) -> bool:
    """Whether most letters of ``text`` belong to a script that English is not written in."""
    if text.isascii():
        return False
    letters = sum(map(str.isalpha, text))
    foreign, greek = len(_FOREIGN_SCRIPT.findall(text)), len(_GREEK.findall(text))
    return (letters > 2 and foreign * 2 > letters) or (letters > 8 and greek * 2 > letters)


def _filled(found: list[str], texts: Sequence[str]) -> list[str]:
    """Blocks that nothing was found out about take the language of the one before, the first ones of the one after.

    Where a heading or an item stands between two languages it goes with the one that has more of the text.
    """
    sizes: Counter[str] = Counter()
    for language, text in zip(found, texts, strict=True):
        if language:
            sizes[language] += len(text)
    filled, count = list(found), len(found)
    index = 0
    while index < count:
        if found[index]:
            index += 1
            continue
        end = next((i for i in range(index, count) if found[i]), count)
        around = {found[i] for i in (index - 1, end) if 0 <= i < count}
        language = max(sorted(around), key=lambda code: sizes[code], default=UNKNOWN)
        filled[index:end] = [language] * (end - index)
        index = end
    return filled


@lru_cache(maxsize=1)
def _detector() -> Detector:
    """Language, how sure, and how sure that it is English. Loading takes about 0.5 s and 100 MB, so it is done late."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in identifier.labels if code in _CANDIDATES])

    def detect(text: str) -> tuple[str, float, float]:
        ranked = identifier.rank(text[:4000])
        return ranked[0][0], float(ranked[0][1]), float(dict(ranked)[ENGLISH])

    return detect
