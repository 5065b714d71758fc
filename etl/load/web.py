"""The web as a load uses it: addresses to items, by the settings, with the warehouse's memory of fetches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from psycopg import Connection

from etl.config import fetch_policy
from etl.database.connect import connect, resolve_url
from etl.errors import UsageError
from etl.extract.fields import BY_NAME, FieldMap
from etl.extract.item import Carrier, RawItem
from etl.extract.web import url_items
from etl.fetch.client import Client
from etl.fetch.errors import FetchError
from etl.fetch.target import parse_target
from etl.load.fetched import FetchMemory


class Web:
    """Items from the web, for one thread. What was fetched is remembered as it is written: `counted` goes around all
    items of a load, `written` is told of each batch, `save` of the end.

    sleep: waits between requests; what it raises ends the fetching.
    """

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        self._client = Client(fetch_policy(), sleep=sleep)
        self._memory = FetchMemory(_connect)

    def items(self, url: str, default: Carrier, fields: FieldMap = BY_NAME) -> Iterator[RawItem]:
        return url_items(url, default, self._client, self._memory, fields)

    def counted(self, items: Iterable[RawItem]) -> Iterator[RawItem]:
        return self._memory.counted(items)

    def written(self, count: int) -> None:
        self._memory.written(count, datetime.now(UTC))

    def forget(self) -> None:
        """Drop what was fetched for a load that failed."""
        self._memory.forget()

    def save(self, run_id: int) -> None:
        self._memory.save(run_id, datetime.now(UTC))


def _connect() -> Connection:
    """A connection for one look: a load's own may be at work, and one kept open would idle while pages are fetched."""
    return connect(resolve_url(), autocommit=True)


def check_urls(urls: Iterable[str]) -> None:
    """Raises UsageError for an address that is never fetched. The message does not repeat it: it may hold a login."""
    try:
        for url in urls:
            parse_target(url)
    except FetchError as error:
        raise UsageError(f"an address cannot be loaded: {error}") from None
