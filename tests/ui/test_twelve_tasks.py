"""What a secretary wants done, each from a cold start with the words of the window.

Each is proved by the file on the disk or by the library read again, and has to take fewer clicks
than it took before; ``-s`` prints the table.
"""

from __future__ import annotations

import shutil
import sys
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

import pytest
from docx import Document
from pypdfium2 import PdfDocument
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.meetings.meeting import (
    Action,
    AgendaItem,
    Attendance,
    Matter,
    Meeting,
    MeetingFilter,
    Presence,
)
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.services.desk import Desk, open_desk
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.library.demo import make_demo_library
from dangjian_desktop.ui.desk.store import SettingsStore
from tests.ui.someone import Someone

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
NAME = "中共甲公司综采一队支部委员会"
MEMBER, AWAY = "安志远", "白䶮"


@dataclass(frozen=True)
class Task:
    """What it took before, and what its clicks, and all but text, must stay below."""

    title: str
    before: str
    clicks: int
    both: int


TASKS = {
    "begin": Task("新建资料库，导入混乱花名册", "10", 10, 10),
    "number": Task("更正一个损坏的身份证号", "4", 4, 4),
    "committee": Task("支委会三项议题，到 PDF", "7＋45键", 7, 52),
    # As many counts as the ballot has, each reached by Tab: only the clicks were told before.
    "admission": Task("党员大会，接收预备党员", "14", 14, 19),
    "signin": Task("打印签到表", "失败", 5, 5),
    "absent": Task("谁缺了三次主题党日", "不能", 6, 6),
    "summary": Task("三月汇总，到 Word", "5", 5, 5),
    "found": Task("查出2025年的安全生产", "一半", 5, 5),
    "project": Task("书记项目，含各月数值", "20", 20, 20),
    "copy": Task("恢复一份备份", "5", 5, 5),
    "undone": Task("撤销一次删除，只用鼠标", "只能用键盘", 4, 4),
    "size": Task("字号改为14磅", "卡住", 4, 4),
    "decision": Task("会议议定的事，到督办单", "没有", 7, 7),
}
TOOK = []


def clock():
    return datetime.fromisoformat("2026-11-20T09:00")


def a_new_desk(file, name, superior):
    return Desk(new_library(file, Branch(name=name, superior=superior)), clock)


@pytest.fixture(scope="module", autouse=True)
def table():
    yield
    lines = [f"{TASKS[code].title}　{n}＋{k}键　（{TASKS[code].before}）" for code, n, k in TOOK]
    sys.stdout.write("\n".join(("\n", "任务　点击＋按键　（以前）", *lines, "")))


def fewer(me, code):
    task = TASKS[code]
    TOOK.append((code, me.clicks, me.keys))
    assert me.clicks < task.clicks
    assert me.clicks + me.keys < task.both


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """The sample year, in which somebody has no number and somebody else was away three times."""
    file = tmp_path_factory.mktemp("year") / "示例.dangjian"
    desk = Desk(make_demo_library(file), clock)
    people = {member.name: member for member in desk.roster.roll().members}
    desk.roster.save(replace(people[MEMBER], id_number=None))
    theme_days = desk.meetings.find(MeetingFilter(kind="theme_day"))
    for meeting in desk.meetings.get(theme_days[:3]).values():
        stood = [without(each, AWAY) for each in meeting.attendance]
        desk.meetings.save(replace(meeting, attendance=tuple(stood)))
    desk.close()
    return file


def without(stood, name):
    away = stood.person.name == name
    return Attendance(stood.person, Presence.ABSENT) if away else stood


@pytest.fixture
def start(qapp, qtbot, a_program, tmp_path):
    # A list that has dropped down takes no click so soon after the one that opened it.
    between = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(0)
    qapp.setStyleSheet("")  # the window alone wears one, as in the program
    program = a_program(open=partial(open_desk, clock=clock), new=a_new_desk)
    frame = program.frame
    frame.resize(1366, 768)
    frame.activateWindow()

    def begin(library=None, before=None):
        own = library and shutil.copyfile(library, tmp_path / "支部.dangjian")
        if before is not None:
            with closing(open_desk(own, clock=clock)) as desk:
                before(desk)
        program.start(own)
        someone = Someone(qtbot, program)
        qtbot.waitUntil(frame.isActiveWindow)
        if library is not None:
            someone.reads("待办事项")
        return someone

    yield begin
    qapp.setDoubleClickInterval(between)


def stored(me):
    """The library as it lies on the disk, read by somebody else."""
    return closing(open_desk(me.program.desk.path, write=False, clock=clock))


def a_sitting(title, day):
    return Meeting(id=new_id(), kinds=("general_meeting",), title=title, date=day)


def pages_of(pdf):
    with closing(PdfDocument(pdf)) as document:
        return len(document)


def text_of(pdf):
    with closing(PdfDocument(pdf)) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def test_a_new_library_and_a_messy_roster(start, samples, tmp_path):
    me = start()
    me.click("新建支部资料")
    me.type(NAME)
    me.press("Enter")
    me.click("导入花名册")
    me.reads("也可以把文件直接拖到这一页")
    me.drop(samples / "花名册-混乱.xlsx")
    me.click("下一步")
    me.click("问题行不导入，其余导入")
    me.click("导入")
    me.reads("已导入：新增 36 人")
    fewer(me, "begin")
    with stored(me) as desk:
        assert desk.branch.get().name == NAME
        assert len(desk.roster.roll().known) == 36


def test_a_damaged_number_is_put_right(start, year):
    me = start(year)
    me.click("党员")
    me.reads("在册 36 人")
    me.type("azy")
    me.press("Enter")
    me.reads(f"编辑：{MEMBER}")
    me.type("14022119880614221X")
    me.press("Ctrl+S")
    me.reads(" 已保存")
    fewer(me, "number")
    with stored(me) as desk:
        [found] = [m for m in desk.roster.roll().members if m.name == MEMBER]
        assert found.id_number == "14022119880614221X"


def test_a_committee_meeting_with_three_items_as_pdf(start, year, tmp_path):
    me = start(year)
    me.click("新建会议记录")
    me.click("支部委员会会议")
    me.reads("支委会会议记录")
    me.type("12.29")
    me.press("Tab")
    me.type("1500")
    me.press("Tab")
    me.type("1610")
    me.press("Ctrl+Shift+A")
    me.field("第1项议题")
    for number, words in enumerate(("研究春节慰问", "研究党费收缴", "研究检修安排")):
        if number:
            me.press("Ctrl+Enter")
        me.type(words)
        me.press("Enter")
        me.type(f"{words}的情况，逐项议定。")
    me.click("保存并返回")
    me.chosen = tmp_path
    me.click("PDF")
    me.until(lambda: any(tmp_path.glob("*.pdf")))
    fewer(me, "committee")
    [file] = tmp_path.glob("*.pdf")
    printed = text_of(file)
    assert all(words in printed for words in ("春节慰问", "党费收缴", "检修安排", "周立峰"))
    with stored(me) as desk:
        [meeting] = desk.meetings.get(desk.meetings.find(MeetingFilter())[:1]).values()
        assert (str(meeting.date), len(meeting.attendance)) == ("2025-12-29", 5)
        assert all(item.content == (f"{item.topic}的情况，逐项议定。",) for item in meeting.agenda)


def test_a_general_meeting_with_an_admission(start, year):
    me = start(year)
    me.click("新建会议记录")
    me.click("支部党员大会")
    me.reads("党员大会会议记录")
    me.type("12.30")
    me.press("Tab")
    me.type("1430")
    me.press("Ctrl+Shift+A")
    me.field("第1项议题")
    me.type("讨论接收预备党员")
    me.field("事项类别")
    me.row("接收预备党员")
    me.field("当事人")
    me.type("田野")
    me.field("表决方式")
    me.row("无记名投票")
    for count in ("34", "34", "0", "33", "0", "1"):
        me.press("Tab")
        me.type(count)
    me.field("决议")
    me.type("同意接收田野同志为中共预备党员。")
    me.press("Ctrl+S")
    me.reads(" 已保存")
    fewer(me, "admission")
    with stored(me) as desk:
        [meeting] = desk.meetings.get(desk.meetings.find(MeetingFilter())[:1]).values()
        [item] = meeting.agenda
        assert (item.matter, item.person) == (Matter.ADMISSION, "田野")
        assert (item.vote.issued, item.vote.yes, item.vote.abstain) == (34, 33, 1)
        assert len(meeting.attendance) == 36


def test_a_sign_in_sheet_is_printed(start, year, tmp_path, monkeypatch):
    me = start(year)
    me.prints_to(tmp_path / "签到.pdf", monkeypatch)
    me.click("组织生活")
    me.click("签到表")
    me.click("打印")
    me.until(lambda: me.printed != [])
    fewer(me, "signin")
    [(title, pdf)] = me.printed
    words = text_of(pdf)
    assert title == "签到表"
    assert all(name in words for name in ("签到表", MEMBER, AWAY))
    assert pages_of(tmp_path / "签到.pdf") == pages_of(pdf)


def test_who_missed_three_theme_days(start, year):
    me = start(year)
    me.click("组织生活")
    me.click("出勤统计")
    me.reads("各次情况")
    me.click("主题党日")
    me.field("缺席几次以上")
    me.row("缺席 3 次以上")
    me.reads("共 1 人，应到 12 人次，实到 9 人次")
    fewer(me, "absent")
    me.row(AWAY)


def test_the_summary_of_march_as_word(start, year, tmp_path):
    me = start(year)
    me.click("汇总报送")
    me.reads("打印预览")
    me.type("3月")
    me.chosen = tmp_path
    me.click("Word")
    me.until(lambda: any(tmp_path.glob("*.docx")))
    fewer(me, "summary")
    [file] = tmp_path.glob("*.docx")
    words = "".join(each.text for each in Document(file).paragraphs)
    assert "2025年3月工作月报" in words


def test_safety_at_work_in_2025_is_found(start, year):
    me = start(year, lambda desk: desk.meetings.save(a_sitting("安全生产专题", date(2026, 1, 8))))
    me.press("Ctrl+K")
    me.type("安全生产")
    me.press("Enter")
    me.click("全部年份 ▾")
    me.click("2025年")
    me.reads("共 9 条（全部结果 10 条）")
    fewer(me, "found")


def test_a_project_with_its_months(start, year):
    me = start(year)
    me.click("书记项目")
    me.click("新建项目")
    me.reads("立项背景")
    me.type("减人提效")
    me.field("开始日期")
    me.type("2025.1.1")
    me.press("Tab")
    me.type("2025.12.31")
    me.click("添加量化目标")
    me.type("单进水平")
    me.press("Tab")
    me.type("米/月")
    me.field("第1行基准")
    me.type("180")
    me.press("Tab")
    me.type("200")
    QGuiApplication.clipboard().setText("\t".join(str(180 + n) for n in range(12)))
    me.field("指标月度值")
    me.press("Ctrl+V", "Ctrl+S")
    me.reads(" 已保存")
    fewer(me, "project")
    with stored(me) as desk:
        [made] = [p for p in desk.projects.all() if p.title == "减人提效"]
        assert len(made.targets[0].values) == 12


def damaged(desk):
    """Much was deleted after the copy."""
    desk.copies.backup()
    for uid in desk.meetings.find(MeetingFilter())[:5]:
        desk.meetings.delete(uid)


def test_a_copy_takes_the_place_of_the_library(start, year):
    me = start(year, damaged)
    before = me.program.desk
    me.click("查看备份")
    me.until(lambda: me.height_of("资料与备份") < 200)
    me.row("手工")
    me.click("恢复到这份备份…")
    me.click("恢复")
    fewer(me, "copy")
    me.until(lambda: me.program.desk not in (None, before))
    me.reads("待办事项")
    with stored(me) as desk:
        assert len(desk.meetings.find(MeetingFilter())) == 64


def test_a_deletion_is_undone_with_the_mouse(start, year):
    me = start(year)
    me.click("组织生活")
    me.click("删除")
    with stored(me) as desk:
        before = len(desk.meetings.find(MeetingFilter()))
    me.click("撤销")
    fewer(me, "undone")
    with stored(me) as desk:
        assert len(desk.meetings.find(MeetingFilter())) == before + 1


def test_the_type_is_larger(start, year, tmp_path):
    me = start(year)
    me.click("设置")
    me.click("外观")
    me.click("大（14 磅）")
    fewer(me, "size")
    assert SettingsStore(tmp_path / "window.ini").points == 14
    seen = [each for each in me.window.findChildren(QLabel) if each.isVisible() and each.text()]
    assert [each.text() for each in seen if each.fontInfo().pointSizeF() < 13.5] == []


def test_a_decision_of_the_minutes_becomes_a_form_of_supervision(start, year, tmp_path):
    agreed = (AgendaItem(id=new_id(), topic="服务", actions=(Action(what="修好吹干机"),)),)
    sitting = replace(a_sitting("一事一议", date(2025, 12, 31)), agenda=agreed)
    me = start(year, lambda desk: desk.meetings.save(sitting))
    me.click("组织生活")
    me.row("一事一议")
    me.reads("登记任务")
    me.clicks, me.keys, me.chosen = 0, 0, tmp_path
    me.press("Ctrl+T")
    me.click("查看")
    me.click("PDF")
    me.click("督办单")
    me.until(lambda: any(tmp_path.glob("*.pdf")))
    fewer(me, "decision")
    assert "修好吹干机" in text_of(next(tmp_path.glob("*.pdf")))
