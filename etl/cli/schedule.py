"""newshouse schedule: let systemd or cron reload the inputs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from etl.cli.reload import Config
from etl.errors import NewshouseError, UsageError
from etl.reload.config import find_config, read_config
from etl.reload.schedule import UNIT, Schedule, minutes_between, with_line

app = typer.Typer(help="Let systemd or cron reload the inputs of newshouse.toml.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Typer makes a single command the group itself; with a callback it stays one."""


@app.command()
def install(
    config: Config = None,
    is_systemd: Annotated[bool, typer.Option("--systemd", help="As a timer of systemd.")] = False,
    is_cron: Annotated[bool, typer.Option("--cron", help="As a line of this user's crontab.")] = False,
    is_print: Annotated[bool, typer.Option("--print", help="Show what would be written, and write nothing.")] = False,
) -> None:
    """Run `newshouse reload --due` as often as the shortest interval of the inputs asks for.

    Settings and secrets such as DATABASE_URL are read from a file of NAME=value lines, which is named at the end.
    """
    if is_systemd == is_cron:
        raise UsageError("write --systemd or --cron, one of them")
    settings = read_config(find_config(config))
    environment = _config_folder() / "newshouse" / "env"
    schedule = Schedule(_program(), settings.path, environment, minutes_between(settings.inputs))
    if is_systemd:
        _install_units(schedule, is_print)
    else:
        _install_line(schedule, is_print)
    if not is_print:
        typer.echo(
            f"Put DATABASE_URL and other settings as NAME=value lines into {environment}, readable by you alone."
        )


def _install_units(schedule: Schedule, is_print: bool) -> None:
    folder = Path("/etc/systemd/system") if os.geteuid() == 0 else _config_folder() / "systemd" / "user"
    for name, text in schedule.units().items():
        if is_print:
            typer.echo(f"# {folder / name}\n{text}")
        else:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
            typer.echo(f"wrote {folder / name}")
    if not is_print:
        whose = "" if os.geteuid() == 0 else " --user"
        typer.echo(f"Start it:  systemctl{whose} daemon-reload && systemctl{whose} enable --now {UNIT}.timer")


def _install_line(schedule: Schedule, is_print: bool) -> None:
    if is_print:
        typer.echo(schedule.cron_line())
        return
    crontab = shutil.which("crontab")
    if crontab is None:
        raise NewshouseError("there is no crontab command here; show the line by --print, or use --systemd")
    standing = subprocess.run([crontab, "-l"], capture_output=True, text=True, check=False)  # noqa: S603
    text = with_line(standing.stdout if standing.returncode == 0 else "", schedule.cron_line())
    written = subprocess.run([crontab, "-"], input=text, capture_output=True, text=True, check=False)  # noqa: S603
    if written.returncode != 0:
        raise NewshouseError(f"the crontab was not taken: {written.stderr.strip()}; nothing was changed")
    typer.echo(f"the crontab has: {schedule.cron_line()}")


def _program() -> Path:
    """The newshouse that is running; cron and systemd know no PATH of yours."""
    own = Path(sys.argv[0])
    found = own if own.name == "newshouse" and own.exists() else shutil.which("newshouse")
    if found is None:
        raise NewshouseError(
            "the command newshouse is not on the PATH; install the package, or activate its environment"
        )
    return Path(os.path.abspath(found))  # noqa: PTH100 - resolve() would leave the virtual environment


def _config_folder() -> Path:
    """Where this user's settings lie: /etc for root, else XDG_CONFIG_HOME."""
    if os.geteuid() == 0:
        return Path("/etc")
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
