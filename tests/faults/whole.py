"""What "whole" means: ``verify`` is content, every acknowledged save is there, no half one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from pathlib import Path

from dangjian_desktop.storage.copies.attachments import folder_of
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.keys import slots_file
from dangjian_desktop.storage.library import Library
from tests.faults.driver import closing_of

Shut = Callable[[Path], Path]
"""Perhaps puts a library under a password, and gives it back."""


def copied(library: Path, folder: Path) -> Path:
    """A copy in the folder, with what its password needs and its attachments."""
    for file in (library, slots_file(library)):
        if file.exists():
            shutil.copy(file, folder / file.name)
    if (files := folder_of(library)).is_dir():
        shutil.copytree(files, folder / files.name)
    return folder / library.name


def saved(path: Path) -> set[int]:
    """The numbers of the saves in the library, each of them whole in both its records."""
    library = Library.open(path, write=True, wait=0)
    with library.reading() as work:
        meetings = work.meetings.all()
        names = {member.name for member in work.members.all()}
    library.close()
    found = {int(meeting.title[1:-1]): meeting for meeting in meetings}
    assert {f"周{number}" for number in found} == {n for n in names if n[1:].isdecimal()}
    for number, meeting in found.items():
        assert meeting.closing == closing_of(number)
        assert [there.person.name for there in meeting.attendance] == [f"周{number}"]
    return set(found)


def lost(path: Path, before: Collection[int], acknowledged: Collection[int]) -> set[int]:
    """The acknowledged saves that are not there; fails for everything else that is not whole.

    ``before`` were there already.
    """
    there, wanted = saved(path), {*before, *acknowledged}
    assert verify(path) == ()
    # One more than was said may be there: the end came between doing and saying.
    assert len(there - wanted) <= 1
    return wanted - there
