"""What the items of a list say of the whole list: which therapies it names, which relation its conditions tell."""

from __future__ import annotations

from collections.abc import Sequence

from cryomine.document import Block, BlockKind
from cryomine.extraction.hits import Hit
from cryomine.extraction.lexicon import Kind
from cryomine.extraction.matcher import THERAPIES
from cryomine.extraction.stack import Frame, Owner
from cryomine.extraction.state import State

# What a list item is about is named within so many tokens.
_FRONT_TOKENS = 6
# In brackets behind its class ("Thermal ablation (laser or microwave), for …") it may come later.
_BRACKET_TOKENS = 14
# The cue of a list told by its items is at most so many tokens: the end of the line above.
_CUE_TOKENS = 6


class Lists:
    """The lists of one document, looked at from a block of it by its index."""

    def __init__(self, state: State, blocks: Sequence[Block], ranges: list[tuple[int, int]]) -> None:
        """``ranges`` are the token ranges of the blocks."""
        self._state, self._blocks, self._ranges = state, blocks, ranges

    def continues(self, index: int) -> bool:
        """Whether the block before is a list item, so that this one is not the first of its list."""
        return index > 0 and self._blocks[index - 1].kind is BlockKind.LIST_ITEM

    def encloses(self, index: int) -> bool:
        """Whether a block stands between two list items."""
        inner = 0 < index < len(self._blocks) - 1
        return inner and all(self._blocks[i].kind is BlockKind.LIST_ITEM for i in (index - 1, index + 1))

    def of_therapies(self, index: int) -> Owner | None:
        """The therapies that the list behind a block names, as its owner: ours where we are among them.

        ``None`` where fewer than half of its items begin with one.
        """
        block = self._blocks[index]
        floor = block.level + 1 if block.kind is BlockKind.LIST_ITEM else 0
        ours: list[str] = []
        rivals = items = 0
        for other, (a, b) in zip(self._blocks[index + 1 :], self._ranges[index + 1 :], strict=True):
            if other.kind is not BlockKind.LIST_ITEM or other.level < floor:
                break
            items += 1
            names = self._in_front(a, b, "therapy", "rival", "condition", "state")
            if names and names[0].what not in THERAPIES:
                # "Bleeding from the biopsy site" is about the bleeding.
                continue
            ours += [h.key for h in names if h.what == "therapy"][:1]
            rivals += any(h.what == "rival" for h in names)
        if not items or (len(ours) + rivals) * 2 < items:
            return None
        return Owner(ours[0], True, stated=True) if ours else Owner("the therapies of the list", False)

    def told(self, index: int) -> Frame | None:
        """What the list that begins with a block is by its items; ``None`` where too few of them tell it.

        The cue is the end of the line above.
        """
        if not index or self._ranges[index - 1][0] == self._ranges[index - 1][1]:
            return None
        known: list[str] = []
        items = 0
        for other, (a, b) in zip(self._blocks[index:], self._ranges[index:], strict=True):
            if other.kind is not BlockKind.LIST_ITEM:
                break
            items += 1
            # An item that begins with a verb says itself what it is about.
            if a < b and self._state.view.lex[a].kind == Kind.VERB:
                continue
            known += [h.key for h in self._in_front(a, b, "condition", "procedure")[:1]]
        knowledge = self._state.knowledge
        for rule in knowledge.pack.cues:
            telling = sum(key in knowledge.concept_set(rule.among) for key in known) if rule.scope == "list" else 0
            if telling >= 2 and telling * 2 >= items:
                a, b = self._ranges[index - 1]
                cue = (max(a, b - _CUE_TOKENS), b)
                return Frame(rule.relation, rule.polarity, rule.certainty, rule.id, rule.accept, cue)
        return None

    def _in_front(self, a: int, b: int, *kinds: str) -> list[Hit]:
        """The names of these kinds with which the item ``a:b`` begins: what it is about."""
        lex = self._state.view.lex
        opened = next((i for i in range(a, min(b, a + _FRONT_TOKENS)) if lex[i].kind == Kind.OPEN), None)
        reach = _FRONT_TOKENS if opened is None else _BRACKET_TOKENS
        return [h for h in self._state.hits.names.within(a, b) if h.what in kinds and h.start <= a + reach]
