"""Runs the migrations: one transaction each, under a lock, with limits on waiting.

Two upgrades at once would both try to create the tables; the advisory lock lets the second wait and find nothing to
do. lock_timeout keeps a migration from queueing behind a long report and blocking every query after it.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, create_engine, pool

from etl.database import locks
from etl.database.connect import resolve_url, sqlalchemy_url
from etl.schema import metadata

LOCK_TIMEOUT = "10s"
STATEMENT_TIMEOUT = "30min"


def _migrate(connection: Connection) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_lock({locks.MIGRATION})")
    connection.exec_driver_sql("CREATE SCHEMA IF NOT EXISTS ops")  # the version table lives there
    connection.exec_driver_sql(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
    connection.exec_driver_sql(f"SET statement_timeout = '{STATEMENT_TIMEOUT}'")
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_schemas=True,
        version_table_schema="ops",
        version_table="schema_version",
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def _run() -> None:
    url = context.config.attributes.get("url") or sqlalchemy_url(resolve_url())
    with create_engine(url, poolclass=pool.NullPool).connect() as connection:
        _migrate(connection)


_run()
