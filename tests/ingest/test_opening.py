"""What a run is given for an input: documents, or what went wrong, one after the other."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from cryomine.document import Document, Source
from cryomine.errors import ReadError
from cryomine.ingest import Collection, Columns, Input, Unread, documents, read, read_bytes, registry
from formats import make


def test_one_article_is_one_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Cold rooms.")
    item = Input("a.txt", tmp_path / "a.txt")
    assert list(documents(item)) == [read(item)]


@pytest.mark.parametrize("name", ["gone.txt", "empty.txt", "."])
def test_what_cannot_be_read_is_handed_on_not_raised(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty.txt").touch()
    (found,) = documents(Input(name, tmp_path / name))
    assert isinstance(found, Unread)
    assert found.source == name
    assert str(found).startswith(f"{name}: ")
    again = pickle.loads(pickle.dumps(found))
    assert (again.source, str(again)) == (found.source, str(found))


def test_a_file_with_one_article_in_it_is_that_article() -> None:
    assert read_bytes(make.zipped({"a.txt": "Cold rooms."}), "a.zip").source.name == "a.zip!a.txt"
    with pytest.raises(
        ReadError, match=r"^a.zip: is a ZIP archive of several articles; give it to `cryomine extract`$"
    ):
        read_bytes(make.zipped({"a.txt": "Cold rooms.", "b.txt": "x"}), "a.zip")
    with pytest.raises(ReadError, match=r"^a.zip!a.txt: is empty; "):
        read_bytes(make.zipped({"a.txt": ""}), "a.zip")
    with pytest.raises(ReadError, match=r"^t.csv: is a CSV table of several articles; "):
        read_bytes(b"text\nCold.\nWarm.\n", "t.csv")


def test_a_collection_that_breaks_keeps_what_it_gave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def records(file: object, name: str, columns: Columns) -> registry.Records:
        yield Document("Cold.", (), Source(f"{name}#1"))
        raise RuntimeError("no;\nway")

    made = Collection("a shout", (".shout",), records)
    monkeypatch.setattr(registry, "readers", lambda: (made,))
    (tmp_path / "a.shout").write_text("x")
    first, second = documents(Input("a.shout", tmp_path / "a.shout"))
    assert isinstance(first, Document)
    assert str(second) == (
        "a.shout: could not be read to its end as a shout (RuntimeError: no, way); check that it is whole"
    )


def test_pipes_in_folders_are_not_waited_for(tmp_path: Path) -> None:
    import os

    from cryomine.ingest import discover

    (tmp_path / "a.txt").write_text("Cold rooms.")
    os.mkfifo(tmp_path / "b.txt")
    assert [item.name for item in discover([tmp_path])] == ["a.txt"]


PROSE = "Visitors spend a few minutes in a cold room, and most of them come out in good spirits and rather hungry, too."
FILES: dict[str, tuple[bytes, str]] = {
    "a.txt": (PROSE.encode(), "plain text"),
    "a.md": (PROSE.encode(), "Markdown"),
    "a.html": (PROSE.encode(), "HTML"),
    "a": (f"<!doctype html>{PROSE}".encode(), "HTML"),
    "a.xml": (f"<article><front/><body><p>{PROSE}</p></body></article>".encode(), "JATS XML"),
    "a.pdf": (make.pdf([(60, 100, PROSE)]), "PDF"),
    "a.csv": (f'text\n"{PROSE}"\n'.encode(), "CSV table"),
    "a.jsonl": (f'{{"text": "{PROSE}"}}\n'.encode(), "JSON Lines table"),
    # What is packed is read by the reader of what is in it.
    "a.zip": (make.zipped({"a.md": PROSE}), "Markdown"),
    "b.zip": (make.zipped({"a.csv": f'text\n"{PROSE}"\n'}), "CSV table"),
    "a.tar": (make.tarred({"a.txt": PROSE}), "plain text"),
}


@pytest.mark.parametrize("name", FILES)
def test_every_document_says_which_reader_read_it(tmp_path: Path, name: str) -> None:
    data, reader = FILES[name]
    (tmp_path / name).write_bytes(data)
    (found,) = documents(Input(name, tmp_path / name))
    assert isinstance(found, Document), str(found)
    assert found.source.reader == reader
