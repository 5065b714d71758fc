"""Lanes: each a thread of `watch` that reloads its inputs one after the other. One for all files, one for each host."""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable

from etl.reload.inputs import NamedInput
from etl.reload.job import DATABASE_ERRORS, Reloaded, Reloader
from etl.reload.metrics import Metrics
from etl.reload.notice import Owners
from etl.reload.reading import Stopped, changed_items
from etl.reload.settling import Due, Settling

log = logging.getLogger(__name__)

_TICK = 0.2  # seconds between two looks at what is due
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0  # seconds until the next try after a fault; each is twice the one before

Tell = Callable[[Reloaded], None]


class Lane:
    """Reloads each of its inputs as a whole by its schedule, and whenever `soon` asks for it."""

    def __init__(
        self,
        inputs: Iterable[NamedInput],
        reloader: Reloader,
        settling: Settling,
        metrics: Metrics,
        stop: threading.Event,
        tell: Tell,
    ) -> None:
        self._inputs = [*inputs]
        self._reloader, self._settling, self._metrics, self._stop, self._tell = reloader, settling, metrics, stop, tell
        self._next = dict.fromkeys((one.name for one in self._inputs), 0.0)  # by the monotonic clock
        self._asked = set[str]()
        self._pause = _FIRST_PAUSE

    def after(self, name: str, seconds: float) -> None:
        """Reload this input once so many seconds passed."""
        self._next[name] = time.monotonic() + seconds

    def soon(self, one: NamedInput) -> None:
        """Reload this input next; from any thread."""
        self._asked.add(one.name)

    def run(self) -> None:
        """Until `stop`, which alone ends it: what goes wrong is logged, and tried again."""
        while not self._stop.wait(_TICK):
            try:
                self._turn()
                self._pause = _FIRST_PAUSE
            except Stopped:
                break
            except DATABASE_ERRORS as error:
                self._metrics.database(is_up=False)
                log.warning("%s; trying again in %.0f s", str(error).partition("\n")[0], self._pause)
                self._wait()
            except Exception:
                log.exception("a fault of newshouse; going on")
                self._wait()
        self._reloader.session.close()

    def _wait(self) -> None:
        self._stop.wait(self._pause)
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)

    def _turn(self) -> None:
        for one in self._inputs:
            if self._stop.is_set():
                break
            if one.name in self._asked or time.monotonic() >= self._next[one.name]:
                self._whole(one)

    def _whole(self, one: NamedInput) -> None:
        self._asked.discard(one.name)  # before: what asks for it from now on asks for the next time
        self._note(self._reloader.whole(one, self._settling, patience=0))
        self.after(one.name, one.every.total_seconds())

    def _note(self, reloaded: Reloaded) -> None:
        self._metrics.database(is_up=True)
        self._metrics.reloaded(reloaded)
        self._tell(reloaded)


class FileLane(Lane):
    """Also loads at once the files that changed."""

    def _turn(self) -> None:
        self._metrics.waiting(len(self._settling))
        if changed := self._settling.due():
            owners = Owners(self._inputs)
            by_input: dict[NamedInput, list[Due]] = defaultdict(list)
            for due in changed:
                if one := owners.of(due.path):
                    by_input[one].append(due)
            for one, some in by_input.items():
                self._pick_up(one, some)
        super()._turn()

    def _pick_up(self, one: NamedInput, changed: list[Due]) -> None:
        """Load these files. Whatever stops it, they are due again."""
        started, paths = time.monotonic(), [due.path for due in changed]
        reloaded: Reloaded | None = None
        try:
            reloaded = self._reloader.some(one, changed_items(one, paths, self._settling))
        finally:
            if reloaded is None or reloaded.state in ("busy", "stopped"):
                self._settling.touch(paths)
        if reloaded.state != "busy":
            self._note(reloaded)
            for due in changed:
                self._metrics.lag(one.name, due.age + time.monotonic() - started)
