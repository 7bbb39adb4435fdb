"""The programs of Windows under Wine, around a stand-in for Python.

Wine is not Windows, and the stand-in is no Python: what is proved is what these programs do with
files, pointers, registry and processes.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.test_setup import INSTALLER

WINDOWS = INSTALLER / "windows"
REHEARSAL = WINDOWS / "rehearsal"
sys.path.insert(0, str(WINDOWS))
make_setup = importlib.import_module("make_setup")
sys.path.remove(str(WINDOWS))

WHOLE = os.environ.get("DANGJIAN_REHEARSAL") == "whole"
"""Whether the whole was asked for: ``sh installer/windows/rehearse.sh``."""
MISSING = [tool for tool in (*make_setup.TOOLS, "wine") if shutil.which(tool) is None]
PATIENCE = 600
"""Seconds, on a machine that others load."""
PYTHONS = {"python.exe": "-mconsole", "pythonw.exe": "-mwindows"}
UNTOUCHED = "原来的版本没有动"
TITLE = "党支部工作台"


def compiled(source: str, target: Path, *options: str) -> Path:
    """A small program of the rehearsal."""
    call = [make_setup.GCC, "-Os", "-s", "-static", "-municode", *options]
    call += ["-o", str(target), str(REHEARSAL / source)]
    subprocess.run(call, check=True, capture_output=True)
    return target


class Made:
    """What is compiled once: our programs, the stand-in, and folders of versions made of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = folder / "programs"
        self.python = folder / "python"
        for each in (self.programs, self.python):
            each.mkdir(parents=True)
        make_setup.compile_programs("0.1.0", self.programs)
        for name, kind in PYTHONS.items():
            compiled("stand_in.c", self.python / name, kind)
        self.hold = compiled("hold.c", folder / "hold.exe", "-mconsole")
        self.box = compiled("box.c", folder / "box.exe", "-mconsole")

    @property
    def lay(self) -> Path:
        return self.programs / "lay.exe"

    def version(self, folder: Path, version: str, *said: str, parts: int = 8) -> Path:
        """The whole folder of a version, as ``make_setup.complete`` makes it."""
        staged(folder, version, self.python, *said, parts=parts)
        shutil.copytree(self.programs, folder, dirs_exist_ok=True)
        make_setup.write_list(folder)
        return folder


def staged(folder: Path, version: str, python: Path, *said: str, parts: int = 8) -> Path:
    """What the staging hands over, with the stand-in for its Python."""
    shutil.copytree(python, folder / "python")
    inside = folder / "python" / "Lib" / "site-packages" / "dangjian_desktop"
    inside.mkdir(parents=True)
    for number in range(parts):
        (inside / f"部分 {number}").write_bytes(f"{version} {number}".encode() * 500)
    (folder / "python" / "stand-in").write_text("".join(f"{each}\n" for each in said))
    (folder / "version").write_text(f"{version}\n", encoding="ascii")
    (folder / "licences").mkdir()
    (folder / "licences" / "甲.txt").touch()
    return folder


def dos(path: Path) -> str:
    """A path of this system as Wine names it."""
    return "Z:" + str(path).replace("/", "\\")


class Wine:
    """One prefix of Wine with a home of its own; nothing of the user's is seen or written."""

    def __init__(self, folder: Path, user: str = "secretary") -> None:
        self.folder, self.prefix, self.home = folder, folder / "prefix", folder / "home"
        self.name = user
        self.told = folder / "told"
        for each in (self.home, self.told):
            each.mkdir(parents=True)
        self.run("wineboot", "-i")
        self.run("winecfg", "-v", "win10")

    @property
    def environment(self) -> dict[str, str]:
        overrides = "mscoree,mshtml=;winemenubuilder.exe=d"
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "USER": self.name,
            "WINEPREFIX": str(self.prefix),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": overrides,
            "LC_ALL": "C.UTF-8",
            "TOLD": dos(self.told),
        }

    def begin(
        self, program: object, *words: object, heard: bool = True, **changed: str
    ) -> subprocess.Popen[bytes]:
        """Started, in a group of its own; unheard where what it starts itself stays."""
        where = subprocess.PIPE if heard else subprocess.DEVNULL
        return subprocess.Popen(
            ["wine", str(program), *map(str, words)],
            env={**self.environment, **changed},
            stdin=subprocess.DEVNULL,
            stdout=where,
            stderr=where,
            cwd=self.folder,
            start_new_session=True,
        )

    def run(
        self, program: object, *words: object, **changed: str
    ) -> subprocess.CompletedProcess[str]:
        """Started and waited for; its code is what is left of it in eight bits."""
        begun = self.begin(program, *words, **changed)
        out, error = begun.communicate(timeout=PATIENCE)
        told = (out.decode("utf-8", "replace"), error.decode("utf-8", "replace"))
        return subprocess.CompletedProcess([str(program)], begun.returncode, *told)

    def end(self) -> None:
        """Kill everything that runs in it, as a power cut would."""
        subprocess.run(["wineserver", "-k"], check=False, env=self.environment)
        subprocess.run(["wineserver", "-w"], check=False, env=self.environment, timeout=PATIENCE)

    @property
    def user(self) -> Path:
        return self.prefix / "drive_c" / "users" / self.name

    @property
    def local(self) -> Path:
        return self.user / "AppData" / "Local"

    @property
    def log(self) -> str:
        file = self.local / "dangjian-desktop" / "Logs" / "start.log"
        return file.read_text("utf-8", "replace") if file.exists() else ""

    def calls(self) -> list[str]:
        """What the stand-ins were called with since this was asked last."""
        file = self.told / "told"
        said = file.read_text("utf-8-sig").splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return said


def until(done: Callable[[], object], seconds: float = 300) -> None:
    """Wait for what comes."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


def names(root: Path) -> list[str]:
    """The versions that lie there, half ones too, but no marks of use."""
    return sorted(path.name for path in (root / "versions").iterdir() if path.is_dir())


def current(root: Path) -> str:
    return (root / "current").read_text("utf-8").strip()


def whole(folder: Path) -> bool:
    """Whether it is that of its list, judged without our own programs."""
    call = ["sha256sum", "--check", "--quiet", "--strict", "files.sha256"]
    listed = len((folder / "files.sha256").read_text("utf-8").splitlines())
    found = sum(path.is_file() for path in folder.rglob("*")) - 1
    done = subprocess.run(call, cwd=folder, check=False, capture_output=True)
    return done.returncode == 0 and found == listed


class Place:
    """A root, and what is done with it."""

    def __init__(self, wine, made, folder: Path) -> None:
        self.wine, self.made, self.folder = wine, made, folder
        self.root = folder / "程 序"
        self.tool = made.lay
        wine.calls()
        (wine.told / "let-go").unlink(missing_ok=True)
        (wine.told / "held").unlink(missing_ok=True)

    def version(self, version: str, *said: str, name: str = "") -> Path:
        return self.made.version(self.folder / (name or f"源 {version}"), version, *said)

    def lay(self, verb: str, *words: object, **changed: str) -> subprocess.CompletedProcess[str]:
        given = [dos(word) if isinstance(word, Path) else word for word in words]
        return self.wine.run(self.tool, verb, dos(self.root), *given, **changed)

    def put(self, version: str, *words: str, said: tuple[str, ...] = ()) -> None:
        done = self.lay("put", self.version(version, *said), *words)
        assert (done.returncode, done.stderr) == (0, f"已装好 {version}。\r\n")

    def started(self) -> str:
        """The version whose Python the command's entry starts, or what is said instead."""
        self.wine.calls()
        done = self.wine.run(self.root / "dangjian.exe", "info", "甲 乙")
        calls = self.wine.calls()
        if not calls:
            return done.stderr
        (call,) = calls
        assert '-m dangjian_desktop.cli info "甲 乙"' in call
        return call.partition("\\versions\\")[2].partition("\\")[0]

    def refused(self, source: Path, *words: str, code: int, said: str) -> None:
        before, now = names(self.root), current(self.root)
        done = self.lay("put", source, *words)
        assert done.returncode == code, done.stderr
        assert said in done.stderr
        assert UNTOUCHED in done.stderr
        assert names(self.root) == before
        assert self.started() == now
        assert whole(self.root / "versions" / now)

    def clicked(self, *words: str, **changed: str) -> None:
        """A double click on the entry, which does not wait."""
        entry = self.root / "dangjian-desktop.exe"
        self.wine.begin(entry, *words, heard=False, **changed).wait(PATIENCE)

    def told(self) -> str:
        """What lies on the desk: without a screen there is no box."""
        path = self.wine.user / "Desktop" / "党支部工作台没有启动.txt"
        until(lambda: path.exists() and path.read_text("utf-8-sig", "replace").endswith("\n"))
        text = path.read_text("utf-8-sig")
        path.unlink()
        return text

    def box(self, button: int) -> str:
        """What the box says that is shown, after this button of it was pressed."""
        assert self.wine.run(self.made.box, button).returncode == 0
        return (self.wine.told / "box").read_text("utf-8-sig")

    def is_in_use(self, name: str) -> bool:
        """Whether somebody holds the mark of this version: asked as the sweep asks."""
        done = self.wine.run(self.made.hold, dos(self.root / "versions" / f".use.{name}"), "ask")
        return done.returncode == 1
