"""Run definitions: what they may say, and what the answer to a mistake is."""

from __future__ import annotations

from pathlib import Path

import pytest

from cryomine.batch import load_definition
from cryomine.errors import CryomineError


def definition(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "pipelines" / "mine.toml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    path = definition(tmp_path, 'inputs = ["../corpus", "/far/*.txt"]\noutput = "../outputs"\npack = "./mine"')
    found = load_definition(path)
    assert [Path(name).resolve() for name in found.inputs] == [(tmp_path / "corpus").resolve(), Path("/far/*.txt")]
    assert found.output.resolve() == (tmp_path / "outputs").resolve()
    assert Path(found.packs[0]) == path.parent / "mine"


def test_what_is_left_out_is_as_usual(tmp_path: Path) -> None:
    found = load_definition(definition(tmp_path, 'inputs = ["a"]\noutput = "b"'))
    assert (found.packs, found.format, found.background) == (("cryotherapy",), "csv", True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("inputs = [a]", r"mine\.toml: no TOML \(.*line 1.*\)"),
        ('inputs = ["a"]', "output is missing; add it"),
        ('output = "b"\ninputs = []', "inputs is missing; add it"),
        ('inputs = "a"\noutput = "b"', r"inputs is 'a'; write inputs = \[\"articles\"\]"),
        (
            'inputs = ["a"]\noutput = "b"\nouput = "c"',
            "unknown key 'ouput'; known are inputs, pack, output, format, background",
        ),
        ('inputs = ["a"]\noutput = "b"\nbackground = "no"', "background is 'no'; write background = false"),
        ('inputs = ["a"]\noutput = "b"\nformat = "xls"', "format is 'xls'; it can be csv or jsonl"),
    ],
)
def test_mistakes(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CryomineError, match=message):
        load_definition(definition(tmp_path, text))


def test_a_definition_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CryomineError, match=r"none\.toml: cannot be read .*; check the path"):
        load_definition(tmp_path / "none.toml")
