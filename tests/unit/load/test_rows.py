"""The columns that a load writes are those of the tables, and what an article says is in its hash."""

from __future__ import annotations

import pytest

from etl.load import rows
from etl.schema import core, metadata


@pytest.mark.parametrize("table", rows.TABLES, ids=lambda table: table.name)
def test_every_column_of_a_table_is_written(table: rows.Table) -> None:
    assert sorted(table.columns) == sorted(column.name for column in metadata.tables[table.name].columns)


def test_normalized_columns_are_those_of_the_schema() -> None:
    assert sorted(rows.NORMALIZED) == sorted(core.NORMALIZED_COLUMNS)


@pytest.mark.parametrize("table", rows.CHILDREN, ids=lambda table: table.name)
def test_rows_of_a_child_begin_with_its_article(table: rows.ChildTable) -> None:
    assert table.columns[0] == "article_id"
