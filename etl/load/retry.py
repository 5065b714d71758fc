"""Open rejects as items again: from their kept bytes, or from the file or address where that was at fault."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from psycopg.rows import dict_row

from etl.database.link import Link
from etl.errors import UsageError
from etl.extract.fields import FieldMap
from etl.extract.formats import format_problem, is_single, replayed
from etl.extract.inputs import Inputs
from etl.extract.item import LISTING, Carrier, RawItem, Rejection, is_url
from etl.extract.remote import is_remote

log = logging.getLogger(__name__)

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


@dataclass(frozen=True, slots=True)
class _File:
    """A file to read again, on disk or in a store, as it was read before."""

    name: str
    default: Carrier
    fields: FieldMap


def open_rejects(link: Link, fetch: Fetch, reject_id: int | None = None) -> Iterator[RawItem]:
    """The open rejects, or the one named: those whose bytes or address are known oldest first, then the files."""
    files: dict[_File, dict[str, RawItem]] = {}
    for (found,) in link.attempt(lambda: link.connection.execute(_OPEN, {"reject_id": reject_id}).fetchall()):
        row = link.attempt(partial(_row, link, found))  # one at a time: each may be as large as MAX_KEPT_BYTES
        if row is None:
            continue
        item, reason = _kept(row), str(row["reason_code"])
        if is_url(item.origin) and (item.media_type == LISTING or reason in _FETCH_AGAIN):
            yield from fetch(item.origin, item.carrier)
        elif again := _from_bytes(item, reason):
            yield again
        elif file := _file_of(item):
            files.setdefault(file, {})[item.origin] = item
        else:
            yield item
    for file, rejects in files.items():
        yield from _from_file(file, rejects)


def _row(link: Link, reject_id: int) -> dict[str, object] | None:
    with link.connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(_ITEM, (reject_id,)).fetchone()


def _kept(row: dict[str, object]) -> RawItem:
    """The reject as it was."""
    carrier = Carrier(**row["carrier"])  # type: ignore[arg-type]  # written from Carrier.said
    content, length = row["content"], row["byte_length"]
    problem = Rejection(str(row["reason_code"]), str(row["detail"]))
    kept, size = content if isinstance(content, bytes) else b"", length if isinstance(length, int) else None
    return RawItem(str(row["origin"]), kept, str(row["media_type"]), carrier, problem, size)


def _from_bytes(item: RawItem, reason: str) -> RawItem | None:
    """The input again from its bytes; None where they were not kept, or are not what was wrong with it."""
    if reason in _READ_AGAIN or not (item.content or item.byte_length == 0):
        return None
    if row := replayed(item.origin, item.content, item.media_type, item.carrier):
        return row
    size = len(item.content)
    problem = format_problem(size, item.media_type)
    return replace(item, problem=problem, byte_length=size) if is_single(item.media_type) else None


def _file_of(item: RawItem) -> _File | None:
    """The file that a reject lies in: at its origin, or at what stands before `!/member` or `#row`."""
    origin, carrier = item.origin, item.carrier
    names = (origin, origin.rpartition("#")[0], origin.partition("!/")[0])
    if is_remote(origin):  # which of them is an object, only the store could tell: the shortest
        found: str | None = names[2].rpartition("#")[0] or names[2]
    else:
        found = next((name for name in names if name and Path(name).is_file()), None)
    if found is None:
        return None
    default = Carrier(default_source=carrier.default_source, timezone=carrier.timezone)
    return _File(found, default, FieldMap(carrier.fields or ""))


def _from_file(file: _File, rejects: dict[str, RawItem]) -> Iterator[RawItem]:
    """What now stands at the origins of the rejects, and in them where they are files or archives; the file is read
    once. Where nothing stands, or the store is away, the reject is what it was."""
    missing = dict(rejects)
    try:
        for item in Inputs((file.name,), file.fields).items(file.default):
            around = {item.origin, item.origin.rpartition("#")[0], file.name} | _archives(item.origin)
            if reached := around & rejects.keys():
                for origin in reached:
                    missing.pop(origin, None)
                yield item
    except UsageError as error:
        log.warning("%s; its rejects stay open", error)
    yield from missing.values()


def _archives(origin: str) -> set[str]:
    """The archives and their members that the origin lies in."""
    parts = origin.split("!/")
    return {"!/".join(parts[:count]) for count in range(1, len(parts))}
