"""newshouse status: the warehouse in one look."""

from __future__ import annotations

from typing import LiteralString

import typer
from psycopg import Connection
from psycopg.rows import dict_row

from etl.cli.output import AsJson, cell, console, print_json, print_table
from etl.cli.session import warehouse
from etl.errors import EXIT_FAILED
from etl.load.book import list_runs

_HOLDS = """
SELECT
    count(*) AS articles,
    count(DISTINCT publisher_id) FILTER (WHERE publisher_id <> 'unknown') AS sources,
    min(published_on) AS first_day,
    max(published_on) AS last_day,
    count(*) FILTER (WHERE published_on IS NULL) AS undated,
    count(*) FILTER (WHERE publisher_id = 'unknown') AS unknown_publisher,
    (SELECT count(*) FROM raw.input WHERE outcome = 'duplicate') AS duplicate_inputs,
    max(changed_at) AS last_change
FROM core.article
"""

_TOP_COUNTRIES = """
SELECT c.country_code, c.name_en AS country, count(*) AS articles, sum(ac.mention_count) AS mentions
FROM core.article_country AS ac
JOIN core.country AS c USING (country_code)
GROUP BY c.country_code, c.name_en
ORDER BY articles DESC, mentions DESC, c.country_code
LIMIT 10
"""

_REJECTS = """
SELECT reason_code, count(*) AS open_rejects, max(rejected_at) AS latest
FROM ops.rejected_item
WHERE state = 'open'
GROUP BY reason_code
ORDER BY open_rejects DESC, reason_code
"""


_INPUTS = """
SELECT input_name, state, last_seen_at, last_changed_at, last_success_at, recent_reject_count AS recent_rejects,
    CASE WHEN is_failing THEN last_failure END AS failure
FROM mart.input_status
ORDER BY input_name
"""
_BAD = frozenset({"failing", "stale"})


def status(as_json: AsJson = False) -> None:
    """Show what the warehouse holds, its inputs, its last runs, and what was rejected.

    Exit code 1: an input of newshouse.toml fails or is stale.
    """
    with warehouse() as connection:
        holds = _rows(connection, _HOLDS)[0]
        inputs = _rows(connection, _INPUTS)
        parts = {
            "Top countries": _rows(connection, _TOP_COUNTRIES),
            "Last runs": list_runs(connection, 5),
            "Open rejects by reason": _rows(connection, _REJECTS),
        }
    if inputs:
        parts = {"Inputs": inputs, **parts}
    _print(holds, parts, as_json)
    if any(one["state"] in _BAD for one in inputs):
        raise typer.Exit(EXIT_FAILED)


def _print(holds: dict[str, object], parts: dict[str, list[dict[str, object]]], as_json: bool) -> None:
    if as_json:
        print_json({**holds, **{title.lower().replace(" ", "_"): rows for title, rows in parts.items()}})
        return
    print_table("The warehouse", ("", ""), [(name.replace("_", " "), cell(value)) for name, value in holds.items()])
    for title, rows in parts.items():
        if rows:
            print_table(title, list(rows[0]), [list(row.values()) for row in rows])
        else:
            console.print(f"{title}: none")


def _rows(connection: Connection, statement: LiteralString) -> list[dict[str, object]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(statement).fetchall()
