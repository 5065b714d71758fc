"""The account that the embedded server runs under, and its processes.

PostgreSQL refuses to run as root. Root therefore lends it an account that exists already; everybody else runs it as
themselves. No account is ever created.
"""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from etl.errors import ServerError

_UNPRIVILEGED = ("postgres", "_postgres", "nobody")  # _postgres is what macOS calls it


@dataclass(frozen=True, slots=True)
class Account:
    """A user and a group id. `groups` are further groups; None keeps the current ones, which only root may change."""

    uid: int
    gid: int
    groups: tuple[int, ...] | None

    def run(self, *command: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Runs a command to its end. Its output is captured; a code other than 0 is left to the caller."""
        return subprocess.run(  # noqa: S603
            command,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            cwd="/",  # the current folder may be closed to this account
            env=_environment(),
            user=self.uid,
            group=self.gid,
            extra_groups=self.groups,
        )

    def spawn(self, *command: str | Path, log: IO[bytes]) -> subprocess.Popen[bytes]:
        """Starts a process that outlives this one: a session of its own, no terminal, no inherited descriptors."""
        return subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd="/",
            env=_environment(),
            user=self.uid,
            group=self.gid,
            extra_groups=self.groups,
        )


def _environment() -> Mapping[str, str]:
    """Nothing of the caller's but PATH: no locale, no time zone, no PG variable and no secret reaches the server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def account_for(data: Path) -> Account:
    """The account for the server of `data`: the current one; for root the folder's owner, else an unprivileged one."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), None)
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, ())
    for name in _UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, ())
    raise ServerError(
        "PostgreSQL refuses to run as root and this machine has no unprivileged account (postgres or nobody): "
        "run newshouse as an ordinary user, or set DATABASE_URL."
    )
