"""Which key opens a file is told by the file; without it nothing of it is read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.storage.file import keys as keys_module
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.keys import (
    MARK,
    LockedError,
    Under,
    has_password,
    hold,
    is_locked,
    keys_of,
    let_go,
    promised,
)
from dangjian_desktop.storage.file.sealing import BrokenSealError, keys_from, seal, unseal
from dangjian_desktop.storage.library import Library

SECRET = bytes(range(20))
KEYS = keys_from(SECRET)
WRITTEN_DOWN = [
    "5fb160fa8971a834",
    "bb344f54d2f53bdb88583a4ed6a8353ed8397017e67764c4022b70abc6fd5518",
    "3818f21bc007194eeec5086e2e0e9f2a830e6853e29b8344dffcdc1b6fc57af3",
]


@pytest.fixture
def path(tmp_path):
    """A library under these keys, locked."""
    hold(KEYS)
    under = Under(KEYS, lambda _path: None)
    library = Library.create(tmp_path / "支部.dangjian", Branch(name="中共甲支部"), under=under)
    library.close()
    let_go()
    return library.path


def test_the_keys_of_a_secret_never_change():
    """Else no library of a released version would open: these were written down once."""
    told = [getattr(KEYS, name).hex() for name in ("name", "library", "rows")]
    assert told == WRITTEN_DOWN
    every = {KEYS.library, KEYS.attachments, KEYS.drafts, KEYS.rows, KEYS.identity}
    assert len(every) == 5
    assert KEYS.library.hex() not in repr(KEYS)


def test_a_library_with_a_password_names_its_key_and_holds_no_word_in_clear(path):
    content = path.read_bytes()
    assert content.startswith(MARK + KEYS.name)
    assert "中共甲支部".encode() not in content
    assert has_password(path)
    assert is_locked(path)


def test_a_locked_library_is_refused_and_left_alone(path):
    before = sorted(path.parent.iterdir()), path.read_bytes()
    for write in (False, True):
        with pytest.raises(LockedError, match="有密码，还没有输入"):
            Library.open(path, write=write)
    assert (sorted(path.parent.iterdir()), path.read_bytes()) == before


def test_it_opens_wherever_it_lies_while_its_key_is_held_and_no_longer(path, tmp_path):
    moved = tmp_path / "另处" / "改名.dangjian"
    moved.parent.mkdir()
    shutil.move(path, moved)
    hold(KEYS)
    library = Library.open(moved, write=True)
    with library.changing(Topic.SETTINGS) as work:
        work.settings.put("a", 1)
    let_go()
    with pytest.raises(LockedError), library.reading():
        pass
    hold(KEYS)
    with library.reading() as work:
        assert work.settings.get("a") == 1
    library.close()


def test_another_key_opens_nothing(path):
    hold(keys_from(bytes(20)))
    with pytest.raises(LockedError):
        Library.open(path, write=False)


def test_a_file_that_takes_the_place_and_the_number_of_another_is_looked_at_anew(path, tmp_path):
    """As a file system gives the number of a file that is gone to the next one."""
    clear = tmp_path / "无密码.dangjian"
    Library.create(clear, Branch(name="乙")).close()
    hold(KEYS)
    with raw(path) as connection:
        connection.execute("SELECT count(*) FROM member").fetchone()
    content = clear.read_bytes()
    with path.open("r+b") as file:
        file.write(content)
        file.truncate()
    with raw(path) as connection:
        connection.execute("SELECT count(*) FROM member").fetchone()
    assert keys_of(path) is None


@pytest.mark.parametrize("replaced", ["deleted and made", "put over"])
def test_another_file_at_the_place_of_one_that_was_never_closed_is_looked_at_anew(
    path, tmp_path, replaced
):
    """File systems give the number of a file that is gone to the next one that is made."""
    clear = tmp_path / "无密码.dangjian"
    Library.create(clear, Branch(name="乙")).close()
    hold(KEYS)
    never_closed = Library.open(path, write=False)
    if replaced == "put over":
        clear.replace(path)
    else:
        content = clear.read_bytes()
        path.unlink()
        for _ in range(20):  # the number of the one that is gone is among the next
            (tmp_path / f"{_}.dangjian").write_bytes(content)
        path.write_bytes(content)
        assert [has_password(tmp_path / f"{_}.dangjian") for _ in range(20)] == [False] * 20
    assert not has_password(path)
    other = Library.open(path, write=True)
    other.close()
    assert not has_password(path)
    never_closed.close()
    assert keys_module._remembered == {}


def test_an_empty_file_takes_the_key_that_it_was_promised(tmp_path):
    part = tmp_path / "part"
    part.touch()
    with promised(part, KEYS):
        assert keys_of(part) is KEYS
    assert keys_of(part) is None


@pytest.mark.skipif(os.name == "nt", reason="locks of POSIX")
def test_asking_for_the_key_lets_go_of_no_lock(path):
    """Closing any descriptor of a file would: SQLite's locks are this process's."""
    hold(KEYS)
    library = Library.open(path, write=True)
    with raw(path, write=True) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for _ in range(3):
            assert keys_of(path) is KEYS
            assert has_password(path)
        code = (
            "import fcntl, sys\n"
            "with open(sys.argv[1], 'r+b') as file:\n"
            "    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 0x40000001)\n"
        )
        tried = subprocess.run([sys.executable, "-c", code, path], check=False, capture_output=True)
        connection.execute("ROLLBACK")
    assert b"BlockingIOError" in tried.stderr
    there = keys_module._told(path)
    assert there in keys_module._remembered
    library.close()
    assert there not in keys_module._remembered


def test_what_is_sealed_opens_only_whole_and_as_what_it_was():
    sealed = seal(KEYS.drafts, b"draft", b"about")
    assert unseal(KEYS.drafts, sealed, b"about") == b"draft"
    assert seal(KEYS.drafts, b"draft", b"about") != sealed
    for key, data, about in (
        (KEYS.rows, sealed, b"about"),
        (KEYS.drafts, sealed, b"other"),
        (KEYS.drafts, sealed[:-1], b"about"),
        (KEYS.drafts, b"", b"about"),
        (KEYS.drafts, sealed[:5] + bytes([sealed[5] ^ 1]) + sealed[6:], b"about"),
    ):
        with pytest.raises(BrokenSealError):
            unseal(key, data, about)


def test_a_library_without_a_password_needs_nothing_of_it():
    code = (
        "import sys; from dangjian_desktop.cli import main\n"
        "status = main(['new', '--name', '甲支部']); main(['info'])\n"
        "print(status, sorted({'cryptography', 'cffi'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "0 []", done.stderr
    assert keys_module._unlocked == {}
