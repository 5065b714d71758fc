"""A watch in threads of the test's own process, and waiting for what it does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from etl.database.link import Connect
from etl.normalize.normalizer import Normalizer
from etl.reload.config import Alerts, Settings
from etl.reload.inputs import NamedInput
from etl.reload.watching import Watch
from etl.reload.webhook import Send

PATIENCE = 30.0  # seconds; only a fault waits so long


def settings(toml: Path, *inputs: NamedInput) -> Settings:
    return Settings(toml, inputs, settle=timedelta(seconds=0.3), alerts=Alerts("HOOK", burst=5))


def named(name: str, location: object, every: float = 3600) -> NamedInput:
    return NamedInput(name, str(location), timedelta(seconds=every))


@contextmanager
def watching(settings: Settings, connect: Connect, normalizer: Normalizer, send: Send | None = None) -> Iterator[Watch]:
    """Watch until the block ends; by then every thread has ended too."""
    watch = Watch(settings, connect, normalizer, send, check_seconds=0.2)
    thread = threading.Thread(target=watch.run)
    thread.start()
    try:
        yield watch
    finally:
        watch.stop.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def wait_for(what: Callable[[], object], patience: float = PATIENCE) -> None:
    """Until `what` is true."""
    deadline = time.monotonic() + patience
    while not what():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
