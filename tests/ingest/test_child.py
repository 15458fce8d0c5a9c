"""A parser that crashes or never comes back takes nothing with it but its file."""

from __future__ import annotations

import os
import signal
import time

import pytest

from cryomine.errors import ReadError
from cryomine.ingest import child, read_bytes
from formats import make
from formats.make import paragraph

GOOD = make.pdf(paragraph(60, 100, "Cold rooms relieve pain."))


@pytest.fixture
def parser(monkeypatch: pytest.MonkeyPatch) -> object:
    """A function that replaces the child's parser by one line of Python."""
    popen = child.subprocess.Popen
    lines = {"now": ""}

    def started(command: list[str], **options: object) -> object:
        if lines["now"]:
            code = (
                "import sys, os, time, json; from cryomine.ingest import child, pdf\n"
                f"def document(data, name): {lines['now']}\n"
                "pdf.document = document; child._main()"
            )
            command = [command[0], "-c", code]
        return popen(command, **options)  # type: ignore[call-overload]

    def use(line: str) -> None:
        lines["now"] = line
        child._end_own()

    monkeypatch.setattr(child.subprocess, "Popen", started)
    yield use
    use("")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("os.abort()", "a.pdf: crashes its PDF parser (status -6); save the article as text"),
        ("os._exit(0)", "a.pdf: crashes its PDF parser (status 0); save the article as text"),
        ("time.sleep(60)", "a.pdf: its PDF parser took more than 1 seconds; save the article as text"),
        ("raise ValueError('no;\\nway')", "a.pdf: could not be read as PDF (ValueError: no, way); save the article"),
        ("bytearray(1 << 31)", "a.pdf: needs more memory than a PDF file may; save the article as text"),
        ("print('noise' * 100_000); sys.stdout.flush(); raise MemoryError", "a.pdf: needs more memory than a PDF file"),
    ],
)
def test_one_file_is_lost_and_the_next_is_read(
    parser,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    message: str,
) -> None:
    monkeypatch.setattr(child, "SECONDS", 1.0 if "sleep" in line else 30.0)
    parser(line)
    begin = time.perf_counter()
    with pytest.raises(ReadError) as error:
        read_bytes(GOOD, "a.pdf")
    assert str(error.value).startswith(message)
    assert time.perf_counter() - begin < 10
    parser("")
    monkeypatch.setattr(child, "SECONDS", 30.0)
    assert read_bytes(GOOD, "a.pdf").text == "Cold rooms relieve pain."


def test_the_child_is_kept_and_is_of_one_process_only() -> None:
    read_bytes(GOOD, "a.pdf")
    first = child._children[os.getpid()].process
    read_bytes(GOOD, "b.pdf")
    assert child._children[os.getpid()].process is first
    child._children[-1] = child._children.pop(os.getpid())  # as after a fork
    read_bytes(GOOD, "c.pdf")
    assert child._children[os.getpid()].process is not first
    assert first.poll() is None, "it is another process's child"
    child._end_own()
    child._children[os.getpid()] = child._children.pop(-1)
    child._end_own()
    assert first.poll() is not None


def test_an_interrupt_ends_the_child(parser) -> None:  # type: ignore[no-untyped-def]
    """As the run's own time limit does: the file is given up, the child with it."""
    parser("time.sleep(60)")

    def ring(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(KeyboardInterrupt):
            read_bytes(GOOD, "a.pdf")
    finally:
        signal.signal(signal.SIGALRM, before)
    assert os.getpid() not in child._children
