"""Saved web pages (.mhtml, .mht): a MIME message (RFC 2557) whose first HTML part is the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.policy import default as policy

from etl.extract.carrier import checked_carrier, combine
from etl.extract.item import RawItem, Rejection
from etl.extract.opened import Opened

MEDIA_TYPE = "multipart/related"
MAX_BYTES = 64 * 1024 * 1024  # with its images


def read_mhtml(opened: Opened) -> Iterator[RawItem]:
    """The page, under the file's own origin; its address is the carrier's URL."""
    content = opened.stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        yield opened.broken(MEDIA_TYPE, Rejection("too_large", f"over {MAX_BYTES:,} bytes"))
        return
    message = message_from_bytes(content, policy=policy)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    html = page.get_payload(decode=True) if page else None
    if page is None or not isinstance(html, bytes):
        problem = Rejection("bad_row", "no HTML part in it")
        yield RawItem(opened.origin, content, MEDIA_TYPE, opened.carrier, problem, len(content))
        return
    address = str(page.get("Content-Location") or message.get("Snapshot-Content-Location") or "").strip()
    said = checked_carrier({"url": address if address.startswith(("http://", "https://")) else None})
    carrier = replace(combine(opened.carrier, said), charset=page.get_content_charset())
    yield RawItem(opened.origin, html, "text/html", carrier, None, len(html))
