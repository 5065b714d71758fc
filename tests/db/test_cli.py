"""The command as a user meets it: what it prints, how it exits; a mistake gives a sentence and no traceback."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl.cli import main
from etl.database.connect import connect
from etl.publish.checks import read_checks

ARTICLE = (
    "Бишкек, 29.01.25. /Кабар/. Посол Японии посетил Кыргызстан и встретился с министром энергетики. Стороны "
    "говорили о строительстве станции.\n\nРаботы оценили в миллион долларов США.\n"
)


@dataclass(frozen=True)
class Ran:
    """What one call of the command did."""

    exit_code: int
    out: str
    err: str


Newshouse = Callable[..., Ran]


@pytest.fixture
def newshouse(database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Newshouse:
    """Run the command on a warehouse of its own."""
    monkeypatch.setenv("DATABASE_URL", database)

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr("sys.argv", ["newshouse", *map(str, arguments)])
        with pytest.raises(SystemExit) as exit_:
            main()
        printed = capsys.readouterr()
        return Ran(int(exit_.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "wire.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def test_load_prints_every_outcome(newshouse: Newshouse, folder: Path) -> None:
    ran = newshouse("load", folder)
    assert ran.exit_code == 0
    counts = [line.split() for line in ran.out.splitlines() if line.split()[1:] and line.split()[1].isdecimal()]
    assert counts == [["inserted", "1"], ["updated", "0"], ["unchanged", "0"], ["duplicate", "0"], ["rejected", "0"]]


def test_load_again_says_unchanged(newshouse: Newshouse, folder: Path) -> None:
    newshouse("load", folder)
    counts = json.loads(newshouse("load", folder, "--json").out)
    assert (counts["read"], counts["unchanged"], counts["inserted"]) == (1, 1, 0)


def test_load_with_a_reject_exits_3_and_names_the_reason(newshouse: Newshouse, folder: Path) -> None:
    (folder / "empty.txt").touch()
    ran = newshouse("load", folder)
    assert ran.exit_code == 3
    assert "(empty)" in ran.out
    assert "newshouse rejects list" in ran.out


def test_dry_run_writes_nothing(newshouse: Newshouse, folder: Path, database: str) -> None:
    assert json.loads(newshouse("load", folder, "--dry-run", "--json").out)["inserted"] == 1
    with connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM raw.input").fetchone() == (0,)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("load", "/nowhere/at/all"), "no such file or folder: /nowhere/at/all"),
        (("load", ".", "--timezone", "Mars/Olympus"), "'Mars/Olympus' is no time zone"),
        (("query", "latest_article"), "latest_articles"),
        (("explain", "no-such-article"), "no article has the id, URL or file"),
        (("rejects", "show", "1"), "there is no reject 1"),
        (("rejects", "retry", "1"), "there is no reject 1"),
        (("db", "stop"), "DATABASE_URL is set"),
        (("db", "index", "words"), "'words' is not one of 'search'"),
        (("check", "last_run_succeded"), "Did you mean: last_run_succeeded"),
    ],
)
def test_wrong_usage_exits_2_and_says_what_is_wrong(
    newshouse: Newshouse, arguments: tuple[str, ...], message: str
) -> None:
    ran = newshouse(*arguments)
    assert ran.exit_code == 2
    assert message in ran.err
    assert ran.out == ""


def test_database_that_is_not_there_is_one_sentence_without_the_password(
    newshouse: Newshouse, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://reader:hush@127.0.0.1:1/news")
    ran = newshouse("load", folder)
    assert ran.exit_code == 1
    assert "127.0.0.1:1" in ran.err
    assert "hush" not in ran.out + ran.err
    assert "Traceback" not in ran.err


def test_database_without_a_warehouse_is_told_to_upgrade(
    newshouse: Newshouse, folder: Path, empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_database)
    assert "newshouse db upgrade" in newshouse("load", folder).err
    assert newshouse("db", "upgrade").exit_code == 0
    assert newshouse("load", folder).exit_code == 0


def test_second_upgrade_changes_nothing(newshouse: Newshouse) -> None:
    newshouse("db", "upgrade")
    done = json.loads(newshouse("db", "upgrade", "--json").out)
    assert (done["before"] == done["after"], done["reference_rows"], done["views_changed"]) == (True, 0, False)


@pytest.mark.parametrize("key", ["wire.txt", "article_id", "url"])
def test_explain_finds_the_article_by_file_id_and_url(newshouse: Newshouse, folder: Path, key: str) -> None:
    (folder / "wire.meta.json").write_text('{"url": "https://kabar.kg/sample/1"}', encoding="utf-8")
    newshouse("load", folder)
    article_id = json.loads(newshouse("explain", "wire.txt", "--json").out)["article_id"]
    name = {"wire.txt": "wire.txt", "article_id": article_id, "url": "http://www.kabar.kg/sample/1/"}[key]
    assert json.loads(newshouse("explain", name, "--json").out)["article_id"] == article_id


def test_explain_shows_words_and_rules(newshouse: Newshouse, folder: Path) -> None:
    newshouse("load", folder)
    out = newshouse("explain", "wire.txt").out
    assert "Бишкек, 29.01.25" in out
    assert "dateline" in out
    assert "city in dateline, not counted" in out
    assert "currency in body, not counted" in out
    assert "name in lead; ru: Япония" in out


def test_explain_shows_the_date_that_won_above_a_stronger_one_that_cannot_be(
    newshouse: Newshouse, folder: Path
) -> None:
    says = "В посёлке открыли школу, на праздник приехали гости из Казахстана."
    page = f" date 2025-05-03 16:21 \n10:45 22.08.2099\n\n{says}\n"
    (folder / "stamped.txt").write_text(page, encoding="utf-8")
    newshouse("load", folder)
    out = newshouse("explain", "stamped.txt").out
    assert "in the future" in out
    assert "Published: 2025-05-03 16:21" in out


def test_explain_names_the_story_and_what_shows_it(newshouse: Newshouse, folder: Path) -> None:
    text = " ".join(
        f"Посёлок номер {number} получил новую школу и библиотеку." for number in ("один", "два", "три", "пять")
    )
    (folder / "first.txt").write_text(f"Школы открыты\n\nСегодня утром. {text}", encoding="utf-8")
    (folder / "second.txt").write_text(f"Новые школы\n\nКак стало известно. {text}", encoding="utf-8")
    newshouse("load", folder)
    stories = [json.loads(newshouse("explain", name, "--json").out)["story"] for name in ("first.txt", "second.txt")]
    assert {story["method"] for story in stories} == {"first", "similar"}
    assert "one of 2 articles" in newshouse("explain", "first.txt").out


def test_explain_marks_mentions_in_their_context(newshouse: Newshouse, folder: Path) -> None:
    newshouse("load", folder)
    text = ARTICLE.replace("\n", " ")
    for mention in json.loads(newshouse("explain", "wire.txt", "--json").out)["mentions"]:
        before, surface, after = mention["context"]
        assert surface == mention["surface"]
        assert before + surface + after in text


def test_query_prints_csv_json_and_a_table(newshouse: Newshouse, folder: Path) -> None:
    newshouse("load", folder)
    table = pd.read_csv(io.StringIO(newshouse("query", "latest_articles", "--format", "csv").out))
    records = json.loads(newshouse("query", "latest_articles", "--format", "json").out)
    assert list(table["published_on"]) == [record["published_on"] for record in records] == ["2025-01-29"]
    assert "2025-01-29" in newshouse("query", "latest_articles").out


def test_query_writes_parquet_with_types(
    database: str, folder: Path, tmp_path: Path, newshouse: Newshouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    newshouse("load", folder)
    target = tmp_path / "articles.parquet"
    with target.open("w", encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdout", stream)
        newshouse("query", "latest_articles", "--format", "parquet")
    frame = pd.read_parquet(target)
    assert str(frame["published_on"].iloc[0]) == "2025-01-29"
    assert frame["article_id"].dtype == "int64"


def test_query_without_a_name_lists_views_and_questions(newshouse: Newshouse) -> None:
    out = newshouse("query").out
    assert "latest_articles" in out
    assert "top_countries" in out


def test_every_view_and_question_answers(newshouse: Newshouse, folder: Path) -> None:
    from etl.publish.questions import names

    newshouse("load", folder)
    assert {name: newshouse("query", name, "--format", "csv").exit_code for name in names()} == dict.fromkeys(
        names(), 0
    )


def test_status_counts_what_is_there(newshouse: Newshouse, folder: Path) -> None:
    (folder / "empty.txt").touch()
    newshouse("load", folder)
    status = json.loads(newshouse("status", "--json").out)
    assert (status["articles"], status["last_day"]) == (1, "2025-01-29")
    assert status["open_rejects_by_reason"][0]["reason_code"] == "empty"
    assert {row["country_code"] for row in status["top_countries"]} == {"JP", "KG"}
    assert "Top countries" in newshouse("status").out


def test_reject_is_listed_and_shown(newshouse: Newshouse, folder: Path) -> None:
    (folder / "wire.txt").write_bytes(ARTICLE.encode() + b"\xd0")
    newshouse("load", folder)
    (reject,) = json.loads(newshouse("rejects", "list", "--json").out)
    out = newshouse("rejects", "show", reject["reject_id"]).out
    assert "undecodable" in out
    assert "neither UTF-8 nor" in out


def test_reject_gives_its_bytes_again(newshouse: Newshouse, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = ARTICLE.encode() + b"\xd0"
    (folder / "wire.txt").write_bytes(broken)
    newshouse("load", folder)
    (reject,) = json.loads(newshouse("rejects", "list", "--json").out)
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="utf-8", write_through=True))
    newshouse("rejects", "show", reject["reject_id"], "--raw")
    assert written.getvalue() == broken


def test_retry_of_a_reject_that_is_still_wrong_leaves_it_open(newshouse: Newshouse, folder: Path) -> None:
    (folder / "empty.txt").touch()
    newshouse("load", folder)
    assert newshouse("rejects", "retry").exit_code == 3
    assert [row["state"] for row in json.loads(newshouse("rejects", "list", "--json").out)] == ["open"]


def test_dismissed_reject_is_closed_by_a_run(newshouse: Newshouse, folder: Path) -> None:
    (folder / "empty.txt").touch()
    newshouse("load", folder)
    (reject,) = json.loads(newshouse("rejects", "list", "--json").out)
    assert newshouse("rejects", "dismiss", reject["reject_id"]).exit_code == 0
    assert json.loads(newshouse("rejects", "list", "--json").out) == []
    assert json.loads(newshouse("status", "--json").out)["last_runs"][0]["command"] == "rejects dismiss"


def test_unknown_default_source_is_said_to_be_new(newshouse: Newshouse, folder: Path) -> None:
    assert "it becomes a new one" in newshouse("load", folder, "--source", "nosuchh.kg").err


def test_retry_loads_a_file_that_could_not_be_read_before(newshouse: Newshouse, folder: Path) -> None:
    (folder / "wire.meta.json").write_text("{", encoding="utf-8")
    assert newshouse("load", folder).exit_code == 3
    (folder / "wire.meta.json").unlink()
    assert newshouse("rejects", "retry").exit_code == 0
    assert "No rejects" in newshouse("rejects", "list").out


ROW = json.dumps({"title": "Посол посетил станцию", "story": ARTICLE}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("name", "content"),
    [("rows.jsonl", f'{ROW}\n{{"story": 1\n'), ("rows.csv", f'id,story\n1,"{ARTICLE}"\n2,a,b\n')],
)
def test_retry_reads_a_rejected_row_and_no_other(newshouse: Newshouse, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    first = json.loads(newshouse("load", tmp_path, "--map", "text=story", "--json").out)
    again = json.loads(newshouse("rejects", "retry", "--json").out)
    assert (first["inserted"], first["reasons"]) == (1, {"bad_row": 1})
    assert (again["read"], again["reasons"]) == (1, {"bad_row": 1})
    (reject,) = json.loads(newshouse("rejects", "list", "--json").out)
    assert reject["origin"] == f"{tmp_path / name}#2"


def test_retry_reads_the_mended_member_of_an_archive(newshouse: Newshouse, tmp_path: Path) -> None:
    path = tmp_path / "dump.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", ARTICLE)
        archive.writestr("b.txt", ARTICLE.replace("Японии", "Индии"))
    plain = path.read_bytes()
    second = plain.index(b"PK\1\2", plain.index(b"PK\1\2") + 1)
    path.write_bytes(plain[: second + 8] + b"\1" + plain[second + 9 :])  # the flag of encryption
    assert json.loads(newshouse("load", path, "--json").out)["reasons"] == {"encrypted": 1}
    path.write_bytes(plain)
    again = json.loads(newshouse("rejects", "retry", "--json").out)
    assert (again["read"], again["inserted"], again["rejected"]) == (1, 1, 0)
    assert "No rejects" in newshouse("rejects", "list").out


def test_retry_of_one_record_leaves_those_whose_number_begins_alike(newshouse: Newshouse, tmp_path: Path) -> None:
    with (tmp_path / "x.warc").open("wb") as stream:
        writer = WARCWriter(stream, gzip=False)
        for number in range(12):
            http = StatusAndHeaders("404 Not Found", [], protocol="HTTP/1.1")
            payload = {"payload": io.BytesIO(b""), "http_headers": http}
            writer.write_record(writer.create_warc_record(f"https://example.kg/{number}", "response", **payload))
    assert json.loads(newshouse("load", tmp_path, "--json").out)["reasons"] == {"not_a_page": 12}
    listed = json.loads(newshouse("rejects", "list", "--json").out)
    first = next(row["reject_id"] for row in listed if row["origin"].endswith("#1"))
    assert json.loads(newshouse("rejects", "retry", first, "--json").out)["read"] == 1


def test_renormalize_recomputes_what_other_rules_made(newshouse: Newshouse, folder: Path, database: str) -> None:
    newshouse("load", folder)
    with connect(database, autocommit=True) as connection:
        connection.execute("UPDATE core.article SET rule_version = '0', title = 'as it was', row_sha256 = '\\x00'")
    (folder / "wire.txt").unlink()
    result = json.loads(newshouse("renormalize", "--json").out)
    assert (result["updated"], result["changed"]["title"], result["changed"]["date"]) == (1, 1, 0)
    again = json.loads(newshouse("renormalize", "--json").out)
    assert again["read"] == 0


def test_url_is_printed_for_another_program(newshouse: Newshouse, database: str) -> None:
    assert newshouse("db", "url").out.strip() == database


def test_every_statement_of_the_readme_runs(newshouse: Newshouse, folder: Path, database: str) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    statements = [block for block in re.findall(r"```sql\n(.*?)```", readme, re.DOTALL) if "SELECT" in block]
    newshouse("load", folder)
    with connect(database) as connection:
        rows = [connection.execute(statement).fetchall() for statement in statements]
    assert [len(found) > 0 for found in rows] == [True]


def test_correct_changes_the_date_and_explain_says_who_and_why(newshouse: Newshouse, folder: Path) -> None:
    newshouse("load", folder)
    ran = newshouse("correct", "wire.txt", "--published", "2025-01-30T09:05", "--reason", "site", "--author", "Aida")
    assert ran.exit_code == 0
    shown = json.loads(newshouse("explain", "wire.txt", "--json").out)
    assert (shown["published_at"], shown["published_method"]) == ("2025-01-30T03:05:00+00:00", "correction")
    assert [(row["author"], row["reason"]) for row in shown["corrections"]] == [("Aida", "site")]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--reason", "x"), "say what is right"),
        (("--reason", "x", "--published", "30 января"), "is no date"),
        (("--reason", "x", "--source", "no such outlet"), "is no known source"),
    ],
)
def test_wrong_correction_is_a_usage_error(
    newshouse: Newshouse, folder: Path, arguments: tuple[str, ...], message: str
) -> None:
    newshouse("load", folder)
    ran = newshouse("correct", "wire.txt", *arguments)
    assert ran.exit_code == 2
    assert message in ran.err


def test_check_of_a_kept_promise_says_ok(newshouse: Newshouse, folder: Path) -> None:
    newshouse("load", folder)
    ran = newshouse("check", "last_run_succeeded", "counts_agree")
    assert ran.exit_code == 0
    assert re.findall(r"^ *(\S+) +(ok|warn|fail)", ran.out, re.MULTILINE) == [
        ("last_run_succeeded", "ok"),
        ("counts_agree", "ok"),
    ]


def test_check_without_a_name_runs_all(newshouse: Newshouse, folder: Path) -> None:
    newshouse("load", folder)
    found = json.loads(newshouse("check", "--json").out)
    assert [finding["check"] for finding in found] == list(read_checks())


def test_check_of_a_broken_promise_exits_1_with_the_rows_and_the_remedy(
    newshouse: Newshouse, folder: Path, database: str
) -> None:
    newshouse("load", folder)
    break_counts(database)
    ran = newshouse("check", "counts_agree")
    assert ran.exit_code == 1
    assert read_checks()["counts_agree"].action in ran.out


def test_check_gives_the_rows_as_json(newshouse: Newshouse, folder: Path, database: str) -> None:
    newshouse("load", folder)
    break_counts(database)
    ran = newshouse("check", "counts_agree", "--json")
    (finding,) = json.loads(ran.out)
    assert (ran.exit_code, finding["result"], finding["rows"]) == (1, "fail", len(finding["first_rows"]))


def test_check_that_warns_exits_0(newshouse: Newshouse, database: str) -> None:
    with connect(database, autocommit=True) as connection:
        connection.execute("UPDATE core.source SET needs_review = source_id = '24kg'")
    ran = newshouse("check", "sources_are_reviewed", "--json")
    assert (ran.exit_code, json.loads(ran.out)[0]["result"]) == (0, "warn")


def test_recount_mends_the_counts(newshouse: Newshouse, folder: Path, database: str) -> None:
    newshouse("load", folder)
    break_counts(database)
    ran = newshouse("db", "recount")
    assert (ran.exit_code, ran.out.startswith("counted anew: ")) == (0, True)
    assert newshouse("check").exit_code == 0


def test_search_index_is_made_once_and_dropped(newshouse: Newshouse) -> None:
    said = [newshouse("db", "index", "search", *drop).out.strip() for drop in ((), (), ("--drop",), ())]
    assert said == ["search index made", "search index was there", "no search index any more", "search index made"]


def break_counts(database: str) -> None:
    with connect(database, autocommit=True) as connection:
        connection.execute("UPDATE core.article_day_count SET article_count = article_count + 1")
        connection.execute("UPDATE core.article_country SET published_on = published_on - 40")
        connection.execute("INSERT INTO core.story_repeat SELECT article_id, 'infinity', 'KG', 1 FROM core.article")


@pytest.mark.parametrize(
    "command", ["load", "renormalize", "status", "explain", "query", "db", "rejects", "correct", "evaluate"]
)
def test_help_is_there_for_every_command(newshouse: Newshouse, command: str) -> None:
    ran = newshouse(command, "--help")
    assert ran.exit_code == 0
    assert f"newshouse {command}" in ran.out
