"""Where everything goes out to and comes in from: what is wrong with the place is said of it."""

from __future__ import annotations

import pytest

from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.services.library import everything
from dangjian_desktop.services.library.bringing_in import import_all
from dangjian_desktop.services.library.everything import export_all
from dangjian_desktop.storage.file.failures import FullError
from tests.services.make import a_library, clock


def test_a_disk_that_is_full_is_that_of_the_folder(tmp_path, monkeypatch):
    library = a_library(tmp_path / "库")
    library.close()

    def full(*_, **__):
        raise FullError(f"磁盘已满，无法保存到资料库“{library.path}”", "")

    monkeypatch.setattr(everything, "backup", full)
    with pytest.raises(BlockedError, match=f"写入文件夹“{tmp_path}”") as told:
        export_all(library.path, tmp_path / "出", clock=clock)
    assert library.path.name not in told.value.message
    assert [each.name for each in tmp_path.iterdir()] == ["库"]


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(InputError, match="这个文件夹"):
        import_all(tmp_path / "没有", tmp_path / "新.dangjian")
