"""What counts as an address, and which addresses are not fetched at all."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import urldefrag, urlsplit

from cryomine.errors import ReadError


def is_address(given: object) -> bool:
    """Whether something given as input is an address on the web rather than a path."""
    return not isinstance(given, PurePath) and str(given).lower().startswith(("http://", "https://"))


def checked(given: str) -> str:
    """The address as the table calls it: without white space around it and without fragment."""
    address = urldefrag(given.strip()).url
    try:
        parts = urlsplit(address)
        port_is_fine = parts.port is None or parts.port > 0
        secret = parts.username is not None or parts.password is not None
    except ValueError as error:
        raise ReadError(f"{address}: is no address ({error}); check the spelling") from error
    if secret:  # it would stand in every table
        shown = address.replace(parts.netloc.rpartition("@")[0] + "@", "")
        raise ReadError(f"{shown}: is given with a user name or password; save the page and give the file")
    if not parts.hostname or not port_is_fine or any(char.isspace() or not char.isprintable() for char in address):
        raise ReadError(f"{' '.join(address.split())}: is no address; check the spelling")
    return address
