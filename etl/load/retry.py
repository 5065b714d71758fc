"""Open rejects as items again: from their kept bytes, or from the file or address where that was at fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from psycopg import Connection
from psycopg.rows import dict_row

from etl.extract.files import format_problem, read_files
from etl.extract.item import LISTING, Carrier, RawItem, Rejection, is_url

_OPEN = """
SELECT reject_id
FROM ops.rejected_item
WHERE state = 'open' AND (%(reject_id)s::bigint IS NULL OR reject_id = %(reject_id)s)
ORDER BY rejected_at, reject_id
"""
_ITEM = """
SELECT origin, content, media_type, carrier, byte_length, reason_code, detail
FROM ops.rejected_item
WHERE reject_id = %s
"""
_READ_AGAIN = frozenset({"unreadable", "bad_carrier"})  # what was wrong was not in the bytes
_FETCH_AGAIN = frozenset({"fetch_failed", "fetch_forbidden", "no_text"})

Fetch = Callable[[str, Carrier], Iterator[RawItem]]
"""Fetches an address again, with what was said beside it."""


def open_rejects(connection: Connection, fetch: Fetch, reject_id: int | None = None) -> Iterator[RawItem]:
    """The open rejects, or the one named, oldest first."""
    for (found,) in connection.execute(_OPEN, {"reject_id": reject_id}).fetchall():
        with connection.cursor(row_factory=dict_row) as cursor:  # one at a time: each may be as large as MAX_KEPT_BYTES
            row = cursor.execute(_ITEM, (found,)).fetchone()
        if row:
            yield from _again(row, fetch)


def _again(row: dict[str, object], fetch: Fetch) -> Iterator[RawItem]:
    carrier = Carrier(**row["carrier"])  # type: ignore[arg-type]  # written from Carrier.said
    origin, media_type, content = str(row["origin"]), str(row["media_type"]), row["content"]
    path = Path(origin)
    if is_url(origin) and (media_type == LISTING or row["reason_code"] in _FETCH_AGAIN):
        yield from fetch(origin, carrier)
    elif isinstance(content, bytes) and row["reason_code"] not in _READ_AGAIN:
        yield RawItem(origin, content, media_type, carrier, format_problem(len(content), media_type), len(content))
    elif path.is_file():
        yield from read_files([path], Carrier(default_source=carrier.default_source, timezone=carrier.timezone))
    else:
        problem = Rejection(str(row["reason_code"]), str(row["detail"]))
        yield RawItem(origin, b"", media_type, carrier, problem, None)
