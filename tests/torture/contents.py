"""What a warehouse holds, row for row, but for what differs between two loads of the same: run numbers and clocks."""

from __future__ import annotations

from collections import Counter

from psycopg import Connection, sql

_COLUMNS = """
SELECT table_schema, table_name, array_agg(column_name::text ORDER BY ordinal_position)
FROM information_schema.columns
JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_type = 'BASE TABLE' AND (table_schema IN ('raw', 'core') OR table_name = 'rejected_item')
    AND column_name NOT LIKE ALL (ARRAY['%run_id', 'loaded_at', 'changed_at', 'rejected_at', 'resolved_at', 'valid_%'])
GROUP BY table_schema, table_name
"""


def contents(connection: Connection) -> dict[str, Counter[str]]:
    """Digests of the rows of every table of raw and core, and of the rejects; each with how often it stands there."""
    return {
        f"{schema}.{table}": _digests(connection, sql.Identifier(schema, table), columns)
        for schema, table, columns in connection.execute(_COLUMNS).fetchall()
    }


def _digests(connection: Connection, table: sql.Identifier, columns: list[str]) -> Counter[str]:
    row = sql.SQL(", ").join(map(sql.Identifier, columns))
    query = sql.SQL("SELECT md5(ROW({})::text) FROM {}").format(row, table)
    return Counter(digest for (digest,) in connection.execute(query))
