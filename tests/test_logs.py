from __future__ import annotations

import ast
import errno
import logging
import stat
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from dangjian_desktop import logs, masking
from dangjian_desktop.storage.file.connecting import engine_for
from tests.test_architecture import program

ID_NUMBER = "330102199003071234"
PHONE = "13800138000"


@pytest.fixture(autouse=True)
def _handlers():
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    for name in ("dangjian_desktop", "sqlalchemy.engine"):
        logging.getLogger(name).setLevel(logging.NOTSET)


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
        "3301 0219 9003 0712 34",
        "3301.0219.9003.0712.3X",
        "138.0013.8000",
        PHONE,
        "138 0013 8000",
        "138-0013-8000",
        "+8613800138000",
        "6222021234567890123",
    ],
)
def test_a_personal_number_is_masked(number: str):
    text = masking.masked(f"党员{number}号")
    assert text == f"党员{masking.MASK}号"


_PARTED = st.sampled_from((" ", ".", "-", "－", "·", "\u3000", " - ", "_", "—"))
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@st.composite
def _personal(draw: st.DrawFn) -> str:
    """An ID of 18 or 15 digits or a phone, in groups as somebody likes, perhaps full-width."""
    number = draw(st.from_regex(r"[1-6]\d{16}[\dX]|[1-6]\d{14}|(?:86)?1[3-9]\d{9}", fullmatch=True))
    parted, rest = draw(_PARTED), number.translate(draw(st.sampled_from(({}, _WIDE))))
    groups = []
    while rest:
        size = draw(st.integers(1, 8))
        groups.append(rest[:size])
        rest = rest[size:]
    return parted.join(groups)


@given(_personal(), st.sampled_from(("", "第 3 行 ", "36 ", "2026-03-18 ")))
def test_however_it_is_grouped_nothing_of_a_personal_number_is_left(number: str, before: str):
    left = masking.masked(f"{before}{number}号").replace(masking.MASK, "").removeprefix(before)
    assert left in ("号", before.strip() + "号"), left


@pytest.mark.parametrize(
    "text",
    [
        "支部_20261128-124659_手工.dangjian",
        "3.11.7",
        "127.0.0.1:8000",
        "2026-03-18 14:30:05,123",
        "2026-03-18 2026-03-19",
        "第 3 行 1234567890",
        "共 36 名，1.5 元",
    ],
)
def test_dates_times_and_counts_stay_readable(text: str):
    assert masking.masked(text) == text


def test_message_and_arguments_are_masked_and_errors_have_no_message(tmp_path: Path):
    logs.start(tmp_path)
    log = logging.getLogger("dangjian_desktop.test")
    log.warning("text %s", {"id": ID_NUMBER})
    log.warning("as a number %d", int(PHONE))
    log.warning(f"within {PHONE}")
    try:
        try:
            raise FileNotFoundError(errno.ENOENT, "周立峰")
        except OSError as cause:
            raise ValueError(f"bad {ID_NUMBER} 周立峰") from cause
    except ValueError as error:
        logs.bug(error)
    text = written(tmp_path)
    assert ID_NUMBER not in text
    assert PHONE not in text
    assert text.count(masking.MASK) == 3
    assert "周立峰" not in text
    cause, last = (
        text.index(kind) for kind in (f"FileNotFoundError {errno.ENOENT}", "\nValueError\n")
    )
    assert cause < last
    assert "test_logs.py" in text


def test_the_log_is_utf8_and_only_its_owner_reads_it(tmp_path: Path):
    folder = tmp_path / "日志 夹"
    logs.start(folder)
    logging.getLogger("dangjian_desktop.x").info("堃喆䶮")
    assert "堃喆䶮" in written(folder)
    assert stat.S_IMODE((folder / logs.FILE_NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_three_files_of_one_megabyte_and_no_more(tmp_path: Path):
    logs.start(tmp_path)
    log = logging.getLogger("dangjian_desktop.x")
    for _ in range(45):
        log.info("行" * 33_000)
    files = sorted(each.name for each in tmp_path.iterdir())
    assert files == ["dangjian.log", "dangjian.log.1", "dangjian.log.2"]
    assert all(each.stat().st_size <= 1_000_000 for each in tmp_path.iterdir())
    assert all(stat.S_IMODE(each.stat().st_mode) == 0o600 for each in tmp_path.iterdir())


def test_starting_again_moves_the_log_and_writes_once(tmp_path: Path):
    logs.start(tmp_path / "a")
    logs.start(tmp_path / "b")
    logging.getLogger("dangjian_desktop.x").info("only once")
    assert written(tmp_path / "a") == ""
    assert written(tmp_path / "b").count("only once") == 1


def test_without_a_place_to_write_the_program_goes_on(tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    logs.start(tmp_path / "file" / "logs")
    logging.getLogger("dangjian_desktop.x").warning("nowhere")
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
        logging.getLogger("dangjian_desktop.x").warning(PHONE)
    assert PHONE not in capsys.readouterr().err


def test_in_detail_the_program_tells_its_steps_and_libraries_do_not(tmp_path: Path):
    ours, theirs = logging.getLogger("dangjian_desktop.x"), logging.getLogger("PIL.x")
    for in_detail in (False, True, False):
        folder = tmp_path / f"{in_detail}"
        logs.start(folder, in_detail=in_detail)
        ours.debug("a step")
        theirs.debug("a stream")
        logging.getLogger("sqlalchemy.engine.Engine").debug("a row")
        logging.getLogger("sqlalchemy.engine.Engine").info("SELECT")
        assert ("a step" in written(folder)) == in_detail
        assert ("SELECT" in written(folder)) == in_detail
        assert "a stream" not in written(folder)
        assert "a row" not in written(folder)


def test_every_engine_hides_its_parameters_and_is_made_in_one_place(tmp_path: Path):
    makers = [source.place for source in program() if "create_engine(" in source.text]
    assert makers == ["storage/file/connecting.py"]
    (tmp_path / "a.dangjian").touch()
    for write in (False, True):
        engine = engine_for(tmp_path / "a.dangjian", write=write)
        with pytest.raises(DBAPIError) as wrong, engine.begin() as connection:
            connection.exec_driver_sql("SELECT ? FROM missing", (f"周立峰{ID_NUMBER}",))
        assert ID_NUMBER not in str(wrong.value)
        assert "周立峰" not in repr(wrong.value)


SAID = {
    "blocked: %s",
    "bug\n%s",
    "no copy was made: %s",
    "%s",
    "%s failed",
    "the index was not made: %s",
    "printed minutes were not sealed: %s",
    "refused, %s",
    "command %s",
    "done in %.0f ms, code %d",
    "%s at %s:%d",
    # The self-test looks at the program and at records that ship with it alone.
    "self-test of %s",
    "self-test: %s",
    "%s: %s",
    "child %s ended with %d\n%s",
}
"""What the program itself writes into a log. Before one is added: can a name or a text of a record
stand in what is put in? The filter knows numbers, and nobody's name."""
_LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "log"}


def log_calls(tree: ast.AST) -> Iterator[ast.Call]:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Attribute) and call.func.attr in _LEVELS:
            of = ast.unparse(call.func.value)
            if of in ("LOG", "log", "logger", "_LOG") or "getLogger" in of:
                yield call


def test_what_the_program_logs_is_known_and_put_together_by_the_log():
    calls = [(each.place, call) for each in program() for call in log_calls(ast.parse(each.text))]
    said = {call.args[0].value for _, call in calls if isinstance(call.args[0], ast.Constant)}
    assert said == SAID
    made = {(place, ast.unparse(call.args[0])) for place, call in calls} - {
        (place, ast.unparse(call.args[0]))
        for place, call in calls
        if isinstance(call.args[0], ast.Constant)
    }
    # Versions of libraries, and which input method was chosen.
    assert made == {
        ("app.py", "surroundings()"),
        ("app.py", "said"),
        ("cli/running.py", "surroundings()"),
    }


def test_no_title_of_a_window_is_taken_from_a_record():
    """A title is seen in the taskbar and by every other program, also behind the lock."""
    naming = {"setWindowTitle", "setWindowFilePath", "setWindowIconText", "setWindowRole"}
    calls = [
        (source.place, call)
        for source in program()
        for call in ast.walk(ast.parse(source.text))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in naming
    ]
    assert calls
    made = [(place, ast.unparse(call)) for place, call in calls if not _fixed(call)]
    assert made == []


def _fixed(call: ast.Call) -> bool:
    [text] = call.args
    return isinstance(text, ast.Constant) or (isinstance(text, ast.Name) and text.id.isupper())


def test_libraries_of_others_are_heard_and_not_quoted(tmp_path: Path):
    logs.start(tmp_path)
    logging.getLogger("others.deep").warning("cell %s", "周立峰")
    logging.getLogger("others").error("周立峰", exc_info=ValueError("周立峰"), stack_info=True)
    text = written(tmp_path)
    assert text.count("test_logs.py:") >= 2
    assert "others.deep" in text
    assert "ValueError" in text
    assert "周立峰" not in text
