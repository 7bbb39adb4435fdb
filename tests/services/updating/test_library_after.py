"""What the program before makes of a library that a newer one has upgraded: it is shown and not
written, or refused in words; the copy from before the update is the way back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.services.desk import Desk, open_desk
from dangjian_desktop.services.library.copying import back_up, put_back
from dangjian_desktop.services.updating.updating import BEFORE_UPDATE, about_libraries
from dangjian_desktop.storage.copies.kept import kept_copies
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.tables import SCHEMA
from tests.golden.test_golden import HERE

GOLDEN = HERE / "0.1.0" / "示例.dangjian"


def branch_of(library: Path, name: str = "") -> str:
    desk: Desk = open_desk(library)
    try:
        if name:
            desk.branch.enter({"short_name": name, "change": "fix"})
        return desk.read_only
    finally:
        desk.close()


@pytest.fixture
def library(tmp_path) -> Path:
    """One of an earlier version, with the copy before the update, opened by the present one."""
    file = tmp_path / "支部.dangjian"
    shutil.copyfile(GOLDEN, file)
    back_up(file, reason=BEFORE_UPDATE)
    assert branch_of(file, "改过") == ""
    assert {copy.reason for copy in kept_copies(file)} >= {BEFORE_UPDATE, "升级前"}
    return file


def raised(library: Path, *more: str) -> bytes:
    """As a later version leaves it."""
    with raw(library, write=True) as connection:
        for each in (f"PRAGMA user_version = {SCHEMA + 1}", *more):
            connection.execute(each)
    return library.read_bytes()


def test_it_is_shown_and_nothing_can_be_saved(library):
    before = raised(library)
    assert "由更新版本的程序建立" in branch_of(library)
    with pytest.raises(BlockedError) as caught:
        branch_of(library, "旧版改的")
    assert "由更新版本的程序建立" in caught.value.message
    assert "请安装新版本的程序" in caught.value.remedy
    assert library.read_bytes() == before


def test_where_it_cannot_be_read_that_is_said(library):
    before = raised(library, "ALTER TABLE meeting RENAME TO meeting_2")
    with pytest.raises(BlockedError) as caught:
        branch_of(library)
    assert "由更新版本的程序建立" in caught.value.message
    assert library.read_bytes() == before


@pytest.mark.parametrize("more", [(), ("ALTER TABLE meeting RENAME TO meeting_2",)])
def test_the_copy_that_is_named_is_the_way_back(library, more):
    was = raised(library, *more)
    told = about_libraries(library)
    copy = next(each for each in kept_copies(library) if each.reason in (BEFORE_UPDATE, "升级前"))
    assert copy.file.name in told
    assert "只读" in told
    before, after = put_back(copy.file, library)
    assert before == (after if not more else {})
    kept = next(each for each in kept_copies(library) if each.reason == "恢复前原样")
    assert kept.file.read_bytes() == was
    assert branch_of(library, "旧版改的") == ""


def test_without_a_copy_none_is_named(tmp_path):
    assert "恢复更新以前的备份，" in about_libraries(tmp_path / "没有.dangjian")
