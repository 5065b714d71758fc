"""Units of systemd and lines of cron: whole, quoted, and installed once."""

from __future__ import annotations

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


def test_line_replaces_the_one_installed_before_and_keeps_the_others() -> None:
    others = "MAILTO=ann\n0 1 * * * backup\n"
    first = with_line(others, schedule(minutes=15).cron_line())
    second = with_line(first, schedule(minutes=30).cron_line())
    assert second == others + schedule(minutes=30).cron_line() + "\n"
