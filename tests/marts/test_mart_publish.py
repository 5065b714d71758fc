"""Publishing: whole or not at all, nothing when nothing differs, and never over what is an analyst's own."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from psycopg import Connection

from etl.database.connect import connect
from etl.errors import NewshouseError
from etl.publish import Published, drop_views, publish, views
from etl.publish.definition import read_views
from etl.resources import SQL

_NAMES = {view.name for view in read_views(SQL / "marts")}
_STATE = """
SELECT relname, c.oid, c.xmin::text, r.xmin::text
FROM pg_class AS c
LEFT JOIN ops.view_registry AS r ON r.view_name = relname
WHERE relnamespace = 'mart'::regnamespace
"""


def _standing(connection: Connection) -> set[str]:
    names = connection.execute("SELECT viewname FROM pg_views WHERE schemaname = 'mart'").fetchall()
    return {name for (name,) in names}


def _state(connection: Connection) -> list[tuple[object, ...]]:
    return sorted(connection.execute(_STATE).fetchall(), key=str)


def test_every_file_stands_as_a_view(published: Connection) -> None:
    assert _standing(published) == _NAMES


def test_second_publishing_touches_nothing(marts: Connection) -> None:
    before = _state(marts)
    assert not publish(marts).is_changed
    assert _state(marts) == before


@pytest.mark.parametrize(
    "damage",
    [
        "DROP VIEW mart.load_history",
        "DELETE FROM ops.view_registry WHERE view_name = 'load_history'",
        "UPDATE ops.view_registry SET definition_sha256 = 'old' WHERE view_name = 'load_history'",
        "COMMENT ON VIEW mart.load_history IS NULL",
        "REVOKE SELECT ON mart.load_history FROM newshouse_reader",
        "DROP FUNCTION mart.search_articles",
        "COMMENT ON FUNCTION mart.search_articles IS NULL",
        "GRANT EXECUTE ON FUNCTION mart.search_articles TO PUBLIC",
        "REVOKE EXECUTE ON FUNCTION mart.search_articles FROM newshouse_reader",
        "REVOKE USAGE ON SCHEMA mart FROM newshouse_reader",
        "GRANT CREATE ON SCHEMA mart TO PUBLIC",
        "GRANT USAGE ON SCHEMA core TO newshouse_reader",
    ],
)
def test_damage_is_repaired(marts: Connection, damage: str) -> None:
    marts.execute(damage)
    assert publish(marts).is_changed
    assert not publish(marts).is_changed


def test_view_without_a_file_goes(marts: Connection) -> None:
    marts.execute("CREATE VIEW mart.former AS SELECT 1 AS one")
    marts.execute("INSERT INTO ops.view_registry VALUES ('former', 'sha', now())")
    publish(marts)
    assert "former" not in _standing(marts)


def test_analysts_view_in_mart_stays(marts: Connection) -> None:
    marts.execute("CREATE VIEW mart.my_own AS SELECT 1 AS one")
    drop_views(marts)
    publish(marts)
    assert _standing(marts) == {*_NAMES, "my_own"}


def test_analysts_view_on_ours_is_named(marts: Connection) -> None:
    marts.execute("CREATE SCHEMA desk CREATE VIEW desk.kyrgyz AS SELECT title FROM mart.articles WHERE language = 'ky'")
    marts.execute("DELETE FROM ops.view_registry WHERE view_name = 'load_history'")
    before = _state(marts)
    with pytest.raises(NewshouseError, match=r"desk\.kyrgyz .*mart\.articles"):
        publish(marts)
    assert _state(marts) == before


def test_analysts_view_of_a_new_name_of_ours_is_kept(marts: Connection) -> None:
    drop_views(marts)
    marts.execute("CREATE VIEW mart.articles AS SELECT 1 AS my_own")
    with pytest.raises(NewshouseError, match=r"mart\.articles exists and was not made by the warehouse"):
        publish(marts)


def test_drop_views_drops_ours_alone(marts: Connection) -> None:
    marts.execute("CREATE VIEW mart.my_own AS SELECT 1 AS one")
    drop_views(marts)
    assert _standing(marts) == {"my_own"}


def test_broken_sql_names_its_file_and_changes_nothing(
    marts: Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "marts").mkdir()
    header = "-- Question: What?\n-- Grain: one row.\n-- Scope: all.\n-- Limits: none.\n"
    text = f"{header}CREATE VIEW mart.broken AS\nSELECT no_such_column FROM core.article;\n"
    (tmp_path / "marts" / "broken.sql").write_text(text, encoding="utf-8")
    monkeypatch.setattr(views, "SQL", tmp_path)
    with pytest.raises(NewshouseError, match=r"broken\.sql: .*no_such_column"):
        publish(marts)
    assert _standing(marts) == _NAMES


def test_user_without_rights_is_told(marts: Connection) -> None:
    marts.execute("CREATE ROLE newshouse_test_guest")
    marts.execute("SET LOCAL ROLE newshouse_test_guest")
    with pytest.raises(NewshouseError, match="may not publish the views: permission denied"):
        publish(marts)


def test_user_who_may_not_create_the_role_is_given_the_statement(marts: Connection) -> None:
    drop_views(marts)
    marts.execute("ALTER ROLE newshouse_reader RENAME TO newshouse_test_renamed")  # rolled back with the rest
    marts.execute("CREATE ROLE newshouse_test_owner")
    marts.execute("GRANT ALL ON SCHEMA raw, core, ops, mart TO newshouse_test_owner")
    marts.execute("GRANT ALL ON ALL TABLES IN SCHEMA raw, core, ops TO newshouse_test_owner")
    marts.execute("SET LOCAL ROLE newshouse_test_owner")
    with pytest.raises(NewshouseError, match=r"run: CREATE ROLE newshouse_reader NOLOGIN;"):
        publish(marts)


def test_two_publishings_at_once_publish_once(database: str) -> None:
    done: list[Published] = []
    with connect(database) as connection:
        drop_views(connection)

    def run() -> None:
        with connect(database) as connection:
            done.append(publish(connection))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(result.is_changed for result in done) == [False, True]
