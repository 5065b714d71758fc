"""The settings, environment variables all: `NEWSHOUSE_HOME`, `DATABASE_URL`, `NEWSHOUSE_DATABASE_WAIT`, and for
fetching `NEWSHOUSE_CONTACT` and `NEWSHOUSE_ALLOW_PRIVATE`."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
import psycopg
from psycopg.conninfo import conninfo_to_dict

from etl.errors import UsageError
from etl.fetch.policy import Policy

_SCHEMES = ("postgresql://", "postgres://", "postgresql+psycopg://")


def home() -> Path:
    """The folder that holds everything this machine keeps: `NEWSHOUSE_HOME`, else the user's data folder.

    For root it is /var/lib/newshouse: the embedded server runs under another account, which cannot enter /root.
    """
    if given := os.environ.get("NEWSHOUSE_HOME"):
        return Path(given).expanduser().resolve()
    if os.geteuid() == 0:
        return Path("/var/lib/newshouse")
    return platformdirs.user_data_path("newshouse")


def database_url() -> str | None:
    """`DATABASE_URL` as a libpq URI (postgresql://…), None when it is not set.

    Raises UsageError for anything else; the message never repeats the value, which may hold a password.
    """
    given = os.environ.get("DATABASE_URL", "").strip()
    if not given:
        return None
    for scheme in _SCHEMES:
        if given.startswith(scheme) and _is_valid(url := "postgresql://" + given.removeprefix(scheme)):
            return url
    raise UsageError(
        "DATABASE_URL is not a PostgreSQL URL. Write postgresql://user:password@host:5432/database "
        "(special characters in the password percent-encoded), or unset it to use the embedded server."
    )


def database_wait() -> float:
    """Seconds that a load waits for a server that went away: `NEWSHOUSE_DATABASE_WAIT`, else five minutes."""
    given = os.environ.get("NEWSHOUSE_DATABASE_WAIT", "").strip() or "300"
    if not given.isdecimal():
        raise UsageError(f"NEWSHOUSE_DATABASE_WAIT is {given!r}; write a number of seconds, such as 300")
    return float(given)


def fetch_policy() -> Policy:
    """How to fetch: `NEWSHOUSE_CONTACT` is shown to servers, `NEWSHOUSE_ALLOW_PRIVATE=1` lets private addresses be
    asked. Raises UsageError for a contact that no header can hold and for another value than 0 or 1."""
    contact = os.environ.get("NEWSHOUSE_CONTACT", "").strip()
    if not contact.isascii() or not contact.isprintable():
        raise UsageError("NEWSHOUSE_CONTACT must be a web or mail address in plain ASCII")
    allow = os.environ.get("NEWSHOUSE_ALLOW_PRIVATE", "").strip() or "0"
    if allow not in ("0", "1"):
        raise UsageError("NEWSHOUSE_ALLOW_PRIVATE must be 1 (private addresses may be fetched from) or 0")
    return Policy(contact=contact or None, is_private_allowed=allow == "1")


def _is_valid(url: str) -> bool:
    try:
        port = conninfo_to_dict(url).get("port") or "5432"
    except psycopg.ProgrammingError:
        return False
    return all(part.isdecimal() for part in str(port).split(","))
