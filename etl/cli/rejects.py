"""newshouse rejects: what could not be loaded, why, and loading it again."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from psycopg import Connection
from psycopg.rows import dict_row

from etl.cli.load import run_retry
from etl.cli.output import AsJson, console, print_json, print_table
from etl.cli.session import warehouse
from etl.errors import UsageError
from etl.extract.item import REASONS
from etl.load.dismiss import close

app = typer.Typer(help="Inputs that gave no article: list them, look at one, load them again.", no_args_is_help=True)

RejectId = Annotated[int, typer.Argument(help="The reject's id, from: newshouse rejects list", show_default=False)]

_LIST = """
SELECT reject_id, reason_code, origin, byte_length, rejected_at, state
FROM ops.rejected_item
WHERE state = 'open' OR %(is_all)s
ORDER BY rejected_at DESC, reject_id
"""


@app.command("list")
def list_(
    is_all: Annotated[bool, typer.Option("--all", help="Also those that were resolved.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the open rejects, newest first."""
    with warehouse() as connection, connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(_LIST, {"is_all": is_all}).fetchall()
    if as_json:
        print_json(rows)
    elif rows:
        print_table(f"Rejects: {len(rows)}", list(rows[0]), [list(row.values()) for row in rows])
    else:
        console.print("No rejects.")


@app.command()
def show(
    reject_id: RejectId,
    is_raw: Annotated[bool, typer.Option("--raw", help="Write the bytes themselves to stdout.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show one reject: why it was rejected, and how its content begins."""
    with warehouse() as connection:
        row = _find(connection, reject_id)
    content = row.pop("content")
    if is_raw:
        if content is None:
            raise UsageError(f"the bytes of reject {reject_id} were not kept; read them at {row['origin']}")
        sys.stdout.buffer.write(content)
    elif as_json:
        print_json(row)
    else:
        shown = {
            **row,
            "reason": REASONS[row["reason_code"]],
            "content begins": (content or b"")[:300].decode("utf-8", "replace"),
        }
        print_table(f"Reject {reject_id}", ("", ""), shown.items(), folds=True)


@app.command()
def retry(
    reject_id: Annotated[int | None, typer.Argument(help="One reject; without it all open ones.")] = None,
    as_json: AsJson = False,
) -> None:
    """Load open rejects again: from the bytes that were kept, or from the file where the file was the problem."""
    with warehouse() as connection:
        if reject_id is not None:
            _find(connection, reject_id)
        run_retry(connection, reject_id, as_json)


@app.command()
def dismiss(reject_id: RejectId) -> None:
    """Close a reject that needs nothing more: a folder that can be read now, a file that is gone for good."""
    with warehouse() as connection:
        _find(connection, reject_id)
        close(connection, reject_id)
    console.print("dismissed")


def _find(connection: Connection, reject_id: int) -> dict[str, Any]:
    statement = (
        "SELECT reject_id, origin, reason_code, detail, media_type, carrier, byte_length, state, run_id, rejected_at,"
        " resolved_run_id, resolved_at, content FROM ops.rejected_item WHERE reject_id = %s"
    )
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(statement, (reject_id,)).fetchone()
    if row is None:
        raise UsageError(f"there is no reject {reject_id}; see: newshouse rejects list --all")
    return row
