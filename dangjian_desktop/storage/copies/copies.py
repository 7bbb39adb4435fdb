"""Copies of a library: made whole and verified, and read back without losing the present."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from dangjian_desktop.errors import BlockedError, DoubtedError, Issue
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.copies.attachments import (
    bring,
    files_in,
    folder_of,
    lost_files,
    prune,
    registered,
    sha256_of,
)
from dangjian_desktop.storage.copies.checks import examine, findings, require_file
from dangjian_desktop.storage.copies.kept import (
    AS_IT_IS,
    SUFFIX,
    copies_folder,
    copy_name,
    kept_copies,
    newest_copy,
    rotate,
)
from dangjian_desktop.storage.copies.notes import note_restoring
from dangjian_desktop.storage.copies.retention import BEFORE_PURGE, BEFORE_RESTORE, BEFORE_UPGRADE
from dangjian_desktop.storage.copies.snapshot import COUNTED, Counts, counts, snapshot
from dangjian_desktop.storage.copies.twin import bring_slots, drop_slots, under_key_of
from dangjian_desktop.storage.file.companions import bring_companions
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.failures import (
    DamagedError,
    NewerError,
    NotALibraryError,
    not_a_library,
    system_told_in_words,
)
from dangjian_desktop.storage.file.keys import keys_of
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
from dangjian_desktop.storage.state import changes_of, count_on

__all__ = [
    "BEFORE_PURGE",
    "BEFORE_RESTORE",
    "BEFORE_UPGRADE",
    "Copy",
    "Counts",
    "backup",
    "counts",
    "restore",
]

BY_HAND, ON_CLOSING, BEFORE_IMPORT = "手工", "关闭时", "导入前"
WHILE_OPEN = "定时"


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


def backup(
    library: Path, to: Path | None = None, *, reason: str = BY_HAND, force: bool = False
) -> Copy:
    """Write a verified copy of the library and its attachments; needs no lock.

    ``to`` is a file or an existing folder; without it the copy goes to the copies folder, where
    older ones then go as ``retention`` says. A file that exists is never replaced unless
    ``force``; a number is added.
    Raises ``BlockedError`` when the library is damaged or the place cannot be written.
    """
    made = _backup(library, to, reason=reason, force=force)
    if to is None:
        rotate(library, made.file)
    return made


def _backup(library: Path, to: Path | None, *, reason: str, force: bool = False) -> Copy:
    require_file(library)
    at = now()
    target = _target(library, to, copy_name(library, at, reason))
    if target.absolute() == library.absolute():
        raise BlockedError("备份不能写在资料库自己的位置。", "请另选一个文件名或文件夹。")
    needed = library.stat().st_size
    with system_told_in_words(target.parent, "写入备份文件夹", needed):
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent)
        with written_aside(target) as part:
            copied = snapshot(library, part)
            target = _publish(part, target, library, force=force)
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


def _publish(part: Path, wanted: Path, library: Path, *, force: bool) -> Path:
    """Attachments first, so that a file with its final name is always complete."""
    with raw(part) as connection:
        known = registered(connection)
    attachments = folder_of(library)
    while True:
        target = wanted if force else free_name(wanted)
        bring(attachments, folder_of(target), known)
        bring_companions(library, target)
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
    ``BlockedError`` when the copy is damaged, naming the newest that is whole, or when the library
    is in use, and ``DoubtedError`` for what ``findings`` tells of it beside those that are
    ``accepted``: whoever has nothing better may want it. With ``dry_run`` nothing is written.
    """
    if library.suffix != SUFFIX:
        raise not_a_library(library)
    _require_whole(copy, library, accepted)
    before = _counts_or_none(library)
    if dry_run:
        return before, counts(copy)
    with locked(library, wait=wait, holder="恢复"):
        before = _counts_or_none(library)
        note_restoring(library, now())
        if library.exists():
            _keep_present(library)
        with (
            system_told_in_words(library.parent, "写入文件夹"),
            under_key_of(library, copy) as source,
            written_aside(library) as part,
        ):
            after = snapshot(source, part)
            known = [library, *(kept.file for kept in kept_copies(library))]
            newest = max(map(changes_of, known))
            with raw(part, write=True) as connection:
                count_on(connection, newest + 1)
                files = registered(connection)
            sync_file(part)
            bring(folder_of(source), folder_of(library), files)
            # A journal of the old file would be played back into the new one.
            journal_of(library).unlink(missing_ok=True)
            bring_slots(source, library)
            sync_folder(library.parent)
            put_in_place(part, library)
        with suppress(OSError):
            drop_slots(library)
            prune(folder_of(library), {*files, *files_in(folder_of(source))})
        note_restoring(library, now())
    return before, after


def doubts(copy: Path, library: Path) -> tuple[str, ...]:
    """What is not as the program saved it in a copy that could take the library's place; raises
    ``BlockedError`` for one that cannot, naming the newest that is whole."""
    require_file(copy)
    keys_of(copy)  # a password that was not given is no damage
    if library.exists() and copy.samefile(library):
        raise BlockedError("这就是正在使用的资料库，不是它的备份。", "请选择另一份备份文件。")
    try:
        return findings(copy)
    except BlockedError as error:
        why = "文件已损坏。" if isinstance(error, DamagedError) else error.message
        message = f"备份“{copy}”没有通过核对：{why}"
        raise BlockedError(message, _instead(library, "请改用另一份备份。")) from error


def _require_whole(copy: Path, library: Path, accepted: Collection[str]) -> None:
    new = [found for found in doubts(copy, library) if found not in accepted]
    if new:
        raise DoubtedError(
            f"备份“{copy}”没有通过核对，里面有些内容不是本程序保存的样子，没有恢复：",
            _instead(library, "没有更好的备份时，看过所列各条后仍可照样恢复。"),
            [Issue(found) for found in new],
        )


def _instead(library: Path, otherwise: str) -> str:
    newest = newest_copy(library)
    words = f"可改用最近一份完好的备份：{newest.chinese()}。" if newest else otherwise
    return f"{words}现在的资料库没有改动。"


def _counts_or_none(library: Path) -> Counts:
    """The counts of the present file, or nothing to count when it is missing or unreadable, as
    one of a later version may be."""
    if not library.exists():
        return dict.fromkeys((*COUNTED, "attachments"), 0)
    try:
        examine(library)
        return counts(library)
    except (DamagedError, NotALibraryError):
        return {}
    except NewerError:
        with suppress(dbapi2.Error):
            return counts(library)
        return {}


def _keep_present(library: Path) -> None:
    """Keep what stands there: as a verified copy, or as it is when it is damaged or of a later
    version."""
    try:
        _backup(library, None, reason=BEFORE_RESTORE)
    except (DamagedError, NotALibraryError, NewerError):
        _keep_as_it_is(library)


def _keep_as_it_is(library: Path) -> None:
    folder = copies_folder(library)
    name = copy_name(library, now(), f"{BEFORE_RESTORE}{AS_IT_IS}")
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
        bring_companions(library, target)
