"""The requests of one run: whose turn it is, where redirects lead, what robots.txt allows, how long each may take."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace

import httpx

from cryomine.fetch.answer import Refused, Reply, plain, refusal, stated_size, too_large, type_of
from cryomine.fetch.limits import Limits
from cryomine.fetch.robots import ROBOTS_BYTES, Robots
from cryomine.fetch.snapshot import Answer, Entry, now

AGENT = "cryomine"


@dataclass(slots=True)
class _Host:
    """What is known of a host while pages are fetched from it."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    last: float = float("-inf")  # when it was last asked, on the loop's clock
    pause: float = 0.0
    unanswered: int = 0


class Asking:
    """The requests of one call of ``get_all``."""

    def __init__(self, client: httpx.AsyncClient, limits: Limits) -> None:
        self._client = client
        self._limits = limits
        self._at_a_time = asyncio.Semaphore(limits.hosts)
        self._hosts: dict[str, _Host] = {}
        self._robots: dict[str, asyncio.Task[Robots]] = {}

    async def answer(self, address: str) -> Answer:
        """The page at ``address``, or why there is none."""
        try:
            final, reply = await self._follow(httpx.URL(address))
        except Refused as refused:
            return Answer(Entry(address, "", now(), str(refused.status or ""), error=str(refused)))
        except httpx.InvalidURL as error:
            return Answer(Entry(address, "", now(), error=f"is no address ({plain(error)}); check the spelling"))
        media_type, charset = type_of(reply)
        sha256 = hashlib.sha256(reply.body).hexdigest()
        entry = Entry(address, final, now(), str(reply.status), media_type, charset, len(reply.body), sha256)
        return Answer(entry, reply.body)

    async def _follow(self, url: httpx.URL, *, page: bool = True) -> tuple[str, Reply]:
        """The last answer of a chain of redirects, and its address; without ``page`` it is a robots.txt."""
        seen: Counter[str] = Counter()
        for _ in range(self._limits.redirects + 1):
            seen[str(url)] += 1
            if seen[str(url)] > 2:  # once more is fine: some sites send a visitor round to set a cookie
                raise Refused("redirects in a circle; open it in a browser and save the page")
            if url.scheme not in {"http", "https"} or not url.host:
                raise Refused(f"redirects to {url.scheme or 'nowhere'}:, which is not on the web; give a file instead")
            if page:
                await self._ask_robots(url)
            reply = await self._request(url, page)
            if not reply.location:
                return str(url), reply
            url = url.join(reply.location).copy_with(fragment=None)  # httpx has refused what is no address
        raise Refused(f"redirects more than {self._limits.redirects} times; give the address that it ends at")

    async def _ask_robots(self, url: httpx.URL) -> None:
        """Raise ``Refused`` where the site's robots.txt forbids the page; each site is asked once."""
        origin = str(url.copy_with(raw_path=b"/robots.txt", fragment=None))
        if origin not in self._robots:
            self._robots[origin] = asyncio.create_task(self._get_robots(httpx.URL(origin)))
        rules = await self._robots[origin]
        if not rules.allow(str(url)):
            raise Refused("is forbidden by the site's robots.txt; ask the site, or save the page with a browser")
        wanted = rules.pause()
        if wanted > self._limits.longest_pause:
            raise Refused(f"wants {wanted:g} seconds between requests (robots.txt); save the page with a browser")
        host = self._host(url)
        host.pause = max(host.pause, wanted)

    async def _get_robots(self, url: httpx.URL) -> Robots:
        try:
            _, reply = await self._follow(url, page=False)
            return Robots(AGENT, reply.status, reply.body)
        except Refused as refused:
            if refused.unanswered:
                raise
            return Robots(AGENT, 404, b"")  # redirects without end, or more than anyone reads: as if there were none

    def _host(self, url: httpx.URL) -> _Host:
        return self._hosts.setdefault(url.host, _Host(pause=self._limits.pause))

    async def _request(self, url: httpx.URL, page: bool) -> Reply:
        """One request when it is the host's turn; bounded in time and size, whatever the server does."""
        host = self._host(url)
        async with host.turn:
            if host.unanswered >= self._limits.silent:
                raise Refused(f"{url.host} did not answer {host.unanswered} times in a row; try again later")
            clock = asyncio.get_running_loop().time
            await asyncio.sleep(max(0.0, host.last + host.pause - clock()))
            async with self._at_a_time:
                try:
                    async with asyncio.timeout(self._limits.seconds):
                        reply = await self._receive(url, page)
                except Refused:
                    host.unanswered = 0
                    raise
                except TimeoutError as error:
                    host.unanswered += 1
                    why = f"took more than {self._limits.seconds:g} seconds; try again later, or save the page"
                    raise Refused(why, unanswered=True) from error
                except httpx.TimeoutException as error:
                    host.unanswered += 1
                    raise Refused("does not answer; try again later, or save the page", unanswered=True) from error
                except (httpx.HTTPError, httpx.StreamError, OSError) as error:
                    host.unanswered += isinstance(error, httpx.ConnectError)
                    why = f"cannot be fetched ({plain(error)}); check the address, or save the page"
                    raise Refused(why, unanswered=True) from error
                finally:
                    host.last = clock()
                host.unanswered = 0
                return reply

    async def _receive(self, url: httpx.URL, page: bool) -> Reply:
        size = self._limits.size if page else ROBOTS_BYTES
        async with self._client.stream("GET", url) as response:
            reply = Reply(response.status_code, response.headers)
            if reply.location or not (reply.is_page or page):
                return reply
            if page:
                if not reply.is_page:
                    raise Refused(refusal(reply.status), status=reply.status)
                type_of(reply)
                if stated_size(reply) > size:
                    raise Refused(too_large(size), status=reply.status)
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > size:
                    if page:
                        raise Refused(too_large(size), status=reply.status)
                    break
            return replace(reply, body=bytes(body))
