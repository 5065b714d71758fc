"""newshouse reload: brings inputs up to date, notes how it went, and never does the work of another reload."""

from __future__ import annotations

import gzip
import json
import shutil
from dataclasses import replace
from pathlib import Path

import fsspec
import pytest
from psycopg import Connection

from etl.config import fetch_policy
from etl.load import web
from etl.reload.book import input_lock
from tests.db.reload.conftest import Newshouse, article, put
from tests.site import Site, answer

STATUS = "SELECT state, last_failure FROM mart.input_status WHERE input_name = %s"


def reloaded(newshouse: Newshouse, *arguments: str) -> dict[str, dict[str, object]]:
    """What each input came to, by name."""
    return {row["input"]: row for row in json.loads(newshouse("reload", "--json", *arguments).out)}


def test_store_is_reloaded_and_its_rejects_are_read_again(
    newshouse: Newshouse, toml: Path, connection: Connection
) -> None:
    store = fsspec.filesystem("memory")
    store.pipe({"/press/1.txt": article(1).encode(), "/press/2.txt.gz": b"\x1f\x8bdamaged"})
    toml.write_text('[inputs.press]\nlocation = "memory://press"', encoding="utf-8")
    counts = reloaded(newshouse)["press"]
    assert (counts["inserted"], counts["rejected"]) == (1, 1)
    store.pipe({"/press/2.txt.gz": gzip.compress(article(2).encode())})
    newshouse("rejects", "retry")
    assert connection.execute("SELECT state FROM ops.rejected_item").fetchall() == [("resolved",)]
    store.rm("/press", recursive=True)
    assert reloaded(newshouse)["press"]["state"] == "failed"


def test_second_reload_finds_nothing_new(newshouse: Newshouse, inbox: Path) -> None:
    put(inbox, 1)
    put(inbox, 2)
    assert reloaded(newshouse)["inbox"]["inserted"] == 2
    assert reloaded(newshouse)["inbox"]["unchanged"] == 2


def test_each_input_is_a_run_under_its_name(newshouse: Newshouse, inbox: Path, connection: Connection) -> None:
    put(inbox, 1)
    newshouse("reload")
    runs = connection.execute("SELECT command, arguments, state, inserted_count FROM ops.load_run").fetchall()
    assert runs == [("reload", "inbox", "succeeded", 1)]


def test_options_of_the_input_are_kept(newshouse: Newshouse, inbox: Path, toml: Path, connection: Connection) -> None:
    toml.write_text('[inputs.inbox]\nlocation = "inbox"\nsource = "kaktus.media"', encoding="utf-8")
    put(inbox, 1)
    newshouse("reload")
    said = connection.execute("SELECT carrier->>'default_source' FROM raw.document").fetchall()
    assert said == [("kaktus.media",)]


def test_pattern_reads_what_it_matches(newshouse: Newshouse, inbox: Path, toml: Path) -> None:
    toml.write_text('[inputs.dumps]\nlocation = "inbox/1*.txt"', encoding="utf-8")
    for number in (1, 12, 2):
        put(inbox, number)
    assert reloaded(newshouse)["dumps"]["inserted"] == 2


def test_file_written_at_this_moment_is_read_once_it_rests(newshouse: Newshouse, inbox: Path) -> None:
    put(inbox, 1, age=0)
    put(inbox, 2)
    assert reloaded(newshouse)["inbox"]["inserted"] == 2


def test_missing_folder_fails_and_the_other_inputs_are_reloaded(
    newshouse: Newshouse, inbox: Path, toml: Path, connection: Connection
) -> None:
    toml.write_text('[inputs.gone]\nlocation = "gone"\n[inputs.inbox]\nlocation = "inbox"', encoding="utf-8")
    put(inbox, 1)
    ran = newshouse("reload", "--json")
    rows = {row["input"]: row for row in json.loads(ran.out)}
    assert ran.exit_code == 1
    assert (rows["gone"]["state"], rows["inbox"]["inserted"]) == ("failed", 1)
    (state, failure) = connection.execute(STATUS, ("gone",)).fetchone() or ("", "")
    assert state == "failing"
    assert "no such file or folder" in failure


def test_articles_of_an_input_that_vanished_stay(newshouse: Newshouse, inbox: Path, connection: Connection) -> None:
    put(inbox, 1)
    newshouse("reload")
    seen = connection.execute("SELECT last_seen_at FROM mart.input_status").fetchall()
    shutil.rmtree(inbox)
    assert newshouse("reload").exit_code == 1
    assert connection.execute("SELECT count(*) FROM core.article").fetchone() == (1,)
    assert connection.execute("SELECT last_seen_at FROM mart.input_status").fetchall() == seen


def test_input_that_works_again_is_ok(newshouse: Newshouse, inbox: Path, connection: Connection) -> None:
    shutil.rmtree(inbox)
    newshouse("reload")
    inbox.mkdir()
    newshouse("reload")
    assert connection.execute(STATUS, ("inbox",)).fetchone() == ("ok", "no such file or folder: " + str(inbox))


def test_rejects_give_exit_code_3(newshouse: Newshouse, inbox: Path) -> None:
    put(inbox, 1).write_bytes(b"")
    assert newshouse("reload").exit_code == 3


def test_input_that_another_reload_has_is_left_to_it(newshouse: Newshouse, inbox: Path, connection: Connection) -> None:
    put(inbox, 1)
    with input_lock(connection, "inbox") as is_free:
        assert is_free
        assert reloaded(newshouse)["inbox"]["state"] == "busy"
    assert reloaded(newshouse)["inbox"]["inserted"] == 1


def test_due_leaves_out_what_was_reloaded_within_its_interval(newshouse: Newshouse, connection: Connection) -> None:
    assert set(reloaded(newshouse, "--due")) == {"inbox"}
    assert set(reloaded(newshouse, "--due")) == set()
    connection.execute("UPDATE ops.named_input SET last_success_at = last_success_at - interval '14 minutes'")
    assert set(reloaded(newshouse, "--due")) == {"inbox"}


def test_only_the_named_inputs_are_reloaded(newshouse: Newshouse, toml: Path) -> None:
    toml.write_text('[inputs.a]\nlocation = "inbox"\n[inputs.b]\nlocation = "inbox"', encoding="utf-8")
    assert set(reloaded(newshouse, "b")) == {"b"}


def test_input_that_the_file_names_no_more_is_forgotten(
    newshouse: Newshouse, inbox: Path, toml: Path, connection: Connection
) -> None:
    put(inbox, 1)
    newshouse("reload")
    toml.write_text('[inputs.mail]\nlocation = "inbox"', encoding="utf-8")
    newshouse("reload")
    assert connection.execute("SELECT input_name FROM mart.input_status").fetchall() == [("mail",)]
    assert connection.execute("SELECT count(*) FROM core.article").fetchone() == (1,)


def test_inputs_of_another_file_are_kept(newshouse: Newshouse, toml: Path, connection: Connection) -> None:
    newshouse("reload")
    other = toml.with_name("other.toml")
    other.write_text('[inputs.mail]\nlocation = "inbox"', encoding="utf-8")
    newshouse("reload", "--config", other)
    names = connection.execute("SELECT input_name FROM mart.input_status").fetchall()
    assert names == [("inbox",), ("mail",)]


@pytest.fixture
def feed(site: Site, toml: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A page as the only input, its site answering without delay."""
    monkeypatch.setenv("NEWSHOUSE_ALLOW_PRIVATE", "1")
    monkeypatch.setattr(web, "fetch_policy", lambda: replace(fetch_policy(), host_delay=0.0, first_backoff=0.0))
    toml.write_text(f'[inputs.feed]\nlocation = "{site.url("/rss")}"', encoding="utf-8")
    return site


def test_address_that_does_not_answer_fails_the_input(newshouse: Newshouse, feed: Site, connection: Connection) -> None:
    feed.on("/rss", answer(status="503 Service Unavailable", retry_after="3600"))
    assert newshouse("reload").exit_code == 1
    assert connection.execute(STATUS, ("feed",)).fetchone() == ("failing", "the server says 503")


def test_address_that_answers_is_seen(newshouse: Newshouse, feed: Site, connection: Connection) -> None:
    feed.on("/rss", answer('<rss version="2.0"><channel><title>Сайт</title></channel></rss>'))
    assert newshouse("reload").exit_code == 0
    assert connection.execute(STATUS, ("feed",)).fetchone() == ("ok", None)


def test_status_shows_inputs_and_is_1_when_one_fails(newshouse: Newshouse, inbox: Path) -> None:
    newshouse("reload")
    assert newshouse("status").exit_code == 0
    shutil.rmtree(inbox)
    newshouse("reload")
    ran = newshouse("status", "--json")
    assert ran.exit_code == 1
    assert [(one["input_name"], one["state"]) for one in json.loads(ran.out)["inputs"]] == [("inbox", "failing")]


def test_status_is_1_when_an_input_is_stale(newshouse: Newshouse, connection: Connection) -> None:
    newshouse("reload")
    connection.execute("UPDATE ops.named_input SET last_success_at = now() - interval '31 minutes'")
    assert newshouse("status").exit_code == 1


def test_status_without_named_inputs_is_as_before(newshouse: Newshouse) -> None:
    ran = newshouse("status", "--json")
    assert ran.exit_code == 0
    assert "inputs" not in json.loads(ran.out)


def test_reload_without_a_file_says_what_to_write(newshouse: Newshouse, toml: Path) -> None:
    toml.unlink()
    ran = newshouse("reload")
    assert ran.exit_code == 2
    assert "newshouse.toml; write one" in ran.err
