"""One input of newshouse.toml: where it is, and what stands there now."""

from __future__ import annotations

import glob
import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from etl.extract.fields import FieldMap
from etl.extract.item import Carrier, is_url
from etl.extract.remote import is_remote

Kind = Literal["path", "glob", "url"]

_WILDCARD = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class NamedInput:
    """location: an absolute path or pattern, or an address, of the web or of a store. every: the time between two
    reloads."""

    name: str
    location: str
    every: timedelta
    source: str | None = None
    timezone: str | None = None
    fields: FieldMap = field(default_factory=FieldMap)

    @property
    def kind(self) -> Kind:
        if is_url(self.location) or self.is_store:
            return "url"
        return "glob" if _WILDCARD.search(self.location) else "path"

    @property
    def is_store(self) -> bool:
        """Whether it is in an object store or another file system that is reached by address."""
        return is_remote(self.location)

    @property
    def carrier(self) -> Carrier:
        return Carrier(default_source=self.source, timezone=self.timezone)

    @property
    def host(self) -> str:
        """The host of an address: inputs of one host are asked one after the other."""
        return urlsplit(self.location).hostname or ""

    def roots(self) -> list[Path]:
        """The files and folders that it consists of; for a path that one, whether it is there or not."""
        if self.kind == "glob":
            return sorted(map(Path, glob.glob(self.location, recursive=True)))  # noqa: PTH207 - Path globs below a folder
        return [] if self.kind == "url" else [Path(self.location)]

    def base(self) -> Path:
        """The path, or the deepest folder that all matches of the pattern lie in."""
        plain = [*Path(self.location).parts]
        first = next((number for number, part in enumerate(plain) if _WILDCARD.search(part)), len(plain))
        return Path(*plain[:first])
