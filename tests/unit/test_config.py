from __future__ import annotations

import os
from pathlib import Path

import pytest

from etl import config
from etl.errors import UsageError


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_spelling_of_the_scheme_becomes_postgresql(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://ann:pw@db.example:5433/news?sslmode=require")
    assert config.database_url() == "postgresql://ann:pw@db.example:5433/news?sslmode=require"


@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_database_url_is_not_set(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("DATABASE_URL", value)
    assert config.database_url() is None


@pytest.mark.parametrize(
    "value",
    [
        "mysql://ann:hunter2@db.example/news",
        "db.example:5432/hunter2",
        "host=db.example password=hunter2",
        "postgresql://ann:hunter2%zz@db.example/news",
        "postgresql://ann:hunter2@db.example:port/news",
        "postgresql://ann:hunter2@db.example/news?colour=red",
    ],
)
def test_an_invalid_database_url_is_refused_without_repeating_it(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("DATABASE_URL", value)
    with pytest.raises(UsageError) as caught:
        config.database_url()
    assert "hunter2" not in str(caught.value)


def test_newshouse_home_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEWSHOUSE_HOME", str(tmp_path / "here"))
    assert config.home() == tmp_path / "here"


def test_newshouse_home_may_start_with_a_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSHOUSE_HOME", "~/warehouse")
    assert config.home() == Path.home().resolve() / "warehouse"


def test_home_of_root_is_open_to_the_servers_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSHOUSE_HOME", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert config.home() == Path("/var/lib/newshouse")


def test_home_of_an_ordinary_user_is_their_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NEWSHOUSE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert config.home().is_relative_to(tmp_path)


def test_a_contact_stands_in_the_user_agent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSHOUSE_CONTACT", " https://example.org/bot ")
    assert config.fetch_policy().user_agent.endswith(" (+https://example.org/bot)")


def test_private_addresses_are_closed_unless_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSHOUSE_ALLOW_PRIVATE", raising=False)
    assert not config.fetch_policy().is_private_allowed
    monkeypatch.setenv("NEWSHOUSE_ALLOW_PRIVATE", "1")
    assert config.fetch_policy().is_private_allowed


@pytest.mark.parametrize(
    ("name", "value"),
    [("NEWSHOUSE_ALLOW_PRIVATE", "yes"), ("NEWSHOUSE_CONTACT", "Редакция"), ("NEWSHOUSE_CONTACT", "a\r\nb")],
)
def test_an_invalid_setting_of_fetching_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError, match=name):
        config.fetch_policy()
