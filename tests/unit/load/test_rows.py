"""The columns that a load writes are those of the tables, and what an article says is in its hash."""

from __future__ import annotations

import pytest

from etl.load import rows
from etl.schema import core, metadata


@pytest.mark.parametrize("table", rows.TABLES, ids=lambda table: table.name)
def test_every_column_that_postgres_does_not_compute_is_written(table: rows.Table) -> None:
    columns = [column.name for column in metadata.tables[table.name].columns if column.computed is None]
    assert sorted(table.columns) == sorted(columns)


def test_normalized_columns_are_those_of_the_schema() -> None:
    assert sorted(rows.NORMALIZED) == sorted(core.NORMALIZED_COLUMNS)


@pytest.mark.parametrize("table", rows.CHILDREN, ids=lambda table: table.name)
def test_rows_of_a_child_begin_with_their_key(table: rows.ChildTable) -> None:
    assert set(table.key) == {column.name for column in metadata.tables[table.name].primary_key}
    assert table.key[0] == "article_id"
