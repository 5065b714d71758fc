"""How commands print: tables for a person, JSON for a script. Results go to stdout, everything else to stderr."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

console = Console()
errors = Console(stderr=True)

_LONGEST_CELL = 60
_UNBOUNDED = console.options.update(max_width=10_000)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON value for a script instead of a table.")]


def print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, folds: bool = False) -> None:
    """A table as wide as its content, or with `folds` as wide as the screen, its cells in several lines.

    On a terminal that is too narrow for it, a wide table becomes a list of records, as in psql's `\\x auto`.
    """
    body = [[cell(value) if folds else _shortened(cell(value)) for value in row] for row in rows]
    table = _table(title, columns, body, folds)
    needed = console.measure(table, options=_UNBOUNDED).maximum
    if folds or needed <= console.width:
        console.print(table)
    elif console.is_terminal:
        _print_records(title, columns, body)
    else:
        Console(width=needed).print(table)


def _table(title: str, columns: Sequence[str], body: Sequence[Sequence[str]], folds: bool) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for number, name in enumerate(columns):
        is_number = bool(body) and all(_is_number(row[number]) for row in body)
        table.add_column(escape(name), justify="right" if is_number else "left", overflow="fold", no_wrap=not folds)
    for row in body:
        table.add_row(*map(escape, row))
    return table


def _print_records(title: str, columns: Sequence[str], body: Sequence[Sequence[str]]) -> None:
    width = max(map(len, columns))
    console.print(f"[bold]{escape(title)}[/]", highlight=False)
    for number, row in enumerate(body, 1):
        console.print(f"[dim]── {number} {'─' * width}[/]", highlight=False)
        for name, value in zip(columns, row, strict=True):
            console.print(f"{escape(name):{width}}  {escape(value)}", highlight=False)


def _shortened(shown: str) -> str:
    line = " ".join(shown.split())
    return line if len(line) <= _LONGEST_CELL else line[: _LONGEST_CELL - 1] + "…"


def _is_number(shown: str) -> bool:
    return shown == "" or shown.lstrip("-").replace(" ", "").replace(".", "", 1).isdecimal()


def cell(value: object) -> str:
    """A value as a person reads it: nothing for NULL, instants to the second with their zone."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
