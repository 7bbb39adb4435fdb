"""Making and opening a library: what is refused, and that refusing changes nothing."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.storage.copies import checks
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file import failures
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.failures import DiskError
from dangjian_desktop.storage.file.placing import written_aside
from dangjian_desktop.storage.file.processes import this_host
from dangjian_desktop.storage.library import Library


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_new_library_holds_its_branch_and_belongs_to_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "新文件夹" / "甲.dangjian"
    library = Library.create(path, Branch(name="中共甲支部"), sample=True)
    with library.reading() as work:
        assert work.branch.on(date.max) == Branch(name="中共甲支部", sample=True)
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


def test_a_library_of_a_newer_version_is_not_written_and_untouched(path: Path) -> None:
    with raw(path, write=True) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = _digest(path)
    with pytest.raises(BlockedError, match="更新版本") as refused:
        Library.open(path, write=True)
    assert "新版本的程序" in refused.value.remedy
    Library.open(path, write=False).close()
    assert "更新版本" in Library.open_as_can_be(path).not_writable.message
    assert verify(path) != ()
    assert _digest(path) == before


def test_what_a_newer_version_stored_is_told_in_words_where_it_cannot_be_read(path: Path) -> None:
    with raw(path, write=True) as connection:
        connection.execute("PRAGMA user_version = 99")
    library = Library.open(path, write=False)
    with pytest.raises(BlockedError, match="读不懂"), library.reading():
        raise ValueError("a value of tomorrow")


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


def test_what_is_not_there_and_yes_and_no_come_back_as_they_always_did(path: Path) -> None:
    with raw(path) as connection:
        asked = connection.execute("SELECT ?, typeof(?), ?, typeof(?)", (None, None, True, False))
        assert asked.fetchone() == (None, "null", 1, "integer")


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


def _dead_owner(name: str) -> str:
    """A name as a process of this computer that has ended gave it."""
    done = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], stdout=subprocess.PIPE, check=True
    )
    host = hashlib.blake2b(this_host().encode(), digest_size=4).hexdigest()
    return f".{name}.{host}-{int(done.stdout)}-00000000.1234abcd.part"


def test_opening_takes_away_what_ended_processes_left_and_nothing_else(path: Path) -> None:
    folders = path.parent, path.with_suffix(".copies"), path.with_suffix(".files")
    left, kept = [], []
    for folder in folders:
        folder.mkdir(exist_ok=True)
        for name in (_dead_owner("支部"), _dead_owner("支部") + "-journal"):
            left.append(folder / name)
        with written_aside(folder / "在写") as part:
            mine = part.with_name(part.name[:-12] + "00000000.part")
        kept += [mine, folder / ".别的.part", folder / "支部.part", folder / ".支部.deadbeef.part"]
        left.append(folder / ".旧版.deadbeef.part")
    for file in (*left, *kept):
        file.write_bytes(b"x")
    for file in left:
        if "旧版" in file.name:
            os.utime(file, (1, 1))
    Library.open(path, write=True).close()
    assert [file.name for file in left if file.exists()] == []
    assert [file.name for file in kept if not file.exists()] == []


def test_reading_takes_nothing_away(path: Path) -> None:
    left = path.parent / _dead_owner("支部")
    left.write_bytes(b"x")
    Library.open(path, write=False).close()
    assert left.exists()


def test_a_library_opened_by_another_name_is_the_same_library(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "别处" / "快捷.dangjian"
    other.parent.mkdir()
    other.symlink_to(path)
    first = Library.open(other, write=True)
    assert first.path == path.resolve()
    with pytest.raises(BlockedError, match="正在本机使用"):
        Library.open(path, write=True, wait=0)
    first.close()


@pytest.mark.parametrize("write", [True, False])
def test_a_library_with_two_names_is_refused_with_the_way_out(path: Path, write: bool) -> None:
    os.link(path, path.with_name("另一个.dangjian"))
    before = path.read_bytes()
    with pytest.raises(BlockedError, match="硬链接") as refused:
        Library.open(path, write=write)
    assert "复制" in refused.value.remedy
    assert path.read_bytes() == before
    assert not path.with_name(path.name + ".lock").exists()


def test_a_name_left_by_a_kill_between_two_steps_is_no_second_name(path: Path) -> None:
    os.link(path, path.parent / _dead_owner("支部"))
    Library.open(path, write=True).close()


def test_a_passing_read_error_is_no_damage(path: Path, monkeypatch) -> None:
    tries = []
    right = checks._examine_once

    def once(file: Path, *told: bool) -> int:
        tries.append(file)
        if len(tries) == 1:
            raise DiskError("读写资料库时磁盘出错。", "")
        return right(file, *told)

    monkeypatch.setattr(checks, "_examine_once", once)
    monkeypatch.setattr(checks, "PAUSE", 0)
    Library.open(path, write=False).close()
    assert len(tries) == 2


def test_after_an_end_without_closing_every_table_is_looked_at(path: Path, monkeypatch) -> None:
    asked = []
    right = checks._examine_once

    def once(file: Path, thorough: bool, *told: bool) -> int:
        asked.append(thorough)
        return right(file, thorough, *told)

    monkeypatch.setattr(checks, "_examine_once", once)
    code = "import os,sys; from pathlib import Path\n"
    code += "from dangjian_desktop.storage.library import Library\n"
    code += "Library.open(Path(sys.argv[1]), write=True); os._exit(9)"
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    Library.open(path, write=True).close()
    Library.open(path, write=True).close()
    assert asked == [True, False]
