"""Telegram's JSON export (result.json of Telegram Desktop) of one chat, or of all: each chat's name and its messages.

Every message is one input: service messages (joined, pinned, renamed) and messages without text (a photo alone) are
rejects with their reason, so that the counts of a load and of the export agree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Self

from etl.extract.carrier import checked_carrier, combine
from etl.extract.fields import FieldMap
from etl.extract.item import Carrier, RawItem, Rejection
from etl.extract.json_lines import parse
from etl.extract.rows import bad_row, moment, printable_error, words

MEDIA_TYPE = "application/vnd.telegram+json"


_PUBLIC = re.compile(r"https?://(?:www\.)?t(?:elegram)?\.me/(?:s/)?([A-Za-z]\w{3,31})/?")
_CHANNELS = frozenset({"public_channel", "private_channel"})


@dataclass(frozen=True, slots=True)
class Chat:
    """What the export says of the chat. address: of the chat; its messages stand below it."""

    name: str
    address: str | None
    kind: str = ""

    @classmethod
    def of(cls, export: object) -> Self | None:
        """None for what is no export of a chat."""
        if not isinstance(export, Mapping) or not isinstance(export.get("name"), str | None) or "type" not in export:
            return None
        return cls(export.get("name") or "", _address(export), str(export["type"]))

    @property
    def is_channel(self) -> bool:
        """Whether it is published; an export of all chats has letters too."""
        return self.kind in _CHANNELS


def _address(export: Mapping[str, object]) -> str | None:
    """By the public name where the exporting program tells it, which Telegram Desktop does not; else by number, which
    t.me/c/ leads to (core.telegram.org/api/links), without the -100 that the API puts in front."""
    name, number = export.get("username"), export.get("id")
    if isinstance(name, str) and _PUBLIC.fullmatch(f"https://t.me/{name.removeprefix('@')}"):
        return f"https://t.me/{name.removeprefix('@')}"
    if not isinstance(number, int):
        return None
    return f"https://t.me/c/{str(number).removeprefix('-100').removeprefix('-')}"


def message_item(origin: str, raw: bytes, chat: Chat, default: Carrier) -> RawItem:
    """The article in a message. The chat's public address may stand beside the export: https://t.me/NAME."""
    if public := _PUBLIC.fullmatch(default.url or ""):
        chat = replace(chat, address=f"https://t.me/{public[1]}")
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
    chat = Chat(default.source or "", default.url)
    return message_item(origin, raw, chat, Carrier(default_source=default.default_source, timezone=default.timezone))


def _url(chat: Chat, message: Mapping[str, object]) -> str | None:
    identifier = message.get("id")
    return f"{chat.address}/{identifier}" if chat.address and isinstance(identifier, int) else chat.address


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
