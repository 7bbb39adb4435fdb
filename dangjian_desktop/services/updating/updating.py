"""Update the installed program from a file: look at it, lay it, put the one before back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dangjian_desktop.domain.updating.fitting import OLDER, unfit
from dangjian_desktop.domain.updating.manifest import Manifest
from dangjian_desktop.errors import BlockedError, InputError, Issue
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.late import Late
from dangjian_desktop.services.library.about import program_version
from dangjian_desktop.services.updating.installed import (
    Installed,
    host_of,
    installed,
    unwritable,
    why_not,
)
from dangjian_desktop.services.updating.laying import Progress, run_lay
from dangjian_desktop.storage.copies.kept import kept_copies
from dangjian_desktop.storage.copies.retention import BEFORE_UPDATE, BEFORE_UPGRADE
from dangjian_desktop.storage.file.failures import NewerError, system_told_in_words
from dangjian_desktop.storage.file.placing import sweep
from dangjian_desktop.storage.tables import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangjian_desktop.storage.copies.copies import Copy
    from dangjian_desktop.storage.updating.reading import Package

__all__ = ["BEFORE_UPDATE", "Done", "Offer", "Status", "look", "put_back", "status", "update"]

_PACKAGE = Late("storage.updating.reading:package")
_BUILT_IN, _KEPT = Late("storage.updating.trusted:built_in"), Late("storage.updating.trusted:kept")
_KEEP = Late("storage.updating.trusted:keep")
_MARGIN = 32 << 20
"""Bytes for what the self-test of the new version writes, and its list."""


@dataclass(frozen=True, slots=True)
class Status:
    """What is installed: the version that runs and the one that starts next, where; the one that
    can be put back; why nothing can be updated here."""

    running: str
    next: str
    root: Path | None
    portable: bool
    previous: str
    why_not: BlockedError | None

    @property
    def waits(self) -> bool:
        """Whether another version than the running one starts next."""
        return bool(self.next) and self.next != self.running


@dataclass(frozen=True, slots=True)
class Offer:
    """What is in a package, beside what is installed; ``problems`` are why it cannot be laid."""

    manifest: Manifest
    now: str
    problems: tuple[Issue, ...]

    @property
    def older(self) -> bool:
        """Whether it is an older version and nothing else is in the way."""
        return bool(self.problems) and {issue.code for issue in self.problems} == {OLDER}

    @property
    def raises_library(self) -> bool:
        """Whether it brings libraries to a form that the present version can only show."""
        return self.manifest.schema > SCHEMA

    @property
    def about_library(self) -> str:
        """What becomes of libraries, where something does."""
        if self.older:
            return (
                "较早的版本只能按只读方式打开由较新版本升级过的资料库；要接着修改，"
                "须恢复升级以前的备份，那以后录入的内容就没有了。"
            )
        if self.raises_library:
            return (
                "新版第一次打开资料库时先备份（升级前）再升级；"
                "升级后的资料库，现在这一版只能按只读方式打开。"
            )
        return ""


@dataclass(frozen=True, slots=True)
class Done:
    """What was laid or put back: the version that starts next, the one that runs on, the copy of
    the library that was made before."""

    version: str
    running: str
    copy: Path | None = None

    @property
    def words(self) -> str:
        """For a person: what was done and what is to be done."""
        told = f"已装好 {self.version}。关闭程序（所有窗口）再打开，用的就是 {self.version}"
        on = f"；正开着的窗口还是 {self.running}，可以继续用" if self.running else ""
        return f"{told}{on}。"


def status(place: Installed | None = None) -> Status:
    """What is installed; takes away what an update left that was killed."""
    place = place or installed()
    if place is None:
        return Status(program_version(), "", None, False, "", why_not(None))
    why = why_not(place)
    if why is None:
        sweep(place.versions)
    running = place.running or program_version()
    return Status(running, place.version, place.root, place.portable, place.previous, why)


def look(file: Path, place: Installed | None = None, progress: Progress | None = None) -> Offer:
    """What is in the package, every byte of it looked at; raises ``InputError`` or
    ``BlockedError`` for what may not be believed."""
    place = place or installed()
    with _opened(file, place) as package:
        package.check(progress or _silent)
        return _offer(package, place)


def update(
    file: Path,
    copy: Callable[[], Copy | None],
    progress: Progress | None = None,
    *,
    older: bool = False,
    place: Installed | None = None,
) -> Done:
    """Lay the version of the package beside the others, tried before it is switched to.

    ``copy`` makes the copy of the library, before anything is laid (of one of a later version
    there is none). Raises ``InputError`` for a
    package that may not be used here, ``BlockedError`` where it could not be laid (what was
    installed starts as before), ``Cancelled``.
    """
    place, progress = place or installed(), progress or _silent
    if (why := why_not(place)) is not None or place is None:
        raise why or BlockedError("程序不是装好的。")
    with _opened(file, place) as package:
        offer = _offer(package, place)
        if offer.problems and not (older and offer.older):
            raise InputError(_headline(offer), _remedy(offer), offer.problems)
        package.check(progress)
        with suppress(BlockedError):
            # What a killed one left would be missing from the room.
            run_lay(place, ["clear", str(place.root)], _silent, "")
        _require_room(place, offer.manifest.size)
        made = _made_before(copy)
        _lay(place, package, progress, older=older)
    return Done(place.version, place.running, made.file if made else None)


def put_back(place: Installed | None = None) -> Done:
    """Let the version before start again; raises ``BlockedError`` where none is kept."""
    place = place or installed()
    if place is None:
        raise why_not(place) or BlockedError("程序不是装好的。")
    if place.of_system:
        raise BlockedError(
            "程序是用系统的安装包（.deb）装的，不能在这里换回。",
            "请管理员安装原来那一版的 .deb。资料不受影响。",
        )
    run_lay(place, ["back", str(place.root)], _silent, "正在换回上一版")
    return Done(place.version, place.running)


def about_libraries(library: Path, place: Installed | None = None) -> str:
    """What the version before can do with a library that the new one has opened; to be asked
    before it is put back."""
    place = place or installed()
    if place is not None and not place.raises_library:
        return "两版的资料库格式相同，换回以后照常使用。"
    kept = kept_copies(library) if library.is_file() else ()
    copy = next((each for each in kept if each.reason in (BEFORE_UPDATE, BEFORE_UPGRADE)), None)
    back = f"恢复更新以前的备份 {copy.chinese()}" if copy else "恢复更新以前的备份"
    return (
        "新版打开时升级过的资料库，上一版只能按只读方式打开；"
        f"要接着用上一版修改，须{back}，那以后录入的内容就没有了。没有升级过的，照常使用。"
    )


def _made_before(copy: Callable[[], Copy | None]) -> Copy | None:
    """Nothing of a library that a later version has upgraded: this one only shows it, and whoever
    goes forward again must not be held up by it."""
    try:
        return copy()
    except NewerError:
        return None


def _lay(place: Installed, package: Package, progress: Progress, *, older: bool) -> None:
    manifest = package.manifest
    with system_told_in_words(place.root, "写入", manifest.size), _right_told(place):
        _KEEP.read()(place.versions, package.rotations)
        with _beside(place) as folder:
            package.unpack(folder, progress)
            words = ["put", str(place.root), str(folder), *(["--older"] if older else [])]
            run_lay(place, words, progress, f"正在核对并试用 {manifest.version}")


@contextmanager
def _beside(place: Installed) -> Iterator[Path]:
    """An empty folder that the layer takes over. Its name is no longer than those of the set-ups
    (Windows counts every character) and tells the process: while that lives, no other layer takes
    it for what was left behind, and each takes away what was."""
    name = f".new.s{os.getpid()}"
    names = (name, *(f"{name}.{number}" for number in range(2, 100)))
    folder = next(path for each in names if not (path := place.versions / each).exists())
    folder.mkdir()
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _right_told(place: Installed) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise unwritable(place.root) from error


@contextmanager
def _opened(file: Path, place: Installed | None) -> Iterator[Package]:
    kept = _KEPT.read()(place.versions) if place else ()
    with _PACKAGE.read()(file, _BUILT_IN.read()(), kept) as package:
        yield package


def _offer(package: Package, place: Installed | None) -> Offer:
    host = host_of(place)
    return Offer(package.manifest, host.version or program_version(), unfit(package.manifest, host))


def _headline(offer: Offer) -> str:
    return f"更新文件里的 {offer.manifest.version} 不能装在这里，没有改动任何东西。"


def _remedy(offer: Offer) -> str:
    return f"确实要换成较早版本的，加上 --older。{offer.about_library}" if offer.older else ""


def _require_room(place: Installed, size: int) -> None:
    """The layer takes over what was unpacked: the drive holds it once."""
    needed = size + _MARGIN
    with suppress(OSError):
        free = shutil.disk_usage(place.versions).free
        if free < needed:
            missing = (needed - free) // 1_000_000 + 1
            raise BlockedError(
                f"“{place.root}”所在的磁盘空间不足，还差约{missing}MB，没有更新。",
                "请删除一些不用的文件，腾出空间后再试。",
            )


def _silent(_done: int, _total: int, _text: str) -> None:
    """Nobody looks on."""
