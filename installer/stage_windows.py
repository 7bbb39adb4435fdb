"""Stage the Windows folder from the lock: Python, the unzipped wheels, ours, licences.

    .venv/bin/python installer/stage_windows.py --out FOLDER --python FOLDER_OF_THE_ZIP
    .venv/bin/python installer/stage_windows.py --out FOLDER --without-python

The zip is the official embeddable CPython that a person put there once; ``staging.toml`` says its
hash. 0: whole; 3: all but Python; 1: not made. Python 3.11 makes it: the byte code is its own.
"""

from __future__ import annotations

import argparse
import fnmatch
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import bill
import wheels
from environment import SetUpError, say
from frozen_folder import ROOT, ReleaseError, copy_source, gather_licences, write_version
from staged_folder import SITE, binaries, problems, wanted_libraries

from dangjian_desktop.domain.updating.names import name_issues

HERE = Path(__file__).resolve().parent
LOCK, SETTINGS = HERE / "requirements.txt", HERE / "staging.toml"
PTH = "python311.zip\n.\nLib\\site-packages\n"
PARTS_OF_PYTHON = (
    *("python.exe", "pythonw.exe", "python3.dll", "python311.dll", "python311.zip"),
    "LICENSE.txt",
)
LARGEST_FILE = 200 * 1024 * 1024
QT_NOTE = """Qt 和 PySide6（{version}）按 LGPL 3 使用，许可全文见 LGPL-3 和 GPL-3。
它们在 python\\Lib\\site-packages 的 PySide6 和 shiboken6 里，是独立的动态库，没有改动，
可以换成自己编译的同一版本：替换其中同名的 .dll 和 .pyd 即可，程序启动时不检查它们。
换过以后核对会说文件与 files.sha256 不符，把其中那几行的校验值改成新的即可。
源代码：Qt 和 PySide6 项目公布的 {version} 源码包；索取方法同本程序，自发布之日起三年内有效。
"""


class Staging:
    """One staged folder: what it is made from and where."""

    def __init__(self, out: Path, python: Path | None, near: Path | None) -> None:
        self.out, self.python, self.near = out, python, near
        self.settings: Mapping[str, Any] = tomllib.loads(SETTINGS.read_text(encoding="utf-8"))
        declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        self.version: str = declared["project"]["version"]
        self.shipped = [
            each.name
            for each in wheels.entries(LOCK)
            if each.name not in self.settings["left_out"]["packages"]
        ]

    def make(self) -> None:
        """Make it under a temporary name beside ``out``; what fails leaves nothing there.

        Raises:
            ReleaseError, SetUpError: why not, in words.
        """
        self.check()
        self.out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.out.parent, prefix=".stage.") as folder:
            work = Path(folder)
            staged = work / "staged"
            site = staged / SITE
            site.mkdir(parents=True)
            steps: tuple[tuple[str, Callable[[], None]], ...] = (
                ("取得程序包", lambda: self.gather(work)),
                ("解开程序包", lambda: self.unpack(work, site)),
                ("放入 Python", lambda: self.put_python(staged)),
                ("许可和版本", lambda: self.describe(staged)),
                ("编译", lambda: compile_all(site)),
                ("核对", lambda: self.examine(staged)),
            )
            for title, step in steps:
                since = time.monotonic()
                step()
                say(f"  {title}：{time.monotonic() - since:.1f} 秒")
            staged.rename(self.out)

    def check(self) -> None:
        """Refuse early what would fail late."""
        if sys.version_info[:2] != (3, 11):
            raise ReleaseError("请用 Python 3.11 制作：字节码要与 Windows 版里的 Python 一致。")
        if self.out.exists():
            raise ReleaseError(f"{self.out} 已经存在，不覆盖。请移走或另选一个文件夹。")
        if self.python is not None:
            self.archive()

    def archive(self) -> Path:
        """The zip of Python, held against its hash."""
        told: Mapping[str, str] = self.settings["python"]
        if not told["sha256"]:
            raise ReleaseError(
                f"{SETTINGS.name} 里还没有 {told['file']} 的校验值。请从 python.org 的发布页"
                "下载它，按那里的校验值或签名核对以后，把 SHA-256 写进 [python] 的 sha256；"
                "暂时没有的，用 --without-python 做出其余部分。"
            )
        path = Path(self.python or ".") / told["file"]
        if not path.is_file():
            raise ReleaseError(f"没有找到 {path}。请从 python.org 的发布页下载后放在那里。")
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != told["sha256"].lower():
            raise ReleaseError(
                f"{path} 的校验值是 {digest}，不是 {SETTINGS.name} 里的。请重新下载。"
            )
        return path

    def gather(self, work: Path) -> None:
        """All wheels of the lock for Windows, and ours made as the release makes it."""
        found = wheels.fetch(LOCK, wheels.WINDOWS, work / "wheels", self.near)
        size = sum(path.stat().st_size for path in found)
        wanted = len(wheels.entries(LOCK))
        say(f"  {len(found)} 个程序包，锁定文件里 {wanted} 个，共 {size / 1e6:.0f} MB")
        tools = work / "tools"
        for path in found:
            if path.name.startswith("setuptools-"):
                unzip(path, tools)
        copy_source(work / "source")
        code = "import sys; from setuptools import build_meta as b; b.build_wheel(sys.argv[1])"
        done = subprocess.run(
            [sys.executable, "-c", code, str(work / "wheels")],
            check=False,
            cwd=work / "source",
            env={**os.environ, "PYTHONPATH": str(tools), "SOURCE_DATE_EPOCH": "1577836800"},
            capture_output=True,
            encoding="utf-8",
            errors="replace",
        )
        if done.returncode:
            raise ReleaseError(f"本程序的程序包没有做成：\n{done.stderr[-2000:]}")

    def unpack(self, work: Path, site: Path) -> None:
        """Unzip what ships and take away what is not wanted."""
        for path in sorted((work / "wheels").iterdir()):
            if path.name.partition("-")[0] not in self.settings["left_out"]["packages"]:
                unzip(path, site)
        patterns = self.settings["left_out"]["files"]
        for path in sorted(site.rglob("*")):
            name = path.relative_to(site).as_posix()
            if path.is_file() and any(fnmatch.fnmatchcase(name, each) for each in patterns):
                path.unlink()
        self._slim_qt(site)
        for path in sorted(site.rglob("*"), reverse=True):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
        parts = [*bill.packages(site, self.shipped)]
        if said := bill.complaints(parts, bill.table()):
            raise ReleaseError("不能发布：\n  " + "\n  ".join(said))

    def _slim_qt(self, site: Path) -> None:
        """Of Qt only modules and plugins that are named, with the libraries they ask for."""
        qt = self.settings["qt"]
        package = site / "PySide6"
        kept = [*(package / f"{name}.pyd" for name in qt["modules"])]
        kept += [*(package / "plugins" / name for name in qt["plugins"])]
        kept += [*(site / "shiboken6").glob("*.pyd")]
        if gone := [path.name for path in kept if not path.is_file()]:
            raise ReleaseError(f"程序包里没有 {'、'.join(gone)}，请改 {SETTINGS.name} 的 [qt]。")
        wanted = wanted_libraries(site, kept)
        for folder in (package, site / "shiboken6"):
            for path in folder.rglob("*"):
                if path.is_file() and path.suffix != ".py" and path not in wanted:
                    path.unlink()
        for name in ("scripts", "doc", "examples"):
            shutil.rmtree(package / name, ignore_errors=True)

    def put_python(self, staged: Path) -> None:
        """The embeddable package as it is, but for the file that says where modules lie."""
        folder = staged / "python"
        if self.python is not None:
            unzip(self.archive(), folder)
            if gone := [name for name in PARTS_OF_PYTHON if not (folder / name).is_file()]:
                raise ReleaseError(f"{self.settings['python']['file']} 里没有 {'、'.join(gone)}。")
        (folder / "python311._pth").write_text(PTH, encoding="ascii", newline="\r\n")

    def describe(self, staged: Path) -> None:
        """Version and licences."""
        write_version(staged, self.version)
        pins = {each.name: each.version for each in wheels.entries(LOCK)}
        note = QT_NOTE.format(version=pins["pyside6-essentials"])
        gather_licences(staged / SITE, staged / "licences", self.shipped, note)
        if self.python is not None:
            own = staged / "python" / "LICENSE.txt"
            shutil.copyfile(own, staged / "licences" / "Python.txt")

    def examine(self, staged: Path) -> None:
        """Hold it against what must be true of it; set rights and times."""
        found = problems(staged, self.settings["system"]["libraries"], self.python is not None)
        if found:
            raise ReleaseError("做出的文件夹不能发布：\n  " + "\n  ".join(found[:30]))
        paths = [*staged.rglob("*")]
        for path in paths:
            path.chmod(0o755 if path.is_dir() else 0o644)
        files = [path for path in paths if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1e6
        longest = max(len(path.relative_to(staged).as_posix()) for path in files)
        say(f"  {len(files)} 个文件，{size:.0f} MB，{len(binaries(staged / SITE))} 个动态库")
        say(f"  最长的路径 {longest} 个字")


def unzip(archive: Path, target: Path) -> None:
    """Unpack a wheel or the zip of Python; names that Windows does not hold are refused.

    Raises:
        ReleaseError: such a name, a link, a file that is too large, or no zip at all.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            inside = [each for each in opened.infolist() if not each.is_dir()]
            if wrong := name_issues([each.orig_filename for each in inside]):
                raise ReleaseError(f"{archive.name}：{wrong[0].message}")
            for each in inside:
                if each.external_attr >> 28 == 0xA or each.file_size > LARGEST_FILE:
                    raise ReleaseError(f"{archive.name} 里的 {each.filename} 是链接或太大。")
                if ".data/" in each.filename:
                    raise ReleaseError(f"{archive.name} 里的 {each.filename} 不知道该放在哪里。")
                place = target / each.filename
                if place.exists():
                    raise ReleaseError(f"{archive.name} 里的 {each.filename} 别的程序包里也有。")
            opened.extractall(target, members=inside)
    except (zipfile.BadZipFile, OSError) as error:
        raise ReleaseError(f"{archive.name} 读不出来：{error}") from error


def compile_all(site: Path) -> None:
    """Byte code beside every source: nothing is written there when the program runs."""
    code = (
        "import compileall, py_compile, sys; sys.exit(not compileall.compile_dir(sys.argv[1], "
        "quiet=1, stripdir=sys.argv[1], maxlevels=50, "
        "invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, str(site)],
        check=False,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        raise ReleaseError(f"有源文件不能编译：\n{done.stdout[-2000:]}")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="做出 Windows 版的文件夹")
    parser.add_argument("--out", type=Path, required=True, help="做在哪里，不能已经存在")
    parser.add_argument("--wheels", type=Path, help="从这个文件夹取程序包，不用网络")
    python = parser.add_mutually_exclusive_group(required=True)
    python.add_argument("--python", type=Path, help="放着官方 Python（embeddable）zip 的文件夹")
    python.add_argument("--without-python", action="store_true", help="没有它，做出其余部分")
    asked = parser.parse_args(arguments)
    staging = Staging(asked.out.absolute(), asked.python, asked.wheels)
    begun = time.monotonic()
    try:
        staging.make()
    except (ReleaseError, SetUpError) as error:
        say(str(error))
        return 1
    say(f"做好了：{asked.out}（{time.monotonic() - begun:.0f} 秒）")
    if asked.without_python:
        file = staging.settings["python"]["file"]
        say(f"还缺 Windows 的 Python（{file}），这样不能在 Windows 上启动。")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
