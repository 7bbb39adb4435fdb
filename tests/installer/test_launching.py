"""A double click is never silent: what the entry tells, logs and watches over."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.installer.versions import a_version, lay

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the launcher of Linux")
ZENITY = '#!/bin/sh\nprintf "%s\\n" "$@" >>"$TOLD"\n'


class Desk:
    """A person's home, and what a program told them in a box."""

    def __init__(self, folder: Path) -> None:
        self.home, self.told, self.tools = folder / "王 家", folder / "told", folder / "tools"
        self.home.mkdir()
        self.tools.mkdir()
        (self.tools / "zenity").write_text(ZENITY, encoding="utf-8")
        (self.tools / "zenity").chmod(0o755)
        self.root = folder / "程 序"

    def laid(self, version: str, body: str) -> None:
        source = a_version(self.root.parent / f"源 {version}", version, body=body)
        assert lay("put", self.root, source).returncode == 0

    def environment(self, **changed: str | None) -> dict[str, str]:
        given = {
            "HOME": str(self.home),
            "PATH": f"{self.tools}:/usr/bin:/bin",
            "DISPLAY": ":77",
            "TOLD": str(self.told),
            "QT_IM_MODULE": "fcitx",
            "SECRET": "不该记下",
        }
        return {name: value for name, value in (given | changed).items() if value is not None}

    def clicked(self, *words: str, **changed: str | None) -> subprocess.CompletedProcess[str]:
        call = [str(self.root / "dangjian-desktop"), *words]
        env = self.environment(**changed)
        return subprocess.run(
            call, check=False, capture_output=True, encoding="utf-8", env=env, timeout=30
        )

    def begun(self) -> subprocess.Popen[bytes]:
        call = [str(self.root / "dangjian-desktop")]
        return subprocess.Popen(call, env=self.environment(), stderr=subprocess.DEVNULL)

    @property
    def log(self) -> str:
        file = self.home / ".cache" / "dangjian-desktop" / "log" / "start.log"
        return file.read_text("utf-8") if file.exists() else ""

    def said(self) -> str:
        return self.told.read_text("utf-8") if self.told.exists() else ""


@pytest.fixture
def desk(tmp_path) -> Desk:
    return Desk(tmp_path)


def test_the_surroundings_are_logged_before_the_program_and_nothing_personal(desk):
    desk.root = desk.home / "程 序"
    desk.laid("0.2.0", 'cp "$HOME/.cache/dangjian-desktop/log/start.log" "$HOME/then"')
    desk.clicked(str(desk.home / "张三党支部.dangjian"))
    then = (desk.home / "then").read_text("utf-8")
    assert "启动 0.2.0" in then
    assert os.uname().machine in then
    assert "QT_IM_MODULE=fcitx" in then
    assert "文件夹 ~/程 序/versions/0.2.0" in then
    assert not [each for each in ("不该记下", "张三", str(desk.home)) if each in desk.log]


def test_the_login_name_is_hidden_wherever_a_stick_is_mounted(desk, tmp_path):
    me = pwd.getpwuid(os.geteuid()).pw_name
    desk.root = tmp_path / "media" / me / me / f"{me} 盘" / "程 序"
    desk.laid("0.2.0", "exit 0")
    assert desk.clicked().returncode == 0
    (told,) = (line for line in desk.log.splitlines() if "文件夹" in line)
    assert told.endswith(f"/media/〈用户〉/〈用户〉/{me} 盘/程 序/versions/0.2.0")


def test_one_that_dies_at_once_is_told_with_code_and_log(desk):
    desk.laid("0.2.0", "echo 缺少 libfoo.so.1 >&2; exit 127")
    assert desk.clicked().returncode == 127
    assert "没有启动起来（代码 127）" in desk.said()
    assert "start.log" in desk.said()
    assert "缺少 libfoo.so.1" in desk.log


def test_one_that_dies_for_want_of_a_library_of_the_system_says_which(desk):
    desk.laid("0.2.0", "exit 1")
    table = desk.root / "versions" / "0.2.0" / "system-libraries"
    table.write_text("libc.so.6 libc6\nlibzzz-a.so.7 zzz1\n", encoding="ascii")
    assert desk.clicked().returncode == 1
    told = "这台电脑缺少系统库 libzzz-a.so.7（软件包 zzz1）。请管理员安装后再试：apt install zzz1"
    assert told in desk.said()
    assert told in desk.log
    table.write_text("libc.so.6 libc6\n", encoding="ascii")
    desk.told.unlink()
    desk.clicked()
    assert "代码 1" in desk.said()
    assert "系统库" not in desk.said()


def test_without_anything_to_show_a_box_it_is_said_and_lies_on_the_desk(desk):
    (desk.home / "桌面").mkdir()
    desk.laid("0.2.0", "exit 9")
    done = desk.clicked(DISPLAY=None)
    assert "代码 9" in done.stderr
    assert "代码 9" in (desk.home / "桌面" / "党支部工作台没有启动.txt").read_text("utf-8")


def test_one_that_ends_well_or_was_asked_to_end_is_told_of_to_nobody(desk):
    desk.laid("0.2.0", "exit 0")
    assert desk.clicked().returncode == 0
    desk.laid("0.3.0", "kill -TERM $$")
    assert desk.clicked().returncode == 143
    assert desk.said() == ""


def test_one_whose_files_are_not_whole_is_to_be_installed_again(desk):
    desk.laid("0.2.0", "exit 1")
    desk.clicked()
    assert "请重新安装" not in desk.said()
    (desk.root / "versions" / "0.2.0" / "_internal" / "部分 3").unlink()
    desk.clicked()
    assert "程序的文件不全或被改动过，请重新安装。" in desk.said()


def test_on_a_stick_that_starts_no_programs_that_is_the_cause(desk):
    desk.laid("0.2.0", "exit 0")
    (desk.root / "versions" / "0.2.0" / "dangjian-desktop").chmod(0o644)
    assert desk.clicked().returncode == 126
    assert "代码 126" in desk.said()
    assert "这个位置不许启动程序（例如 FAT 格式的U盘）" in desk.said()
    assert "重新安装" not in desk.said()


def test_without_a_place_for_the_log_none_is_named(desk):
    desk.laid("0.2.0", "exit 9")
    assert desk.clicked(HOME="/proc/没有").returncode == 9
    assert "没有能写日志的位置" in desk.said()
    assert "/dev/null" not in desk.said()


def test_asked_to_end_while_it_looks_for_the_cause_it_tells_nobody(desk):
    desk.laid("0.2.0", "exit 1")
    (desk.root / "versions" / "0.2.0" / "lay.sh").write_text("exec sleep 2", encoding="ascii")
    begun = desk.begun()
    until(lambda: "十秒内结束" in desk.log)
    begun.send_signal(signal.SIGTERM)
    assert begun.wait(20) == 143
    assert desk.said() == ""


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ({}, "xcb"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "xcb;wayland"),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": None}, ""),
        ({"QT_QPA_PLATFORM": "wayland"}, "wayland"),
    ],
    ids=str,
)
def test_where_x11_can_be_had_it_is_used_unless_another_was_chosen(desk, tmp_path, given, chosen):
    desk.laid("0.2.0", f'echo "${{QT_QPA_PLATFORM:-}}" >"{tmp_path}/seen"')
    given = {"QT_QPA_PLATFORM": None, "WAYLAND_DISPLAY": None, **given}
    assert desk.clicked(**given).returncode == 0
    assert (tmp_path / "seen").read_text("utf-8").strip() == chosen


def test_a_killed_program_is_told(desk):
    desk.laid("0.2.0", "kill -KILL $$")
    assert desk.clicked().returncode == 137
    assert "代码 137" in desk.said()


@pytest.mark.parametrize(
    "changed",
    [{"HOME": None}, {"PATH": None}, {"HOME": "/proc/没有"}, {"HOME": "", "PATH": ""}],
    ids=str,
)
def test_without_home_or_path_or_a_place_for_the_log_it_starts(desk, tmp_path, changed):
    seen = tmp_path / "seen"
    desk.laid("0.2.0", f'echo "$@" >"{seen}"')
    if changed.get("HOME", "") in (None, ""):
        # The log of this machine's own user is not written by a test.
        changed = {**changed, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    assert desk.clicked("甲 乙", **changed).returncode == 0
    assert seen.read_text("utf-8") == "甲 乙\n"


def test_a_program_that_is_moved_or_half_gone_is_told(desk):
    desk.laid("0.2.0", "exit 0")
    (desk.root / "versions" / "0.2.0" / "launch.sh").unlink()
    assert "没有装好" in desk.clicked().stderr
    assert "没有装好" in desk.said()
    (desk.root / "current").unlink()
    assert desk.clicked().returncode == 1


def test_the_first_good_start_takes_the_one_before_away(desk):
    desk.laid("0.1.0", "exit 0")
    desk.laid("0.2.0", "exit 5")
    assert desk.clicked().returncode == 5
    assert "换回上一个版本" in desk.said()
    versions = desk.root / "versions"
    assert (versions / "0.1.0").is_dir()
    lay("back", desk.root)
    assert desk.clicked().returncode == 0
    assert (versions / "0.1.0").is_dir()
    assert not (versions / "0.2.0").exists()


def test_two_clicks_start_two_and_an_update_takes_neither_away(desk):
    desk.laid("0.1.0", "echo da >&2; exec sleep 60")
    first, second = desk.begun(), desk.begun()
    try:
        until(lambda: desk.log.count("da") == 2)
        desk.laid("0.2.0", "exit 0")
        assert desk.clicked().returncode == 0
        assert (desk.root / "versions" / "0.1.0").is_dir()
    finally:
        for each in (first, second):
            each.send_signal(signal.SIGTERM)
            each.wait(20)
    assert desk.clicked().returncode == 0
    assert not (desk.root / "versions" / "0.1.0").exists()


def until(done) -> None:
    end = time.monotonic() + 20
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_asked_to_end_it_passes_that_on_and_waits_for_the_program(desk):
    desk.laid(
        "0.2.0",
        "trap 'sleep 1; echo saved >&2; exit 3' TERM; echo da >&2; while :; do sleep 0.2; done",
    )
    started = desk.begun()
    until(lambda: "da" in desk.log)
    started.send_signal(signal.SIGTERM)
    assert started.wait(20) == 3
    assert "saved" in desk.log


def test_the_log_does_not_grow_for_ever(desk):
    desk.laid("0.2.0", "exit 0")
    desk.clicked()
    log = desk.home / ".cache" / "dangjian-desktop" / "log" / "start.log"
    log.write_bytes(b"x" * 300_000)
    desk.clicked()
    assert log.stat().st_size < 10_000
    assert log.with_name("start.log.1").stat().st_size == 300_000


def test_a_portable_folder_keeps_its_data_inside_wherever_it_lies(desk, tmp_path):
    desk.laid("0.2.0", 'echo "$DANGJIAN_DATA" >"$DANGJIAN_DATA/seen"')
    (desk.root / "portable").touch()
    for place in (desk.root, tmp_path / "另一个 盘" / "程序"):
        if place != desk.root:
            place.parent.mkdir()
            shutil.move(desk.root, place)
            desk.root = place
        assert desk.clicked().returncode == 0
        assert (place / "资料" / "seen").read_text("utf-8").strip() == str(place / "资料")
        assert (place / "资料" / "logs" / "start.log").exists()
    assert [*desk.home.iterdir()] == []


def test_a_link_to_the_entry_is_the_entry(desk, tmp_path):
    desk.laid("0.2.0", "exit 0")
    (tmp_path / "bin").mkdir()
    for name in ("dangjian", "中间"):
        source = "dangjian" if name == "中间" else desk.root / "dangjian"
        (tmp_path / "bin" / name).symlink_to(source)
    told = subprocess.run(
        [str(tmp_path / "bin" / "dangjian"), "info"], check=True, capture_output=True, text=True
    )
    assert told.stdout == "0.2.0 info\n"


def test_taken_off_it_leaves_what_the_user_made(desk):
    desk.laid("0.2.0", "exit 0")
    mine = desk.root / "我的.dangjian"
    mine.touch()
    done = subprocess.run(
        [str(desk.root / "uninstall")], check=True, capture_output=True, env=desk.environment()
    )
    assert "已卸载" in done.stdout.decode()
    assert [*desk.root.iterdir()] == [mine]


def test_while_it_is_open_it_is_not_taken_off(desk):
    desk.laid("0.2.0", "echo da >&2; exec sleep 60")
    started = desk.begun()
    try:
        until(lambda: "da" in desk.log)
        call = [str(desk.root / "uninstall")]
        done = subprocess.run(call, check=False, capture_output=True, env=desk.environment())
        assert "程序还开着" in done.stderr.decode()
        assert (desk.root / "versions" / "0.2.0").is_dir()
    finally:
        started.send_signal(signal.SIGTERM)
        started.wait(20)


def test_a_command_that_runs_holds_its_version_too(desk, tmp_path):
    begun = tmp_path / "begun"
    desk.laid("0.1.0", f'touch "{begun}"; exec sleep 60')
    started = subprocess.Popen([str(desk.root / "dangjian"), "demo"], env=desk.environment())
    try:
        until(begun.exists)
        call = [str(desk.root / "uninstall")]
        done = subprocess.run(call, check=False, capture_output=True, env=desk.environment())
        assert "程序还开着" in done.stderr.decode()
        desk.laid("0.2.0", "exit 0")
        lay("sweep", desk.root)
        assert (desk.root / "versions" / "0.1.0").is_dir()
    finally:
        started.kill()
        started.wait(20)
    lay("sweep", desk.root)
    assert not (desk.root / "versions" / "0.1.0").exists()
