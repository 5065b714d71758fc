"""The same two articles in every format, built here so that no binary file lies in the repository."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard
from openpyxl import Workbook
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

ROWS = [
    {
        "title": "В Оше открыли мост",
        "text": "Мост через Ак-Бууру открыли в пятницу. Его строили два года.",
        "url": "https://example.kg/news/1",
        "date": "2025-08-22T10:21:00+06:00",
        "source": "example.kg",
        "id": "0012345678901234567890",
    },
    {
        "title": "Переговоры в Астане",
        "text": "Министры встретились в Астане и обсудили границу.",
        "url": "https://example.kg/news/2",
        "date": "2025-08-23T09:00:00+06:00",
        "source": "example.kg",
        "id": "7",
    },
]
BODIES = [row["text"] for row in ROWS]


def json_lines() -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()


def json_array() -> bytes:
    return json.dumps(ROWS, ensure_ascii=False, indent=1).encode()


def json_object() -> bytes:
    return json.dumps({"status": "ok", "response": {"docs": ROWS, "total": 2}}, ensure_ascii=False).encode()


def table(delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(ROWS[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(ROWS)
    return out.getvalue().encode(encoding)


def parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), out)
    return out.getvalue()


def workbook() -> bytes:
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    for values in (list(ROWS[0]), *(list(row.values()) for row in ROWS)):
        book.active.append(values)
    book.save(out)
    return out.getvalue()


def telegram() -> bytes:
    messages: list[dict[str, object]] = [
        {"id": 1, "type": "service", "action": "create_channel", "text": ""},
        {"id": 2, "type": "message", "date_unixtime": "1755836460", "date": "2025-08-22T10:21:00", "text": BODIES[0]},
        {"id": 3, "type": "message", "date_unixtime": "1755918000", "text": [BODIES[1], {"type": "bold", "text": "!"}]},
        {"id": 4, "type": "message", "date_unixtime": "1755918001", "photo": "photos/1.jpg", "text": ""},
    ]
    export = {"name": "Новости Оша", "type": "public_channel", "id": 1234567, "messages": messages}
    return json.dumps(export, ensure_ascii=False).encode()


def telegram_export() -> bytes:
    """Of all chats, in the order of Telegram Desktop: contacts, a letter, two channels, one that was left."""
    message = {"id": 5, "type": "message", "date_unixtime": "1755836460", "text": BODIES[0]}
    other = {**message, "id": 6, "text_entities": [{"type": "plain", "text": BODIES[1]}], "text": ""}
    first = {"name": "Новости {Оша}", "type": "public_channel", "id": 12, "messages": [message, other]}
    chats = [
        {"name": "Аня", "type": "personal_chat", "id": 11, "messages": [{**message, "text": "Привет!"}] * 3},
        {**first, "messages": []},
        first,
        {"name": None, "type": "private_channel", "username": "osh_news", "id": 13, "messages": [other]},
    ]
    export = {
        "about": "Here is the data",
        "contacts": {"about": "", "list": [{"first_name": "Аня", "phone_number": "+996"}]},
        "chats": {"about": 'all "chats"', "list": chats},
        "left_chats": {"about": "", "list": [{**first, "id": 14}]},
    }
    return json.dumps(export, ensure_ascii=False, indent=1).encode()


def page(row: dict[str, str] = ROWS[0]) -> str:
    return (
        f"<html><head><title>{row['title']}</title></head><body><article><p>{row['text']}</p></article></body></html>"
    )


def warc(zipped: bool = True) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=zipped)
    for row, kind in zip([*ROWS, ROWS[0]], ["text/html; charset=windows-1251"] * 2 + ["image/png"], strict=True):
        http = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        payload = io.BytesIO(page(row).encode("cp1251"))
        dated = {"WARC-Date": datetime(2025, 8, 24, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
        record = writer.create_warc_record(
            row["url"], "response", payload=payload, http_headers=http, warc_headers_dict=dated
        )
        writer.write_record(record)
    return out.getvalue()


def mhtml() -> bytes:
    head = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    kind = b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
    return head + kind + b"Content-Location: https://example.kg/news/1\r\n\r\n" + page().encode() + b"\r\n--b--\r\n"


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


TEXTS = {"a/one.txt": BODIES[0].encode(), "b/two.txt": BODIES[1].encode()}

ROW_FILES = {
    "rows.jsonl": json_lines(),
    "rows.ndjson": json_lines(),
    "rows.json": json_array(),
    "object.json": json_object(),
    "rows.csv": table(),
    "excel.csv": table(";", "cp1251"),
    "bom.csv": table(";", "utf-8-sig"),
    "unicode.tsv": table("\t", "utf-16"),
    "rows.tsv": table("\t"),
    "rows.parquet": parquet(),
    "rows.xlsx": workbook(),
    "rows.jsonl.gz": gzip.compress(json_lines()),
    "rows.jsonl.bz2": bz2.compress(json_lines()),
    "rows.jsonl.xz": lzma.compress(json_lines()),
    "rows.jsonl.zst": zstandard.compress(json_lines()),
    "rows.parquet.gz": gzip.compress(parquet()),
    "rows.csv.zip": zipped({"rows.csv": table()}),
    "nested.zip": zipped({"inner.zip": zipped({"rows.jsonl.gz": gzip.compress(json_lines())})}),
    "no_suffix": json_lines(),
    "no_suffix_table": table(),
}
ARCHIVES = {
    "texts.zip": zipped(TEXTS),
    "texts.tar": tarred(TEXTS),
    "texts.tar.gz": gzip.compress(tarred(TEXTS)),
    "texts.tgz": gzip.compress(tarred(TEXTS)),
    "texts.tar.zst": zstandard.compress(tarred(TEXTS)),
}
OTHERS = {
    "page.mhtml": mhtml(),
    "chat.json": telegram(),
    "chats.json": telegram_export(),
    "x.warc.gz": warc(),
    "x.warc": warc(zipped=False),
}
ALL = {**ROW_FILES, **ARCHIVES, **OTHERS}
