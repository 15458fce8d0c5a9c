"""One pass over the blocks of a document, with the stack of context."""

from __future__ import annotations

from dataclasses import replace

from cryomine.document import Block, BlockKind, Document
from cryomine.extraction.binding import inherited, read, supply
from cryomine.extraction.chunks import Level
from cryomine.extraction.frames import ITEM, LEAD_IN, QUESTION, frame_of, leads_in
from cryomine.extraction.items import read_item
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.stack import Frame, Owner
from cryomine.extraction.state import State

# A line longer than this is a sentence of the article, not a label of page furniture.
_LABEL_TOKENS = 12
# A group label inside a list ("Other", "Immunological") has at most so many tokens.
_GROUP_TOKENS = 4
# A question of its own block governs what follows like a heading; longer ones are prose.
_QUESTION_TOKENS = 25


class Walk:
    """Walks the blocks of one document; the claims end up in ``state.found``."""

    def __init__(self, state: State, document: Document, ranges: list[tuple[int, int]]) -> None:
        self._state, self._document, self._ranges = state, document, ranges
        self._blocks = document.blocks

    def run(self) -> None:
        """Read all blocks in order."""
        state = self._state
        for index, block in enumerate(self._blocks):
            a, b = self._ranges[index]
            if a == b:
                continue
            state.block = (a, b)
            if self._furniture(block, a, b):
                state.stack.furniture = True
            if block.kind in (BlockKind.TITLE, BlockKind.HEADING):
                self._heading(index, block, a, b)
            elif state.stack.furniture:
                continue
            elif block.kind is BlockKind.LIST_ITEM:
                self._item(index, block, a, b)
            elif block.kind is BlockKind.CELL:
                self._cell(block, a, b)
            else:
                self._paragraph(index, a, b)
        if state.trace is not None:
            state.account()

    def _furniture(self, block: Block, a: int, b: int) -> bool:
        """Whether a short line says that what follows is not the article ("You may also like")."""
        if b - a > _LABEL_TOKENS or block.kind is BlockKind.LIST_ITEM:
            return False
        rules = self._state.knowledge.matcher.layout
        return any(h.what == "layout" and rules[h.key].kind == "furniture" for h in self._state.hits_in(a, b))

    def _next(self, index: int) -> Block | None:
        return self._blocks[index + 1] if index + 1 < len(self._blocks) else None

    def _governing(self, depth: int | None = None) -> Frame | None:
        return self._state.stack.relation(depth)

    def _heading(self, index: int, block: Block, a: int, b: int) -> None:
        state = self._state
        sentence = state.sentence(a, b)
        frame = frame_of(state, sentence, a, b, level=0 if block.kind is BlockKind.TITLE else max(block.level, 1))
        if state.stack.furniture and not frame.relation:
            return
        state.stack.furniture = False
        if not frame.relation and frame.owner is None and b - a <= _GROUP_TOKENS and self._inside_list(index):
            # A group label inside a list keeps what governs the list.
            above = self._governing()
            frame = replace(above, level=frame.level, text=frame.text) if above is not None else frame
        state.stack.push(frame)
        state.topic, state.recent = None, []
        state.carried = frame if frame.relation else None
        if not sentence.question:
            read(state, sentence)
        state.question = sentence if sentence.question else None
        state.asked = frame if sentence.question and frame.relation else None

    def _inside_list(self, index: int) -> bool:
        following = self._next(index)
        before = self._blocks[index - 1] if index else None
        return (
            before is not None
            and following is not None
            and before.kind is BlockKind.LIST_ITEM
            and following.kind is BlockKind.LIST_ITEM
        )

    def _item(self, index: int, block: Block, a: int, b: int) -> None:
        state, depth = self._state, block.level
        following = self._next(index)
        nested = following is not None and following.kind is BlockKind.LIST_ITEM and following.level > depth
        state.listed = self._therapy_list(index) if nested else None
        state.stack.leave_below(depth)
        state.topic = None
        governing, lead = self._governing(depth), state.stack.lead(depth)
        last: Sentence | None = None
        for x, y in state.view.sentences(a, b):
            first = last is None
            last = state.sentence(x, y)
            if first:
                read_item(state, last, governing, lead)
            else:
                read(state, last)
        if nested and last is not None:
            frame = frame_of(state, last, a, b, level=ITEM)
            closed = state.listed is not None
            state.stack.leads[depth + 1] = (
                replace(frame, relation="", closed=True) if closed else _filled(frame, governing)
            )

    def _paragraph(self, index: int, a: int, b: int) -> None:
        state = self._state
        following = self._next(index)
        leads = following is not None and following.kind in (BlockKind.LIST_ITEM, BlockKind.CELL)
        state.stack.leads.clear()
        state.topic = None
        state.listed = self._therapy_list(index) if leads else None
        governing = self._governing()
        last: Sentence | None = None
        for x, y in state.view.sentences(a, b):
            last = state.sentence(x, y)
            self._prose(last, governing)
        if last is None:
            return
        if leads and following is not None:
            frame = frame_of(state, last, last.a, b, level=LEAD_IN)
            if frame.relation and governing is not None and not leads_in(state, b):
                # Without a colon the sentence only happens to stand before the list; the heading governs it.
                frame = replace(frame, relation="")
            depth = following.level if following.kind is BlockKind.LIST_ITEM else 0
            closed = state.listed is not None
            state.stack.leads[depth] = replace(frame, relation="", closed=True) if closed else _filled(frame, governing)
        elif last.question and last.a == a and b - a <= _QUESTION_TOKENS:
            frame = frame_of(state, last, a, b, level=QUESTION)
            state.stack.push(frame)
            state.asked, state.question = frame if frame.relation else None, last

    def _prose(self, sentence: Sentence, governing: Frame | None) -> None:
        """A sentence of a paragraph, which may be the answer to a question."""
        state = self._state
        asked, state.asked = state.asked, None
        if asked is not None and not sentence.question and not sentence.finite():
            # A fragment that answers a question: "What is it good for? Mostly gout."
            read_item(state, sentence, asked, None)
            state.asked = asked
            return
        read(state, sentence)
        self._under_heading(sentence, asked or governing)

    def _under_heading(self, sentence: Sentence, governing: Frame | None) -> None:
        """Prose under a heading of harms or contraindications: what it names without a cue of its own belongs there."""
        state = self._state
        if governing is None or governing.relation == "treats" or governing.polarity == "negated" or sentence.question:
            return
        if any(c.entry.rule.relation for c in sentence.cues) or sentence.context.of_kind("deny"):
            return
        named = [t for t in sentence.therapies if not t.aside and not t.weak]
        if named and not any(t.ours for t in named):
            return
        owner = inherited(state, sentence)
        for chunk in sentence.chunks:
            if chunk.level is Level.KNOWN and chunk.prep not in state.view.lists["not_subject"]:
                supply(state, sentence, chunk, governing, owner)

    def _cell(self, block: Block, a: int, b: int) -> None:
        state = self._state
        state.stack.leads.clear()
        frame = self._header(block)
        for x, y in state.view.sentences(a, b):
            read_item(state, state.sentence(x, y), frame, None)

    def _header(self, block: Block) -> Frame | None:
        """The frame that a cell's header words supply: the block above it that holds them."""
        text = self._document.text
        for words in reversed(block.header):
            for other, (x, y) in zip(self._blocks, self._ranges, strict=True):
                if other.end <= block.start and y > x and text[other.start : other.end].strip() == words:
                    frame = frame_of(self._state, self._state.sentence(x, y), x, y, level=LEAD_IN)
                    if frame.relation or frame.owner:
                        return frame
        return self._governing()

    def _therapy_list(self, index: int) -> Owner | None:
        """The therapies that the list behind a block names, as its owner: ours where we are among them."""
        block = self._blocks[index]
        floor = block.level + 1 if block.kind is BlockKind.LIST_ITEM else 0
        ours: list[str] = []
        rivals = items = 0
        for other, (a, b) in zip(self._blocks[index + 1 :], self._ranges[index + 1 :], strict=True):
            if other.kind is not BlockKind.LIST_ITEM or other.level < floor:
                break
            items += 1
            names = [h for h in self._state.hits_in(a, b) if h.what in ("therapy", "rival") and h.start <= a + 6]
            ours += [h.key for h in names if h.what == "therapy"][:1]
            rivals += any(h.what == "rival" for h in names)
        if not items or (len(ours) + rivals) * 2 < items:
            return None
        return Owner(ours[0], True, stated=True) if ours else Owner("the therapies of the list", False)


def _filled(frame: Frame, governing: Frame | None) -> Frame:
    """A lead-in that is silent about the relation takes it from above and keeps its own therapy and hedge."""
    if frame.relation or governing is None:
        return frame
    return replace(governing, owner=frame.owner or governing.owner)
