"""The columns of the views have types that BI tools read right, and names that tell the type."""

from __future__ import annotations

import pytest
from psycopg import Connection

_COLUMNS = """
SELECT c.relname || '.' || a.attname, a.attname, format_type(a.atttypid, NULL)
FROM pg_class AS c
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
JOIN ops.view_registry AS r ON r.view_name = c.relname
WHERE c.relnamespace = 'mart'::regnamespace
ORDER BY c.relname, a.attnum
"""
_PLAIN = {"text", "bigint", "numeric", "boolean", "date", "timestamp with time zone"}
_BY_NAME = {
    ("_count",): "bigint",
    ("_share", "_per_day", "_ratio", "ratio", "_confidence", "_seconds"): "numeric",
    ("day", "week", "month", "quarter", "_on", "_from", "_to"): "date",
    ("_at",): "timestamp with time zone",
    ("_code", "_name", "_name_en", "_name_ru", "language", "url"): "text",
    ("article_id", "run_id"): "bigint",
}
_RATES = ("_per_day",)  # they end like a day and are none


@pytest.fixture(scope="module")
def columns(published: Connection) -> list[tuple[str, str, str]]:
    return published.execute(_COLUMNS).fetchall()


def test_no_column_has_a_type_that_tools_choke_on(columns: list[tuple[str, str, str]]) -> None:
    assert [column for column, _, kind in columns if kind not in _PLAIN] == []


@pytest.mark.parametrize(("endings", "expected"), _BY_NAME.items(), ids=lambda value: str(value))
def test_name_tells_the_type(endings: tuple[str, ...], expected: str, columns: list[tuple[str, str, str]]) -> None:
    wrong = [
        (column, kind)
        for column, name, kind in columns
        if name.endswith(endings) and not (name.endswith(_RATES) and expected == "date")
    ]
    assert [(column, kind) for column, kind in wrong if kind != expected] == []


def test_booleans_are_named_as_such(columns: list[tuple[str, str, str]]) -> None:
    unlike = [column for column, name, kind in columns if kind == "boolean" and not name.startswith(("is_", "needs_"))]
    assert unlike == ["articles.title_is_printed"]
