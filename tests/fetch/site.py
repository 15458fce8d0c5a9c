"""A web server on loopback that behaves as told, and notes how it was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cryomine.fetch import Limits

PAGE = b"<!doctype html><html><body><article><p>Ice relieves pain.</p></article></body></html>"
QUICK = Limits(connect=2.0, silence=0.2, seconds=0.5, size=100_000, pause=0.0)


@dataclass
class Site:
    """What the server answers by path: status, headers and body; or a function that speaks for itself."""

    port: int = 0
    answers: dict[str, tuple[int, dict[str, str], bytes] | Callable[[Any], None]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    at_once: int = 0
    most_at_once: int = 0
    slow: float = 0.0

    def address(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def page(self, path: str, body: bytes = PAGE, status: int = 200, **headers: str) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, {"Content-Type": "text/html"} | named, body)
        return self.address(path)

    def redirect(self, path: str, to: str, status: int = 302) -> str:
        self.answers[path] = (status, {"Location": to}, b"")
        return self.address(path)

    def robots(self, text: str) -> None:
        self.answers["/robots.txt"] = (200, {"Content-Type": "text/plain"}, text.encode())
