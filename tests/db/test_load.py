"""What a load does with every kind of input, and that each input is counted once."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import pytest
from psycopg import Connection

from etl.errors import SchemaMismatch
from etl.extract.item import Carrier, RawItem
from etl.load import rows
from etl.load.job import load
from etl.normalize.normalizer import Normalizer
from tests.db.conftest import Load

FORUM = (
    " date 2025-05-14 Министр экономики Кыргызстана открыл в Бишкеке форум, на который приехали предприниматели из "
    "Казахстана и Узбекистана. Участники говорили о дорогах и таможне.\n\nОрганизаторы ждут две тысячи гостей.\n"
)
WHEAT = (
    " date 2025-05-15 Казахстан отправил первый эшелон пшеницы по новому пути. Груз прибудет в порт через неделю, "
    "сообщили в министерстве транспорта.\n\nВагоны идут по расписанию и без задержек на границе.\n"
)
UNDATED = (
    "Жители села собрали урожай яблок и отвезли его на рынок. Покупателей было много, и к вечеру прилавки опустели.\n\n"
    "В следующем году сад хотят расширить и построить рядом хранилище.\n"
)

# Every table that a load writes; a row is named by its transaction and its place, so that a rewrite is seen.
TABLES = (
    "raw.input",
    "raw.document",
    "core.article",
    "core.article_version",
    "core.country_mention",
    "core.article_country",
    "core.text_fingerprint",
    "core.source",
    "ops.rejected_item",
)


def write(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def touched(connection: Connection) -> dict[str, list[tuple[str, ...]]]:
    return {
        table: connection.execute(f"SELECT xmin::text, ctid::text FROM {table} ORDER BY 1, 2").fetchall()  # noqa: S608
        for table in TABLES
    }


def children(connection: Connection) -> dict[str, set[tuple[str, ...]]]:
    """The rows of articles in each table, by transaction and place."""
    return {
        table.name: set(connection.execute(f"SELECT xmin::text, ctid::text FROM {table.name}").fetchall())  # noqa: S608
        for table in rows.CHILDREN
    }


def one(connection: Connection, statement: str, *parameters: object) -> tuple[object, ...]:
    rows = connection.execute(statement, parameters).fetchall()  # type: ignore[call-overload]
    assert len(rows) == 1
    return tuple(rows[0])


def test_new_articles_are_inserted(load_paths: Load, connection: Connection, tmp_path: Path) -> None:
    result = load_paths(write(tmp_path, a=FORUM, b=WHEAT))
    assert astuple(result.outcomes) == (2, 0, 0, 0, 0)
    days = connection.execute("SELECT published_on::text FROM core.article ORDER BY 1").fetchall()
    assert days == [("2025-05-14",), ("2025-05-15",)]


def test_second_load_changes_no_row(load_paths: Load, connection: Connection, tmp_path: Path) -> None:
    folder = write(tmp_path, a=FORUM, b=WHEAT, copy=FORUM, empty="")
    load_paths(folder)
    before = touched(connection)
    result = load_paths(folder)
    assert astuple(result.outcomes) == (0, 0, 3, 0, 1)
    assert touched(connection) == before


def test_every_run_adds_up(load_paths: Load, connection: Connection, tmp_path: Path) -> None:
    load_paths(write(tmp_path, a=FORUM, copy=FORUM, b=WHEAT, empty="", undated=UNDATED))
    row = one(
        connection,
        "SELECT state, read_count, inserted_count, updated_count, unchanged_count, duplicate_count, rejected_count,"
        " finished_at IS NOT NULL FROM ops.load_run",
    )
    assert row == ("succeeded", 5, 3, 0, 0, 1, 1, True)


def test_changed_text_updates_and_keeps_the_old_version(
    load_paths: Load, connection: Connection, tmp_path: Path
) -> None:
    load_paths(write(tmp_path, a=FORUM))
    result = load_paths(write(tmp_path, a=FORUM.replace("две тысячи", "три тысячи")))
    assert astuple(result.outcomes) == (0, 1, 0, 0, 0)
    old, new, version, documents = one(
        connection,
        "SELECT v.body, a.body, a.version, (SELECT count(*) FROM raw.document)"
        " FROM core.article AS a JOIN core.article_version AS v USING (article_id)",
    )
    assert "две тысячи" in str(old)
    assert "три тысячи" in str(new)
    assert (version, documents) == (2, 2)


def test_update_replaces_mentions(load_paths: Load, connection: Connection, tmp_path: Path) -> None:
    load_paths(write(tmp_path, a=FORUM))
    load_paths(write(tmp_path, a=FORUM.replace("Казахстана и Узбекистана", "Японии")))
    codes = connection.execute("SELECT DISTINCT country_code FROM core.article_country ORDER BY 1").fetchall()
    assert codes == [("JP",), ("KG",)]
    assert codes == connection.execute("SELECT DISTINCT country_code FROM core.country_mention ORDER BY 1").fetchall()


def test_update_leaves_the_rows_that_stay_the_same(load_paths: Load, connection: Connection, tmp_path: Path) -> None:
    load_paths(write(tmp_path, forum=FORUM))
    before = children(connection)
    load_paths(write(tmp_path, forum=FORUM + "\nЗавтра форум продолжится, на нём выступят учёные из Японии.\n"))
    after = children(connection)
    assert {table for table in after if before[table] - after[table]} == {"core.story_print", "core.story_key"}
    assert before["core.story_key"] & after["core.story_key"]  # those of its lines


def test_text_that_returns_to_an_earlier_one_updates_again(
    load_paths: Load, connection: Connection, tmp_path: Path
) -> None:
    changed = FORUM.replace("две тысячи", "три тысячи")
    for text in (FORUM, changed, FORUM):
        result = load_paths(write(tmp_path, a=text))
    assert astuple(result.outcomes) == (0, 1, 0, 0, 0)
    assert one(connection, "SELECT version, body LIKE '%%две тысячи%%' FROM core.article") == (3, True)


def test_same_text_under_another_name_is_a_duplicate(load_paths: Load, connection: Connection, tmp_path: Path) -> None:
    result = load_paths(write(tmp_path, a=FORUM, b=FORUM))
    assert astuple(result.outcomes) == (1, 0, 0, 1, 0)
    inputs = connection.execute("SELECT outcome, article_id FROM raw.input ORDER BY origin").fetchall()
    assert [outcome for outcome, _ in inputs] == ["article", "duplicate"]
    assert inputs[0][1] == inputs[1][1]


def test_duplicate_found_in_a_later_load_points_to_the_article(
    load_paths: Load, connection: Connection, tmp_path: Path
) -> None:
    load_paths(write(tmp_path, a=FORUM))
    result = load_paths(write(tmp_path, b=FORUM))
    assert astuple(result.outcomes) == (0, 0, 1, 1, 0)
    assert one(connection, "SELECT count(*) FROM core.article") == (1,)


def test_one_url_in_two_files_is_one_article_and_the_later_text_stands(
    load_paths: Load, connection: Connection, tmp_path: Path
) -> None:
    write(tmp_path, a=FORUM, b=FORUM.replace("две тысячи", "три тысячи"))
    manifest = "file,url\na.txt,https://24.kg/sample/1\nb.txt,http://www.24.kg/sample/1/\n"
    (tmp_path / "manifest.csv").write_text(manifest, encoding="utf-8")
    result = load_paths(tmp_path)
    assert astuple(result.outcomes) == (1, 1, 0, 0, 0)
    assert one(connection, "SELECT version, body LIKE '%%три тысячи%%' FROM core.article") == (2, True)


def test_default_source_names_the_publisher_of_those_that_have_none(
    load_paths: Load, connection: Connection, tmp_path: Path
) -> None:
    kabar = "Бишкек, 29.05.25. /Кабар/. " + FORUM.removeprefix(" date 2025-05-14 ").replace("форум", "съезд")
    folder = write(tmp_path, a=FORUM, b=kabar)
    load_paths(folder)
    result = load_paths(folder, carrier=Carrier(default_source="24.kg"))
    assert astuple(result.outcomes) == (0, 1, 1, 0, 0)
    publishers = connection.execute("SELECT publisher_id FROM core.article ORDER BY 1").fetchall()
    assert publishers == [("24kg",), ("kabar",)]


def test_unknown_source_becomes_a_source_for_review(load_paths: Load, connection: Connection, tmp_path: Path) -> None:
    (tmp_path / "a.meta.json").write_text('{"url": "https://novaya-gazeta.example/n/1"}', encoding="utf-8")
    load_paths(write(tmp_path, a=FORUM))
    row = one(
        connection, "SELECT source_id, needs_review FROM core.source JOIN core.article ON publisher_id = source_id"
    )
    assert row == ("novaya-gazeta.example", True)


def test_undated_article_is_kept_without_a_date(load_paths: Load, connection: Connection, tmp_path: Path) -> None:
    load_paths(write(tmp_path, a=UNDATED))
    row = one(connection, "SELECT published_on, published_precision, published_method FROM core.article")
    assert row == (None, "none", "none")


def test_future_date_is_evidence_and_not_the_date(load_paths: Load, connection: Connection, tmp_path: Path) -> None:
    load_paths(write(tmp_path, a=FORUM.replace("2025-05-14", "2048-05-14")))
    day, candidates = one(connection, "SELECT published_on, published_candidates FROM core.article")
    assert day is None
    assert [candidate["day"] for candidate in candidates] == ["2048-05-14"]  # type: ignore[attr-defined]


def test_rejects_keep_bytes_and_reason(load_paths: Load, connection: Connection, tmp_path: Path) -> None:
    broken = FORUM.encode() + b"\xd0"
    (tmp_path / "a.txt").write_bytes(broken)
    result = load_paths(tmp_path)
    assert result.reasons == {"undecodable": 1}
    row = one(connection, "SELECT reason_code, content, byte_length, state FROM ops.rejected_item")
    assert row == ("undecodable", broken, len(broken), "open")


def test_mended_input_resolves_its_reject(load_paths: Load, connection: Connection, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(FORUM.encode() + b"\xd0")
    load_paths(tmp_path)
    result = load_paths(write(tmp_path, a=FORUM))
    assert astuple(result.outcomes) == (1, 0, 0, 0, 0)
    assert one(connection, "SELECT state, resolved_run_id FROM ops.rejected_item") == ("resolved", result.run_id)


def test_input_that_breaks_later_leaves_its_article(load_paths: Load, connection: Connection, tmp_path: Path) -> None:
    load_paths(write(tmp_path, a=FORUM))
    result = load_paths(write(tmp_path, a=""))
    assert astuple(result.outcomes) == (0, 0, 0, 0, 1)
    outcome, has_article = one(connection, "SELECT outcome, article_id IS NOT NULL FROM raw.input")
    assert (outcome, has_article) == ("rejected", True)
    assert one(connection, "SELECT count(*) FROM core.article") == (1,)


def test_dry_run_counts_and_writes_nothing(load_paths: Load, connection: Connection, tmp_path: Path) -> None:
    before = touched(connection)
    result = load_paths(write(tmp_path, a=FORUM, b=FORUM, empty=""), is_dry_run=True)
    assert astuple(result.outcomes) == (1, 0, 0, 1, 1)
    assert touched(connection) == before
    assert one(connection, "SELECT count(*) FROM ops.load_run") == (0,)


def test_key_taken_by_another_identity_is_rejected(load_paths: Load, connection: Connection, tmp_path: Path) -> None:
    load_paths(write(tmp_path, a=FORUM))
    connection.execute("UPDATE core.article SET identity = 'somebody else'")
    result = load_paths(write(tmp_path, a=FORUM.replace("две тысячи", "три тысячи")))
    assert result.reasons == {"identity_collision": 1}
    assert one(connection, "SELECT identity, version FROM core.article") == ("somebody else", 1)


def test_failing_rule_rejects_its_input_and_the_run_goes_on(
    load_paths: Load, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    original = Normalizer.normalize

    def fail_on_wheat(self: Normalizer, text: str, *rest: object) -> object:
        if "пшеницы" in text:
            raise RuntimeError("a fault")
        return original(self, text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Normalizer, "normalize", fail_on_wheat)
    result = load_paths(write(tmp_path, a=FORUM, b=WHEAT))
    assert astuple(result.outcomes) == (1, 0, 0, 0, 1)
    assert result.reasons == {"rule_failure": 1}


def test_interrupt_keeps_finished_batches_and_the_next_load_does_the_rest(
    connection: Connection, normalizer: Normalizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.load.batches.BATCH_ITEMS", 1)
    items = [RawItem("a", FORUM.encode()), RawItem("b", WHEAT.encode())]

    def interrupted_after_one() -> object:
        yield items[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(connection, interrupted_after_one(), normalizer, command="load", arguments="")  # type: ignore[arg-type]
    assert one(connection, "SELECT state, read_count FROM ops.load_run") == ("interrupted", 1)
    result = load(connection, items, normalizer, command="load", arguments="")
    assert astuple(result.outcomes) == (1, 0, 1, 0, 0)


def test_run_of_a_dead_job_is_marked_interrupted_by_the_next(
    load_paths: Load, connection: Connection, tmp_path: Path
) -> None:
    connection.execute(
        "INSERT INTO ops.load_run (command, arguments, state, started_at, rule_version)"
        " VALUES ('load', '', 'running', now(), '0')"
    )
    load_paths(write(tmp_path, a=FORUM))
    states = connection.execute("SELECT state FROM ops.load_run ORDER BY run_id").fetchall()
    assert states == [("interrupted",), ("succeeded",)]


def test_files_that_swap_their_texts_keep_their_articles(
    load_paths: Load, connection: Connection, tmp_path: Path
) -> None:
    load_paths(write(tmp_path, a=FORUM, b=WHEAT))
    result = load_paths(write(tmp_path, a=WHEAT, b=FORUM))
    assert astuple(result.outcomes) == (0, 2, 0, 0, 0)
    bodies = connection.execute("SELECT body LIKE '%%пшеницы%%' FROM core.article ORDER BY identity").fetchall()
    assert bodies == [(True,), (False,)]


def test_text_that_its_article_no_longer_says_is_no_duplicate(
    load_paths: Load, connection: Connection, tmp_path: Path
) -> None:
    load_paths(write(tmp_path, latest=FORUM))
    load_paths(write(tmp_path, latest=WHEAT))
    result = load_paths(write(tmp_path, archive=FORUM))
    assert (result.outcomes.inserted, result.outcomes.duplicate) == (1, 0)


def test_duplicate_stands_for_itself_once_its_original_says_something_else(
    load_paths: Load, connection: Connection, tmp_path: Path
) -> None:
    load_paths(write(tmp_path, a=FORUM, b=FORUM))
    result = load_paths(write(tmp_path, a=WHEAT))
    assert (result.outcomes.updated, result.outcomes.unchanged + result.outcomes.inserted) == (1, 1)
    load_paths(tmp_path)
    assert one(connection, "SELECT count(*), count(DISTINCT text_sha256) FROM core.article") == (2, 2)


def test_text_that_another_article_came_to_say_still_has_its_duplicates(load_paths: Load, tmp_path: Path) -> None:
    load_paths(write(tmp_path, a=FORUM, b=WHEAT))
    load_paths(write(tmp_path, b=FORUM))
    load_paths(write(tmp_path, a=WHEAT))
    result = load_paths(write(tmp_path, c=FORUM))
    assert (result.outcomes.inserted, result.outcomes.duplicate) == (0, 1)


def test_batch_in_which_an_original_changes_keeps_its_old_text(
    load_paths: Load, connection: Connection, tmp_path: Path
) -> None:
    load_paths(write(tmp_path, a=FORUM))
    result = load_paths(write(tmp_path, a=WHEAT, b=FORUM))
    assert (result.outcomes.updated, result.outcomes.inserted, result.outcomes.duplicate) == (1, 1, 0)


def test_batch_in_which_an_original_changes_after_its_copy_is_as_two_batches(
    load_paths: Load, connection: Connection, tmp_path: Path
) -> None:
    load_paths(write(tmp_path, b=FORUM))
    result = load_paths(write(tmp_path, a=FORUM, b=WHEAT))
    assert (result.outcomes.updated, result.outcomes.inserted, result.outcomes.duplicate) == (1, 0, 1)
    load_paths(tmp_path)
    assert one(connection, "SELECT count(*), count(DISTINCT text_sha256) FROM core.article") == (2, 2)


def test_article_changed_by_a_clock_that_is_ahead_can_be_changed_again(
    load_paths: Load, connection: Connection, tmp_path: Path
) -> None:
    load_paths(write(tmp_path, a=FORUM))
    connection.execute("UPDATE core.article SET changed_at = changed_at + interval '1 hour'")
    assert load_paths(write(tmp_path, a=WHEAT)).outcomes.updated == 1


def test_version_that_another_load_brought_meanwhile_is_not_written_twice(
    load_paths: Load, connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, a=FORUM)
    load_paths(tmp_path)
    monkeypatch.setattr("etl.load.job._known", lambda connection, ids: {})  # as if the look-up had come before
    before = touched(connection)
    assert load_paths(tmp_path).outcomes.unchanged == 1
    assert touched(connection) == before


@pytest.mark.parametrize(
    "sidecar", ['{"title": "a\\u0000b"}', '{"source": "\\ud800"}', '{"source": "' + "x" * 9000 + '"}']
)
def test_sidecar_that_no_database_can_hold_rejects_its_file_alone(
    load_paths: Load, connection: Connection, tmp_path: Path, sidecar: str
) -> None:
    write(tmp_path, a=FORUM, b=WHEAT)
    (tmp_path / "a.meta.json").write_text(sidecar, encoding="utf-8")
    result = load_paths(tmp_path)
    assert (result.outcomes.inserted, result.reasons) == (1, {"bad_carrier": 1})


def test_value_that_the_database_refuses_rejects_its_input_alone(
    connection: Connection, normalizer: Normalizer
) -> None:
    connection.execute("ALTER TABLE raw.document ADD CHECK (content NOT LIKE '%%пшеницы%%')")
    items = [RawItem(name, text.encode()) for name, text in (("a", FORUM), ("b", WHEAT), ("c", UNDATED))]
    result = load(connection, items, normalizer, command="load", arguments="")
    assert astuple(result.outcomes) == (2, 0, 0, 0, 1)
    assert result.reasons == {"rule_failure": 1}


def test_load_with_other_reference_data_than_the_database_says_so(
    load_paths: Load, connection: Connection, tmp_path: Path
) -> None:
    connection.execute("UPDATE ops.reference_file SET content_sha256 = 'x' WHERE file_name = 'sources.csv'")
    with pytest.raises(SchemaMismatch, match="newshouse db upgrade"):
        load_paths(write(tmp_path, a=FORUM))
