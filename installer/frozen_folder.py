"""The folder of one version: the frozen program with its entries, licences and list of hashes.

What must hold of it is asserted here, over the whole tree: nothing of the tools that made it,
every module of ours, rights, no packed or too new binaries.
"""

from __future__ import annotations

import errno
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import asked_of_system

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
LINUX = HERE / "linux"
LIST = "files.sha256"
LIBRARIES = "system-libraries"
BUILT_FROM = ("pyproject.toml", "setup.py", "README.md", "LICENSE", "dangjian_desktop", "resources")
COMMANDS = ("dangjian", "dangjian-desktop")
ENTRIES = {"dangjian": "entry.sh", "dangjian-desktop": "entry.sh", "uninstall": "uninstall.sh"}
SCRIPTS = ("launch.sh", "lay.sh", "tell.sh")
DESKTOP = ("dangjian-desktop.desktop", "dangjian-desktop.xml")
STARTED = {*COMMANDS, *SCRIPTS, *(f"entry/{name}" for name in ENTRIES)}
FOREIGN = re.compile(
    r"(^|/)(pytest|hypothesis|mypy|ruff|pip|setuptools|PyInstaller|pyinstaller|coverage|wheel|altgraph"
    r"|tkinter|numpy)([-_/.]|$)"
)
LICENCE = re.compile(r"(?i)^licenses/|(^|/)(licen[cs]e|copying|notice|authors)[^/]*$")
SYSTEM_LICENCES = Path("/usr/share/common-licenses")
FURTHER = HERE / "licences"
"""Texts of what lies in packages that do not bring them."""
WITHOUT_TEXT = {"pyside6-essentials", "shiboken6", "docxtpl"}
"""Packages that bring no text: theirs are LGPL-3 and LGPL-2.1, which lie there in full."""
QT_NOTE = """Qt 和 PySide6（{version}）按 LGPL 3 使用，许可全文见 LGPL-3 和 GPL-3。
它们在 _internal/PySide6 里，是独立的动态库，没有改动，可以换成自己编译的同一版本：
替换 _internal/PySide6/Qt/lib、_internal/PySide6、_internal/shiboken6 里同名的文件即可，
程序启动时不检查它们。
换过以后 lay.sh 会说文件与清单不符，重新写一遍清单：
    find . ! -type d ! -name files.sha256 -exec sha256sum {{}} + | sort -k 2 > files.sha256
docxtpl 按 LGPL 2.1 使用（全文见 LGPL-2.1），在 _internal/docxtpl 里，是源代码，没有改动，也可以换。
源代码：Qt 和 PySide6 项目公布的 {version} 源码包；索取方法同本程序，自发布之日起三年内有效。
"""


class ReleaseError(Exception):
    """The release cannot be made; the text is a Chinese sentence with what to do."""


@contextmanager
def in_words() -> Iterator[None]:
    """What a tool or the disk refuses on the way is a ``ReleaseError`` too."""
    try:
        yield
    except subprocess.CalledProcessError as error:
        tool = error.cmd[0] if isinstance(error.cmd, list) else error.cmd
        raise ReleaseError(
            f"{tool} 没有做成（代码 {error.returncode}），原因见上；先看磁盘空间够不够。"
        ) from error
    except OSError as error:
        place = f"（{error.filename}）" if error.filename else ""
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise ReleaseError(f"磁盘空间不足，没有做成{place}。请腾出空间再做。") from error
        raise ReleaseError(f"没有做成：{error.strerror}{place}。") from error


def copy_source(target: Path) -> None:
    """What a wheel of ours is built from, in a folder that the build may write into."""
    target.mkdir()
    for name in BUILT_FROM:
        made = ROOT / name
        if made.is_dir():
            shutil.copytree(made, target / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            shutil.copyfile(made, target / name)


def assemble(program: Path, version: str, licences: Path) -> None:
    """Put beside the frozen program what a version folder has, set rights, write the list."""
    write_version(program, version)
    libraries = asked_of_system.table(named(program))
    (program / LIBRARIES).write_text(libraries, encoding="ascii")
    for name in SCRIPTS:
        shutil.copyfile(LINUX / name, program / name)
    for folder, names in (("entry", ENTRIES), ("desktop", {name: name for name in DESKTOP})):
        (program / folder).mkdir()
        for name, source in names.items():
            shutil.copyfile(LINUX / source, program / folder / name)
    icon = (ROOT / "resources" / "icons" / "book-open.svg").read_text(encoding="utf-8")
    drawn = icon.replace("currentColor", "#9e1b1b")
    (program / "desktop" / "dangjian-desktop.svg").write_text(drawn, encoding="utf-8")
    shutil.copytree(licences, program / "licences")
    for path in [program, *program.rglob("*")]:
        name = path.relative_to(program).as_posix()
        if path.is_symlink():
            # Every library is found where it lies; a stick of FAT holds no links.
            path.unlink()
        else:
            path.chmod(0o755 if path.is_dir() or name in STARTED else 0o644)
    write_list(program)


def write_version(program: Path, version: str) -> None:
    """Which version it is, and up to which form it brings libraries."""
    tables = (ROOT / "dangjian_desktop" / "storage" / "tables.py").read_text(encoding="utf-8")
    schema = re.findall(r"^SCHEMA = (\d+)$", tables, re.M)
    if len(schema) != 1:
        raise ReleaseError("没有在 storage/tables.py 里找到资料库的版本号。")
    for name, number in (("version", version), ("schema", schema[0])):
        (program / name).write_text(f"{number}\n", encoding="ascii", newline="\n")


def write_list(program: Path) -> None:
    """The list of its files: what is laid is held against it."""
    named = {path.relative_to(program).as_posix(): path for path in _files(program)}
    lines = [f"{_sum(named[name])}  ./{name}" for name in sorted(named) if name != LIST]
    (program / LIST).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (program / LIST).chmod(0o644)


def gather_licences(site: Path, target: Path, shipped: Sequence[str], note: str) -> None:
    """Copy the licence texts of what ships, and ``note`` on Qt.

    Raises:
        ReleaseError: a package that brings none, and is none of those that need none.
    """
    target.mkdir()
    shutil.copyfile(ROOT / "LICENSE", target / "dangjian-desktop.txt")
    for name in ("LGPL-3", "GPL-3", "LGPL-2.1", "Apache-2.0"):
        source = SYSTEM_LICENCES / name
        if not source.is_file():
            raise ReleaseError(f"没有找到许可全文 {source}。请在 Debian 上制作。")
        shutil.copyfile(source, target / name)
    for source in sorted(FURTHER.glob("*.txt")):
        shutil.copyfile(source, target / source.name)
    (target / "Qt.txt").write_text(note, encoding="utf-8")
    with_text = set()
    for metadata in sorted(site.glob("*.dist-info")):
        package = metadata.name.partition("-")[0]
        plain = package.lower().replace("_", "-")
        for path in sorted(metadata.rglob("*")) if plain in shipped else ():
            inside = path.relative_to(metadata).as_posix()
            if path.is_file() and re.search(LICENCE, inside):
                shutil.copyfile(path, target / f"{package}_{inside.replace('/', '_')}")
                with_text.add(plain)
    if silent := sorted({*shipped} - with_text - WITHOUT_TEXT):
        raise ReleaseError(f"{'、'.join(silent)} 没有自带许可文本，licences 里也没有。")


def problems(program: Path, ours: Sequence[str], frozen: Sequence[str], floor: str) -> list[str]:
    """What is wrong with the folder of a version; nothing where it may be shipped."""
    return [
        *_foreign(program),
        *(f"少了模块 {name}" for name in sorted({*ours} - {*frozen})),
        *_wrong_rights(program),
        *_too_new(program, floor),
        *_packed(program),
        *asked_of_system.missing(named(program)),
        *asked_of_system.too_new_for_cxx(named(program)),
    ]


def named(program: Path) -> list[tuple[str, Path]]:
    """Every binary of the folder, by its path in it."""
    return [(path.relative_to(program).as_posix(), path) for path in _binaries(program)]


def _files(program: Path) -> Iterator[Path]:
    return (path for path in program.rglob("*") if path.is_file() or path.is_symlink())


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _foreign(program: Path) -> Iterator[str]:
    for path in program.rglob("*"):
        name = path.relative_to(program).as_posix()
        if FOREIGN.search(name) and not name.startswith("licences/"):
            yield f"不该带上 {name}"


def _wrong_rights(program: Path) -> Iterator[str]:
    for path in program.rglob("*"):
        name = path.relative_to(program).as_posix()
        if path.is_symlink():
            yield f"{name} 是链接"
            continue
        wanted = 0o755 if path.is_dir() or name in STARTED else 0o644
        if path.stat().st_mode & 0o7777 != wanted:
            yield f"{name} 的权限是 {path.stat().st_mode & 0o7777:o}"


def _packed(program: Path) -> Iterator[str]:
    for path in _binaries(program):
        with path.open("rb") as file:
            if b"UPX!" in file.read(4096):
                yield f"{path.name} 用 UPX 压过"


def _binaries(program: Path) -> Iterator[Path]:
    for path in _files(program):
        if path.is_symlink():
            continue
        with path.open("rb") as file:
            if file.read(4) == b"\x7fELF":
                yield path


def glibc_floors(program: Path) -> dict[str, tuple[int, ...]]:
    """The newest version of glibc that each binary asks for."""
    found = {}
    for path in _binaries(program):
        told = subprocess.run(
            ["readelf", "-W", "--version-info", str(path)],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        asked = {_numbers(each) for each in re.findall(r"Name: GLIBC_([\d.]+)", told)}
        found[path.relative_to(program).as_posix()] = max(asked, default=(0,))
    return found


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _too_new(program: Path, floor: str) -> Iterator[str]:
    for name, asked in glibc_floors(program).items():
        if asked > _numbers(floor):
            yield f"{name} 要 glibc {'.'.join(map(str, asked))}，高于 {floor}"


def say_floors(program: Path) -> None:
    """Print the floors, the highest first, with how many binaries have each."""
    floors = glibc_floors(program)
    for floor in sorted({*floors.values()}, reverse=True):
        names = sorted(name for name, asked in floors.items() if asked == floor)
        told = "、".join(names[:3]) + (" 等" if len(names) > 3 else "")
        print(f"  glibc {'.'.join(map(str, floor))}：{len(names)} 个（{told}）")


def modules_of(root: Path) -> list[str]:
    """Every module of ours in a checkout, or a copy of one, but the entries."""
    package = root / "dangjian_desktop"
    found = [path.relative_to(root) for path in package.rglob("*.py") if path.stem != "__main__"]
    names = [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in found]
    return [name for name in names if name != "dangjian_desktop"]


def say(text: str) -> None:
    print(text, flush=True, file=sys.stdout)
