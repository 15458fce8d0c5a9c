"""Readers whose parser is somebody's C code or may never come back: run in a child process, with a time limit.

One child for each process, kept for the next file; it is killed where it takes too long and started again when needed.
``python -m cryomine.ingest.child`` is the child's own side. What goes between them is JSON and the file's bytes.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import IO, Any

from cryomine.document import Block, BlockKind, Document, Source
from cryomine.errors import CryomineError, ReadError
from cryomine.ingest.registry import reason

SECONDS = 60.0  # a file; a book of 1,000 pages takes about ten
MEMORY = 1 << 30  # bytes of data that the child may have; a PDF of 1,000 pages needs about 200 MB
FILES = 500  # after so many files a new child is taken, so that what a parser leaks is bounded
# Module and function of each reader: from bytes and name to a document.
_READERS = {"PDF": ("cryomine.ingest.pdf", "document"), "Word": ("cryomine.ingest.docx", "document")}


@dataclass(slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    files: int = 0


_children: dict[int, _Child] = {}  # by the process that started it: one forked from that must not speak to it


def isolated(kind: str) -> Callable[[bytes, str, str], Document]:
    """The reader ``kind`` as a function from bytes, name and charset to a document, run in the child."""

    def read(data: bytes, name: str, _charset: str) -> Document:
        return _ask(kind, data, name)

    return read


def _ask(kind: str, data: bytes, name: str) -> Document:
    child = _child()
    process = child.process
    assert process.stdin is not None
    assert process.stdout is not None
    late = threading.Event()

    def stop() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(SECONDS, stop)
    timer.start()
    answer = b""
    try:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(json.dumps({"kind": kind, "name": name, "size": len(data)}).encode() + b"\n")
            process.stdin.write(data)
            process.stdin.flush()
            answer = process.stdout.readline()
    except BaseException:  # the time limit of the run, Ctrl-C: the child is in the middle of a file
        stop()
        raise
    finally:
        timer.cancel()
        child.files += 1
        if not answer or child.files >= FILES:
            _end(child)
    if answer:
        return _unpacked(json.loads(answer))
    if late.is_set():
        raise ReadError(f"{name}: its {kind} parser took more than {SECONDS:g} seconds; save the article as text")
    raise ReadError(f"{name}: crashes its {kind} parser (status {process.returncode}); save the article as text")


def _child() -> _Child:
    """The running child of this process, started where there is none."""
    own = os.getpid()
    if own in _children:
        if _children[own].process.poll() is None:
            return _children[own]
        _end(_children[own])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(
        [sys.executable, "-m", "cryomine.ingest.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    _children[own] = _Child(process)
    return _children[own]


@atexit.register
def _end_own() -> None:
    if (own := os.getpid()) in _children:
        _end(_children[own])


def _end(child: _Child) -> None:
    _children.pop(os.getpid(), None)
    child.process.kill()
    child.process.wait()
    for pipe in (child.process.stdin, child.process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def _packed(document: Document) -> dict[str, Any]:
    source = document.source
    return {
        "text": document.text,
        "blocks": [[b.kind, b.start, b.end, b.level, b.header] for b in document.blocks],
        "title": document.title,
        "pages": document.pages,
        "media_type": source.media_type,
        "metadata": dict(source.metadata),
    }


def _unpacked(answer: dict[str, Any]) -> Document:
    if "error" in answer:
        raise ReadError(answer["error"])
    blocks = (Block(BlockKind(kind), a, b, level, tuple(header)) for kind, a, b, level, header in answer["blocks"])
    source = Source("", answer["media_type"], encoding="", encoding_reason="", metadata=answer["metadata"])
    return Document(answer["text"], tuple(blocks), source, answer["title"], None, tuple(answer["pages"]))


# --- the child's own side


def _serve(source: IO[bytes], sink: IO[bytes]) -> None:
    """Read one file after the other until the parent closes its end."""
    while line := source.readline():
        request = json.loads(line)
        data = source.read(request["size"])
        sink.write(json.dumps(_answer(request["kind"], data, request["name"])).encode() + b"\n")
        sink.flush()


def _answer(kind: str, data: bytes, name: str) -> dict[str, Any]:
    module, function = _READERS[kind]
    try:
        return _packed(getattr(import_module(module), function)(data, name))
    except CryomineError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": f"{name}: needs more memory than a {kind} file may; save the article as text"}
    except Exception as error:
        return {"error": f"{name}: could not be read as {kind} ({reason(error)}); save the article as text"}


def _main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's; the child ends with its pipe
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a parser prints must not get into the answers
    _serve(sys.stdin.buffer, sink)


if __name__ == "__main__":
    _main()
