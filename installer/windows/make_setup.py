"""Make what a secretary gets on Windows: the set-up and the portable folder, from a staged one.

    python installer/windows/make_setup.py STAGED OUT [--version VERSION]

STAGED holds python/ (with the program in Lib/site-packages), licences/ and version. The programs
that start, lay and remove a version are compiled here by mingw-w64, the set-up by NSIS; nothing of
Windows is needed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from frozen_folder import LIST, ROOT, ReleaseError, say, write_list  # noqa: E402 - lies above

SOURCES = HERE / "programs"
SCRIPT, ICON = HERE / "setup.nsi", HERE / "dangjian.ico"
GCC, WINDRES, NSIS = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres", "makensis"
TOOLS = {GCC: "gcc-mingw-w64-x86-64", WINDRES: "binutils-mingw-w64-x86-64", NSIS: "nsis"}
SHARED = ("text", "paths", "trees", "hashes", "listing", "versions", "processes")
PROGRAMS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "launch.exe": (("launch", "record"), ("-mwindows",)),
    "lay.exe": (("lay", "put"), ("-mconsole",)),
    "entry/dangjian-desktop.exe": (("entry",), ("-mwindows",)),
    "entry/dangjian.exe": (("entry",), ("-mconsole", "-DCONSOLE")),
}
"""Where each lies in the folder of a version, its own sources, its options."""
ENTRIES = ("dangjian-desktop.exe", "dangjian.exe")
FLAGS = (
    *("-std=c17", "-Os", "-municode", "-DUNICODE", "-D_UNICODE", "-D_WIN32_WINNT=0x0601"),
    *("-DWIN32_LEAN_AND_MEAN", "-Wall", "-Wextra", "-Werror"),
)
LINKED = ("-s", "-static", "-Wl,--no-insert-timestamp")
LIBRARIES = ("-lole32", "-lshell32", "-lbcrypt", "-luuid")
EPOCH = 1_577_836_800
"""The time of every file that is handed out: two runs have the same bytes."""
TEMPORARY = rf"\versions\.new.s{2**32 - 1}"
"""Where the set-up, and an update from a file, puts the files first; the number is that of its
process. No other place below the root is longer."""
SHORT_NAME = 12
"""Windows makes a folder only where a short name has room in it."""


def make_windows(staged: Path, version: str, out: Path) -> list[Path]:
    """The set-up and the portable folder of this version; nothing that is there is replaced."""
    named = f"dangjian-desktop-{version}-windows-x86_64"
    setup, portable = out / f"{named}-setup.exe", out / f"{named}-portable.zip"
    if there := [each.name for each in (setup, portable) if each.exists()]:
        raise ReleaseError(f"{out} 里已有 {'、'.join(there)}，不覆盖。")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out) as work:
        folder = complete(staged, version, Path(work) / "version")
        make_setup(folder, version, setup)
        make_portable(folder, version, portable)
    return [setup, portable]


def complete(staged: Path, version: str, folder: Path) -> Path:
    """The whole folder of a version: what is staged, our programs, the list of its files."""
    for tool, package in TOOLS.items():
        if shutil.which(tool) is None:
            raise ReleaseError(f"缺少 {tool}，请先安装软件包 {package}。")
    shutil.copytree(staged, folder)
    (folder / LIST).unlink(missing_ok=True)
    said = (folder / "version").read_text(encoding="ascii").strip()
    if said != version:
        raise ReleaseError(f"{staged} 里是 {said}，不是 {version}。")
    compile_programs(version, folder)
    write_list(folder)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
        os.utime(path, (EPOCH, EPOCH))
    return folder


def compile_programs(version: str, folder: Path) -> None:
    """Put every program of ours where it lies in the folder of a version."""
    with tempfile.TemporaryDirectory() as work:
        shared = [_compiled(name, Path(work)) for name in SHARED]
        for place, (own, options) in PROGRAMS.items():
            target = folder / place
            target.parent.mkdir(parents=True, exist_ok=True)
            parts = [_compiled(name, Path(work), options) for name in own]
            resource = _resource(target.name, version, Path(work))
            call = [GCC, *FLAGS, *LINKED, *options, "-o", target, *parts, *shared, resource]
            _call([*map(str, call), *LIBRARIES])


def _compiled(name: str, work: Path, options: Sequence[str] = ()) -> Path:
    made = work / "".join((name, *options, ".o"))
    defined = [option for option in options if option.startswith("-D")]
    _call([GCC, *FLAGS, *defined, "-c", "-o", str(made), str(SOURCES / f"{name}.c")])
    return made


def _resource(name: str, version: str, work: Path) -> Path:
    made = work / f"{name}.o"
    marks = {
        "ICON_FILE": _quoted(str(ICON)),
        "MANIFEST_FILE": _quoted(str(SOURCES / "program.manifest")),
        "NUMBERS": ",".join(_numbers(version)),
        "VERSION": _quoted(version),
        "NAME": _quoted(name),
    }
    head = "".join(f"#define {mark} {value}\n" for mark, value in marks.items())
    text = (SOURCES / "program.rc").read_text(encoding="utf-8")
    source = work / f"{name}.rc"
    source.write_text(head + text, encoding="utf-8")
    _call([WINDRES, "--codepage=65001", str(source), str(made)])
    return made


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _numbers(version: str) -> list[str]:
    return [*re.findall(r"(?:^|\.)(\d+)", version), "0", "0", "0"][:4]


def make_setup(folder: Path, version: str, target: Path) -> None:
    """The set-up out of the folder of a version."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    kilobytes = sum(-(-path.stat().st_size // 4096) * 4 for path in files) + 8 * 1024
    marks = {
        "VERSION": version,
        "NUMBERS": ".".join(_numbers(version)),
        "SOURCE": folder,
        "LAY": folder / "lay.exe",
        "LONGEST": len(TEMPORARY) + 1 + room_inside(folder),
        "SIZE": kilobytes,
        "ICON": ICON,
        "OUT": target,
    }
    defined = [f"-D{mark}={value}" for mark, value in marks.items()]
    _call([NSIS, "-V2", "-WX", "-NOCD", "-INPUTCHARSET", "UTF8", *defined, str(SCRIPT)])


def room_inside(folder: Path) -> int:
    """How much of a path Windows wants for what lies in this folder."""
    inside = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    return max(max(len(str(path)), len(str(path.parent)) + SHORT_NAME) for path in inside)


def make_portable(folder: Path, version: str, target: Path) -> None:
    """The folder that is unpacked on a stick and started; the data lie in it."""
    top = "dangjian-desktop"
    held = {f"{top}/{name}": (folder / "entry" / name).read_bytes() for name in ENTRIES}
    held |= {f"{top}/current": f"{version}\n".encode(), f"{top}/portable": b""}
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    inside = f"{top}/versions/{version}"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name, content in held.items():
            made.writestr(_entry(name), content)
        for path in paths:
            name = path.relative_to(folder).as_posix()
            made.writestr(_entry(f"{inside}/{name}"), path.read_bytes())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _call(command: Sequence[str]) -> None:
    kept = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, check=False, capture_output=True, env=kept)
    if done.returncode:
        told = (done.stdout + done.stderr).decode(errors="replace").strip()
        raise ReleaseError(f"没有做成：{Path(command[0]).name}\n{told}")


def main(arguments: Sequence[str]) -> int:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    parser = argparse.ArgumentParser(description="做出 Windows 的安装程序和便携版")
    parser.add_argument("staged", type=Path, help="备好的文件夹")
    parser.add_argument("out", type=Path, help="放在哪个文件夹")
    parser.add_argument("--version", default=declared["project"]["version"])
    asked = parser.parse_args(arguments)
    try:
        made = make_windows(asked.staged.absolute(), asked.version, asked.out.absolute())
    except ReleaseError as error:
        say(str(error))
        return 1
    for path in made:
        say(f"{path}　{path.stat().st_size / 2**20:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
