"""A parser that crashes or never comes back takes nothing with it but its file."""

from __future__ import annotations

import os
import time

import pytest
from formats import make
from formats.make import paragraph

from cryomine.errors import ReadError
from cryomine.ingest import child, read_bytes

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
        for running in list(child._children):
            child._end(running)

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
    first = child._children[0].process.pid
    read_bytes(GOOD, "b.pdf")
    assert child._children[0].process.pid == first
    child._children[0].owner = os.getpid() + 1  # as after a fork
    process = child._children[0].process
    read_bytes(GOOD, "c.pdf")
    assert child._children[0].process.pid != first
    assert process.poll() is None, "it is another process's child"
    process.kill()
    process.wait()
    process.stdin.close()  # type: ignore[union-attr]
    process.stdout.close()  # type: ignore[union-attr]


def test_an_interrupt_ends_the_child(monkeypatch: pytest.MonkeyPatch, parser) -> None:  # type: ignore[no-untyped-def]
    parser("time.sleep(60)")
    with pytest.raises(KeyboardInterrupt):
        import signal

        signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        read_bytes(GOOD, "a.pdf")
    assert not child._children
