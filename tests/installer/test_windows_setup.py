"""The set-up of Windows under Wine, judged by what lies there afterwards, not by its exit code:
``sh installer/windows/rehearse.sh``."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.installer.setups import PLACE, UNINSTALL
from tests.installer.windows import (
    PATIENCE,
    WHOLE,
    compiled,
    current,
    dos,
    make_setup,
    names,
    staged,
    until,
    whole,
)

pytestmark = pytest.mark.skipif(not WHOLE, reason="sh installer/windows/rehearse.sh")


def test_installed_taken_off_installed_again_and_updated_twice(desk):
    desk.install("0.1.0")
    desk.is_right("0.1.0")
    desk.mine.touch()
    desk.take_off()
    desk.is_gone()
    assert desk.mine.exists()
    assert "资料库、备份和设置没有动" in desk.log
    desk.install("0.1.0")
    desk.is_right("0.1.0")
    desk.desk.unlink()
    for version in ("0.2.0", "0.3.0"):
        desk.install(version)
        # Whoever has taken it from the desk is not given it again.
        assert not desk.desk.exists()
        shutil.copyfile(desk.menu, desk.desk)
        desk.is_right(version)
        assert len(names(desk.root)) > 1
        desk.desk.unlink()
    shutil.copyfile(desk.menu, desk.desk)
    desk.take_off()
    desk.is_gone()
    assert desk.mine.exists()


def test_the_same_again_and_an_older_one(desk):
    desk.install("0.2.0")
    assert desk.install("0.2.0") == 0
    desk.is_right("0.2.0")
    assert desk.install("0.1.0") == 7
    desk.is_right("0.2.0")
    assert "这是较早的版本 0.1.0，已经装有 0.2.0" in desk.log
    assert desk.install("0.1.0", "/OLDER") == 0
    desk.is_right("0.1.0")


def test_one_that_fails_its_self_test_leaves_what_was_there(desk):
    desk.install("0.1.0")
    assert desk.install("0.4.0") == 8
    assert names(desk.root) == ["0.1.0"]
    assert "不通过　窗口：缺少 Qt6Gui.dll" in desk.log
    assert "代码 8" in desk.log
    shutil.rmtree(desk.root / "self-test")
    desk.is_right("0.1.0")


def test_while_it_is_open_it_is_updated_and_not_taken_off(desk, made):
    desk.install("0.1.0")
    (desk.root / "versions" / "0.1.0" / "python" / "stand-in").write_text("stay 1\n")
    make_setup.write_list(desk.root / "versions" / "0.1.0")
    desk.wine.calls()
    desk.wine.begin(desk.root / "dangjian-desktop.exe", heard=False).wait(PATIENCE)
    until((desk.wine.told / "told").exists)
    removing = desk.root / "uninstall.exe"
    desk.wine.begin(removing, "/S", f"_?={PLACE}", heard=False).wait(PATIENCE)
    assert "程序还开着，没有卸载" in desk.log
    desk.is_right("0.1.0")
    assert desk.install("0.2.0") == 0
    assert desk.is_one_whole_version() == "0.2.0"
    assert whole(desk.root / "versions" / "0.1.0")
    (desk.wine.told / "let-go").touch()
    until(lambda: "结束（代码 0）" in desk.wine.log)
    desk.is_right("0.2.0")


def test_what_a_killed_set_up_has_begun_goes_on_undisturbed(desk, made):
    desk.install("0.1.0")
    end = compiled("end.c", made.folder / "end.exe", "-mconsole")
    begun = desk.wine.begin(desk.setups["0.5.0"], "/S", heard=False)
    until((desk.root / "self-test" / "output.txt").exists)
    assert desk.wine.run(end, desk.setups["0.5.0"].name).returncode == 0
    begun.wait(PATIENCE)
    assert desk.install("0.2.0") == 4
    assert "这里正在安装或更新" in desk.log
    (desk.wine.told / "let-go").touch()
    until(lambda: current(desk.root) == "0.5.0")
    assert desk.is_one_whole_version() == "0.5.0"
    assert desk.install("0.5.0") == 0
    desk.is_right("0.5.0")


def test_a_portable_folder_is_not_installed_into(desk, tmp_path):
    (tmp_path / "portable").touch()
    assert desk.wine.run(desk.setups["0.1.0"], "/S", f"/D={dos(tmp_path)}").returncode == 3
    assert "这个文件夹里是便携版" in desk.log
    assert [path.name for path in tmp_path.iterdir()] == ["portable"]
    desk.is_gone()


def test_a_half_copied_or_changed_set_up_changes_nothing(desk, tmp_path):
    desk.install("0.1.0")
    content = desk.setups["0.2.0"].read_bytes()
    middle = len(content) // 2
    changed = bytearray(content)
    changed[middle] ^= 1
    given = [content[:1000], content[:middle], content[:-1], content[:-100_000], bytes(changed)]
    for number, part in enumerate(given):
        path = tmp_path / f"setup-{number}.exe"
        path.write_bytes(part)
        begun = desk.wine.begin(path, "/S")
        try:
            begun.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            desk.wine.end()
            begun.communicate()
        assert begun.returncode != 0
        assert names(desk.root) == ["0.1.0"]
    desk.is_right("0.1.0")


def test_a_path_with_blanks_and_chinese_and_two_hundred_letters(desk, tmp_path):
    given = dos(tmp_path)  # what reg says has no Chinese
    length = 0
    for length in (176, 215):
        root = Path(str(tmp_path / "盘" / ("党 支部/" * 50))[: length - 2].rstrip(" /"))
        # In words of their own: quoted, the set-up would not read them.
        desk.wine.run(desk.setups["0.1.0"], "/S", *f"/D={dos(root)}".split(" "))
        if length < 200:
            until((root / "uninstall.exe").exists)
            until(lambda: desk.value(UNINSTALL, "InstallLocation").startswith(given))
            assert whole(root / "versions" / current(root))
            desk.wine.run(root / "uninstall.exe", "/S")
            until(lambda root=root: not root.exists())
        else:
            until(lambda: "路径太长" in desk.log)
            assert not root.exists()
    desk.is_gone()


def test_a_full_disk_leaves_what_was_there(desk, tmp_path):
    disk = tmp_path / "盘"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(disk)], check=True)
    drive = desk.wine.prefix / "dosdevices" / "w:"
    drive.symlink_to(disk)
    root = disk / "程序"
    try:
        for version in ("0.1.0", "0.2.0"):
            desk.wine.run(desk.setups[version], "/S", r"/D=W:\程序")
            until(lambda: "0.2.0" in desk.log or (root / "uninstall.exe").exists())
            free = shutil.disk_usage(disk).free
            (disk / "别的").write_bytes(b"x" * max(0, free - 3_000_000))
        until(lambda: "磁盘空间不足" in desk.log)
        assert current(root) == "0.1.0"
        assert whole(root / "versions" / "0.1.0")
        (disk / "别的").unlink()
        desk.wine.run(desk.setups["0.2.0"], "/S", r"/D=W:\程序")
        until(lambda: current(root) == "0.2.0")
        desk.wine.run(root / "uninstall.exe", "/S")
        until(lambda: not root.exists())
    finally:
        desk.wine.end()
        drive.unlink()
        subprocess.run(["umount", str(disk)], check=True)


# ---- what is handed out ------------------------------------------------------------------------


def test_two_runs_make_the_same_and_the_portable_one_starts_where_it_is_unpacked(
    wine, made, tmp_path
):
    given = staged(tmp_path / "备", "0.2.0", made.python)
    one = make_setup.make_windows(given, "0.2.0", tmp_path / "一")
    two = make_setup.make_windows(given, "0.2.0", tmp_path / "二")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert [path.name for path in one] == [
        "dangjian-desktop-0.2.0-windows-x86_64-setup.exe",
        "dangjian-desktop-0.2.0-windows-x86_64-portable.zip",
    ]
    with pytest.raises(make_setup.ReleaseError):
        make_setup.make_windows(given, "0.2.0", tmp_path / "一")
    for place in ("甲 盘", "乙"):
        with zipfile.ZipFile(one[1]) as packed:
            packed.extractall(tmp_path / place)
        root = tmp_path / place / "dangjian-desktop"
        wine.calls()
        wine.run(root / "dangjian-desktop.exe")
        log = root / "资料" / "logs" / "start.log"
        until(lambda log=log: log.exists() and "结束（代码 0）" in log.read_text("utf-8"))
        assert wine.calls()[0].endswith(f"|{dos(root / '资料')}")
        assert whole(root / "versions" / "0.2.0")
