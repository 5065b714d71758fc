"""How the client behaves: time-outs, limits, delays. All in one place, every one of them a constructor argument."""

from __future__ import annotations

from dataclasses import dataclass

from etl import __version__

PRODUCT = "newshouse"  # the name that robots.txt may speak of


@dataclass(frozen=True, slots=True)
class Policy:
    """Times are seconds, sizes bytes.

    contact: a web or mail address of whoever runs this, shown to servers in the user agent.
    is_private_allowed: addresses that are not on the public internet (loopback, private, link-local) may be asked.
    total_timeout: for one answer, from the connection to the last byte of the body.
    attempts: how often one request is sent at most.
    host_delay: between two requests to a host; a longer Crawl-delay of its robots.txt is kept up to `longest_wait`.
    longest_wait: a server that asks to be left alone for longer is not asked again in this run.
    failures_per_host: after so many failed requests in a row a host is not asked again for `longest_wait`.
    """

    contact: str | None = None
    is_private_allowed: bool = False
    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    total_timeout: float = 60.0
    attempts: int = 3
    first_backoff: float = 1.0
    host_delay: float = 1.0
    longest_wait: float = 60.0
    failures_per_host: int = 5
    max_redirects: int = 5

    @property
    def user_agent(self) -> str:
        return f"{PRODUCT}/{__version__}" + (f" (+{self.contact})" if self.contact else "")
