"""党小组月度工作表: one page for a group and a month, from minutes and ledgers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.papers.printing import PrintingService
from dangjian_desktop.services.record_services import service_of
from tests.documents.reading import opened, pdf_texts
from tests.services.make import NAMES, a_library, a_meeting, a_member, clock

MARCH = Wanted(period=Period(2026, 3, 1), group="第一党小组")


@pytest.fixture
def library(tmp_path):
    opened = a_library(tmp_path)
    yield opened
    opened.close()


def a_group_meeting(day: str) -> dict:
    attendance = {"present": [*NAMES, "钱七"], "video": [], "leave": [], "absent": []}
    topic = {"topic": "学习安全规程", "resolution": "逐条对照"}
    return a_meeting(
        kinds=["group_meeting"],
        title=f"{day}党小组会",
        date=day,
        group="第一党小组",
        attendance=attendance,
        agenda=[topic],
        details={},
        stated=None,
        for_year=None,
    )


def test_a_group_and_a_month_stand_on_one_page(library) -> None:
    ledgers = LedgerService(library, clock)
    MeetingService(library, clock).import_json([a_group_meeting("2026-03-12")])
    work = {
        "group": "第一党小组",
        "responsible": "张三",
        "standard": "不漏项",
        "degree": "部分完成",
    }
    for month, what in (("2026-03", "查隐患"), ("2026-02", "上个月的事")):
        ledgers.save(ledgers.read("group_months", work | {"month": month, "work": what}))
    other = work | {"group": "第二党小组", "month": "2026-03", "work": "别组的事"}
    ledgers.save(ledgers.read("group_months", other))
    lesson = {"month": "2026-03", "group": "第一党小组", "who": "李四", "topic": "反违章"}
    ledgers.save(ledgers.read("short_lessons", lesson))
    items = service_of(library, "item", clock)
    task = {"kind": "task", "content": "换灯", "found_on": "2026-03-12", "responsible": "张三"}
    items.import_json(
        [task, task | {"content": "别的", "found_on": "2026-03-30", "responsible": None}]
    )
    page = PrintingService(library, clock).preview("group_month", "", MARCH)
    with opened(page) as file:
        assert len(file) == 1
    texts = pdf_texts(page)
    for words in ("2026-03-12党小组会", "10/10", "学习安全规程：逐条对照", "查隐患", "反违章"):
        assert words in texts, words
    assert "上个月的事" not in texts
    assert "别组的事" not in texts
    assert "四、月末未销号的任务（1条）" in texts
    assert "换灯" in texts
    assert "党小组：第一党小组" in "".join(texts)


def test_an_empty_month_is_a_form_and_an_unknown_group_is_named(library) -> None:
    printing = PrintingService(library, clock)
    texts = pdf_texts(printing.preview("group_month", "", MARCH))
    assert "一、党小组会（0条）" in texts
    with pytest.raises(InputError, match="没有名为“第九党小组”的党小组") as refused:
        printing.preview("group_month", "", Wanted(period=Period(2026, 3, 1), group="第九党小组"))
    assert "第一党小组" in refused.value.remedy


def test_while_the_month_runs_nothing_is_overdue_that_is_due_later(library) -> None:
    task = {"kind": "task", "found_on": "2026-03-02", "responsible": "张三"}
    told = [
        task | {"content": "换灯", "due": "2026-03-10"},
        task | {"content": "擦牌", "due": "2026-03-20"},
    ]
    service_of(library, "item", clock).import_json(told)

    def told_on(day: int) -> list[str]:
        wanted = Wanted(period=Period(2026, 3, 1), day=date(2026, 3, day))
        return pdf_texts(PrintingService(library, clock).preview("group_month", "", wanted))

    running, over = told_on(15), told_on(31)
    assert "四、截至3月15日未销号的任务（2条）" in running
    assert running.count("逾期") == 2, "the heading and one"
    assert "四、月末未销号的任务（2条）" in over
    assert over.count("逾期") == 3


def test_each_group_that_is_named_is_printed_and_without_a_name_all_of_them(library) -> None:
    with library.changing(Topic.MEMBERS) as work:
        work.members.save(a_member("孙八", groups=(Span("第二党小组"),)))
    printing = PrintingService(library, clock)
    march = Wanted(period=Period(2026, 3, 1))

    def groups(*ids: str, wanted: Wanted = march) -> list[str | None]:
        prints = printing.asked_for("group_month", ids, wanted)
        found = [printing.sheet("group_month", *each).group for each in prints]
        assert found == [each.group for _uid, each in prints]
        return found

    assert groups() == ["第一党小组", "第二党小组"]
    assert groups("第二党小组") == ["第二党小组"]
    assert groups(wanted=replace(march, group="第二党小组")) == ["第二党小组"]
    with pytest.raises(InputError, match="没有名为“第九党小组”的党小组"):
        groups("第一党小组", "第九党小组")
    with pytest.raises(InputError, match="不按编号打印"):
        printing.asked_for("summary", ["第二党小组"], march)
