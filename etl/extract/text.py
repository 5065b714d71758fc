"""Bytes to text: the encodings that Russian news comes in, recognised or rejected, never guessed.

UTF-8 and UTF-16 prove themselves. CP1251 and KOI8-R accept nearly any bytes, so a text must also look Russian in
one of them: read in the wrong one its letters change case and frequency. The thresholds were set so that 200
characters of news decide and random bytes never do (tests/unit/extract/test_text.py).
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from etl.extract.item import Rejection

_EIGHT_BIT = ("cp1251", "koi8-r")
_COMMON = frozenset("оеаинтсрвл")  # the ten most frequent letters: 61% of Russian text
_LETTERS = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_PRINTED = _LETTERS | frozenset("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ«»„“”‘’–—…•·№§°©®™±\xa0іїєґўІЇЄҐЎ")
_MIN_LOWER = 0.70  # of the non-ASCII characters: small Russian letters
_MIN_COMMON = 0.45  # of the small Russian letters: the common ten
_MAX_FOREIGN = 0.01  # of the non-ASCII characters: what no Russian text is printed with (MacCyrillic read as CP1251)
_SAMPLE = 20_000  # characters that decide; more changes nothing
_TEXT_CONTROLS = frozenset("\t\n\r\f\v\x1c\x1d\x1e\x85")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding that gives its bytes again: `text.encode(encoding)` is the input."""

    text: str
    encoding: str


def decode(content: bytes) -> Decoded | Rejection:
    """The text of `content`, or why it is none: empty, binary, nul_character, undecodable."""
    if not content.strip():
        return Rejection("empty", f"{len(content)} bytes, none of them visible")
    decoded = _unicode(content) or _eight_bit(content.replace(b"\0", b""))
    if decoded is None:
        return _not_text(content)
    if b"\0" in content and not decoded.encoding.startswith("utf-16"):
        return _nul(content, decoded.text)
    return _nul(content, decoded.text) if "\0" in decoded.text else decoded


def _unicode(content: bytes) -> Decoded | None:
    """UTF-8, with or without BOM, or UTF-16 with one. The BOM of UTF-16 stays in the text, so that it comes back."""
    encoding = "utf-8"
    if content.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    elif content.startswith(codecs.BOM_UTF16_LE):
        encoding = "utf-16-le"
    elif content.startswith(codecs.BOM_UTF16_BE):
        encoding = "utf-16-be"
    try:
        return Decoded(content.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _eight_bit(content: bytes) -> Decoded | None:
    """CP1251 or KOI8-R if the text looks Russian in exactly one of them."""
    looks_russian = [decoded for encoding in _EIGHT_BIT if (decoded := _as_russian(content, encoding))]
    return looks_russian[0] if len(looks_russian) == 1 else None


def _as_russian(content: bytes, encoding: str) -> Decoded | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    sample = [character for character in text[:_SAMPLE] if character > "\x7f"]
    lower = [character for character in sample if character in _LETTERS]
    common = sum(character in _COMMON for character in lower)
    foreign = sum(character not in _PRINTED for character in sample)
    is_russian = (
        len(lower) >= _MIN_LOWER * len(sample)
        and common >= _MIN_COMMON * len(lower)
        and foreign <= _MAX_FOREIGN * len(sample)
    )
    return Decoded(text, encoding) if is_russian else None


def _nul(content: bytes, text: str) -> Rejection:
    position = content.index(b"\0") if b"\0" in content else text.index("\0")
    controls = sum("\0" < character < " " and character not in _TEXT_CONTROLS for character in text)
    if controls > len(text) / 100:
        return Rejection("binary", f"{controls} control characters among {len(text)}")
    return Rejection("nul_character", f"NUL at byte {position}")


def _not_text(content: bytes) -> Rejection:
    head = content[:1000]
    controls = sum(byte < 32 and chr(byte) not in _TEXT_CONTROLS for byte in head)
    if controls > len(head) / 50:
        return Rejection("binary", f"{controls} control characters among the first {len(head)} bytes")
    return Rejection("undecodable", "neither UTF-8 nor UTF-16, and it does not look Russian in CP1251 or KOI8-R")
