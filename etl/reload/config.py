"""newshouse.toml: which inputs the warehouse has, and whom to tell when one fails. Every error names file and key."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from etl.errors import UsageError
from etl.extract.fields import NAMES, FieldMap
from etl.extract.item import is_url
from etl.extract.remote import is_remote, require
from etl.fetch.errors import FetchError
from etl.fetch.target import parse_target
from etl.reload.inputs import NamedInput

FILE_NAME = "newshouse.toml"
DEFAULT_EVERY = timedelta(hours=1)
DEFAULT_SETTLE = timedelta(seconds=2)
DEFAULT_BURST = 20

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_INTERVAL = re.compile(r"([1-9][0-9]{0,5})([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Alerts:
    """webhook_env: the environment variable that holds the webhook's address. burst: rejects of one input within an
    hour that are worth an alert."""

    webhook_env: str
    burst: int = DEFAULT_BURST


@dataclass(frozen=True, slots=True)
class Settings:
    """settle: how long a file must stay as it is before it is read."""

    path: Path
    inputs: tuple[NamedInput, ...]
    settle: timedelta = DEFAULT_SETTLE
    alerts: Alerts | None = None

    def chosen(self, names: Collection[str]) -> list[NamedInput]:
        """The inputs of these names, all without any. Raises UsageError for an unknown one."""
        known = {one.name: one for one in self.inputs}
        if unknown := sorted(set(names) - known.keys()):
            raise UsageError(f"{self.path}: there is no input {unknown[0]!r}; it names {', '.join(known)}")
        return [one for one in self.inputs if not names or one.name in names]


def find_config(given: Path | None) -> Path:
    """The file in use: `--config`, `NEWSHOUSE_CONFIG`, or newshouse.toml in the working directory."""
    chosen = given or Path(os.environ.get("NEWSHOUSE_CONFIG", "").strip() or FILE_NAME)
    path = Path(os.path.abspath(chosen.expanduser()))  # noqa: PTH100 - resolve() would follow links
    if not path.is_file():
        raise UsageError(
            f"there is no {path}; write one that names your inputs (docs/operations.md), or say where it is by --config"
        )
    return path


def read_config(path: Path) -> Settings:
    """The settings in the file at `path`. Raises UsageError naming the file, the key and what it may be."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError as error:  # UnicodeDecodeError and TOMLDecodeError, which names the line
        raise UsageError(f"{path} is no TOML: {error}") from None
    top = _Table(path, "", said)
    top.refuse_others("inputs", "settle", "alerts")
    inputs = top.table("inputs")
    if not inputs.said:
        raise UsageError(f'{path} names no input; write a table such as [inputs.inbox] with location = "…"')
    return Settings(
        path,
        tuple(_input(name, inputs.table(name)) for name in inputs.said),
        top.interval("settle", DEFAULT_SETTLE),
        _alerts(top.table("alerts")) if "alerts" in said else None,
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the file, and its name for messages."""

    path: Path
    name: str
    said: Mapping[str, object]

    def wrong(self, key: str, expected: str) -> UsageError:
        place = f"[{self.name}] {key}" if self.name else key
        found = f"is {self.said[key]!r}" if key in self.said else "is missing"
        return UsageError(f"{self.path}: {place} {found}; write {expected}")

    def refuse_others(self, *known: str) -> None:
        if others := sorted(self.said.keys() - set(known)):
            place = f"[{self.name}] has" if self.name else "there is"
            raise UsageError(f"{self.path}: {place} an unknown key {others[0]!r}; known are {', '.join(known)}")

    def table(self, key: str) -> _Table:
        value = self.said.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, f"it as a table, such as [{key}]")
        return _Table(self.path, f"{self.name}.{key}" if self.name else key, value)

    def text(self, key: str, expected: str, *, is_needed: bool = False) -> str | None:
        value = self.said.get(key)
        if value is None and not is_needed:
            return None
        if not isinstance(value, str) or not value.strip() or "\0" in value:
            raise self.wrong(key, expected)
        return value.strip()

    def interval(self, key: str, default: timedelta) -> timedelta:
        expected = "a number and a unit up to a year, such as 30s, 15m, 1h or 1d"
        given = self.text(key, expected)
        if given is None:
            return default
        found = _INTERVAL.fullmatch(given)
        interval = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None
        if interval is None or interval > _LONGEST:
            raise self.wrong(key, expected)
        return interval


def _input(name: str, table: _Table) -> NamedInput:
    if not _NAME.fullmatch(name):
        raise UsageError(f"{table.path}: {name!r} is no name of an input; use small letters, digits, - and _")
    table.refuse_others("location", "source", "timezone", "map", "every")
    location = table.text("location", "a folder, a file, a pattern with * or an address", is_needed=True) or ""
    return NamedInput(
        name,
        _location(table, location),
        table.interval("every", DEFAULT_EVERY),
        table.text("source", "a source's id, name or domain"),
        _timezone(table),
        _fields(table),
    )


def _location(table: _Table, given: str) -> str:
    """The address, or the absolute path: relative ones count from the folder of the file."""
    if is_url(given):
        try:
            parse_target(given)
        except FetchError as error:  # the message does not repeat the address: it may hold a login
            raise UsageError(f"{table.path}: [{table.name}] location cannot be loaded: {error}") from None
        return given
    if is_remote(given):
        try:
            require(given)
        except UsageError as error:
            raise UsageError(f"{table.path}: [{table.name}] location cannot be loaded: {error}") from None
        return given
    if "://" in given:
        raise table.wrong("location", "a path, or an address that begins with http://, https:// or a store's s3://")
    return os.path.abspath(table.path.parent / Path(given).expanduser())  # noqa: PTH100


def _timezone(table: _Table) -> str | None:
    given = table.text("timezone", "an IANA name such as Asia/Bishkek")
    try:
        return given and ZoneInfo(given).key
    except (ZoneInfoNotFoundError, ValueError):
        raise table.wrong("timezone", "an IANA name such as Asia/Bishkek") from None


def _fields(table: _Table) -> FieldMap:
    expected = f"the fields of a row, such as title=headline,text=body; known are {', '.join(NAMES)}"
    fields = FieldMap(table.text("map", expected) or "")
    try:
        fields.given  # noqa: B018 - reading it checks it
    except UsageError:
        raise table.wrong("map", expected) from None
    return fields


def _alerts(table: _Table) -> Alerts:
    table.refuse_others("webhook_env", "rejects")
    name = table.text("webhook_env", "the name of the environment variable that holds the address", is_needed=True)
    burst = table.said.get("rejects", DEFAULT_BURST)
    if not isinstance(burst, int) or isinstance(burst, bool) or burst < 1:
        raise table.wrong("rejects", "how many rejects within an hour are worth an alert, such as 20")
    if not name or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        raise UsageError(  # not repeated: it may be the address itself
            f"{table.path}: [{table.name}] webhook_env is no name of an environment variable; "
            "put the address into one, such as NEWSHOUSE_WEBHOOK, and write its name here"
        )
    return Alerts(name, burst)
