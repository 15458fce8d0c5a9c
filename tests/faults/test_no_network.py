"""No command but those that fetch or use a cluster opens a connection: here every one of them is an error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

OFFLINE = """
import sys

def forbid(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise RuntimeError(f"network: {event} {arguments[1:]}")

sys.addaudithook(forbid)
import cryomine
from click.testing import CliRunner
from cryomine.cli import group

def command(*arguments, code=0):
    result = CliRunner().invoke(group, [str(argument) for argument in arguments])
    assert result.exit_code == code, (arguments, result.output, result.exception)

corpus, out = sys.argv[1:]
command("--help")
command("extract", corpus, "-o", out)
command("verify", out)
command("evaluate", out + "/claims.csv", corpus + "/gold.csv")
command("explain", "Ice packs relieve swelling.")
command("concepts", "search", "high blod pressure")
assert len(cryomine.read_claims(out + "/claims.csv"))
assert len(cryomine.extract([corpus]))
assert len(cryomine.extract_text("Ice packs relieve swelling."))
cryomine.load()("Ice packs relieve swelling.")
try:
    __import__("socket").create_connection(("127.0.0.1", 9))
except RuntimeError:
    print("the guard works")
"""


def test_nothing_connects(python: Callable[..., Any], tmp_path: Path) -> None:
    output = python("-c", OFFLINE, ROOT / "corpus" / "round-1", tmp_path / "out").stdout
    assert output == "the guard works\n"
