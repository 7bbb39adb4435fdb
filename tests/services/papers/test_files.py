"""Files handed out: whole or not at all, with names every system takes."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathvalidate import is_valid_filename

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.services.files import file_name, write_file

ODD = ["CON", "3/4 季度", "会议:?*.", "..", "", "长" * 255, "\u202egnp.exe", ".hidden", "a\x00b"]


@pytest.mark.parametrize("title", ODD)
def test_odd_titles_make_names_that_windows_takes(title):
    name = file_name(title)
    assert is_valid_filename(f"{name}.pdf", platform="universal")
    assert 0 < len(name) <= 60
    assert not name.startswith(".")


@given(st.text(max_size=80))
def test_any_title_makes_a_name(title):
    assert is_valid_filename(f"{file_name(title)}.docx", platform="universal")


def test_an_older_file_stays_and_a_number_is_added(tmp_path):
    first = write_file(tmp_path, "名册", ".pdf", b"1")
    second = write_file(tmp_path, "名册", ".pdf", b"2")
    assert (first.name, second.name) == ("名册.pdf", "名册（2）.pdf")
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")
    assert write_file(tmp_path, "名册", ".pdf", b"3", force=True).read_bytes() == b"3"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["名册.pdf", "名册（2）.pdf"]


def test_a_place_that_is_no_folder_is_told_with_a_remedy(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BlockedError, match="无法在") as caught:
        write_file(tmp_path / "file", "名册", ".pdf", b"1")
    assert "换一个文件夹" in caught.value.remedy


def test_a_full_disk_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(28, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BlockedError, match="磁盘空间不足"):
        write_file(tmp_path, "名册", ".pdf", b"1")
    assert not list(tmp_path.glob("名册*"))
