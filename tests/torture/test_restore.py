"""A copy of the warehouse on another server: a reload of the same inputs finds all of it and writes nothing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from psycopg import Connection

from etl.database import embedded
from etl.database.binaries import candidates
from etl.database.connect import connect
from etl.warehouse import upgrade
from tests.torture.commands import finish, runs, start_load
from tests.torture.conftest import INPUTS
from tests.torture.contents import contents
from tests.torture.test_kills import Warehouse, finish_job

_ROWS = "SELECT array_agg((tableoid, ctid, xmin)::text ORDER BY tableoid, ctid) FROM {}"
TABLES = ("core.article", "core.country_mention", "core.text_fingerprint", "raw.document", "raw.input")


def programs(url: str) -> Path:
    """The folder of pg_dump and pg_restore of the server's version."""
    with connect(url) as connection:
        major = connection.info.server_version // 10_000
    for folder in candidates():
        if (folder / "pg_dump").exists() and (folder / "pg_restore").exists():
            said = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True, check=True).stdout
            if f" {major}." in said:
                return folder
    pytest.skip(f"there is no pg_dump of PostgreSQL {major}, the server's version")


def row_versions(connection: Connection) -> list[object]:
    """Where each row lies and who wrote it: the same means that nothing was written."""
    return [connection.execute(_ROWS.format(table)).fetchone() for table in TABLES]  # type: ignore[call-overload]


def test_restored_copy_is_reloaded_without_a_write(
    warehouse: Warehouse, home: Path, corpus: Path, undisturbed: object, tmp_path: Path
) -> None:
    url = warehouse()
    folder, dump = programs(url), tmp_path / "newshouse.dump"
    finish_job(url, corpus)
    subprocess.run([folder / "pg_dump", "--format=custom", f"--file={dump}", url], check=True)
    copy = embedded.start(home)
    subprocess.run(
        [folder / "pg_restore", "--exit-on-error", "--no-owner", "--no-acl", f"--dbname={copy}", dump], check=True
    )
    upgrade(copy)
    with connect(copy, autocommit=True) as connection:
        assert contents(connection) == undisturbed
        before = row_versions(connection)
        finish(start_load(copy, corpus), 3)
        assert row_versions(connection) == before
        rejects = connection.execute("SELECT unchanged_count + rejected_count FROM ops.load_run ORDER BY 1").fetchall()
    assert rejects[-1] == (INPUTS,)
    assert [state for state, _ in runs(copy)] == ["succeeded", "succeeded"]
