"""What lies between two phrases of a clause: the next member of a list, an aside, or the end of a cue's scope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cryomine.extraction.asides import remark_end
from cryomine.extraction.cues import Cue
from cryomine.extraction.lexicon import COORDINATING, Flag, Kind, Lex
from cryomine.extraction.view import View

# What joins the members of a list.
JOINS = frozenset(
    (
        Kind.COMMA,
        Kind.CONJ,
        Kind.SLASH,
        Kind.DET,
        Kind.ADV,
        Kind.QUOTE,
        Kind.NUM,
        Kind.OPEN,
        Kind.CLOSE,
        Kind.SPACE,
        Kind.HYPHEN,
    )
)

# "From" and "to" stand at most so many tokens apart.
_RANGE_TOKENS = 8
_WHERE_THERE_IS = (["where", "there", "is"], ["where", "there", "are"])


class Passage(NamedTuple):
    """``list``, ``aside`` (a new prepositional phrase) or ``stop``; whether examples begin; where an aside ends."""

    verdict: str
    example: bool = False
    end: int = 0


class Crossing:
    """Judges the tokens between phrases of one sentence that ends at ``b``.

    ``cues`` are the cues by token; those of other rules end a scope. The tokens of ``filler`` ("in rare cases") do not.
    """

    def __init__(self, view: View, cues: Mapping[int, Cue], filler: frozenset[int], b: int) -> None:
        self._view, self._lex, self._lists = view, view.lex, view.lists
        self._cue_tokens, self._filler, self._b = cues, filler, b
        self._having = view.lists["having"] | view.lists["taking"]

    def __call__(self, left: int, right: int, prep: str, *, seen: bool, announced: bool = False) -> Passage:
        """What lies in ``left:right``.

        ``seen`` says whether a phrase of the list lies behind already, ``prep`` is the preposition in front of it,
        ``announced`` whether a colon opened the list: then semicolons part its members.
        """
        verdict, example = "list", False
        skip = left
        for i in range(left, right):
            lex = self._lex[i]
            if i < skip or i in self._filler:
                continue
            again = self._again(i, right) if seen and lex.kind == Kind.SUB else 0
            if again:
                # "Tell us if you have asthma, or if you take blood thinners."
                skip = again
                continue
            comma = remark_end(self._view, i, self._b) if seen else 0
            if comma >= right:
                return Passage("aside", example, comma)
            if comma:
                skip = comma + 1
                continue
            if lex.kind == Kind.OPEN:
                # "erythema (12 %), oedema (8 %)": what the brackets hold does not end the list.
                close = next((j for j in range(i, right) if self._lex[j].kind == Kind.CLOSE), None)
                skip = close + 1 if close is not None else skip
                continue
            if lex.lower == "where" and [x.lower for x in self._lex[i : i + 3]] in _WHERE_THERE_IS:
                # "in patients with asthma and where there is an infection"
                skip = i + 3
                continue
            if lex.lower == "as" and self._lex[i + 1].lower == "well":
                # "such as X as well as Y"; "other problems as well, for instance X"
                skip = i + (3 if self._lex[i + 2].lower == "as" else 2)
                continue
            if lex.kind == Kind.NOT and i + 1 < self._b and self._lex[i + 1].lower in self._lists["only"]:
                continue
            if seen and lex.kind == Kind.NOT and self._lex[i - 1].lower == "but":
                # "Reduces bruising, but not swelling."
                continue
            if lex.lower in self._lists["involving"] and i > left:
                # "conditions that involve irritation of a nerve"
                continue
            if lex.kind == Kind.SUB and self._involves(i, right):
                continue
            if lex.lower == "like" and self._lex[i - 1].lower in self._lists["likening"]:
                # "The spots look like insect bites."
                return Passage("stop", example)
            if lex.lower in self._lists["example_words"] and not (
                lex.lower == "as" and seen and self._lex[i - 1].lower not in ("such", "well")
            ):
                example, verdict = True, "list"
                if seen and i + 1 < right and self._lex[i + 1].lower in self._lists["scope_ends"]:
                    # "Numb skin, for example because of diabetes."
                    skip = i + 2 + (self._lex[i + 2].kind == Kind.OF)
                continue
            cue = self._cue_tokens.get(i)
            if cue is not None and i >= left and not cue.start < left:
                if cue.direction == "carry":
                    continue
                return Passage("stop", example)
            if lex.kind in JOINS or lex.kind == Kind.OF or (announced and lex.kind in (Kind.SEMI, Kind.DASH)):
                continue
            suffered = lex.kind == Kind.PREP and i > left and self._lex[i - 1].lower in self._lists["suffering"]
            if suffered and (not seen or self._who(self._lex[i - 2])):
                # "In people who suffer from gout"; what pain is "associated with" is no member of its list.
                continue
            if lex.lower == "from" and self._ranges(i):
                # "A range of complaints, from arthritis to insomnia."
                example = True
                continue
            if lex.kind == Kind.TO and seen and any(self._ranges(j) for j in range(max(1, i - _RANGE_TOKENS), i)):
                continue
            if lex.kind in (Kind.PREP, Kind.TO):
                counted = self._counts(i, right) if seen else 0
                if counted:
                    # "nerve palsy in five, haematoma in three"
                    skip = counted
                    continue
                if (
                    seen
                    and lex.lower == prep
                    and (left < i == skip or self._lex[i - 1].kind in (Kind.CONJ, Kind.COMMA))
                ):
                    # "in phantom limb pain and in spasticity"
                    continue
                if seen and lex.lower == "with" and self._lex[i - 1].kind == Kind.COMMA and not self._clause(i):
                    # "Damage to nerves, with loss of feeling."
                    continue
                if not seen:
                    if lex.lower in self._lists["scope_ends"]:
                        return Passage("stop", example)
                    continue
                if lex.lower in self._lists["scope_ends"]:
                    return Passage("stop", example)
                verdict = "aside"
                continue
            if lex.kind == Kind.PRON or lex.kind == Kind.POSS:
                continue
            if lex.kind == Kind.COLON:
                continue
            if lex.flags & Flag.BE and self._says_who(i, seen=seen):
                continue
            if (
                seen
                and lex.flags & Flag.BE
                and lex.kind == Kind.AUX
                and self._lex[i - 1].kind in (Kind.CONJ, Kind.COMMA)
            ):
                # "have asthma or are pregnant"
                continue
            if (lex.kind == Kind.SUB and lex.lower in ("who", "whose")) or (
                lex.kind == Kind.AUX and lex.lower in ("have", "has", "having", "had", "'ve", "’ve")
            ):
                if seen and self._lex[i - 1].kind not in (Kind.CONJ, Kind.COMMA):
                    verdict = "aside"
                continue
            if lex.kind == Kind.VERB and lex.lower in self._lists["suffering"]:
                continue
            if seen and lex.lower.endswith(("ing", "ed")) and self._alone(i):
                # "Pregnant, trying, or breast-feeding."
                continue
            if lex.kind == Kind.WORD or lex.kind == Kind.NUM:
                continue
            if not seen and lex.kind in (Kind.VERB,) and lex.lower.endswith("ing"):
                continue
            return Passage("stop", example)
        return Passage(verdict, example)

    def _involves(self, i: int, right: int) -> bool:
        """Whether "that (mainly) involve" begins at token ``i``."""
        at = i + 1 + (i + 1 < right and self._lex[i + 1].kind == Kind.ADV)
        return at < right and self._lex[at].lower in self._lists["involving"]

    def _again(self, i: int, right: int) -> int:
        """Where "or if you have", "and when" ends, said a second time at token ``i``; 0 elsewhere."""
        lex = self._lex
        if lex[i - 1].kind != Kind.CONJ or lex[i].lower not in self._lists["supposing"]:
            return 0
        if i + 1 == right:
            # "In pregnancy and when breast-feeding."
            return right
        end = i + 2 if lex[i + 1].kind == Kind.PRON else right
        while end < right and (lex[end].kind in (Kind.AUX, Kind.ADV) or lex[end].lower in self._having):
            end += 1
        return end if i + 2 < end <= right else 0

    def _who(self, lex: Lex) -> bool:
        """Whether a word is one for people: "anyone (suffering from)"."""
        return bool(lex.flags & Flag.PERSON) or lex.lower in self._lists["whoever"] or lex.lower == "who"

    def _says_who(self, i: int, *, seen: bool) -> bool:
        """ "Off limits if you are pregnant", "for guests who are prone to fainting"."""
        if self._lex[i - 1].lower == "who":
            return self._lex[i + 1].lower in self._lists["sufferers"] | self._lists["suffering"]
        return not seen and self._lex[i - 1].lower in self._lists["person_pronouns"]

    def _ranges(self, i: int) -> bool:
        """Whether token ``i`` is the "from" of "everything from acne to arthritis"."""
        before = self._lex[i - 1]
        return self._lex[i].lower == "from" and (
            before.kind == Kind.COMMA or before.lower in ("everything", "anything")
        )

    def _clause(self, i: int) -> bool:
        """Whether "with" at token ``i`` begins a clause ("with pain subsiding")."""
        return any(x.lower.endswith("ing") for x in self._lex[i + 2 : i + 5])

    def _alone(self, i: int) -> bool:
        """Whether token ``i`` is a member of the list by itself."""
        return self._lex[i - 1].kind in COORDINATING and self._lex[i + 1].kind in COORDINATING

    def _counts(self, i: int, right: int) -> int:
        """Where a preposition ends that only leads to a number of cases ("in five, …", "in 9 %, …"); 0 elsewhere."""
        if i + 2 >= right or self._lex[i + 1].kind not in (Kind.NUM, Kind.DET):
            return 0
        end = i + 2
        while end < right and self._lex[end].lower in self._lists["shares"]:
            end += 1
        return end if end < right and self._lex[end].kind in (Kind.COMMA, Kind.CONJ, Kind.ADV) else 0
