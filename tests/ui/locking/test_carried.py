"""What was carried to a stick is opened on a computer that has nothing of it."""

from __future__ import annotations

import pytest

from dangjian_desktop.services.library import passwords
from dangjian_desktop.services.library.copying import carry
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.keys import has_password, let_go, slots_file
from tests.services.make import a_library
from tests.ui.locking.world import OLD, enter, page_of
from tests.ui.roster_world import Chosen

pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture
def place(tmp_path):
    (tmp_path / "新电脑").mkdir()
    return tmp_path / "新电脑" / "支部.dangjian"


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "旧电脑").mkdir()
    made = a_library(tmp_path / "旧电脑")
    made.close()
    return carry(made.path, tmp_path / "带走.zip").file


def chosen(program, place):
    """Chooses the place; the names that were proposed."""
    program.shell.choosers, proposed = Chosen(place), []
    inner = program.shell.choosers.save_file

    def save(parent, title, suggested, patterns, then, *, purpose):
        proposed.append(suggested)
        inner(parent, title, suggested, patterns, then, purpose=purpose)

    program.shell.choosers.save_file = save
    return proposed


def test_it_is_put_where_one_says_and_opened(qtbot, program, stick, place):
    proposed = chosen(program, place)
    program.start(stick)
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)
    assert proposed == ["支部.dangjian"]
    assert program.desk.path == place
    assert program.settings.recent == (place,)
    assert verify(place) == ()


def test_one_under_a_password_asks_for_it(qtbot, program, secret, path, tmp_path, place):
    passwords.unlock(path, OLD)
    stick = carry(path, tmp_path / "带走.zip").file
    let_go()
    chosen(program, place)
    program.show_first()
    program.first.open_asked.emit(stick)
    page_of(qtbot, program).back.click()
    assert program.frame.centralWidget() is program.first
    assert not place.exists()
    program.first.open_asked.emit(stick)
    page = page_of(qtbot, program)
    enter(qtbot, page, "wrong word")
    qtbot.waitUntil(lambda: "密码不对" in page.problem.text())
    enter(qtbot, page, OLD)
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)
    assert program.desk.path == place
    assert has_password(place)
    assert slots_file(place).exists()
    assert program.said == []


def test_what_lies_there_is_never_replaced(qtbot, program, stick, place):
    place.write_bytes(b"something else")
    chosen(program, place)
    program.start(stick)
    qtbot.waitUntil(lambda: program.said != [])
    assert "没有覆盖" in program.said[0].text
    assert place.read_bytes() == b"something else"
    assert program.frame.centralWidget() is program.first


def test_what_was_not_carried_out_is_refused(qtbot, program, tmp_path, place):
    (strange := tmp_path / "照片.zip").write_bytes(b"PK nothing")
    proposed = chosen(program, place)
    program.start(strange)
    qtbot.waitUntil(lambda: program.said != [])
    assert "不是本程序拷出的资料库" in program.said[0].text
    assert proposed == []


def test_what_was_changed_past_the_program_is_said_before(
    qtbot, program, tmp_path, place, monkeypatch
):
    made = a_library(tmp_path)
    made.close()
    with raw(made.path, write=True) as connection:
        connection.execute("UPDATE member SET name = '李四' WHERE id = 1")
    stick = carry(made.path, tmp_path / "带走.zip").file
    asked = []

    def ask(question, detail, verb, then, **_):
        asked.append((question, detail))
        then()

    monkeypatch.setattr(program.messages, "ask", ask)
    chosen(program, place)
    program.start(stick)
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)
    assert asked[0][0] == "要照样恢复“带走.zip”吗？"
    assert "不是本程序保存的样子" in asked[0][1]


def test_the_first_page_says_so_and_offers_it(qtbot, program, tmp_path):
    program.show_first()
    offered = []

    class Choosers(Chosen):
        def open_file(self, parent, title, patterns, then, *, purpose):
            offered.append(patterns)

    program.shell.choosers = Choosers(tmp_path)
    program.first.start.open.click()
    assert "*.zip" in offered[0]
