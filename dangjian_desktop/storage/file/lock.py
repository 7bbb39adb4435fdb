"""The lock file beside a library: one writer at a time, and a name for whoever it is."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from dangjian_desktop.errors import BlockedError, UserError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.inputs import read_input
from dangjian_desktop.storage.file.failures import CannotWriteError, system_told_in_words
from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.file.placing import put_as_new, written_aside
from dangjian_desktop.storage.file.processes import alive, started, this_host

_PAUSE = 0.1
_GRACE = 10.0
_LONGEST = 65_536


class HeldError(CannotWriteError):
    """Another computer has the library open, or had and did not let go."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock: ``holder`` is the word for people, ``started`` tells processes apart."""

    pid: int
    started: str
    host: str
    holder: str
    since: str
    token: str

    @property
    def here(self) -> bool:
        """Whether it is a process of this computer."""
        return self.host.casefold() == this_host().casefold()

    @property
    def gone(self) -> bool:
        """Whether its process has surely ended; never known of another computer."""
        return self.here and not alive(self.pid, self.started)


def lock_file(library: Path) -> Path:
    """Where the lock of a library lies."""
    return library.parent / f"{library.name}.lock"


def holder_of(library: Path) -> tuple[str, str]:
    """Who holds the lock of a library (a word) and on which computer; empty where nobody does."""
    held = _read(lock_file(library))
    return ("", "") if held is None else (held.holder, held.host)


def left_over(library: Path) -> bool:
    """Whether whoever held the lock last ended without letting go."""
    return _left_over(lock_file(library))


class Lock:
    """The right to write to one library, until released."""

    def __init__(self, file: Path, holder: Holder, *, taken_over: bool = False) -> None:
        self._file = file
        self._holder = holder
        self.taken_over = taken_over
        """Whether the one before ended without letting go."""

    @classmethod
    def take(cls, library: Path, *, wait: float, holder: str) -> Lock:
        """Take the lock, waiting so many seconds for another holder to let go.

        The lock of a process that has ended is taken over silently, that of another computer
        never. Raises ``BlockedError`` with the holder's name, or when the folder forbids writing.
        """
        file = lock_file(library)
        me = Holder(os.getpid(), started(os.getpid()), this_host(), holder, stamp(), uuid4().hex)
        until = time.monotonic() + wait
        left = False
        while not _written(library, file, me):
            left = _remove_if_left_over(file) or left
            there = file.exists() or file.is_symlink()
            if there and time.monotonic() >= until:
                raise _held(library, file)
            time.sleep(_PAUSE if there else 0)
        return cls(file, me, taken_over=left)

    def release(self) -> None:
        """Let go; a lock that somebody else has meanwhile taken stays."""
        held = _read(self._file)
        if held is not None and held.token == self._holder.token:
            with suppress(FileNotFoundError):
                self._file.unlink()


@contextmanager
def locked(library: Path, *, wait: float, holder: str) -> Iterator[None]:
    """Hold the lock for the block."""
    lock = Lock.take(library, wait=wait, holder=holder)
    try:
        yield
    finally:
        lock.release()


def _written(library: Path, file: Path, me: Holder) -> bool:
    with system_told_in_words(file.parent, "写入文件夹"), written_aside(file) as part:
        part.write_text(json.dumps(asdict(me), ensure_ascii=False), encoding="utf-8")
        # Whoever may read the library is told who has it, and knows a lock that was left over.
        with suppress(OSError):
            part.chmod(0o600 | library.stat().st_mode & 0o044)
        try:
            put_as_new(part, file)
        except FileExistsError:
            return False
    return True


def _read(file: Path) -> Holder | None:
    """Who the lock file names; nothing when there is none or it cannot be read as one."""
    try:
        told = json.loads(read_input(file, _LONGEST))
        return Holder(
            pid=int(told["pid"]),
            started=str(told.get("started", "")),
            host=str(told["host"]),
            holder=str(told.get("holder", "")),
            since=str(told.get("since", "")),
            token=str(told.get("token", "")),
        )
    except (UserError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _remove_if_left_over(file: Path) -> bool:
    """Take away the lock of a process that has ended; whether there was one.

    Under a guard, because between looking and removing another process may have done the same
    and have a lock of its own there already.
    """
    if not _left_over(file):
        return False
    guard = file.with_name(file.name + ".guard")
    _remove_if_old(guard)
    try:
        os.close(os.open(guard, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except (FileExistsError, PermissionError):
        return True
    try:
        # Where only its owner may remove it, it is told like any other.
        if _left_over(file):
            with suppress(PermissionError):
                file.unlink(missing_ok=True)
    finally:
        guard.unlink(missing_ok=True)
    return True


def _left_over(file: Path) -> bool:
    held = _read(file)
    if held is not None:
        return held.gone
    # One without content is of a writer that lost power: it names nobody to wait for.
    try:
        told = file.stat()
    except OSError:
        return False
    return told.st_size == 0 and time.time() - told.st_mtime > _GRACE


def _remove_if_old(guard: Path) -> None:
    """A guard is held for a moment; an old one was left by a crash."""
    with suppress(OSError):
        if time.time() - guard.stat().st_mtime > _GRACE:
            guard.unlink()


def _held(library: Path, file: Path) -> BlockedError:
    held = _read(file)
    by_hand = f"如果确认没有任何程序在使用它，请删除锁文件“{file}”后再试。"
    if held is None:
        return BlockedError(f"资料库“{library}”已被锁定，但锁文件无法识别。", by_hand)
    if held.gone:
        ended = f"资料库“{library}”上次没有正常关闭，留下的锁文件不允许本用户删除。"
        return BlockedError(ended, f"请由上次打开它的用户或管理员删除锁文件“{file}”后再试。")
    word = f"{held.holder}，" if held.holder else ""
    since = f"，自{_chinese(held.since)}起" if held.since else ""
    if held.here:
        return BlockedError(
            f"资料库“{library}”正在本机使用（{word}电脑“{held.host}”，进程{held.pid}{since}）。",
            "请先关闭那个程序或等它结束，然后再试。",
        )
    return HeldError(
        f"资料库“{library}”正由另一台电脑使用（{word}电脑“{held.host}”{since}）。",
        f"请先在那台电脑上关闭资料库。{by_hand}",
    )


def _chinese(moment: str) -> str:
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return f"{at.year}年{at.month}月{at.day}日{at:%H:%M}"
