"""lay.exe and the entries under Wine: what starts is one whole version. One test in every run,
where mingw-w64 and Wine are there; all of them by ``sh installer/windows/rehearse.sh``."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.installer.windows import (
    PATIENCE,
    UNTOUCHED,
    WHOLE,
    Place,
    current,
    dos,
    make_setup,
    names,
    until,
    whole,
)

whole_only = pytest.mark.skipif(not WHOLE, reason="sh installer/windows/rehearse.sh")


def test_laid_started_updated_put_back_and_taken_off(place):
    # One test: another process of the run would need a prefix of its own.
    torn = place.version("0.7.0")
    (torn / "licences" / "甲.txt").unlink()
    done = place.lay("put", torn)
    assert (done.returncode, UNTOUCHED in done.stderr) == (6, False)
    assert "缺少 licences\\甲.txt）。可能被杀毒软件隔离了" in done.stderr
    assert done.stderr.endswith("没有装上，这台电脑上别的东西没有动。\r\n")
    place.put("0.9.0")
    assert place.started() == "0.9.0"
    place.clicked(dos(place.folder / "张三 支部.dangjian"))
    until(lambda: "结束（代码 0）" in place.wine.log)
    assert 'pythonw.exe" -I -B -X utf8 -m dangjian_desktop "Z:' in place.wine.calls()[0]
    assert "启动 0.9.0" in place.wine.log
    assert "张三" not in place.wine.log
    place.put("0.10.0", said=("start 9",))
    assert (names(place.root), place.started()) == (["0.10.0", "0.9.0"], "0.10.0")
    place.clicked()
    told = place.told()
    assert "没有启动起来（代码 9）" in told
    assert "lay.exe" in told
    assert place.lay("back").stderr == "已换回 0.9.0。\r\n"
    assert place.started() == "0.9.0"
    older = place.version("0.8.0")
    place.refused(older, code=7, said="这是较早的版本 0.8.0，已经装有 0.9.0")
    part = older / "python" / "Lib" / "site-packages" / "dangjian_desktop" / "部分 5"
    part.write_bytes(part.read_bytes().replace(b"5", b"6", 1))
    place.refused(older, code=6, said="部分 5 不同")
    assert place.lay("sweep").returncode == 0
    assert names(place.root) == ["0.9.0"]
    mine = place.root / "我的.dangjian"
    mine.touch()
    assert "已卸载" in place.lay("remove").stderr
    assert [*place.root.iterdir()] == [mine]


# ---- a double click ----------------------------------------------------------------------------


@whole_only
def test_a_portable_folder_keeps_its_data_inside(place):
    place.put("0.2.0")
    (place.root / "portable").touch()
    log = place.root / "资料" / "logs" / "start.log"
    place.clicked()
    until(lambda: log.exists() and "结束（代码 0）" in log.read_text("utf-8"))
    assert "启动 0.2.0" in log.read_text("utf-8")
    (call,) = place.wine.calls()
    assert call.endswith(f"|{dos(place.root)}|{dos(place.root / '资料')}")
    assert "这是便携版，不用卸载" in place.lay("remove").stderr
    assert place.started() == "0.2.0"


# ---- bad input ---------------------------------------------------------------------------------


@whole_only
def test_a_file_too_many_or_too_few_or_with_a_strange_name_is_refused(place):
    place.put("0.1.0")
    source = place.version("0.2.0")
    inside = source / "python" / "Lib"
    listed = (source / "files.sha256").read_text("utf-8")
    (inside / "另外").touch()
    place.refused(source, code=6, said="多了 python\\Lib\\另外")
    (inside / "另外").unlink()
    (source / "licences" / "甲.txt").unlink()
    place.refused(source, code=6, said="缺少 licences\\甲.txt")
    (source / "licences" / "甲.txt").touch()
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for name in ("../甲", "a/nul.txt", "a/b.", "C:/甲", "a\\b", "/甲", "CON", "a//b", "x /y"):
        text = f"{listed}{empty}  ./{name}\n"
        (source / "files.sha256").write_text(text, encoding="utf-8")
        place.refused(source, code=6, said="与清单不符")
    for text in ("", listed[:-1], listed.replace("  ./", " *./"), f"{listed}\0\n", listed.upper()):
        (source / "files.sha256").write_text(text, encoding="utf-8")
        place.refused(source, code=6, said="清单")
    twins = f"{listed}{empty}  ./LICENCES/甲.txt\n"
    (source / "files.sha256").write_text(twins, encoding="utf-8")
    place.refused(source, code=6, said="两个同样的名称")
    (source / "files.sha256").unlink()
    place.refused(source, code=6, said="没有清单")


@whole_only
def test_one_that_fails_or_hangs_in_its_self_test_is_not_switched_to(place):
    place.put("0.1.0")
    bad = place.version("0.2.0", "test 1")
    place.refused(bad, code=8, said="不通过　窗口：缺少 Qt6Gui.dll")
    assert (place.root / "self-test" / "output.txt").is_file()
    hanging = place.version("0.3.0", "hang 1")
    place.refused(hanging, "--patience", "2", code=8, said="没有通过自检")
    assert place.lay("put", bad, "--no-test").returncode == 0
    assert place.started() == "0.2.0"


@whole_only
def test_the_same_again_changes_nothing_and_mends_what_is_damaged(place):
    place.put("0.1.0")
    source = place.version("0.1.0", name="又")
    assert "已经装有同样的版本" in place.lay("put", source).stderr
    assert names(place.root) == ["0.1.0"]
    part = place.root / "versions" / "0.1.0" / "licences" / "甲.txt"
    part.write_text("别的")
    assert "甲.txt" in place.wine.run(place.tool, "verify", dos(part.parent.parent)).stderr
    assert place.lay("put", source).returncode == 0
    assert (place.started(), current(place.root)) == ("0.1.0-2", "0.1.0-2")
    assert whole(place.root / "versions" / "0.1.0-2")


@whole_only
def test_whoever_goes_back_and_forward_again_has_it_there_already(place):
    place.put("0.1.0")
    place.put("0.2.0")
    assert place.lay("back").returncode == 0
    (place.root / "versions" / ".new.9").mkdir()
    assert place.lay("clear").returncode == 0
    done = place.lay("put", place.folder / "源 0.2.0")
    assert (done.returncode, done.stderr) == (0, "已装好 0.2.0。\r\n")
    assert names(place.root) == ["0.1.0", "0.2.0"]
    assert place.started() == "0.2.0"
    assert (place.root / "previous").read_text() == "0.1.0\n"
    # One that is damaged is not taken.
    assert place.lay("back").returncode == 0
    (place.root / "versions" / "0.2.0" / "licences" / "甲.txt").write_text("别的")
    assert place.lay("put", place.folder / "源 0.2.0").returncode == 0
    assert place.started() == "0.2.0-2"


@whole_only
def test_what_an_update_has_unpacked_there_is_taken_over_while_it_runs(place):
    place.put("0.1.0")
    source = place.version("0.2.0")
    with Holding(place, place.root / "versions" / "0.1.0" / "version") as number:
        laid = place.root / "versions" / f".new.s{number}"
        shutil.move(source, laid)
        moved = (laid / "lay.exe").stat().st_ino
        assert place.lay("put", laid).returncode == 0
    assert names(place.root) == ["0.1.0", "0.2.0"]
    assert (place.root / "versions" / "0.2.0" / "lay.exe").stat().st_ino == moved  # no copy
    assert place.started() == "0.2.0"


@whole_only
def test_what_a_set_up_is_just_laying_is_left_and_goes_when_it_has_died(place):
    place.put("0.1.0")
    versions = place.root / "versions"
    with Holding(place, versions / "0.1.0" / "version") as number:
        laying = versions / f".new.s{number}"
        for each in (laying, versions / ".new.1", versions / ".new.gone.2"):
            (each / "python").mkdir(parents=True)
        assert place.lay("sweep").returncode == 0
        assert names(place.root) == [laying.name, "0.1.0"]
        assert place.lay("put", place.version("0.2.0")).returncode == 0
        assert names(place.root) == [laying.name, "0.1.0", "0.2.0"]
    assert place.lay("sweep").returncode == 0
    assert names(place.root) == ["0.2.0"]


@whole_only
@pytest.mark.parametrize("kilobytes", [0, 8, 200, 600])
def test_a_full_disk_leaves_what_was_there(place, kilobytes):
    disk = place.folder / "盘"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)], check=True)
    try:
        place.root = disk / "程序"
        place.put("0.1.0")
        free = shutil.disk_usage(disk).free - kilobytes * 1024
        (disk / "别的").write_bytes(b"x" * max(0, free))
        done = place.lay("put", place.version("0.2.0"))
        assert done.returncode in (3, 5), done.stderr
        assert "空间" in done.stderr
        assert place.started() == "0.1.0"
        assert whole(place.root / "versions" / "0.1.0")
        (disk / "别的").unlink()
        assert place.lay("put", place.folder / "源 0.2.0").returncode == 0
        assert place.started() == "0.2.0"
    finally:
        place.wine.end()
        subprocess.run(["umount", str(disk)], check=True)


@whole_only
def test_a_long_path_with_blanks_and_chinese_will_do(place):
    place.root = long_place(place, 180)
    place.put("0.1.0")
    assert whole(place.root / "versions" / "0.1.0")
    assert place.started() == "0.1.0"
    assert place.lay("remove").returncode == 0
    assert not (place.root / "versions").exists()


def long_place(place: Place, length: int) -> Path:
    return Path(str(place.folder / ("党 支部/" * 60))[: length - 2].rstrip(" /"))


@whole_only
def test_a_folder_for_which_windows_has_no_room_is_refused_too(place):
    source = place.version("0.1.0")
    inside = source / "python" / ("很" * 30) / ("深" * 30)
    inside.mkdir(parents=True)
    (inside / "a").touch()
    make_setup.write_list(source)
    room = make_setup.room_inside(source)
    assert room == len(str(inside.relative_to(source))) + 12
    most = 259 - room - len("\\versions\\0.1.0\\")
    for length, code in ((most + 1, 12), (most - 12, 0)):
        # The number of the process in the temporary name has at most six digits here.
        place.root = place.folder / "甲"
        place.root = place.root.with_name("a" * (length - len(dos(place.root)) + 1))
        assert place.lay("put", source, "--no-test").returncode == code
        assert place.root.exists() == (code == 0)


@whole_only
def test_a_place_in_which_windows_could_not_open_the_files_is_refused(place):
    place.root = long_place(place, 215)
    done = place.lay("put", place.version("0.1.0"))
    assert done.returncode == 12
    assert "路径太长" in done.stderr
    assert done.stderr.endswith("没有装上，这台电脑上别的东西没有动。\r\n")
    assert not place.root.exists()


# ---- held, in use ------------------------------------------------------------------------------


class Holding:
    """A file that another program holds open."""

    def __init__(self, place: Place, path: Path) -> None:
        self.place, self.path = place, path

    def __enter__(self) -> int:
        """The number that the other program has under Wine."""
        self.process = self.place.wine.begin(self.place.made.hold, dos(self.path))
        assert self.process.stdout is not None
        number = int(self.process.stdout.readline())
        until((self.place.wine.told / "held").exists)
        return number

    def __exit__(self, *_: object) -> None:
        (self.place.wine.told / "let-go").touch()
        self.process.communicate(timeout=PATIENCE)
        for name in ("let-go", "held"):
            (self.place.wine.told / name).unlink()


@whole_only
def test_a_file_held_open_is_told_and_leaves_what_was_there(place):
    place.put("0.1.0")
    source = place.version("0.2.0")
    held = source / "python" / "Lib" / "site-packages" / "dangjian_desktop" / "部分 3"
    with Holding(place, held):
        place.refused(source, code=10, said="正被别的程序占用")
    with Holding(place, place.root / "current"):
        done = place.lay("put", source)
        assert (done.returncode, "占用" in done.stderr) == (10, True), done.stderr
    assert place.started() == "0.1.0"
    assert place.lay("put", source).returncode == 0
    old = place.root / "versions" / "0.1.0"
    with Holding(place, old / "licences" / "甲.txt"):
        place.lay("sweep")
        assert whole(old)
        assert place.started() == "0.2.0"
        done = place.lay("remove")
        assert "程序还开着，没有卸载" in done.stderr
        assert place.started() == "0.2.0"
    place.lay("sweep")
    assert not old.exists()


@whole_only
def test_two_at_once_do_not_disturb_each_other(place):
    place.put("0.1.0")
    (place.root / ".lock").touch()
    with Holding(place, place.root / ".lock"):
        place.refused(place.version("0.2.0"), code=4, said="正在安装或更新")
    assert place.lay("put", place.folder / "源 0.2.0").returncode == 0
