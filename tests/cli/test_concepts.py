"""``cryomine concepts``: search, show, check."""

from __future__ import annotations

import json

import click
import pytest
from click.testing import CliRunner

from cryomine.cli.concepts import concepts
from cryomine.errors import CryomineError


def run(*arguments: str) -> str:
    result = CliRunner().invoke(concepts, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_search_names_the_link_and_what_is_near() -> None:
    first, *near = run("search", "severe form of bronchitis").splitlines()
    assert first == "severe form of bronchitis: bronchitis [bronchitis], exact by modifiers, score 100"
    assert near
    assert run("search", "garden chair").startswith("garden chair: not linked")


def test_search_as_json() -> None:
    answer = json.loads(run("search", "asthma", "--json"))
    assert answer["link"]["id"] == "asthma"
    assert answer["near"][0]["id"] == "asthma"


def test_show() -> None:
    lines = dict(line.split(maxsplit=1) for line in run("show", "bronchitis").splitlines())
    assert lines["name"] == "bronchitis"
    assert "respiratory-disease" in lines["ancestors"]
    assert json.loads(run("show", "bronchitis", "--json"))["id"] == "bronchitis"


def test_show_of_an_unknown_id_names_what_is_near() -> None:
    with pytest.raises(CryomineError, match=r"brochitis: no such concept .*bronchitis"):
        run("show", "brochitis")


def test_check_of_the_shipped_pack() -> None:
    assert run("check").splitlines()[-1].endswith("concepts, 0 to mend")
    assert json.loads(run("check", "--json")) == []


@pytest.mark.parametrize("name", ["search", "show", "check"])
def test_every_help_has_an_example(name: str) -> None:
    assert isinstance(concepts, click.Group)
    assert f"cryomine concepts {name}" in run(name, "--help")
