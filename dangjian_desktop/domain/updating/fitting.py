"""Whether an update is for this computer and for what is installed on it."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.domain.updating.manifest import Manifest
from dangjian_desktop.errors import Issue
from dangjian_desktop.frozen import dataclass

OLDER, SAME = "older", "same"
SYSTEMS = {"linux": "Linux", "windows": "Windows"}


@dataclass(frozen=True, slots=True)
class Host:
    """The program as it is installed (``version`` empty: it is not), and the system below it."""

    version: str
    platform: str
    machine: str
    glibc: str = ""


def numbers(version: str) -> tuple[int, ...]:
    """What versions are compared by; a part that is no number counts as nothing."""
    return tuple(int(part) if part.isdecimal() else 0 for part in version.split("."))


def unfit(manifest: Manifest, host: Host) -> tuple[Issue, ...]:
    """Why it cannot be laid here, everything at once; ``code`` is ``older`` where only a choice is
    wanted."""
    return tuple(_unfit(manifest, host))


def _unfit(manifest: Manifest, host: Host) -> Iterator[Issue]:
    if manifest.platform != host.platform:
        meant = SYSTEMS.get(manifest.platform, manifest.platform)
        own = SYSTEMS.get(host.platform, host.platform)
        yield Issue(f"更新文件用于 {meant}，这里是 {own}，请换用 {own} 的更新文件。", "platform")
    if manifest.machine != host.machine:
        yield Issue(
            f"更新文件用于 {manifest.machine}，这里装的是 {host.machine} 的程序，"
            f"请换用 {host.machine} 的更新文件。",
            "machine",
        )
    if manifest.floor and host.glibc and numbers(manifest.floor) > numbers(host.glibc):
        yield Issue(
            f"这一版要 glibc {manifest.floor} 或更新，这台电脑是 {host.glibc}，不能运行。"
            "请用为较旧系统做的安装包，或继续用现在的版本。",
            "glibc",
        )
    if not host.version:
        return
    if manifest.version == host.version:
        yield Issue(
            f"已经装有 {host.version}，不用更新。要修复程序文件，请用完整安装包重新安装。", SAME
        )
    elif numbers(manifest.version) < numbers(host.version):
        yield Issue(f"这是较早的版本 {manifest.version}，已经装有 {host.version}。", OLDER)
