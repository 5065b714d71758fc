"""A person's correction: applied at once, and standing over every later load and renormalize."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from psycopg import Connection, errors

from etl.load.correct import Correction, correct
from etl.load.renormalize import renormalize
from etl.normalize.normalizer import Normalizer
from etl.publish.checks import read_checks, run_check
from tests.db.conftest import Load

TEXT = "Мэр открыл в городе новый парк, и жители посадили в нём деревья.\n\nРаботы шли два года, сказал он гостям.\n"
SHOWN = (
    "SELECT published_on, published_at, published_method, published_evidence, publisher_id, version FROM core.article"
)


@pytest.fixture
def article_id(load_paths: Load, connection: Connection, tmp_path: Path) -> int:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    load_paths(tmp_path)
    row = connection.execute("SELECT article_id FROM core.article").fetchone()
    assert row is not None
    found: int = row[0]
    return found


def shown(connection: Connection) -> tuple[object, ...]:
    row = connection.execute(SHOWN).fetchone()  # type: ignore[call-overload]
    assert row is not None
    return tuple(row)


def test_date_is_corrected_with_its_reason(article_id: int, connection: Connection, normalizer: Normalizer) -> None:
    correct(connection, normalizer, Correction(article_id, "read on the site", "a reader", date(2025, 5, 1)))
    assert shown(connection) == (date(2025, 5, 1), None, "correction", "read on the site", "unknown", 2)


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("в городе", "в Бишкеке")], ids=["no country", "a country"])
def test_corrected_date_stands_beside_the_countries(
    text: str, connection: Connection, normalizer: Normalizer, load_paths: Load, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    load_paths(tmp_path)
    ((article_id,),) = connection.execute("SELECT article_id FROM core.article").fetchall()
    correct(connection, normalizer, Correction(article_id, "read on the site", "a reader", date(2025, 5, 1)))
    assert run_check(connection, read_checks()["countries_match_mentions"]).first_rows == ()


def test_publisher_is_corrected_alone(article_id: int, connection: Connection, normalizer: Normalizer) -> None:
    correct(connection, normalizer, Correction(article_id, "its logo", "a reader", publisher_id="kabar"))
    assert shown(connection) == (None, None, "none", None, "kabar", 2)


def test_latest_correction_of_each_value_stands(
    article_id: int, connection: Connection, normalizer: Normalizer
) -> None:
    at = datetime(2025, 5, 3, 10, 20, tzinfo=UTC)
    for correction in (
        Correction(article_id, "first look", "a reader", date(2025, 5, 1), publisher_id="kabar"),
        Correction(article_id, "second look", "a reader", at.date(), at),
    ):
        correct(connection, normalizer, correction)
    assert shown(connection) == (at.date(), at, "correction", "second look", "kabar", 3)


def test_correction_survives_renormalize(article_id: int, connection: Connection, normalizer: Normalizer) -> None:
    correct(connection, normalizer, Correction(article_id, "read on the site", "a reader", date(2025, 5, 1)))
    connection.execute("UPDATE core.article SET rule_version = '0'")
    assert renormalize(connection, normalizer).outcomes.unchanged == 1
    assert shown(connection)[0] == date(2025, 5, 1)


def test_correction_survives_a_changed_text(
    article_id: int, connection: Connection, normalizer: Normalizer, load_paths: Load, tmp_path: Path
) -> None:
    correct(connection, normalizer, Correction(article_id, "read on the site", "a reader", date(2025, 5, 1)))
    (tmp_path / "a.txt").write_text(" date 2025-06-01 " + TEXT, encoding="utf-8")
    load_paths(tmp_path)
    assert shown(connection)[:3] == (date(2025, 5, 1), None, "correction")


def test_reload_after_a_correction_touches_nothing(
    article_id: int, connection: Connection, normalizer: Normalizer, load_paths: Load, tmp_path: Path
) -> None:
    correct(connection, normalizer, Correction(article_id, "read on the site", "a reader", date(2025, 5, 1)))
    before = connection.execute("SELECT xmin::text FROM core.article").fetchall()
    assert load_paths(tmp_path).outcomes.unchanged == 1
    assert connection.execute("SELECT xmin::text FROM core.article").fetchall() == before


def test_correction_needs_a_reason(article_id: int, connection: Connection, normalizer: Normalizer) -> None:
    with pytest.raises(errors.CheckViolation):
        correct(connection, normalizer, Correction(article_id, "", "a reader", date(2025, 5, 1)))
    assert connection.execute("SELECT count(*) FROM ops.load_run WHERE command = 'correct'").fetchone() == (0,)
