"""robots.txt, pace, retries, conditional requests, and the name the client gives."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import __version__
from etl.fetch.client import Client, Validators
from etl.fetch.errors import FetchError
from etl.fetch.robots import Robots
from tests.site import Site, answer
from tests.unit.fetch.conftest import Waits

LIMIT = 100_000
OK = answer("страница")
BUSY = answer(status="503 Service Unavailable")

MakeClient = Callable[..., Client]


def failure(client: Client, url: str) -> FetchError:
    with pytest.raises(FetchError) as failed:
        client.get(url, LIMIT)
    return failed.value


def test_robots_denial_is_kept_and_asked_for_once(site: Site, client: Client) -> None:
    site.on("/robots.txt", answer("User-agent: *\nDisallow: /closed\nAllow: /closed/open"))
    site.on("/closed/open", OK)
    assert failure(client, site.on("/closed/a", OK)).reason_code == "fetch_forbidden"
    assert client.get(site.url("/closed/open"), LIMIT) is not None
    assert [request.path for request in site.requests] == ["/robots.txt", "/closed/open"]


def test_robots_may_speak_of_newshouse_alone(site: Site, client: Client) -> None:
    site.on("/robots.txt", answer("User-agent: newshouse\nDisallow: /\n\nUser-agent: *\nAllow: /"))
    assert failure(client, site.on("/a", OK)).reason_code == "fetch_forbidden"


def test_redirect_into_what_robots_deny_is_not_followed(site: Site, client: Client) -> None:
    site.on("/robots.txt", answer("User-agent: *\nDisallow: /closed"))
    site.on("/closed", OK)
    url = site.on("/a", answer(status="302 Found", location="/closed"))
    assert failure(client, url).reason_code == "fetch_forbidden"
    assert site.asked() == ["/a"]


def test_site_without_robots_allows_everything(site: Site, client: Client) -> None:
    assert client.get(site.on("/a", OK), LIMIT) is not None


def test_site_whose_robots_cannot_be_read_is_not_asked(site: Site, client: Client) -> None:
    site.on("/robots.txt", BUSY)
    assert failure(client, site.on("/a", OK)).reason_code == "fetch_failed"
    assert site.asked() == []


@pytest.mark.parametrize(("asked_for", "kept"), [("", 1.0), ("Crawl-delay: 7", 7.0), ("Crawl-delay: 86400", 60.0)])
def test_requests_to_a_host_are_spaced(
    site: Site, make_client: MakeClient, waits: Waits, asked_for: str, kept: float
) -> None:
    site.on("/robots.txt", answer(f"User-agent: *\nDisallow:\n{asked_for}"))
    client = make_client(host_delay=1.0)
    url = site.on("/a", OK)
    client.get(url, LIMIT)
    client.get(url, LIMIT)
    assert waits.slept == [1.0, kept]


def test_passing_failures_are_tried_again_with_longer_waits(site: Site, client: Client, waits: Waits) -> None:
    response = client.get(site.on("/a", BUSY, answer(status="500 Oops"), OK), LIMIT)
    assert response is not None
    assert waits.slept == [1.0, 2.0]


def test_failures_that_do_not_pass_end(site: Site, client: Client) -> None:
    assert "503" in str(failure(client, site.on("/a", BUSY)))
    assert site.asked() == ["/a"] * 3


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "410 Gone", "501 Not Implemented", "204 No"])
def test_refusal_is_not_tried_again(site: Site, client: Client, status: str) -> None:
    assert status[:3] in str(failure(client, site.on("/a", answer(status=status))))
    assert site.asked() == ["/a"]


@pytest.mark.parametrize("after", ["30", "Fri, 22 Aug 2025 12:00:30 GMT"], ids=["seconds", "date"])
def test_retry_after_is_kept(site: Site, client: Client, waits: Waits, after: str) -> None:
    site.on("/a", answer(status="429 Too Many Requests", retry_after=after), OK)
    assert client.get(site.url("/a"), LIMIT) is not None
    assert waits.slept == [30.0]


def test_retry_after_nonsense_is_a_usual_wait(site: Site, client: Client, waits: Waits) -> None:
    site.on("/a", answer(status="429 Too Many Requests", retry_after="soon"), OK)
    client.get(site.url("/a"), LIMIT)
    assert waits.slept == [1.0]


def test_server_that_wants_an_hour_is_left_alone(site: Site, client: Client, waits: Waits) -> None:
    url = site.on("/a", answer(status="429 Too Many Requests", retry_after="3600"))
    assert "429" in str(failure(client, url))
    assert (site.asked(), waits.slept) == (["/a"], [])


def test_host_that_fails_again_and_again_is_left_alone(site: Site, make_client: MakeClient) -> None:
    client = make_client(attempts=1, failures_per_host=2)
    site.on("/robots.txt", answer(""))
    url = site.on("/a", BUSY)
    reasons = [str(failure(client, url)) for _ in range(4)]
    assert [reason.startswith("the server says 503") for reason in reasons] == [True, True, False, False]
    assert len(site.asked()) == 2


def test_unchanged_page_costs_a_304(site: Site, client: Client) -> None:
    first = answer("страница", etag='"v1"', last_modified="Fri, 22 Aug 2025 10:00:00 GMT")
    url = site.on("/a", first, answer(status="304 Not Modified"))
    response = client.get(url, LIMIT)
    assert response is not None
    assert response.validators == Validators('"v1"', "Fri, 22 Aug 2025 10:00:00 GMT")
    assert client.get(url, LIMIT, response.validators) is None
    asked = site.requests[-1].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"v1"', "Fri, 22 Aug 2025 10:00:00 GMT")


def test_user_agent_says_who_asks(site: Site, make_client: MakeClient) -> None:
    make_client(contact="https://example.org/bot").get(site.on("/a", OK), LIMIT)
    agents = {request.headers["user-agent"] for request in site.requests}
    assert agents == {f"newshouse/{__version__} (+https://example.org/bot)"}


@given(st.binary(max_size=200), st.sampled_from(["", "User-agent: *\nDisallow: ", "User-agent: *\nCrawl-delay: "]))
def test_robots_of_any_bytes_are_read(noise: bytes, start: str) -> None:
    robots = Robots(lambda url: start.encode() + noise, lambda: 0.0)
    assert robots.allows("https://site.kg", "/a") in (True, False)
    assert robots.delay("https://site.kg") >= 0
