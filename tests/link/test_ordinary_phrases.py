"""Phrases that health texts are full of and that name no condition: they must stay unlinked."""

from __future__ import annotations

from pathlib import Path

from cryomine.link.linker import Linker

PHRASES = Path(__file__).with_name("ordinary_phrases.txt").read_text(encoding="utf-8").split("\n")[:-1]


def test_at_most_one_in_a_hundred_is_linked(linker: Linker) -> None:
    assert len(set(PHRASES)) >= 300
    linked = [(phrase, link.concept) for phrase in PHRASES if (link := linker.link(phrase)).kind != "none"]
    assert len(linked) <= len(PHRASES) / 100, linked
