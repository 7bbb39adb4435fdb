"""The folder of attachments beside a library; its files are never changed once written."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Container, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path

from sqlcipher3 import dbapi2

from dangjian_desktop.errors import UserError
from dangjian_desktop.inputs import open_input
from dangjian_desktop.storage.copies.contents import digest_of
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.keys import LockedError
from dangjian_desktop.storage.file.placing import put_in_place, sweep, sync_folder, written_aside


def folder_of(library: Path) -> Path:
    """Where the attachments of a library, or of a copy, lie; may not exist."""
    return library.with_suffix(".files")


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file as it lies there, which no database has open, as hexadecimal text."""
    with open_input(file) as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def files_in(folder: Path) -> dict[str, Path]:
    """The files by their path inside the folder, with ``/`` between parts."""
    if not folder.is_dir():
        return {}
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): path for path in found}


def bring(source: Path, target: Path, known: Mapping[str, str] | None = None) -> None:
    """Give the target folder every file of the source, hard-linked where the drive can.

    A file that is there with other content is replaced, unless it is the one that ``known`` (name
    and SHA-256) means; nothing else is taken away.
    """
    sweep(target)
    for name, file in files_in(source).items():
        wanted = target / name
        if wanted.exists() and (wanted.samefile(file) or sha256_of(wanted) == sha256_of(file)):
            continue
        if known and name in known and _whole(wanted, known[name]):
            continue
        wanted.parent.mkdir(parents=True, exist_ok=True)
        with written_aside(wanted) as part:
            _link_or_copy(file, part, _in_other_generations(target, name, file))
            put_in_place(part, wanted)


def _link_or_copy(file: Path, part: Path, beside: Iterator[Path]) -> None:
    """Another name of the file, or of the same in another generation on that drive, else bytes."""
    part.unlink()
    if not any(_linked(each, part) for each in chain((file,), beside)):
        with open_input(file) as read, part.open("xb") as write:
            shutil.copyfileobj(read, write)
            write.flush()
            os.fsync(write.fileno())


def _linked(file: Path, part: Path) -> bool:
    with suppress(OSError):
        os.link(file, part)
        return True
    return False


def _in_other_generations(target: Path, name: str, file: Path) -> Iterator[Path]:
    """The same file beside other copies: on a second drive they can share it among themselves."""
    for folder in target.parent.glob(f"*{target.suffix}"):
        other = folder / name
        if folder != target and other.is_file() and sha256_of(other) == sha256_of(file):
            yield other


def prune(folder: Path, wanted: Container[str]) -> None:
    """Take away the files that are not wanted."""
    for name, file in files_in(folder).items():
        if name not in wanted:
            file.unlink()
    if folder.is_dir():
        sync_folder(folder)


def registered(connection: dbapi2.Connection) -> dict[str, str]:
    """The files that records were given, by name in the folder, with their SHA-256."""
    return dict(connection.execute("SELECT name, sha256 FROM attachment ORDER BY name"))


def lost_files(library: Path) -> tuple[str, ...]:
    """The names of the files that records were given and that are missing or changed."""
    with suppress(dbapi2.Error, OSError, LockedError), raw(library) as connection:
        wanted, folder = registered(connection), folder_of(library)
        return tuple(n for n, digest in wanted.items() if not _whole(folder / n, digest))
    return ()


def _whole(file: Path, digest: str) -> bool:
    with suppress(UserError):
        return file.is_file() and digest_of(file) == digest
    return False


def attachment_problems(connection: dbapi2.Connection, library: Path) -> Iterator[str]:
    """A sentence for each registered file that is missing or has changed."""
    folder = folder_of(library)
    for name, digest in registered(connection).items():
        file = folder / name
        if not file.is_file():
            yield f"附件“{name}”不见了（应在“{folder}”中）。"
        elif not _whole(file, digest):
            yield f"附件“{name}”的内容与登记的不一致，或读不出来（“{folder}”）。"
