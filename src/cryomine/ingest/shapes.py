"""What a line of plain text looks like: heading, item, unfinished sentence.

Purely typographic; of words only closed-class ones (function words, question words), never the words of a subject.
"""

from __future__ import annotations

import re

# A line that ends in one of these is an unfinished sentence that leads into what follows, not a heading.
_OPEN_ENDS = frozenset(
    {
        "a",
        "an",
        "and",
        "are",
        "as",
        "be",
        "been",
        "by",
        "can",
        "contain",
        "contains",
        "following",
        "for",
        "from",
        "had",
        "has",
        "have",
        "if",
        "in",
        "include",
        "included",
        "includes",
        "including",
        "into",
        "involve",
        "involves",
        "is",
        "may",
        "might",
        "must",
        "namely",
        "of",
        "on",
        "or",
        "should",
        "such",
        "than",
        "that",
        "the",
        "these",
        "this",
        "those",
        "to",
        "under",
        "was",
        "were",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whose",
        "with",
        "without",
        "would",
    }
)
# Of these, the ones behind which a list may begin with a new line and a capital, without a colon.
_LIST_ENDS = frozenset({"are", "following", "from", "had", "has", "have", "if", "include", "includes", "including"})
_QUESTION_WORDS = frozenset({"how", "what", "when", "where", "which", "who", "whom", "whose", "why"})
_CLOSERS = "\"'”’»)]*_"  # may follow the mark that ends a sentence
_SEPARATORS = re.compile(r"\s[·|•]\s")  # parts of a byline or a menu
_BYLINE = re.compile(r"(?:(?:written|posted|published|reviewed|updated|edited)\s+)?by\s+\S", re.IGNORECASE)
_ADDRESS = re.compile(r"://|\bwww\.|\S@\S")
_SENTENCE_BREAK = re.compile(r"[a-z\d)”\"][.!?]\s+[\"“(]?[A-Z]")
_TERM = re.compile(r"[^\s.!?;:][^.!?;:\n]{0,70}?(?:\s[–—-]\s|\s?:\s)\S")
_GLUED_TERM = re.compile(r"(?<=[.!?])\s+(?=[A-Z][^.!?;:–—\n]{1,60}\s[–—]\s)")
_BRACKETS = re.compile(r"(?<=\w)\s\([^()]*\)$")
_CASE_CHANGE = re.compile(r"[A-Z][a-z]{3,}[A-Z][a-z]+\s")

MAX_HEADING = 110  # characters; the longest real heading line seen has 96
MAX_LOWER_LABEL = 40  # characters; a longer line that begins in lower case goes on from the one above it
MAX_ITEM = 600  # characters; a bare item that enumerates a dozen names has about 260


def words(text: str) -> int:
    """The number of white-space separated words."""
    return len(text.split())


def starts_lower(text: str) -> bool:
    """Whether the first letter of the text is lower case and no other word character comes before it."""
    return text.lstrip("\"'“‘([")[:1].islower()


def last_mark(text: str) -> str:
    """The last character, closing quotes and brackets aside."""
    return text.rstrip(_CLOSERS)[-1:]


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does."""
    return last_mark(text) in {".", "!", "?", "…"}


def leads_in(text: str) -> bool:
    """Whether the text ends in a colon and so announces what follows."""
    return text.endswith((":", ": -"))


def open_ended(text: str) -> bool:
    """Whether the text breaks off in a word that cannot end a heading ("Examples include", "such as")."""
    if opens_question(text):
        return False
    last = text.rsplit(None, 1)[-1].strip(_CLOSERS)
    return last in _OPEN_ENDS or text.endswith((",", "–", "—"))


def announces(text: str) -> bool:
    """Whether the text breaks off in a word that a list completes ("We cannot treat you if you have")."""
    return open_ended(text) and text.rsplit(None, 1)[-1].strip(_CLOSERS) in _LIST_ENDS


def is_question(text: str) -> bool:
    """Whether the text is one question."""
    return last_mark(text) == "?"


def opens_question(text: str) -> bool:
    """Whether the text begins with a capitalised question word, as headings do even without a question mark."""
    first = text.split(None, 1)[0]
    return first[:1].isupper() and first.lower() in _QUESTION_WORDS


def capitals(text: str) -> bool:
    """Whether the text is in capitals, brackets behind it aside."""
    return _BRACKETS.sub("", text).isupper()


def heading_like(text: str) -> bool:
    """Whether the text alone could be a heading: short, capitalised, without end punctuation or a question."""
    if not 2 <= len(text) <= MAX_HEADING or words(text) > (20 if is_question(text) else 15):
        return False
    # "THE COLD ROOM (new!)"
    if (
        last_mark(_BRACKETS.sub("", text)) in {".", ",", ";", ":", "!", "…"}
        or text[0] in '([{"“«/|='
        or starts_lower(text)
    ):
        return False
    letters = sum(map(str.isalpha, text))
    if letters < 2 or letters * 2 < len(text.replace(" ", "")) or open_ended(text):
        return False
    patterns = (_ADDRESS, _SENTENCE_BREAK, _SEPARATORS)
    return not (_BYLINE.match(text) or any(pattern.search(text) for pattern in patterns))


def label_like(text: str) -> bool:
    """Whether the text could be one line of a bare list under a heading: short, complete, no sentence."""
    if len(text) > MAX_HEADING or words(text) > 14 or last_mark(text) in {".", ":", "!", "…"}:
        return False
    if starts_lower(text) and len(text) > MAX_LOWER_LABEL:
        return False
    return not (open_ended(text) or _ADDRESS.search(text) or _BYLINE.match(text))


def is_byline(text: str) -> bool:
    """Whether the text names an author, as below a headline."""
    return len(text) <= MAX_HEADING and text[0].isupper() and _BYLINE.match(text) is not None


def names_column(text: str) -> bool:
    """Whether the words of a cell could name its column: few, no sentence, no figures."""
    return words(text) <= 5 and not ends_sentence(text) and not any(map(str.isdigit, text))


def has_address(text: str) -> bool:
    """Whether a short text holds a web or mail address."""
    return len(text) <= 300 and _ADDRESS.search(text) is not None


def names_title(text: str) -> bool:
    """Whether the text has the shape "Title: …"."""
    return len(text) <= 200 and text[:6].lower() == "title:" and bool(text[6:].strip())


def opening_question(text: str) -> int:
    """The length of the question that a long text opens with, as flattened question-and-answer pages do; 0 if none."""
    if len(text) < 200 or not opens_question(text):
        return 0
    end = text.find("? ", 0, MAX_HEADING + 20) + 1
    return end if end and heading_like(text[:end]) else 0


def term_and_explanation(text: str) -> bool:
    """Whether the text has the shape "Term – explanation" or "Term: explanation"."""
    found = _TERM.match(text)
    return found is not None and words(found[0]) <= 9 and not text[0].islower()


def glued_terms(text: str) -> list[int]:
    """Offsets where, inside a "Term – explanation" item, another one begins after a sentence end."""
    return [m.end() for m in _GLUED_TERM.finditer(text) if words(text[m.end() : m.end() + 62].split(" –")[0]) <= 6]


def case_changes(text: str) -> bool:
    """Whether the case changes inside the first word, the trace of a lost line break."""
    return _CASE_CHANGE.match(text) is not None


def bare_item_like(text: str, marks: set[str]) -> bool:
    """Whether a line without a bullet could be an item of the list that a lead-in announces.

    ``marks`` are the end marks of the items before it: a short sentence is an item only among its like.
    """
    if len(text) > MAX_ITEM or is_question(text) or leads_in(text) or _ADDRESS.search(text):
        return False
    if text[-1] in ";," or starts_lower(text):
        return True
    if opens_question(text):
        return False
    if last_mark(text) == "." and (not marks or marks & {".", ";", ","}) and words(text) <= 8:
        return True
    short = words(text) <= 12 and last_mark(text) not in {".", "!", "…"}
    return (short and not open_ended(text)) or term_and_explanation(text)
