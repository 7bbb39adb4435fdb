"""One writer at a time, and a name for whoever it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.storage.file.lock import Lock, lock_file
from dangjian_desktop.storage.file.processes import alive, started, this_host
from dangjian_desktop.storage.library import Library


def _write_lock(path: Path, **told: object) -> None:
    given: dict[str, object] = {
        "pid": os.getpid(),
        "started": started(os.getpid()),
        "host": this_host(),
        "holder": "窗口",
        "since": "2026-11-21T07:35:00+08:00",
        "token": "x",
    }
    lock_file(path).write_text(json.dumps(given | told), encoding="utf-8")


def test_a_second_writer_is_told_who_is_first(path: Path) -> None:
    first = Library.open(path, write=True, holder="窗口")
    begun = time.monotonic()
    with pytest.raises(BlockedError) as refused:
        Library.open(path, write=True, wait=0.3, holder="命令行")
    assert time.monotonic() - begun >= 0.3
    for word in ("窗口", this_host(), str(os.getpid()), "自"):
        assert word in refused.value.message
    assert refused.value.remedy
    first.close()
    Library.open(path, write=True, wait=0).close()


def test_a_waiting_writer_gets_the_lock_when_it_is_free(path: Path) -> None:
    first = Library.open(path, write=True)
    threading.Timer(0.3, first.close).start()
    Library.open(path, write=True, wait=5).close()


def test_readers_need_no_lock(path: Path) -> None:
    writer = Library.open(path, write=True)
    reader = Library.open(path, write=False)
    with reader.reading() as work:
        assert work.members.ids() == []
    reader.close()
    assert lock_file(path).exists()
    writer.close()
    assert not lock_file(path).exists()


def test_the_lock_of_a_killed_process_is_taken_over_silently(path: Path) -> None:
    program = (
        "import sys, os, signal; from pathlib import Path\n"
        "from dangjian_desktop.storage.library import Library\n"
        "Library.open(Path(sys.argv[1]), write=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", program, path], check=False)
    assert lock_file(path).exists()
    Library.open(path, write=True, wait=0).close()


@pytest.mark.skipif(os.name == "nt", reason="rights of Linux")
@pytest.mark.parametrize(("shared", "told"), [(0o600, 0o600), (0o664, 0o644), (0o640, 0o640)])
def test_whoever_may_read_the_library_may_read_who_has_it(
    path: Path, shared: int, told: int
) -> None:
    path.chmod(shared)
    library = Library.open(path, write=True)
    assert lock_file(path).stat().st_mode & 0o777 == told
    library.close()


def test_one_left_over_that_may_not_be_removed_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write_lock(path, pid=os.getpid(), started="before")
    real = Path.unlink

    def unlink(self: Path, missing_ok: bool = False) -> None:
        if self == lock_file(path):
            raise PermissionError
        real(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    with pytest.raises(BlockedError) as refused:
        Library.open(path, write=True, wait=0.3)
    assert str(lock_file(path)) in refused.value.remedy


def test_a_process_number_used_again_does_not_keep_a_lock_alive(path: Path) -> None:
    if not started(os.getpid()):
        pytest.skip("this system does not tell when a process began")
    _write_lock(path, started="before/1")
    Library.open(path, write=True, wait=0).close()


@pytest.mark.parametrize("told", [{}, {"pid": 999_999_999, "started": ""}])
def test_the_lock_of_another_computer_is_never_taken(path: Path, told: dict[str, object]) -> None:
    _write_lock(path, host="二楼办公室", **told)
    before = lock_file(path).read_bytes()
    with pytest.raises(
        BlockedError, match=r"另一台电脑.*二楼办公室.*2026年11月21日07:35"
    ) as refused:
        Library.open(path, write=True, wait=0.2)
    assert str(lock_file(path)) in refused.value.remedy
    assert lock_file(path).read_bytes() == before


def test_a_lock_that_says_nothing_is_not_taken_unless_old_and_empty(path: Path) -> None:
    lock_file(path).write_text("占用中")
    with pytest.raises(BlockedError, match="锁文件无法识别"):
        Library.open(path, write=True, wait=0)
    lock_file(path).write_text("")
    with pytest.raises(BlockedError, match="锁文件无法识别"):
        Library.open(path, write=True, wait=0)
    os.utime(lock_file(path), (0, 0))
    Library.open(path, write=True, wait=0).close()


def test_a_lock_taken_by_somebody_else_meanwhile_is_left_alone(path: Path) -> None:
    lock = Lock.take(path, wait=0, holder="窗口")
    _write_lock(path, token="somebody else")
    lock.release()
    assert lock_file(path).exists()


def test_a_refused_opening_leaves_no_lock(path: Path) -> None:
    path.write_bytes(b"x" * 8192)
    with pytest.raises(BlockedError):
        Library.open(path, write=True)
    assert not lock_file(path).exists()


def test_only_one_of_many_gets_a_lock_left_over(path: Path) -> None:
    _write_lock(path, pid=999_999_999, started="before/1")
    got: list[Lock] = []

    def attempt() -> None:
        try:
            got.append(Lock.take(path, wait=0.3, holder="窗口"))
        except BlockedError:
            return

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 1


def test_an_ended_process_is_not_alive() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    since = started(child.pid)
    assert alive(child.pid, since)
    child.communicate(b"\n")
    assert not alive(child.pid, since)
