"""newshouse check: whether the warehouse keeps its promises, and which rows break them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.markup import escape

from etl.cli.output import AsJson, cell, console, errors, print_json, print_table
from etl.cli.session import warehouse
from etl.errors import EXIT_FAILED
from etl.publish.checks import Finding, find_checks, run_check


def check(
    names: Annotated[list[str] | None, typer.Argument(help="Checks to run, by name; all of them without one.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check the warehouse's promises; show the first rows that break one, and what to do.

    Exit code 0: kept, warnings or not; 1: a promise is broken.
    """
    with warehouse() as connection:
        findings = [run_check(connection, check) for check in find_checks(names or [])]
    if as_json:
        print_json([as_dict(finding) for finding in findings])
    else:
        print_table("Checks", ("check", "result", "rows", "promise"), map(_line, findings), folds=True)
        for finding in findings:
            if finding.row_count:
                _show(finding)
    if any(finding.is_failure for finding in findings):
        raise typer.Exit(EXIT_FAILED)


def warn_of(findings: Sequence[Finding]) -> None:
    """What the checks after a load found, to stderr: one line each."""
    for finding in findings:
        errors.print(
            f"check {escape(finding.check.name)}: {_result(finding)}, {finding.row_count} rows;"
            f" see: newshouse check {escape(finding.check.name)}",
            highlight=False,
            soft_wrap=True,
        )


def as_dict(finding: Finding) -> dict[str, object]:
    """A finding for a script."""
    check = finding.check
    rows = [dict(zip(finding.columns, map(_plain, row), strict=True)) for row in finding.first_rows]
    return {
        "check": check.name,
        "result": _result(finding),
        "rows": finding.row_count,
        "promise": check.promise,
        "action": check.action,
        "first_rows": rows,
    }


def _show(finding: Finding) -> None:
    more = f" (the first {len(finding.first_rows)} of {finding.row_count})"
    title = finding.check.name + (more if finding.row_count > len(finding.first_rows) else "")
    print_table(title, finding.columns, [[cell(value) for value in row] for row in finding.first_rows])
    console.print(f"  {escape(finding.check.action)}", highlight=False)


def _line(finding: Finding) -> tuple[object, ...]:
    return finding.check.name, _result(finding), finding.row_count, finding.check.promise


def _result(finding: Finding) -> str:
    return finding.check.severity if finding.row_count else "ok"


def _plain(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value
