"""The whole warehouse brought up to this code: tables, then reference data, then views."""

from __future__ import annotations

from dataclasses import dataclass

from etl.database import locks, migrate
from etl.database.connect import connect
from etl.load.reference import load_reference
from etl.publish import Published, drop_views, publish
from etl.resources import REFERENCE


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did. `before` is None for an empty database; `reference_rows` is the number that changed."""

    before: str | None
    after: str
    reference_rows: int
    published: Published


def upgrade(url: str) -> Upgraded:
    """Bring the database at `url` up to this code; touches nothing that is up to date.

    Raises SchemaMismatch for a database that a newer newshouse made, or that a run is at work on.
    """
    with connect(url, autocommit=True) as connection:
        before, after = migrate.current_revision(connection), migrate.head_revision()
        migrate.refuse_newer(before)
        if before not in (None, after):
            connection.execute("SELECT pg_advisory_lock(%s)", (locks.UPGRADE,))  # no run begins until the end
            migrate.require_idle(connection)
            drop_views(connection)  # a migration may change a column under a view
        if before != after:
            migrate.upgrade(url)
    with connect(url, autocommit=True) as connection:
        return Upgraded(before, after, load_reference(connection, REFERENCE), publish(connection))
