"""Rows in PostgreSQL's binary COPY form. Made where the article is normalised, so it needs no connection; what comes
back to the process that writes are bytes to copy and the keys to classify them by."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from psycopg.abc import Buffer
from psycopg.abc import Transformer as Dumpers
from psycopg.adapt import Transformer
from psycopg.pq import Format

from etl.extract.item import Rejection
from etl.load import rows
from etl.load.prepare import Prepared, StagedItem

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)  # signature, flags, length of the header's extension
TRAILER = b"\xff\xff"

Types = Mapping[str, Sequence[int]]
"""The OIDs of the columns of rows.TABLES, by table (etl.load.staging.column_types)."""

_HASHED = 2 + len(rows.SAID)  # of the article's columns: its key, its identity and what it says
_ROW_SHA256 = rows.ARTICLE.columns.index("row_sha256")
_NULL = b"\xff\xff\xff\xff"
_int16 = struct.Struct("!h").pack
_int32 = struct.Struct("!i").pack


class Keys(NamedTuple):
    """What an input is classified by (etl.load.classify)."""

    article_id: int
    identity: str
    text_sha256: bytes
    row_sha256: bytes
    input_id: int
    fingerprint: bytes
    document_id: int


class Encoded(NamedTuple):
    """An accepted input: its keys, the sources it names (id, name) and its rows, in the order of rows.TABLES."""

    keys: Keys
    sources: tuple[tuple[str, str], ...]
    rows: tuple[bytes, ...]


class Encoder:
    """Encodes prepared inputs for one run."""

    def __init__(self, types: Types, stamp: rows.Stamp) -> None:
        self._stamp = stamp
        self._dumpers = {name: _dumpers(oids) for name, oids in types.items()}

    def encode(self, prepared: Prepared) -> Encoded | Rejection:
        """The encoded rows, or why there are none: also where a value has no form in PostgreSQL."""
        if prepared.row is None:
            assert prepared.rejection is not None  # noqa: S101 - one of the two is set
            return prepared.rejection
        try:
            return self._encode(prepared, prepared.row)
        except Exception as error:  # one input must not stop a run; it is kept and can be replayed
            return Rejection("rule_failure", f"{type(error).__name__}: {error}")

    def _encode(self, prepared: Prepared, row: StagedItem) -> Encoded:
        children = [self._rows(table, table.rows(row.article_id, prepared)) for table in rows.CHILDREN]
        article, row_sha256 = self._article(row, children)
        return Encoded(
            Keys(
                *(row.article_id, row.identity, row.text_sha256, row_sha256),
                *(row.input_id, row.fingerprint, row.document_id),
            ),
            tuple(_sources(prepared, row)),
            (
                self._rows(rows.DOCUMENT, (rows.document_row(row, self._stamp),)),
                article,
                *children,
                self._rows(rows.TEXT, ((row.text_sha256, row.article_id),)),
                self._rows(rows.INPUT, (rows.input_row(row, self._stamp),)),
            ),
        )

    def _article(self, row: StagedItem, children: Sequence[bytes]) -> tuple[bytes, bytes]:
        """The article's row, and the SHA-256 of all it says: equal means that nothing changed."""
        dump = self._dumpers[rows.ARTICLE.name].dump_sequence
        values = list(dump(rows.article_row(row, self._stamp), ()))
        said = _fields(values[:_HASHED])
        row_sha256 = hashlib.sha256(b"".join((said, *children))).digest()
        values[_ROW_SHA256] = row_sha256
        return _int16(len(values)) + said + _fields(values[_HASHED:]), row_sha256

    def _rows(self, table: rows.Table, some: Iterable[rows.Row]) -> bytes:
        dump, count = self._dumpers[table.name].dump_sequence, _int16(len(table.columns))
        return b"".join([count + _fields(dump(row, ())) for row in some])


def _dumpers(oids: Sequence[int]) -> Dumpers:
    transformer: Dumpers = Transformer()
    transformer.set_dumper_types(oids, Format.BINARY)
    return transformer


def _fields(values: Sequence[Buffer | None]) -> bytes:
    parts: list[Buffer] = []
    for value in values:
        if value is None:
            parts.append(_NULL)
        else:
            parts.append(_int32(len(value)))
            parts.append(value)
    return b"".join(parts)


def _sources(prepared: Prepared, row: StagedItem) -> Iterator[tuple[str, str]]:
    yield row.publisher_id, row.publisher_evidence or row.publisher_id
    if row.agency_id and row.agency_evidence:
        yield row.agency_id, row.agency_evidence
    for cited in prepared.cited:
        if cited.source_id:
            yield cited.source_id, cited.name
