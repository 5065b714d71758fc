"""The migrations build what the models say, one step at a time, there and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from psycopg import Connection
from sqlalchemy import create_engine
from sqlalchemy.schema import CreateSchema

from etl import warehouse
from etl.database import locks
from etl.database.connect import connect, sqlalchemy_url
from etl.database.migrate import head_revision, require_current, upgrade
from etl.errors import SchemaMismatch
from etl.extract.item import Carrier, RawItem
from etl.load.job import load
from etl.publish import drop_views
from etl.resources import MIGRATIONS
from etl.schema import SCHEMAS, metadata

REPRINTED = (
    "Министры транспорта Кыргызстана и Узбекистана договорились открыть автобусный маршрут между Ошем и Андижаном.\n"
    "Первые рейсы начнутся после того, как стороны осмотрят дорогу и согласуют расписание с перевозчиками областей.\n"
    "Стороны назвали и цену билета: льготы для студентов и пенсионеров сохранятся, рассказали в ведомстве."
)

# Everything about a table that a model can say and a migration can forget: one row per fact.
CATALOGUE = {
    "columns": """
        SELECT c.relnamespace::regnamespace::text, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
            a.attnotnull, a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid),
            col_description(c.oid, a.attnum)
        FROM pg_class AS c
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relkind = 'r' AND c.relnamespace::regnamespace::text = ANY(%s)
        ORDER BY 1, 2, 3""",
    "tables": """
        SELECT relnamespace::regnamespace::text, relname, relkind, obj_description(oid, 'pg_class')
        FROM pg_class WHERE relkind IN ('r', 'S', 'v') AND relnamespace::regnamespace::text = ANY(%s) ORDER BY 1, 2""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace::regnamespace::text = ANY(%s) ORDER BY 1, 2""",
    "indexes": "SELECT schemaname, indexname, indexdef FROM pg_indexes WHERE schemaname = ANY(%s) ORDER BY 1, 2",
}


@pytest.fixture
def connection(empty_database: str) -> Iterator[Connection]:
    with connect(empty_database, autocommit=True) as connection:
        yield connection


def catalogue(connection: Connection) -> dict[str, list[Any]]:
    facts = {name: connection.execute(query, (list(SCHEMAS),)).fetchall() for name, query in CATALOGUE.items()}  # type: ignore[call-overload]
    return {name: [row for row in rows if "schema_version" not in str(row)] for name, rows in facts.items()}


def config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = sqlalchemy_url(url)
    return config


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory(str(MIGRATIONS)).get_heads()) == 1


def test_every_file_is_numbered_in_order_and_says_why() -> None:
    scripts = sorted(Path(MIGRATIONS, "versions").glob("*.py"))
    assert [re.fullmatch(r"(\d{4})_[a-z0-9_]+\.py", script.name)[1] for script in scripts] == [  # type: ignore[index]
        f"{number:04}" for number in range(1, len(scripts) + 1)
    ]
    for script in scripts:
        assert "\nWhy: " in script.read_text(encoding="utf-8"), script.name


def test_no_migration_depends_on_code_that_changes() -> None:
    for script in Path(MIGRATIONS, "versions").glob("*.py"):
        source = script.read_text(encoding="utf-8")
        assert not re.search(r"^\s*(from|import) etl|open\(|read_text", source, re.MULTILINE), script.name


@pytest.mark.parametrize("fact", CATALOGUE)
def test_migrations_build_what_the_models_say(
    fact: str, empty_database: str, server: str, connection: Connection
) -> None:
    upgrade(empty_database)
    from_migrations = catalogue(connection)[fact]
    command.downgrade(config(empty_database), "base")
    engine = create_engine(sqlalchemy_url(empty_database))
    with engine.begin() as models:
        for schema in SCHEMAS:
            models.execute(CreateSchema(schema, if_not_exists=True))
        metadata.create_all(models)
    engine.dispose()
    assert from_migrations == catalogue(connection)[fact]


def test_every_step_goes_up_down_and_up_again(empty_database: str, connection: Connection) -> None:
    steps = [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]
    for before, revision in zip(["base", *steps], steps, strict=False):
        empty = catalogue(connection)
        command.upgrade(config(empty_database), revision)
        filled = catalogue(connection)
        command.downgrade(config(empty_database), before)
        assert catalogue(connection) == empty, f"downgrade of {revision} leaves something behind"
        command.upgrade(config(empty_database), revision)
        assert catalogue(connection) == filled, f"{revision} does not come back the same"


def test_filled_database_is_upgraded_with_its_rows(empty_database: str, connection: Connection) -> None:
    command.upgrade(config(empty_database), "0001")
    connection.execute(
        "INSERT INTO core.source (source_id, name, kind, languages, needs_review)"
        " VALUES ('unknown', 'unknown', 'unknown', '', false)"
    )
    connection.execute(
        "INSERT INTO ops.load_run (command, arguments, state, started_at, finished_at, rule_version)"
        " VALUES ('load', '', 'succeeded', now(), now(), '1')"
    )
    connection.execute(
        "INSERT INTO core.article (article_id, identity, document_id, title, title_is_derived, body, body_confidence,"
        " language, publisher_id, publisher_method, authors, published_precision, published_method,"
        " published_candidates, text_sha256, row_sha256, rule_version, version, first_run_id, changed_run_id,"
        " loaded_at, changed_at) SELECT 1, 'a', 1, 'title', false, 'body', 1, 'ru', 'unknown', 'none', '{}', 'none',"
        " 'none', '[]', '', '', '1', 1, run_id, run_id, now(), now() FROM ops.load_run"
    )
    upgrade(empty_database)
    row = connection.execute("SELECT title, language_confidence FROM core.article").fetchone()
    assert row == ("title", 0)


def test_what_loads_keep_is_what_an_upgrade_makes(database: str) -> None:
    reprint = REPRINTED.replace("Стороны", "Как сообщили в Бишкеке, стороны")
    items = [
        item(REPRINTED, "2025-03-10", "24.kg"),
        item(reprint, "2025-03-11", "akipress.com"),
        item("В горах выпал первый снег, перевал закрыли до утра, дорожники вывели технику.", None, "24.kg"),
    ]
    with connect(database, autocommit=True) as connection:
        load(connection, items, command="load", arguments="")
        written = kept(connection)
        drop_views(connection)
        command.downgrade(config(database), "0012")
        command.upgrade(config(database), "head")
        assert kept(connection) == written
    assert all(written.values())


def item(text: str, day: str | None, source: str) -> RawItem:
    return RawItem(f"{source} {day}", text.encode(), carrier=Carrier(source=source, published=day, title="Новость"))


def kept(connection: Connection) -> dict[str, list[tuple[str, ...]]]:
    """The rows of tables that migrations fill from others, each as text."""
    return {
        name: connection.execute(
            f"SELECT to_jsonb(kept)::text FROM core.{name} AS kept ORDER BY 1"  # noqa: S608
        ).fetchall()
        for name in ("article_country", "article_without_country", "story_key", "story_group", "story", "story_repeat")
    }


def test_upgrade_waits_for_no_run_and_leaves_its_views(database: str) -> None:
    command.downgrade(config(database), "0014")
    with connect(database, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s, 7)", (locks.RUN_CLASS,))
        with pytest.raises(SchemaMismatch, match=r"run 7 is at work.*newshouse db upgrade"):
            warehouse.upgrade(database)
        assert connection.execute("SELECT to_regclass('mart.articles') IS NOT NULL").fetchone() == (True,)
    assert warehouse.upgrade(database).before == "0014"


def test_every_table_and_column_is_described(database: str) -> None:
    with connect(database) as connection:
        facts = catalogue(connection)
    assert [row for row in facts["tables"] if row[2] == "r" and not row[3]] == []
    assert [row for row in facts["columns"] if not row[8]] == []


def test_second_upgrade_at_the_same_time_waits_and_finds_nothing_to_do(empty_database: str) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(upgrade, [empty_database, empty_database]))
    with connect(empty_database) as connection:
        require_current(connection)


def test_empty_database_is_told_to_upgrade(connection: Connection) -> None:
    with pytest.raises(SchemaMismatch, match="newshouse db upgrade"):
        require_current(connection)


def test_database_behind_the_code_is_told_to_upgrade(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.database.migrate.head_revision", lambda: "9999")
    with connect(database) as connection, pytest.raises(SchemaMismatch, match=f"{head_revision()}, not 9999.*upgrade"):
        require_current(connection)


def test_database_ahead_of_the_code_names_the_way_out(database: str) -> None:
    with connect(database, autocommit=True) as connection:
        connection.execute("UPDATE ops.schema_version SET version_num = '9998'")
        with pytest.raises(SchemaMismatch, match="a newer one made it"):
            require_current(connection)
