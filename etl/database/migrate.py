"""The schema's version: bring a database up to it, or say which command does."""

from __future__ import annotations

from psycopg import Connection

from etl.database import locks
from etl.database.connect import sqlalchemy_url
from etl.errors import SchemaMismatch
from etl.resources import MIGRATIONS

_RUNS_AT_WORK = f"SELECT objid::bigint {locks.HELD_OF_CLASS} ORDER BY 1"
_IS_HIDDEN = "SELECT NOT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = 'ops'"


def upgrade(url: str) -> None:
    """Run the migrations that the database at `url` lacks."""
    from alembic import command  # with SQLAlchemy half a second, which no other command should wait for
    from alembic.config import Config
    from sqlalchemy.exc import DBAPIError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["url"] = sqlalchemy_url(url)
    try:
        command.upgrade(config, "head")
    except DBAPIError as error:
        raise (error.orig or error) from None  # psycopg's own error, which the command line knows how to tell


def revisions() -> list[str]:
    """The revisions that this code knows, oldest first: the numbers of the files (a test holds them to it)."""
    return sorted(script.name[:4] for script in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def head_revision() -> str:
    """The revision that this code is written for."""
    return revisions()[-1]


def current_revision(connection: Connection) -> str | None:
    """The revision of the database, or None for one that was never migrated."""
    exists = connection.execute("SELECT to_regclass('ops.schema_version') IS NOT NULL").fetchone()
    if exists != (True,):
        return None
    row = connection.execute("SELECT version_num FROM ops.schema_version").fetchone()
    return str(row[0]) if row else None


def require_idle(connection: Connection) -> None:
    """Raise SchemaMismatch while a run is at work: it would go on writing rows as they were before the upgrade."""
    held = connection.execute(_RUNS_AT_WORK, {"lock_class": locks.RUN_CLASS}).fetchall()
    if held:
        runs = ", ".join(str(run_id) for (run_id,) in held)
        raise SchemaMismatch(
            f"run {runs} is at work on this database; let it end or stop it, then run: newshouse db upgrade"
        )


def require_current(connection: Connection) -> None:
    """Raise SchemaMismatch, with the command that helps, unless database and code are of one version.

    A login that may read schema mart alone cannot see the version: for it, what the views say is what counts.
    """
    if connection.execute(_IS_HIDDEN).fetchone() == (True,):
        return
    current, head = current_revision(connection), head_revision()
    refuse_newer(current)
    if current is None:
        raise SchemaMismatch("the database holds no warehouse yet; run: newshouse db upgrade")
    if current != head:
        raise SchemaMismatch(f"the database is at revision {current}, not {head}; run: newshouse db upgrade")


def refuse_newer(revision: str | None) -> None:
    """Raise SchemaMismatch for a revision that this code does not know: a newer newshouse made the database."""
    if revision is not None and revision not in revisions():
        raise SchemaMismatch(
            f"the database is at revision {revision}, which this newshouse (revision {head_revision()}) does not know:"
            " a newer one made it; use that one, or another database"
        )
