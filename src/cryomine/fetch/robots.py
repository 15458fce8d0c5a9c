"""What a site's robots.txt allows. Follows RFC 9309; the rules are read by ``urllib.robotparser``."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

ROBOTS_BYTES = 500 * 1024  # RFC 9309 asks for at least so much to be read


class Robots:
    """The rules of one origin for one agent."""

    def __init__(self, agent: str, status: int, body: bytes) -> None:
        """From the answer to the request for robots.txt: none there (4xx) allows all, a server in trouble nothing."""
        self._agent = agent
        self._parser = RobotFileParser()
        if 200 <= status < 300:
            self._parser.parse(body[:ROBOTS_BYTES].decode("utf-8-sig", errors="replace").splitlines())
        else:
            self._parser.parse(["User-agent: *", "Disallow: /"] if status >= 500 else [])

    def allow(self, address: str) -> bool:
        """Whether the page may be fetched."""
        return self._parser.can_fetch(self._agent, address)

    def pause(self) -> float:
        """Seconds that the site wants between two requests; 0 where it does not say."""
        return float(self._parser.crawl_delay(self._agent) or 0)
