"""The floor: binary COPY of the very rows that a load wrote, into the same tables with their indexes and constraints.

Nothing is computed, looked up or decided, so no loader of these tables can be faster. The rows stand in files, one a
table, in the order in which the load wrote them, and beside them where each batch of articles ends.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from psycopg import Connection
from psycopg.sql import SQL, Composed, Identifier

from benchmarks.measure import Clock
from etl.database.connect import connect
from etl.load.batches import BATCH_ITEMS
from etl.schema import metadata

TABLES = tuple(
    (str(table.schema), table.name)
    for table in metadata.sorted_tables
    if table.schema in ("raw", "core") and "article_id" in table.columns
)
"""The tables whose rows belong to an article, in the order of their foreign keys."""

_SMALL_TABLES = (("ops", "load_run"), ("core", "source"))  # the rows that those of TABLES refer to
_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_BLOCK = 1 << 18
_ENDS = "ends.json"

_BATCHES = """
CREATE TEMPORARY TABLE bench_batch AS
SELECT article_id, (row_number() OVER (ORDER BY ctid) - 1) / {size} AS batch_no FROM core.article
"""
_COUNTS = """
SELECT count(t.article_id)
FROM bench_batch
LEFT JOIN {table} AS t USING (article_id)
GROUP BY batch_no
ORDER BY batch_no
"""
_ROWS = """
COPY (SELECT {columns} FROM {table} AS t JOIN bench_batch USING (article_id) ORDER BY batch_no, t.ctid)
TO STDOUT (FORMAT binary)
"""


def dump(url: str, folder: Path) -> None:
    """Write the rows of every article in the warehouse at `url` under `folder`."""
    with connect(url, autocommit=True) as connection:
        connection.execute(SQL(_BATCHES).format(size=SQL(str(BATCH_ITEMS))))
        ends = {table: _dump_table(connection, schema, table, folder / table) for schema, table in TABLES}
    (folder / _ENDS).write_text(json.dumps(ends), encoding="utf-8")


def copy_small_tables(source_url: str, target_url: str) -> None:
    """The runs and sources of the one warehouse into the other, which may know some of them."""
    with connect(source_url) as source, connect(target_url) as target:
        for schema, table in _SMALL_TABLES:
            names = {"table": Identifier(schema, table), "stage": Identifier(f"bench_{table}")}
            target.execute(SQL("CREATE TEMPORARY TABLE {stage} AS SELECT * FROM {table} WITH NO DATA").format(**names))
            with (
                source.cursor().copy(SQL("COPY {table} TO STDOUT").format(**names)) as rows,
                target.cursor().copy(SQL("COPY {stage} FROM STDIN").format(**names)) as copy,
            ):
                for row in rows:
                    copy.write(row)
            insert = SQL("INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM {stage} ON CONFLICT DO NOTHING")
            target.execute(insert.format(**names))


def copy_in_one(url: str, folder: str) -> Clock:
    """COPY the dumped rows in one transaction."""
    return _copy_back(url, Path(folder), is_batched=False)


def copy_in_batches(url: str, folder: str) -> Clock:
    """COPY the dumped rows in one transaction for each batch."""
    return _copy_back(url, Path(folder), is_batched=True)


def _copy_back(url: str, folder: Path, *, is_batched: bool) -> Clock:
    clock = Clock()
    ends = json.loads((folder / _ENDS).read_text(encoding="utf-8"))
    with connect(url, autocommit=True) as connection, ExitStack() as stack:
        files = {table: stack.enter_context((folder / table).open("rb")) for _, table in TABLES}
        for transaction in zip(*(_sizes(ends[table], is_batched) for _, table in TABLES), strict=True):
            with clock, connection.transaction():
                for (schema, table), size in zip(TABLES, transaction, strict=True):
                    _copy(connection, schema, table, files[table], size)
    return clock


def _dump_table(connection: Connection, schema: str, table: str, path: Path) -> list[int]:
    """Write the rows of one table to `path`. Returns where in the file each batch ends."""
    name = {"table": Identifier(schema, table)}
    counts = [int(count) for (count,) in connection.execute(SQL(_COUNTS).format(**name))]
    ends = []
    with path.open("wb") as file:
        rows = _rows(connection, SQL(_ROWS).format(**name, columns=written(schema, table)))
        for count in counts:
            file.writelines(itertools.islice(rows, count))
            ends.append(file.tell())
        assert next(rows, None) is None, "the server sends each row as one message"
    return ends


def written(schema: str, table: str) -> Composed:
    """The columns that are written: not those that the server computes, which COPY does not take."""
    columns = metadata.tables[f"{schema}.{table}"].columns
    return SQL(", ").join(Identifier(column.name) for column in columns if column.computed is None)


def _rows(connection: Connection, statement: Composed) -> Iterator[bytes]:
    """The rows of a binary COPY without its header, which comes with the first of them, and its trailer."""
    with connection.cursor().copy(statement) as copy:
        for number, message in enumerate(copy):
            row = bytes(message) if number else bytes(message).removeprefix(_HEADER)
            if row != _TRAILER:
                yield row


def _sizes(ends: Sequence[int], is_batched: bool) -> list[int]:
    """The bytes that each transaction copies."""
    return [end - start for start, end in itertools.pairwise((0, *(ends if is_batched else ends[-1:])))]


def _copy(connection: Connection, schema: str, table: str, file: BinaryIO, size: int) -> None:
    names = {"table": Identifier(schema, table), "columns": written(schema, table)}
    with connection.cursor().copy(SQL("COPY {table} ({columns}) FROM STDIN (FORMAT binary)").format(**names)) as copy:
        copy.write(_HEADER)
        while size:
            block = file.read(min(size, _BLOCK))
            size -= len(block)
            copy.write(block)
        copy.write(_TRAILER)
