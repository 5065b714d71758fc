"""newshouse bi: a login is made, changed, shown and dropped; nobody else's role is touched; no password is seen."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import errors, sql

from etl.database.connect import connect
from tests.bi.forbidden import FORBIDDEN, SLOW, WRITING


def newshouse(database: str, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"DATABASE_URL": database}
    command = [sys.executable, "-c", "from etl.cli import main; main()", *arguments]
    return subprocess.run(
        command, input=stdin, capture_output=True, check=False, encoding="utf-8", env=environment, timeout=60
    )


def connect_as(database: str, name: str, password: str) -> psycopg.Connection:
    parts = urlsplit(database)
    return psycopg.connect(
        host=parts.hostname, port=parts.port, dbname=parts.path[1:], user=name, password=password, autocommit=True
    )


@pytest.fixture
def name(server: str) -> Iterator[str]:
    """A login's name that nobody has."""
    name = f"newshouse test {secrets.token_hex(6)}"
    yield name
    with connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(name)))


@pytest.fixture
def session(database: str, name: str) -> Iterator[psycopg.Connection]:
    """A session of a login with a timeout of one second."""
    made = newshouse(database, "bi", "grant", name, "--statement-timeout", "1", stdin="secret\n")
    assert made.returncode == 0, made.stderr
    with connect_as(database, name, "secret") as connection:
        yield connection


def test_reads_marts_by_their_short_names(session: psycopg.Connection) -> None:
    assert session.execute("SELECT count(*) FROM articles").fetchone() == (0,)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_is_refused(session: psycopg.Connection, statement: str) -> None:
    session.execute(WRITING)
    with pytest.raises(errors.InsufficientPrivilege):
        session.execute(statement)


def test_only_reads_unless_a_session_says_otherwise(session: psycopg.Connection) -> None:
    with pytest.raises(errors.ReadOnlySqlTransaction):
        session.execute("CREATE TABLE mine (one integer)")


def test_a_slow_query_is_ended(session: psycopg.Connection) -> None:
    with pytest.raises(errors.QueryCanceled):
        session.execute(SLOW)


def test_a_generated_password_is_printed_and_works(database: str, name: str) -> None:
    made = json.loads(newshouse(database, "bi", "grant", name, "--generate", "--json").stdout)
    connect_as(database, name, made["password"]).close()


def test_a_second_grant_changes_the_password(database: str, name: str) -> None:
    newshouse(database, "bi", "grant", name, stdin="before\n")
    done = newshouse(database, "bi", "grant", name, stdin="after\n")
    assert done.stdout.startswith(f"{name} is updated")
    connect_as(database, name, "after").close()


def test_a_password_from_stdin_is_not_printed(database: str, name: str) -> None:
    done = newshouse(database, "bi", "grant", name, stdin="very-secret\n")
    assert "very-secret" not in done.stdout + done.stderr


def test_the_server_keeps_a_verifier_and_never_sees_the_password(database: str, name: str) -> None:
    with connect(database, autocommit=True) as owner:
        newshouse(database, "bi", "grant", name, stdin="very-secret\n")
        row = owner.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [name]).fetchone()
    assert row is not None
    assert row[0].startswith("SCRAM-SHA-256$4096:")


def test_no_password_at_all_is_a_usage_error(database: str, name: str) -> None:
    assert newshouse(database, "bi", "grant", name).returncode == 2


def test_a_name_that_cannot_be_is_told_before_a_password_is_asked_for(database: str) -> None:
    done = newshouse(database, "bi", "grant", "pg_reader")
    assert (done.returncode, "cannot be a login's name" in done.stderr) == (2, True)


@pytest.mark.parametrize("verb", ["grant", "revoke", "url"])
def test_the_owner_is_left_alone(database: str, verb: str) -> None:
    with connect(database) as connection:
        owner = connection.info.user
    done = newshouse(database, "bi", verb, owner, stdin="secret\n")
    assert (done.returncode, "is no BI login" in done.stderr) == (2, True)


@pytest.mark.parametrize("verb", ["grant", "revoke", "url"])
def test_a_role_made_by_somebody_else_is_left_alone(database: str, server: str, name: str, verb: str) -> None:
    with connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))
    done = newshouse(database, "bi", verb, name, stdin="secret\n")
    assert (done.returncode, "was not made by newshouse" in done.stderr) == (2, True)


def test_a_revoked_login_reads_nothing_in_its_open_session(
    database: str, name: str, session: psycopg.Connection
) -> None:
    session.execute("SELECT FROM articles")
    assert newshouse(database, "bi", "revoke", name).returncode == 0
    with pytest.raises(psycopg.Error):
        session.execute("SELECT FROM mart.articles")


def test_revoke_names_what_stands_in_the_way(database: str, name: str, session: psycopg.Connection) -> None:
    with connect(database, autocommit=True) as owner:
        owner.execute(sql.SQL("GRANT USAGE ON SCHEMA core TO {}").format(sql.Identifier(name)))
        done = newshouse(database, "bi", "revoke", name)
        owner.execute(sql.SQL("REVOKE USAGE ON SCHEMA core FROM {}").format(sql.Identifier(name)))
    assert (done.returncode, "schema core" in done.stderr) == (2, True)


def test_url_has_every_spelling_and_no_password(database: str, name: str, session: psycopg.Connection) -> None:
    facts = json.loads(newshouse(database, "bi", "url", name, "--json").stdout)
    parts = urlsplit(database)
    place = f"{parts.hostname}:{parts.port or 5432}{parts.path}"
    assert facts["url"] == f"postgresql://{name.replace(' ', '%20')}@{place}"
    assert facts["jdbc"] == f"jdbc:postgresql://{place}"


@pytest.mark.parametrize("bad", ["", "pg_reader", "x" * 64, "я" * 32, "line\nbreak"])
def test_a_name_that_cannot_be_is_a_usage_error(database: str, bad: str) -> None:
    assert newshouse(database, "bi", "grant", bad, "--generate").returncode == 2
