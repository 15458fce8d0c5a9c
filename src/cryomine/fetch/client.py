"""One polite client: one request at a time to a host, robots.txt honoured, every request bounded in time and size.

Hosts are asked side by side. Knows nothing of where the pages are kept.
"""

from __future__ import annotations

import asyncio
import queue
import ssl
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache

import httpx

from cryomine import __version__
from cryomine.fetch.asking import AGENT, Asking
from cryomine.fetch.limits import Limits
from cryomine.fetch.snapshot import Answer

HEADERS = {
    "User-Agent": f"{AGENT}/{__version__}",
    "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, text/*;q=0.9, */*;q=0.5",
    "Accept-Language": "en",
    "Accept-Encoding": "gzip, deflate",
}


def get_all(addresses: Sequence[str], limits: Limits) -> Iterator[Answer]:
    """One answer for each address, as they come. A page that cannot be had is an answer with an error, never raised."""
    answers: queue.SimpleQueue[Answer | BaseException | None] = queue.SimpleQueue()
    stop = threading.Event()

    async def work() -> None:
        timeout = httpx.Timeout(limits.silence, connect=limits.connect)
        async with httpx.AsyncClient(headers=HEADERS, timeout=timeout, verify=_certificates()) as client:
            asking = Asking(client, limits)
            tasks = [asyncio.create_task(asking.answer(address)) for address in addresses]
            watch = asyncio.create_task(_cancel_when(stop, tasks))
            for task in asyncio.as_completed(tasks):
                answers.put(await task)
            watch.cancel()

    def run() -> None:
        try:
            asyncio.run(work())
            answers.put(None)
        except BaseException as error:  # the caller's thread raises it
            answers.put(error)

    # A thread of its own: the caller may be a notebook, which has an event loop already.
    thread = threading.Thread(target=run, name="cryomine-fetch", daemon=True)
    thread.start()
    try:
        while (answer := answers.get()) is not None:
            if isinstance(answer, BaseException):
                raise answer
            yield answer
    finally:
        stop.set()
        thread.join(timeout=2.0)


async def _cancel_when(stop: threading.Event, tasks: Sequence[asyncio.Task[Answer]]) -> None:
    while not stop.is_set():
        await asyncio.sleep(0.2)
    for task in tasks:
        task.cancel()


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    """Whom we trust; read once, as that takes longer than to fetch a page."""
    return httpx.create_ssl_context()
