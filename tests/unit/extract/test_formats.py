"""Every format: the same articles come out of it, what is wrong is one reject, and nothing hostile gets further."""

from __future__ import annotations

import gzip
import importlib.util
import io
import json
import random
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from etl.errors import UsageError
from etl.extract import json_document
from etl.extract import opened as limits
from etl.extract.fields import FieldMap
from etl.extract.files import read_files
from etl.extract.formats import read_opened, replayed
from etl.extract.inputs import read_stream
from etl.extract.item import Carrier, RawItem
from etl.extract.opened import Metered, Opened, buffered

_SPEC = importlib.util.spec_from_file_location("samples", Path(__file__).with_name("samples.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
samples = importlib.util.module_from_spec(_SPEC)
sys.modules["samples"] = samples
_SPEC.loader.exec_module(samples)


def read(name: str, content: bytes, said: str = "") -> list[RawItem]:
    stream = buffered(Metered(io.BytesIO(content)))
    return list(read_opened(Opened(name, name, stream, Carrier(), FieldMap(said))))


def reasons(items: list[RawItem]) -> list[str | None]:
    return [item.problem and item.problem.reason_code for item in items]


@pytest.mark.parametrize("name", samples.ROW_FILES)
def test_rows_become_articles_with_their_carrier(name: str) -> None:
    items = read(name, samples.ROW_FILES[name])
    assert [item.content.decode() for item in items] == samples.BODIES
    assert reasons(items) == [None, None]
    assert [item.carrier.title for item in items] == [row["title"] for row in samples.ROWS]
    assert [item.carrier.url for item in items] == [row["url"] for row in samples.ROWS]
    assert [item.carrier.published for item in items] == [row["date"] for row in samples.ROWS]
    assert {item.carrier.source for item in items} == {"example.kg"}


@pytest.mark.parametrize("name", samples.ALL)
def test_file_on_disk_gives_what_the_stream_gives(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(samples.ALL[name])
    found = [(item.origin.removeprefix(f"{tmp_path}/"), item.content) for item in read_files([tmp_path], Carrier())]
    assert found == [(item.origin, item.content) for item in read(name, samples.ALL[name])]
    assert len({origin for origin, _ in found}) == len(found)


@pytest.mark.parametrize("name", samples.ARCHIVES)
def test_archive_gives_its_members(name: str) -> None:
    items = read(name, samples.ARCHIVES[name])
    assert [item.origin for item in items] == [f"{name}!/a/one.txt", f"{name}!/b/two.txt"]
    assert [item.content.decode() for item in items] == samples.BODIES


@pytest.mark.parametrize("name", ["x.warc", "x.warc.gz"])
def test_web_archive_gives_pages_with_address_and_charset(name: str) -> None:
    items = read(name, samples.OTHERS[name])
    assert [item.origin for item in items] == [f"{name}#1", f"{name}#2", f"{name}#3"]
    assert reasons(items) == [None, None, "not_a_page"]
    assert items[0].carrier == Carrier(url="https://example.kg/news/1", charset="windows-1251")
    assert items[2].byte_length


def test_saved_page_gives_its_html_and_address() -> None:
    (item,) = read("page.mhtml", samples.mhtml())
    assert (item.origin, item.media_type, item.carrier.url) == ("page.mhtml", "text/html", "https://example.kg/news/1")
    assert samples.BODIES[0] in item.content.decode()


def test_telegram_messages_carry_channel_address_and_second() -> None:
    items = read("result.json", samples.telegram())
    assert reasons(items) == ["service_message", None, None, "no_text_field"]
    assert items[1].carrier == Carrier(
        url="https://t.me/c/1234567/2", source="Новости Оша", published="2025-08-22T04:21:00+00:00"
    )
    assert items[2].content.decode() == samples.BODIES[1] + "!"


def test_telegram_export_of_all_chats_gives_its_channels_and_no_letters() -> None:
    items = read("result.json", samples.telegram_export())
    assert reasons(items) == ["unsupported_format", None, None, None, None, None]
    assert items[0].content == b""
    assert [item.origin.partition("#")[2] for item in items] == ["11", "12!1", "12!2", "osh_news!1", "14!1", "14!2"]
    urls = [(item.carrier.url or "").removeprefix("https://t.me/") for item in items[1:]]
    assert urls == ["c/12/5", "c/12/6", "osh_news/6", "c/14/5", "c/14/6"]
    assert [item.carrier.source for item in items[1:]] == ["Новости {Оша}"] * 2 + [None] + ["Новости {Оша}"] * 2
    assert items[2].content.decode() == samples.BODIES[1]


def test_address_beside_an_export_of_all_chats_is_none_of_theirs() -> None:
    stream = buffered(Metered(io.BytesIO(samples.telegram_export())))
    items = read_opened(Opened("result.json", "result.json", stream, Carrier(url="https://t.me/osh_news")))
    assert len({item.carrier.url for item in items if not item.problem}) == 5


@pytest.mark.parametrize("chunk", [64, 500, 4096])
def test_telegram_export_is_the_same_in_pieces_of_any_size(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read("result.json", samples.telegram_export())
    monkeypatch.setattr(json_document, "_CHUNK", chunk)
    assert read("result.json", samples.telegram_export()) == whole


def test_telegram_export_that_is_cut_off_gives_what_comes_before() -> None:
    whole = samples.telegram_export()
    items = read("result.json", whole[: whole.index(b"left_chats")])
    assert reasons(items)[1:] == [None, None, None, "unreadable"]


def test_public_name_of_a_channel_may_stand_beside_its_export() -> None:
    stream = buffered(Metered(io.BytesIO(samples.telegram())))
    items = [*read_opened(Opened("result.json", "result.json", stream, Carrier(url="https://t.me/osh_news")))]
    assert [item.carrier.url for item in items[1:3]] == ["https://t.me/osh_news/2", "https://t.me/osh_news/3"]
    again = replayed(items[0].origin, items[0].content, items[0].media_type, items[0].carrier)
    assert again == items[0]


@pytest.mark.parametrize("bad", ["{", "[1]", '"x"', '{"title": "a"}', '{"text": "\\ud800"}', "[" * 100_000, "1" * 5000])
def test_bad_line_is_one_reject_with_its_bytes(bad: str) -> None:
    good = samples.json_lines().splitlines()
    items = read("rows.jsonl", b"\n".join([good[0], bad.encode(), good[1]]))
    assert [reason is None for reason in reasons(items)] == [True, False, True]
    assert (items[1].origin, items[1].content) == ("rows.jsonl#2", bad.encode())


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json", "a.zip", "a.warc", "a.xlsx", "a.rss"])
def test_file_without_a_byte_is_one_reject(name: str) -> None:
    assert reasons(read(name, b"")) == ["empty"]
    assert reasons(read("in.tar", samples.tarred({name: b""}))) == ["empty"]


def test_archive_in_an_archive_holds_what_its_content_says_whatever_its_names() -> None:
    inner = samples.zipped({"table.txt": samples.json_lines(), "wrong.json": samples.parquet()})
    items = read("out.tar", samples.tarred({"in.zip": inner, "a.csv": b""}))
    assert [item.origin for item in items if item.problem] == ["out.tar!/a.csv"]
    assert {item.origin for item in items} >= {"out.tar!/in.zip!/wrong.json#1", "out.tar!/in.zip!/wrong.json#2"}


def test_stray_quote_costs_one_row_of_a_table() -> None:
    table = 'title,text\na,one\n"b,two\nc,three\nd,four,five\ne,six\n'
    items = read("rows.csv", table.encode())
    assert reasons(items) == [None, "bad_row", None, "bad_row", None]
    assert items[1].content == b'title,text\n"b,two\n'


def test_whole_numbers_of_a_parquet_column_with_gaps_stay_whole() -> None:
    out = io.BytesIO()
    pq.write_table(pa.table({"id": pa.array([9007199254740993, None]), "text": ["", ""]}), out)
    raws = [json.loads(item.content) for item in read("rows.parquet", out.getvalue())]
    assert [raw["id"] for raw in raws] == [9007199254740993, None]


def test_values_of_a_workbook_are_what_they_are() -> None:
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    day = datetime(2025, 8, 22, 10, 30)  # noqa: DTZ001 - a cell has no zone
    for values in (["id", "date", "text"], [7, 45891.4375, "а"], [None, day, "б"], [8, 2025, "в"], [9, None, ""]):
        book.active.append(values)
    book.save(out)
    items = read("rows.xlsx", out.getvalue())
    dates = [item.carrier.published for item in items]
    assert dates == ["2025-08-22T10:30:00", "2025-08-22T10:30:00", "2025", None]
    assert json.loads(items[3].content)["id"] == 9


def test_value_of_a_table_may_hold_lines() -> None:
    (item,) = read("rows.csv", b'title;text\na;"one\n\ntwo; ""three"""\n')
    assert item.content == b'one\n\ntwo; "three"'


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.csv", "result.json"])
def test_rejected_row_is_read_again_from_its_bytes(name: str) -> None:
    content = {"rows.jsonl": b'{"id": 1}\n', "rows.csv": b"title,text\na,\n", "result.json": samples.telegram()}[name]
    rejected = read(name, content)[0]
    assert rejected.problem is not None
    again = replayed(rejected.origin, rejected.content, rejected.media_type, rejected.carrier)
    assert again is not None
    assert (again.origin, again.content, again.problem) == (rejected.origin, rejected.content, rejected.problem)
    assert again.fingerprint == rejected.fingerprint


def test_mapping_wins_over_names_and_leads_into_objects() -> None:
    row = {"headline": "Б", "title": "А", "content": {"rendered": "<p>Текст.</p><p>Ещё.</p>"}, "text": "нет"}
    (item,) = read("a.jsonl", json.dumps(row).encode() + b"\n", "title=headline,text=content.rendered")
    assert (item.carrier.title, item.content.decode()) == ("Б", "Текст.\n\nЕщё.")


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.json", "rows.csv", "rows.parquet", "rows.xlsx"])
def test_mapped_name_that_is_no_field_is_a_usage_error_with_the_fields(name: str) -> None:
    with pytest.raises(UsageError, match=r"'wrong'.*title, text, url"):
        read(name, samples.ROW_FILES[name], "text=wrong")


@pytest.mark.parametrize("said", ["title", "colour=red", "title=", "title=a,title=b"])
def test_what_is_no_mapping_is_a_usage_error(said: str) -> None:
    with pytest.raises(UsageError, match="is no mapping"):
        read("rows.jsonl", samples.json_lines(), said)


@pytest.mark.parametrize(
    ("value", "published"),
    [
        (1755836460, "2025-08-22T04:21:00+00:00"),
        (1755836460000, "2025-08-22T04:21:00+00:00"),
        ("Fri, 22 Aug 2025 10:21:00 +0600", "Fri, 22 Aug 2025 10:21:00 +0600"),
        ("22 августа 2025, 10:21", "22 августа 2025, 10:21"),
    ],
)
def test_date_of_a_row_is_its_words_and_an_epoch_an_instant(value: object, published: str) -> None:
    (item,) = read("a.jsonl", json.dumps({"text": "т", "pubDate": value}).encode())
    assert item.carrier.published == published


def test_lone_object_is_one_article() -> None:
    items = read("a.json", json.dumps({**samples.ROWS[0], "images": [{"url": "x"}]}).encode())
    assert [(item.origin, item.problem) for item in items] == [("a.json", None)]


def test_document_that_is_cut_off_gives_what_came_before() -> None:
    items = read("rows.json", samples.json_array()[:-20])
    assert reasons(items) == [None, "unreadable"]
    assert items[1].origin == "rows.json#2"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.json", "bad_row"),
        ("a.zip", "unreadable"),
        ("a.parquet", "unreadable"),
        ("a.xlsx", "unreadable"),
        ("a.mhtml", "bad_row"),
        ("a.gz", "unreadable"),
        ("a.txt.gz", "unreadable"),
        ("a.warc", "unreadable"),
        ("a.warc.gz", "unreadable"),
    ],
)
def test_what_is_none_of_its_format_is_one_reject(name: str, reason: str) -> None:
    assert reasons(read(name, b"[1]")) == [reason]


def test_elements_of_a_list_that_are_no_objects_are_counted() -> None:
    items = read("a.json", b'["a, [b", {"text": "one"}, 12, null, [{"text": "no"}], {"text": "two"}, -1.5e3]')
    assert reasons(items) == ["bad_row", None, "bad_row", "bad_row", "bad_row", None, "bad_row"]
    assert [item.origin for item in items] == [f"a.json#{number}" for number in range(1, 8)]
    assert [items[place].content for place in (0, 2, 4)] == [b'"a, [b"', b"12", b'[{"text": "no"}]']


def test_elements_are_the_same_wherever_a_chunk_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    content = json.dumps([{"text": "one"}, 1234, "two three", True, {"text": "four"}]).encode()
    whole = read("a.json", content)
    for size in range(1, 40):
        monkeypatch.setattr(json_document, "_CHUNK", size)
        assert read("a.json", content) == whole


def test_packed_web_archive_that_is_cut_off_keeps_the_first_pages() -> None:
    items = read("x.warc.gz", samples.warc()[:-200])
    assert reasons(items) == [None, None, "unreadable"]
    assert items[-1].origin == "x.warc.gz#3"


def test_packed_text_that_is_cut_off_is_one_reject() -> None:
    items = read("a.txt.gz", gzip.compress("Текст новости. ".encode() * 50)[:-12])
    assert (reasons(items), items[0].origin) == (["unreadable"], "a.txt.gz")


def test_encrypted_member_is_a_reject_and_its_neighbour_is_read() -> None:
    content = bytearray(samples.zipped({"a.txt": b"text", "b.txt": b"text"}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        central = content.index(b"PK\1\2", archive.infolist()[1].header_offset)
    content[central + 8] |= 1
    assert reasons(read("a.zip", bytes(content))) == ["encrypted", None]


def test_member_names_never_leave_the_archive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(samples.zipped({"../../evil.txt": b"text", "/etc/passwd": b"text"}))
    items = list(read_files([tmp_path], Carrier()))
    assert [item.origin.partition("!/")[2] for item in items] == ["../../evil.txt", "etc/passwd"]
    assert [path.name for path in tmp_path.rglob("*")] == ["a.zip"]


@pytest.mark.parametrize("name", ["bomb.gz", "bomb.jsonl.gz", "bomb.zip"])
def test_bomb_is_stopped_with_a_reason(name: str) -> None:
    bomb = gzip.compress(bytes(64 * 1024 * 1024), 9)
    items = read(name, samples.zipped({"rows.jsonl.gz": bomb}) if name == "bomb.zip" else bomb)
    assert reasons(items) == ["archive_limit"]
    assert items[0].content == b""


def test_nesting_has_an_end() -> None:
    content = b"text"
    for _ in range(limits.MAX_DEPTH + 1):
        content = samples.zipped({"a.zip": content})
    assert reasons(read("a.zip", content)) == ["archive_limit"]


def test_members_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MEMBERS", 2)
    content = samples.zipped({f"{number}.txt": b"text" for number in range(4)})
    stream = buffered(Metered(io.BytesIO(content)))
    budget = limits.Budget(members_left=2)
    items = list(read_opened(Opened("a.zip", "a.zip", stream, Carrier(), budget=budget)))
    assert reasons(items) == [None, None, "archive_limit"]


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.json", "rows.csv", "x.warc.gz", "texts.tar.gz", "texts.zip"])
def test_pipe_tells_its_format_by_content(name: str) -> None:
    items = list(read_stream(io.BytesIO(samples.ALL[name]), Carrier()))
    assert [item.problem for item in items][:2] == [None, None]
    assert all(item.origin.startswith("-:") for item in items)
    assert items == list(read_stream(io.BytesIO(samples.ALL[name]), Carrier()))


def _mutated(content: bytes, chance: random.Random) -> bytes:
    place, other = sorted(chance.randrange(len(content)) for _ in range(2))
    noise = chance.choice([b"\0", b'"', b"{", b"[" * 500, b"\xff\xfe", b"\\ud800", b"\n", chance.randbytes(8)])
    return chance.choice(
        [content[:place], content[:place] + noise + content[place:], content[:place] + content[other:], content[place:]]
    )


@pytest.mark.parametrize("name", samples.ALL)
def test_mutation_raises_nothing_and_each_input_counts_once(name: str) -> None:
    chance = random.Random(name)
    for _ in range(60):
        items = read(name, _mutated(samples.ALL[name], chance))
        origins = [item.origin for item in items]
        assert len(set(origins)) == len(origins)
        assert all(item.problem or item.media_type in ("text/plain", "text/html") for item in items)
