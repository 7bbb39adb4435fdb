"""What stops a release: a key that is not ours before anything is made, a tool, a full disk."""

from __future__ import annotations

import errno
import importlib
import shutil
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

from dangjian_desktop.storage.updating import signing
from tests.test_setup import INSTALLER

sys.path.insert(0, str(INSTALLER))
frozen_folder = importlib.import_module("frozen_folder")
linux_packages = importlib.import_module("linux_packages")
linux_release = importlib.import_module("linux_release")
release = importlib.import_module("release")
sys.path.remove(str(INSTALLER))

STAGE = """import pathlib, sys
place = pathlib.Path(sys.argv[sys.argv.index("--out") + 1]) / "python/Lib/site-packages/reportlab"
(place / "fonts").mkdir(parents=True)
(place / "fonts" / "strange.pfb").touch()
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="releases are made on Linux")


@pytest.fixture
def wanted(tmp_path, monkeypatch):
    made = release.Release(tmp_path / "放", here=True, key=None, draft=True)
    monkeypatch.setattr(made, "made", tmp_path / "做")
    return made


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl")
def test_a_wrong_key_is_said_before_anything_is_made(wanted, tmp_path, monkeypatch):
    public, wanted.key = tmp_path / "keys.toml", tmp_path / "钥匙"
    monkeypatch.setattr(release, "PUBLIC", public)
    wanted.key.write_text("07" * 32 + "\n", encoding="ascii")
    ours = signing.public_of(bytes([7]) * 32)
    for in_use, text, said in (
        (ours, "07" * 32, ""),
        (ours, "08" * 32, "不是一对"),
        (ours, "07" * 31, "读不出"),
        (ours, "啊", "读不出"),
        (ours, "", "读不出"),
        ("", "07" * 32, "还没有公钥"),
    ):
        public.write_text(f'in_use = "{in_use}"\nreserve = ""\n', encoding="utf-8")
        wanted.key.write_text(text, encoding="utf-8")
        if not said:
            wanted.check()
            assert wanted.made.is_dir()
            wanted.made.rmdir()
            continue
        with pytest.raises(frozen_folder.ReleaseError, match=said) as caught:
            wanted.check()
        assert "0707" not in str(caught.value)
        assert not wanted.made.exists()


# ---- what fails on the way -----------------------------------------------------------------------


@pytest.mark.parametrize("broken", ["xz", "dpkg-deb", "disk"])
def test_a_tool_or_a_disk_that_fails_is_said_in_words(tmp_path, monkeypatch, capsys, broken):
    made = linux_release.LinuxRelease
    for step in ("check", "install", "freeze", "finish", "try_out"):
        monkeypatch.setattr(made, step, lambda self: None)
    if broken == "disk":

        def full(*given):
            raise OSError(errno.ENOSPC, "No space left on device", "run.tar")

        monkeypatch.setattr(made, "pack", full)
    else:
        (tmp_path / broken).write_text("#!/bin/sh\nexit 2\n", encoding="ascii")
        (tmp_path / broken).chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        monkeypatch.setattr(made, "pack", lambda self: packed_by(broken, self.out))
    assert linux_release.main(["--floor", "2.31", "--out", str(tmp_path / "放")]) == 1
    told = capsys.readouterr().out.splitlines()[-1]
    assert told.startswith("磁盘空间不足" if broken == "disk" else f"{broken} 没有做成（代码 2）")
    assert "空间" in told


def packed_by(tool: str, work: Path) -> None:
    """As a release packs, of a small version."""
    version = work.parent / "版本"
    for name in ("desktop", "licences"):
        (version / name).mkdir(parents=True)
    for name in (*frozen_folder.DESKTOP, "dangjian-desktop.svg"):
        (version / "desktop" / name).touch()
    (version / "licences" / "dangjian-desktop.txt").touch()
    work.mkdir()
    if tool == "xz":
        linux_packages.make_run(version, "9.9.9", "x86_64", work, work / "a.run")
    else:
        linux_packages.make_deb(version, "9.9.9", "x86_64", work, work / "a.deb", "2.31")


def test_a_package_without_a_licence_text_stops_the_release(tmp_path):
    site = tmp_path / "site"
    for name, text in (("strange", "METADATA"), ("mild_one", "licenses/COPYING"), ("docxtpl", "x")):
        path = site / f"{name}-1.dist-info" / text
        path.parent.mkdir(parents=True)
        path.write_text(name, encoding="utf-8")
    given = ["mild-one", "docxtpl", "pyside6-essentials"]
    frozen_folder.gather_licences(site, tmp_path / "一", given, "说明")
    texts = {path.name: path.read_text("utf-8") for path in (tmp_path / "一").iterdir()}
    assert texts["mild_one_licenses_COPYING"] == "mild_one"
    assert texts["Qt.txt"] == "说明"
    assert {"SQLCipher.txt", "Qt-parts.txt", "LGPL-3", "LGPL-2.1"} <= {*texts}
    for number, extra in enumerate(("strange", "not-there")):
        with pytest.raises(frozen_folder.ReleaseError, match=f"^{extra} 没有自带许可文本"):
            frozen_folder.gather_licences(site, tmp_path / str(number), [*given, extra], "")


@pytest.mark.skipif(sys.prefix == sys.base_prefix, reason="an environment")
def test_every_package_that_ships_brings_its_text(tmp_path):
    """Of the very packages that the lock names."""
    site = tmp_path / "site"
    site.mkdir()
    wanted = [name for name in linux_release.shipped() if name != "pyinstaller"]
    for name in wanted:
        folder = Path(str(distribution(name)._path))
        (site / folder.name).symlink_to(folder)
    frozen_folder.gather_licences(site, tmp_path / "许可", wanted, "")


def test_what_a_folder_of_windows_has_inside_stops_its_release(tmp_path, monkeypatch):
    windows = importlib.import_module("windows_release")
    script = tmp_path / "stage_windows.py"
    script.write_text(STAGE, encoding="utf-8")
    monkeypatch.setattr(windows, "HERE", tmp_path)
    monkeypatch.setattr(windows, "_setup", lambda: pytest.fail("packed"))
    given = (tmp_path / "官方", Path(sys.executable), tmp_path, tmp_path)
    with pytest.raises(frozen_folder.ReleaseError) as caught:
        windows.make("9.9.9", *given)
    assert "fonts/strange.pfb 没有核对过" in str(caught.value)
    face = {**windows.bill.fonts()[0], "licence": "Proprietary"}
    monkeypatch.setattr(windows.bill, "fonts", lambda: [face])
    (tmp_path / "staged").rename(tmp_path / "old")
    with pytest.raises(frozen_folder.ReleaseError, match="的许可 Proprietary 不能随程序分发"):
        windows.make("9.9.9", *given)
