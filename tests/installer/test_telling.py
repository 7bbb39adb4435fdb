"""What is said to those who see no terminal: of a start that failed, of a stick that is clicked."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.installer.test_packages import run, version  # noqa: F401
from tests.installer.versions import LINUX, SYSTEM_FIRST, started

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the set-up of Linux")
NOTED = '#!/bin/sh\nprintf "%s\\n" "${0##*/}" "$@" >>"$TOLD"\n'


class Person:
    """Who sits before a screen, with what can show a box there, and sees no terminal."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home, self.tools = folder, folder / "王 家", folder / "tools"
        self.home.mkdir()
        self.tools.mkdir()
        self.env = {
            "HOME": str(self.home),
            "PATH": f"{self.tools}:/usr/bin:/bin",
            "DISPLAY": ":77",
            "TOLD": str(folder / "told"),
        }

    def has(self, name: str, body: str = "", *, noted: bool = True) -> None:
        begin = NOTED if noted else "#!/bin/sh\n"
        (self.tools / name).write_text(f"{begin}{body}\n", encoding="utf-8")
        (self.tools / name).chmod(0o755)

    def own(self, script: Path) -> Path:
        """The script, asking these tools first: it would have those of the system."""
        content = script.read_bytes()
        assert SYSTEM_FIRST.encode() in content
        made = self.folder / f"own {script.name}"
        # Of the same length: what follows it is found by its place.
        made.write_bytes(
            content.replace(SYSTEM_FIRST.encode(), b": own tools".ljust(len(SYSTEM_FIRST)))
        )
        return made

    @property
    def told(self) -> str:
        file = self.folder / "told"
        return file.read_text("utf-8") if file.exists() else ""

    def tell(self, *words: str, **changed: str) -> int:
        call = ["sh", str(self.own(LINUX / "tell.sh")), *words]
        return subprocess.run(call, check=False, env={**self.env, **changed}).returncode

    def clicks(self, file: Path, *words: str, **changed: str | None) -> subprocess.Popen[str]:
        env = {name: value for name, value in (self.env | changed).items() if value is not None}
        return subprocess.Popen(
            ["sh", str(file), *words],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def until(self, words: str) -> None:
        end = time.monotonic() + 30
        while words not in self.told:
            assert time.monotonic() < end, self.told
            time.sleep(0.05)


@pytest.fixture
def person(tmp_path) -> Person:
    made = Person(tmp_path)
    # Whatever this machine has: none of it can show anything.
    for name in ("zenity", "qarma", "matedialog", "yad", "kdialog", "xmessage"):
        made.has(name, "exit 1", noted=False)
    return made


# ---- one sentence ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kinds"),
    [("zenity", "--error --info"), ("kdialog", "--error --msgbox"), ("xmessage", "-center")],
)
def test_what_can_show_a_box_is_used(person, name, kinds):
    person.has(name)
    for kind, said in (("error", "没有成。"), ("info", "好了。")):
        assert person.tell(kind, said, "说明.txt") == 0
        assert said in person.told
    assert [*map(person.told.splitlines().count, kinds.split())] == [1] * len(kinds.split()) or (
        name == "xmessage"
    )
    assert [*person.home.iterdir()] == []


def test_one_that_cannot_open_a_window_gives_way_to_the_next(person):
    person.has("zenity", "exit 1")
    person.has("kdialog", "exit 254")
    person.has("xmessage")
    assert person.tell("error", "没有成。") == 0
    assert [line for line in person.told.splitlines() if line.isalpha() and line.isascii()] == [
        *("zenity", "zenity", "kdialog", "xmessage")
    ]


def test_a_box_that_is_closed_by_its_cross_does_not_come_again(person):
    (person.home / "桌面").mkdir()
    person.has("zenity", "sleep 2.2; exit 1")
    person.has("xmessage")
    person.tell("error", "没有成。", "说明.txt")
    assert person.told.count("没有成。") == 1
    assert (person.home / "桌面" / "说明.txt").read_text("utf-8") == "没有成。\n"


def test_without_any_it_lies_on_the_desk_and_a_notice_alone_is_not_enough(person):
    (person.home / "Desktop").mkdir()
    person.has("notify-send")
    assert person.tell("info", "好了。", "说明.txt") == 0
    assert "好了。" in person.told
    assert (person.home / "Desktop" / "说明.txt").read_text("utf-8") == "好了。\n"
    assert person.tell("info", "好了。", "说明.txt", HOME="/proc/没有") == 1


# ---- the stick that is clicked -----------------------------------------------------------------


def root_of(person: Person) -> Path:
    return person.home / ".local" / "opt" / "dangjian-desktop"


def test_clicked_its_beginning_and_its_end_are_told(person, run):  # noqa: F811
    person.has("zenity")
    process = person.clicks(person.own(run))
    said = process.communicate(timeout=60)[0]
    assert process.returncode == 0, said
    person.until("已装好 0.2.0。")
    assert person.told.index("正在安装党支部工作台 0.2.0") < person.told.index("已装好 0.2.0。")
    assert person.told.splitlines().count("--info") == 2
    assert "开始菜单里有“党支部工作台”。" in person.told
    assert "已装好 0.2.0。" in said
    assert "正在安装到 " not in person.told
    assert started(root_of(person), "a") == "0.2.0 a"


def test_the_box_of_the_beginning_does_not_stay_beside_that_of_the_end(person, run):  # noqa: F811
    person.has("zenity", 'case $* in *请稍候*) echo $$ >"$TOLD.first"; exec sleep 60 ;; esac')
    person.clicks(person.own(run)).communicate(timeout=60)
    person.until("已装好 0.2.0。")
    first = Path(f"{person.env['TOLD']}.first").read_text("ascii").strip()
    end = time.monotonic() + 20
    while Path("/proc", first).exists():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_clicked_what_is_wrong_is_told_and_kept_on_the_desk(person, run):  # noqa: F811
    (person.home / "桌面").mkdir()
    content = run.read_bytes()
    run.write_bytes(content[: len(content) - 9])
    process = person.clicks(person.own(run))
    process.communicate(timeout=60)
    assert process.returncode == 6
    file = person.home / "桌面" / "党支部工作台安装结果.txt"
    end = time.monotonic() + 30
    while not (file.exists() and file.read_text("utf-8")):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert file.read_text("utf-8").startswith("安装文件没有拷全，请重新拷贝。")
    assert not root_of(person).exists()
    person.has("zenity")
    person.clicks(person.own(run)).communicate(timeout=60)
    person.until("没有拷全")
    # The box of the beginning may be gone before it was there.
    assert "--error" in person.told.splitlines()


def test_without_a_screen_nobody_is_told_in_a_box(person, run):  # noqa: F811
    person.has("zenity")
    said = person.clicks(person.own(run), DISPLAY=None).communicate(timeout=60)[0]
    assert "已装好 0.2.0。" in said
    assert person.told == ""


def in_a_terminal(person: Person, call: list[str]) -> tuple[int, str]:
    """What stands in the terminal at the end; return is pressed once."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(call, env=person.env, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, b"\n")
    said = b""
    while True:
        try:
            said += os.read(ours, 4096)
        except OSError:
            break
        if not said:
            break
    os.close(ours)
    return process.wait(60), said.decode()


def test_in_a_terminal_it_is_said_there(person, run):  # noqa: F811
    person.has("zenity")
    code, said = in_a_terminal(person, ["sh", str(person.own(run))])
    assert code == 0
    assert "已装好 0.2.0。" in said
    assert "按回车键关闭" not in said
    assert person.told == ""


def test_a_terminal_that_a_click_has_opened_stays_to_be_read(person, run):  # noqa: F811
    shutil.copyfile("/bin/sh", person.tools / "xterm")
    (person.tools / "xterm").chmod(0o755)
    file = person.own(run)
    for whole in (True, False):
        if not whole:
            file.write_bytes(file.read_bytes()[:-5])
        words = 'sh "$0"; echo "mit $?"'
        code, said = in_a_terminal(person, [str(person.tools / "xterm"), "-c", words, str(file)])
        assert code == 0
        assert "按回车键关闭" in said
        assert ("已装好 0.2.0。" if whole else "没有拷全") in said
        assert ("mit 0" if whole else "mit 6") in said


# ---- whose home it is --------------------------------------------------------------------------


def test_without_a_home_the_list_of_users_is_asked_wherever_it_goes(person, run):  # noqa: F811
    person.has("getent", f'echo "x:x:0:0::{person.home}:/bin/sh"')
    place = person.folder / "别处"
    done = person.clicks(person.own(run), "--to", str(place), HOME=None, DISPLAY=None)
    assert "开始菜单里有" in done.communicate(timeout=60)[0]
    entry = person.home / ".local/share/applications/dangjian-desktop.desktop"
    assert f'Exec="{place}/dangjian-desktop" %f' in entry.read_text("utf-8")
    uninstall = person.own(place / "uninstall").rename(place / "uninstall")
    uninstall.chmod(0o755)
    done = person.clicks(uninstall, HOME=None, DISPLAY=None)
    assert "已卸载" in done.communicate(timeout=60)[0]
    assert not entry.exists()


def test_where_nobody_knows_it_no_folder_is_made_up(person, run):  # noqa: F811
    person.has("getent", "exit 2")
    place = person.folder / "别处"
    done = person.clicks(person.own(run), "--to", str(place), HOME=None, DISPLAY=None)
    assert "没有放好快捷方式" in done.communicate(timeout=60)[0]
    assert done.returncode == 0
    assert not Path("/nonexistent").exists()
