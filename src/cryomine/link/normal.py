"""One form for all the ways of writing a word or a name: case, accents, plural, British spelling, word order.

Pure functions over strings; knows no concept, no pack and no document.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

_LETTERS = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "æ": "ae", "œ": "oe", "ø": "o", "ł": "l",
     "ß": "ss", "ı": "i", "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": ""}
)  # fmt: skip


def _table() -> tuple[frozenset[str], dict[str, str]]:
    """The words of ``spelling.txt``: those that stay, and those that are written otherwise."""
    keep: set[str] = set()
    written: dict[str, str] = {}
    for line in files("cryomine.link").joinpath("spelling.txt").read_text(encoding="utf-8").splitlines():
        words = line.partition("#")[0].split()
        if len(words) == 2:
            written[words[0]] = words[1]
        else:
            keep.update(words)
    return frozenset(keep), written


_KEEP, _WRITTEN = _table()

# (ending, what it looks like, what it becomes), the first that matches is applied; `-s` of nouns and of verbs alike.
# The ending and, below, the letters are what no match is without: plain words are spared the patterns.
_PLURAL: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (ending, re.compile(pattern), form)
    for ending, pattern, form in (
        ("mata", r"(?<=[oeig])mata$", "ma"),  # papillomata, exanthemata, stigmata
        ("ae", r"(?<=[a-z]{3})ae$", "a"),  # vertebrae, verrucae
        ("oses", r"(?<=[a-z]{3}[bcghmnrt])oses$", "osis"),  # stenoses, keratoses; but doses, noses, closes
        ("stases", r"stases$", "stasis"),  # metastases
        ("yses", r"(lys|phys)es$", r"\1is"),  # paralyses, epiphyses
        ("eses", r"(th|r|n)eses$", r"\1esis"),  # prostheses, pareses
        ("itises", r"itises$", "itis"),
        ("uses", r"(?<=[a-z]{2})(?<![aof]u)(?<![aof])uses$", "us"),  # sinuses; but causes, houses, infuses
        ("aches", r"(^|head|tooth|stomach|back|ear|belly|tummy|heart|body|muscle)aches$", r"\1ache"),
        ("es", r"(ss|sh|ch|x|zz|[a-z]o)es$", r"\1"),  # abscesses, rashes, reflexes, potatoes
        ("ies", r"(?<=[a-z]{2})ies$", "y"),  # arteries
        ("s", r"(?<=[a-z]{2}[^sui])s$", ""),  # the ordinary plural; not -ss, -us, -is
    )
)

# (letters, what it looks like, what it becomes), all that match are applied.
_BRITISH: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (letters, re.compile(pattern), form)
    for letters, pattern, form in (
        ("ae", r"(?<!intr)(?<!extr)(?<!ultr)(?<!infr)(?<!supr)(?<!contr)(?<!tetr)ae(?=[a-z])(?![rl])", "e"),  # anaemia
        ("oe", r"^oe(?=[a-z]{2})|(?<=rrh)oe|(?<=pn)oe|(?<=f)oe(?=t)|(?<=c)oe(?=li)|(?<=m)oe(?=o)|oe(?=dem|soph|str)"
         r"|(?<=am)oe(?=b)", "e"),  # oedema, diarrhoea, apnoea, foetal, coeliac, homoeopathy, lymphoedema, amoebic
        ("our", r"(tum|col|behavi|od|lab|hum|fav|flav|hon|vap|vig|rum|harb|neighb|sav|arm|rig|endeav|ferv|ard|cand|clam"
         r"|ranc|savi|splend|succ|parl)our", r"\1or"),
        ("is", r"(?<=[a-z]{2}[bdghlmnrst])is(?=ations?$|ational$|ab(?:le|ility)$|e[drs]?$|ers$|ing$)", "iz"),
        ("lys", r"(?<=[a-z]{2}l)ys(?=e[dr]?$|ers$|ing$)", "yz"),  # paralyse
        ("re", r"(fib|cent|lit|met|calib|goit|tit|och)re(?=d?$)", r"\1er"),
        ("fibre", r"fibre", "fiber"),
        ("leuc", r"^leuc(?=[oae])", "leuk"),
        ("sulph", r"sulph", "sulf"),
    )
)  # fmt: skip


def _step(word: str) -> str:
    """One pass of the rules over a lower-case word of letters only."""
    if word in _KEEP:
        return word
    if word in _WRITTEN:
        return _WRITTEN[word]
    if len(word) > 3:
        if word[-1] in "sae":  # the only endings that the plural rules look for
            for ending, pattern, form in _PLURAL:
                if word.endswith(ending):
                    changed, times = pattern.subn(form, word, count=1)
                    if times:
                        word = changed
                        break
        if word in _KEEP:
            return word
        for letters, pattern, form in _BRITISH:
            if letters in word:
                word = pattern.sub(form, word)
    return _WRITTEN.get(word, word)


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """One token in its folded form: ``Oedemas`` to ``edema``, ``relieves`` to ``relieve``, ``this`` to ``this``.

    Idempotent; never empty for a non-empty word. Tokens with anything but letters keep their ending.
    """
    if word.isascii():
        plain = word.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
        marks = (c for c in decomposed if not unicodedata.combining(c))
        plain = unicodedata.normalize("NFKC", "".join(marks)).casefold().translate(_LETTERS)
    if not plain:
        return word
    if not (plain.isascii() and plain.isalpha()):
        return plain if word.isascii() or plain == word else fold_word(plain)
    for _ in plain:  # a plural may uncover a British ending (fibres); of words, more than three passes never happen
        folded = _step(plain)
        if folded == plain:
            break
        plain = folded
    return plain


_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|,")
_POSSESSIVE = re.compile(r"'s?(?=[^\w]|$)|(?<=\w)s'(?=[^\w]|$)")
_ARTICLES = frozenset({"the", "a", "an"})
INVERTERS = frozenset({"of", "in", "to", "on", "at", "within", "around"})  # "A of B" may also be said "B A"
_PARTING = INVERTERS | {","}
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "one": "1", "two": "2", "three": "3", "four": "4"}
_NUMBERED = frozenset({"type", "stage", "grade", "class", "phase", "degree", "level"})


def words_of(surface: str) -> list[str]:
    """The folded words of a name in their order; a comma stays as a word of its own, the possessive goes."""
    text = surface if surface.isascii() else unicodedata.normalize("NFKC", surface).translate(_LETTERS)
    # Nearly all names are plain words with spaces between them: those are spared the patterns.
    plain = text.replace(" ", "").isalpha() and text.isascii()
    words: list[str] = []
    for written in text.split() if plain else _WORD.findall(_POSSESSIVE.sub("", text)):
        word = fold_word(written)
        if "'" in word:  # what it parted may be an ending only now
            word = fold_word(word.replace("'", ""))
        if words and words[-1] in _NUMBERED:
            word = _ROMAN.get(word, word)
        words.append(word)
    return words


def normal_form(surface: str) -> str:
    """The name as folded words in their own order: ``The Raynaud’s diseases`` to ``raynaud disease``.

    Hyphens, punctuation and articles go; empty where the surface has no letter or digit.
    """
    return form_of(words_of(surface))


def turned(words: Sequence[str]) -> list[str]:
    """Folded words in the order of a compound: ``disease of the nerve`` to ``nerve disease``, its head last.

    Only what legitimately turns a name round does so here: *of* (and *in*, *to*, *on* ...), the comma of an index
    (``carcinoma, basal cell``), and ``diabetes type 2``.
    """
    line = _without_articles(words)
    if not _PARTING.isdisjoint(line):
        parts: list[list[str]] = [[]]
        for word in line:
            if word in _PARTING:
                parts.append([])
            else:
                parts[-1].append(word)
        line = [word for part in reversed(parts) for word in part]
    if len(line) > 2 and line[-2] in _NUMBERED:
        line = line[-2:] + line[:-2]
    return line


def order_key(surface: str) -> str:
    """The same for every order in which English may say one name: ``diseases of the nerve``, ``nerve disease``.

    The words before the head are sorted, the head stays last: a change of head (``cold burn``, ``burn cold``) changes
    the key. Empty where the surface has no word.
    """
    return key_of(words_of(surface))


def key_of(words: Sequence[str]) -> str:
    """``order_key`` of a name that is already in folded words."""
    line = turned(words)
    if not line or "and" in line or "or" in line:  # "joint and muscle pain" is not "muscle and joint pain"
        return " ".join(line)
    return " ".join([*sorted(line[:-1]), line[-1]])


def form_of(words: Sequence[str]) -> str:
    """``normal_form`` of a name that is already in folded words."""
    plain = [word for word in words if word != ","] if "," in words else words
    return " ".join(_without_articles(plain) or plain)


def _without_articles(words: Sequence[str]) -> list[str]:
    """The words but for articles; the *a* of ``hepatitis a`` and ``vitamin a deficiency`` is none."""
    if _ARTICLES.isdisjoint(words):
        return list(words)
    kept: list[str] = []
    for index, word in enumerate(words):
        begins = not kept or kept[-1] in INVERTERS or kept[-1] == ","
        if word != "the" and not (word in _ARTICLES and begins and index + 1 < len(words)):
            kept.append(word)
    return kept
