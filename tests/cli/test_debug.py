"""--debug: every step is in the log, and nothing about a person."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from dangjian_desktop import app, logs
from dangjian_desktop.storage.file.connecting import engine_for

SECRET = "周立峰"
BRANCH = "中共某矿综采三队支部委员会"


@pytest.fixture(autouse=True)
def _levels():
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    for name in ("dangjian_desktop", "sqlalchemy.engine"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def log() -> str:
    folder = Path(os.environ["DANGJIAN_DATA"]) / "logs"
    found = sorted(folder.glob(f"{logs.FILE_NAME}*"))
    return "\n".join(path.read_text(encoding="utf-8") for path in found)


def personal(branch) -> set[str]:
    """What the library knows about its members, as far as it could be told from other text."""
    found: set[str] = set()

    def collect(value: object) -> None:
        match value:
            case dict():
                for inner in value.values():
                    collect(inner)
            case list():
                for inner in value:
                    collect(inner)
            case str() if not value.isascii() or value.isdigit():
                found.add(value)

    for member in branch.json("roster", "list")["members"]:
        collect({key: member[key] for key in ("name", "id_number", "phone") if key in member})
    assert len(found) > 10
    return {text for text in found if len(text) > 1}


def test_the_log_tells_every_step_and_nothing_about_a_person(shell, samples, tmp_path):
    meeting = [{"kinds": ["theme_day"], "date": "2026-03-05", "attendance": {"present": [SECRET]}}]
    file = tmp_path / "会议.json"
    file.write_text(json.dumps(meeting, ensure_ascii=False), encoding="utf-8")
    shell("new", "--name", BRANCH, "--debug")
    _, err = shell("--debug", "roster", "import", samples / "花名册-规范.xlsx")
    assert err.startswith("详细日志：")
    people = personal(shell)
    shell("search", sorted(people)[0], "--debug")
    shell("meeting", "import", file, "--debug", code=1)
    shell("roster", "export", tmp_path / "册.xlsx", "--debug")
    text = log()
    for told in ("command roster import", "command search", "INSERT INTO member", "SELECT"):
        assert told in text
    for told in ("SQL parameters hidden", "done in", "Python 3.", "InputError", "importing.py:"):
        assert told in text
    assert [each for each in {*people, SECRET, BRANCH} if each in text] == []


def test_without_the_switch_no_step_is_logged(branch):
    branch("roster", "list")
    assert log() == ""


def test_json_stays_one_document(branch):
    out, _ = branch("info", "--json", "--debug")
    assert "members" in json.loads(out)


def test_an_error_of_the_file_names_no_value(branch):
    with engine_for(branch.library, write=False).connect() as connection:
        with pytest.raises(DBAPIError) as failed:
            connection.exec_driver_sql("SELECT nothing(?)", (SECRET,))
        assert SECRET not in str(failed.value)


def test_the_window_logs_in_detail_from_its_first_step(qapp, monkeypatch, capfd):
    monkeypatch.setattr(app, "make_application", lambda: qapp)
    monkeypatch.setattr(app, "_furnish", lambda *_: None)
    monkeypatch.setattr(type(qapp), "exec", lambda *_: 0)
    assert app.main(["--debug"]) == 0
    assert "Python 3." in log()
    assert logging.getLogger("dangjian_desktop.ui").isEnabledFor(logging.DEBUG)
    assert capfd.readouterr().err.startswith("详细日志：")


def test_the_command_for_the_window_hands_the_switch_on(shell, monkeypatch):
    words: list[list[str]] = []
    monkeypatch.setattr(app, "main", lambda given: words.append(given) or 0)
    shell("gui", "--debug")
    shell("gui")
    assert words == [["--debug"], []]
