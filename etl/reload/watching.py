"""The parts of `watch` put together: lanes, the notice of changes, alerts; started, supervised and stopped."""

from __future__ import annotations

import logging
import signal
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType
from typing import TYPE_CHECKING

from psycopg import Connection

from etl.database.link import Connect
from etl.database.migrate import require_current
from etl.load.preparing import Processes
from etl.load.web import Web
from etl.reload import alerts, book
from etl.reload.config import Settings
from etl.reload.inputs import NamedInput
from etl.reload.job import DATABASE_ERRORS, Reloader, Session
from etl.reload.lanes import FileLane, Lane, Tell
from etl.reload.metrics import Metrics
from etl.reload.notice import Notice
from etl.reload.reading import Stopped
from etl.reload.settling import Settling
from etl.reload.webhook import Send

if TYPE_CHECKING:
    from etl.normalize.normalizer import Normalizer

log = logging.getLogger(__name__)

CHECK_SECONDS = 15.0  # between two looks for alerts
_UNWATCHED_SECONDS = 3.0  # a folder that nothing watches by then, such as one that is not there, is tried all the same


class Watch:
    """`run` stays until `stop` is set.

    normalizer: shared by the lanes. send: None where nobody is told of trouble. tell: called with what became of each
    reload.
    """

    def __init__(
        self,
        settings: Settings,
        connect: Connect,
        normalizer: Normalizer,
        send: Send | None,
        tell: Tell = lambda _: None,
        check_seconds: float = CHECK_SECONDS,
    ) -> None:
        self.stop = threading.Event()
        self.metrics = Metrics()
        self._settings, self._given_connect, self._normalizer = settings, connect, normalizer
        self._send, self._tell, self._check_seconds = send, tell, check_seconds
        self._settling = Settling(settings.settle.total_seconds())
        self._threads: list[threading.Thread] = []

    def run(self) -> None:
        """Start, look after alerts until the stop, and let every lane finish its batch."""
        session = Session(self._connect)
        self._begin(session.get())
        for thread in self._threads:
            thread.start()
        try:
            while not self.stop.wait(self._check_seconds):
                self._check(session)
        finally:
            self.stop.set()
            for thread in self._threads:
                thread.join()
            session.close()

    def health(self) -> Mapping[str, object]:
        """Healthy while every part runs. That the database is away is no illness: it is waited for."""
        dead = [thread.name for thread in self._threads if not thread.is_alive()]
        is_healthy = bool(self._threads) and not dead and not self.stop.is_set()
        return {"is_healthy": is_healthy, "dead": dead, "waiting_files": len(self._settling)}

    def _begin(self, connection: Connection) -> None:
        now = datetime.now(UTC)
        book.name_inputs(connection, self._settings.inputs, self._settings.path, now)
        last = book.last_successes(connection)
        self.metrics.start({one.name: last[one.name] for one in self._settings.inputs if one.name in last})
        if files := [one for one in self._settings.inputs if one.kind != "url"]:
            self._begin_files(files)
        for host, inputs in _by_host(self._settings.inputs).items():
            lane = Lane(*self._parts(inputs, Processes()))
            for one in inputs:
                age = (now - last[one.name]).total_seconds() if one.name in last else one.every.total_seconds()
                lane.after(one.name, one.every.total_seconds() - age)
            self._threads.append(_thread(host, lane))

    def _begin_files(self, inputs: list[NamedInput]) -> None:
        """Everything is read once, as soon as changes are noticed: none is missed in between."""
        lane = FileLane(*self._parts(inputs, Processes.automatic()))
        for one in inputs:
            lane.after(one.name, _UNWATCHED_SECONDS)
        notice = Notice(inputs, self._settling, self.stop, lane.soon)
        self._threads += [_thread("files", lane), _thread("notice", notice)]

    def _parts(
        self, inputs: Iterable[NamedInput], processes: Processes
    ) -> tuple[Iterable[NamedInput], Reloader, Settling, Metrics, threading.Event, Tell]:
        session = Session(self._connect)
        reloader = Reloader(session, Web(self._sleep), self._normalizer, processes, self.stop.is_set)
        return inputs, reloader, self._settling, self.metrics, self.stop, self._tell

    def _check(self, session: Session) -> None:
        if self._send is None or self._settings.alerts is None:
            return
        try:
            alerts.tell(session.fresh(), self._send, self._settings.alerts.burst, datetime.now(UTC))
        except Stopped:
            return
        except DATABASE_ERRORS as error:
            log.warning("alerts wait for the database: %s", str(error).partition("\n")[0])
        except Exception:
            log.exception("a fault of newshouse; alerts are tried again")

    def _connect(self) -> Connection:
        """A connection to a warehouse that was not upgraded meanwhile; none once the process is to end."""
        if self.stop.is_set():
            raise Stopped
        try:
            connection = self._given_connect()
        except DATABASE_ERRORS:
            self.metrics.database(is_up=False)
            raise
        self.metrics.database(is_up=True)
        try:
            require_current(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _sleep(self, seconds: float) -> None:
        if self.stop.wait(seconds):
            raise Stopped


@contextmanager
def stopped_by_signals(stop: threading.Event) -> Iterator[None]:
    """SIGTERM and SIGINT set `stop` within the block; the second of them ends the process at once."""

    def ask(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            signal.default_int_handler(number, frame)
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _thread(name: str, runs: Lane | Notice) -> threading.Thread:
    return threading.Thread(target=runs.run, name=name, daemon=True)


def _by_host(inputs: Iterable[NamedInput]) -> dict[str, list[NamedInput]]:
    """Addresses by host: those of one are asked one after the other, and no slow host delays another."""
    found: dict[str, list[NamedInput]] = defaultdict(list)
    for one in inputs:
        if one.kind == "url":
            found[one.host].append(one)
    return found
