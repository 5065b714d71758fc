"""The client: one GET with everything that politeness and caution ask for around it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPResponse
from urllib.parse import urljoin

from etl.fetch.address import resolve
from etl.fetch.body import read_body
from etl.fetch.connection import request
from etl.fetch.errors import FetchError, TryAgain
from etl.fetch.pace import Pace
from etl.fetch.policy import Policy
from etl.fetch.robots import ROBOTS_BYTES, Robots
from etl.fetch.target import Target, parse_target

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({408, 429, 500, 502, 503, 504})
_LONGEST_VALIDATOR = 1000  # characters
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask it later whether anything changed (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """An answer with content.

    url: where it came from at last, after redirects.
    content: unpacked. media_type, charset: of the Content-Type header; None where it does not say.
    """

    url: str
    content: bytes
    media_type: str | None
    charset: str | None
    validators: Validators


@dataclass(frozen=True, slots=True)
class _Redirect:
    location: str


class Client:
    """Fetches for one thread. `sleep`, `clock` (monotonic), `now` and `jitter` (0 to 1) are arguments for tests."""

    def __init__(
        self,
        policy: Policy,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        jitter: Callable[[], float] = random.random,  # noqa: S311 - no secret
    ) -> None:
        self._policy, self._sleep, self._clock, self._now, self._jitter = policy, sleep, clock, now, jitter
        self._pace = Pace(policy, clock, sleep)
        self._robots = Robots(self._fetch_robots, clock)

    def get(self, url: str, limit: int, known: Validators | None = None) -> Response | None:
        """The content at `url`, at most `limit` bytes; None where it did not change since it had the validators
        `known`. Raises FetchError."""
        return self._follow(url, limit, known or Validators(), self._ask)

    def _fetch_robots(self, url: str) -> bytes | None:
        try:
            answer = self._follow(url, ROBOTS_BYTES, Validators(), self._repeat)
        except _Refused:
            return None
        return answer.content if answer else None

    def _follow(self, url: str, limit: int, known: Validators, ask: _Ask) -> Response | None:
        seen: list[str] = []
        while len(seen) <= self._policy.max_redirects:
            seen.append(url)
            answer = ask(url, limit, known)
            if not isinstance(answer, _Redirect):
                return answer
            url = urljoin(url, answer.location)
            if url in seen:
                raise FetchError("the redirects go round in a circle")
        raise FetchError(f"more than {self._policy.max_redirects} redirects")

    def _ask(self, url: str, limit: int, known: Validators) -> Response | _Redirect | None:
        """`_repeat` where robots.txt allows it."""
        target = parse_target(url)
        if not self._robots.allows(target.origin, target.path):
            raise FetchError("robots.txt of the site forbids it", "fetch_forbidden")
        return self._repeat(url, limit, known, self._robots.delay(target.origin))

    def _repeat(self, url: str, limit: int, known: Validators, crawl_delay: float = 0.0) -> Response | _Redirect | None:
        """`_once`, again after failures that may pass: waits grow twofold, by up to as much again by chance, so that
        many clients do not come back at once."""
        target = parse_target(url)
        for attempt in range(1, self._policy.attempts + 1):
            self._pace.wait(target.host, crawl_delay)
            try:
                answer = self._once(url, target, limit, known)
            except TryAgain as error:
                self._pace.failed(target.host)
                wait = self._policy.first_backoff * 2 ** (attempt - 1) * (1 + self._jitter())
                wait = wait if error.after is None else error.after
                if attempt == self._policy.attempts or wait > self._policy.longest_wait:
                    raise
                self._sleep(wait)
            else:
                self._pace.answered(target.host)
                return answer
        raise AssertionError("the last attempt returns or raises")

    def _once(self, url: str, target: Target, limit: int, known: Validators) -> Response | _Redirect | None:
        address = resolve(target.host, target.port, is_private_allowed=self._policy.is_private_allowed)
        with request(target, address, self._headers(known), self._policy, self._clock) as response:
            location = response.getheader("Location")
            if response.status in _REDIRECTS and location:
                return _Redirect(_utf8(location))
            if response.status == 304:
                return None
            self._check_status(response)
            content_type = Message()
            content_type["Content-Type"] = given = response.getheader("Content-Type") or ""
            return Response(
                url=url,
                content=read_body(response, limit),
                media_type=content_type.get_content_type() if given else None,
                charset=content_type.get_content_charset(),
                validators=Validators(_plain(response.getheader("ETag")), _plain(response.getheader("Last-Modified"))),
            )

    def _headers(self, known: Validators) -> dict[str, str]:
        headers = {"User-Agent": self._policy.user_agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
        if known.etag:
            headers["If-None-Match"] = known.etag
        if known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        return headers

    def _check_status(self, response: HTTPResponse) -> None:
        if response.status in _BUSY:
            raise TryAgain(f"the server says {response.status}", self._seconds(response.getheader("Retry-After")))
        if 400 <= response.status < 500:
            raise _Refused(f"the server says {response.status}")
        if response.status != 200:
            raise FetchError(f"the server says {response.status}")

    def _seconds(self, words: str | None) -> float | None:
        """Retry-After, in seconds or as a date."""
        if not words:
            return None
        if words.strip().isdecimal():
            return float(words)
        try:
            at = parsedate_to_datetime(words)
        except ValueError:
            return None
        return max(0.0, ((at if at.tzinfo else at.replace(tzinfo=UTC)) - self._now()).total_seconds())


def _utf8(header: str) -> str:
    """http.client reads headers as Latin-1; sites write Cyrillic addresses into them as they are."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return header


def _plain(header: str | None) -> str | None:
    """A header that can be kept and sent back as it came; None for any other."""
    return header if header and header.isprintable() and len(header) <= _LONGEST_VALIDATOR else None


class _Refused(FetchError):
    """A 4xx: there is nothing, or nothing for us."""


_Ask = Callable[[str, int, Validators], Response | _Redirect | None]
