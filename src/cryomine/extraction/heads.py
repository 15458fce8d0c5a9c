"""What a run of words and names is by its head: a condition, something else and why, or unknown."""

from __future__ import annotations

from collections.abc import Sequence

from cryomine.extraction.chunks import Atom, Chunk, Level, chunk_of
from cryomine.extraction.knowledge import Knowledge
from cryomine.extraction.lexicon import Flag, Kind
from cryomine.extraction.matcher import CONDITIONS
from cryomine.extraction.view import View


class Heads:
    """Classifies runs of one text."""

    def __init__(self, view: View, knowledge: Knowledge) -> None:
        self._view, self._lex, self._is_condition = view, view.lex, knowledge.is_condition
        self._alone, self._institutions = knowledge.alone, view.lists["institutions"]
        self._severity = view.lists["severity"]

    def __call__(self, group: Sequence[Atom], prep: str, first: int) -> Chunk:
        """The chunk of a run; ``prep`` is the preposition in front, ``first`` where the phrase begins."""
        start, end, what, _ = group[0]
        if len(group) > 1 or what:
            return self._judged(group, prep, first)
        # Half of all runs are one plain word, about which there is nothing to know but the word.
        word = self._lex[start].lower
        verdict = self._alone.get(word)
        if verdict is None:
            judged = self._judged(group, prep, first)
            verdict = self._alone[word] = judged.level, judged.why
        level, why = verdict
        return chunk_of((start, end, first, end, level, why, prep, "", ""))

    def _judged(self, group: Sequence[Atom], prep: str, first: int) -> Chunk:
        lex = self._lex
        last = group[-1].end
        atoms = list(group)
        while len(atoms) > 1 and self._leaves(
            atoms[0], known=bool(atoms[1].what), condition=atoms[1].what in CONDITIONS
        ):
            atoms.pop(0)
        start = atoms[0].start
        head = atoms[-1]
        if head.what == "state" and head.start == start and lex[start].norm in ("take", "taking") and last - start > 1:
            # Who "takes blood thinners" is warned for the blood thinners.
            start += 1
        names = [x for x in atoms if x.what in CONDITIONS]

        def chunk(level: int, why: str = "", end: int = last, atom: Atom = head) -> Chunk:
            return chunk_of((start, end, first, last, level, why, prep, atom.what, atom.key))

        if last - start == 1 and lex[start].lower in self._severity:
            # "Minor complications include …": nobody under age.
            return chunk(Level.NONE, "an adjective alone")
        if "anti" in [lex[x.start].norm for x in atoms]:
            return chunk(Level.NONE, "an effect against a condition, no condition")
        if head.what in CONDITIONS:
            return chunk(Level.KNOWN)
        if head.what in ("therapy", "weak"):
            return chunk(Level.NONE, "names the intervention itself")
        if head.what == "rival":
            return chunk(Level.NONE, "names another therapy")
        tail = atoms[atoms.index(names[-1]) + 1 :] if names else atoms
        if names and lex[head.end - 1].norm in self._institutions:
            return chunk(Level.NONE, "names a place or people")
        if names and (all(self._droppable(x) for x in tail) or self._cited(tail)):
            return chunk(Level.KNOWN, end=last if self._modifies(names[-1], tail) else names[-1].end, atom=names[-1])
        word = lex[head.end - 1]
        if len(atoms) > 1 and not head.what and word.flags & Flag.LATIN:
            word = lex[atoms[-2].end - 1]
        therapy = [x for x in atoms if x.what in ("therapy", "rival")]
        # "Swollen", "itchy" are names of conditions, too, where they stand alone; "numbs" is a verb.
        adjective = atoms[0].what in CONDITIONS and not lex[atoms[0].start].lower.endswith("s")
        describes = len(atoms) > 1 and (atoms[0].what in ("", "state") or adjective)
        front = lex[atoms[0].start].flags if describes else Flag.NONE
        body = head.what == "body" or bool(word.flags & Flag.BODY)
        if (front & Flag.SITE_STATE and body) or (
            front & Flag.IMPAIRED and (head.what == "benefit" or word.flags & Flag.BENEFIT)
        ):
            return chunk(Level.SHAPE)
        if head.what == "benefit" or (not names and word.flags & Flag.BENEFIT):
            return chunk(Level.NONE, "a wellness benefit, no condition")
        modified = len(atoms) > 1
        if head.what == "generic":
            return chunk(Level.NONE, "names no condition")
        if word.flags & Flag.HEAD or word.flags & Flag.SUFFIX or (word.flags & Flag.HEAD_MODIFIED and modified):
            return chunk(Level.SHAPE)
        if therapy:
            return chunk(Level.NONE, "speaks of a therapy")
        if word.flags & Flag.GENERIC or word.flags & Flag.HEAD_MODIFIED:
            return chunk(Level.NONE, "names no condition")
        if word.flags & Flag.PERSON:
            return chunk(Level.NONE, "names people")
        if word.flags & Flag.BODY or head.what == "body":
            return chunk(Level.NONE, "names a part of the body")
        if word.kind == Kind.NUM or not any(c.isalpha() for c in word.lower) or len(word.lower) < 3:
            return chunk(Level.NONE, "a number or sign")
        if all(lex[x.start].flags & (Flag.ADJECTIVE | Flag.EVALUATIVE) and not x.what for x in atoms):
            return chunk(Level.NONE, "an adjective alone")
        known = len(word.lower) > 3 and self._is_condition(self._view.words(start, last))
        return chunk(Level.SHAPE if known else Level.UNKNOWN)

    def _leaves(self, atom: Atom, *, known: bool, condition: bool) -> bool:
        """Whether a word at the front is no part of the condition: praise, a number, a noun glued to a known name."""
        if atom.what:
            # a therapy in front of what it removes ("X wart removal")
            return condition and atom.what in ("therapy", "weak")
        lex = self._lex[atom.start]
        glued = known and lex.flags & (Flag.GENERIC | Flag.PERSON) and not lex.flags & (Flag.ADJECTIVE | Flag.BODY)
        return bool(lex.flags & Flag.EVALUATIVE) or lex.kind == Kind.NUM or bool(glued)

    def _modifies(self, name: Atom, tail: Sequence[Atom]) -> bool:
        """Whether a name is only an adjective, whose noun is part of it: "cancerous cells", "allergic reactions"."""
        if not tail or not self._lex[name.end - 1].flags & Flag.ADJECTIVE:
            return False
        return not any(self._lex[x.end - 1].flags & (Flag.PERSON | Flag.EVALUATIVE) for x in tail)

    def _cited(self, tail: Sequence[Atom]) -> bool:
        """Whether nothing but a number stands behind a condition's name: a footnote's ("prevents frostbite 5")."""
        return len(tail) == 1 and self._lex[tail[0].start].kind == Kind.NUM

    def _droppable(self, atom: Atom) -> bool:
        """Words behind a condition's name that are no part of it: "patients", "cells", "symptoms"."""
        flags = self._lex[atom.end - 1].flags
        words = Flag.PERSON | Flag.GENERIC | Flag.TRANSPARENT | Flag.ADJECTIVE | Flag.EVALUATIVE
        return bool(flags & words) and not flags & (Flag.HEAD | Flag.BODY)
