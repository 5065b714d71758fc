"""Object stores: read through fsspec, here from its file system in memory."""

from __future__ import annotations

import fsspec
import pytest

from etl.errors import UsageError
from etl.extract import remote
from etl.extract.item import Carrier


def test_folder_of_a_store_is_read_by_name() -> None:
    store = fsspec.filesystem("memory")
    store.pipe({"/news/b.txt": "Текст".encode(), "/news/a.jsonl": '{"text": "Строка"}\n'.encode()})
    items = list(remote.read_remote("memory://news", Carrier()))
    assert [item.origin for item in items] == ["memory:///news/a.jsonl#1", "memory:///news/b.txt"]
    assert [item.content.decode() for item in items] == ["Строка", "Текст"]


def test_address_that_is_not_there_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="no such file"):
        remote.check("memory://nowhere/at/all")
