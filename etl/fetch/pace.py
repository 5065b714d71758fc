"""When a host may be asked again: its delay, and whether it is worth asking at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from etl.fetch.errors import TryAgain
from etl.fetch.policy import Policy


@dataclass(slots=True)
class _Host:
    next_at: float = 0.0  # by the clock: no request before
    failures: int = 0  # in a row
    closed_until: float = 0.0


class Pace:
    """The pace of one client. `sleep` and `clock` are arguments, so that a test waits for nothing."""

    def __init__(self, policy: Policy, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._policy, self._clock, self._sleep = policy, clock, sleep
        self._hosts: dict[str, _Host] = {}

    def wait(self, host: str, crawl_delay: float) -> None:
        """Sleep until `host` may be asked. Raises TryAgain where it failed too often to be asked now."""
        known = self._hosts.setdefault(host, _Host())
        now = self._clock()
        if now < known.closed_until:
            raise TryAgain(f"{host} failed several times in a row and is left alone for a while")
        if now < known.next_at:
            self._sleep(known.next_at - now)
        delay = max(self._policy.host_delay, min(crawl_delay, self._policy.longest_wait))
        known.next_at = self._clock() + delay

    def answered(self, host: str) -> None:
        self._hosts[host].failures = 0

    def failed(self, host: str) -> None:
        known = self._hosts[host]
        known.failures += 1
        if known.failures >= self._policy.failures_per_host:
            known.failures = 0
            known.closed_until = self._clock() + self._policy.longest_wait
