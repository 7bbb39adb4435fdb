"""What kind of place a file lies in, where it had better not: a share, a sync folder, a stick."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path


class Place(StrEnum):
    """Where a library is in danger."""

    SHARE = "share"
    SYNCED = "synced"
    REMOVABLE = "removable"


_SHARES = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "davfs")
)
_SHARES_IN_FUSE = ("fuse.sshfs", "fuse.rclone", "fuse.gvfsd", "fuse.davfs", "fuse.smb")
_SYNCED = frozenset(
    (
        *("onedrive", "dropbox", "icloud drive", "com~apple~clouddocs", "google drive"),
        *("googledrive", "nextcloud", "owncloud", "seafile", "syncthing", "mega", "megasync"),
        *("坚果云", "我的坚果云", "nutstore", "nutstore files", "百度网盘同步空间", "百度网盘"),
        *("baidusyncdisk", "baidunetdiskworkspace", "baidunetdisk", "wps云盘", "wpsdrive"),
        *("wps cloud files", "微云", "腾讯微云", "微云同步助手", "钉盘", "天翼云盘", "360云盘"),
        *("阿里云盘", "夸克网盘", "飞书云盘"),
    )
)
_BEGIN = ("onedrive - ", "dropbox (")
_MARKS = (".dropbox", ".stfolder", ".nextcloudsync.log", ".owncloudsync.log")
_ESCAPED = re.compile(r"\\([0-7]{3})")
_MOUNTS = Path("/proc/self/mountinfo")
_BLOCKS = Path("/sys/dev/block")
_REMOVABLE_DRIVE, _REMOTE_DRIVE = 2, 4  # of Windows


def place_of(path: Path) -> tuple[Place, str] | None:
    """The kind of place that a file is in or would be made in, and a word for it; None for an
    ordinary folder, and where nothing can be found out."""
    with suppress(OSError):
        path = path.resolve()
    if named := _synced(path, os.environ):
        return Place.SYNCED, named
    if sys.platform == "win32":
        found = _of_drive(path)
    elif sys.platform == "darwin":
        found = Place.REMOVABLE if path.parts[1:2] == ("Volumes",) else None
    else:
        found = _of_mount(path, _mounts())
    return None if found is None else (found, "")


def _synced(path: Path, environment: Mapping[str, str]) -> str:
    """The word by which a folder above is known to be synced; empty where none is."""
    for part in path.parts:
        if part.casefold() in _SYNCED or part.casefold().startswith(_BEGIN):
            return part
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        above = environment.get(name)
        if above and path.is_relative_to(above):
            return "OneDrive"
    with suppress(OSError):
        if any((above / mark).exists() for above in path.parents for mark in _MARKS):
            return "同步软件"
    return ""


Mount = tuple[str, str, str]
"""Where, of which file system, the numbers of the drive."""


def _mounts() -> Iterable[Mount]:
    with suppress(OSError, ValueError):
        for line in _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
            before, _, after = line.partition(" - ")
            fields = before.split(" ")
            where = _ESCAPED.sub(lambda found: chr(int(found[1], 8)), fields[4])
            yield where, after.split(" ")[0], fields[2]


def _of_mount(path: Path, mounts: Iterable[Mount]) -> Place | None:
    above = [mount for mount in mounts if path.is_relative_to(mount[0])]
    if not above:
        return None
    _where, system, numbers = max(above, key=lambda mount: len(mount[0]))
    if system in _SHARES or system.startswith(_SHARES_IN_FUSE):
        return Place.SHARE
    return Place.REMOVABLE if _removable(numbers) else None


def _removable(numbers: str) -> bool:
    """Whether the drive of these numbers can be pulled out."""
    with suppress(OSError):
        drive = (_BLOCKS / numbers).resolve(strict=True)
        if "/usb" in drive.as_posix():
            return True
        for folder in (drive, drive.parent):
            told = folder / "removable"
            if told.is_file() and told.read_text(encoding="ascii").strip() == "1":
                return True
    return False


if sys.platform == "win32":
    import ctypes

    def _of_drive(path: Path) -> Place | None:
        """What the system says of the drive."""
        if path.as_posix().startswith("//"):
            return Place.SHARE
        kinds = {_REMOVABLE_DRIVE: Place.REMOVABLE, _REMOTE_DRIVE: Place.SHARE}
        return kinds.get(ctypes.windll.kernel32.GetDriveTypeW(path.anchor))
