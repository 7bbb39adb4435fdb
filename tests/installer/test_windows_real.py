"""The set-up and the portable folder of a release, with the real Python for Windows in them, under
Wine: ``DANGJIAN_WINDOWS=FOLDER sh installer/windows/rehearse.sh``; FOLDER holds what was made.

Wine 8 lacks two libraries that every Windows has; the rehearsal puts small ones in their place.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from tests.installer.setups import UNINSTALL, Desk
from tests.installer.windows import (
    MISSING,
    PATIENCE,
    WHOLE,
    Wine,
    compiled,
    current,
    dos,
    names,
    until,
    whole,
)
from tests.test_setup import INSTALLER

GIVEN = Path(os.environ.get("DANGJIAN_WINDOWS", "/nonexistent"))
SETUP, PORTABLE, UPDATE = "*-setup.exe", "*-portable.zip", "*-windows-*.update"
pytestmark = pytest.mark.skipif(
    not WHOLE or bool(MISSING) or not any(GIVEN.glob(SETUP)),
    reason="DANGJIAN_WINDOWS=FOLDER sh installer/windows/rehearse.sh",
)
LACKING = {
    "bcryptprimitives.dll": ("bcryptprimitives.c",),
    "Windows.UI.ViewManagement.dll": ("view_settings.c",),
}
TIME = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?")
"""When a document was made stands in it."""


def begun(folder: Path, user: str = "secretary") -> Desk:
    """A desk on which nothing is installed yet."""
    wine = Wine(folder, user)
    wine.end()
    for name, (source, *options) in LACKING.items():
        system = wine.prefix / "drive_c" / "windows" / "system32"
        if not (system / name).exists():
            compiled(source, system / name, "-shared", *options)
    (setup,) = GIVEN.glob(SETUP)
    return Desk(wine, {"": setup})


def installed_by(desk: Desk) -> str:
    """The version that its set-up has laid here, held against its list."""
    assert desk.install("") == 0, desk.log
    version = current(desk.root)
    assert f"已装好 {version}。" in desk.log
    assert names(desk.root) == [version]
    assert whole(desk.root / "versions" / version)
    return version


def self_test(desk: Desk, root: Path) -> str:
    done = desk.wine.run(root / "dangjian.exe", "self-test", "--out", "自检")
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Iterator[Desk]:
    desk = begun(tmp_path_factory.mktemp("real"))
    installed_by(desk)
    yield desk
    desk.wine.end()


def test_every_step_of_the_self_test_passes_and_nothing_is_written_into_the_version(installed):
    said = self_test(installed, installed.root)
    assert "安装版" in said
    assert "Windows 10 AMD64" in said
    assert "自检通过" in said
    assert "不通过" not in said
    assert whole(installed.root / "versions" / current(installed.root))


# ---- the sample year ---------------------------------------------------------------------------


def documents(folder: Path) -> dict[str, Path]:
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.*")}
    return {name: path for name, path in found.items() if name.endswith((".docx", ".pdf", ".xlsx"))}


def content(path: Path) -> list[str]:
    """What is said in a document, without the time it was made at."""
    if path.suffix == ".pdf":
        opened = pypdfium2.PdfDocument(path)
        try:
            parts = [page.get_textpage().get_text_bounded() for page in opened]
        finally:
            opened.close()
    else:
        with zipfile.ZipFile(path) as packed:
            parts = [f"{name} {packed.read(name)!r}" for name in sorted(packed.namelist())]
    return [TIME.sub("", part) for part in parts]


def other_sources(root: Path) -> list[str]:
    """Which of our own files are not those of this checkout."""
    there = root / "versions" / current(root) / "python" / "Lib" / "site-packages"
    pairs = (
        (there / "dangjian_desktop" / "resources", INSTALLER.parent / "resources"),
        (there / "dangjian_desktop", INSTALLER.parent / "dangjian_desktop"),
    )
    here = {theirs / name: ours / name for theirs, ours in pairs for name in sources(ours)}
    found = {theirs / name for theirs, _ in pairs for name in sources(theirs)}
    same = {path for path in found & here.keys() if path.read_bytes() == here[path].read_bytes()}
    return sorted(path.relative_to(there).as_posix() for path in (found | here.keys()) - same)


def sources(folder: Path) -> list[Path]:
    kinds = ("*.py", "*.json")
    return [path.relative_to(folder) for kind in kinds for path in folder.rglob(kind)]


def test_the_sample_year_says_what_it_says_on_linux(installed, tmp_path):
    if other := other_sources(installed.root):
        pytest.fail(
            f"DANGJIAN_WINDOWS 里的不是用这份源代码做的，不能比较：{len(other)} 个文件不同，"
            f"如 {'、'.join(other[:3])}。请用这份源代码重新做。",
            pytrace=False,
        )
    there, here = tmp_path / "那里", tmp_path / "这里"
    done = installed.wine.run(installed.root / "dangjian.exe", "demo", "--out", dos(there))
    assert done.returncode == 0, done.stdout
    call = [sys.executable, "-m", "dangjian_desktop.cli", "demo", "--out", str(here)]
    subprocess.run(call, check=True, capture_output=True)
    ours, theirs = documents(here), documents(there)
    assert ours.keys() == theirs.keys()
    # The list of a bundle holds sums of its files, in which the time stands.
    different = [
        name
        for name in ours
        if not name.endswith("清单.xlsx") and content(ours[name]) != content(theirs[name])
    ]
    assert different == []
    (library,) = there.glob("*.dangjian")
    call = [sys.executable, "-m", "dangjian_desktop.cli", "--library", str(library), "verify"]
    assert subprocess.run(call, check=False, capture_output=True).returncode == 0


# ---- the window --------------------------------------------------------------------------------


def opened_and_closed(wine: Wine, entry: Path, close: Path, screen: str) -> None:
    """The window of a double click, closed as soon as it stands: before it holds anything."""
    wine.end()  # a desk that was begun without the screen shows nothing on it
    # Unheard: the desk of Wine, which stays, would hold what is listened to open.
    wine.begin(entry, heard=False, DISPLAY=screen).wait(PATIENCE)
    assert wine.begin(close, heard=False, DISPLAY=screen).wait(PATIENCE) == 0
    wide, high = map(int, (wine.told / "window").read_text("ascii").split())
    assert wide > 600
    assert high > 400


def test_a_double_click_shows_a_window_that_can_be_closed(installed, screen, tmp_path):
    close = compiled("close.c", tmp_path / "close.exe", "-mconsole")
    opened_and_closed(installed.wine, installed.root / "dangjian-desktop.exe", close, screen)
    until(lambda: "结束（代码 0）" in installed.wine.log)
    assert "十秒内结束" not in installed.wine.log
    installed.wine.end()
    assert whole(installed.root / "versions" / current(installed.root))


# ---- other places ------------------------------------------------------------------------------


def test_for_a_user_with_a_chinese_name_it_is_laid_used_and_taken_off(tmp_path):
    desk = begun(tmp_path, "张三 丰")
    try:
        installed_by(desk)
        assert "自检通过" in self_test(desk, desk.root)
        library = desk.wine.user / "支部.dangjian"
        made = (desk.root / "dangjian.exe", "--library", dos(library), "new", "--name", "甲支部")
        assert desk.wine.run(*made).returncode == 0
        desk.wine.run(desk.root / "uninstall.exe", "/S")
        until(lambda: not desk.root.exists())
        until(lambda: desk.value(UNINSTALL, "DisplayVersion") == "")
        assert library.is_file()
        assert desk.mine.parent.is_dir()
    finally:
        desk.wine.end()


def files(desk: Desk) -> set[Path]:
    """All that lies on the computer of its user."""
    return {path for path in desk.wine.user.rglob("*") if path.is_file()}


def test_the_portable_folder_keeps_all_in_itself_and_is_carried_on(screen, tmp_path):
    desk = begun(tmp_path / "wine")
    close = compiled("close.c", tmp_path / "close.exe", "-mconsole")
    (packed,) = GIVEN.glob(PORTABLE)
    with zipfile.ZipFile(packed) as opened:
        opened.extractall(tmp_path / "U 盘")
    root = tmp_path / "U 盘" / "dangjian-desktop"
    (version,) = names(root)
    try:
        assert "自检通过" in self_test(desk, root)
        assert desk.wine.run(root / "dangjian.exe", "new", "--name", "甲支部").returncode == 0
        desk.wine.end()
        before = files(desk)
        moved = tmp_path / "另一个 盘"
        shutil.move(root, moved)
        kept = moved / "资料"
        assert (kept / "党支部.dangjian").is_file()
        done = desk.wine.run(moved / "dangjian.exe", "info")
        assert (done.returncode, "甲支部" in done.stdout) == (0, True)
        opened_and_closed(desk.wine, moved / "dangjian-desktop.exe", close, screen)
        until(lambda: "结束（代码 0）" in (kept / "logs" / "start.log").read_text("utf-8"))
        desk.wine.end()
        assert whole(moved / "versions" / version)
        assert not desk.mine.parent.exists()
        assert files(desk) == before
    finally:
        desk.wine.end()


def test_an_update_from_a_file_is_laid_and_put_back(tmp_path):
    update = next(GIVEN.glob(UPDATE), None)
    if update is None:
        pytest.skip("没有更新文件（发布时没有给私钥）")
    desk = begun(tmp_path)
    try:
        before = installed_by(desk)
        done = desk.wine.run(desk.root / "dangjian.exe", "update", dos(update))
        assert done.returncode == 0, done.stderr
        after = current(desk.root)
        assert after != before
        assert names(desk.root) == sorted((before, after))
        assert whole(desk.root / "versions" / after)
        done = desk.wine.run(desk.root / "dangjian.exe", "update", "--back")
        assert (done.returncode, current(desk.root)) == (0, before)
    finally:
        desk.wine.end()
