"""Feeds, sitemaps and pages into the warehouse: from a site on this machine, by the command as a user gives it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest
from psycopg import Connection

from etl.cli import main
from etl.config import fetch_policy
from etl.extract import web as extract
from etl.extract.item import Carrier, RawItem
from etl.fetch.client import Response
from etl.load import web
from tests.site import Behave, Site, answer, redirect

Rows = list[tuple[object, ...]]

FIRST = (
    "<p>Президент Казахстана прибыл в Бишкек с рабочим визитом и провёл переговоры о торговле и общей границе.</p>"
    "<p>Стороны подписали семь соглашений, сообщили в министерстве, и назвали сроки следующей встречи.</p>"
)
SECOND = (
    "<p>Посольство Японии передало школе в Оше новое оборудование для уроков физики и химии, рассказал директор.</p>"
    "<p>Занятия в обновлённых классах начнутся в сентябре, и учителя уже прошли подготовку в столице.</p>"
)
BUSY = answer(status="503 Service Unavailable", retry_after="3600")
NOT_MODIFIED = answer(status="304 Not Modified")
ROBOTS = "User-agent: *\nDisallow: /closed"


class Ran(NamedTuple):
    """A load: its exit code and what it counted."""

    exit_code: int
    counts: dict[str, object]

    def of(self, *names: str) -> list[object]:
        return [self.counts[name] for name in names]


Load = Callable[..., Ran]


@pytest.fixture
def run(database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Load:
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setenv("NEWSHOUSE_ALLOW_PRIVATE", "1")
    monkeypatch.setattr(web, "fetch_policy", lambda: replace(fetch_policy(), host_delay=0.0, first_backoff=0.0))

    def run(*arguments: str) -> Ran:
        monkeypatch.setattr("sys.argv", ["newshouse", *arguments, "--json"])
        with pytest.raises(SystemExit) as exit_:
            main()
        return Ran(int(exit_.value.code or 0), json.loads(capsys.readouterr().out or "{}"))

    return run


def page(title: str, body: str, **headers: str) -> Behave:
    return answer(f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>", **headers)


def rss(*items: str) -> str:
    entries = "".join(f"<item>{item}</item>" for item in items)
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<rss version="2.0" {space}><channel><title>Сайт</title>{entries}</channel></rss>'


def entry(site: Site, path: str, title: str, text: str = "") -> str:
    content = f"<content:encoded><![CDATA[{text}]]></content:encoded>" if text else "<description>Кратко…</description>"
    date = "<pubDate>Fri, 22 Aug 2025 16:21:00 +0600</pubDate>"
    return f"<title>{title}</title><link>{site.url(path)}</link>{date}<author>Айгуль Осмонова</author>{content}"


def urlset(*lines: str) -> str:
    return f"<urlset>{''.join(f'<url>{line}</url>' for line in lines)}</urlset>"


def contents(connection: Connection) -> list[Rows]:
    """Everything that a load could write, but its own run."""
    tables = ("raw.input", "raw.document", "core.article", "ops.rejected_item", "ops.fetched_url")
    return [
        connection.execute(f"SELECT t.*, t.xmin::text FROM {table} AS t ORDER BY 1, 2").fetchall()  # noqa: S608
        for table in tables
    ]


@pytest.fixture
def feed(site: Site) -> str:
    """A feed of two entries, one with its text and one without, at a site that knows what changed."""
    site.on("/robots.txt", answer(ROBOTS))
    items = entry(site, "/1", "Визит президента", FIRST), entry(site, "/2", "Подарок школе")
    site.on("/2", page("Подарок школе", SECOND))
    return site.on("/rss", answer(rss(*items), etag='"v1"', content_type="text/xml"), NOT_MODIFIED)


def test_feed_gives_articles_from_its_entries_and_their_pages(
    run: Load, feed: str, site: Site, connection: Connection
) -> None:
    ran = run("load", feed)
    assert (ran.exit_code, ran.of("read", "inserted")) == (0, [2, 2])
    rows = connection.execute(
        "SELECT url, title, body LIKE '%встречи.' OR body LIKE '%столице.', published_at::text, published_method,"
        " authors"
        " FROM core.article ORDER BY url"
    ).fetchall()
    published = connection.execute("SELECT '2025-08-22 16:21+06'::timestamptz::text").fetchone()
    assert published is not None
    assert rows == [
        (site.url("/1"), "Визит президента", True, published[0], "carrier", ["Айгуль Осмонова"]),
        (site.url("/2"), "Подарок школе", True, published[0], "carrier", ["Айгуль Осмонова"]),
    ]
    assert site.asked() == ["/rss", "/2"]


def test_unchanged_feed_costs_one_request_and_writes_nothing(
    run: Load, feed: str, site: Site, connection: Connection
) -> None:
    run("load", feed)
    before, asked = contents(connection), len(site.asked())
    ran = run("load", feed)
    assert (ran.exit_code, ran.of("read")) == (0, [0])
    assert site.asked()[asked:] == ["/rss"]
    assert contents(connection) == before


def test_feed_without_validators_is_read_again_and_writes_nothing(
    run: Load, feed: str, site: Site, connection: Connection
) -> None:
    items = entry(site, "/1", "Визит президента", FIRST), entry(site, "/2", "Подарок школе")
    site.on("/rss", answer(rss(*items)))
    run("load", feed)
    before = contents(connection)
    assert run("load", feed).of("read", "unchanged") == [1, 1]
    assert site.asked() == ["/rss", "/2", "/rss"]
    assert contents(connection) == before


def test_new_entry_is_added_and_the_old_pages_are_not_asked_for(run: Load, feed: str, site: Site) -> None:
    run("load", feed)
    items = entry(site, "/2", "Подарок школе"), entry(site, "/3", "Визит президента", FIRST.replace("семь", "восемь"))
    site.on("/rss", answer(rss(*items)))
    assert run("load", feed).of("read", "inserted") == [1, 1]
    assert site.asked() == ["/rss", "/2", "/rss"]


def test_another_source_on_the_command_line_is_a_change(run: Load, feed: str, site: Site) -> None:
    run("load", feed)
    site.on("/rss", answer(rss(entry(site, "/2", "Подарок школе"))))
    assert run("load", feed, "--source", "24.kg").of("read") == [1]
    assert "if-none-match" not in site.requests[-2].headers


def test_dry_run_remembers_nothing(run: Load, feed: str, connection: Connection) -> None:
    before = contents(connection)
    assert run("load", feed, "--dry-run").of("inserted") == [2]
    assert contents(connection) == before


def test_page_that_fails_is_a_reject_and_comes_with_the_next_load(
    run: Load, feed: str, site: Site, connection: Connection
) -> None:
    works = site.routes["/2"]
    site.on("/2", BUSY)
    ran = run("load", feed)
    assert (ran.exit_code, ran.of("inserted", "reasons")) == (3, [1, {"fetch_failed": 1}])
    site.routes["/rss"] = [answer(rss(entry(site, "/2", "Подарок школе")), etag='"v1"')]
    site.routes["/2"] = works
    ran = run("load", feed)
    assert (ran.exit_code, ran.of("inserted")) == (0, [1])
    assert connection.execute("SELECT state FROM ops.rejected_item").fetchall() == [("resolved",)]


def test_refused_page_is_not_asked_for_at_every_load_but_by_retry(run: Load, feed: str, site: Site) -> None:
    works = site.routes.pop("/2")
    assert run("load", feed).of("reasons") == [{"fetch_failed": 1}]
    assert run("load", feed).of("read") == [0]
    assert site.asked() == ["/rss", "/2", "/rss"]
    site.routes["/2"] = works
    ran = run("rejects", "retry")
    assert (ran.exit_code, ran.of("inserted")) == (0, [1])


def test_robots_denial_is_a_reject(run: Load, feed: str, site: Site) -> None:
    site.on("/rss", answer(rss(entry(site, "/closed/1", "Закрыто"))))
    assert run("load", feed).of("reasons") == [{"fetch_forbidden": 1}]
    assert site.asked() == ["/rss"]


def test_feed_that_fails_is_a_reject_until_it_answers(run: Load, feed: str, site: Site, connection: Connection) -> None:
    works = site.routes["/rss"]
    site.on("/rss", BUSY)
    assert run("load", feed).of("read", "reasons") == [1, {"fetch_failed": 1}]
    site.routes["/rss"] = works
    assert run("load", feed).of("inserted") == [2]
    assert connection.execute("SELECT state FROM ops.rejected_item").fetchall() == [("resolved",)]


def test_failing_address_does_not_end_a_load_of_others(run: Load, feed: str, site: Site) -> None:
    ran = run("load", site.on("/gone", redirect("/gone")), feed)
    assert ran.of("inserted", "rejected") == [2, 1]


def test_private_addresses_are_fetched_only_when_allowed(
    run: Load, feed: str, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEWSHOUSE_ALLOW_PRIVATE")
    assert run("load", feed).of("reasons") == [{"fetch_forbidden": 1}]
    assert site.requests == []


def test_address_with_a_login_is_refused_and_stored_nowhere(run: Load, connection: Connection) -> None:
    assert run("load", "https://me:secret@site.kg/rss").exit_code == 2
    assert connection.execute("SELECT count(*) FROM ops.load_run").fetchone() == (0,)


def test_packed_sitemaps_in_an_index_give_their_pages(run: Load, site: Site, connection: Connection) -> None:
    news = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    lines = (
        f"<loc>{site.on('/1', page('Визит президента', FIRST))}</loc><lastmod>2025-08-23</lastmod>",
        f"<loc>{site.on('/2', page('Подарок школе', SECOND))}</loc><news:news {news}>"
        "<news:publication_date>2025-08-22T10:00:00+06:00</news:publication_date></news:news>",
    )
    packed = site.on("/s.xml.gz", answer(gzip.compress(urlset(*lines).encode()), content_type="application/gzip"))
    index = site.on("/sitemap.xml", answer(f"<sitemapindex><sitemap><loc>{packed}</loc></sitemap></sitemapindex>"))
    assert run("load", index).of("inserted", "rejected") == [2, 0]
    rows = connection.execute("SELECT url, published_on::text FROM core.article ORDER BY url").fetchall()
    assert rows == [(site.url("/1"), None), (site.url("/2"), "2025-08-22")]


def test_page_of_a_sitemap_is_asked_for_again_when_it_changed(run: Load, site: Site) -> None:
    first = f"<loc>{site.on('/1', page('Визит президента', FIRST))}</loc><lastmod>2025-08-23</lastmod>"
    second = f"<loc>{site.on('/2', page('Подарок школе', SECOND))}</loc><lastmod>2025-08-23</lastmod>"
    sitemap = site.on("/sitemap.xml", answer(urlset(first, second)))
    run("load", sitemap)
    site.on("/sitemap.xml", answer(urlset(first.replace("23<", "24<"), second)))
    site.on("/1", page("Визит президента", FIRST.replace("семь", "восемь")))
    assert run("load", sitemap).of("read", "updated") == [1, 1]


def test_pages_of_an_interrupted_load_are_not_fetched_again(
    run: Load, site: Site, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.on("/1", page("Визит президента", FIRST))
    site.on("/2", page("Подарок школе", SECOND))
    lines = (f"<loc>{site.url(path)}</loc><lastmod>2025-08-23</lastmod>" for path in ("/1", "/2"))
    sitemap = site.on("/sitemap.xml", answer(urlset(*lines), etag='"v1"'))
    monkeypatch.setattr("etl.load.batches.BATCH_SECONDS", 0.0)
    whole = extract._page

    def interrupted(url: str, carrier: Carrier, response: Response) -> RawItem:
        if url.endswith("/2"):
            raise KeyboardInterrupt
        return whole(url, carrier, response)

    with monkeypatch.context() as patch:
        patch.setattr(extract, "_page", interrupted)
        assert run("load", sitemap).exit_code == 130
    assert connection.execute("SELECT count(*) FROM core.article").fetchone() == (1,)
    assert run("load", sitemap).of("read", "inserted") == [1, 1]
    assert site.asked() == ["/sitemap.xml", "/1", "/2", "/sitemap.xml", "/2"]
    run("load", sitemap)
    assert site.asked()[5:] == ["/sitemap.xml"]


def test_page_is_read_in_the_charset_of_its_header(run: Load, site: Site, connection: Connection) -> None:
    text = "<p>The café of the school in Osh was opened by guests from Kazakhstan, who praised its bread and tea.</p>"
    html = f"<html><body><h1>A café in Osh</h1>{text * 3}</body></html>".encode("latin-1")
    assert run("load", site.on("/1", answer(html))).of("rejected") == [1]
    assert run("load", site.on("/2", answer(html, content_type="text/html; charset=iso-8859-1"))).of("inserted") == [1]
    assert connection.execute("SELECT title FROM core.article").fetchall() == [("A café in Osh",)]


def test_unchanged_index_does_not_hide_a_sitemap_that_changed(run: Load, site: Site) -> None:
    first, second = site.on("/1", page("Визит президента", FIRST)), site.on("/2", page("Подарок школе", SECOND))
    inner = site.on("/s.xml", answer(urlset(f"<loc>{first}</loc>"), etag='"v1"'))
    whole = f"<sitemapindex><sitemap><loc>{inner}</loc></sitemap></sitemapindex>"
    index = site.on("/sitemap.xml", answer(whole, etag='"v1"'))
    run("load", index)
    site.on("/s.xml", answer(urlset(f"<loc>{first}</loc>", f"<loc>{second}</loc>"), etag='"v2"'))
    assert run("load", index).of("read", "inserted") == [1, 1]
    assert [request.headers.get("if-none-match") for request in site.requests[-3:]] == [None, '"v1"', None]


def test_sitemap_that_names_itself_ends(run: Load, site: Site) -> None:
    index = "<sitemapindex><sitemap><loc>{}</loc></sitemap></sitemapindex>"
    url = site.on("/sitemap.xml", answer(index.format(site.url("/sitemap.xml"))))
    assert run("load", url).of("read") == [0]
    assert len(site.asked()) <= 2


def test_sitemaps_within_sitemaps_end_at_a_limit(run: Load, site: Site) -> None:
    for depth in range(9):
        index = f"<sitemapindex><sitemap><loc>{site.url(f'/{depth + 1}.xml')}</loc></sitemap></sitemapindex>"
        site.on(f"/{depth}.xml", answer(index))
    assert run("load", site.url("/0.xml")).of("read", "reasons") == [1, {"too_large": 1}]
    assert len(site.asked()) == 4


def test_page_is_loaded_by_its_address_and_not_again(run: Load, site: Site, connection: Connection) -> None:
    url = site.on("/1", page("Визит президента", FIRST, etag='"v1"'), NOT_MODIFIED)
    assert run("load", url).of("inserted") == [1]
    before = contents(connection)
    assert run("load", url).of("read") == [0]
    assert contents(connection) == before


def test_file_of_articles_is_loaded_by_its_address(run: Load, site: Site) -> None:
    lines = "".join(json.dumps({"headline": "Заголовок", "text": text}) + "\n" for text in (FIRST, SECOND))
    packed = answer(gzip.compress(lines.encode()), content_type="application/octet-stream", etag='"v1"')
    dump = site.on("/dumps/2025.jsonl.gz", packed, NOT_MODIFIED)
    assert run("load", dump, "--map", "title=headline").of("inserted", "rejected") == [2, 0]
    assert run("load", dump, "--map", "title=headline").of("read") == [0]


def test_what_is_no_page_is_rejected(run: Load, site: Site) -> None:
    url = site.on("/1.pdf", answer(b"%PDF-1.7", content_type="application/pdf"))
    assert run("load", url).of("reasons") == [{"unsupported_format": 1}]
