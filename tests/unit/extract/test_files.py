"""Files and folders to items: order, carriers, formats, and everything that can be wrong with a file."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from etl.errors import UsageError
from etl.extract.files import count_files, read_files
from etl.extract.formats import MAX_ARTICLE_BYTES, MAX_KEPT_BYTES
from etl.extract.item import Carrier, RawItem


def read(*paths: Path, default: Carrier | None = None) -> list[RawItem]:
    return list(read_files(list(paths), default or Carrier()))


def reasons(items: list[RawItem]) -> list[str | None]:
    return [item.problem and item.problem.reason_code for item in items]


def test_folder_is_read_recursively_and_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b/1.txt", "c/deep/3.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text", encoding="utf-8")
    assert [item.origin for item in read(tmp_path)] == [
        str(tmp_path / name) for name in ("a.txt", "b/1.txt", "b/2.txt", "c/deep/3.txt")
    ]
    assert count_files([tmp_path]) == 4


def test_overlapping_paths_give_each_file_once(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("text", encoding="utf-8")
    assert len(read(tmp_path, file, file)) == 1


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("x", encoding="utf-8")
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    assert read(tmp_path) == []


def test_content_is_exactly_what_the_file_holds(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfa\r\nb")
    (item,) = read(tmp_path)
    assert item.content == b"\xef\xbb\xbfa\r\nb"
    assert item.problem is None


def test_missing_path_is_a_usage_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.txt"):
        read(tmp_path / "nowhere.txt")


def test_manifest_gives_the_carrier(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text", encoding="utf-8")
    (tmp_path / "manifest.csv").write_text("file,url,source\na.txt,https://24.kg/1,24.kg\n", encoding="utf-8")
    (item,) = read(tmp_path)
    assert item.carrier == Carrier(url="https://24.kg/1", source="24.kg")


def test_manifest_counts_for_a_file_named_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text", encoding="utf-8")
    (tmp_path / "b.txt").write_text("text", encoding="utf-8")
    (tmp_path / "manifest.csv").write_text("file,title\na.txt,Headline\n", encoding="utf-8")
    (item,) = read(tmp_path / "a.txt")
    assert item.carrier.title == "Headline"


def test_sidecar_wins_over_manifest_and_manifest_over_default(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text", encoding="utf-8")
    (tmp_path / "manifest.csv").write_text("file,title,published\na.txt,From manifest,2025-01-01\n", encoding="utf-8")
    (tmp_path / "a.meta.json").write_text(json.dumps({"title": "From sidecar"}), encoding="utf-8")
    (item,) = read(tmp_path, default=Carrier(default_source="24.kg", timezone="Asia/Almaty"))
    assert item.carrier == Carrier(
        title="From sidecar", published="2025-01-01", default_source="24.kg", timezone="Asia/Almaty"
    )


@pytest.mark.parametrize("sidecar", ["{", "[]", '{"title": 1}', "[" * 100_000])
def test_wrong_sidecar_rejects_its_file_and_no_other(tmp_path: Path, sidecar: str) -> None:
    (tmp_path / "a.txt").write_text("text", encoding="utf-8")
    (tmp_path / "b.txt").write_text("text", encoding="utf-8")
    (tmp_path / "a.meta.json").write_text(sidecar, encoding="utf-8")
    assert reasons(read(tmp_path)) == ["bad_carrier", None]


@pytest.mark.parametrize(
    "manifest", ["name,url\na.txt,x\n", "file,colour\na.txt,red\n", "file,url\na.txt,x,y\n", "file,url\n../a.txt,x\n"]
)
def test_wrong_manifest_rejects_the_files_of_its_folder(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "a.txt").write_text("text", encoding="utf-8")
    (tmp_path / "manifest.csv").write_text(manifest, encoding="utf-8")
    assert reasons(read(tmp_path)) == ["bad_carrier"]


def test_file_that_only_the_manifest_knows_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text("file,url\ngone.txt,https://24.kg/1\n", encoding="utf-8")
    (item,) = read(tmp_path)
    assert (item.origin, reasons([item])) == (str(tmp_path / "gone.txt"), ["unreadable"])


def test_folder_that_cannot_be_entered_is_an_item(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: str | Path) -> object:
        if str(folder).endswith("closed"):
            raise PermissionError(13, "Permission denied", folder)
        return scandir(folder)

    scandir = os.scandir
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.txt").write_text("text", encoding="utf-8")
    monkeypatch.setattr(os, "scandir", refuse)
    items = read(tmp_path)
    assert [Path(item.origin).name for item in items] == ["a.txt", "closed"]
    assert reasons(items) == [None, "unreadable"]


def test_other_formats_are_rejected_and_kept(tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_text("[1]", encoding="utf-8")
    (item,) = read(tmp_path)
    assert reasons([item]) == ["unsupported_format"]
    assert item.content == b"[1]"


def test_file_larger_than_any_article_is_rejected_and_kept(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_bytes(b"a" * (MAX_ARTICLE_BYTES + 1))
    (item,) = read(tmp_path)
    assert reasons([item]) == ["too_large"]
    assert len(item.content) == MAX_ARTICLE_BYTES + 1


def test_file_too_large_to_keep_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as stream:
        stream.truncate(MAX_KEPT_BYTES + 1)
    (item,) = read(tmp_path)
    assert (reasons([item]), item.content, item.byte_length) == (["too_large"], b"", MAX_KEPT_BYTES + 1)


def test_file_name_that_is_no_unicode_gets_a_printable_origin(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff.txt"
    try:
        with open(name, "wb") as stream:  # noqa: PTH123 - a path of bytes
            stream.write(b"text")
    except OSError:
        pytest.skip("this file system takes no name that is not UTF-8")
    (item,) = read(tmp_path)
    assert item.origin.endswith(r"\xff.txt")


def test_fingerprint_depends_on_content_and_carrier() -> None:
    same = RawItem("a", b"text").fingerprint
    assert RawItem("b", b"text").fingerprint == same
    assert RawItem("a", b"text!").fingerprint != same
    assert RawItem("a", b"text", carrier=Carrier(title="t")).fingerprint != same


def test_link_that_loops_is_an_item_and_takes_nothing_with_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text", encoding="utf-8")
    (tmp_path / "nowhere").symlink_to("gone")
    (tmp_path / "self").symlink_to("self")
    assert reasons(read(tmp_path)) == [None, "unreadable", "unreadable"]


def test_linked_folder_is_said_to_be_there(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "in" / "link").symlink_to(tmp_path / "out")
    (item,) = read(tmp_path / "in")
    assert item.problem is not None
    assert "not followed" in item.problem.detail


def test_file_with_the_longest_name_is_read(tmp_path: Path) -> None:
    (tmp_path / ("a" * 251 + ".txt")).write_text("text", encoding="utf-8")
    assert reasons(read(tmp_path)) == [None]


def test_hidden_file_that_is_named_is_read(tmp_path: Path) -> None:
    (tmp_path / ".note.txt").write_text("text", encoding="utf-8")
    assert reasons(read(tmp_path / ".note.txt")) == [None]


def test_manifest_named_as_an_input_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text("file,url\n", encoding="utf-8")
    with pytest.raises(UsageError, match="speaks of inputs"):
        read(tmp_path / "manifest.csv")


def test_pipe_is_a_usage_error_and_blocks_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="neither a file nor a folder"):
        read(tmp_path / "pipe")


@pytest.mark.parametrize("sidecar", ['{"url": "javascript:alert(1)"}', '{"tilte": "x"}'])
def test_sidecar_with_what_it_should_not_say_rejects_its_file(tmp_path: Path, sidecar: str) -> None:
    (tmp_path / "a.txt").write_text("text", encoding="utf-8")
    (tmp_path / "a.meta.json").write_text(sidecar, encoding="utf-8")
    assert reasons(read(tmp_path)) == ["bad_carrier"]
