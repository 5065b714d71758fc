"""newshouse bi: logins for BI tools, and what to type into a tool to connect."""

from __future__ import annotations

import secrets
import sys
from datetime import timedelta
from typing import Annotated

import typer

from etl.cli.output import AsJson, console, print_json
from etl.cli.session import warehouse
from etl.errors import UsageError
from etl.publish.addresses import Addresses
from etl.publish.login import grant_login, login_exists, require_login, revoke_login

app = typer.Typer(help="Logins for BI tools: they read schema mart and nothing else.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The login.", show_default=False)]


@app.command("grant")
def grant(
    name: Name,
    is_generated: Annotated[
        bool, typer.Option("--generate", help="Make up a password and print it, this once, instead of asking.")
    ] = False,
    statement_timeout: Annotated[
        int, typer.Option("--statement-timeout", min=1, help="Seconds after which a query of it is ended.")
    ] = 300,
    as_json: AsJson = False,
) -> None:
    """Make a login that reads schema mart, or set its password and settings anew. Scripts pipe the password in."""
    with warehouse() as connection:
        login_exists(connection, name)  # refuses a name before it asks for a password
        password = secrets.token_urlsafe(24) if is_generated else _ask_password(name)
        is_new = grant_login(connection, name, password, timedelta(seconds=statement_timeout))
        addresses = Addresses.of(connection, name)
    facts = addresses.facts() | ({"password": password} if is_generated else {})
    if not as_json:
        console.print(f"{name} is {'made' if is_new else 'updated'}", highlight=False, markup=False)
    _print(facts, as_json)


@app.command("revoke")
def revoke(name: Name) -> None:
    """Drop a login that `bi grant` made."""
    with warehouse() as connection:
        revoke_login(connection, name)
    console.print(f"{name} is dropped", highlight=False, markup=False)


@app.command("url")
def url(name: Name, as_json: AsJson = False) -> None:
    """Print what to type into a BI tool: URL, JDBC URL and ODBC string. None has the password: the tool asks for it."""
    with warehouse() as connection:
        require_login(connection, name)
        facts = Addresses.of(connection, name).facts()
    _print(facts, as_json)


def _print(facts: dict[str, str], as_json: bool) -> None:
    """One fact a line, whole: each is there to be copied."""
    if as_json:
        print_json(facts)
        return
    for name, value in facts.items():
        typer.echo(f"  {name:10}{value}")


def _ask_password(name: str) -> str:
    """From the terminal, hidden and typed twice; from a pipe, its first line."""
    if sys.stdin.isatty():
        return str(typer.prompt(f"Password for {name}", hide_input=True, confirmation_prompt=True, err=True))
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise UsageError("no password came on stdin: pipe one in, or use --generate.")
    return password
