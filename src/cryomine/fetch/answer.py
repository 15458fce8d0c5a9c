"""What a server answers, and what that means for us: a page, a redirect, or a reason why there is no page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cryomine.content_type import content_type

# What no reader makes an article of. Everything else is for the readers to say: servers call a PDF a stream of octets.
_NO_ARTICLE = ("image/", "audio/", "video/", "font/", "model/", "multipart/", "message/")
_NO_ARTICLES = frozenset(
    {
        *("application/json", "application/javascript", "application/ecmascript", "application/wasm"),
        *("text/css", "text/javascript", "text/event-stream", "application/manifest+json"),
    }
)


class Refused(Exception):
    """No page: ``what is wrong; what to do``. ``unanswered`` where the host did not answer at all."""

    def __init__(self, why: str, *, status: int | None = None, unanswered: bool = False) -> None:
        super().__init__(why)
        self.status = status
        self.unanswered = unanswered


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer to one request."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def is_page(self) -> bool:
        """Whether the body is what was asked for."""
        return self.status in {200, 203}

    @property
    def location(self) -> str:
        """Where a redirect leads, empty where the answer is none."""
        return self.headers.get("location", "") if self.status in {301, 302, 303, 307, 308} else ""


def type_of(reply: Reply) -> tuple[str, str]:
    """Media type and charset as the server states them; ``Refused`` for what is no article."""
    media_type, charset = content_type(reply.headers.get("content-type", ""))
    if media_type.startswith(_NO_ARTICLE) or media_type in _NO_ARTICLES:
        raise Refused(f"is {media_type}, not an article; give the address of a page", status=reply.status)
    return media_type, charset


def refusal(status: int) -> str:
    """What a status other than 200 says to people."""
    if status in {404, 410}:
        return f"is not there (status {status}); check the address"
    if status in {401, 402, 403, 407, 451}:
        return f"is not open to us (status {status}); save the page with a browser"
    if status in {429, 503}:
        return f"asks to come back later (status {status}); run again later"
    return f"was not given to us (status {status}); try again later, or save the page with a browser"


def too_large(size: int) -> str:
    """What a body of more than ``size`` bytes says to people."""
    return f"is larger than {size >> 20} MB; save the article alone"


def stated_size(reply: Reply) -> int:
    """Bytes of the body as the server states them, 0 where it does not."""
    value = reply.headers.get("content-length", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 20 else 0


def plain(error: BaseException) -> str:
    """An error's message in one line, without what would end the sentence."""
    message = " ".join(str(error).replace(";", ",").split())
    return message or type(error).__name__
