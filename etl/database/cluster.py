"""The data directory of the embedded server: made once, whole or not at all, and the same in every environment."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path

from etl.database.account import Account
from etl.database.binaries import Binaries
from etl.errors import ServerError

DATABASE = USER = "newshouse"

# Text sorts by code point and Cyrillic has upper and lower case, on every machine. PostgreSQL 17 brought a locale of
# its own for that; before it the C library's must do, and its name differs on macOS.
_BUILTIN_LOCALE = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
_LIBC_LOCALE = ("--locale=C", "--lc-ctype=UTF-8" if sys.platform == "darwin" else "--lc-ctype=C.UTF-8")


def owner_only(path: str, flags: int) -> int:
    """An opener for `open`: a new file is nobody else's to read, from its first moment on."""
    return os.open(path, flags, 0o600)


def data_directory(home: Path) -> Path:
    return home / "data"


def _password_file(home: Path) -> Path:
    return home / "password"


def read_password(home: Path) -> str:
    """The generated password of the user `newshouse`."""
    try:
        return _password_file(home).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise ServerError(
            f"{_password_file(home)} is gone, and without it nobody can connect: restore it, "
            f"or move {data_directory(home)} away and load the articles again."
        ) from error


def read_major(home: Path) -> int | None:
    """The major version that made the data directory, None while there is none."""
    data = data_directory(home)
    if not data.exists():
        return None
    try:
        return int((data / "PG_VERSION").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError) as error:
        raise ServerError(f"{data} is not a data directory of PostgreSQL: move it away.") from error


def ensure_cluster(home: Path, binaries: Binaries, account: Account) -> None:
    """Makes the data directory and the password where there is none. Raises ServerError for one of another version."""
    _remove_unfinished(home)
    major = read_major(home)
    if major is None:
        _create(home, binaries, account)
    elif major != binaries.major:
        raise ServerError(_other_version(home, major, binaries))


def _create(home: Path, binaries: Binaries, account: Account) -> None:
    """Works in a private folder and renames at the end: password first, so that data never stands without it.

    A password that is there already stays, so that a URL given to another program outlives a change of the data.
    """
    unfinished = Path(tempfile.mkdtemp(prefix="initdb-", dir=home))
    try:
        password = read_password(home) if _password_file(home).exists() else secrets.token_urlsafe(24)
        _write_password(password, unfinished / "password", account)
        os.chown(unfinished, account.uid, account.gid)
        _initdb(unfinished, binaries, account)
        (unfinished / "password").rename(_password_file(home))
        (unfinished / "data").rename(data_directory(home))
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _remove_unfinished(home: Path) -> None:
    for folder in home.glob("initdb-*"):
        shutil.rmtree(folder, ignore_errors=True)


def _write_password(password: str, path: Path, account: Account) -> None:
    with open(path, "x", encoding="utf-8", opener=owner_only) as file:
        os.fchown(file.fileno(), account.uid, account.gid)  # initdb reads it too
        file.write(password)


def _initdb(folder: Path, binaries: Binaries, account: Account) -> None:
    made = account.run(
        binaries.folder / "initdb",
        f"--pgdata={folder / 'data'}",
        f"--username={USER}",
        f"--pwfile={folder / 'password'}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--data-checksums",
        *(_BUILTIN_LOCALE if binaries.major >= 17 else _LIBC_LOCALE),
    )
    if made.returncode == 0:  # a single-user server needs neither a port nor a password
        made = account.run(
            *(binaries.folder / "postgres", "--single", "-D", folder / "data", "-c", "exit_on_error=on", "postgres"),
            stdin=f"CREATE DATABASE {DATABASE}\n",
        )
    if made.returncode != 0:
        raise ServerError(
            f"PostgreSQL {binaries.major} could not make its data directory in {folder.parent}: {made.stderr.strip()}"
        )


def _other_version(home: Path, major: int, binaries: Binaries) -> str:
    data = data_directory(home)
    return (
        f"{data} was made by PostgreSQL {major}, the programs in {binaries.folder} are PostgreSQL {binaries.major}. "
        f"To go on with it, set NEWSHOUSE_PG_BIN to the folder of PostgreSQL {major}'s programs. To move to "
        f"{binaries.major}: with NEWSHOUSE_PG_BIN so set, run `newshouse db start`, save a copy with "
        f'`pg_dump --format=custom --file=newshouse.dump "$(newshouse db url)"`, and run `newshouse db stop`; '
        f"then unset it, rename {data}, run `newshouse db start`, and bring the copy back with "
        f'`pg_restore --dbname="$(newshouse db url)" newshouse.dump`.'
    )
