"""Files appear whole or not at all, also on drives that know no hard links."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.storage.copies import attachments
from dangjian_desktop.storage.copies.attachments import folder_of
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.copies import backup, counts, restore
from dangjian_desktop.storage.file import connecting, failures, placing
from dangjian_desktop.storage.file.placing import free_name, put_as_new, written_aside
from dangjian_desktop.storage.library import Library


@pytest.fixture
def _no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_paths: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    for module in (placing, attachments):
        monkeypatch.setattr(module.os, "link", refuse)


@pytest.mark.usefixtures("_no_links")
def test_a_drive_without_links_takes_libraries_copies_and_locks(tmp_path: Path) -> None:
    path = tmp_path / "甲.dangjian"
    library = Library.create(path, Branch(name="甲"))
    folder_of(path).mkdir()
    (folder_of(path) / "一.pdf").write_bytes(b"one")
    made = backup(path)
    library.close()
    assert verify(made.file) == ()
    assert restore(made.file, path)[1]["attachments"] == 1


@pytest.mark.usefixtures("_no_links")
def test_a_name_that_is_taken_is_not_taken_over_without_links(tmp_path: Path) -> None:
    taken = tmp_path / "甲.dangjian"
    taken.write_text("alt")
    with written_aside(taken) as part, pytest.raises(FileExistsError):
        put_as_new(part, taken)
    assert taken.read_text() == "alt"
    assert free_name(taken).name == "甲-2.dangjian"


def test_what_was_written_aside_is_gone_after_a_failure(tmp_path: Path) -> None:
    def fail() -> None:
        with written_aside(tmp_path / "甲.dangjian") as part:
            part.write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_library_on_a_read_only_medium_can_be_copied(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting.os, "access", lambda *_: False)
    made = backup(path, tmp_path / "别处.dangjian")
    assert counts(made.file) == counts(path)


@pytest.mark.parametrize("code", failures._SENTENCES)
def test_every_known_code_has_a_sentence_with_place_and_remedy(code: int, path: Path) -> None:
    error = dbapi2.OperationalError("x")
    error.sqlite_errorcode = code | 2 << 8
    words = failures.translated(error, path)
    assert words is not None
    assert str(path) in words.message
    assert words.remedy
    assert all(text.endswith("。") for text in (words.message, words.remedy))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.ENOENT, errno.EIO])
def test_every_system_error_names_the_place(number: int) -> None:
    words = failures.system_refused(OSError(number, os.strerror(number)), Path("/U盘"), "写入")
    assert "/U盘" in words.message
    assert words.remedy


def test_text_that_is_no_utf8_is_damage_and_a_bug_stays_a_bug(path: Path) -> None:
    unreadable = dbapi2.OperationalError("Could not decode to UTF-8 column 'x'")
    assert isinstance(failures.translated(unreadable, path), failures.DamagedError)
    assert failures.translated(dbapi2.IntegrityError("UNIQUE"), path) is None
    assert failures.translated(ValueError(), path) is None
