"""The set-up of Windows under Wine, and what a secretary has of it."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from tests.installer.windows import (
    TITLE,
    Made,
    Wine,
    current,
    make_setup,
    staged,
    until,
    whole,
)

UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\dangjian-desktop"
PLACE = r"C:\users\secretary\AppData\Local\Programs\dangjian-desktop"
TYPE = r"HKCU\Software\Classes\DangjianDesktop.Library"
BULK = 6_000_000


def make_setups(made: Made) -> dict[str, Path]:
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
        until(lambda: not self.root.exists())
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
