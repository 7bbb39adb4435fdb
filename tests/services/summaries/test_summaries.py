"""Summaries: the user's words, the figures and the records behind them."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.members.participation import last_sittings
from dangjian_desktop.services.papers.printing import PrintingService, Wanted
from dangjian_desktop.services.summaries.summaries import SummaryService, figures_json, read_period
from tests.services.make import a_library, a_meeting, clock

MARCH = Period(2026, 3, 1)


@pytest.fixture
def library(tmp_path):
    library = a_library(tmp_path)
    MeetingService(library, clock).import_json(a_meeting())
    yield library
    library.close()


@pytest.fixture
def service(library):
    return SummaryService(library, clock)


@pytest.fixture
def printing(library):
    return PrintingService(library, clock)


def test_the_users_words_are_kept_without_what_no_paper_can_print(service):
    words = SummaryWords(
        work={"service": "走访\x07两户\n一段"},
        problems=("工学矛盾\x00", "  "),
        plans=("四月开党课",),
        plan_results={"三月计划": "完成"},
        reasons={"party_lecture": "检修"},
        filled_by="李四",
        reviewed_by="张三",
    )
    service.save_words(MARCH, words)
    kept = service.words(MARCH)
    assert kept.work == {"service": "走访两户\n一段"}
    assert kept.problems == ("工学矛盾",)
    assert (kept.filled_by, kept.reviewed_by) == ("李四", "张三")
    assert service.words(Period(2026, 2, 1)) == SummaryWords()


def test_the_sheet_shows_former_plans_and_what_was_not_held(service):
    service.save_words(Period(2026, 2, 1), SummaryWords(plans=("清点党费",)))
    service.save_words(MARCH, SummaryWords(reasons={"general_meeting": "提前召开"}))
    sheet = service.sheet(MARCH)
    assert sheet.plans_before == ("清点党费",)
    unheld = {one.code: one.open for one in sheet.unheld}
    assert unheld["theme_day"] is False
    assert unheld["org_life_meeting"] is True
    assert "general_meeting" in unheld
    assert ("张三", "zs", "zhang1 san1") in sheet.people


def test_a_figure_leads_back_to_its_records(service):
    found = service.figures(MARCH)
    told = figures_json(found)
    assert told["general_meeting.held"]["value"] == 1
    ids = (*told["general_meeting.held"]["records"], *told["members.probationary"]["records"])
    lines = service.records([*ids, "gone"])
    assert [(line.place, line.title) for line in lines] == [
        ("meetings", "2026年第一季度支部党员大会"),
        ("members", "钱七"),
    ]


def test_the_figures_of_the_answer_are_those_of_the_paper(service, printing, tmp_path):
    wanted = Wanted(period=MARCH)
    sheet = printing.sheet("summary", wanted=wanted)
    files = printing.write("summary", sheet, tmp_path, wanted)
    assert [file.suffix for file in files] == [".docx", ".pdf"]
    assert sheet.figures == service.figures(MARCH)
    assert printing.preview("summary", wanted=wanted)[:5] == b"%PDF-"


def test_the_newest_period_is_the_one_with_records(service):
    assert service.newest() == MARCH
    assert service.newest(12) == Period(2026, 1, 12)


@pytest.mark.parametrize("text", ["2026-13", "x", "0001", ""])
def test_a_period_that_is_none_is_refused_with_examples(text):
    with pytest.raises(InputError) as caught:
        read_period(text)
    assert "2026-Q1" in caught.value.remedy


def test_a_period_yet_to_come_is_refused(printing):
    with pytest.raises(InputError, match="还没有到"):
        printing.document("summary", wanted=Wanted(period=Period(2026, 4, 1)))


def test_where_a_member_stood_at_the_last_sittings(library):
    meetings = MeetingService(library, clock)
    members = {m.name: m.id for m in meetings.members()}
    today = clock().date()

    def stood(name):
        return [p.stood for p in last_sittings(meetings, members[name], today)]

    assert (stood("张三"), stood("郑一"), stood("冯二")) == (["到会"], ["请假（出差）"], ["缺席"])
    left_out = {
        "present": ["张三"],
        "excluded": [{"name": "冯二", "reason": "卧床不起"}],
    }
    meetings.import_json(a_meeting(date="2026-03-20", attendance=left_out, agenda=[], stated=None))
    assert stood("冯二") == ["不计入应到会", "缺席"]
    assert stood("李四") == ["到会"]
