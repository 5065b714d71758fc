"""The memory of fetching, in the warehouse: it is true of what this warehouse holds, and of no other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime

from psycopg import Connection, OperationalError

from etl.errors import DatabaseUnavailable, ServerError
from etl.extract.item import LISTING, RawItem
from etl.fetch.client import Validators
from etl.fetch.memory import Seen
from etl.identity import derived_key

log = logging.getLogger(__name__)

_RECALL = """
SELECT url, said_sha256, etag, last_modified FROM ops.fetched_url WHERE fetched_id = ANY(%s) AND listing = %s
"""

_SAVE = """
INSERT INTO ops.fetched_url AS known (fetched_id, listing, url, said_sha256, etag, last_modified, fetched_at)
SELECT f.fetched_id, f.listing, f.url, f.said_sha256, f.etag, f.last_modified, %(now)s
FROM unnest(
    %(ids)s::bigint[], %(listings)s::text[], %(urls)s::text[], %(saids)s::bytea[], %(etags)s::text[],
    %(last_modifieds)s::text[]
) AS f (fetched_id, listing, url, said_sha256, etag, last_modified)
ORDER BY f.fetched_id  -- two runs that save at once take the rows in one order
ON CONFLICT (fetched_id) DO UPDATE
SET said_sha256 = EXCLUDED.said_sha256,
    etag = EXCLUDED.etag,
    last_modified = EXCLUDED.last_modified,
    fetched_at = EXCLUDED.fetched_at
WHERE (known.said_sha256, known.etag, known.last_modified)
    IS DISTINCT FROM (EXCLUDED.said_sha256, EXCLUDED.etag, EXCLUDED.last_modified)
"""

# A listing gives no article under its own name: that it answers again resolves that it once did not.
_RESOLVE = """
UPDATE ops.rejected_item
SET state = 'resolved', resolved_run_id = %(run_id)s, resolved_at = %(now)s
WHERE input_id = ANY(%(input_ids)s) AND state = 'open' AND run_id <> %(run_id)s AND media_type = %(listing)s
"""


class FetchMemory:
    """What was fetched for listings (etl.fetch.memory.Memory), kept once it is loaded: with `counted` around all items
    of a load, `written` keeps what the batches so far held, and `save` the rest.

    `connect` gives an autocommit connection, which is closed after use.
    """

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self.forget()

    def recall(self, listing: str, urls: Collection[str]) -> Mapping[str, Seen]:
        keys = [derived_key(listing, url) for url in urls]
        with self._connect() as connection:
            rows = connection.execute(_RECALL, (keys, listing)).fetchall()
        return {url: Seen(said, Validators(etag, modified)) for url, said, etag, modified in rows}

    def remember(self, listing: str, url: str, seen: Seen) -> None:
        """True once the item that comes next is written; the listings are told of after their pages."""
        self._new[listing, url] = seen, self._read + 1

    def forget(self) -> None:
        """Drop what was remembered and not kept: its load failed, so it is to be fetched again."""
        self._new: dict[tuple[str, str], tuple[Seen, int]] = {}
        self._kept: list[str] = []
        self._read = self._written = 0

    def counted(self, items: Iterable[RawItem]) -> Iterator[RawItem]:
        """The items of a load, as the load takes them."""
        for item in items:
            self._read += 1
            yield item

    def written(self, count: int, now: datetime) -> None:
        """So many more items are committed: what was fetched for them is kept, whatever becomes of the load.

        Where the server just went away it is kept with the next items: the load waits for the server, not this.
        """
        self._written += count
        try:
            self._keep(now, {name: seen for name, (seen, number) in self._new.items() if number <= self._written})
        except (DatabaseUnavailable, ServerError, OperationalError) as error:
            log.warning("what was fetched is kept later: %s", str(error).partition("\n")[0])

    def save(self, run_id: int, now: datetime) -> None:
        """Keep the rest, and close the rejects of listings that answered."""
        self._keep(now, {name: seen for name, (seen, _) in self._new.items()})
        if self._kept:
            inputs = [derived_key(url) for url in self._kept]
            resolved = {"input_ids": inputs, "listing": LISTING, "run_id": run_id, "now": now}
            with self._connect() as connection:
                connection.execute(_RESOLVE, resolved)
        self.forget()

    def _keep(self, now: datetime, done: Mapping[tuple[str, str], Seen]) -> None:
        """In one transaction. Rows that say the same already are not touched."""
        if not done:
            return
        names, seen = [*done], [*done.values()]
        columns = {
            "ids": [derived_key(*name) for name in names],
            "listings": [listing for listing, _ in names],
            "urls": [url for _, url in names],
            "saids": [one.said_sha256 for one in seen],
            "etags": [one.validators.etag for one in seen],
            "last_modifieds": [one.validators.last_modified for one in seen],
        }
        with self._connect() as connection:
            connection.execute(_SAVE, {**columns, "now": now})
        for name in names:
            del self._new[name]
        self._kept += [url for _, url in names]
