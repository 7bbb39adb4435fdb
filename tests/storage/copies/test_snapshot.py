"""One moment of a library in a file of its own, packed or byte by byte."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.storage.copies import snapshot as module
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.copies import backup
from dangjian_desktop.storage.copies.kept import kept_copies
from dangjian_desktop.storage.file.failures import FullError


def test_a_large_library_is_copied_byte_by_byte(library, a_member, monkeypatch) -> None:
    monkeypatch.setattr(module, "LARGE", 0)
    packed = []
    monkeypatch.setattr(module, "_packed", lambda *given: packed.append(given))
    with library.changing() as work:
        work.members.save(a_member())
    made = backup(library.path)
    assert packed == []
    assert made.file.read_bytes() == library.path.read_bytes()
    assert verify(made.file) == ()
    assert made.counts["members"] == 1


@pytest.mark.parametrize("way", ["_copied", "_packed"])
def test_who_saves_meanwhile_waits_and_is_not_refused(library, a_member, monkeypatch, way) -> None:
    """However long the copying takes: SQLite would refuse him after a moment."""
    monkeypatch.setattr("dangjian_desktop.storage.file.connecting.BUSY_SECONDS", 0.05)
    monkeypatch.setattr(module, "LARGE", 0 if way == "_copied" else module.LARGE)
    copying, real = Event(), module.counted

    def slow(connection):
        copying.set()
        sleep(0.5)
        return real(connection)

    def save() -> None:
        copying.wait(5)
        with library.changing() as work:
            work.members.save(a_member())

    with ThreadPoolExecutor(1) as beside:
        saving = beside.submit(save)
        monkeypatch.setattr(module, "counted", slow)
        made = backup(library.path)
        saving.result()
    assert verify(made.file) == ()
    assert made.counts["members"] == 0
    with library.reading() as work:
        assert len(work.members.ids()) == 1


def test_a_damaged_large_library_makes_no_copy(library, monkeypatch) -> None:
    monkeypatch.setattr(module, "LARGE", 0)
    content = bytearray(library.path.read_bytes())
    content[5000] ^= 1
    library.path.write_bytes(content)
    with pytest.raises(BlockedError, match="已损坏"):
        backup(library.path)
    assert kept_copies(library.path) == ()


def test_a_large_library_is_copied_where_the_system_copies_nothing(library, monkeypatch) -> None:
    monkeypatch.setattr(module, "LARGE", 0)
    monkeypatch.setattr(module, "_COPY", library.path.parent / "no such program")
    assert verify(backup(library.path).file) == ()


def test_it_is_the_place_of_the_copies_that_has_no_room(library, monkeypatch) -> None:
    def full(*_of: object) -> None:
        raise FullError("磁盘已满，无法保存到资料库。", "请再保存一次。")

    monkeypatch.setattr(module, "_packed", full)
    with pytest.raises(FullError, match=r"磁盘已满，无法写入“.*\.copies”，还差约\d+MB") as told:
        backup(library.path)
    assert "再保存" not in told.value.remedy


def test_two_who_ask_at_once_make_one_copy(library, a_member, monkeypatch) -> None:
    """The window is closed while the lock is still making its copy."""
    with library.changing() as work:
        work.members.save(a_member())
    begun, real = Event(), module.counted

    def slow(connection):
        begun.set()
        sleep(0.2)
        return real(connection)

    monkeypatch.setattr(module, "counted", slow)
    desk = Desk(library)
    with ThreadPoolExecutor(2) as both:
        first = both.submit(desk.copies.keep_up)
        begun.wait(5)
        second = both.submit(desk.copies.keep_up)
        assert (first.result() is None, second.result() is None) == (False, True)
    assert len(kept_copies(library.path)) == 1
