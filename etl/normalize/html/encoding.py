"""The encoding of an HTML page: BOM, HTTP header, `<meta charset>`, and the bytes, in the order of the HTML standard.

A declaration is believed where the bytes agree with it. Labels are read as browsers do (WHATWG Encoding): 'latin1'
is Windows-1252, 'gb2312' is GB 18030.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from etl.extract.item import Rejection
from etl.extract.text import Decoded, decode

_HEAD = 4096  # bytes in which the declaration stands; the standard asks for 1024, real pages have it later
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# WHATWG Encoding, section 4.2, as far as Python's name of the same label means fewer characters.
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
_REPLACEMENT = "\ufffd"


def decode_html(content: bytes, http_charset: str | None) -> Decoded | Rejection:
    """The text of a page, or why there is none. `http_charset` is the parameter of the Content-Type header."""
    if not content.strip():
        return Rejection("empty", f"{len(content)} bytes, none of them visible")
    for encoding in _declared(content, http_charset):
        text = _read(content, encoding)
        if text is not None:
            return Decoded(text, encoding)
    undeclared = decode(content)
    if isinstance(undeclared, Decoded) or undeclared.reason_code != "undecodable":
        return undeclared
    return Rejection("undecodable", "the bytes agree neither with a declared encoding nor with a recognised one")


def _declared(content: bytes, http_charset: str | None) -> Iterator[str]:
    """The declared encodings, the best first. Bytes that are UTF-8 are nothing else, whatever a page declares."""
    yield from (encoding for bom, encoding in _BOMS if content.startswith(bom))
    if not content.isascii():
        yield "utf-8"
    head = content[:_HEAD]
    in_page = [match[1].decode("ascii", "replace") for match in (_META.search(head), _XML.search(head)) if match]
    for label in filter(None, (http_charset, *in_page)):
        encoding = _known(label)
        if encoding is not None:
            yield encoding


def _known(label: str) -> str | None:
    """Python's codec for a label; None for an unknown one and for what cannot hold ASCII tags as they stand."""
    try:
        found = codecs.lookup(label.strip(" \t\r\n\"';"))
        name = _SUPERSETS.get(found.name, found.name)
        return name if "<meta>".encode(name) == b"<meta>" else None
    except (LookupError, ValueError, TypeError, AttributeError):
        return None


def _read(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except (UnicodeError, ValueError):
        return None
    return None if "\0" in text or not _agrees(content, text, encoding) else text


def _agrees(content: bytes, text: str, encoding: str) -> bool:
    """An eight-bit encoding accepts any bytes: where they look Russian in another one, the declaration is wrong."""
    if encoding.startswith("utf"):
        return True
    recognised = decode(content)
    if isinstance(recognised, Rejection) or recognised.encoding == encoding:
        return _REPLACEMENT not in text
    return False
