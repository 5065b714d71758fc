"""robots.txt (RFC 9309): what a site allows, and how fast."""

from __future__ import annotations

from collections.abc import Callable

from protego import Protego

from etl.fetch.errors import FetchError, TryAgain
from etl.fetch.policy import PRODUCT

ROBOTS_BYTES = 512 * 1024  # RFC 9309, section 2.5: at least 500 KiB
_FRESH = 24 * 3600.0  # seconds; section 2.4
_FORBID_ALL = "User-agent: *\nDisallow: /"

Fetch = Callable[[str], bytes | None]
"""The content at a URL, or None where there is none (any 4xx). Raises FetchError."""


class Robots:
    """The robots.txt of every site asked, each read once a day. Protego reads them: the standard library's reader
    knows no wildcards and takes the first rule that fits instead of the longest."""

    def __init__(self, fetch: Fetch, clock: Callable[[], float]) -> None:
        self._fetch, self._clock = fetch, clock
        self._rules: dict[str, tuple[float, Protego]] = {}

    def allows(self, origin: str, path: str) -> bool:
        return bool(self._of(origin).can_fetch(origin + path, PRODUCT))

    def delay(self, origin: str) -> float:
        """The Crawl-delay that the site asks for, in seconds; 0 where it asks for none."""
        delay = float(self._of(origin).crawl_delay(PRODUCT) or 0.0)
        return delay if delay > 0 else 0.0  # also where it is no number

    def _of(self, origin: str) -> Protego:
        read_at, rules = self._rules.get(origin, (0.0, None))
        if rules is None or self._clock() - read_at > _FRESH:
            rules = Protego.parse(self._text(origin))
            self._rules[origin] = (self._clock(), rules)
        return rules

    def _text(self, origin: str) -> str:
        """A site whose rules cannot be reached forbids everything (section 2.3.1.4)."""
        try:
            content = self._fetch(f"{origin}/robots.txt")
        except TryAgain:
            raise
        except FetchError:
            return _FORBID_ALL
        return (content or b"").decode("utf-8", "replace")
