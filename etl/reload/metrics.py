"""What `watch` counts, for Prometheus. A registry of its own: two watches in one process do not meet."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from etl import __version__
from etl.reload.job import Reloaded

_LAGS = (1, 2, 3, 5, 10, 30, 60, 300, 1800, 7200)  # seconds


class Metrics:
    """Counts since this process began; `newshouse status` tells what the warehouse knows."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self._articles = Counter(
            "newshouse_inputs", "Files, entries and pages read, by outcome", ("input", "outcome"), registry=registry
        )
        self._rejects = Counter("newshouse_rejects", "Rejected, by reason", ("input", "reason"), registry=registry)
        self._reloads = Counter(
            "newshouse_reloads", "Reloads, by how they ended", ("input", "state"), registry=registry
        )
        self._seconds = Counter(
            "newshouse_stage_seconds",
            "Seconds spent, by stage: extract, normalize, load",
            ("stage",),
            registry=registry,
        )
        self._lag = Histogram(
            "newshouse_lag_seconds",
            "Seconds from the first notice of a changed file until it was loaded",
            ("input",),
            buckets=_LAGS,
            registry=registry,
        )
        self._success = Gauge(
            "newshouse_last_success_timestamp_seconds",
            "When a reload of the input last went through",
            ("input",),
            registry=registry,
        )
        self._waiting = Gauge("newshouse_waiting_files", "Changed files that are not loaded yet", registry=registry)
        self._database = Gauge(
            "newshouse_database_up", "1 while the database answers, 0 while it is waited for", registry=registry
        )
        Gauge("newshouse_info", "The version that runs", ("version",), registry=registry).labels(__version__).set(1)

    def text(self) -> bytes:
        """The exposition format."""
        return generate_latest(self.registry)

    def start(self, last_successes: Mapping[str, datetime]) -> None:
        """What the warehouse knew when this process began."""
        for name, at in last_successes.items():
            self._success.labels(name).set(at.timestamp())
        self.database(is_up=True)

    def reloaded(self, one: Reloaded) -> None:
        self._reloads.labels(one.name, one.state).inc()
        if one.state == "done":
            self._success.labels(one.name).set(time.time())
        if one.result:
            self._seconds.labels("extract").inc(one.reading_seconds)
            for stage, seconds in one.result.seconds.items():
                self._seconds.labels(stage).inc(seconds)
            for outcome, count in asdict(one.result.outcomes).items():
                self._articles.labels(one.name, outcome).inc(count)
            for reason, count in one.result.reasons.items():
                self._rejects.labels(one.name, reason).inc(count)

    def lag(self, name: str, seconds: float) -> None:
        self._lag.labels(name).observe(seconds)

    def waiting(self, count: int) -> None:
        self._waiting.set(count)

    def database(self, *, is_up: bool) -> None:
        self._database.set(is_up)
