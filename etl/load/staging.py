"""COPY of encoded rows: straight into the tables, or into temporary ones of the same columns, to be merged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import LiteralString

from psycopg import Connection, sql

from etl.load import rows, summary
from etl.load.classify import Classified
from etl.load.encode import HEADER, TRAILER, Encoded, Types

STAGED = tuple(table for table in rows.TABLES if table is not rows.TEXT)
"""The tables that have a temporary one; the texts' are in the article's."""

# The columns' types come from the tables themselves, so that a migrated column needs no second place.
_STAGE = "CREATE TEMPORARY TABLE IF NOT EXISTS {stage} AS SELECT {columns} FROM {table} WITH NO DATA"

_OUTCOME = """
CREATE TEMPORARY TABLE IF NOT EXISTS stage_outcome (
    article_id  bigint PRIMARY KEY,
    outcome     text NOT NULL,
    standing_id bigint NOT NULL,
    row_sha256  bytea NOT NULL
)
"""

# A value keeps the compression it was stored with: staged under pglz it would be written so into a table of lz4.
_COMPRESSION = """
SELECT set_config(name, 'lz4', false)
FROM pg_settings
WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)
"""


def create(connection: Connection) -> None:
    """Make the temporary tables of this connection, once."""
    connection.execute(_COMPRESSION)
    connection.execute(_OUTCOME)
    for table in STAGED:
        connection.execute(_composed(_STAGE, table))
    summary.create(connection)


def column_types(connection: Connection) -> Types:
    """The OIDs of the columns that rows are encoded for."""
    types = {}
    for table in rows.TABLES:
        cursor = connection.execute(_composed("SELECT {columns} FROM {table} LIMIT 0", table))
        types[table.name] = tuple(column.type_code for column in cursor.description or ())
    return types


def copy_new(connection: Connection, new: Sequence[Encoded]) -> None:
    """Articles of which nothing is in the tables yet, into the tables."""
    for table, encoded in zip(rows.TABLES, zip(*(one.rows for one in new), strict=True), strict=True):
        copy(connection, _composed("COPY {table} ({columns}) FROM STDIN (FORMAT binary)", table), encoded)


def fill(connection: Connection, staged: Sequence[tuple[Encoded, Classified]]) -> None:
    """Replace the staged rows by those of `staged`, and note what is to become of each."""
    names = sql.SQL(", ").join(sql.Identifier(name) for name in ("stage_outcome", *(table.stage for table in STAGED)))
    connection.execute(sql.SQL("TRUNCATE {}").format(names))
    with connection.cursor().copy("COPY stage_outcome FROM STDIN (FORMAT binary)") as outcomes:
        outcomes.set_types(("int8", "text", "int8", "bytea"))
        for one, found in staged:
            outcomes.write_row((one.keys.article_id, found.outcome, found.standing_id, found.row_sha256))
    for position, table in enumerate(rows.TABLES):
        if table in STAGED:
            statement = _composed("COPY {stage} ({columns}) FROM STDIN (FORMAT binary)", table)
            copy(connection, statement, [one.rows[position] for one, _ in staged])


def copy(connection: Connection, statement: sql.Composed, encoded: Iterable[bytes]) -> None:
    """COPY encoded rows; nothing happens where there are none."""
    if data := b"".join(encoded):
        with connection.cursor().copy(statement) as stream:
            stream.write(b"".join((HEADER, data, TRAILER)))


def _composed(statement: LiteralString, table: rows.Table) -> sql.Composed:
    return sql.SQL(statement).format(
        table=sql.Identifier(*table.name.split(".")),
        stage=sql.Identifier(table.stage),
        columns=sql.SQL(", ").join(map(sql.Identifier, table.columns)),
    )
