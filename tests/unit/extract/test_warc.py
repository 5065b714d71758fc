"""Web archives: which records are responses, what their headers say, and what damage does."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl.extract.item import Rejection
from etl.extract.warc import WebResponse, read_warc

URL = "https://example.kg/news/1"
PAGE = "<p>Мост открыт</p>".encode("cp1251")
HTML = (("Content-Type", "text/html; charset=windows-1251"),)


def archive(*headers: tuple[tuple[str, str], ...], content: bytes = PAGE, zipped: bool = True) -> bytes:
    """An archive with one response for each of `headers`."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=zipped)
    for fields in headers:
        http = StatusAndHeaders("200 OK", list(fields), protocol="HTTP/1.1")
        date = {"WARC-Date": "2025-08-22T10:21:00Z"}
        payload = {"payload": BytesIO(content), "length": len(content)}
        record = writer.create_warc_record(URL, "response", **payload, http_headers=http, warc_headers_dict=date)
        writer.write_record(record)
    return out.getvalue()


def read(content: bytes) -> list[WebResponse | Rejection]:
    return list(read_warc(BytesIO(content)))


@pytest.mark.parametrize("zipped", [True, False])
def test_response_with_its_headers(zipped: bool) -> None:
    fetched = datetime(2025, 8, 22, 10, 21, tzinfo=UTC)
    expected = WebResponse(URL, 200, "text/html", "windows-1251", PAGE, fetched)
    assert read(archive(HTML, zipped=zipped)) == [expected]


def test_response_without_content_type() -> None:
    found = read(archive(()))[0]
    assert isinstance(found, WebResponse)
    assert (found.media_type, found.charset) == (None, None)


def test_content_encoding_is_undone() -> None:
    found = read(archive((*HTML, ("Content-Encoding", "gzip")), content=gzip.compress(PAGE)))[0]
    assert isinstance(found, WebResponse)
    assert found.content == PAGE


def test_other_records_are_no_responses() -> None:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "test"}))
    assert read(out.getvalue() + archive(HTML)) == read(archive(HTML))


def test_captures_that_are_no_responses_are_counted() -> None:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    payload = {"payload": BytesIO(PAGE), "length": len(PAGE), "warc_content_type": "text/html; charset=windows-1251"}
    writer.write_record(writer.create_warc_record(URL, "resource", **payload))
    writer.write_record(writer.create_revisit_record(URL, "sha1:X", URL, "2025-08-22T10:21:00Z"))
    resource, revisit = read(out.getvalue())
    assert isinstance(resource, WebResponse)
    assert (resource.status, resource.media_type, resource.charset) == (None, "text/html", "windows-1251")
    assert resource.content == PAGE
    assert revisit == Rejection("not_a_page", f"a revisit of {URL}")


@pytest.mark.parametrize("zipped", [True, False])
def test_archive_that_is_cut_off_gives_what_came_before(zipped: bool) -> None:
    whole = archive(HTML, HTML, zipped=zipped)
    first, damage = read(whole[: -len(PAGE) // 2 - 4])
    assert first == read(whole)[0]
    assert isinstance(damage, Rejection)
    assert damage.reason_code == "unreadable"


@pytest.mark.parametrize(
    "content",
    [b"no archive", gzip.compress(b"no archive"), b"\x1f\x8b\x08 broken"],
    ids=["text", "packed text", "broken"],
)
def test_what_is_no_archive_is_unreadable(content: bytes) -> None:
    assert [isinstance(it, Rejection) for it in read(content)] == [True]


def test_empty_archive_has_no_responses() -> None:
    assert read(b"") == []


@settings(max_examples=200)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=4), st.booleans())
def test_damage_never_raises(place: int, damage: bytes, zipped: bool) -> None:
    whole = archive(HTML, HTML, zipped=zipped)
    place %= len(whole)
    assert len(read(whole[:place] + damage + whole[place + len(damage) :])) <= 3
