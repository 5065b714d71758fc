"""`newshouse report` as a user meets it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.cli import main

Newshouse = Callable[..., tuple[int, str]]


@pytest.fixture
def newshouse(
    samples: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Newshouse:
    """Run the command in a folder of its own; gives the exit code and what was printed on one line."""
    monkeypatch.setenv("DATABASE_URL", samples)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["newshouse", "report", *arguments])
        with pytest.raises(SystemExit) as exit_:
            main()
        printed = capsys.readouterr()
        return int(exit_.value.code or 0), " ".join((printed.out + printed.err).split())

    return run


def test_writes_one_file_and_says_so(newshouse: Newshouse, tmp_path: Path) -> None:
    assert newshouse() == (0, "report.html: 27 articles")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_reader_may_make_it(newshouse: Newshouse, samples: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{samples}?options=-crole%3Dnewshouse_reader")
    assert newshouse() == (0, "report.html: 27 articles")


def test_options_choose_what_is_in_it(newshouse: Newshouse, tmp_path: Path) -> None:
    done = newshouse(
        "--country", "jp", "--from", "2025-06-01", "--to", "2025-08-31", "--lang", "ru", "--out", "jp.html"
    )
    assert done == (0, "jp.html: 4 articles")
    assert "Новости о стране: Япония" in (tmp_path / "jp.html").read_text(encoding="utf-8")


def test_page_is_small(newshouse: Newshouse, tmp_path: Path) -> None:
    newshouse()
    assert (tmp_path / "report.html").stat().st_size < 500_000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--country", "Kyrgyzstan"], "Did you mean: KG (Kyrgyzstan)?"),
        (["--country", "ZZZZ"], "All of them: newshouse query countries"),
        (["--from", "2025-08-01", "--to", "2025-07-01"], "--from 2025-08-01 is after --to 2025-07-01"),
        (["--from", "yesterday"], "'yesterday' does not match the format"),
        (["--lang", "ky"], "Invalid value for '--lang': 'ky' is not one of 'en', 'ru'"),
    ],
)
def test_wrong_use_is_told(newshouse: Newshouse, tmp_path: Path, arguments: list[str], message: str) -> None:
    exit_code, printed = newshouse(*arguments)
    assert exit_code == 2
    assert message in printed.replace("│ ", "")
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_not_there_is_told(newshouse: Newshouse) -> None:
    assert newshouse("--out", "nowhere/report.html") == (1, "newshouse: nowhere/report.html: No such file or directory")


def test_missing_extra_says_what_to_install(newshouse: Newshouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    for module in ("etl.report.charts", "etl.report.page"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.delattr("etl.report.charts", raising=False)
    monkeypatch.delattr("etl.report.page", raising=False)
    exit_code, printed = newshouse()
    assert exit_code == 1
    assert "the report needs altair, which is not installed; run: pip install 'newshouse[report]'" in printed
