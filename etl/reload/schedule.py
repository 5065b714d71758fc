"""What runs `newshouse reload --due` again and again: units of systemd, or a line for cron."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from etl.reload.inputs import NamedInput

UNIT = "newshouse-reload"
_MARK = "# newshouse reload"
_MINUTE = timedelta(minutes=1)
_DIVISORS = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60)  # of an hour: what a crontab says in one word
_SERVICE = """\
[Unit]
Description=Bring the warehouse of news up to date
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
EnvironmentFile=-{environment}
ExecStart={command}
# 3: done, and some inputs were rejected.
SuccessExitStatus=3
"""
_TIMER = """\
[Unit]
Description=Bring the warehouse of news up to date every {minutes} minutes

[Timer]
OnCalendar={calendar}
Persistent=true

[Install]
WantedBy=timers.target
"""


@dataclass(frozen=True, slots=True)
class Schedule:
    """program: the command's absolute path. minutes: between two looks at what is due.

    environment: a file of NAME=value lines with the settings and secrets, which are written nowhere else.
    """

    program: Path
    config: Path
    environment: Path
    minutes: int

    @property
    def _command(self) -> list[str]:
        return [str(self.program), "reload", "--due", "--config", str(self.config)]

    def units(self) -> Mapping[str, str]:
        """The text of each unit file by its name."""
        return {
            f"{UNIT}.service": _SERVICE.format(
                environment=_escaped(str(self.environment)), command=" ".join(map(_quoted, self._command))
            ),
            f"{UNIT}.timer": _TIMER.format(minutes=self.minutes, calendar=_calendar(self.minutes)),
        }

    def cron_line(self) -> str:
        """A line of a crontab. What it prints is mailed by cron, so it prints only what went wrong."""
        environment, command = shlex.quote(str(self.environment)), shlex.join(self._command)
        script = f"set -a; [ ! -r {environment} ] || . {environment}; {command} >/dev/null"
        return f"{_every(self.minutes)} {script.replace('%', chr(92) + '%')}  {_MARK}"


def minutes_between(inputs: Iterable[NamedInput]) -> int:
    """The shortest interval of the inputs as a divisor of an hour: at most so many minutes pass between two looks."""
    shortest = min((one.every for one in inputs), default=60 * _MINUTE)
    return max((divisor for divisor in _DIVISORS if divisor * _MINUTE <= shortest), default=1)


def with_line(crontab: str, line: str) -> str:
    """The crontab with the line in the place of the one that was installed before, or at its end."""
    kept = [one for one in crontab.splitlines() if not one.endswith(_MARK)]
    return "\n".join([*kept, line]) + "\n"


def _every(minutes: int) -> str:
    return "0 * * * *" if minutes == 60 else f"*/{minutes} * * * *"


def _calendar(minutes: int) -> str:
    return "hourly" if minutes == 60 else f"*:0/{minutes}"


def _escaped(value: str) -> str:
    """A value of a unit file: % begins a specifier there (systemd.unit(5))."""
    return value.replace("%", "%%")


def _quoted(word: str) -> str:
    """A word of ExecStart (systemd.service(5)): $ begins a variable, and quotes are C's."""
    word = _escaped(word).replace("$", "$$")
    if re.fullmatch(r"[\w@%+=:,./$-]+", word):
        return word
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
