from __future__ import annotations

import errno
import logging
import stat
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from dangjian_desktop import logs

ID_NUMBER = "330102199003071234"
PHONE = "13800138000"


@pytest.fixture(autouse=True)
def _hooks_and_handlers(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def written(folder: Path) -> str:
    return (folder / logs.FILE_NAME).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "number",
    [
        ID_NUMBER,
        "33010219900307123X",
        "33010219900307123x",
        "330102900307123",
        "330102 19900307 1234",
        PHONE,
        "138 0013 8000",
        "138-0013-8000",
        "+8613800138000",
        "6222021234567890123",
    ],
)
def test_a_personal_number_is_masked(number: str):
    text = logs.masked(f"党员{number}号")
    assert text == f"党员{logs.MASK}号"


@pytest.mark.parametrize(
    "text",
    ["2026-03-18 14:30:05,123", "2026-03-18 2026-03-19", "第 3 行 1234567890", "共 36 名，1.5 元"],
)
def test_dates_times_and_counts_stay_readable(text: str):
    assert logs.masked(text) == text


def test_message_arguments_and_traceback_are_all_masked(tmp_path: Path):
    logs.start(tmp_path)
    log = logging.getLogger("dangjian_desktop.test")
    log.warning("text %s", {"id": ID_NUMBER})
    log.warning("as a number %d", int(PHONE))
    log.warning(f"within {PHONE}")
    try:
        raise ValueError(f"bad {ID_NUMBER}")
    except ValueError as error:
        logs.bug(error)
    text = written(tmp_path)
    assert ID_NUMBER not in text
    assert PHONE not in text
    assert text.count(logs.MASK) == 4
    assert "ValueError" in text
    assert "test_logs.py" in text


def test_the_log_is_utf8_and_only_its_owner_reads_it(tmp_path: Path):
    folder = tmp_path / "日志 夹"
    logs.start(folder)
    logging.getLogger("x").info("堃喆䶮")
    assert "堃喆䶮" in written(folder)
    assert stat.S_IMODE((folder / logs.FILE_NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_three_files_of_one_megabyte_and_no_more(tmp_path: Path):
    logs.start(tmp_path)
    log = logging.getLogger("x")
    for _ in range(45):
        log.info("行" * 33_000)
    files = sorted(each.name for each in tmp_path.iterdir())
    assert files == ["dangjian.log", "dangjian.log.1", "dangjian.log.2"]
    assert all(each.stat().st_size <= 1_000_000 for each in tmp_path.iterdir())
    assert all(stat.S_IMODE(each.stat().st_mode) == 0o600 for each in tmp_path.iterdir())


def test_starting_again_moves_the_log_and_writes_once(tmp_path: Path):
    logs.start(tmp_path / "a")
    logs.start(tmp_path / "b")
    logging.getLogger("x").info("only once")
    assert written(tmp_path / "a") == ""
    assert written(tmp_path / "b").count("only once") == 1


def test_without_a_place_to_write_the_program_goes_on(tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    logs.start(tmp_path / "file" / "logs")
    logging.getLogger("x").warning("nowhere")
    assert not (tmp_path / "file" / "logs").exists()


def test_a_full_disk_disturbs_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    logs.start(tmp_path)
    [handler] = [each for each in logging.getLogger().handlers if each.name == logs.FILE_NAME]

    def full(text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(handler, "stream", SimpleNamespace(write=full, seek=full, close=str))
        logging.getLogger("x").warning(PHONE)
    assert PHONE not in capsys.readouterr().err


def test_what_nobody_caught_is_logged_and_told(tmp_path: Path):
    told: list[BaseException] = []
    logs.start(tmp_path)
    logs.watch(told.append)
    error = RuntimeError(f"in the window {PHONE}")
    sys.excepthook(RuntimeError, error, None)
    assert told == [error]
    assert "RuntimeError" in written(tmp_path)
    assert PHONE not in written(tmp_path)


def test_a_failing_thread_is_logged_and_told(tmp_path: Path):
    told: list[BaseException] = []
    logs.start(tmp_path)
    logs.watch(told.append)

    def fail() -> None:
        raise KeyError("in a thread")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert [type(each) for each in told] == [KeyError]
    assert "in a thread" in written(tmp_path)


def test_an_interrupt_is_not_a_bug(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    told: list[BaseException] = []
    logs.start(tmp_path)
    logs.watch(told.append)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told == []
    assert written(tmp_path) == ""
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_watching_works_without_a_listener(tmp_path: Path):
    logs.start(tmp_path)
    logs.watch()
    sys.excepthook(RuntimeError, RuntimeError("quiet"), None)
    assert "quiet" in written(tmp_path)
