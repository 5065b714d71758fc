"""JSON documents (.json): an array of articles, one article, or an object with a list of articles somewhere inside.

A document of any size is cut into its articles while it streams by: a scanner over the bytes knows strings and
brackets, and only the slice of one article is parsed. (pandas.read_json and json.load hold the whole document, ten
times its size; ijson streams, but forgets the bytes of what it could not parse, which a reject has to keep.)
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import chain, groupby, islice
from typing import BinaryIO

from etl.extract.carrier import printable
from etl.extract.item import Carrier, RawItem, Rejection
from etl.extract.json_lines import MEDIA_TYPE, json_row, parse
from etl.extract.opened import Opened
from etl.extract.rows import MAX_ROW_BYTES
from etl.extract.telegram import Chat, message_item

# A string, a bracket, a number or another word; a lone quote begins a string that goes on.
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|["{}\[\]]|[^\s,:"{}\[\]]++', re.DOTALL)
_MESSAGES = re.compile(rb'"messages"\s*:\s*\[\s*\{$')
_EXPORT = re.compile(rb'"(?:left_)?chats"\s*:\s*\{\s*(?:"about"\s*:\s*"(?:[^"\\]|\\.)*+"\s*,\s*)?"list"\s*:\s*\[')
_CHAT = re.compile(rb'\{(?:[^{}"]++|"(?:[^"\\]++|\\.)*+")*?"messages"\s*:\s*\[\s*\{$')
_CHAT_BYTES = 16 * 1024  # what an export says of a chat before its messages
_BRACKETS = frozenset({b"{", b"}", b"[", b"]"})
_CHUNK = 256 * 1024
_MAX_NESTING = 3  # objects around the list: {"response": {"result": {"docs": […]}}}
_SAMPLE = 10


@dataclass(slots=True)
class Element:
    """An element of the list with its bytes; of one that is too large only the size."""

    raw: bytes
    size: int
    chat: Chat | None = None


def read_json_document(opened: Opened) -> Iterator[RawItem]:
    """The articles, `#` with their number from 1 behind the origin; a lone object is one article."""
    head = opened.stream.read(MAX_ROW_BYTES + 1)
    lone = parse(head) if len(head) <= MAX_ROW_BYTES and _first_byte(head) == b"{" else None
    if isinstance(lone, dict) and (opened.fields.resolve(lone).get("text") or not _holds_list(lone)):
        opened.fields.check(opened.origin, lone)
        yield json_row(opened.origin, head.strip(), opened.fields, opened.carrier)
        return
    scanner = Scanner(opened.stream, head, is_export=bool(_EXPORT.search(head)))
    elements = scanner.elements()
    if scanner.is_export:
        yield from _messages(opened, scanner, elements)
        return
    first = list(islice(elements, _SAMPLE))
    if opened.fields.given and not scanner.chat:
        opened.fields.check(opened.origin, (), [row for one in first if isinstance(row := parse(one.raw), dict)])
    if not first and scanner.is_whole:
        nothing = Rejection("bad_row", "no article and no list of articles in it")
        yield RawItem(opened.origin, head[:MAX_ROW_BYTES], MEDIA_TYPE, opened.carrier, nothing, len(head))
    number = 0
    for number, element in enumerate(chain(first, elements), 1):
        yield _item(opened, f"{opened.origin}#{number}", element, opened.carrier)
    if not scanner.is_whole:
        damage = Rejection("unreadable", f"the document is cut off or damaged after {number} objects")
        yield opened.broken(MEDIA_TYPE, damage, f"{opened.origin}#{number + 1}")


def _messages(opened: Opened, scanner: Scanner, elements: Iterator[Element]) -> Iterator[RawItem]:
    """The messages of all channels in an export of all chats, `#` with the channel's name and their number. What is no
    channel is one reject without bytes: nobody's letters get into the warehouse by an oversight. An address beside the
    file is that of one chat, so it is none of theirs."""
    carrier = replace(opened.carrier, url=None)
    for chat, messages in groupby(elements, key=lambda element: element.chat):
        place = f"{opened.origin}#{printable(((chat and chat.address) or '').rpartition('/')[2])}"
        if chat is None or not chat.is_channel:
            kind = chat.kind if chat else "list"
            closed = Rejection("unsupported_format", f"a {kind}, no channel: to load it, export it by itself"[:300])
            yield opened.broken(MEDIA_TYPE, closed, place)
            continue
        for number, message in enumerate(messages, 1):
            yield _item(opened, f"{place}!{number}", message, carrier)
    if not scanner.is_whole:
        yield opened.broken(MEDIA_TYPE, Rejection("unreadable", "the export is cut off or damaged"))


def _item(opened: Opened, origin: str, element: Element, carrier: Carrier) -> RawItem:
    if element.chat and element.raw:
        return message_item(origin, element.raw, element.chat, carrier)
    return json_row(origin, element.raw, opened.fields, carrier, element.size)


def _first_byte(head: bytes) -> bytes:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]


def _holds_list(value: object, depth: int = 0) -> bool:
    """Whether a list of objects lies in the object, not deeper than the scanner looks."""
    if isinstance(value, list):
        return bool(value) and isinstance(value[0], dict)
    if not isinstance(value, dict) or depth > _MAX_NESTING:
        return False
    return any(_holds_list(one, depth + 1) for one in value.values())


class _Step(Enum):
    """What a bracket means for the list."""

    NOTHING = auto()
    BEGINS = auto()
    ENDS = auto()
    LAST = auto()
    DAMAGE = auto()


@dataclass(slots=True)
class Scanner:
    """Cuts a list into its elements: the document, or the first list of objects in it.

    `is_whole` is set once the list has ended. is_export: there is a list of chats, and each has its list of messages.
    """

    stream: BinaryIO
    head: bytes
    is_export: bool = False
    is_whole: bool = False
    chat: Chat | None = None
    _stack: bytearray = field(default_factory=bytearray)
    _list_depth: int = 0
    _before: bytearray = field(default_factory=bytearray)  # what stands before the list: the name of a chat

    def elements(self) -> Iterator[Element]:
        buffer, position, begin, passed = b"", 0, -1, 0  # begin: of the object under way; passed: bytes of it let go
        for chunk in self._chunks():
            buffer += chunk
            for token in _TOKEN.finditer(buffer, position):
                is_bracket = token[0] in _BRACKETS
                if token[0] == b'"' or (not is_bracket and token.end() == len(buffer)):
                    break  # it may go on
                position = token.end()
                if not is_bracket:
                    if self._list_depth and len(self._stack) == self._list_depth:
                        yield Element(token[0], len(token[0]), self.chat)
                    continue
                was_outside = not self._list_depth
                step = self._step(token[0])
                if was_outside and self._list_depth:
                    self._read_before(buffer[:position])
                if step is _Step.BEGINS:
                    begin = token.start()
                elif step is _Step.ENDS:
                    size = passed + position - begin
                    yield Element(buffer[begin:position] if size <= MAX_ROW_BYTES else b"", size, self.chat)
                    begin, passed = -1, 0
                elif step is not _Step.NOTHING:
                    self.is_whole = step is _Step.LAST
                    return
            else:
                position = len(buffer)
            keep = begin if begin >= 0 else position
            if position - keep > MAX_ROW_BYTES:
                passed, keep = passed + position - keep, position
            self._remember(buffer[:keep])
            buffer, position, begin = buffer[keep:], position - keep, min(begin, 0)
            if len(buffer) > MAX_ROW_BYTES + _CHUNK:
                return  # a string without an end

    def _chunks(self) -> Iterator[bytes]:
        for place in range(0, len(self.head), _CHUNK):
            yield self.head[place : place + _CHUNK]
        while chunk := self.stream.read(_CHUNK):
            yield chunk

    def _step(self, token: bytes) -> _Step:
        if token in b"{[":
            self._stack += token
            self._list_depth = self._list_depth or self._begun_list()
            return _Step.BEGINS if self._list_depth and len(self._stack) == self._list_depth + 1 else _Step.NOTHING
        if not self._stack.endswith(b"{" if token == b"}" else b"["):
            return _Step.DAMAGE
        self._stack.pop()
        if not self._stack or len(self._stack) < self._list_depth:
            is_last = not (self._stack and self.is_export)
            self._list_depth = self._list_depth if is_last else 0
            return _Step.LAST if is_last else _Step.NOTHING
        return _Step.ENDS if self._list_depth and len(self._stack) == self._list_depth else _Step.NOTHING

    def _begun_list(self) -> int:
        """The depth of the list if this bracket shows it: the document is an array; or here an object begins directly
        in one, and around the array are but a few objects."""
        if self.is_export:
            return 5 if self._stack == b"{{[{[{" else 0
        if self._stack == b"[":
            return 1
        is_list = self._stack.endswith(b"[{") and self._stack.count(b"[") == 1 and len(self._stack) <= _MAX_NESTING + 2
        return len(self._stack) - 1 if is_list else 0

    def _remember(self, passed: bytes) -> None:
        if not self._list_depth and (self.is_export or len(self._before) < _CHUNK):
            self._before += passed
            if self.is_export:
                del self._before[:-_CHAT_BYTES]

    def _read_before(self, until: bytes) -> None:
        """What an object says in front of its list: {"name": …, "messages": [ is a chat."""
        text = bytes(self._before + until).removeprefix(b"\xef\xbb\xbf")
        if self.is_export:
            self.chat, found = None, _CHAT.search(text[-_CHAT_BYTES:])
            text = found[0] if found else b""
            self._before.clear()
        if _MESSAGES.search(text):
            try:
                self.chat = Chat.of(json.loads(text[:-1] + b"]}"))
            except (ValueError, RecursionError):
                self.chat = None
