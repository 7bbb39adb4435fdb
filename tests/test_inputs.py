"""What a user brings is a regular file of bearable size; all else gets its sentence at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.inputs import open_input, read_input

LIMIT = 4096


def a_pipe(folder: Path) -> Path:
    os.mkfifo(folder / "管道")
    return folder / "管道"


def a_file(folder: Path, size: int) -> Path:
    (folder / "名单").write_bytes(b"a" * size)
    return folder / "名单"


def a_ring(folder: Path) -> Path:
    (folder / "甲").symlink_to(folder / "乙")
    (folder / "乙").symlink_to(folder / "甲")
    return folder / "甲"


REFUSED = {
    "missing": (lambda folder: folder / "没有", "没有找到文件"),
    "behind a file": (lambda folder: a_file(folder, 1) / "名单", "没有找到文件"),
    "folder": (lambda folder: folder, "是文件夹"),
    "pipe": (a_pipe, "是设备或管道"),
    "device": (lambda _folder: Path("/dev/zero"), "是设备或管道"),
    "link to a pipe": (lambda folder: a_link(folder, a_pipe(folder)), "是设备或管道"),
    "one byte too many": (lambda folder: a_file(folder, LIMIT + 1), "超过4KB"),
    "no name": (lambda folder: folder / "甲\0乙", "不能作为文件名"),
    "too long a name": (lambda folder: folder / ("名" * 300), "不能作为文件名"),
    "ring of links": (a_ring, "不能作为文件名"),
}


def a_link(folder: Path, to: Path) -> Path:
    (folder / "链接").symlink_to(to)
    return folder / "链接"


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices with a path")
@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_regular_file_is_refused_at_once(tmp_path, case):
    make, words = REFUSED[case]
    file = make(tmp_path)
    for way in (read_input, lambda path, limit: open_input(path, limit).__enter__()):
        with pytest.raises(InputError, match=words) as refused:
            way(file, LIMIT)
        assert refused.value.remedy


def test_a_file_up_to_the_limit_is_read_whole(tmp_path):
    assert read_input(a_file(tmp_path, LIMIT), LIMIT) == b"a" * LIMIT
    assert read_input(a_file(tmp_path, 0), LIMIT) == b""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_what_may_not_be_read_says_so(tmp_path):
    file = a_file(tmp_path, 1)
    file.chmod(0)
    with pytest.raises(BlockedError, match="打不开"):
        read_input(file, LIMIT)


def test_a_file_that_grows_while_it_is_read_is_not_read_without_end(tmp_path, monkeypatch):
    file = a_file(tmp_path, 1)
    real = os.fstat

    def before_it_grew(descriptor: int) -> os.stat_result:
        found = real(descriptor)
        with file.open("ab") as more:
            more.write(b"a" * 3 * LIMIT)
        return found

    monkeypatch.setattr(os, "fstat", before_it_grew)
    with pytest.raises(InputError, match="超过4KB"):
        read_input(file, LIMIT)
