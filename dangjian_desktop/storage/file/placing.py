"""Files that appear whole or not at all: written aside, synced, then renamed."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from uuid import uuid4

from dangjian_desktop.storage.file.processes import started, this_host

_PATIENCE = 2.0
_DAY = 86_400
_PART = re.compile(
    r"\..*?(?:\.([0-9a-f]{8})-(\d+)-([0-9a-f]{8}))?\.[0-9a-f]{8}\.part(?:-journal)?", re.S
)
_WINDOWS = os.name == "nt"


@contextmanager
def written_aside(target: Path) -> Iterator[Path]:
    """An empty file of our own, with owner-only rights, in the folder of the target.

    Gone at the end unless it was renamed.
    """
    part = _aside(target)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield part
    finally:
        for left in (part, journal_of(part)):
            with suppress(FileNotFoundError):
                left.unlink()


@contextmanager
def folder_aside(target: Path) -> Iterator[Path]:
    """An empty folder of our own beside the target; gone at the end unless it was renamed."""
    part = _aside(target)
    part.mkdir()
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.stem[:40]}.{_me()}.{uuid4().hex[:8]}.part")


def sweep(*folders: Path) -> None:
    """Take away what processes of this computer that have ended left half written."""
    for folder in folders:
        # A drive that forbids looking or deleting keeps what is left; nothing depends on it.
        with suppress(OSError):
            for left in folder.glob(".*.part*"):
                if (told := _PART.fullmatch(left.name)) and _over(left, *told.groups()):
                    _remove(left)


def _remove(left: Path) -> None:
    if left.is_dir() and not left.is_symlink():
        shutil.rmtree(left, ignore_errors=True)
    else:
        left.unlink(missing_ok=True)


def _me() -> str:
    """This process, as no other one on any computer is called."""
    return f"{_hashed(this_host())}-{os.getpid()}-{_hashed(started(os.getpid()))}"


def _hashed(text: str) -> str:
    return blake2b(text.encode(), digest_size=4).hexdigest()


def _over(left: Path, host: str | None, pid: str, since: str) -> bool:
    """Whether its writer has ended; version 0.1.0 named none, then whether it is a day old."""
    if host is None:
        return time.time() - left.stat().st_mtime > _DAY
    begun = started(int(pid))
    return host == _hashed(this_host()) and (not begun or _hashed(begun) != since)


def journal_of(path: Path) -> Path:
    """The rollback journal that SQLite keeps beside a file."""
    return path.parent / f"{path.name}-journal"


def sync_file(path: Path) -> None:
    """Return only when the content has reached the disk; not for a file that SQLite has open."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if _WINDOWS:
        return
    descriptor = os.open(folder, os.O_RDONLY)
    # Some network and FAT drives refuse to sync a folder; the file itself is synced by then.
    with suppress(OSError):
        os.fsync(descriptor)
    os.close(descriptor)


def put_in_place(part: Path, target: Path) -> None:
    """Rename over the target, durably; a virus scanner is given two seconds to let go."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            part.replace(target)
        except PermissionError:
            if not _WINDOWS or time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            break
    sync_folder(target.parent)


def put_as_new(part: Path, target: Path) -> None:
    """Rename to a name that must be free; raises ``FileExistsError``."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # a drive without hard links (FAT)
        if target.exists():
            raise FileExistsError(target) from None
        put_in_place(part, target)
        return
    part.unlink()
    sync_folder(target.parent)


def free_name(wanted: Path) -> Path:
    """The wanted name, or the first with a number added that nothing has yet, no dead link."""
    if not os.path.lexists(wanted):
        return wanted
    return next(
        name
        for number in range(2, 100_000)
        if not os.path.lexists(name := wanted.with_stem(f"{wanted.stem}-{number}"))
    )
