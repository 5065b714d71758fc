"""Which of the declarations of a page's encoding is believed."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.item import Rejection
from etl.extract.text import Decoded
from etl.normalize.html import decode_html
from tests.unit.normalize.html.pages import BODY

ENGLISH = "<p>The café opened — “at last” — in Bishkek.</p>"
JAPANESE = "<p>橋が開通した。二年かかった工事は予定より早く終わった。</p>"
RUSSIAN = f"<p>{BODY}</p>"


def declared(text: str, charset: str) -> str:
    return f'<html><head><meta charset="{charset}"></head><body>{text}</body></html>'


@pytest.mark.parametrize(
    ("content", "http_charset", "encoding"),
    [
        pytest.param(RUSSIAN.encode(), None, "utf-8", id="nothing declared"),
        pytest.param(RUSSIAN.encode("cp1251"), None, "cp1251", id="nothing declared, CP1251"),
        pytest.param(codecs.BOM_UTF8 + RUSSIAN.encode(), "windows-1251", "utf-8-sig", id="BOM before header"),
        pytest.param(codecs.BOM_UTF16_LE + RUSSIAN.encode("utf-16-le"), None, "utf-16-le", id="UTF-16"),
        pytest.param(declared(RUSSIAN, "windows-1251").encode(), "windows-1251", "utf-8", id="UTF-8 is proven"),
        pytest.param(declared(RUSSIAN, "utf-8").encode("cp1251"), "utf-8", "cp1251", id="CP1251 declared as UTF-8"),
        pytest.param(declared(RUSSIAN, "koi8-r").encode("cp1251"), None, "cp1251", id="CP1251 declared as KOI8-R"),
        pytest.param(declared(RUSSIAN, "iso-8859-1").encode("cp1251"), None, "cp1251", id="CP1251 declared as Latin-1"),
        pytest.param(declared(ENGLISH, "iso-8859-1").encode("cp1252"), None, "cp1252", id="Latin-1 means CP1252"),
        pytest.param(ENGLISH.encode("cp1252"), "ISO-8859-1", "cp1252", id="header alone"),
        pytest.param(declared(JAPANESE, "Shift_JIS").encode("cp932"), None, "cp932", id="meta alone"),
        pytest.param(declared(JAPANESE, "euc-jp").encode("cp932"), "Shift_JIS", "cp932", id="header before meta"),
        pytest.param(
            f'<?xml version="1.0" encoding="shift_jis"?>{JAPANESE}'.encode("cp932"), None, "cp932", id="XML declaration"
        ),
        pytest.param(
            b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">' + RUSSIAN.encode("cp1251"),
            None,
            "cp1251",
            id="http-equiv",
        ),
    ],
)
def test_encoding(content: bytes, http_charset: str | None, encoding: str) -> None:
    decoded = decode_html(content, http_charset)
    assert isinstance(decoded, Decoded)
    assert decoded.encoding == encoding


@pytest.mark.parametrize("label", ["no-such-charset", "hex", "idna", "utf-16", "", "utf-7\0"])
def test_label_that_says_nothing_is_passed_over(label: str) -> None:
    decoded = decode_html(RUSSIAN.encode("cp1251"), label)
    assert isinstance(decoded, Decoded)
    assert decoded.encoding == "cp1251"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        ("<p>日本語</p>".encode("cp932"), "undecodable"),
        (b"<p>text\0text</p>" * 20, "nul_character"),
        (bytes(range(256)) * 8, "binary"),
    ],
)
def test_rejected_bytes(content: bytes, reason: str) -> None:
    rejected = decode_html(content, None)
    assert isinstance(rejected, Rejection)
    assert rejected.reason_code == reason


@given(
    st.binary(max_size=300), st.none() | st.text(max_size=12) | st.sampled_from(["utf-8", "cp1251", "utf-16", "gbk"])
)
def test_decoded_text_gives_its_bytes_again(content: bytes, http_charset: str | None) -> None:
    decoded = decode_html(content, http_charset)
    assert isinstance(decoded, Rejection) or decoded.text.encode(decoded.encoding) == content
