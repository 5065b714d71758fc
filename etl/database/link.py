"""The connection of a long job: when the server goes away it waits for it, and goes on."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from psycopg import Connection, OperationalError
from psycopg.pq import TransactionStatus

from etl.errors import DatabaseUnavailable, ServerError

log = logging.getLogger(__name__)

Connect = Callable[[], Connection]
T = TypeVar("T")

_IN_COMMAND = (TransactionStatus.ACTIVE, TransactionStatus.UNKNOWN)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 10.0  # seconds between two attempts; each pause is twice the one before
_LAST_WORD = 3  # seconds that it may take: who pressed Ctrl-C waits
_MOST_LOSSES = 10  # of one action: a server that dies of it every time would never end


class Link:
    """`connection` is the present one. Without `reconnect` a lost connection is the end, as it is for anybody.

    resume: what a new connection needs before the job goes on, such as its locks and temporary tables.
    """

    def __init__(self, connection: Connection, reconnect: Connect | None, wait_seconds: float) -> None:
        self.connection = self._given = connection
        self._reconnect = reconnect
        self._wait_seconds = wait_seconds
        self.resume: Callable[[Connection], None] = lambda _: None

    def close(self) -> None:
        """Close the connection, where it is one that was made here."""
        if self.connection is not self._given:
            self.connection.close()

    @property
    def is_lost(self) -> bool:
        """Whether no more can be said over the connection: it is closed, or broke in the middle of a command."""
        return self.connection.closed or self.connection.info.transaction_status in _IN_COMMAND

    def last_word(self) -> Connection | None:
        """A connection for one short statement after an error or Ctrl-C. Where that came in the middle of a command or
        transaction, the command is cancelled and a new connection is made: the old one would not listen, and what it
        locks is free once it is closed. None where the server had gone away before."""
        status = self.connection.info.transaction_status
        if self.connection.closed or (self._reconnect is None and status in (*_IN_COMMAND, TransactionStatus.INERROR)):
            return None
        if self._reconnect is None or status == TransactionStatus.IDLE:
            return self.connection
        with suppress(OperationalError):
            self.connection.cancel_safe(timeout=_LAST_WORD)
        self.connection.close()
        self.connection = self._reconnect()
        self.connection.execute("SELECT set_config('statement_timeout', %s, false)", (f"{_LAST_WORD}s",))
        return self.connection

    def attempt(self, action: Callable[[], T]) -> T:
        """The action's result; the action is begun again whenever the connection was lost in it.

        Raises DatabaseUnavailable once the server stayed away for `wait_seconds`.
        """
        losses = 0
        while True:
            try:
                if self.is_lost and self._reconnect:
                    self.connection.close()
                    self.connection = self._wait(self._reconnect)
                    self.resume(self.connection)
                return action()
            except OperationalError as error:
                losses += 1
                if not self.is_lost or self._reconnect is None or losses > _MOST_LOSSES:
                    raise
                log.warning("the database went away (%s); waiting for it", str(error).partition("\n")[0])

    def _wait(self, reconnect: Connect) -> Connection:
        started, pause = time.monotonic(), _FIRST_PAUSE
        while True:
            try:
                connection = reconnect()
            except (DatabaseUnavailable, ServerError) as error:
                waited = time.monotonic() - started
                if waited + pause > self._wait_seconds:
                    raise DatabaseUnavailable(
                        f"{error} Waited {waited:.0f} s for it; what was finished stays, and the same command does "
                        "the rest."
                    ) from None
                log.warning("still away after %.0f s; trying again in %.1f s", waited, pause)
                time.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
            else:
                log.warning("the database is back after %.0f s; going on", time.monotonic() - started)
                return connection
