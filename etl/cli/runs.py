"""newshouse runs: what was loaded when, and how it ended."""

from __future__ import annotations

from typing import Annotated

import typer
from psycopg.rows import dict_row

from etl.cli.output import AsJson, console, print_json, print_table
from etl.cli.session import warehouse
from etl.errors import UsageError
from etl.load.book import list_runs, show_run

app = typer.Typer(help="The book of runs: every command that wrote, and how it ended.", no_args_is_help=True)

_REASONS = """
SELECT reason_code, count(*) AS inputs, count(*) FILTER (WHERE state = 'open') AS still_open
FROM ops.rejected_item
WHERE run_id = %s
GROUP BY reason_code
ORDER BY inputs DESC, reason_code
"""


@app.command("list")
def list_(
    limit: Annotated[int, typer.Option(min=1, help="How many of the latest.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List the latest runs, newest first."""
    with warehouse() as connection:
        rows = list_runs(connection, limit)
    if as_json:
        print_json(rows)
    elif rows:
        print_table(f"The latest {len(rows)} runs", list(rows[0]), [list(row.values()) for row in rows])
    else:
        console.print("No runs.")


@app.command()
def show(
    run_id: Annotated[int, typer.Argument(help="The run's number, from: newshouse runs list", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Show one run: what it was given, how it ended, and its rejects by reason."""
    with warehouse() as connection, connection.cursor(row_factory=dict_row) as cursor:
        row = show_run(connection, run_id)
        if row is None:
            raise UsageError(f"there is no run {run_id}; see: newshouse runs list")
        reasons = cursor.execute(_REASONS, (run_id,)).fetchall()
    if as_json:
        print_json({**row, "rejects": reasons})
        return
    print_table(f"Run {run_id}", ("", ""), row.items(), folds=True)
    if reasons:
        print_table("Rejects by reason", list(reasons[0]), [list(reason.values()) for reason in reasons])
