"""What a page may cost: seconds, bytes, redirects; and how long a host is left in peace between two requests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one request, in seconds and bytes. Every request ends within ``seconds``."""

    connect: float = 10.0
    silence: float = 20.0  # between two packets
    seconds: float = 60.0  # for one request in all: a server can drip a byte at a time
    size: int = 32 * 1024 * 1024  # as much as a reader takes
    redirects: int = 10
    pause: float = 1.0  # between two requests to one host; more where its robots.txt asks for it
    longest_pause: float = 60.0  # a host that asks for more is left alone
    hosts: int = 8  # that are asked at a time
    silent: int = 3  # requests in a row that a host may leave unanswered before the others are given up
