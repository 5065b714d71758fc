"""Putting the views of sql/marts into schema mart, whole and in one transaction.

CREATE OR REPLACE VIEW may only append columns, and a view made anew has lost its grants and comments. So when anything
differs, all are dropped and made again, with both; when nothing does, nothing is touched. Nothing is ever dropped with
CASCADE: an analyst's own view that stands on one of ours is named in the error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg import Connection, ProgrammingError, errors, sql

from etl.database import locks
from etl.errors import NewshouseError
from etl.publish import reader
from etl.publish.definition import Definition, read_views
from etl.publish.functions import publish_functions
from etl.resources import SQL

_REGISTER = "INSERT INTO ops.view_registry (view_name, definition_sha256, published_at) VALUES (%s, %s, now())"

_STANDING = """
SELECT relname, obj_description(oid, 'pg_class')
FROM pg_class
WHERE relnamespace = to_regnamespace('mart') AND relkind NOT IN ('i', 'I')
"""


@dataclass(frozen=True, slots=True)
class Published:
    """The views that stand in schema mart, each after those it reads, and whether this publishing changed anything."""

    views: tuple[str, ...]
    is_changed: bool


def publish(connection: Connection) -> Published:
    """Bring views, functions, comments and grants to what the files of sql say, in one transaction.

    Raises NewshouseError, with nothing changed, when a file breaks a rule, a foreign view stands on one of ours or has
    the name of one, or the user lacks a right.
    """
    views = read_views(SQL / "marts")
    names = tuple(view.name for view in views)
    with _changing(connection):
        if _is_current(connection, views):
            is_granted = reader.grant(connection)
            return Published(names, is_changed=publish_functions(connection) or is_granted)
        _refuse_foreign(connection, views)
        _drop(connection, [*_registered(connection), *names])
        for view in views:
            _create(connection, view)
        reader.grant(connection)
        publish_functions(connection)
    return Published(names, is_changed=True)


def drop_views(connection: Connection) -> None:
    """Drop every view that the warehouse published, as a migration needs that changes a column under one.

    The next `publish` makes them again. Raises NewshouseError, with nothing changed, when a foreign view stands on one.
    """
    with _changing(connection):
        _drop(connection, _registered(connection))


@contextmanager
def _changing(connection: Connection) -> Iterator[None]:
    """One transaction, one publisher at a time, and the errors that a person can act on."""
    try:
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [locks.PUBLISH])
            # A view that is being read cannot be replaced; waiting for it would block every later reader behind us.
            connection.execute("SET LOCAL lock_timeout = '10s'")
            yield
    except errors.LockNotAvailable as error:
        raise NewshouseError(
            "a view is being read by a transaction that does not end. Nothing was changed. Close it"
            " (SELECT pid, query FROM pg_stat_activity WHERE state <> 'idle'), and run this again."
        ) from error
    except errors.DependentObjectsStillExist as error:
        raise NewshouseError(
            f"other views stand on the warehouse's own: {error.diag.message_detail}\n"
            "Nothing was changed. Save their definitions, drop them, run this again, and create them again."
        ) from error
    except errors.InsufficientPrivilege as error:
        raise NewshouseError(
            f"user {connection.info.user} may not publish the views: {error.diag.message_primary}. "
            "Nothing was changed. Run this as the owner of the schemas raw, core, ops and mart."
        ) from error


def _is_current(connection: Connection, views: Sequence[Definition]) -> bool:
    if _registered(connection) != {view.name: view.sha256 for view in views}:
        return False
    standing = _standing(connection)
    return all(standing.get(view.name) == view.description for view in views)


def _registered(connection: Connection) -> dict[str, bytes]:
    return dict(connection.execute("SELECT view_name, definition_sha256 FROM ops.view_registry ORDER BY 1").fetchall())


def _standing(connection: Connection) -> dict[str, str | None]:
    """Everything in schema mart by name, with its comment."""
    return dict(connection.execute(_STANDING).fetchall())


def _refuse_foreign(connection: Connection, views: Sequence[Definition]) -> None:
    """An unregistered view under one of our names is ours only if it carries our comment (a lost registry)."""
    registered, standing = _registered(connection), _standing(connection)
    for view in views:
        if view.name in standing and view.name not in registered and standing[view.name] != view.description:
            raise NewshouseError(
                f"mart.{view.name} exists and was not made by the warehouse, which now has a view of that name. "
                f"Nothing was changed. Rename it: ALTER VIEW mart.{view.name} RENAME TO …; then run this again."
            )


def _drop(connection: Connection, names: Iterable[str]) -> None:
    standing = _standing(connection)
    if ours := sorted(standing.keys() & set(names)):
        # One statement for all: among themselves they may depend as they like.
        listed = sql.SQL(", ").join(sql.Identifier("mart", name) for name in ours)
        connection.execute(sql.SQL("DROP VIEW {} RESTRICT").format(listed))
    connection.execute("DELETE FROM ops.view_registry")


def _create(connection: Connection, view: Definition) -> None:
    try:
        connection.execute(view.sql)  # the view and the comments of its columns
    except errors.InsufficientPrivilege:
        raise
    except ProgrammingError as error:
        raise NewshouseError(f"sql/marts/{view.name}.sql: {error}") from error
    comment = sql.SQL("COMMENT ON VIEW {} IS {}").format(sql.Identifier("mart", view.name), view.description)
    connection.execute(comment)
    connection.execute(_REGISTER, [view.name, view.sha256])
