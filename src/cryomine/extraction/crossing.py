"""What lies between two phrases of a clause: the next member of a list, an aside, or the end of a cue's scope."""

from __future__ import annotations

from collections.abc import Mapping

from cryomine.extraction.cues import Cue
from cryomine.extraction.lexicon import Flag, Kind
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

_WHERE_THERE_IS = (["where", "there", "is"], ["where", "there", "are"])


class Crossing:
    """Judges the tokens between phrases of one sentence that ends at ``b``.

    ``cues`` are the cues by token; those of other rules end a scope. The tokens of ``filler`` ("in rare cases") do not.
    """

    def __init__(self, view: View, cues: Mapping[int, Cue], filler: frozenset[int], b: int) -> None:
        self._lex, self._lists = view.lex, view.lists
        self._cue_tokens, self._filler, self._b = cues, filler, b

    def __call__(self, left: int, right: int, prep: str, *, seen: bool, announced: bool = False) -> tuple[str, bool]:
        """``list``, ``aside`` (a new prepositional phrase) or ``stop`` for ``left:right``; and whether examples begin.

        ``seen`` says whether a phrase of the list lies behind already, ``prep`` is the preposition in front of it,
        ``announced`` whether a colon opened the list: then semicolons part its members.
        """
        verdict, example = "list", False
        skip = left
        for i in range(left, right):
            lex = self._lex[i]
            if i < skip or i in self._filler:
                continue
            if seen and lex.kind == Kind.SUB and self._again(i, right):
                # "Tell us if you have asthma, or if you take blood thinners."
                skip = i + 3
                continue
            if (
                seen
                and lex.kind == Kind.SUB
                and lex.lower in ("if", "when", "where")
                and self._lex[i - 1].kind in (Kind.COMMA, Kind.CONJ, Kind.OPEN)
            ):
                # A clause between commas: "redness and, if you stay too long, blisters".
                comma = next((j for j in range(i, self._b) if self._lex[j].kind in (Kind.COMMA, Kind.CLOSE)), None)
                if comma is not None and comma >= right:
                    return "aside", example
                if comma is not None:
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
            if lex.kind == Kind.NOT and i + 1 < right and self._lex[i + 1].lower in self._lists["only"]:
                continue
            if lex.lower in self._lists["involving"] and i > left:
                # "conditions that involve irritation of a nerve"
                continue
            if lex.kind == Kind.SUB and i + 1 < right and self._lex[i + 1].lower in self._lists["involving"]:
                continue
            if lex.lower in self._lists["example_words"] and not (
                lex.lower == "as" and seen and self._lex[i - 1].lower not in ("such", "well")
            ):
                example, verdict = True, "list"
                continue
            cue = self._cue_tokens.get(i)
            if cue is not None and i >= left and not cue.start < left:
                if cue.direction == "carry":
                    continue
                return "stop", example
            if lex.kind in JOINS or lex.kind == Kind.OF or (announced and lex.kind == Kind.SEMI):
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
                if not seen:
                    if lex.lower in self._lists["scope_ends"]:
                        return "stop", example
                    continue
                if lex.lower in self._lists["scope_ends"]:
                    return "stop", example
                verdict = "aside"
                continue
            if lex.kind == Kind.PRON or lex.kind == Kind.POSS:
                continue
            if lex.kind == Kind.COLON:
                continue
            if not seen and lex.flags & Flag.BE and self._lex[i - 1].lower in self._lists["person_pronouns"]:
                # "off limits if you are pregnant"
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
                lex.kind == Kind.AUX and lex.lower in ("have", "has", "having", "had")
            ):
                if seen and self._lex[i - 1].kind not in (Kind.CONJ, Kind.COMMA):
                    verdict = "aside"
                continue
            if lex.kind == Kind.VERB and lex.lower in self._lists["suffering"]:
                continue
            if lex.kind == Kind.WORD or lex.kind == Kind.NUM:
                continue
            if not seen and lex.kind in (Kind.VERB,) and lex.lower.endswith("ing"):
                continue
            return "stop", example
        return verdict, example

    def _again(self, i: int, right: int) -> bool:
        """Whether "or if you have" stands at token ``i``, a second time."""
        if i + 2 >= right or self._lex[i - 1].kind != Kind.CONJ or self._lex[i + 1].kind != Kind.PRON:
            return False
        return self._lex[i + 2].lower in self._lists["having"]

    def _counts(self, i: int, right: int) -> int:
        """Where a preposition ends that only leads to a number of cases ("in five, …", "in 9 %, …"); 0 elsewhere."""
        if i + 2 >= right or self._lex[i + 1].kind not in (Kind.NUM, Kind.DET):
            return 0
        end = i + 2
        while end < right and self._lex[end].lower in self._lists["shares"]:
            end += 1
        return end if end < right and self._lex[end].kind in (Kind.COMMA, Kind.CONJ, Kind.ADV) else 0
