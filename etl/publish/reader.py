"""The role newshouse_reader: what BI tools and analysts are granted. sql/roles/reader.sql says what it may."""

from __future__ import annotations

from psycopg import Connection

from etl.errors import NewshouseError
from etl.resources import SQL

ROLE = "newshouse_reader"

# Only asked once every registered view stands: has_table_privilege fails on one that does not.
_IS_GRANTED = """
SELECT
    has_schema_privilege(oid, 'mart', 'USAGE')
    AND NOT has_schema_privilege(oid, 'mart', 'CREATE')
    AND NOT EXISTS (
        SELECT FROM unnest(ARRAY['raw', 'core', 'ops']) AS closed (schema_name)
        WHERE has_schema_privilege(oid, schema_name, 'USAGE, CREATE')
    )
    AND NOT EXISTS (
        SELECT FROM ops.view_registry
        WHERE NOT has_table_privilege(oid, format('mart.%I', view_name), 'SELECT')
            OR has_table_privilege(oid, format('mart.%I', view_name), 'INSERT, UPDATE, DELETE, TRUNCATE')
    )
    AND NOT EXISTS (
        SELECT FROM pg_database
        WHERE datname = current_database()
            AND has_database_privilege('public', datname, 'TEMPORARY')
            AND pg_has_role(datdba, 'USAGE')
    )
FROM pg_roles
WHERE rolname = 'newshouse_reader'
"""

_MAY_CREATE_ROLE = """
SELECT
    EXISTS (SELECT FROM pg_roles WHERE rolname = 'newshouse_reader')
    OR (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user)
"""


def grant(connection: Connection) -> bool:
    """Give the role what sql/roles/reader.sql says, and nothing else; False when it has just that already.

    Raises NewshouseError when the role does not exist and the user may not create it.
    """
    if connection.execute(_IS_GRANTED).fetchone() == (True,):
        return False
    if connection.execute(_MAY_CREATE_ROLE).fetchone() != (True,):
        raise NewshouseError(
            f"the role {ROLE} does not exist, and user {connection.info.user} may not create roles. "
            f"Have an administrator run: CREATE ROLE {ROLE} NOLOGIN; then run this again."
        )
    connection.execute((SQL / "roles" / "reader.sql").read_text(encoding="utf-8"))
    return True
