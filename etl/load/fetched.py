"""The memory of fetching, in the warehouse: it is true of what this warehouse holds, and of no other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from psycopg import Connection

from etl.extract.item import LISTING
from etl.fetch.client import Validators
from etl.fetch.memory import Seen
from etl.identity import derived_key

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
    """What was fetched for listings (etl.fetch.memory.Memory). `save` keeps it, once what was fetched is loaded.

    `connect` gives an autocommit connection, which is closed after use.
    """

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._new: dict[tuple[str, str], Seen] = {}

    def recall(self, listing: str, urls: Collection[str]) -> Mapping[str, Seen]:
        keys = [derived_key(listing, url) for url in urls]
        with self._connect() as connection:
            rows = connection.execute(_RECALL, (keys, listing)).fetchall()
        return {url: Seen(said, Validators(etag, modified)) for url, said, etag, modified in rows}

    def remember(self, listing: str, url: str, seen: Seen) -> None:
        self._new[listing, url] = seen

    def forget(self) -> None:
        """Drop what was remembered and not saved: its load failed, so it is to be fetched again."""
        self._new.clear()

    def save(self, run_id: int, now: datetime) -> None:
        """Keep what was remembered, in one transaction. Rows that say the same already are not touched."""
        if not self._new:
            return
        names, seen = [*self._new], [*self._new.values()]
        columns = {
            "ids": [derived_key(*name) for name in names],
            "listings": [listing for listing, _ in names],
            "urls": [url for _, url in names],
            "saids": [one.said_sha256 for one in seen],
            "etags": [one.validators.etag for one in seen],
            "last_modifieds": [one.validators.last_modified for one in seen],
        }
        with self._connect() as connection, connection.transaction():
            connection.execute(_SAVE, {**columns, "now": now})
            inputs = [derived_key(url) for _, url in names]
            resolved = {"input_ids": inputs, "listing": LISTING, "run_id": run_id, "now": now}
            connection.execute(_RESOLVE, resolved)
        self._new.clear()
