"""Feeds to entries: what each form says of an article, which text is the article, and what is damaged or hostile."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.feed import FEED_BYTES, Entry, is_feed, read_feed
from etl.extract.files import read_files
from etl.extract.fragment import fragment_text
from etl.extract.item import Carrier, Rejection

ADDRESS = "https://site.kg/rss"
TEASER = "Премьер открыл мост…"
ARTICLE = "<p>Премьер открыл мост.</p><p>Движение начнётся осенью.</p>"
TEXT = "Премьер открыл мост.\n\nДвижение начнётся осенью."
SPACES = (
    'xmlns:yandex="http://news.yandex.ru" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)


def rss(*items: str, encoding: str = "utf-8") -> bytes:
    entries = "".join(f"<item>{item}</item>" for item in items)
    channel = f"<title>Сайт</title><link>https://site.kg/</link>{entries}"
    document = (
        f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0" {SPACES}><channel>{channel}</channel></rss>'
    )
    return document.encode(encoding)


def read(content: bytes, charset: str | None = None) -> list[Entry]:
    found = list(read_feed(content, ADDRESS, Carrier(), charset))
    assert all(isinstance(entry, Entry) for entry in found)
    return [entry for entry in found if isinstance(entry, Entry)]


def only(item: str) -> Entry:
    (entry,) = read(rss(item))
    return entry


def encoded(html: str) -> str:
    return f"<content:encoded><![CDATA[{html}]]></content:encoded>"


def test_rss_entry_says_address_title_and_date_in_its_own_words() -> None:
    entry = only(
        "<title>Мост &amp;amp; дорога</title><link>https://site.kg/1</link><guid>77</guid>"
        "<pubDate>Fri, 22 Aug 2025 16:21:00 +0600</pubDate>" + encoded(ARTICLE)
    )
    assert entry.origin == "https://site.kg/1"
    assert entry.carrier == Carrier(
        url="https://site.kg/1", title="Мост & дорога", published="Fri, 22 Aug 2025 16:21:00 +0600"
    )
    assert entry.item().content.decode() == TEXT


def test_atom_entry_says_the_same() -> None:
    entries = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><title>Мост</title><link href="/1"/>'
        "<published>2025-08-22T16:21:00+06:00</published><updated>2025-08-23T09:00:00Z</updated>"
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{ARTICLE}</div></content></entry></feed>'.encode()
    )
    assert entries == [
        Entry(
            "https://site.kg/1",
            Carrier(url="https://site.kg/1", title="Мост", published="2025-08-22T16:21:00+06:00"),
            TEXT,
            "2025-08-23T09:00:00Z",
        )
    ]


def test_authors_are_named_as_the_entry_names_them() -> None:
    space = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    entry = only(f"<dc:creator {space}>Айгуль Осмонова</dc:creator><author>desk@site.kg (Иван Петров)</author>")
    assert entry.carrier.authors == "Айгуль Осмонова, Иван Петров"


def test_rdf_feed_is_read() -> None:
    (entry,) = read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<item><title>Мост</title><link>https://site.kg/1</link></item></rdf:RDF>".encode()
    )
    assert (entry.carrier.title, entry.text) == ("Мост", "")


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (encoded(ARTICLE), TEXT),
        (f"<yandex:full-text>{TEXT}</yandex:full-text>", TEXT),
        (f"<description>{TEASER}</description>", ""),
        ("<description>Премьер открыл мост.</description>", ""),
        (f"<description>{'Премьер открыл мост. ' * 60}</description>", ("Премьер открыл мост. " * 60).strip()),
        (encoded(TEASER) + f"<yandex:full-text>{TEXT}</yandex:full-text>", TEXT),
        (encoded(f"<p>{'Премьер открыл мост. ' * 60}[&hellip;]</p>"), ""),
        (encoded("<script>track()</script>"), ""),
        ("", ""),
    ],
    ids=["content", "yandex", "teaser", "short", "long", "both", "cut off", "no words", "nothing"],
)
def test_article_is_told_from_its_teaser(said: str, text: str) -> None:
    assert only(f"<title>Мост</title><link>https://site.kg/1</link>{said}").text == text


def test_entry_without_text_is_rejected_with_a_reason() -> None:
    item = only(f"<link>https://site.kg/1</link><description>{TEASER}</description>").item()
    assert item.problem is not None
    assert (item.origin, item.problem.reason_code) == ("https://site.kg/1", "no_text")


@pytest.mark.parametrize("name", ["a.rss", "a.atom", "a.xml"])
def test_feed_in_a_file_gives_an_item_an_entry(tmp_path: Path, name: str) -> None:
    linked = [f"<link>https://site.kg/{number}</link>{encoded(ARTICLE)}" for number in (1, 2)]
    (tmp_path / name).write_bytes(rss(*linked))
    items = list(read_files([tmp_path], Carrier(default_source="24.kg")))
    assert [(item.origin, item.content.decode(), item.problem) for item in items] == [
        ("https://site.kg/1", TEXT, None),
        ("https://site.kg/2", TEXT, None),
    ]
    assert {item.carrier.default_source for item in items} == {"24.kg"}


def test_sidecar_of_a_feed_gives_no_entry_its_title(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_bytes(rss(f"<link>/1</link>{encoded(ARTICLE)}"))
    (tmp_path / "a.meta.json").write_text('{"url": "https://site.kg/rss", "title": "Лента"}', encoding="utf-8")
    (item,) = read_files([tmp_path], Carrier())
    assert item.carrier == Carrier(url="https://site.kg/1")


def test_other_xml_is_no_feed(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"<urlset/>")
    (item,) = read_files([tmp_path], Carrier())
    assert item.problem is not None
    assert item.problem.reason_code == "unsupported_format"


def test_feed_over_the_limit_is_rejected() -> None:
    (found,) = read_feed(rss(encoded("м" * FEED_BYTES)), ADDRESS, Carrier())
    assert isinstance(found, Rejection)
    assert found.reason_code == "too_large"


@pytest.mark.parametrize(
    ("said", "origin"),
    [
        ("<guid>https://site.kg/1</guid>", "https://site.kg/1"),
        ("<guid isPermaLink='false'>n77</guid>", f"{ADDRESS}#n77"),
        ("<link>/1</link>", "https://site.kg/1"),
        (
            "<link>http://proxy/1</link><feedburner:origLink>https://site.kg/1</feedburner:origLink>",
            "https://site.kg/1",
        ),
        ("<link>javascript:alert(1)</link><guid isPermaLink='false'>n77</guid>", f"{ADDRESS}#n77"),
    ],
)
def test_origin_is_the_sites_own_link_else_the_guid(said: str, origin: str) -> None:
    assert only(said).origin == origin


def test_nameless_entries_keep_their_origin_when_others_come_before_them() -> None:
    old, new = "<title>Мост</title>", "<title>Дорога</title>"
    assert read(rss(old))[0].origin == read(rss(new, old))[1].origin != read(rss(new))[0].origin


def test_source_is_the_outlet_an_aggregator_names_else_the_feeds_site() -> None:
    linked = "<link>https://site.kg/1</link>"
    assert only(linked + '<source url="https://other.kz/rss">Другие</source>').carrier.source == "https://other.kz/rss"
    assert only(linked).carrier.source is None  # the link's host says it
    assert only("<title>Мост</title>").carrier.source == "https://site.kg/"


def test_what_the_entry_says_stands_over_the_default() -> None:
    default = Carrier(title="нет", default_source="24.kg", timezone="Asia/Bishkek")
    (entry,) = read_feed(rss("<title>Мост</title><link>https://site.kg/1</link>"), ADDRESS, default)
    assert isinstance(entry, Entry)
    assert (entry.carrier.title, entry.carrier.default_source) == ("Мост", "24.kg")


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        (rss("<title>Мост</title>", encoding="windows-1251"), None),
        (rss("<title>Мост</title>", encoding="windows-1251"), "windows-1251"),
        (rss("<title>Мост</title>"), "windows-1251"),
        (rss("<title>Мост</title>").replace(b'encoding="utf-8"', b'encoding="windows-1251"'), None),
        (rss("<title>Мост</title>", encoding="utf-16"), None),
    ],
    ids=["declared", "declared twice", "wrong header", "wrong declaration", "utf-16"],
)
def test_encoding_is_what_the_bytes_agree_with(content: bytes, charset: str | None) -> None:
    assert [entry.carrier.title for entry in read(content, charset)] == ["Мост"]


def test_ill_formed_feed_gives_what_it_holds() -> None:
    content = rss("<title>Мост & дорога</title><link>https://site.kg/1</link>", "<title>Второй</title>")
    assert [entry.carrier.title for entry in read(content[:-20])] == ["Мост & дорога", "Второй"]


@pytest.mark.parametrize("content", [b"", b"<rss", b"<html><body>404</body></html>", b"/etc/hostname", b"\xff\x00"])
def test_what_is_no_feed_is_rejected(content: bytes) -> None:
    (found,) = read_feed(content, ADDRESS, Carrier())
    assert isinstance(found, Rejection)
    assert found.reason_code == "unreadable"


def test_entities_neither_read_files_nor_grow() -> None:
    declared = (
        b'<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
        b"<rss version='2.0'><channel><item><title>&f;&b;</title></item></channel></rss>"
    )
    assert [entry.carrier.title for entry in read(declared)] == ["&f;&b;"]


def test_value_that_no_column_holds_is_rejected_alone() -> None:
    first, second = read(rss(f"<title>{'м' * 2000}</title><link>https://site.kg/1</link>", "<title>Мост</title>"))
    assert (first.problem and first.problem.reason_code, second.problem) == ("bad_carrier", None)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("текст", "текст"),
        ("5 < 6 и AT&T", "5 < 6 и AT&T"),
        ("а<br>б<br/><br/>в", "а\n\nб\n\nв"),
        ("<p>а\n  б</p><ul><li>в</li><li>г</li></ul>", "а б\n\nв\n\nг"),
        ("<p>а&nbsp;&laquo;б&raquo;</p>", "а\xa0«б»"),
        ("<p>а<script>b()</script><!-- c --></p><style>d</style>", "а"),
    ],
)
def test_fragment_is_its_visible_text(html: str, text: str) -> None:
    assert fragment_text(html) == text


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        (rss(), True),
        (b"\xef\xbb\xbf\n<!-- x --><feed xmlns='http://www.w3.org/2005/Atom'>", True),
        (b"<?xml version='1.0'?><?xml-stylesheet href='a'?><rdf:RDF>", True),
        (b"<html><body><rss>", False),
        (b"<urlset>", False),
    ],
)
def test_feed_is_told_by_its_root(content: bytes, is_one: bool) -> None:
    assert is_feed(content) is is_one


@settings(deadline=None)  # how long an example takes is the machine's affair
@given(st.data())
def test_damage_never_raises(data: st.DataObject) -> None:
    whole = rss("<title>Мост</title><link>https://site.kg/1</link>" + encoded(ARTICLE))
    start, length = data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, 40))
    damaged = whole[:start] + data.draw(st.binary(max_size=20)) + whole[start + length :]
    assert all(isinstance(found, Entry | Rejection) for found in read_feed(damaged, ADDRESS, Carrier()))
