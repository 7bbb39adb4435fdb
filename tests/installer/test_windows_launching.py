"""A double click on Windows is never silent: what the entry and launch.exe tell, write down and
watch over, under Wine. ``sh installer/windows/rehearse.sh``"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.installer.windows import (
    WHOLE,
    Place,
    compiled,
    current,
    dos,
    make_setup,
    names,
    until,
    whole,
)

pytestmark = pytest.mark.skipif(not WHOLE, reason="sh installer/windows/rehearse.sh")
YES = 6
LOST = "没有装好"


@pytest.fixture
def desk(place) -> Place:
    """Nothing of an earlier start is in the log."""
    shutil.rmtree(place.wine.local / "dangjian-desktop", ignore_errors=True)
    return place


def ended(place: Place, code: int = 0) -> bool:
    return f"结束（代码 {code}）" in place.wine.log


def running(program: str) -> list[int]:
    """Processes of this system that are this program under Wine."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = each.read_bytes().split(b"\0")
        except OSError:
            continue
        if words[0].endswith(program.encode()):
            found.append(int(each.parent.name))
    return found


def test_the_name_of_the_user_is_not_in_the_log(desk):
    desk.root = desk.wine.local / "程 序"
    source = desk.version("0.2.0")
    inside = r"C:\users\secretary\AppData\Local\程 序"
    assert desk.wine.run(desk.tool, "put", inside, dos(source)).returncode == 0
    try:
        desk.wine.run(desk.root / "dangjian-desktop.exe")
        until(lambda: ended(desk))
        assert r"文件夹 ~\AppData\Local\程 序\versions\0.2.0" in desk.wine.log
        assert "secretary" not in desk.wine.log
    finally:
        shutil.rmtree(desk.root)


def test_a_folder_named_like_the_user_is_not_in_the_log(desk):
    desk.root = desk.folder / "Secretary 的U盘" / "程 序"
    desk.put("0.2.0")
    desk.clicked()
    until(lambda: ended(desk))
    assert "\\〈用户〉\\程 序\\versions\\0.2.0" in desk.wine.log
    assert "secretary" not in desk.wine.log.lower()


def test_without_the_usual_variables_it_starts(desk):
    desk.root = desk.folder / "a b"  # a script of Wine reads no Chinese
    desk.put("0.2.0")
    entry = dos(desk.root / "dangjian-desktop.exe")
    script = desk.folder / "start.cmd"
    gone = ("LOCALAPPDATA", "APPDATA", "PATH", "USERPROFILE")
    lines = [*(f"set {name}=" for name in gone), f'start "" "{entry}"']
    script.write_text("@echo off\r\n" + "\r\n".join(lines) + "\r\n", encoding="utf-8")
    desk.wine.run("cmd", "/c", dos(script), HOME="/nonexistent")
    until(lambda: ended(desk))
    assert len(desk.wine.calls()) == 1


def test_without_a_place_for_the_log_it_starts(desk):
    desk.put("0.2.0")
    desk.clicked(DANGJIAN_DATA=r"Z:\proc\没有")
    until((desk.wine.told / "told").exists)
    (call,) = desk.wine.calls()
    assert "pythonw.exe" in call


def test_out_of_a_folder_that_is_read_only_it_starts(desk):
    desk.put("0.2.0")
    subprocess.run(["mount", "--bind", desk.root, desk.root], check=True)
    subprocess.run(["mount", "-o", "remount,ro,bind", desk.root], check=True)
    try:
        desk.clicked()
        until(lambda: ended(desk))
        assert len(desk.wine.calls()) == 1
    finally:
        desk.wine.end()
        subprocess.run(["umount", desk.root], check=True)


def test_what_is_missing_is_told(desk):
    desk.put("0.2.0")
    folder = desk.root / "versions" / "0.2.0"
    (folder / "python" / "pythonw.exe").unlink()
    desk.clicked()
    assert "代码 2）" in (told := desk.told())
    assert "隔离" in told
    (folder / "launch.exe").unlink()
    desk.clicked()
    assert LOST in desk.told()
    shutil.rmtree(folder)
    desk.clicked()
    assert LOST in desk.told()
    assert LOST in desk.started()
    for content in ("", "..", "..\\versions", "没有", "CON"):
        (desk.root / "current").write_text(content)
        assert LOST in desk.started()
    (desk.root / "current").unlink()
    desk.clicked()
    assert LOST in desk.told()


def test_a_code_of_the_program_is_not_taken_for_one_of_the_system(desk):
    desk.put("0.2.0", said=("start 3",))  # Qt without a platform: abort
    desk.clicked()
    told = desk.told()
    assert "没有启动起来（代码 3）" in told
    assert "隔离" not in told


def test_one_clicked_inside_a_zip_says_to_unpack_it(desk):
    desk.root = desk.folder / "Temp1_党支部.zip"
    shutil.copytree(desk.made.programs / "entry", desk.root)
    desk.clicked()
    assert "请先把整个压缩包解开" in desk.told()
    assert "请先把整个压缩包解开" in desk.started()


def test_a_place_that_is_too_long_is_told_as_the_cause(desk):
    desk.put("0.2.0")
    (desk.root / "versions" / "0.2.0" / "python" / "pythonw.exe").unlink()
    long = Path(str(desk.folder / ("党 支部/" * 60))[:225].rstrip(" /"))
    long.parent.mkdir(parents=True)
    desk.root = desk.root.rename(long)
    desk.clicked()
    told = desk.told()
    assert "路径太长" in told
    assert "隔离" not in told
    (desk.root / "versions" / "0.2.0" / "launch.exe").unlink()
    desk.clicked()
    assert "路径太长" in desk.told()


def test_a_missing_library_is_told_with_its_code(desk):
    library = desk.folder / "library.c"
    library.write_text("__declspec(dllexport) int library_answer(void) { return 1; }\n")
    there = desk.folder / "python311x.dll"
    subprocess.run([make_setup.GCC, "-shared", "-o", there, library], check=True)
    source = desk.version("0.2.0")
    program = source / "python" / "pythonw.exe"
    compiled("stand_in.c", program, "-mwindows", "-DWITH_LIBRARY", str(there))
    make_setup.write_list(source)
    assert desk.lay("put", source).returncode == 0
    desk.clicked()
    told = desk.told()
    assert "代码 0xC0000135）" in told
    assert "缺少程序要用的 .dll 文件" in told


def test_a_killed_program_is_told(desk):
    desk.put("0.2.0", said=("stay 1",))
    desk.clicked()
    until((desk.wine.told / "told").exists)
    # A signal of Linux, and taskkill of Wine, end with 0, which Windows calls a good end.
    end = compiled("end.c", desk.folder / "end.exe", "-mconsole")
    assert desk.wine.run(end, "pythonw.exe").returncode == 0
    assert "没有启动起来（代码 1）" in desk.told()
    assert "十秒内结束" in desk.wine.log


def test_two_clicks_start_two_and_an_update_takes_neither_away(desk):
    desk.put("0.1.0", said=("stay 1",))
    desk.clicked()
    desk.clicked()
    until(lambda: len(running("pythonw.exe")) == 2)
    desk.put("0.2.0")
    desk.clicked()
    until(lambda: ended(desk))
    assert whole(desk.root / "versions" / "0.1.0")
    (desk.wine.told / "let-go").touch()
    until(lambda: desk.wine.log.count("结束（代码 0）") == 3)
    desk.clicked()
    until(lambda: names(desk.root) == ["0.2.0"])


def test_one_that_stays_is_a_good_start_and_what_was_before_goes(desk):
    desk.put("0.1.0")
    desk.put("0.2.0", said=("stay 1",))
    (desk.root / "versions" / ".use.0.1.0").touch()  # of one who is gone
    desk.clicked()
    until(lambda: names(desk.root) == ["0.2.0"])
    assert running("pythonw.exe")
    assert not (desk.root / "previous").exists()
    (desk.wine.told / "let-go").touch()
    until(lambda: ended(desk))


def test_one_that_was_updated_while_it_ran_keeps_the_way_back(desk):
    desk.put("0.1.0", said=("stay 1",))
    desk.clicked()
    until((desk.wine.told / "told").exists)
    desk.put("0.2.0")
    (desk.wine.told / "let-go").touch()
    until(lambda: ended(desk))
    assert names(desk.root) == ["0.1.0", "0.2.0"]
    assert (desk.root / "previous").exists()
    assert desk.lay("back").returncode == 0


def test_the_log_does_not_grow_for_ever(desk):
    desk.put("0.2.0")
    log = desk.wine.local / "dangjian-desktop" / "Logs" / "start.log"
    log.parent.mkdir(parents=True)
    log.write_bytes(b"x" * 300_000)
    desk.clicked()
    until(lambda: ended(desk))
    assert log.stat().st_size < 10_000
    assert log.with_name("start.log.1").stat().st_size == 300_000


def test_the_box_offers_the_version_before(desk, screen):
    desk.put("0.1.0")
    desk.put("0.2.0", said=("start 9",))
    desk.wine.end()  # begun anew on it
    desk.clicked(DISPLAY=screen)
    assert desk.wine.run(desk.made.box, YES, DISPLAY=screen).returncode == 0
    text = (desk.wine.told / "box").read_text("utf-8-sig")
    assert "没有启动起来（代码 9）" in text
    assert "可以换回上一个版本 0.1.0" in text
    until(lambda: current(desk.root) == "0.1.0")
    until(lambda: "换回上一个版本（代码 0）" in desk.wine.log)
    assert desk.wine.run(desk.made.box, 1, DISPLAY=screen).returncode == 0
    assert "已换回上一个版本" in (desk.wine.told / "box").read_text("utf-8-sig")
    assert desk.started() == "0.1.0"
    desk.wine.end()
