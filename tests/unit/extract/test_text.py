"""Encodings: recognised for certain, or rejected."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.item import Rejection
from etl.extract.text import Decoded, decode

RUSSIAN = (
    "Министры иностранных дел обсудили в столице открытие нового пункта пропуска на границе. "
    "По словам представителя ведомства, работы начнутся осенью и займут около года, "
    "после чего грузы пойдут по короткому пути."
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "koi8-r"])
def test_recognises_encoding(encoding: str) -> None:
    assert decode(RUSSIAN.encode(encoding)) == Decoded(RUSSIAN, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_recognises_utf16_by_its_byte_order_mark(encoding: str) -> None:
    marked = "\ufeff" + RUSSIAN
    assert decode(marked.encode(encoding)) == Decoded(marked, encoding)


def test_short_headline_in_cp1251_is_recognised() -> None:
    assert decode("В Бишкеке открылся форум".encode("cp1251")) == Decoded("В Бишкеке открылся форум", "cp1251")


@pytest.mark.parametrize("encoding", ["cp866", "mac-cyrillic", "iso8859-5"])
def test_other_russian_encodings_are_rejected_and_not_guessed(encoding: str) -> None:
    decoded = decode(RUSSIAN.encode(encoding))
    assert isinstance(decoded, Rejection)
    assert decoded.reason_code == "undecodable"


def test_utf8_with_one_broken_character_is_rejected() -> None:
    broken = RUSSIAN.encode() + b"\xd0"
    decoded = decode(broken)
    assert isinstance(decoded, Rejection)
    assert decoded.reason_code == "undecodable"


@pytest.mark.parametrize("content", [b"", b" \r\n\t "])
def test_nothing_visible_is_empty(content: bytes) -> None:
    decoded = decode(content)
    assert isinstance(decoded, Rejection)
    assert decoded.reason_code == "empty"


def test_nul_in_a_text_is_named_with_its_place() -> None:
    decoded = decode(b"Bishkek\0 hosts a summit")
    assert decoded == Rejection("nul_character", "NUL at byte 7")


def test_image_is_binary() -> None:
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 16
    decoded = decode(picture)
    assert isinstance(decoded, Rejection)
    assert decoded.reason_code == "binary"


@given(st.binary(max_size=400))
def test_what_is_decoded_gives_its_bytes_again(content: bytes) -> None:
    decoded = decode(content)
    if isinstance(decoded, Decoded):
        assert decoded.text.encode(decoded.encoding) == content
        assert "\0" not in decoded.text
    else:
        assert decoded.reason_code in {"empty", "binary", "nul_character", "undecodable"}
