"""Units of systemd and lines of cron: whole, quoted, and installed once."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from etl.reload.inputs import NamedInput
from etl.reload.schedule import Schedule, minutes_between, with_line


def schedule(config: str = "/srv/news/newshouse.toml", minutes: int = 15) -> Schedule:
    return Schedule(Path("/opt/newshouse/bin/newshouse"), Path(config), Path("/etc/newshouse/env"), minutes)


@pytest.mark.parametrize(
    ("every", "minutes"),
    [(timedelta(seconds=30), 1), (timedelta(minutes=7), 6), (timedelta(minutes=15), 15), (timedelta(days=1), 60)],
)
def test_looks_are_no_rarer_than_the_shortest_interval(every: timedelta, minutes: int) -> None:
    inputs = [NamedInput("a", "/a", timedelta(days=2)), NamedInput("b", "/b", every)]
    assert minutes_between(inputs) == minutes


def test_service_runs_what_is_due_and_takes_rejects_for_done() -> None:
    lines = schedule().units()["newshouse-reload.service"].splitlines()
    assert "ExecStart=/opt/newshouse/bin/newshouse reload --due --config /srv/news/newshouse.toml" in lines
    assert "EnvironmentFile=-/etc/newshouse/env" in lines
    assert "SuccessExitStatus=3" in lines


def test_unit_quotes_what_systemd_would_read() -> None:
    text = schedule('/srv/50% new $s "x"/n.toml').units()["newshouse-reload.service"]
    assert '--config "/srv/50%% new $$s \\"x\\"/n.toml"' in text


@pytest.mark.parametrize(("minutes", "words"), [(15, "*:0/15"), (60, "hourly")])
def test_timer_has_the_interval(minutes: int, words: str) -> None:
    assert f"OnCalendar={words}\n" in schedule(minutes=minutes).units()["newshouse-reload.timer"]


@pytest.mark.parametrize(("minutes", "words"), [(15, "*/15 * * * * "), (60, "0 * * * * ")])
def test_cron_line_has_the_interval(minutes: int, words: str) -> None:
    assert schedule(minutes=minutes).cron_line().startswith(words)


def test_cron_line_quotes_what_cron_and_the_shell_would_read() -> None:
    assert "--config '/srv/50\\% new/n.toml'" in schedule("/srv/50% new/n.toml").cron_line()


@pytest.fixture
def strange(tmp_path: Path) -> Schedule:
    """Of a program that notes what it is given, in a folder whose name everybody would like to read as something."""
    folder = tmp_path / """50% $HOME "news's" a"""
    folder.mkdir()
    program, environment = folder / "newshouse", folder / "env"
    program.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" "$NEWS" > {shlex.quote(str(folder / "given"))}\n', encoding="utf-8"
    )
    program.chmod(0o755)
    environment.write_text('NEWS="a b"\n', encoding="utf-8")
    return Schedule(program, folder / "newshouse.toml", environment, 15)


def given(schedule: Schedule) -> list[str]:
    return (schedule.config.parent / "given").read_text(encoding="utf-8").splitlines()


def test_cron_runs_the_line_with_nothing_but_a_home(strange: Schedule) -> None:
    command = strange.cron_line().split(maxsplit=5)[5].replace("\\%", "%")  # crontab(5)
    subprocess.run(["env", "-i", "HOME=/", "/bin/sh", "-c", command], check=True)
    assert given(strange) == ["reload", "--due", "--config", str(strange.config), "a b"]


def test_systemd_runs_the_command_of_the_service(strange: Schedule) -> None:
    service = strange.units()["newshouse-reload.service"].splitlines()
    (line,) = (line.removeprefix("ExecStart=") for line in service if line.startswith("ExecStart="))
    words = [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(line)]  # systemd.service(5)
    subprocess.run(["env", "-i", "NEWS=a b", *words], check=True)
    assert given(strange) == ["reload", "--due", "--config", str(strange.config), "a b"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    made = Schedule(Path("/bin/true"), tmp_path / "newshouse.toml", tmp_path / "env", 15)
    for name, text in made.units().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / name) for name in made.units()]
    said = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert "newshouse-reload" not in said.stderr


def test_line_replaces_the_one_installed_before_and_keeps_the_others() -> None:
    others = "MAILTO=ann\n0 1 * * * backup\n"
    first = with_line(others, schedule(minutes=15).cron_line())
    second = with_line(first, schedule(minutes=30).cron_line())
    assert second == others + schedule(minutes=30).cron_line() + "\n"
