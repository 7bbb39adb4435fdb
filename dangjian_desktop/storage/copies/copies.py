"""Copies of a library: made whole and verified, and read back without losing the present."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.storage.copies.attachments import (
    bring,
    files_in,
    folder_of,
    lost_files,
    prune,
    registered,
    sha256_of,
)
from dangjian_desktop.storage.copies.checks import examine, require_file, verify
from dangjian_desktop.storage.copies.kept import (
    SUFFIX,
    copies_folder,
    copy_name,
    kept_copies,
    newest_copy,
    rotate,
)
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.failures import (
    DamagedError,
    NotALibraryError,
    damaged,
    not_a_library,
    system_told_in_words,
    told_in_words,
)
from dangjian_desktop.storage.file.lock import locked
from dangjian_desktop.storage.file.moments import now
from dangjian_desktop.storage.file.placing import (
    free_name,
    journal_of,
    put_as_new,
    put_in_place,
    sweep,
    sync_file,
    sync_folder,
    written_aside,
)
from dangjian_desktop.storage.state import changes_of, count_on, state_of

BY_HAND, ON_CLOSING, BEFORE_IMPORT = "手工", "关闭时", "导入前"
BEFORE_UPGRADE, BEFORE_RESTORE = "升级前", "恢复前"

Counts = Mapping[str, int]

_COUNTED = {
    "members": "SELECT count(*) FROM member WHERE deleted_at IS NULL",
    "meetings": "SELECT count(*) FROM meeting WHERE deleted_at IS NULL",
    "projects": "SELECT count(*) FROM project WHERE deleted_at IS NULL",
    "records": "SELECT count(*) FROM record WHERE deleted_at IS NULL",
    "revisions": "SELECT count(*) FROM revision",
}


@dataclass(frozen=True, slots=True)
class Copy:
    """A verified copy: its file, the SHA-256 of the file, how many records, when.

    ``lost`` are the attachments that records have and the library had no longer: the copy is
    made all the same and says so.
    """

    file: Path
    sha256: str
    counts: Counts
    at: datetime
    lost: tuple[str, ...] = ()


def counts(library: Path) -> Counts:
    """How many members, meetings, revisions and attachments a library or a copy holds."""
    with told_in_words(library), raw(library) as connection:
        found = _counted(connection)
    return found | {"attachments": len(files_in(folder_of(library)))}


def backup(
    library: Path, to: Path | None = None, *, reason: str = BY_HAND, force: bool = False
) -> Copy:
    """Write a verified copy of the library and its attachments; needs no lock.

    ``to`` is a file or an existing folder; without it the copy goes to the copies folder, of which
    the ten newest stay. A file that exists is never replaced unless ``force``; a number is added.
    Raises ``BlockedError`` when the library is damaged or the place cannot be written.
    """
    made = _backup(library, to, reason=reason, force=force)
    if to is None:
        rotate(library, made.file)
    return made


def _backup(library: Path, to: Path | None, *, reason: str, force: bool = False) -> Copy:
    examine(library)
    at = now()
    target = _target(library, to, copy_name(library, at, reason))
    if target.absolute() == library.absolute():
        raise BlockedError("备份不能写在资料库自己的位置。", "请另选一个文件名或文件夹。")
    needed = library.stat().st_size
    with system_told_in_words(target.parent, "写入备份文件夹", needed):
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent)
        with written_aside(target) as part:
            copied = _vacuumed(library, part)
            target = _publish(part, target, folder_of(library), force=force)
    return Copy(target, sha256_of(target), copied, at, lost_files(target))


def _target(library: Path, to: Path | None, name: str) -> Path:
    if to is None:
        return copies_folder(library) / name
    with system_told_in_words(to.parent, "写入备份文件夹"):
        if to.is_dir():
            return to / name
        if to.exists() and not to.is_file():
            raise BlockedError(f"“{to}”是设备或管道，不能存放备份。", "请另选一个文件名或文件夹。")
    return to if to.suffix == SUFFIX else to.with_name(to.name + SUFFIX)


def _vacuumed(library: Path, part: Path) -> Counts:
    """Copy one moment of the library into the empty file, sync it, open it again and check it."""
    with told_in_words(library), raw(library) as connection:
        before = state_of(connection)
        wanted = _counted(connection)
        # Left on, query_only would forbid writing to the copy as well.
        connection.execute("PRAGMA query_only=OFF")
        # As bytes: the name of a folder need not be UTF-8.
        connection.execute("VACUUM INTO CAST(? AS TEXT)", (os.fsencode(part),))
        unchanged = state_of(connection) == before
    sync_file(part)
    examine(part)
    with told_in_words(part), raw(part) as connection:
        whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        copied = _counted(connection)
    if not whole or (unchanged and copied != wanted):
        raise damaged(library)
    return copied | {"attachments": len(files_in(folder_of(library)))}


def _counted(connection: dbapi2.Connection) -> dict[str, int]:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    since = {"projects": 2, "records": 3}  # a copy of an earlier version knows none
    known = {n: q for n, q in _COUNTED.items() if version >= since.get(n, 1)}
    found = {name: int(connection.execute(q).fetchone()[0]) for name, q in known.items()}
    return dict.fromkeys(_COUNTED, 0) | found


def _publish(part: Path, wanted: Path, attachments: Path, *, force: bool) -> Path:
    """Attachments first, so that a file with its final name is always complete."""
    with raw(part) as connection:
        known = registered(connection)
    while True:
        target = wanted if force else free_name(wanted)
        bring(attachments, folder_of(target), known)
        try:
            (put_in_place if force else put_as_new)(part, target)
        except FileExistsError:
            continue
        if force:
            prune(folder_of(target), {*known, *files_in(attachments)})
        return target


def restore(
    copy: Path,
    library: Path,
    *,
    dry_run: bool = False,
    wait: float = 5.0,
    accepted: Collection[str] = (),
) -> tuple[Counts, Counts]:
    """Put the copy in the place of the library; counts before and after.

    The present file is kept as a copy first (恢复前) and no copy is rotated away. Raises
    ``BlockedError`` when the copy is not whole, naming the newest that is, or when the library is
    in use; ``accepted`` are problems that it may have. With ``dry_run`` nothing is written.
    """
    if library.suffix != SUFFIX:
        raise not_a_library(library)
    _require_whole(copy, library, accepted)
    before = _counts_or_none(library)
    if dry_run:
        return before, counts(copy)
    with locked(library, wait=wait, holder="恢复"):
        before = _counts_or_none(library)
        if library.exists():
            _keep_present(library)
        with (
            system_told_in_words(library.parent, "写入文件夹"),
            written_aside(library) as part,
        ):
            after = _vacuumed(copy, part)
            known = [library, *(kept.file for kept in kept_copies(library))]
            newest = max(map(changes_of, known))
            with raw(part, write=True) as connection:
                count_on(connection, newest + 1)
                files = registered(connection)
            sync_file(part)
            bring(folder_of(copy), folder_of(library), files)
            # A journal of the old file would be played back into the new one.
            journal_of(library).unlink(missing_ok=True)
            sync_folder(library.parent)
            put_in_place(part, library)
        with suppress(OSError):
            prune(folder_of(library), {*files, *files_in(folder_of(copy))})
    return before, after


def _require_whole(copy: Path, library: Path, accepted: Collection[str]) -> None:
    require_file(copy)
    if library.exists() and copy.samefile(library):
        raise BlockedError("这就是正在使用的资料库，不是它的备份。", "请选择另一份备份文件。")
    problems = [found for found in verify(copy, files=False) if found not in accepted]
    if not problems:
        return
    newest = newest_copy(library)
    instead = f"可改用最近一份完好的备份：{newest.chinese()}。" if newest else "请改用另一份备份。"
    message = f"备份“{copy}”没有通过核对：{problems[0]}"
    raise BlockedError(message, f"{instead}现在的资料库没有改动。")


def _counts_or_none(library: Path) -> Counts:
    """The counts of the present file, or nothing to count when it is missing or unreadable."""
    if not library.exists():
        return dict.fromkeys((*_COUNTED, "attachments"), 0)
    try:
        examine(library)
        return counts(library)
    except (DamagedError, NotALibraryError):
        return {}


def _keep_present(library: Path) -> None:
    """Keep what stands there: as a verified copy, or as it is when it is damaged."""
    try:
        _backup(library, None, reason=BEFORE_RESTORE)
    except (DamagedError, NotALibraryError):
        _keep_as_it_is(library)


def _keep_as_it_is(library: Path) -> None:
    folder = copies_folder(library)
    name = copy_name(library, now(), f"{BEFORE_RESTORE}原样")
    with system_told_in_words(folder, "写入备份文件夹"):
        folder.mkdir(parents=True, exist_ok=True)
        target = free_name(folder / name)
        for source, wanted in ((library, target), (journal_of(library), journal_of(target))):
            if not source.exists() or (source != library and source.stat().st_size == 0):
                continue
            with written_aside(wanted) as part:
                shutil.copyfile(source, part)
                sync_file(part)
                put_as_new(part, wanted)
        bring(folder_of(library), folder_of(target))
