"""newshouse reload: the inputs of newshouse.toml, brought up to date."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.output import AsJson, print_json, print_table
from etl.cli.progress import LogFormat, logging_to_stderr
from etl.cli.session import reconnect, warehouse
from etl.errors import EXIT_DONE_WITH_REJECTS, EXIT_FAILED
from etl.reload.config import Settings, find_config, read_config

if TYPE_CHECKING:
    from etl.reload.inputs import NamedInput
    from etl.reload.job import Reloaded

Config = Annotated[
    Path | None,
    typer.Option(help="The file that names the inputs. Default: NEWSHOUSE_CONFIG, then newshouse.toml in this folder."),
]
_OUTCOMES = ("inserted", "updated", "unchanged", "duplicate", "rejected")


def reload(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Inputs of newshouse.toml; all without any.")
    ] = None,
    config: Config = None,
    is_due: Annotated[bool, typer.Option("--due", help="Only inputs whose interval is over.")] = False,
    log_format: Annotated[LogFormat, typer.Option(help="How stderr tells what happens.")] = LogFormat.TEXT,
    as_json: AsJson = False,
) -> None:
    """Bring the inputs of newshouse.toml up to date, each as one run. Safe to run at any time.

    Exit code 0: done; 1: an input failed; 3: done, and some inputs were rejected.
    """
    from etl.reload import alerts
    from etl.reload.book import due_inputs, name_inputs

    settings = read_config(find_config(config))
    chosen = settings.chosen(names or [])
    send = alerts.webhook(settings.alerts) if settings.alerts else None
    with logging_to_stderr(log_format):
        with warehouse() as connection:
            name_inputs(connection, settings.inputs, settings.path, datetime.now(UTC))
            if is_due:
                chosen = due_inputs(connection, chosen, datetime.now(UTC))
        reloaded = _reload(chosen, settings)
        if settings.alerts and send:
            with warehouse() as connection:
                alerts.tell(connection, send, settings.alerts.burst, datetime.now(UTC))
    _report(reloaded, as_json)


def _reload(chosen: list[NamedInput], settings: Settings) -> list[Reloaded]:
    from etl.load.preparing import Processes
    from etl.load.web import Web
    from etl.reload.job import Reloader, Session
    from etl.reload.settling import Settling

    session = Session(reconnect)
    reloader = Reloader(session, Web(), processes=Processes.automatic())
    try:
        return [reloader.whole(one, Settling(settings.settle.total_seconds())) for one in chosen]
    finally:
        session.close()


def _report(reloaded: list[Reloaded], as_json: bool) -> None:
    rows = [_row(one) for one in reloaded]
    if as_json:
        print_json(rows)
    elif rows:
        print_table("Reloaded", list(rows[0]), [list(row.values()) for row in rows])
    else:
        typer.echo("No input is due.")
    if any(one.state == "failed" for one in reloaded):
        raise typer.Exit(EXIT_FAILED)
    if any(one.rejected for one in reloaded):
        raise typer.Exit(EXIT_DONE_WITH_REJECTS)


def _row(one: Reloaded) -> dict[str, object]:
    counts = asdict(one.result.outcomes) if one.result else dict.fromkeys(_OUTCOMES)
    run_id = one.result.run_id if one.result else None
    return {"input": one.name, "state": one.state, "run_id": run_id, **counts, "failure": one.failure}
