"""JDBC: what DBeaver and Tableau use. Debian's libpostgresql-jdbc-java, run by a Java source file."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from etl.publish.definition import read_views
from etl.resources import SQL
from tests.bi.conftest import Reader
from tests.bi.forbidden import FORBIDDEN, SLOW, WRITING

DRIVER = Path("/usr/share/java/postgresql.jar")
PROGRAM = Path(__file__).with_name("Reader.java")
VIEWS = {view.name for view in read_views(SQL / "marts")}

VALUES = "SELECT month, article_count, article_share FROM monthly_country_mentions WHERE month IS NOT NULL LIMIT 1"
CYRILLIC = "SELECT country_name_ru FROM countries WHERE country_code = 'KG'"
WHERE_CYRILLIC = "SELECT country_code FROM countries WHERE country_name_ru = 'Кыргызстан'"
INSTANT = "SELECT loaded_at FROM articles LIMIT 1"
STATEMENTS = (VALUES, CYRILLIC, WHERE_CYRILLIC, INSTANT, WRITING, *FORBIDDEN, SLOW)

pytestmark = pytest.mark.skipif(
    not (shutil.which("java") and DRIVER.exists()),
    reason="Java or libpostgresql-jdbc-java is not installed: make test-bi installs them",
)

Facts = list[list[str]]


@pytest.fixture(scope="module")
def facts(reader: Reader) -> Facts:
    """All that one run of the program printed, line by line, field by field."""
    done = subprocess.run(
        ["java", "-cp", DRIVER, PROGRAM, reader.addresses.jdbc(), reader.addresses.user],
        input="\n".join((reader.password, *STATEMENTS)),
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return [line.split("\t") for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def answers(facts: Facts) -> dict[str, list[str]]:
    """Statement → what it gave."""
    return dict(zip(STATEMENTS, (fact for fact in facts if fact[0] in ("row", "error", "done")), strict=True))


def test_lists_every_view(facts: Facts) -> None:
    assert {fact[1] for fact in facts if fact[0] == "table"} == VIEWS


def test_every_view_has_a_remark(facts: Facts) -> None:
    assert [fact[1] for fact in facts if fact[0] == "table" and fact[2] in ("", "null")] == []


def test_every_column_has_a_remark(facts: Facts) -> None:
    assert [fact[1:3] for fact in facts if fact[0] == "column" and fact[4] in ("", "null")] == []


def test_columns_have_types_that_tools_know(facts: Facts) -> None:
    known = {"bool", "date", "int8", "numeric", "text", "timestamptz"}
    assert [fact[1:4] for fact in facts if fact[0] == "column" and fact[3] not in known] == []


def test_values_keep_their_types(answers: dict[str, list[str]]) -> None:
    assert answers[VALUES][1::2] == ["java.sql.Date", "java.lang.Long", "java.math.BigDecimal"]


def test_cyrillic_comes_whole(answers: dict[str, list[str]]) -> None:
    assert answers[CYRILLIC][2] == "Кыргызстан"


def test_cyrillic_goes_whole(answers: dict[str, list[str]]) -> None:
    assert answers[WHERE_CYRILLIC][2] == "KG"


def test_an_instant_is_a_timestamp(answers: dict[str, list[str]]) -> None:
    assert answers[INSTANT][1] == "java.sql.Timestamp"


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_is_refused(answers: dict[str, list[str]], statement: str) -> None:
    assert answers[statement] == ["error", "42501", statement]


def test_a_slow_query_is_ended(answers: dict[str, list[str]]) -> None:
    assert answers[SLOW] == ["error", "57014", SLOW]
