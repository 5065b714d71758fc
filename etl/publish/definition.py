"""A file of sql/marts or sql/queries: its header, which says what it answers, and its SQL.

The header is the comment that the file starts with. A field may go on over further comment lines:

    -- Question: Which articles does the warehouse hold?
    -- Grain: one row per article.
    -- Scope: every article, undated ones too.
    -- Limits: none.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from etl.errors import NewshouseError

FIELDS = ("Question", "Grain", "Scope", "Limits")

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_FIELD = re.compile(r"--[ ]([A-Z][a-z]+):[ ]*(.*)")
_CREATED = re.compile(r"^CREATE VIEW (\S+)", re.MULTILINE)
_DESCRIBED = re.compile(r"^COMMENT ON COLUMN (\S+)\.\w+ IS", re.MULTILINE)
_PROSE = re.compile(r"--[^\n]*|'(?:[^']|'')*'")  # comments and literals may name a view without reading it
_REFERENCE = re.compile(r"\bmart\.(\w+)")


@dataclass(frozen=True, slots=True)
class Definition:
    """One file. `name` is the file's and the view's or question's; `sql` is the whole text."""

    name: str
    question: str
    grain: str
    scope: str
    limits: str
    sql: str

    @property
    def description(self) -> str:
        """What the catalogue and the command line show of it."""
        return f"{self.question} Grain: {self.grain}"

    @property
    def sha256(self) -> bytes:
        return hashlib.sha256(self.sql.encode("utf-8")).digest()

    @property
    def references(self) -> frozenset[str]:
        """The views of schema mart that the SQL reads."""
        return frozenset(_REFERENCE.findall(_PROSE.sub("", self.sql))) - {self.name}


def read_questions(folder: Path) -> list[Definition]:
    """The files of a folder by name. Raises NewshouseError naming the file that breaks a rule."""
    return [_read(path) for path in sorted(folder.glob("*.sql"))]


def read_views(folder: Path) -> list[Definition]:
    """The view files of a folder, each after those it reads. Raises NewshouseError naming the file that breaks a rule,
    or the files that read each other in a circle."""
    views = {view.name: view for view in read_questions(folder)}
    for view in views.values():
        _check_view(view, known=views.keys())
    graph = {name: sorted(view.references) for name, view in views.items()}
    try:
        return [views[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        circle = " → ".join(f"{name}.sql" for name in error.args[1])
        raise NewshouseError(f"{folder}: these views read each other in a circle: {circle}") from None


def _read(path: Path) -> Definition:
    if not _NAME.fullmatch(path.stem):
        raise NewshouseError(f"{path}: a file name is a view or question name: small letters, digits and _ only")
    text = path.read_text(encoding="utf-8")
    question, grain, scope, limits = read_header(path, text, FIELDS)
    return Definition(path.stem, question, grain, scope, limits, text)


def read_header(path: Path, text: str, fields: Sequence[str]) -> list[str]:
    """The values of these fields at the start of `text`. Raises NewshouseError when one is missing."""
    header = _header(text, fields)
    if missing := [field for field in fields if not header.get(field)]:
        raise NewshouseError(f"{path}: the header lacks a line '-- {missing[0]}: …'")
    return [header[field] for field in fields]


def _header(text: str, known: Sequence[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    current = ""
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        if (found := _FIELD.fullmatch(line)) and found[1] in known:
            current, words = found.groups()
            fields[current] = words
        elif current:
            fields[current] += " " + line.removeprefix("--").strip()
    return fields


def _check_view(view: Definition, known: Set[str]) -> None:
    expected = f"mart.{view.name}"
    if _CREATED.findall(view.sql) != [expected]:
        raise NewshouseError(f"{view.name}.sql: it must create the view {expected} and no other")
    if others := set(_DESCRIBED.findall(view.sql)) - {expected}:
        raise NewshouseError(f"{view.name}.sql: it comments on columns of {min(others)}, not of {expected}")
    if unknown := view.references - known:
        raise NewshouseError(f"{view.name}.sql: it reads mart.{min(unknown)}, which has no file")
