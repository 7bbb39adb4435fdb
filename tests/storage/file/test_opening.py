"""Making and opening a library: what is refused, and that refusing changes nothing."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.storage.file import failures
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.library import Library


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_new_library_holds_its_branch_and_belongs_to_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "新文件夹" / "甲.dangjian"
    library = Library.create(path, Branch(name="中共甲支部"), sample=True)
    with library.reading() as work:
        assert work.branch.get() == Branch(name="中共甲支部", sample=True)
    library.close()
    assert [file.name for file in path.parent.iterdir()] == ["甲.dangjian"]
    if os.name != "nt":
        assert path.stat().st_mode & 0o077 == 0


def test_no_library_is_made_over_an_existing_file(tmp_path: Path) -> None:
    path = tmp_path / "甲.dangjian"
    path.write_text("日记")
    with pytest.raises(BlockedError, match="已经存在"):
        Library.create(path, Branch(name="甲"))
    assert path.read_text() == "日记"


def test_a_library_has_its_suffix(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="dangjian"):
        Library.create(tmp_path / "甲.db", Branch(name="甲"))
    assert list(tmp_path.iterdir()) == []


def test_a_missing_library_is_never_made(tmp_path: Path) -> None:
    path = tmp_path / "走了" / "甲.dangjian"
    for write in (True, False):
        with pytest.raises(BlockedError, match="找不到资料库"):
            Library.open(path, write=write)
    assert list(tmp_path.iterdir()) == []


def _foreign(kind: str, path: Path) -> None:
    match kind:
        case "empty":
            path.touch()
        case "text":
            path.write_text("会议记录\n" * 500, encoding="utf-8")
        case "zip":
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("a.txt", "x" * 9000)
        case "random":
            path.write_bytes(os.urandom(8192))
        case "sqlite":
            connection = sqlite3.connect(path)
            connection.execute("CREATE TABLE member (id INTEGER PRIMARY KEY)")
            connection.close()
        case "other":
            path.touch()
            with raw(path, write=True) as keyed:
                keyed.execute("CREATE TABLE member (id INTEGER PRIMARY KEY)")
            path.with_name(path.name + "-journal").unlink(missing_ok=True)


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize("kind", ["empty", "text", "zip", "random", "sqlite", "other"])
def test_what_is_no_library_is_refused_and_untouched(
    tmp_path: Path, kind: str, write: bool
) -> None:
    path = tmp_path / "甲.dangjian"
    _foreign(kind, path)
    before = _digest(path)
    with pytest.raises(BlockedError, match="不是本程序的支部资料库"):
        Library.open(path, write=write)
    assert _digest(path) == before
    assert [file.name for file in tmp_path.iterdir()] == ["甲.dangjian"]


def test_a_library_of_a_newer_version_is_refused_and_untouched(path: Path) -> None:
    with raw(path, write=True) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = _digest(path)
    for write in (True, False):
        with pytest.raises(BlockedError, match="更新版本") as refused:
            Library.open(path, write=write)
        assert "新版本的程序" in refused.value.remedy
    assert _digest(path) == before


def test_every_pragma_is_as_decided(path: Path) -> None:
    wanted = {
        "journal_mode": "truncate",
        "synchronous": 3,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "busy_timeout": 5000,
    }
    with raw(path, write=True) as connection:
        found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    assert found == wanted


def test_nothing_in_the_file_is_readable_without_the_key(path: Path, a_member) -> None:
    library = Library.open(path, write=True)
    with library.changing() as work:
        work.members.save(a_member("欧阳标记"))
    library.close()
    assert "欧阳标记".encode() not in path.read_bytes()
    assert not path.read_bytes().startswith(b"SQLite format 3")


def test_a_library_opened_for_reading_says_that_it_cannot_save(path: Path) -> None:
    library = Library.open(path, write=False)
    with pytest.raises(BlockedError, match="只读"), library.changing():
        pass
    library.close()


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_read_only_place_reads_and_refuses_to_write(path: Path, what: str) -> None:
    """As an ordinary user: to root nothing is read-only."""
    path.parent.chmod(0o755)
    target, rights = (path, 0o444) if what == "file" else (path.parent, 0o555)
    program = Path(__file__).with_name("child_readonly.py")
    again = target.stat().st_mode
    path.chmod(0o644)
    target.chmod(rights)
    try:
        told = subprocess.run(
            [sys.executable, program, path], capture_output=True, text=True, check=False
        )
    finally:
        target.chmod(again)
    assert told.stdout.split("\n")[:2] == ["read", "refused"], told.stdout + told.stderr


def test_opening_does_not_import_alembic(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from dangjian_desktop.storage.library import Library\n"
        "library = Library.open(Path(sys.argv[1]), write=True)\n"
        "with library.changing() as work: work.settings.put('x', 1)\n"
        "library.close()\n"
        "sys.exit('alembic' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", program, path], check=False).returncode == 0


def test_a_change_refused_by_the_disk_is_told_in_words(library: Library) -> None:
    words = failures.system_refused(OSError(28, "No space left"), Path("/媒体/U盘"), "写入")
    assert "磁盘已满" in words.message
    assert "/媒体/U盘" in words.message
    full = _limited(library)
    assert "磁盘已满" in full.message
    assert full.remedy
    with library.changing() as work:
        work.settings.put("x", "again")


def _limited(library: Library) -> BlockedError:
    """What saving says when the file may not grow, as on a full disk."""

    def grow() -> None:
        with library.changing() as work:
            work.settings._connection.exec_driver_sql("PRAGMA max_page_count = 1")
            work.settings.put("x", "文" * 100_000)

    with pytest.raises(BlockedError) as refused:
        grow()
    return refused.value


def test_a_busy_library_is_told_in_words(library: Library, monkeypatch) -> None:
    monkeypatch.setattr("dangjian_desktop.storage.file.connecting.BUSY_SECONDS", 0.1)
    with raw(library.path, write=True) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BlockedError, match="另一个程序"), library.changing() as work:
            work.settings.put("x", 1)
        with library.reading() as work:
            assert work.settings.get("x") is None
        other.execute("ROLLBACK")
    with library.changing() as work:
        work.settings.put("x", 1)
