"""Reloading one input: under its lock, as one run, its success or failure noted."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from psycopg import Connection, OperationalError

from etl.database.link import Connect
from etl.errors import DatabaseUnavailable, NewshouseError, SchemaMismatch, ServerError
from etl.extract.item import RawItem
from etl.load import job
from etl.load.preparing import Processes
from etl.load.run import LoadResult
from etl.load.web import Web
from etl.reload import book
from etl.reload.inputs import NamedInput
from etl.reload.reading import Reading, Stopped, file_items, store_items
from etl.reload.settling import Settling

if TYPE_CHECKING:
    from etl.normalize.normalizer import Normalizer

log = logging.getLogger(__name__)

COMMAND = "reload"
State = Literal["done", "busy", "failed", "stopped"]
DATABASE_ERRORS = (DatabaseUnavailable, ServerError, SchemaMismatch, OperationalError)
"""What is the database's fault, and no input's."""


@dataclass(frozen=True, slots=True)
class Reloaded:
    """What became of one input: done; busy: another reload is at it; failed, for `failure`; stopped before its end.

    result: of the run, None where none began or it failed. reading_seconds: spent on reading and fetching.
    """

    name: str
    state: State
    result: LoadResult | None = None
    failure: str | None = None
    reading_seconds: float = 0.0

    @property
    def rejected(self) -> int:
        return self.result.outcomes.rejected if self.result else 0


class Session:
    """The one connection of a thread, made anew when it was lost."""

    def __init__(self, connect: Connect) -> None:
        self.connect = connect
        self._connection: Connection | None = None

    def fresh(self) -> Connection:
        """A connection that answers, without the locks that an earlier run left. Raises DatabaseUnavailable."""
        try:
            self.get().execute("SELECT pg_advisory_unlock_all()")
        except OperationalError:  # the server went away while nothing was to do
            self.close()
        return self.get()

    def get(self) -> Connection:
        """The connection, a new one where it is known to be lost. Raises DatabaseUnavailable."""
        if self._connection is None or self._connection.closed:
            self._connection = self.connect()
        return self._connection

    def close(self) -> None:
        if self._connection:
            self._connection.close()


@dataclass(slots=True)
class Reloader:
    """Reloads inputs one after the other, for one thread.

    normalizer: loaded by each run that needs it where it is not given. is_stopping: asked before every item.
    """

    session: Session
    web: Web
    normalizer: Normalizer | None = None
    processes: Processes = field(default_factory=Processes)
    is_stopping: Callable[[], bool] = lambda: False

    def whole(self, named: NamedInput, settling: Settling, patience: float | None = None) -> Reloaded:
        """Reload all of the input; files that are still written wait in `settling`, at most `patience` seconds."""
        if named.is_store:
            return self.some(named, store_items(named))
        if named.kind == "url":
            return self.some(named, self.web.items(named.location, named.carrier, named.fields))
        return self.some(named, file_items(named, settling, patience))

    def some(self, named: NamedInput, items: Iterable[RawItem]) -> Reloaded:
        """Load these items of the input. Raises one of DATABASE_ERRORS; whatever else goes wrong is the input's."""
        connection = self.session.fresh()
        with book.input_lock(connection, named.name) as is_free:
            if not is_free:
                return Reloaded(named.name, "busy")
            reading = Reading(named.location, items, self.is_stopping)
            try:
                result = self._load(connection, named, reading)
            except (*DATABASE_ERRORS, Stopped):
                raise
            except Exception as error:
                return self._failed(named, None, _words(error))
            return self._ended(named, reading, result)

    def _load(self, connection: Connection, named: NamedInput, items: Reading) -> LoadResult:
        self.web.forget()  # what an earlier load fetched and could not write
        result = job.load(
            connection,
            self.web.counted(items),
            self.normalizer,
            command=COMMAND,
            arguments=named.name,
            progress=self.web.written,
            processes=Processes() if named.kind == "url" else self.processes,  # pages come by the second
            reconnect=self.session.connect,
        )
        self.web.save(result.run_id)
        return result

    def _ended(self, named: NamedInput, reading: Reading, result: LoadResult) -> Reloaded:
        seconds = reading.seconds
        if reading.problem:
            return self._failed(named, result, reading.problem.detail, seconds)
        if reading.is_cut:
            return Reloaded(named.name, "stopped", result, None, seconds)
        outcomes = result.outcomes
        is_seen = named.kind != "glob" or bool(named.roots())
        is_changed = bool(outcomes.inserted + outcomes.updated + outcomes.duplicate)
        now = datetime.now(UTC)
        connection = self.session.get()
        book.note_success(connection, named.name, result.run_id, now, is_seen=is_seen, is_changed=is_changed)
        log.info("reloaded", extra={"fields": {"input": named.name, "run_id": result.run_id, **asdict(outcomes)}})
        return Reloaded(named.name, "done", result, None, seconds)

    def _failed(self, named: NamedInput, result: LoadResult | None, failure: str, seconds: float = 0.0) -> Reloaded:
        log.warning("input %s failed: %s", named.name, failure, extra={"fields": {"input": named.name}})
        run_id = result.run_id if result else None
        book.note_failure(self.session.get(), named.name, run_id, datetime.now(UTC), failure)
        return Reloaded(named.name, "failed", result, failure, seconds)


def _words(error: Exception) -> str:
    words = str(error).partition("\n")[0]
    return words if isinstance(error, NewshouseError) else f"{type(error).__name__}: {words}"
