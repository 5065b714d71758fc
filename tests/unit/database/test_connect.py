from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import create_engine

from etl.database.connect import connect, resolve_url, safe_url, sqlalchemy_url
from etl.errors import DatabaseUnavailable

_PRINTABLE = st.text(st.characters(min_codepoint=33, max_codepoint=0x4FF, exclude_categories=["Cs", "Cc"]), min_size=1)


def _url_with(password: str) -> str:
    quoted = "".join(f"%{byte:02X}" for byte in password.encode("utf-8"))
    return f"postgresql://ann:{quoted}@db.example:5433/news"


@given(_PRINTABLE, _PRINTABLE)
def test_a_shown_url_does_not_depend_on_the_password(one: str, other: str) -> None:
    assert safe_url(_url_with(one)) == safe_url(_url_with(other))


@pytest.mark.parametrize("parameter", ["password", "sslpassword"])
def test_a_shown_url_hides_passwords_given_as_parameters(parameter: str) -> None:
    assert "hunter2" not in safe_url(f"postgresql://ann@db.example/news?{parameter}=hunter2")


def test_a_shown_url_names_user_server_and_database() -> None:
    assert safe_url("postgresql://ann:hunter2@db.example:5433/news") == "postgresql://ann:***@db.example:5433/news"


@given(_PRINTABLE)
def test_sqlalchemy_gets_the_password_unchanged(password: str) -> None:
    assert sqlalchemy_url(_url_with(password)).password == password


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ann:pw@db.example:5433/news",
        "postgresql://ann:pw@[::1]:5433/news",
        "postgresql://ann@one.example:5432,two.example:5433/news?target_session_attrs=read-write",
        "postgresql://ann:pw@/news?host=/var/run/postgresql",
        "postgresql:///news",
    ],
)
def test_sqlalchemy_connects_to_the_same_place(url: str) -> None:
    sqlalchemy = sqlalchemy_url(url)
    _, arguments = create_engine(sqlalchemy).dialect.create_connect_args(sqlalchemy)
    given = {name: str(value) for name, value in arguments.items()}
    assert conninfo_to_dict(url).items() <= given.items()


def test_the_urls_own_settings_win() -> None:
    url = sqlalchemy_url("postgresql://ann@db.example/news?application_name=report")
    assert url.query["application_name"] == "report"


def test_database_url_comes_before_the_embedded_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://ann@db.example/news")
    assert resolve_url() == "postgresql://ann@db.example/news"


def test_nobody_listening_is_one_sentence_with_the_next_step() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: whoever calls is refused
        port = taken.getsockname()[1]
        with pytest.raises(DatabaseUnavailable) as caught:
            connect(f"postgresql://ann:hunter2@127.0.0.1:{port}/news")
    assert str(caught.value) == (
        f"the database postgresql://ann:***@127.0.0.1:{port}/news cannot be reached (Connection refused): "
        "start it, or correct DATABASE_URL."
    )


def test_an_unknown_host_is_unavailable() -> None:
    with pytest.raises(DatabaseUnavailable, match=r"nowhere\.invalid"):
        connect("postgresql://ann@nowhere.invalid/news")
