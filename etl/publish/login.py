"""Logins of BI tools and analysts: members of newshouse_reader, which read schema mart and nothing else.

A login made here carries a comment on its role that says so; no other role is ever changed or dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from psycopg import Connection, errors, sql

from etl.errors import UsageError
from etl.publish import reader

_COMMENT = "Made by newshouse bi grant: reads schema mart"
_LONGEST_NAME = 63  # bytes; PostgreSQL cuts a longer one off without an error

# A tool that leaves a transaction open keeps its locks, and the next `db upgrade` could not replace the views.
_IDLE_IN_TRANSACTION = timedelta(minutes=10)

_STATE = """
SELECT
    coalesce(shobj_description(oid, 'pg_authid'), '') = %(comment)s AS is_ours,
    rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls AS is_powerful
FROM pg_roles
WHERE rolname = %(name)s
"""


def grant_login(connection: Connection, name: str, password: str, statement_timeout: timedelta) -> bool:
    """Make or update the login: its password, membership and settings. True when it is new.

    The server is sent the SCRAM verifier, never the password, so that no log of statements can show it. The settings
    are defaults of its sessions: what holds whatever a session sets is that newshouse_reader may read mart alone.

    Raises UsageError for a name that cannot be had, and when the connection's user may not make roles.
    """
    is_new = not login_exists(connection, name)
    verifier = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
    role = sql.Identifier(name)
    with _allowed(connection), connection.transaction():
        reader.grant(connection)  # a database that was restored or cloned has lost what the last publishing gave
        verb = sql.SQL("CREATE" if is_new else "ALTER")
        connection.execute(sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(verb, role, verifier))
        connection.execute(sql.SQL("COMMENT ON ROLE {} IS {}").format(role, _COMMENT))
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(reader.ROLE), role))
        for setting, value in _settings(statement_timeout).items():
            connection.execute(sql.SQL("ALTER ROLE {} SET {} = {}").format(role, sql.Identifier(setting), value))
    return is_new


def revoke_login(connection: Connection, name: str) -> None:
    """Drop the login. A session that it has open can read nothing from then on.

    Raises UsageError where newshouse made no such login, and where it was given more than newshouse gives.
    """
    require_login(connection, name)
    try:
        with _allowed(connection):
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))
    except errors.DependentObjectsStillExist as error:
        raise UsageError(
            f"{name} owns objects or was granted more than newshouse gives ({error.diag.message_detail}): "
            f'reassign or drop that first, for example with DROP OWNED BY "{name}".'
        ) from None


def require_login(connection: Connection, name: str) -> None:
    """Raises UsageError where newshouse made no login of that name."""
    if not login_exists(connection, name):
        raise UsageError(f"there is no BI login {name}. Logins are made with: newshouse bi grant {name}")


def login_exists(connection: Connection, name: str) -> bool:
    """Whether newshouse made a login of that name. Raises UsageError for a name that is another role's, or no name."""
    if not name or len(name.encode()) > _LONGEST_NAME or not name.isprintable() or name.startswith("pg_"):
        raise UsageError(f"{name!r} cannot be a login's name: take 1 to 63 bytes of letters, not starting with pg_.")
    state = connection.execute(_STATE, {"name": name, "comment": _COMMENT}).fetchone()
    if state is None:
        return False
    is_ours, is_powerful = state
    if is_powerful:
        raise UsageError(f"{name} may do more on this server than read, so it is no BI login: choose another name.")
    if not is_ours:
        raise UsageError(f"the role {name} was not made by newshouse and is left alone: choose another name.")
    return True


def _settings(statement_timeout: timedelta) -> dict[str, str]:
    return {
        "search_path": "mart",
        "default_transaction_read_only": "on",
        "statement_timeout": _milliseconds(statement_timeout),
        "idle_in_transaction_session_timeout": _milliseconds(_IDLE_IN_TRANSACTION),
    }


def _milliseconds(duration: timedelta) -> str:
    return str(duration // timedelta(milliseconds=1))


@contextmanager
def _allowed(connection: Connection) -> Iterator[None]:
    try:
        yield
    except errors.InsufficientPrivilege as error:
        raise UsageError(
            f"the user {connection.info.user} may not manage logins ({error.diag.message_primary}): "
            "run this as an administrator, with DATABASE_URL set to that user's."
        ) from None
