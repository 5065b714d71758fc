"""Starting a server: once, from several processes at once, in any environment."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl.database import embedded
from tests.db.embedded.servers import ask, kill, python_process, running_pid, wait_for


def test_serves_the_warehouse_database(each_postgresql: Path, home: Path) -> None:
    assert ask(embedded.start(home), "SELECT current_user || ' ' || current_database()") == "newshouse newshouse"


def test_a_second_start_finds_the_first(shared_home: Path) -> None:
    pid = running_pid(shared_home)
    embedded.start(shared_home)
    assert running_pid(shared_home) == pid


def test_another_spelling_of_the_home_finds_the_same_server(shared_home: Path, shared_url: str, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(shared_home)
    assert embedded.start(link) == shared_url


def test_two_at_once_get_the_same_server(home: Path) -> None:
    code = "from etl.database.connect import resolve_url; print(resolve_url())"
    urls = {process.communicate()[0] for process in [python_process(home, code) for _ in range(3)]}
    assert urls == {f"{embedded.status(home).url}\n"}


def test_another_process_reaches_it(shared_home: Path) -> None:
    code = (
        "from etl.database.connect import connect, resolve_url\n"
        "with connect(resolve_url()) as connection:\n"
        "    print(connection.execute('SELECT 6 * 7').fetchone())"
    )
    assert python_process(shared_home, code).communicate()[0].strip() == "(42,)"


def test_a_home_with_a_space_and_cyrillic_in_its_name_will_do(home: Path) -> None:
    place = home.with_name(f"{home.name} склад")
    try:
        assert ask(embedded.start(place), "SELECT 1") == 1
        assert embedded.stop(place)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def test_an_interrupted_start_is_waited_for(home: Path, url: str) -> None:
    kill(home)  # recovery makes the next start slow enough to be interrupted
    starter = python_process(home, "from etl.database.connect import resolve_url; resolve_url()")
    wait_for(lambda: embedded.status(home).pid)
    starter.kill()
    starter.wait()
    assert ask(embedded.start(home), "SELECT 1") == 1


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("SHOW server_encoding", "UTF8"),
        ("SHOW TimeZone", "UTC"),
        ("SHOW lc_messages", "C"),
        ("SELECT lower('КЫРГЫЗСТАН Ө')", "кыргызстан ө"),
        ("SELECT string_agg(w, '' ORDER BY w) FROM unnest('{я,ё,Б,z}'::text[]) AS w", "zБяё"),
    ],
)
def test_no_variable_of_the_environment_reaches_the_server(hostile_url: str, query: str, answer: str) -> None:
    assert ask(hostile_url, query) == answer
