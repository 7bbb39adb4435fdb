"""Make what is shipped on Linux, on the system that this runs on: a frozen folder, .run and .deb.

``release.sh`` calls it in an old system. Everything comes from the two lock files and, in the old
system, from ``wheelhouse``: there is no network there.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import time
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import bill
from contained import Folder
from environment import PYTHONS
from frozen_folder import (
    QT_NOTE,
    ROOT,
    ReleaseError,
    assemble,
    copy_source,
    gather_licences,
    in_words,
    modules_of,
    problems,
    say,
    say_floors,
)
from linux_packages import make_deb, make_run

HERE = Path(__file__).resolve().parent
LOCKS = ("requirements.txt", "requirements-release.txt")
WANTED = ("libX", "libxcb", "libxkb", "libEGL", "libGL", "libdbus", "libfontconfig", "libwayland")
TOOLS = {"readelf": "binutils", "strip": "binutils", "objcopy": "binutils", "dpkg-deb": "dpkg"}
TOOLS |= {"xz": "xz-utils", "objdump": "binutils"}
PYTHON_PARTS = Path("/opt/python/debian-version")
"""Where the old system says which source its Python was compiled from."""


class LinuxRelease:
    """What is made on one system: where, and what is known of it."""

    def __init__(self, out: Path, floor: str) -> None:
        declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        self.version: str = declared["project"]["version"]
        self.machine, self.floor = platform.machine(), floor
        self.work = ROOT / "build" / "release"
        self.env, self.frozen = self.work / "env", self.work / "frozen"
        self.program = self.frozen / "program"
        self.out = out
        self.parts: list[tuple[str, str, str]] = []
        self.system: Mapping[str, str] = {}
        self.name = f"dangjian-desktop-{self.version}-linux-{self.machine}"

    @property
    def python(self) -> Path:
        return self.env / "bin" / "python"

    @property
    def site(self) -> Path:
        return next((self.env / "lib").glob("python3.*")) / "site-packages"

    def check(self) -> None:
        """Refuse early what would fail late."""
        for tool, package in TOOLS.items():
            if shutil.which(tool) is None:
                raise ReleaseError(f"缺少 {tool}，请先安装软件包 {package}。")

    def install(self) -> None:
        """An environment that holds what the locks name, and the program as it would be shipped."""
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        _call([sys.executable, "-m", "venv", str(self.env)])
        pip = [str(self.python), "-m", "pip", "-q", "--disable-pip-version-check", "install"]
        pip += ["--no-deps"]
        wheels = ROOT / "wheelhouse"
        near = ["--no-index", "--find-links", str(wheels)] if wheels.is_dir() else []
        for lock in LOCKS:
            hashed = ["--require-hashes", "--only-binary=:all:", "-r", str(HERE / lock)]
            _call([*pip, *near, *hashed])
        source = self.work / "source"
        copy_source(source)
        _call([*pip, "--no-index", "--no-build-isolation", str(source)])
        self.parts = [*bill.packages(self.site, shipped())]
        if said := bill.complaints(self.parts, bill.table()):
            raise ReleaseError("不能发布：\n  " + "\n  ".join(said))
        say(f"  许可：{bill.report(self.parts, bill.table())}")

    def freeze(self) -> None:
        """Let PyInstaller make the folder; a library of the screen that it misses is an error."""
        call = [str(self.python), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
        call += ["--distpath", str(self.frozen), "--workpath", str(self.work / "work")]
        done = subprocess.run(
            [*call, str(HERE / "program.spec")],
            check=False,
            cwd=self.work,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "1577836800"},
        )
        (self.work / "pyinstaller.log").write_text(done.stderr, encoding="utf-8")
        if done.returncode:
            raise ReleaseError(f"PyInstaller 没有做成，见 {self.work / 'pyinstaller.log'}。")
        missing = set(re.findall(r"could not resolve '([^']+)'(?!.*libqgtk3)", done.stderr))
        if wanted := sorted(name for name in missing if name.startswith(WANTED)):
            raise ReleaseError(f"制作用的电脑缺少 {'、'.join(wanted)}，做出的程序打不开窗口。")
        for name in sorted(missing):
            say(f"  注意：没有找到 {name}")

    def finish(self) -> None:
        """Complete the folder and hold it against what must be true of it."""
        licences = self.work / "licences"
        note = QT_NOTE.format(version=_pins()["pyside6-essentials"])
        gather_licences(self.site, licences, shipped(), note)
        owners = bill.owners(self.program)
        self.system = bill.system_libraries(owners.values(), licences)
        say(
            f"  系统库来自：{'、'.join(f'{name} {number}' for name, number in self.system.items())}"
        )
        python_licence(licences)
        assemble(self.program, self.version, licences)
        say_floors(self.program)
        frozen, ours = self._modules(), modules_of(self.work / "source")
        found = problems(self.program, ours, frozen, self.floor)
        self.inside = Folder(self.program, self.python)
        if found := [*found, *bill.complaints_of_folder(self.inside, owners)]:
            raise ReleaseError("做出的程序不能发布：\n  " + "\n  ".join(found[:20]))
        say(f"  程序包里面还有：{bill.report_of_parts(self.inside.parts())}")
        say(f"  {len(frozen)} 个模块，{_size(self.program) / 2**20:.0f} MB")

    def _modules(self) -> list[str]:
        done = subprocess.run(
            [str(self.program / "dangjian"), "--child", "modules"],
            check=False,
            capture_output=True,
            text=True,
            env=_bare(self.work),
        )
        told = json.loads(done.stdout)
        if told["failed"]:
            raise ReleaseError(f"有模块不能载入：{told['failed']}")
        return list(told["modules"])

    def try_out(self) -> None:
        """The self-test of the folder with nothing of this machine's environment."""
        report = self.work / "self-test"
        done = subprocess.run(
            [str(self.program / "dangjian"), "self-test", "--out", str(report)],
            check=False,
            capture_output=True,
            text=True,
            env=_bare(self.work),
        )
        if done.returncode:
            raise ReleaseError(f"自检没有通过：\n{done.stdout}{done.stderr}")

    def pack(self) -> None:
        """What is handed out on Linux, and what it is made of."""
        self.out.mkdir(parents=True, exist_ok=True)
        given = (self.program, self.version, self.machine, self.work)
        make_run(*given, self.out / f"{self.name}.run")
        make_deb(*given, self.out / f"{self.name}.deb", self.floor)
        materials = bill.bill(
            self.version,
            self.parts,
            self.system,
            bill.table(),
            python=python_source(),
            faces=bill.fonts(),
            folder=self.inside,
        )
        (self.out / f"{self.name}.cdx.json").write_text(materials, encoding="utf-8")


def python_source() -> tuple[str, str]:
    """Version of the Python that is carried along, and of Debian's source if from there."""
    told = PYTHON_PARTS.read_text(encoding="ascii").strip() if PYTHON_PARTS.is_file() else ""
    return platform.python_version(), told


def python_licence(licences: Path) -> None:
    """Put the licence of Python to the others."""
    short = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    places = (
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path("/usr/share/doc") / short / "copyright",
    )
    for place in places:
        if place.is_file():
            shutil.copyfile(place, licences / "Python.txt")
            return
    raise ReleaseError("没有找到 Python 的许可全文。")


def _pins() -> dict[str, str]:
    lock = (HERE / LOCKS[0]).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", lock, re.M))


def shipped() -> list[str]:
    """Of the tools only the beginning of each program ships, which PyInstaller puts there."""
    return [*(name for name in _pins() if name != "setuptools"), "pyinstaller"]


def _bare(work: Path) -> Mapping[str, str]:
    return {"PATH": "/usr/bin:/bin", "TMPDIR": str(work)}


def _size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())


def _call(command: Sequence[str]) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, env=kept)
    if done.returncode:
        raise ReleaseError(f"没有做成：{' '.join(command[:6])} ……，原因见上。")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="在这个系统上做出 Linux 的发布文件")
    parser.add_argument("--floor", required=True, help="程序文件最高可以要的 glibc")
    parser.add_argument("--out", type=Path, required=True, help="放在哪个文件夹")
    asked = parser.parse_args(arguments)
    if sys.platform != "linux" or sys.version_info[:2] not in PYTHONS:
        say("请在 Linux 上用 3.11 至 3.13 的 Python 制作。")
        return 1
    release = LinuxRelease(asked.out.absolute(), asked.floor)
    steps = (
        ("检查", release.check),
        ("按锁定的版本装好制作环境", release.install),
        ("冻结", release.freeze),
        ("核对", release.finish),
        ("自检", release.try_out),
        ("打包", release.pack),
    )
    try:
        for title, step in steps:
            since = time.monotonic()
            say(f"▶ {title}")
            with in_words():
                step()
            say(f"  {time.monotonic() - since:.0f} 秒")
    except ReleaseError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
