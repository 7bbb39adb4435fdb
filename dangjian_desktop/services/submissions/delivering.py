"""A package on its way out: whole in its place or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from dangjian_desktop.services.files import file_name, make_ready, told_of
from dangjian_desktop.storage.file.placing import (
    folder_aside,
    free_name,
    put_as_new,
    sweep,
    sync_file,
    written_aside,
)

Step = Callable[[str], None]
Place = Callable[[], list[Path]]


def probe(folder: Path) -> None:
    """Before long work: raises ``BlockedError`` where the folder cannot be written; leaves nothing
    there."""
    new = not folder.exists()
    make_ready(folder)
    if new:
        with suppress(OSError):
            folder.rmdir()


@contextmanager
def delivered(
    folder: Path, name: str, files: Mapping[str, bytes], step: Step, *, packed: bool
) -> Iterator[Place]:
    """The files, written beside their place; what is given puts them there and tells where.

    In a folder that is empty or new they stand by themselves, in any other one in a folder of this
    name; ``packed`` makes one zip of them. When the block does not end well, nothing is left.
    Raises ``BlockedError`` where the folder cannot be written or is full.
    """
    new = not folder.exists()
    try:
        with told_of(folder):
            sweep(folder, folder.parent)
            ways = _zip(folder, name, files, step)
            with ways if packed else _folder(folder, name, files, step, new=new) as place:
                yield place
    except BaseException:
        if new:
            with suppress(OSError):
                folder.rmdir()
        raise


@contextmanager
def _folder(
    folder: Path, name: str, files: Mapping[str, bytes], step: Step, *, new: bool
) -> Iterator[Place]:
    alone = not any(folder.iterdir())
    put: list[Path] = []
    # What a kill leaves behind is hidden, and swept by whoever writes there next.
    with folder_aside(folder if new else folder / file_name(name)) as stage:

        def place() -> list[Path]:
            if new:
                folder.rmdir()
            if new or not alone:
                whole = folder if new else free_name(folder / file_name(name))
                stage.rename(whole)
                put.append(whole)
                return [whole / each for each in files]
            for each in files:
                put_as_new(stage / each, folder / each)
                put.append(folder / each)
            return list(put)

        for each, data in files.items():
            step(each)
            (stage / each).write_bytes(data)
            sync_file(stage / each)
        try:
            yield place
        except BaseException:
            _take_away(put)
            raise


@contextmanager
def _zip(folder: Path, name: str, files: Mapping[str, bytes], step: Step) -> Iterator[Place]:
    put: list[Path] = []
    with written_aside(folder / "new.zip") as stage:

        def place() -> list[Path]:
            target = free_name(folder / f"{file_name(name)}.zip")
            put_as_new(stage, target)
            put.append(target)
            return list(put)

        stage.unlink()  # made anew with the rights that the user's new files have
        with ZipFile(stage, "w", ZIP_DEFLATED) as file:
            for each, data in files.items():
                step(each)
                # A ``ZipInfo`` has a fixed date; a mere name would take the clock's.
                file.writestr(ZipInfo(each), data, ZIP_DEFLATED)
        sync_file(stage)
        try:
            yield place
        except BaseException:
            _take_away(put)
            raise


def _take_away(put: Iterable[Path]) -> None:
    for placed in put:
        with suppress(OSError):
            shutil.rmtree(placed) if placed.is_dir() else placed.unlink()
