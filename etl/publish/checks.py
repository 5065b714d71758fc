"""The promises of the warehouse, and the rows that break them: sql/checks.

A check is one SELECT that gives the rows that break its promise. The comment that its file starts with says what is
promised, how bad a breach is, what to do about one, and how much it reads:

    -- Promise: Every article has one day.
    -- Severity: fail
    -- Action: Run newshouse db recount.
    -- Reads: summary
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from psycopg import Connection, sql

from etl.errors import NewshouseError, UsageError
from etl.publish.definition import read_header
from etl.resources import SQL

FIELDS = ("Promise", "Severity", "Action", "Reads")
SEVERITIES = ("fail", "warn")
READS = ("summary", "history")  # summary: cheap at any size, so that every load ends with it

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Check:
    """One file of sql/checks. `sql` is one SELECT without a semicolon."""

    name: str
    promise: str
    severity: str
    action: str
    is_cheap: bool
    sql: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: how many rows break the promise, and the first of them."""

    check: Check
    row_count: int
    columns: tuple[str, ...]
    first_rows: tuple[tuple[object, ...], ...]

    @property
    def is_failure(self) -> bool:
        return self.row_count > 0 and self.check.severity == "fail"


def read_checks(folder: Path = SQL / "checks") -> dict[str, Check]:
    """The checks of a folder by name. Raises NewshouseError naming the file that breaks a rule."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.sql"))}


def find_checks(names: Sequence[str]) -> list[Check]:
    """The checks of these names, or all without any. Raises UsageError for a name that is none."""
    checks = read_checks()
    for name in names:
        if name not in checks:
            near = difflib.get_close_matches(name, checks, n=3)
            advice = f"Did you mean: {', '.join(near)}?" if near else f"The checks are: {', '.join(checks)}."
            raise UsageError(f"there is no check {name!r}. {advice}")
    return [checks[name] for name in names or checks]


def run_check(connection: Connection, check: Check) -> Finding:
    """Ask the database for the rows that break the promise."""
    counted = sql.SQL("SELECT count(*) OVER (), broken.* FROM ({}) AS broken LIMIT {}")
    with connection.cursor() as cursor:
        cursor.execute(counted.format(sql.SQL(check.sql), _SHOWN))
        rows = cursor.fetchall()
        columns = tuple(column.name for column in cursor.description or ())[1:]
    return Finding(check, rows[0][0] if rows else 0, columns, tuple(row[1:] for row in rows))


def run_cheap_checks(connection: Connection) -> list[Finding]:
    """What every load ends with: the breaches that the cheap checks find."""
    findings = [run_check(connection, check) for check in read_checks().values() if check.is_cheap]
    return [finding for finding in findings if finding.row_count]


def _read(path: Path) -> Check:
    text = path.read_text(encoding="utf-8")
    promise, severity, action, reads = read_header(path, text, FIELDS)
    for field, value, known in (("Severity", severity, SEVERITIES), ("Reads", reads, READS)):
        if value not in known:
            raise NewshouseError(f"{path}: {field} is {value!r}; it is one of: {', '.join(known)}")
    return Check(path.stem, promise, severity, action, reads == "summary", text.rstrip().removesuffix(";"))
