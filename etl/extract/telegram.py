"""Telegram's JSON export of one chat (result.json of Telegram Desktop): the chat's name and its messages.

Every message is one input: service messages (joined, pinned, renamed) and messages without text (a photo alone) are
rejects with their reason, so that the counts of a load and of the export agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from etl.extract.carrier import checked_carrier, combine
from etl.extract.fields import FieldMap
from etl.extract.item import Carrier, RawItem, Rejection
from etl.extract.json_lines import parse
from etl.extract.rows import bad_row, moment, printable_error, words

MEDIA_TYPE = "application/vnd.telegram+json"


@dataclass(frozen=True, slots=True)
class Chat:
    """What the export says of the chat. number: Telegram's id of it, without the -100 that its API puts in front."""

    name: str
    number: int | None

    @classmethod
    def of(cls, export: object) -> Self | None:
        """None for what is no export of a chat."""
        if not isinstance(export, Mapping) or not isinstance(export.get("name"), str | None) or "type" not in export:
            return None
        number = export.get("id")
        return cls(export.get("name") or "", number if isinstance(number, int) else None)


def message_item(origin: str, raw: bytes, chat: Chat, default: Carrier) -> RawItem:
    """The article in a message. Replayed from its bytes, it takes the chat from `default`."""
    message = parse(raw)
    if isinstance(message, Rejection):
        return _rejected(origin, raw, chat, default, message)
    if message.get("type") == "service":
        action = str(message.get("action"))[:100]
        return _rejected(origin, raw, chat, default, Rejection("service_message", printable_error(ValueError(action))))
    text = _text(message.get("text") or message.get("text_entities"))
    if not text.strip():
        return _rejected(origin, raw, chat, default, Rejection("no_text_field", "a message without text"))
    said = {"source": chat.name, "url": _url(chat, message), "published": _published(message)}
    said["authors"] = words(message.get("author"))
    try:
        carrier = combine(checked_carrier(said), default)
        content = text.encode("utf-8")
    except ValueError as error:
        return _rejected(origin, raw, chat, default, Rejection("bad_row", printable_error(error)))
    return RawItem(origin, content, "text/plain", carrier, None, len(content))


def _rejected(origin: str, raw: bytes, chat: Chat, default: Carrier, problem: Rejection) -> RawItem:
    with suppress(ValueError):  # of a name that no column holds: its messages say so themselves
        default = combine(checked_carrier({"source": chat.name, "url": _url(chat, {})}), default)
    return bad_row(origin, raw, MEDIA_TYPE, FieldMap(), default, problem)


def replayed(origin: str, raw: bytes, default: Carrier) -> RawItem:
    """A rejected message again: its carrier kept the chat's name and address."""
    number = (default.url or "").removeprefix("https://t.me/c/")
    chat = Chat(default.source or "", int(number) if number.isdecimal() else None)
    return message_item(origin, raw, chat, Carrier(default_source=default.default_source, timezone=default.timezone))


def _url(chat: Chat, message: Mapping[str, object]) -> str | None:
    """The export does not tell a channel's public name; t.me/c/ leads there by number (core.telegram.org/api/links)."""
    if chat.number is None:
        return None
    number = str(chat.number).removeprefix("-100").removeprefix("-")
    identifier = message.get("id")
    return f"https://t.me/c/{number}/{identifier}" if isinstance(identifier, int) else f"https://t.me/c/{number}"


def _published(message: Mapping[str, object]) -> str:
    """The second since 1970 where the export has it: `date` is in the zone of the computer that exported."""
    return moment(message.get("date_unixtime")) or moment(message.get("date"))


def _text(value: object) -> str:
    """A text, or its pieces: plain ones, and entities (links, bold) with their text."""
    if isinstance(value, str):
        return value
    pieces = value if isinstance(value, list) else []
    return "".join(
        one if isinstance(one, str) else words(one.get("text")) for one in pieces if isinstance(one, str | dict)
    )
