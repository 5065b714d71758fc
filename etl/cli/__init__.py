"""The command line. One module a group of commands; errors become one sentence and an exit code here, once."""

from __future__ import annotations

import io
import signal
import sys
from typing import Annotated, Any

import psycopg
import typer
from rich.markup import escape
from typer.core import TyperGroup

from etl import __version__
from etl.cli import (
    bi,
    check,
    correct,
    db,
    evaluate,
    explain,
    load,
    query,
    rejects,
    reload,
    report,
    runs,
    schedule,
    status,
    watch,
)
from etl.cli.output import errors
from etl.errors import EXIT_FAILED, NewshouseError

EXIT_INTERRUPTED = 130  # the shell's own code for a command ended by Ctrl-C, and typer's


class _PlainGroup(TyperGroup):
    """Says what is wrong with a value in plain words: typer lets pydantic's own stand before them."""

    def invoke(self, ctx: Any) -> Any:  # a class that typer keeps to itself
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.removeprefix("Value error, ")
            raise


app = typer.Typer(
    cls=_PlainGroup,
    help="A warehouse of news articles in PostgreSQL: load files, see why each value is what it is, query the views.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(db.app, name="db")
app.command("load")(load.load)
app.command("reload")(reload.reload)
app.command("watch")(watch.watch)
app.command("renormalize")(load.renormalize)
app.command("status")(status.status)
app.command("explain")(explain.explain)
app.command("query")(query.query)
app.command("report")(report.report)
app.command("correct")(correct.correct)
app.command("check")(check.check)
app.add_typer(rejects.app, name="rejects")
app.add_typer(runs.app, name="runs")
app.add_typer(schedule.app, name="schedule")
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(bi.app, name="bi")


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"newshouse {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service manager's stop is a Ctrl-C


def main() -> None:
    """The `newshouse` command. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with rejects, 130 interrupted."""
    _speak_utf8()
    try:
        app()
    except NewshouseError as error:
        _fail(str(error), error.exit_code)
    except psycopg.Error as error:
        words = error.diag.message_primary or str(error).partition("\n")[0]
        _fail(
            f"the database refused: {words}; what was finished stays, and the same command does the rest", EXIT_FAILED
        )
    except OSError as error:
        _fail(f"{error.filename or 'the output'}: {error.strerror or error}", EXIT_FAILED)
    except SystemExit as end:
        if end.code == EXIT_INTERRUPTED:  # typer's own answer to Ctrl-C says nothing
            _fail("interrupted; what was finished stays, and the same command does the rest", EXIT_INTERRUPTED)
        raise


def _speak_utf8() -> None:
    """Files and pipes get UTF-8 whatever the locale; a terminal gets its own encoding, and escapes for the rest."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _fail(message: str, exit_code: int) -> None:
    errors.print(f"[bold red]newshouse:[/] {escape(message)}", highlight=False, soft_wrap=True)
    sys.exit(exit_code)
