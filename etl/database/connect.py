"""Connections to the warehouse: where it is, the settings that every connection has, and errors a person can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from etl import config
from etl.database import embedded
from etl.database.binaries import OLDEST_SUPPORTED
from etl.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from sqlalchemy import URL

_SETTINGS = {
    "application_name": "newshouse",
    "client_encoding": "UTF8",
    "connect_timeout": "10",
    # A server that vanished without a word is noticed within a minute, not after the system's two hours.
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
}

# So does the server notice a client that vanished: until then it holds what that one has locked.
_NOTICE_US = """
SELECT set_config(name, value, false)
FROM (
    VALUES ('tcp_keepalives_idle', '30'), ('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '3'),
        ('tcp_user_timeout', '60000')
) AS setting (name, value)
"""


def resolve_url() -> str:
    """The database in use, as a libpq URI: `DATABASE_URL`, else the embedded server, started when it does not run."""
    return config.database_url() or embedded.start(config.home())


def connect(url: str, *, autocommit: bool = False) -> psycopg.Connection:
    """A connection to `url`. Raises DatabaseUnavailable when nothing usable answers there."""
    try:
        connection = psycopg.connect(make_conninfo(url, **_missing_settings(url)), autocommit=True)
        connection.execute(_NOTICE_US)
        connection.autocommit = autocommit
    except psycopg.OperationalError as error:
        raise DatabaseUnavailable(
            f"the database {safe_url(url)} cannot be reached ({_reason(error)}): start it, or correct DATABASE_URL."
        ) from None  # libpq's own words are in the sentence
    try:
        _check(connection, url)
    except DatabaseUnavailable:
        connection.close()
        raise
    return connection


def sqlalchemy_url(url: str) -> URL:
    """`url` for SQLAlchemy's psycopg driver, with the settings of `connect`."""
    return _build_url("postgresql+psycopg", make_conninfo(url, **_missing_settings(url)))


def safe_url(url: str) -> str:
    """`url` as it may be shown: every password in it is ***."""
    shown = _build_url("postgresql", url)
    if "sslpassword" in shown.query:
        shown = shown.update_query_dict({"sslpassword": "***"})
    return shown.render_as_string(hide_password=True)


def _missing_settings(url: str) -> dict[str, str]:
    """What `url` leaves to us."""
    return {name: value for name, value in _SETTINGS.items() if name not in conninfo_to_dict(url)}


def _build_url(driver: str, conninfo: str) -> URL:
    from sqlalchemy import URL  # a quarter of a second, which few commands need

    rest = {name: str(value) for name, value in conninfo_to_dict(conninfo).items()}
    user, password, database = (rest.pop(name, None) for name in ("user", "password", "dbname"))
    host, port = rest.get("host", ""), rest.get("port", "")
    if host.startswith("/") or "," in host + port:  # a socket's folder, or several servers: the driver reads the query
        return URL.create(driver, user, password, database=database, query=rest)
    rest = {name: value for name, value in rest.items() if name not in ("host", "port")}
    return URL.create(driver, user, password, host or None, int(port) if port else None, database, rest)


def _reason(error: psycopg.OperationalError) -> str:
    """The server's or the system's own words: of the last attempt, without libpq's preamble and hints."""
    lines = [line for line in str(error).splitlines() if line and not line[0].isspace()]
    return lines[-1].rpartition("failed: ")[2]


def _check(connection: psycopg.Connection, url: str) -> None:
    major = connection.info.server_version // 10_000
    if major < OLDEST_SUPPORTED:
        raise DatabaseUnavailable(
            f"the database {safe_url(url)} is PostgreSQL {major}: newshouse needs {OLDEST_SUPPORTED} or newer."
        )
    if (encoding := connection.info.parameter_status("server_encoding")) != "UTF8":
        raise DatabaseUnavailable(
            f"the database {safe_url(url)} stores {encoding}, which cannot hold every letter: "
            "create one with ENCODING 'UTF8' TEMPLATE template0."
        )
