"""Versions beside each other: what starts is one whole version, whatever happens on the way."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dangjian_desktop.services.updating.laying import REMEDIES
from tests.faults.cases import WHOLE
from tests.installer.versions import LINUX, Killer, a_version, lay, started, whole, write_list

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the set-up of Linux")
ENDS = (-9, 0)
"""Two tools of a pipe may count as one: then the last point lies behind the end."""
DEEP = "党 支部" * 10 + "/" + "资料 abc " * 15


@pytest.fixture
def root(tmp_path) -> Path:
    return tmp_path / "程序 文件夹"


@pytest.fixture
def one(tmp_path) -> Path:
    return a_version(tmp_path / "一", "0.1.0")


@pytest.fixture
def two(tmp_path) -> Path:
    return a_version(tmp_path / "二", "0.2.0")


@pytest.fixture
def laid(root, one) -> Path:
    assert lay("put", root, one).returncode == 0
    return root


def names(root: Path) -> list[str]:
    found = [path.name for path in (root / "versions").iterdir()]
    return sorted(name for name in found if not name.startswith(".use."))


def refused(root: Path, *words: object, said: str) -> None:
    """It is refused in words, nothing is left, and what was there starts."""
    before = names(root)
    done = lay("put", root, *words)
    assert done.returncode not in (0, 2)
    assert said in done.stderr
    assert "原来的版本没有动" in done.stderr
    assert names(root) == before
    assert started(root, "a") == "0.1.0 a"
    assert whole(root)


def test_a_version_is_laid_and_starts_by_its_entry(root, one):
    done = lay("put", root, one)
    assert (done.returncode, done.stderr) == (0, "已装好 0.1.0。\n")
    assert started(root, "new", "--name", "甲 乙") == "0.1.0 new --name 甲 乙"
    assert whole(root)
    assert names(root) == ["0.1.0"]
    assert sorted(path.name for path in root.iterdir()) == [
        *(".lock", "current", "dangjian", "dangjian-desktop", "uninstall", "versions")
    ]


def test_out_of_a_stream_it_is_the_same(root, one):
    tar = subprocess.run(["tar", "-c", "-C", str(one), "."], check=True, capture_output=True)
    done = subprocess.run(
        ["sh", str(LINUX / "lay.sh"), "put", str(root), "-"], check=False, input=tar.stdout
    )
    assert done.returncode == 0
    assert whole(root)
    assert started(root, "a") == "0.1.0 a"


def test_a_half_stream_leaves_what_was_there(laid, two):
    tar = subprocess.run(["tar", "-c", "-C", str(two), "."], check=True, capture_output=True)
    for part in (0, len(tar.stdout) // 2, len(tar.stdout) // 2 + 700):
        given = tar.stdout[:part]
        call = ["sh", str(LINUX / "lay.sh"), "put", str(laid), "-"]
        done = subprocess.run(call, check=False, input=given, capture_output=True)
        assert done.returncode in (5, 6)
        assert "没有" in done.stderr.decode() or "不完整" in done.stderr.decode()
        assert started(laid, "a") == "0.1.0 a"


def test_an_update_stands_beside_until_it_has_started(laid, two):
    assert lay("put", laid, two).returncode == 0
    assert started(laid, "a") == "0.2.0 a"
    assert names(laid) == ["0.1.0", "0.2.0"]
    assert lay("sweep", laid).returncode == 0
    assert names(laid) == ["0.2.0"]
    assert started(laid, "a") == "0.2.0 a"
    assert not (laid / "previous").exists()


def test_the_one_before_can_be_put_back(laid, two):
    lay("put", laid, two)
    assert lay("back", laid).stderr == "已换回 0.1.0。\n"
    assert started(laid, "a") == "0.1.0 a"
    lay("sweep", laid)
    assert lay("back", laid).returncode == 9


def test_the_same_again_changes_nothing_and_mends_what_is_damaged(laid, one):
    assert "已经装有同样的版本" in lay("put", laid, one).stderr
    assert names(laid) == ["0.1.0"]
    (laid / "versions" / "0.1.0" / "_internal" / "部分 3").unlink()
    assert lay("put", laid, one).returncode == 0
    assert whole(laid)
    assert started(laid, "a") == "0.1.0 a"


# ---- bad input ---------------------------------------------------------------------------------


def test_one_changed_byte_is_refused(laid, two):
    part = two / "_internal" / "部分 5"
    content = bytearray(part.read_bytes())
    content[7] ^= 1
    part.write_bytes(content)
    refused(laid, two, said="与清单不符")


def test_a_file_too_many_or_too_few_is_refused(laid, two):
    (two / "_internal" / "另外").touch()
    refused(laid, two, said="与清单不符")
    (two / "_internal" / "另外").unlink()
    (two / "_internal" / "部分 5").unlink()
    refused(laid, two, said="与清单不符")
    (two / "files.sha256").unlink()
    refused(laid, two, said="与清单不符")


def test_an_earlier_one_is_refused_unless_asked_for(laid, two, one):
    older = a_version(two.parent / "早", "0.0.9")
    refused(laid, older, said="这是较早的版本 0.0.9，已经装有 0.1.0")
    assert lay("put", laid, older, "--older").returncode == 0
    assert started(laid, "a") == "0.0.9 a"


def test_versions_are_compared_as_numbers(tmp_path, root):
    assert lay("put", root, a_version(tmp_path / "九", "0.9.0")).returncode == 0
    assert lay("put", root, a_version(tmp_path / "十", "0.10.0")).returncode == 0


def test_one_that_fails_its_self_test_is_not_switched_to(tmp_path, laid):
    bad = a_version(tmp_path / "坏", "0.2.0", code=1, told="不通过　窗口：缺少 libxcb")
    refused(laid, bad, said="不通过　窗口：缺少 libxcb")
    assert (laid / "self-test" / "output.txt").is_file()


def test_a_library_that_the_system_lacks_is_named_with_its_package(laid, two):
    lines = "libc.so.6 libc6\nlibzzz-a.so.7 zzz1\nlibzzz-b.so.7 zzz1\nlibzzz-c.so.8 zzz2 zzz2t64\n"
    (two / "system-libraries").write_text(lines, encoding="ascii")
    write_list(two)
    refused(laid, two, said="缺少系统库 libzzz-a.so.7（软件包 zzz1）、libzzz-b.so.7（软件包 zzz1）")
    done = lay("put", laid, two)
    assert done.returncode == 11
    assert "libzzz-c.so.8（软件包 zzz2 或 zzz2t64）" in done.stderr
    assert done.stderr.startswith("这台电脑缺少系统库")  # and no self-test was begun
    assert "请管理员安装后再试：apt install zzz1 zzz2\n" in done.stderr
    assert "libc.so.6" not in done.stderr
    assert lay("put", laid, two, "--no-test").returncode == 0


@pytest.mark.parametrize("table", [True, False], ids=["with ldconfig", "without"])
def test_what_the_loader_finds_is_never_called_missing(tmp_path, laid, two, table):
    tools, more = tmp_path / "tools", tmp_path / "more"
    for folder in (tools, more):
        folder.mkdir()
    if not table:
        (tools / "ldconfig").write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
        (tools / "ldconfig").chmod(0o755)
    (two / "_internal" / "libzzz-own.so.1").touch()
    (more / "libzzz-more.so.1").touch()
    names = ("libc.so.6", "libm.so.6", "libzzz-own.so.1", "libzzz-more.so.1")
    lines = "".join(f"{name} zzz\n" for name in names)
    (two / "system-libraries").write_text(lines, encoding="ascii")
    write_list(two)
    env = {**os.environ, "PATH": f"{tools}:/usr/bin:/bin", "LD_LIBRARY_PATH": f"/nowhere:{more}"}
    done = lay("put", laid, two, env=env)
    assert (done.returncode, done.stderr) == (0, "已装好 0.2.0。\n")


def test_what_the_table_of_the_loader_names_and_is_gone_is_missing(tmp_path, two):
    tools = tmp_path / "tools"
    tools.mkdir()
    told = "libzzz-a.so.7 (libc6,x86-64) => /nowhere/libzzz-a.so.7"
    (tools / "ldconfig").write_text(f"#!/bin/sh\nprintf '\\t{told}\\n'\n", encoding="ascii")
    (tools / "ldconfig").chmod(0o755)
    (two / "system-libraries").write_text("libzzz-a.so.7 zzz1\n", encoding="ascii")
    env = {**os.environ, "PATH": f"{tools}:/usr/bin:/bin"}
    assert "libzzz-a.so.7" in lay("lacking", two, env=env).stdout
    there = tools / "libzzz-a.so.7"
    there.touch()
    text = (tools / "ldconfig").read_text("ascii").replace("/nowhere", str(tools))
    (tools / "ldconfig").write_text(text, encoding="ascii")
    assert lay("lacking", two, env=env).stdout == ""


def test_every_code_of_the_layer_has_its_remedy():
    text = (LINUX / "lay.sh").read_text("utf-8")
    codes = {int(code) for code in re.findall(r'fail ".*" (\d+)(?:$| *;)', text, re.M)}
    assert {3, 8, 11} <= codes
    assert codes <= {*REMEDIES}


def test_a_place_that_cannot_be_written_to_is_told(tmp_path, one):
    place = tmp_path / "文件"
    place.touch()
    done = lay("put", place / "下", one)
    assert done.returncode == 3
    assert str(place) in done.stderr


def test_a_folder_that_cannot_be_written_to_is_told_whatever_the_shell_does(laid, two):
    (laid / ".lock").unlink()
    (laid / ".lock").mkdir()  # nothing can be written there, by root neither
    refused(laid, two, said="无法在")


def test_a_long_path_with_blanks_and_chinese_will_do(tmp_path, one):
    root = tmp_path / DEEP
    assert len(str(root)) > 200
    assert len(str(root).encode()) <= 400
    assert lay("put", root, one).returncode == 0
    assert started(root, "a") == "0.1.0 a"


def test_a_path_that_is_too_long_for_a_library_is_told_before_anything_is_made(tmp_path, one):
    root = tmp_path / ("党 支部" * 20) / ("资料 " * 30)
    done = lay("put", root, one)
    assert done.returncode == 12
    assert "路径太长" in done.stderr
    assert f"{len(str(root).encode())} 个字节" in done.stderr
    assert not root.parent.exists()


def test_where_nothing_was_there_no_version_before_is_told_of(tmp_path, root):
    bad = a_version(tmp_path / "坏", "0.2.0", code=1, told="不通过　窗口：缺少 libxcb")
    said = lay("put", root, bad).stderr
    assert "没有装上" in said
    assert "原来的版本" not in said


def test_the_same_again_takes_a_report_away_that_was_left(laid, one):
    (laid / "self-test").mkdir()
    assert lay("put", laid, one).returncode == 0
    assert not (laid / "self-test").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounts a small disk")
def test_a_stick_that_starts_no_programs_is_told_before_anything_is_copied(tmp_path, one):
    disk = tmp_path / "盘"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m,noexec", "tmpfs", str(disk)]
    subprocess.run(mount, check=True)
    try:
        done = lay("put", disk / "程序", one)
        assert done.returncode == 3
        assert done.stderr.startswith("这个位置不许启动程序")
        assert names(disk / "程序") == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_two_at_once_do_not_disturb_each_other(laid, two):
    with (laid / ".lock").open("w") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        refused(laid, two, said="正在安装或更新")
    assert lay("put", laid, two).returncode == 0


def test_a_version_that_is_in_use_is_not_taken_away(laid, two):
    lay("put", laid, two)
    use = laid / "versions" / ".use.0.1.0"
    with use.open("w") as opened:
        fcntl.flock(opened, fcntl.LOCK_SH)
        lay("sweep", laid)
        assert names(laid) == ["0.1.0", "0.2.0"]
    lay("sweep", laid)
    assert names(laid) == ["0.2.0"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounts a small disk")
@pytest.mark.parametrize("kilobytes", [0, 4, 24, 64])
def test_a_full_disk_leaves_what_was_there(tmp_path, one, two, kilobytes):
    disk = tmp_path / "盘"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)]
    subprocess.run(mount, check=True)
    try:
        root = disk / "程序"
        assert lay("put", root, one).returncode == 0
        free = shutil.disk_usage(disk).free - kilobytes * 1024
        (disk / "别的").write_bytes(b"x" * max(0, free))
        done = lay("put", root, two)
        assert done.returncode in (3, 5), done.stderr
        assert "空间" in done.stderr
        assert "cannot" not in done.stderr
        assert started(root, "a") == "0.1.0 a"
        assert whole(root)
        (disk / "别的").unlink()
        assert lay("put", root, two).returncode == 0
        assert started(root, "a") == "0.2.0 a"
    finally:
        subprocess.run(["umount", str(disk)], check=True)


# ---- killed ------------------------------------------------------------------------------------


@pytest.fixture
def killer(tmp_path) -> Killer:
    return Killer(tmp_path)


def points(killer: Killer, root: Path, version: Path) -> list[tuple[int, str]]:
    """Before and after each tool that a whole run calls."""
    assert killer.lay("put", root, version, kill=0, when="never") == 0
    found = int(killer.count.read_text())
    assert found >= 20
    all_of_them = [(n, when) for n in range(1, found + 1) for when in ("before", "after")]
    return all_of_them if WHOLE else all_of_them[::3]


def test_killed_anywhere_a_first_set_up_leaves_nothing_or_a_whole_version(tmp_path, killer, one):
    found = points(killer, tmp_path / "量", one)
    for number, when in found:
        root = tmp_path / f"{number} {when}"
        assert killer.lay("put", root, one, kill=number, when=when) in ENDS
        if (root / "current").exists():
            assert whole(root)
            assert started(root, "a") == "0.1.0 a"
        elif (root / "dangjian").exists():
            assert "没有装好" in started(root, "a")
        assert lay("put", root, one).returncode == 0
        assert started(root, "a") == "0.1.0 a"
        lay("sweep", root)
        assert len(names(root)) == 1


def test_killed_anywhere_an_update_leaves_one_whole_version(tmp_path, killer, one, two):
    measured = tmp_path / "量"
    lay("put", measured, one)
    found = points(killer, measured, two)
    seen = set()
    for number, when in found:
        root = tmp_path / f"{number} {when}"
        lay("put", root, one)
        assert killer.lay("put", root, two, kill=number, when=when) in ENDS
        seen.add(started(root, "a"))
        assert whole(root), (number, when)
        assert lay("put", root, two).returncode == 0
        assert started(root, "a") == "0.2.0 a"
        lay("sweep", root)
        assert len(names(root)) == 1
    assert seen == {"0.1.0 a", "0.2.0 a"}


def test_killed_anywhere_a_sweep_leaves_what_starts(tmp_path, killer, one, two):
    for number in range(1, 9):
        root = tmp_path / str(number)
        lay("put", root, one)
        lay("put", root, two)
        killer.lay("sweep", root, kill=number, when="before")
        assert started(root, "a") == "0.2.0 a"
        assert whole(root)
        lay("sweep", root)
        assert names(root) == ["0.2.0"]


def test_the_list_of_a_replaced_library_can_be_written_anew(laid, two):
    # What licences/Qt.txt tells: Qt may be replaced, the list is then made anew.
    (two / "_internal" / "部分 5").write_bytes(b"own")
    write_list(two)
    assert lay("put", laid, two).returncode == 0
