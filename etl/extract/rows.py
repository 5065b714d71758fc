"""A row (a JSON object, a table's line) to a raw item: the text is the content, the other fields are the carrier."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from etl.extract.carrier import checked_carrier, combine
from etl.extract.fields import FieldMap
from etl.extract.fragment import fragment_text
from etl.extract.item import Carrier, RawItem, Rejection
from etl.extract.marked import unmarked

MAX_ROW_BYTES = 8 * 1024 * 1024  # like an article's; a longer line is passed over without being held
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_MILLISECONDS = 100_000_000_000  # as seconds it would be the year 5138
_PAGE = re.compile(r"\s*(?:<!doctype html|<html\b)", re.IGNORECASE)
_INNER = ("rendered", "name", "title", "text", "value", "#text", "href", "url")  # what WordPress, schema.org, XML use


def row_item(
    origin: str, row: Mapping[str, object], raw: bytes, media_type: str, fields: FieldMap, default: Carrier
) -> RawItem:
    """The article in `row`. One that has none is rejected with `raw`, from which it can be read again."""
    found = fields.resolve(row)
    values = {target: field_at(row, name) for target, name in found.items()}
    text = words(values.pop("text", None), "\n\n")
    if not text.strip():
        known = f"field {found['text']!r} is empty" if "text" in found else f"no field for it among: {', '.join(row)}"
        return bad_row(origin, raw, media_type, fields, default, Rejection("no_text_field", known[:500]))
    try:
        carrier = combine(checked_carrier(_said(values)), default)
        kind, content = _content(text)
    except ValueError as error:
        return bad_row(origin, raw, media_type, fields, default, Rejection("bad_row", printable_error(error)))
    return RawItem(origin, content, kind, carrier, None, len(content))


def bad_row(
    origin: str, raw: bytes, media_type: str, fields: FieldMap, default: Carrier, problem: Rejection
) -> RawItem:
    """A row that gives no article, with its bytes."""
    return RawItem(origin, raw, media_type, replace(default, fields=fields.said or None), problem, len(raw))


def printable_error(error: Exception) -> str:
    return f"{error}"[:300].encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\0")


def field_at(row: Mapping[str, object], name: str) -> object:
    """The value of a field; a name with dots leads into objects."""
    if name in row:
        return row[name]
    value: object = row
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def words(value: object, between: str = "; ") -> str:
    """A value as text: of a list its parts, of an object its name."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return between.join(part for one in value if (part := words(one, between)))
    if isinstance(value, Mapping):
        return next((part for name in _INNER if (part := words(value.get(name), between))), "")
    return str(value)


def moment(value: object) -> str:
    """A date's words; seconds and milliseconds since 1970 as ISO 8601."""
    printed = words(value).strip()
    if not _EPOCH.fullmatch(printed):
        return printed
    seconds = float(printed)
    return datetime.fromtimestamp(seconds / 1000 if seconds >= _MILLISECONDS else seconds, UTC).isoformat()


def _said(values: Mapping[str, object]) -> dict[str, str | None]:
    url = words(values.get("url")).strip()
    return {
        "title": " ".join(unmarked(fragment_text(words(values.get("title")))).split()),
        "url": url if url.lower().startswith(("http://", "https://")) else None,
        "published": moment(values.get("published")),
        "source": words(values.get("source")),
        "authors": words(values.get("authors"), ", "),
        "language": words(values.get("language")),
    }


def _content(text: str) -> tuple[str, bytes]:
    """Media type and bytes: a whole page stays HTML, of a piece of one, and of a marked text, what is seen counts."""
    if _PAGE.match(text):
        return "text/html", text.encode("utf-8")
    return "text/plain", unmarked(fragment_text(text)).encode("utf-8")
