from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import date

import pytest

from dangjian_desktop.app import doors
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError
from dangjian_desktop.late import Late
from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.library.holding import Held, Holding
from dangjian_desktop.storage.file import reserve
from dangjian_desktop.storage.file.failures import FullError
from dangjian_desktop.storage.file.lock import Lock
from dangjian_desktop.storage.index import FEW
from dangjian_desktop.ui.desk import watching
from dangjian_desktop.ui.meetings.meetings import meetings_page
from tests.services.make import a_member
from tests.ui.program_world import one_place


@pytest.fixture
def program(a_program):
    return a_program(places=one_place)


@pytest.fixture
def library(tmp_path):
    file = tmp_path / "综采三队.dangjian"
    new_library(
        file,
        Branch(
            name="中共甲公司综采三队支部委员会",
            short_name="综采三队党支部",
            founded=date(2010, 7, 1),
        ),
    ).close()
    return file


def test_without_a_library_the_first_window_is_shown(program):
    program.start(None)
    assert program.first.isVisible()
    assert program.window is None


def test_the_first_window_says_what_waits_for_a_library(qtbot, program):
    Holding().put(Held("1", "综采三队", "meeting", "7f", {"title": "党课"}, "2026-03-31T10:00:00"))
    program.start(None)
    qtbot.waitUntil(program.first.start.waiting.isVisible)
    assert "“综采三队”1份" in program.first.start.waiting.text()


def test_the_frame_has_the_sheet_and_boxes_over_nobody_stand_over_it(qtbot, program):
    assert program.frame.styleSheet() == program.shell.theme.sheet()
    program.messages.report(RuntimeError("nobody has the focus"))
    qtbot.waitUntil(lambda: program.messages._bug is not None)
    box = program.messages._bug
    assert box.parent() is program.frame
    box.close()
    program.bugs.clear()  # it was told, as it should be


def test_a_library_is_opened_behind_the_frame_and_closed_at_the_end(qtbot, program, library):
    program.start(library)
    assert program.window.isVisible()
    assert program.desk is None
    qtbot.waitUntil(lambda: program.desk is not None, timeout=10_000)
    qtbot.waitUntil(lambda: program.window.side.branch.text() == "综采三队党支部", timeout=10_000)
    assert program.settings.recent == (library,)
    program.close()
    qtbot.waitUntil(lambda: program.left == [1], timeout=10_000)
    assert program.desk is None


def test_the_frame_of_the_first_page_is_there_before_what_it_shows(qtbot, program, library):
    seen = []

    def follow(_desk, _shell):
        page = program.window.page("home")
        if not seen:
            seen.append((page.isVisible(), page.todos.isVisible(), page.date.text(), page._sheet))

    Late("ui.home.home:HomePage").read()  # else its import comes between, in turns
    program._doors = replace(program._doors, places=doors().places)
    program.following._follow = follow
    program.start(library)
    qtbot.waitUntil(lambda: seen != [])
    assert seen == [(True, True, "", None)]
    qtbot.waitUntil(lambda: program.window.page("home").date.text() != "")
    assert program.window.page("home")._sheet is not None


def test_what_an_import_leaves_to_the_index_is_taken_in_behind_the_window(qtbot, program, library):
    program.start(library)
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)
    people = [a_member(f"新{number}") for number in range(FEW + 1)]
    done = []

    def import_all():
        with program.desk._library.changing(Topic.MEMBERS) as work:
            work.add("member", people)
            return work.behind

    program.jobs.library(import_all, done.append)
    qtbot.waitUntil(lambda: done == [FEW + 1])

    def behind():
        with program.desk._library.reading() as work:
            return work.behind

    qtbot.waitUntil(lambda: behind() == 0)


def test_a_file_that_is_no_library_is_said_in_the_first_window(qtbot, program, tmp_path):
    wrong = tmp_path / "不是.dangjian"
    wrong.write_text("不是资料", encoding="utf-8")
    program.start(wrong)
    qtbot.waitUntil(
        lambda: program.first is not None and program.first.banner.isVisible(), timeout=10_000
    )
    assert program.window is None
    assert program.first.banner.text.text()


def test_a_new_library_is_made_and_opened(qtbot, program, tmp_path):
    program.start(None)
    file = tmp_path / "新.dangjian"
    program.first.new_asked.emit("中共乙公司机关支部委员会", "中共乙公司委员会", file)
    qtbot.waitUntil(lambda: program.desk is not None, timeout=10_000)
    assert file.is_file()
    assert program.first is None
    assert program.window.isVisible()


class Chosen:
    """Chooses at once what a test wants."""

    def __init__(self, path):
        self.path = path

    def folder(self, _parent, _title, then, *, purpose):
        then(self.path)


def test_the_example_is_made_in_the_chosen_folder_and_opened(qtbot, program, tmp_path):
    program.start(None)
    program.shell.choosers = Chosen(tmp_path)
    program.first.start.demo.click()
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy, timeout=60_000)
    assert program.desk.path.parent == tmp_path
    assert len(program.desk.roster.roll().members) > 30
    assert program.window.isVisible()
    assert program.window.side.branch.text().startswith(program.desk.branch.get().short)
    assert program.settings.recent == (program.desk.path,)


def test_another_library_takes_the_place_of_the_open_one(qtbot, program, library, tmp_path):
    other = tmp_path / "别处" / "机关.dangjian"
    other.parent.mkdir()
    new_library(other, Branch(name="中共乙公司机关支部委员会", short_name="机关党支部")).close()
    program.start(library)
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy, timeout=10_000)
    before = program.desk
    program.shell.open_library(other)
    qtbot.waitUntil(lambda: program.desk not in (None, before), timeout=10_000)
    assert program.desk.path == other
    qtbot.waitUntil(lambda: program.window.side.branch.text() == "机关党支部", timeout=10_000)
    assert program.window.isEnabled()
    assert program.settings.recent == (other, library)
    assert program.left == []
    open_desk(library).close()


def test_an_open_library_offers_its_places(library, shell):
    desk = open_desk(library)
    offered = doors().places(desk, shell)
    titles = ["工作台", "党员", "组织生活", "问题与任务", "责任状", "清单台账", "谈心谈话"]
    titles += ["工作计划", "业务重点", "指标", "书记项目", "支部品牌"]
    titles += ["支部体检", "对标自评", "融合成效测评"]
    titles += ["汇总报送", "报送包", "上级空表", "Word 模板", "设置"]
    assert [place.title for place in offered if place.icon] == titles
    assert [place.title for place in offered if place.at_foot] == ["设置"]
    desk.close()


def held_elsewhere(library):
    """As if another computer had the library open."""
    told = {"pid": 7, "host": "二楼办公室", "since": "2026-11-21T07:35:00+08:00"}
    library.with_name(library.name + ".lock").write_text(json.dumps(told), encoding="utf-8")


def asked(program, monkeypatch):
    """Questions of the program with what follows yes and no."""
    found = []

    def ask(question, detail, yes_label, then, *, otherwise=None, parent=None):
        found.append((question, detail, yes_label, then, otherwise))

    monkeypatch.setattr(program.messages, "ask", ask)
    return found


def test_what_another_window_saves_is_shown_where_the_library_can_only_be_read(
    qtbot, program, library, monkeypatch
):
    monkeypatch.setattr(watching, "EVERY", 20)
    held_elsewhere(library)
    questions = asked(program, monkeypatch)
    program.open(library)
    qtbot.waitUntil(lambda: len(questions) == 1)
    questions[0][3]()
    library.with_name(library.name + ".lock").unlink()
    other = open_desk(library)
    watcher = program.window.findChild(watching.Watching)
    qtbot.waitUntil(lambda: watcher._mark is not None)
    told = []
    program.changes.changed.connect(told.append)
    qtbot.wait(100)
    assert told == []  # nothing was saved
    # A clock that jumps says nothing; it goes on, or waiting for what never comes would not end.
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() - 1e9)
    other.branch.enter({"short_name": "别处改的简称", "change": "fix"})
    qtbot.waitUntil(lambda: bool(told))
    assert program.window.toast.text.text() == watching.SAID
    assert program.desk.branch.get().short_name == "别处改的简称"
    qtbot.waitUntil(lambda: program.window.side.branch.text() == "别处改的简称")
    other.close()
    qtbot.waitUntil(lambda: not program.jobs.busy)


def test_a_library_that_can_be_written_is_not_watched(qtbot, program, library):
    program.open(library)
    qtbot.waitUntil(lambda: program.desk is not None)
    assert program.window.findChild(watching.Watching) is None


def test_a_library_that_another_computer_has_is_opened_for_reading_after_a_question(
    qtbot, program, library, monkeypatch
):
    held_elsewhere(library)
    before = library.read_bytes()
    questions = asked(program, monkeypatch)
    program.open(library)
    qtbot.waitUntil(lambda: len(questions) == 1, timeout=15_000)
    assert program.desk is None
    (_question, detail, yes, then, _otherwise) = questions[0]
    assert "二楼办公室" in detail
    assert yes == "只读打开"
    then()
    assert "二楼办公室" in program.desk.read_only
    window = program.window
    assert window.top.read_only.isVisibleTo(window)
    qtbot.waitUntil(lambda: "只读" in window.banner.text.text())
    assert "二楼办公室" in window.banner.text.text()
    program.close()
    qtbot.waitUntil(lambda: program.left == [1])
    assert library.read_bytes() == before
    assert not library.with_suffix(".copies").exists()


def test_a_library_that_another_computer_has_stays_closed_unless_wanted(
    qtbot, program, library, monkeypatch
):
    held_elsewhere(library)
    questions = asked(program, monkeypatch)
    program.open(library)
    qtbot.waitUntil(lambda: len(questions) == 1, timeout=15_000)
    questions[0][-1]()
    qtbot.waitUntil(lambda: program.first is not None and not program.jobs.busy)
    assert program.desk is None
    assert json.loads(library.with_name(library.name + ".lock").read_text())["pid"] == 7


def test_the_last_library_that_is_gone_is_said_and_no_other_opened(
    qtbot, program, library, tmp_path
):
    program.settings.remember_library(library)
    program.settings.remember_library(tmp_path / "搬走了" / "机关.dangjian")
    program.start(None)
    qtbot.waitUntil(
        lambda: program.first is not None and program.first.banner.isVisible(), timeout=15_000
    )
    assert "搬走了" in program.first.banner.text.text()
    assert program.desk is None
    assert not (tmp_path / "搬走了").exists()


def test_on_a_full_disk_the_kept_room_is_offered(qtbot, program, library, monkeypatch):
    monkeypatch.setattr(reserve, "SCARCE", 1 << 60)
    open_desk(library).close()
    assert reserve.reserve_of(library).exists()
    full = [FullError("磁盘已满，还差约2MB。", "请删除一些不用的文件。")]
    take = Lock.take

    def taken(*given, **named):
        if full:
            raise full.pop()
        return take(*given, **named)

    monkeypatch.setattr(Lock, "take", taken)
    questions = asked(program, monkeypatch)
    program.open(library)
    qtbot.waitUntil(lambda: len(questions) == 1, timeout=15_000)
    assert "还差约2MB" in program.desk.read_only
    monkeypatch.setattr(reserve, "SCARCE", 0)
    questions[0][3]()
    qtbot.waitUntil(lambda: program.desk is not None and not program.desk.read_only, timeout=15_000)
    assert not reserve.reserve_of(library).exists()


def test_a_page_of_such_a_library_offers_no_change_and_says_so_to_the_keys(qtbot, library, shell):
    held_elsewhere(library)
    desk = open_desk(library)
    said = []
    shell.toasted.connect(said.append)
    page = meetings_page(desk, shell)
    qtbot.addWidget(page)
    page.show()
    assert not page.list.new.isVisibleTo(page)
    assert not {"edit", "delete"} & page.acts.actions.keys()
    page.start_new("branch_meeting")
    assert ["不能编辑" in toast.text for toast in said] == [True]
    with pytest.raises(BlockedError, match="二楼办公室"):
        desk.branch.enter({})
    desk.close()


def test_a_damaged_library_is_not_opened_for_reading_either(qtbot, program, library):
    content = bytearray(library.read_bytes())
    content[9000] ^= 1
    library.write_bytes(content)
    held_elsewhere(library)
    program.open(library)
    found = program.recovering
    qtbot.waitUntil(lambda: found.window is not None and found.window.isVisible(), timeout=15_000)
    assert program.desk is None
