"""newshouse.toml: what it may say, and errors that name file, key and next step."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from etl.errors import UsageError
from etl.reload.config import find_config, read_config

WHOLE = """
settle = "5s"

[inputs.inbox]
location = "inbox"
source = "24.kg"
timezone = "Asia/Almaty"
every = "15m"

[inputs.dumps]
location = "/srv/dumps/*.jsonl"
map = "title=headline,text=story"
every = "1d"

[inputs.feed]
location = "https://24.kg/rss/"

[alerts]
webhook_env = "NEWS_HOOK"
rejects = 7
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "newshouse.toml"


def test_whole_file_is_read(path: Path) -> None:
    path.write_text(WHOLE, encoding="utf-8")
    settings = read_config(path)
    inbox, dumps, feed = settings.inputs
    assert (inbox.name, inbox.kind, inbox.source, inbox.timezone) == ("inbox", "path", "24.kg", "Asia/Almaty")
    assert (dumps.kind, dumps.location, dumps.every) == ("glob", "/srv/dumps/*.jsonl", timedelta(days=1))
    assert dumps.fields.given == {"title": "headline", "text": "story"}
    assert (feed.kind, feed.host, feed.every) == ("url", "24.kg", timedelta(hours=1))
    assert settings.settle == timedelta(seconds=5)
    assert settings.alerts is not None
    assert (settings.alerts.webhook_env, settings.alerts.burst) == ("NEWS_HOOK", 7)


def test_relative_location_counts_from_the_folder_of_the_file(path: Path) -> None:
    path.write_text('[inputs.inbox]\nlocation = "in/box"', encoding="utf-8")
    assert read_config(path).inputs[0].location == str(path.parent / "in" / "box")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("inputs = 3", "inputs is 3; write it as a table"),
        ("", "names no input"),
        ("[inputs.inbox]", r"\[inputs.inbox\] location is missing; write a folder"),
        ('[inputs.inbox]\nlocation = ""', "location is ''; write a folder"),
        ('[inputs.inbox]\nlocation = ["a"]', r"location is \['a'\]; write a folder"),
        ('[inputs.inbox]\nlocation = "a"\nevery = "15 min"', "every is '15 min'; write a number and a unit"),
        ('[inputs.inbox]\nlocation = "a"\nevery = "0m"', "every is '0m'"),
        ('[inputs.inbox]\nlocation = "a"\nevery = "400d"', "every is '400d'"),
        ('[inputs.inbox]\nlocation = "a"\nevery = 15', "every is 15"),
        ('[inputs.inbox]\nlocation = "a"\ntimezone = "Bishkek"', "timezone is 'Bishkek'; write an IANA name"),
        ('[inputs.inbox]\nlocation = "a"\nmap = "titel=a"', "map is 'titel=a'; write the fields of a row"),
        ('[inputs.inbox]\nlocation = "a"\nsorce = "24.kg"', "unknown key 'sorce'; known are location, source"),
        ('[inputs.inbox]\nlocation = "file://a/b"', "location is 'file://a/b'; write a path"),
        ('[inputs.inbox]\nlocation = "nostore://a/b"', r"\[inputs.inbox\] location cannot be loaded: nostore://a/b"),
        ('[inputs."My inbox"]\nlocation = "a"', "'My inbox' is no name of an input"),
        ('[input.inbox]\nlocation = "a"', "unknown key 'input'; known are inputs"),
        ('[inputs.a]\nlocation = "a"\n[alerts]', r"\[alerts\] webhook_env is missing"),
        ('[inputs.a]\nlocation = "a"\n[alerts]\nwebhook_env = "A"\nrejects = 0', "rejects is 0; write how many"),
        ("[inputs\n", "is no TOML: .*line 1"),
    ],
)
def test_mistake_is_named_with_its_key_and_what_to_write(path: Path, said: str, words: str) -> None:
    path.write_text(said, encoding="utf-8")
    with pytest.raises(UsageError, match=words) as error:
        read_config(path)
    assert str(path) in str(error.value)


@pytest.mark.parametrize(
    "said",
    [
        '[inputs.a]\nlocation = "https://ann:hunter2@a.example/rss"',
        '[inputs.a]\nlocation = "sftp://ann:hunter2@a.example/dumps"',
        '[inputs.a]\nlocation = "a"\n[alerts]\nwebhook_env = "https://hooks.example/hunter2"',
    ],
)
def test_secret_in_the_wrong_place_is_not_repeated(path: Path, said: str) -> None:
    path.write_text(said, encoding="utf-8")
    with pytest.raises(UsageError) as error:
        read_config(path)
    assert "hunter2" not in str(error.value)


def test_store_is_an_input(path: Path) -> None:
    path.write_text('[inputs.store]\nlocation = "memory://news/dumps"', encoding="utf-8")
    (store,) = read_config(path).inputs
    assert (store.location, store.kind, store.host) == ("memory://news/dumps", "url", "news")


def test_store_without_the_extra_is_told_what_to_install(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    path.write_text('[inputs.store]\nlocation = "s3://news/dumps"', encoding="utf-8")
    with pytest.raises(UsageError, match=r"needs an extra; run: pip install 'newshouse\[remote\]'"):
        read_config(path)


def test_unknown_name_is_told_with_the_known_ones(path: Path) -> None:
    path.write_text(WHOLE, encoding="utf-8")
    with pytest.raises(UsageError, match="no input 'inbx'; it names inbox, dumps, feed"):
        read_config(path).chosen(["inbx"])


def test_file_is_found_by_option_then_variable_then_folder(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.touch()
    other, named = tmp_path / "other.toml", tmp_path / "named.toml"
    other.touch()
    named.touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSHOUSE_CONFIG", raising=False)
    assert find_config(None) == path
    monkeypatch.setenv("NEWSHOUSE_CONFIG", str(other))
    assert find_config(None) == other
    assert find_config(named) == named


def test_missing_file_is_told_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no .*none\.toml; write one"):
        find_config(tmp_path / "none.toml")
