"""A client that waits for nothing, and remembers how long it would have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from etl.fetch.client import Client
from etl.fetch.policy import Policy

NOW = datetime(2025, 8, 22, 12, 0, tzinfo=UTC)


@dataclass
class Waits:
    """A clock that only sleeping moves."""

    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def clock(self) -> float:
        return sum(self.slept)


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def make_client(waits: Waits) -> Callable[..., Client]:
    """A client of a policy that allows this machine and has no delay, but for what the test says."""

    def make(**policy: object) -> Client:
        settings = {"is_private_allowed": True, "host_delay": 0.0, **policy}
        return Client(Policy(**settings), sleep=waits.sleep, clock=waits.clock, now=lambda: NOW, jitter=lambda: 0.0)

    return make


@pytest.fixture
def client(make_client: Callable[..., Client]) -> Client:
    return make_client()
