"""newshouse db: the database in use, embedded or named by DATABASE_URL."""

from __future__ import annotations

import os
import shutil
from enum import StrEnum
from typing import Annotated

import typer
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from etl import config
from etl.cli.output import AsJson, console, print_json, print_table
from etl.cli.session import warehouse
from etl.database import embedded
from etl.database.account import account_for
from etl.database.binaries import find_binaries
from etl.database.connect import connect, resolve_url, safe_url
from etl.database.migrate import current_revision, require_current
from etl.errors import SchemaMismatch, UsageError


class Index(StrEnum):
    """An index made on demand."""

    SEARCH = "search"


app = typer.Typer(
    help="The database in use: the one DATABASE_URL names, else an embedded PostgreSQL.", no_args_is_help=True
)


@app.command("start")
def start() -> None:
    """Start the embedded server. Other commands do it by themselves; it runs until `newshouse db stop`."""
    _require_embedded("start")
    console.print(f"running at {safe_url(embedded.start(config.home()))}", highlight=False)


@app.command("stop")
def stop() -> None:
    """Stop the embedded server."""
    _require_embedded("stop")
    console.print("stopped" if embedded.stop(config.home()) else "it was not running")


@app.command("status")
def status(as_json: AsJson = False) -> None:
    """Show which database is in use, and whether it runs and is up to date. Starts nothing."""
    external = config.database_url()
    facts = _external(external) if external else _embedded()
    if as_json:
        print_json(facts)
    else:
        print_table("The database", ("", ""), facts.items())


@app.command("url")
def url() -> None:
    """Print the owner's URL, password included: it may change everything. For a BI tool: newshouse bi grant."""
    typer.echo(resolve_url())


@app.command("upgrade")
def upgrade_(as_json: AsJson = False) -> None:
    """Bring the database up to this version: tables, reference data, views. Changes nothing that is up to date."""
    from etl.warehouse import upgrade  # with the rules and SQLAlchemy half a second, which no other command waits for

    done = upgrade(resolve_url())
    if as_json:
        views = {"views": list(done.published.views), "views_changed": done.published.is_changed}
        print_json({"before": done.before, "after": done.after, "reference_rows": done.reference_rows, **views})
        return
    schema = f"schema at {done.after}" + ("" if done.before == done.after else f" (was {done.before or 'empty'})")
    views_are = "made" if done.published.is_changed else "as they were"
    changed = f"{done.reference_rows} reference rows changed, {len(done.published.views)} views {views_are}"
    console.print(f"{schema}, {changed}", highlight=False)


@app.command("recount")
def recount() -> None:
    """Write what is derived from articles and mentions anew, where `newshouse check` found it wrong: the countries and
    days of articles, and all counts. Loads wait, readers do not."""
    from etl.load import closing, derived, source_lines, stories, story_totals, summary

    with warehouse() as connection:
        with closing.merge_lock(connection):
            rows = derived.restore(connection) + summary.recount(connection) + story_totals.recount(connection)
            source_lines.recount(connection)
        stories.group(connection)
    console.print(f"counted anew: {rows} rows", highlight=False)


@app.command("index")
def index(
    what: Annotated[Index, typer.Argument(help="search: the words of all articles, for mart.search_articles.")],
    drop: Annotated[bool, typer.Option("--drop", help="Drop it instead.")] = False,
) -> None:
    """Make an index that is not needed by default. Loads and readers go on meanwhile; each later load keeps it up."""
    from etl.database import search

    with warehouse() as connection:
        if drop:
            search.drop_index(connection)
            console.print(f"no {what} index any more")
        else:
            console.print(f"{what} index {'made' if search.create_index(connection) else 'was there'}")


@app.command("psql", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def psql(context: typer.Context) -> None:
    """Open psql on the warehouse; further arguments go to psql. The password stays out of the process list."""
    program = _psql_program()
    parameters = {name: str(value) for name, value in conninfo_to_dict(resolve_url()).items()}
    password = parameters.pop("password", None)
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    os.execve(program, [program, make_conninfo("", **parameters), *context.args], environment)  # noqa: S606 - no shell is wanted


def _psql_program() -> str:
    folder = find_binaries(account_for(config.home()), config.home()).folder
    found = shutil.which("psql", path=str(folder)) or shutil.which("psql")
    if found is None:
        raise UsageError("no psql was found; install PostgreSQL's client, or use: newshouse query")
    return found


def _require_embedded(verb: str) -> None:
    if place := config.database_url():
        raise UsageError(f"DATABASE_URL is set ({safe_url(place)}), and that server is not ours to {verb}; unset it")


def _external(place: str) -> dict[str, object]:
    return {"kind": "DATABASE_URL", "url": safe_url(place), **_revision(place)}


def _embedded() -> dict[str, object]:
    server = embedded.status(config.home())
    if server.url is None:
        return {"kind": "embedded", "home": str(server.home), "state": "not running; start it: newshouse db start"}
    facts = {"kind": "embedded", "home": str(server.home), "state": f"running, process {server.pid}"}
    return {**facts, "url": safe_url(server.url), **_revision(server.url)}


def _revision(place: str) -> dict[str, object]:
    with connect(place, autocommit=True) as connection:
        server = connection.info.server_version
        try:
            require_current(connection)
            note = "up to date"
        except SchemaMismatch as mismatch:
            note = str(mismatch)
        current = current_revision(connection)
    return {"server": f"PostgreSQL {server // 10000}.{server % 10000}", "schema": f"{current or 'none'}: {note}"}
