"""The functions of sql/functions: put into schema mart beside the views, for the reader to call and nobody else."""

from __future__ import annotations

import re

from psycopg import Connection, sql

from etl.errors import NewshouseError
from etl.publish.definition import Definition, read_questions
from etl.publish.reader import ROLE
from etl.resources import SQL

_BODY = re.compile(r"AS \$\$(.*)\$\$;", re.DOTALL)

# A function made again has lost its comment and grants, so all three together say that it is as it should be.
_STANDING = """
SELECT
    p.prosrc,
    obj_description(p.oid, 'pg_proc'),
    has_function_privilege(%s, p.oid, 'EXECUTE') AND NOT has_function_privilege('public', p.oid, 'EXECUTE')
FROM pg_proc AS p
WHERE p.pronamespace = 'mart'::regnamespace AND p.proname = %s
"""


def publish_functions(connection: Connection) -> bool:
    """Bring the functions to what their files say; False when they are. The reader's role exists."""
    stale = [function for function in read_functions() if not _is_current(connection, function)]
    for function in stale:
        _create(connection, function)
    return bool(stale)


def read_functions() -> list[Definition]:
    """The files of sql/functions by name. Raises NewshouseError naming the file that breaks a rule."""
    return read_questions(SQL / "functions")


def _is_current(connection: Connection, function: Definition) -> bool:
    if not (body := _BODY.search(function.sql)):
        raise NewshouseError(f"{function.name}.sql: its body must stand between AS $$ and $$;")
    standing = connection.execute(_STANDING, [ROLE, function.name]).fetchall()
    return standing == [(body[1], function.description, True)]


def _create(connection: Connection, function: Definition) -> None:
    name = sql.Identifier("mart", function.name)
    connection.execute(sql.SQL("DROP FUNCTION IF EXISTS {}").format(name))
    connection.execute(function.sql)
    connection.execute(sql.SQL("COMMENT ON FUNCTION {} IS {}").format(name, function.description))
    connection.execute(sql.SQL("REVOKE ALL ON FUNCTION {} FROM PUBLIC").format(name))
    connection.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(name, sql.Identifier(ROLE)))
