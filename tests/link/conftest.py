"""The shipped pack and its linker, made once."""

from __future__ import annotations

import pytest

from cryomine.link.linker import Linker
from cryomine.packs import load_pack
from cryomine.packs.schema import Pack


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack("cryotherapy")


@pytest.fixture(scope="session")
def linker(pack: Pack) -> Linker:
    return Linker.from_pack(pack)
