"""The set-up of Windows under Wine, judged by what lies there afterwards, not by its exit code:
``sh installer/windows/rehearse.sh``."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

from tests.installer.windows import (
    PATIENCE,
    TITLE,
    WHOLE,
    Made,
    Wine,
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
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\dangjian-desktop"
PLACE = r"C:\users\secretary\AppData\Local\Programs\dangjian-desktop"
TYPE = r"HKCU\Software\Classes\DangjianDesktop.Library"
POINTS = 11
BULK = 6_000_000


@pytest.fixture(scope="session")
def setups(made: Made) -> dict[str, Path]:
    """Set-ups of five versions; one fails its self-test, one stays in it."""
    found = {}
    said_by = {"0.4.0": ("test 1",), "0.5.0": ("wait 1",)}
    for version in ("0.1.0", "0.2.0", "0.3.0", "0.4.0", "0.5.0"):
        said = said_by.get(version, ())
        folder = made.folder / version
        staged(folder, version, made.python, *said, parts=20)
        bulk = random.Random(version).randbytes(BULK)
        (folder / "python" / "大 文件").write_bytes(bulk)
        shutil.copytree(made.programs, folder, dirs_exist_ok=True)
        make_setup.write_list(folder)
        found[version] = made.folder / f"setup-{version}.exe"
        make_setup.make_setup(folder, version, found[version])
    return found


class Desk:
    """What a secretary has of it: folder, short cuts, file type, the list of programs."""

    def __init__(self, wine: Wine, setups: dict[str, Path]) -> None:
        self.wine, self.setups = wine, setups
        self.root = wine.local / "Programs" / "dangjian-desktop"
        menu = wine.user / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu"
        self.menu = menu / "Programs" / f"{TITLE}.lnk"
        self.desk = wine.user / "Desktop" / f"{TITLE}.lnk"
        self.mine = wine.local / "dangjian-desktop" / "我的.dangjian"

    def install(self, version: str, *switches: str) -> int:
        return self.wine.run(self.setups[version], "/S", *switches).returncode

    def take_off(self) -> None:
        self.wine.run(self.root / "uninstall.exe", "/S")
        until(lambda: not self.root.exists(), 120)
        until(lambda: self.value(UNINSTALL, "DisplayVersion") == "")

    def value(self, key: str, name: str) -> str:
        return self.values(key).get(name, "")

    def values(self, key: str) -> dict[str, str]:
        """What the registry says below this key, by name; those without a name by their key."""
        done = self.wine.run("reg", "query", key, "/s")
        found, place = {}, ""
        for line in done.stdout.splitlines():
            name, kind, said = line.partition("    REG_")
            if not kind:
                place = line.strip().rpartition("\\")[2] or place
            else:
                name = name.strip()
                found[place if name.startswith("(") else name] = said.partition("    ")[2].strip()
        return found

    def started(self) -> str:
        self.wine.calls()
        done = self.wine.run(self.root / "dangjian.exe", "info")
        (call, *_) = self.wine.calls() or [done.stderr]
        return call.partition("\\versions\\")[2].partition("\\")[0] or call

    def is_one_whole_version(self) -> str:
        """The version that starts, when it is whole."""
        name = current(self.root)
        assert whole(self.root / "versions" / name)
        assert self.started() == name
        return name

    def is_right(self, version: str) -> None:
        """All of it is there, and of this version."""
        entry = rf"{PLACE}\dangjian-desktop.exe"
        assert self.is_one_whole_version().startswith(version)
        listed = self.values(UNINSTALL)
        assert listed["DisplayVersion"] == version
        assert listed["InstallLocation"] == PLACE
        assert listed["UninstallString"].strip('"') == rf"{PLACE}\uninstall.exe"
        classes = self.values(r"HKCU\Software\Classes")
        assert classes["command"] == f'"{entry}" "%1"'
        assert classes[".dangjian"] == "DangjianDesktop.Library"
        for link in (self.menu, self.desk):
            assert leads_to(link, entry)
        assert (self.root / "uninstall.exe").read_bytes()[:2] == b"MZ"
        assert {path.name for path in self.root.iterdir()} <= {
            *("current", "previous", "dangjian.exe", "dangjian-desktop.exe", "uninstall.exe"),
            "versions",
        }

    def is_gone(self) -> None:
        assert not self.root.exists()
        assert not self.menu.exists()
        assert not self.desk.exists()
        for key in (UNINSTALL, TYPE, r"HKCU\Software\Classes\.dangjian"):
            assert self.wine.run("reg", "query", key).returncode != 0

    @property
    def log(self) -> str:
        file = self.wine.local / "dangjian-desktop" / "Logs" / "setup.log"
        return file.read_text("utf-16") if file.exists() else ""

    def kept(self, folder: Path) -> Path:
        """How all of it is now, to be begun with again; Wine is not running then."""
        self.wine.end()
        shutil.copytree(self.wine.user, folder / "user", symlinks=True)
        shutil.copytree(self.wine.home, folder / "desk")
        shutil.copyfile(self.wine.prefix / "user.reg", folder / "user.reg")
        return folder

    def begin_with(self, kept: Path) -> None:
        self.wine.end()
        for place, name in ((self.wine.user, "user"), (self.wine.home, "desk")):
            shutil.rmtree(place)
            shutil.copytree(kept / name, place, symlinks=True)
        shutil.copyfile(kept / "user.reg", self.wine.prefix / "user.reg")


def leads_to(link: Path, entry: str) -> bool:
    content = link.read_bytes()
    return content[:4] == b"L\0\0\0" and entry.encode("ascii") + b"\0" in content


@pytest.fixture(scope="session")
def empty(wine, setups, tmp_path_factory) -> Path:
    return Desk(wine, setups).kept(tmp_path_factory.mktemp("empty"))


@pytest.fixture
def desk(wine, setups, empty) -> Desk:
    made = Desk(wine, setups)
    made.begin_with(empty)
    (wine.told / "let-go").unlink(missing_ok=True)
    return made


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
    desk.wine.begin(desk.root / "dangjian-desktop.exe", heard=False).wait(60)
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


# ---- killed ------------------------------------------------------------------------------------


def killed(desk: Desk, version: str, seconds: float) -> None:
    """Its set-up, and everything of Wine, killed after this time."""
    begun = desk.wine.begin(desk.setups[version], "/S")
    time.sleep(seconds)
    desk.wine.end()
    begun.communicate(timeout=60)


def measured(desk: Desk, version: str) -> float:
    desk.wine.end()
    since = time.monotonic()
    desk.install(version)
    return time.monotonic() - since


def spread(length: float) -> list[float]:
    return [length * (number + 1) / POINTS for number in range(POINTS)]


def test_killed_anywhere_a_first_set_up_leaves_nothing_or_a_whole_version(desk, empty):
    length = measured(desk, "0.1.0")
    seen = set()
    for seconds in spread(length):
        desk.begin_with(empty)
        killed(desk, "0.1.0", seconds)
        seen.add(there := (desk.root / "current").exists())
        if there:
            assert desk.is_one_whole_version() == "0.1.0"
        elif (desk.root / "dangjian.exe").exists():
            assert "没有装好" in desk.started()
        if desk.menu.exists():
            assert there
        desk.install("0.1.0")
        desk.is_right("0.1.0")
    assert False in seen
    desk.take_off()
    desk.is_gone()


def test_killed_anywhere_an_update_leaves_one_whole_version(desk, tmp_path):
    desk.install("0.1.0")
    begun = desk.kept(tmp_path / "begun")
    length = measured(desk, "0.2.0")
    seen = set()
    for seconds in spread(length):
        desk.begin_with(begun)
        killed(desk, "0.2.0", seconds)
        seen.add(version := desk.is_one_whole_version())
        assert desk.menu.exists()
        assert desk.desk.exists()
        assert desk.value(UNINSTALL, "DisplayVersion") == version
        desk.install("0.2.0")
        desk.is_right("0.2.0")
    assert "0.1.0" in seen
    desk.take_off()
    desk.is_gone()


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
