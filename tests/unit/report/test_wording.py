"""Words, numbers and days in both languages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from etl.report import wording
from etl.report.figures import Check
from etl.report.wording import Language, Wording

PACKAGE = Path(wording.__file__).parent
ENGLISH, RUSSIAN = Wording.of(Language.EN), Wording.of(Language.RU)


def test_every_label_is_in_both_languages() -> None:
    assert [key for key in ENGLISH.labels if not (ENGLISH.labels[key].strip() and RUSSIAN.labels[key].strip())] == []


def test_both_languages_take_the_same_values() -> None:
    takes = re.compile(r"\{(\w+)\}")
    differ = [
        key
        for key in ENGLISH.labels
        if set(takes.findall(ENGLISH.labels[key])) != set(takes.findall(RUSSIAN.labels[key]))
    ]
    assert differ == []


def test_labels_are_those_that_are_used() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.iterdir() if path.suffix in (".py", ".jinja"))
    made = ("by_", "one_", "check_", "empty_", "months")  # keys that the code puts together
    unused = [
        key for key in ENGLISH.labels if not key.startswith(made) and f"say('{key}'" not in texts.replace('"', "'")
    ]
    assert unused == []


@pytest.mark.parametrize("months", ["months", "months_alone"])
def test_a_year_has_twelve_months(months: str) -> None:
    assert len(ENGLISH.labels[months].split()) == len(RUSSIAN.labels[months].split()) == 12


def test_numbers_are_written_as_the_language_does() -> None:
    assert ENGLISH.number(1234567) == "1,234,567"
    assert RUSSIAN.number(12345.25, 1) == "12\xa0345,2"
    assert RUSSIAN.share(1, 8) == "12,5\xa0%"


def test_share_of_nothing_is_a_dash() -> None:
    assert ENGLISH.share(0, 0) == "–"


def test_change_has_a_sign() -> None:
    assert [ENGLISH.change(now, 20) for now in (25, 20, 15)] == ["+5", "0", "−5"]
    assert [ENGLISH.change_percent(now, 20) for now in (25, 20, 15)] == ["+25%", "0%", "−25%"]


def test_few_articles_have_no_percentage() -> None:
    assert ENGLISH.change_percent(18, 9) == ""


def test_days_are_written_as_the_language_does() -> None:
    assert ENGLISH.day(date(2025, 8, 5)) == "5\xa0Aug\xa02025"
    assert RUSSIAN.day(date(2025, 5, 5)) == "5\xa0мая\xa02025"
    assert RUSSIAN.month(date(2025, 5, 1)) == "май\xa02025"


def test_instants_are_in_utc() -> None:
    bishkek = timezone(timedelta(hours=6))
    assert ENGLISH.instant(datetime(2025, 8, 5, 3, 0, tzinfo=bishkek)) == "4\xa0Aug\xa02025, 21:00 UTC"
    assert ENGLISH.instant(datetime(2025, 8, 5, 3, 0, tzinfo=UTC)) == "5\xa0Aug\xa02025, 03:00 UTC"


def test_a_new_check_keeps_its_own_words() -> None:
    assert RUSSIAN.check(Check("no such check", "what it finds", 1, 2)) == "what it finds"
