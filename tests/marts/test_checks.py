"""Each check finds the promise broken that it is about, and nothing in a warehouse that keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest
from psycopg import Connection, sql

from etl.errors import NewshouseError, UsageError
from etl.load import derived
from etl.publish.checks import find_checks, read_checks, run_cheap_checks, run_check
from tests.marts.rows import insert

_CHECKS = read_checks()

_SOUND = {
    "load_run": [{"run_id": 1, "read_count": 4, "inserted_count": 3, "duplicate_count": 1}],
    "article": [
        {
            "article_id": 1,
            "title": "Япония и Киргизия",
            "published_on": "2025-01-01",
            "published_at": "2025-01-01T20:00:00Z",
            "publisher_id": "alpha",
            "text_sha256": b"one",
        },
        {"article_id": 2, "body": "В Бишкеке 🙂 тихо", "text_sha256": b"two"},
        {"article_id": 4, "published_on": "2025-01-02", "text_sha256": b"four"},
    ],
    "country_name": [{"name_id": 1, "country_code": "KG", "lemma": "Киргизия"}],
    "country_mention": [
        {
            "article_id": 1,
            "mention_no": 1,
            "country_code": "KG",
            "name_id": 1,
            "zone": "title",
            "surface": "Киргизия",
            "start_offset": 9,
            "end_offset": 17,
        },
        {
            "article_id": 2,
            "mention_no": 1,
            "country_code": "KG",
            "name_id": 1,
            "kind": "city",
            "zone": "lead",
            "surface": "Бишкеке",
            "start_offset": 2,
            "end_offset": 9,
        },
    ],
    "article_country": [
        {"article_id": 1, "country_code": "KG", "mention_count": 1, "is_in_title": True},
        {"article_id": 2, "country_code": "KG", "mention_count": 1, "is_in_lead": True},
    ],
    "story_group": [
        {"article_id": 1, "story_id": 1, "method": "first", "similarity": 1},
        {"article_id": 2, "story_id": 1, "method": "same text", "similarity": 1},
    ],
    "story_key": [
        {"article_id": 1, "story_key": 1, "published_on": "2025-01-01"},
        {"article_id": 2, "story_key": 1, "published_on": None},
    ],
    "text_fingerprint": [
        {"text_sha256": b"one", "article_id": 1},
        {"text_sha256": b"two", "article_id": 2},
        {"text_sha256": b"four", "article_id": 4},
    ],
    "document": [{"article_id": 1}, {"article_id": 2}, {"article_id": 4}],
    "input": [
        {"article_id": 1},
        {"article_id": 2},
        {"article_id": 4},
        {"article_id": 2, "input_id": 3, "document_id": 2, "origin": "copy.txt", "outcome": "duplicate"},
    ],
}

# One statement that breaks the promise, where constraints would not stop it.
_BREACHES = {
    "runs_match_articles": "UPDATE ops.load_run SET read_count = 5, inserted_count = 4",
    "countries_match_mentions": "UPDATE core.article_country SET mention_count = 2 WHERE article_id = 1",
    "mentions_point_at_their_words": "UPDATE core.country_mention SET start_offset = 1 WHERE article_id = 2",
    "inputs_have_their_outcome": "UPDATE raw.input SET outcome = 'rejected', article_id = NULL, document_id = NULL",
    "documents_have_their_article": "DELETE FROM raw.document WHERE article_id = 2",
    "days_are_possible": "UPDATE core.article SET published_on = '2025-01-03' WHERE article_id = 1",
    "texts_stand_once": "UPDATE core.article SET text_sha256 = 'one'",
    "fingerprints_find_their_texts": "UPDATE core.article SET text_sha256 = 'three' WHERE article_id = 1",
    "versions_are_complete": "UPDATE core.article SET version = 2 WHERE article_id = 1",
    "corrections_stand": "INSERT INTO ops.correction VALUES (1, now(), '2025-01-02', NULL, NULL, 'reason', 'author')",
    "sources_are_reviewed": "UPDATE core.source SET needs_review = true WHERE source_id = 'alpha'",
    "rejects_are_settled": "INSERT INTO ops.rejected_item (reject_id, input_id, origin, fingerprint, reason_code,"
    " detail, media_type, carrier, state, run_id, rejected_at)"
    " VALUES (1, 9, 'a', 'f', 'empty', '', 'text/plain', '{}', 'open', 1, now())",
    "stories_are_grouped": "INSERT INTO core.story_pending SELECT article_id FROM core.article",
    "last_run_succeeded": "UPDATE ops.load_run SET state = 'failed'",
    "calendar_reaches_ahead": "DELETE FROM core.calendar WHERE day > '2026-01-01'",
    "counts_agree": "UPDATE core.article_day_count SET article_count = 2 WHERE published_on = '2025-01-01'",
    "lines_match_articles": "UPDATE core.source_total SET article_count = 9",
    "lines_are_settled": "UPDATE core.source_total SET is_settled = false",
    "counts_match_articles": "UPDATE core.country_day_count SET article_count = 2",
    "stories_match_articles": "DELETE FROM core.story",
    "story_keys_have_their_day": "UPDATE core.story_key SET published_on = NULL",
}
_DAMAGED_COUNTS = (
    "DELETE FROM core.article_day_count WHERE published_on = 'infinity'",
    "UPDATE core.publisher_day_count SET language = 'ky'",
    "UPDATE core.country_day_count SET title_article_count = 0",
    "UPDATE core.country_month_count SET lead_article_count = 0",
    "INSERT INTO core.pair_month_count VALUES ('2025-01-01', 'JP', 'KG', 1, 0)",
    "UPDATE core.provenance_count SET doubtful_body_count = 1",
)
_DAMAGED_STORIES = (
    "UPDATE core.story_group SET publisher_id = 'unknown' WHERE publisher_id <> 'unknown'",
    "UPDATE core.story SET article_count = 3",
    "UPDATE core.story SET publisher_ids = 'alpha'",
    "INSERT INTO core.story_repeat VALUES (1, 'infinity', 'KG', 1)",
)
_DAMAGED_COUNTRIES = (
    "UPDATE core.article_country SET published_on = '2025-01-02' WHERE article_id = 1",
    "UPDATE core.article_country SET is_in_lead = true",
    "DELETE FROM core.article_country WHERE article_id = 2",
    "INSERT INTO core.article_without_country VALUES (1, '2025-01-01')",
    "INSERT INTO core.article_without_country VALUES (2, NULL)",
    "DELETE FROM core.article_without_country",
    "UPDATE core.article_without_country SET published_on = NULL",
)


@pytest.fixture
def sound(marts: Connection) -> Connection:
    """A warehouse that keeps every promise."""
    marts.execute("UPDATE core.source SET needs_review = false")
    insert(marts, _SOUND)
    marts.execute("UPDATE core.source_total SET is_settled = true")
    return marts


@pytest.mark.parametrize("name", _CHECKS)
def test_finds_nothing_where_the_promise_is_kept(name: str, sound: Connection) -> None:
    finding = run_check(sound, _CHECKS[name])
    assert finding.first_rows == ()


@pytest.mark.parametrize("name", _CHECKS)
def test_finds_nothing_in_an_empty_warehouse(name: str, marts: Connection) -> None:
    marts.execute("UPDATE core.source SET needs_review = false")
    assert run_check(marts, _CHECKS[name]).row_count == 0


@pytest.mark.parametrize("name", _CHECKS)
def test_finds_the_promise_broken(name: str, sound: Connection) -> None:
    sound.execute(_BREACHES[name])  # type: ignore[call-overload]
    finding = run_check(sound, _CHECKS[name])
    assert finding.row_count > 0
    assert finding.is_failure == (_CHECKS[name].severity == "fail")


@pytest.mark.parametrize("damage", _DAMAGED_COUNTS)
def test_finds_a_count_that_is_not_what_the_articles_give(damage: str, sound: Connection) -> None:
    sound.execute(damage)  # type: ignore[call-overload]
    assert run_check(sound, _CHECKS["counts_match_articles"]).is_failure


@pytest.mark.parametrize("damage", _DAMAGED_STORIES)
def test_finds_what_is_kept_of_a_story_and_not_what_its_articles_give(damage: str, sound: Connection) -> None:
    sound.execute(damage)  # type: ignore[call-overload]
    assert run_check(sound, _CHECKS["stories_match_articles"]).is_failure


@pytest.mark.parametrize("damage", _DAMAGED_COUNTRIES)
def test_finds_countries_and_days_that_are_not_those_of_the_article(damage: str, sound: Connection) -> None:
    sound.execute(damage)  # type: ignore[call-overload]
    assert run_check(sound, _CHECKS["countries_match_mentions"]).is_failure


@pytest.mark.parametrize("damage", [*_DAMAGED_COUNTRIES, _BREACHES["story_keys_have_their_day"]])
def test_recount_restores_what_follows_from_the_article(damage: str, sound: Connection) -> None:
    sound.execute(damage)  # type: ignore[call-overload]
    with sound.transaction():
        assert derived.restore(sound) > 0
    for name in ("countries_match_mentions", "story_keys_have_their_day"):
        assert run_check(sound, _CHECKS[name]).first_rows == ()


def test_recount_leaves_what_is_right(sound: Connection) -> None:
    with sound.transaction():
        assert derived.restore(sound) == 0


def test_every_breach_is_of_a_check() -> None:
    assert _BREACHES.keys() == _CHECKS.keys()


def test_shows_the_first_rows_and_counts_all(sound: Connection) -> None:
    sound.execute(
        "INSERT INTO core.source SELECT 's' || n, 'S', NULL, 'unknown', '', NULL, true FROM generate_series(1, 9) AS n"
    )
    finding = run_check(sound, _CHECKS["sources_are_reviewed"])
    assert (finding.row_count, len(finding.first_rows), finding.columns[0]) == (9, 5, "source_id")


def test_cheap_ones_give_only_breaches(sound: Connection) -> None:
    assert run_cheap_checks(sound) == []
    sound.execute(_BREACHES["last_run_succeeded"])  # type: ignore[call-overload]
    assert [finding.check.name for finding in run_cheap_checks(sound)] == ["last_run_succeeded"]


@pytest.mark.parametrize("name", [name for name, check in _CHECKS.items() if check.is_cheap])
def test_cheap_ones_read_no_large_table(name: str, published: Connection) -> None:
    """But by key: a sequential scan is of small tables."""
    with published.transaction(force_rollback=True):
        published.execute("SET LOCAL enable_seqscan = off")
        plan = published.execute(sql.SQL("EXPLAIN " + _CHECKS[name].sql)).fetchall()
    scanned = [line for (line,) in plan if "Seq Scan on" in line]
    assert not any(
        table in line for line in scanned for table in (" article ", " country_mention ", " article_country ")
    )


def test_unknown_check_offers_near_names() -> None:
    with pytest.raises(UsageError, match=r"no check 'count_agree'\. Did you mean: .*counts_agree"):
        find_checks(["count_agree"])


def test_unknown_check_without_a_near_name_lists_all() -> None:
    with pytest.raises(UsageError, match=r"no check 'xyz'\. The checks are: .*counts_agree.*versions_are_complete\.$"):
        find_checks(["xyz"])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("-- Promise: Kept.\n", "", "lacks a line '-- Promise: …'"),
        ("fail", "bad", "Severity is 'bad'; it is one of: fail, warn"),
        ("summary", "everything", "Reads is 'everything'; it is one of: summary, history"),
    ],
)
def test_broken_file_is_named(old: str, new: str, message: str, tmp_path: Path) -> None:
    text = "-- Promise: Kept.\n-- Severity: fail\n-- Action: None.\n-- Reads: summary\nSELECT 1 AS one;\n"
    (tmp_path / "odd.sql").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(NewshouseError) as error:
        read_checks(tmp_path)
    assert "odd.sql" in str(error.value)
    assert message in str(error.value)
