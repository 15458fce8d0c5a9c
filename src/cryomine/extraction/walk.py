"""One pass over the blocks of a document, with the stack of context."""

from __future__ import annotations

from cryomine.document import Block, BlockKind, Document
from cryomine.extraction.binding import read
from cryomine.extraction.cells import Headers
from cryomine.extraction.frames import (
    GROUP_TOKENS,
    ITEM,
    LABEL,
    LEAD_IN,
    QUESTION,
    announces,
    filled,
    frame_of,
    labels,
    leads_in,
)
from cryomine.extraction.furniture import LABEL_TOKENS, Furniture
from cryomine.extraction.items import labelled, read_item
from cryomine.extraction.lexicon import Kind
from cryomine.extraction.lists import Lists
from cryomine.extraction.rows import Rows
from cryomine.extraction.runs import Runs
from cryomine.extraction.sentence import Sentence
from cryomine.extraction.stack import Frame
from cryomine.extraction.state import State
from cryomine.extraction.under import under_heading

# A question of its own block governs what follows like a heading; longer ones are prose.
_QUESTION_TOKENS = 25


class Walk:
    """Walks the blocks of one document; the claims end up in ``state.found``."""

    def __init__(self, state: State, document: Document, ranges: list[tuple[int, int]]) -> None:
        self._state, self._document, self._ranges = state, document, ranges
        self._blocks = document.blocks
        self._telling: Frame | None = None
        self._furniture = Furniture(state, document.blocks, ranges)
        self._headers, self._rows = Headers(state, document, ranges), Rows(state)
        self._lists = Lists(state, document.blocks, ranges)
        self._runs = Runs(state, document.blocks)
        # The claims of the list that is being read: what follows may deny them all.
        self._items: list[int] = []

    def run(self) -> None:
        """Read all blocks in order."""
        state = self._state
        for index, block in enumerate(self._blocks):
            a, b = self._ranges[index]
            if a == b:
                continue
            state.block = (a, b)
            state.items = []
            if block.kind is not BlockKind.LIST_ITEM:
                state.items, self._items = self._items, state.items
            state.recent = [i for i in state.recent if state.found[i].relation != "contraindicated"]
            if self._furniture.hides(block, a, b):
                self._leave_out(a, b)
            elif block.kind in (BlockKind.TITLE, BlockKind.HEADING):
                self._heading(index, block, a, b)
            elif self._furniture.over:
                self._leave_out(a, b)
            elif block.kind is BlockKind.LIST_ITEM:
                self._item(index, block, a, b)
            elif block.kind is BlockKind.CELL:
                self._cell(block, a, b)
            else:
                self._paragraph(index, a, b)

    def _leave_out(self, a: int, b: int) -> None:
        """Note, where a trace is kept, which conditions a block names that is no part of the article."""
        state = self._state
        if state.trace is not None:
            for x, y in state.view.sentences(a, b):
                for chunk in state.sentence(x, y).conditions():
                    state.why_not(chunk, "page furniture, no part of the article")

    def _next(self, index: int) -> Block | None:
        return self._blocks[index + 1] if index + 1 < len(self._blocks) else None

    def _governing(self, depth: int | None = None) -> Frame | None:
        return self._state.stack.relation(depth)

    def _heading(self, index: int, block: Block, a: int, b: int) -> None:
        state = self._state
        sentence = state.sentence(a, b)
        frame = frame_of(state, sentence, a, b, level=0 if block.kind is BlockKind.TITLE else max(block.level, 1))
        if self._furniture.over and not frame.relation:
            return
        self._furniture.over = False
        state.come_by(a, b, self._governing())
        if not frame.relation and frame.owner is None and b - a <= GROUP_TOKENS and self._lists.encloses(index):
            # A group label inside a list keeps what governs the list.
            above = self._governing()
            # Two headings in capitals are of one rank; a label is written like the items.
            label = above is not None and not (frame.text.isupper() and above.text.isupper())
            frame = above._replace(level=frame.level, text=frame.text) if above is not None and label else frame
        if _screens(sentence, self._governing()):
            read_item(state, sentence, self._governing(), None)
            return
        if not frame.relation and self._runs.listed(index, sentence):
            # "Conditions we treat", and then one heading for each: they are its list.
            read_item(state, sentence, self._governing(), None)
            return
        going_on = self._runs.going_on(index, sentence) if not frame.relation else None
        if going_on is not None:
            read_item(state, sentence, going_on, None)
            return
        state.stack.push(frame)
        state.topic, state.recent = None, []
        state.carry(frame if frame.relation else None)
        if not sentence.question:
            read(state, sentence)
        state.question = sentence if sentence.question else None
        state.asked = frame if sentence.question and frame.relation else None

    def _item(self, index: int, block: Block, a: int, b: int) -> None:
        state, depth = self._state, block.level
        following = self._next(index)
        followed = following is not None and following.kind is BlockKind.LIST_ITEM and following.level >= depth
        nested = followed and following is not None and following.level > depth
        state.listed = self._lists.of_therapies(index) if nested else None
        state.stack.leave_below(depth)
        state.topic = None
        governing, lead = self._governing(depth), state.stack.lead(depth)
        if governing is None and not (lead is not None and lead.closed) and not self._lists.continues(index):
            self._telling = self._lists.told(index)
        governing = governing or (None if lead is not None and lead.closed else self._telling)
        # An item may be the answer to the question that was the item before.
        asked, state.asked = state.asked, None
        governing = asked or governing
        self._runs.begin(index, governing)
        last, before = None, len(state.found)
        for x, y in state.view.sentences(a, b):
            first = last is None
            state.come_by(x, y, governing, listed=True)
            last = state.sentence(x, y)
            if first:
                read_item(state, last, governing, lead)
            else:
                read(state, last)
        self._items += [at for at in range(before, len(state.found)) if state.found[at].relation == "treats"]
        if last is None or not (nested or (followed and state.view.lex[b - 1].kind == Kind.COLON)):
            return
        frame, closed = frame_of(state, last, a, b, level=ITEM), state.listed is not None
        if nested:
            frame = frame._replace(relation="", closed=True) if closed else filled(frame, governing)
            state.stack.leads[depth + 1] = frame
        elif frame.relation:
            # "Contraindications include:" as an item among those that it leads into.
            state.stack.leads[depth] = frame

    def _paragraph(self, index: int, a: int, b: int) -> None:
        state = self._state
        following = self._next(index)
        leads = following is not None and following.kind in (BlockKind.LIST_ITEM, BlockKind.CELL)
        state.stack.leads.clear()
        state.topic, state.said, state.passed = None, None, None
        opens = (
            state.view.lex[b - 1].kind == Kind.COLON and not leads and self._runs.as_paragraphs(index + 1, self._ranges)
        )
        state.listed = self._lists.of_therapies(index) if leads else None
        governing = self._governing()
        last: Sentence | None = None
        for x, y in state.view.sentences(a, b):
            state.come_by(x, y, governing)
            # The last sentence may lead into the list behind it.
            if (y < b or not (leads or opens or announces(state, a, b))) and state.silent(x, y, governing):
                last, state.passed = None, (x, y)
                continue
            last = state.sentence(x, y)
            alone = y < b and last.only_condition()
            if x == a and governing is not None and governing.level and (alone or labelled(last)):
                # "Muscle spasm. Ice massage for five minutes …" under "Indications": its first words are a label.
                read_item(state, last, governing, None)
                continue
            if (x, y) == (a, b) and _screens(last, governing):
                read_item(state, last, governing, None)
                return
            self._prose(last, governing)
        if last is None:
            return
        if leads and following is not None:
            frame = frame_of(state, last, last.a, b, level=LEAD_IN)
            caption = following.kind is BlockKind.CELL and b - last.a <= LABEL_TOKENS
            told = state.view.lex[b - 1].kind == Kind.STOP and bool(last.bonds(carries=False)[0])
            if frame.relation and (governing is not None or told) and not caption and not leads_in(state, b):
                # Without a colon the sentence only happens to stand before the list; the heading governs it.
                frame = frame._replace(relation="")
            if last.a == a and leads_in(state, b) and state.stack.headings and state.stack.headings[-1].level == LABEL:
                # The section of the label before ends with the next one.
                state.stack.push(Frame(level=LABEL))
            depth = following.level if following.kind is BlockKind.LIST_ITEM else 0
            closed = state.listed is not None and frame.relation != "contraindicated"
            state.stack.leads[depth] = frame._replace(relation="", closed=True) if closed else filled(frame, governing)
        elif opens and not announces(state, a, b):
            # "The following may occur:", and its list follows as paragraphs.
            frame = frame_of(state, last, last.a, b, level=LABEL)
            if frame.relation:
                state.stack.push(frame)
        elif last.a == a and (labels(last) or announces(state, a, b) or (last.question and b - a <= _QUESTION_TOKENS)):
            # A question, or a line that only names a therapy ("Red light bed, 12 min"), is a heading in all but form.
            frame = frame_of(state, last, a, b, level=LABEL if announces(state, a, b) else QUESTION)
            state.stack.push(frame)
            if last.question:
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
        # The title alone says too little about each sentence of the article.
        above = asked or (governing if governing is not None and governing.level else None)
        state.governing = above if above is not None and above.relation == "side-effect" else None
        read(state, sentence)
        state.governing = None
        under_heading(state, sentence, above)

    def _cell(self, block: Block, a: int, b: int) -> None:
        state = self._state
        frame = self._headers.frame(block)
        if len(block.header) < 2:
            # What the remarks of the row above are about ("creams are better") is no topic of this one.
            state.topic = None
        before, sentence = len(state.found), None
        for x, y in state.view.sentences(a, b):
            state.come_by(x, y, frame, listed=True)
            sentence = state.sentence(x, y)
            read_item(state, sentence, frame, None)
            if len(block.header) > 1:
                self._rows.later(sentence, frame)
        if sentence is not None and len(block.header) < 2:
            self._rows.begin(sentence, range(before, len(state.found)))


def _screens(sentence: Sentence, governing: Frame | None) -> bool:
    """Whether a line of a form asks for what its heading forbids ("Do you have a pacemaker?")."""
    forbids = governing is not None and governing.relation == "contraindicated" and bool(governing.level)
    return forbids and sentence.question and bool(sentence.begins_with("asked_of_reader"))
