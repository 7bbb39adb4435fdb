"""Where the running program is installed, and how: what of it can be updated from a file."""

from __future__ import annotations

import os
import sys
import sysconfig
from contextlib import suppress
from pathlib import Path

from dangjian_desktop.domain.updating.fitting import Host
from dangjian_desktop.errors import BlockedError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.inputs import read_input
from dangjian_desktop.late import Late

VERSIONS, CURRENT, PREVIOUS = "versions", "current", "previous"
_LIST, _VERSION, _SCHEMA, _LIMIT = "files.sha256", "version", "schema", 4096
_MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}
_SYSTEMS = {"win": "windows"}


@dataclass(frozen=True, slots=True)
class Installed:
    """One place where versions lie beside each other: ``folder`` is the one that runs."""

    root: Path
    folder: Path

    @property
    def versions(self) -> Path:
        """Where the versions lie."""
        return self.root / VERSIONS

    @property
    def running(self) -> str:
        """The version that runs."""
        return _line(self.folder / _VERSION)

    @property
    def version(self) -> str:
        """The version that starts next; after an update it is not the one that runs."""
        return self._said_in(CURRENT, _VERSION)

    @property
    def previous(self) -> str:
        """The version that can be put back; empty where none is kept any more."""
        return self._said_in(PREVIOUS, _VERSION)

    @property
    def raises_library(self) -> bool:
        """Whether the version that starts next brings libraries to a form that the one before can
        only show; where that is unknown, too."""
        now, before = (self._said_in(pointer, _SCHEMA) for pointer in (CURRENT, PREVIOUS))
        return not (now.isdecimal() and before.isdecimal() and int(now) <= int(before))

    @property
    def portable(self) -> bool:
        """Whether it is carried about with its data."""
        return (self.root / "portable").exists()

    @property
    def of_system(self) -> bool:
        """Whether the system's own package tool has laid it, and keeps a list of it."""
        return (self.root / "package").is_dir()

    @property
    def lay(self) -> list[str]:
        """The command that lays versions here: the one of the version that runs."""
        if (program := self.folder / "lay.exe").is_file():
            return [str(program)]
        return ["/bin/sh", str(self.folder / "lay.sh")]

    def _said_in(self, pointer: str, file: str) -> str:
        name = _line(self.root / pointer)
        if not name or "/" in name or "\\" in name or name.startswith("."):
            return ""
        return _line(self.versions / name / file)


def _line(file: Path) -> str:
    with suppress(BlockedError, UnicodeDecodeError):
        if file.is_file():
            return read_input(file, _LIMIT).decode("utf-8").partition("\n")[0].strip()
    return ""


def installed(program: str | None = None) -> Installed | None:
    """Where the program (this one, unless told) is installed; nothing where it runs from a checkout
    or a package of Python."""
    executable = Path(program or sys.executable)
    for folder in executable.parents:
        if folder.parent.name == VERSIONS and (folder / _LIST).is_file():
            return Installed(folder.parent.parent, folder)
    return None


def host_of(place: Installed | None) -> Host:
    """The program and the system below it, as packages tell whom they are for."""
    system, _, machine = sysconfig.get_platform().partition("-")
    machine = machine.lower()
    return Host(
        place.version or place.running if place else "",
        _SYSTEMS.get(system, system),
        _MACHINES.get(machine, machine),
        _glibc(),
    )


def _glibc() -> str:
    with suppress(ValueError, OSError, AttributeError):
        return (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")[2]
    return ""


_KEYS = Late("storage.updating.trusted:built_in")


def why_not(place: Installed | None) -> BlockedError | None:
    """Why nothing can be updated from a file here; nothing where it can."""
    if place is None:
        return BlockedError(
            "程序是从检出目录（或 Python 环境）运行的，不是装好的，不能从更新文件更新。",
            "请更新检出目录；或用安装包装好以后再用更新文件。",
        )
    if place.of_system:
        return BlockedError(
            f"程序是用系统的安装包（.deb）装在“{place.root}”的，不能从更新文件更新。",
            "请管理员安装新版的 .deb：dpkg -i dangjian-desktop-….deb。资料不受影响。",
        )
    if not _KEYS.read()():
        return BlockedError(
            "这个版本没有配置更新公钥，不能从更新文件更新。", "请用完整安装包更新，资料不受影响。"
        )
    if not os.access(place.versions, os.W_OK):
        return unwritable(place.root)
    return None


def unwritable(root: Path) -> BlockedError:
    """What to say where the folder of the program cannot be written to."""
    return BlockedError(
        f"程序所在的文件夹“{root}”不能写入，没有更新。",
        "请用装程序的那个用户更新，或请管理员开放权限；U盘上的请先关掉写保护。",
    )
