"""A site may do what it likes: the client gives content or a reason, in bounded time and memory."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import Callable

import pytest

from etl.fetch import client as client_module
from etl.fetch.address import resolve
from etl.fetch.client import Client
from etl.fetch.errors import FetchError
from etl.fetch.policy import Policy
from tests.site import Site, answer, redirect
from tests.unit.fetch.conftest import Waits

LIMIT = 100_000
OK = answer("страница")
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
ENDLESS = HEAD + b"\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"

MakeClient = Callable[..., Client]


def failure(client: Client, url: str) -> FetchError:
    with pytest.raises(FetchError) as failed:
        client.get(url, LIMIT)
    return failed.value


@pytest.fixture
def impatient() -> Client:
    """In real time: a fifth of a second for an answer, one attempt."""
    policy = Policy(
        is_private_allowed=True, host_delay=0, attempts=1, connect_timeout=0.2, read_timeout=0.1, total_timeout=0.2
    )
    return Client(policy)


def test_page_is_fetched_with_its_type_and_charset(site: Site, client: Client) -> None:
    url = site.on("/a", answer("страница".encode("cp1251"), content_type="Text/HTML; charset=Windows-1251"))
    response = client.get(url, LIMIT)
    assert response is not None
    assert (response.content.decode("cp1251"), response.media_type, response.charset) == (
        "страница",
        "text/html",
        "windows-1251",
    )


def test_wrong_charset_changes_no_byte(site: Site, client: Client) -> None:
    response = client.get(site.on("/a", answer("страница", content_type="text/html; charset=koi8-r")), LIMIT)
    assert response is not None
    assert response.content.decode("utf-8") == "страница"


def test_address_in_cyrillic_is_asked_for_in_ascii(site: Site, client: Client) -> None:
    site.on("/%D0%B0?q=%D0%B1", OK)
    assert client.get(site.url("/а?q=б#часть"), LIMIT) is not None


def test_silence_before_the_headers_ends(site: Site, impatient: Client) -> None:
    assert "in time" in str(failure(impatient, site.on("/a", site.hang)))


def test_body_that_drips_ends_at_the_deadline(site: Site, impatient: Client) -> None:
    url = site.on("/a", lambda connection: site.drip(connection, ENDLESS, b"."))
    assert "in time" in str(failure(impatient, url))


def test_headers_that_drip_end_at_the_deadline(site: Site, impatient: Client) -> None:
    url = site.on("/a", lambda connection: site.drip(connection, b"HTTP/1.1 200 OK\r\nX: ", b"."))
    assert "in time" in str(failure(impatient, url))


def test_chunk_sizes_that_drip_end_at_the_deadline(site: Site, impatient: Client) -> None:
    url = site.on("/a", lambda connection: site.drip(connection, CHUNKED, b"0"))
    assert "in time" in str(failure(impatient, url))


@pytest.mark.parametrize("head", [ENDLESS, CHUNKED], ids=["plain", "chunked"])
def test_endless_body_ends_at_the_limit(site: Site, client: Client, head: bytes) -> None:
    piece = b"x" * 5000
    rest = piece if head is ENDLESS else b"1388\r\n" + piece + b"\r\n"
    url = site.on("/a", lambda connection: site.drip(connection, head, rest * 10))
    assert failure(client, url).reason_code == "too_large"


def test_body_announced_over_the_limit_is_not_read(site: Site, client: Client) -> None:
    url = site.on("/a", answer(b"", content_length="99999999999"))
    assert failure(client, url).reason_code == "too_large"
    assert site.asked() == ["/a"]


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress], ids=["gzip", "deflate"])
def test_packed_body_is_unpacked(site: Site, client: Client, pack: Callable[[bytes], bytes]) -> None:
    encoding = "gzip" if pack is gzip.compress else "deflate"
    response = client.get(site.on("/a", answer(pack(b"page" * 1000), content_encoding=encoding)), LIMIT)
    assert response is not None
    assert response.content == b"page" * 1000


def test_gzip_of_several_members_is_unpacked_whole(site: Site, client: Client) -> None:
    body = gzip.compress(b"one ") + gzip.compress(b"two")
    response = client.get(site.on("/a", answer(body, content_encoding="gzip")), LIMIT)
    assert response is not None
    assert response.content == b"one two"


def test_gzip_bomb_ends_at_the_limit(site: Site, client: Client) -> None:
    url = site.on("/a", answer(gzip.compress(bytes(50_000_000)), content_encoding="gzip"))
    assert failure(client, url).reason_code == "too_large"


@pytest.mark.parametrize(
    ("body", "headers", "words"),
    [
        (gzip.compress(b"page" * 1000)[:-20], {"content_encoding": "gzip"}, "cut off"),
        (b"no gzip at all", {"content_encoding": "gzip"}, "no gzip"),
        (b"page", {"content_encoding": "br"}, "not asked for"),
        (b"page", {"content_length": "5000"}, "cut off"),
        (b"page", {"transfer_encoding": "chunked"}, "broke"),
    ],
    ids=["truncated gzip", "false gzip", "unasked packing", "short body", "false chunks"],
)
def test_damaged_body_is_a_failure(
    site: Site, client: Client, body: bytes, headers: dict[str, str], words: str
) -> None:
    error = failure(client, site.on("/a", answer(body, **headers)))
    assert (error.reason_code, words in str(error)) == ("fetch_failed", True)


@pytest.mark.parametrize("nonsense", [b"", b"SSH-2.0-x\r\n\r\n", HEAD + b"X: y\r\n" * 200])
def test_what_is_no_http_is_a_failure(site: Site, client: Client, nonsense: bytes) -> None:
    url = site.on("/a", lambda connection: connection.sendall(nonsense))
    assert failure(client, url).reason_code == "fetch_failed"


def test_nobody_listening_is_a_failure_after_all_attempts(client: Client, waits: Waits) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert "broke" in str(failure(client, f"http://127.0.0.1:{port}/a"))
    assert waits.slept == [1.0, 2.0]


@pytest.mark.parametrize("etag", ["a\r\n b", "a\0b", "м", "x" * 2000], ids=["folded", "NUL", "bytes", "long"])
def test_validator_is_sent_back_as_it_came_or_not_at_all(site: Site, client: Client, etag: str) -> None:
    raw = f"HTTP/1.1 200 OK\r\nETag: {etag}\r\nContent-Length: 2\r\n\r\nok".encode()
    url = site.on("/a", lambda connection: connection.sendall(raw))
    response = client.get(url, LIMIT)
    assert response is not None
    client.get(url, LIMIT, response.validators)
    assert site.requests[-1].headers.get("if-none-match", "") in ("", etag.encode().decode("latin-1"))


def test_unknown_name_is_a_failure(client: Client) -> None:
    assert "not known" in str(failure(client, "http://nobody.invalid/"))


def test_redirects_are_followed(site: Site, client: Client) -> None:
    site.on("/new", OK)
    response = client.get(site.on("/old", redirect("/new", "301 Moved")), LIMIT)
    assert response is not None
    assert response.url == site.url("/new")


def test_redirect_to_an_address_in_cyrillic_is_followed(site: Site, client: Client) -> None:
    site.on("/%D0%B0", OK)
    raw = "HTTP/1.1 302 Found\r\nLocation: /а\r\nContent-Length: 0\r\n\r\n".encode()
    assert client.get(site.on("/a", lambda connection: connection.sendall(raw)), LIMIT) is not None


def test_redirect_loop_is_seen_at_once(site: Site, client: Client) -> None:
    site.on("/b", redirect("/a"))
    assert "circle" in str(failure(client, site.on("/a", redirect("/b"))))
    assert site.asked() == ["/a", "/b"]


def test_redirects_without_end_stop(site: Site, client: Client) -> None:
    for number in range(20):
        site.on(f"/{number}", redirect(f"/{number + 1}"))
    assert "redirects" in str(failure(client, site.url("/0")))
    assert len(site.asked()) == 6


@pytest.fixture
def public_site(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The site under a name that counts as public."""

    def resolve_here(host: str, port: int, *, is_private_allowed: bool) -> str:
        return "127.0.0.1" if host == "site.test" else resolve(host, port, is_private_allowed=is_private_allowed)

    monkeypatch.setattr(client_module, "resolve", resolve_here)
    return site


@pytest.mark.parametrize(
    "to", ["http://127.0.0.1:{port}/b", "http://localhost:{port}/b", "http://169.254.169.254/latest", "http://[::1]/"]
)
def test_redirect_to_a_private_address_is_not_followed(public_site: Site, make_client: MakeClient, to: str) -> None:
    public_site.on("/b", OK)
    public_site.on("/a", redirect(to.format(port=public_site.port)))
    error = failure(make_client(is_private_allowed=False), public_site.url("/a", host="site.test"))
    assert (error.reason_code, public_site.asked()) == ("fetch_forbidden", ["/a"])


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://site.test/a", "javascript:alert(1)"])
def test_redirect_to_another_scheme_is_not_followed(site: Site, client: Client, to: str) -> None:
    assert failure(client, site.on("/a", redirect(to))).reason_code == "fetch_forbidden"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://user:secret@site.test/",
        "http://[::1/",
        "https://",
        "http://a..b/",
        "http://a:99999/",
    ],
)
def test_what_is_no_plain_web_address_is_forbidden(client: Client, url: str) -> None:
    error = failure(client, url)
    assert (error.reason_code, "secret" in str(error)) == ("fetch_forbidden", False)
