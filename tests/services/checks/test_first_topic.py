"""第一议题: off from the start; where the branch goes by it, marked, held first, with a ledger."""

from __future__ import annotations

from copy import deepcopy

import pytest

from dangjian_desktop.domain.checks.first_topic import RULE
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.services.checks.checks import CheckService
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.papers.printing import PERIOD, PrintingService
from tests.documents.reading import pdf_texts
from tests.services.make import MEETING, a_library, clock

ACTION = {
    "what": "各班组对照查一次",
    "responsible": "李四",
    "due": "2026-04-10",
    "standard": None,
    "checker": None,
}


@pytest.fixture
def library(tmp_path):
    opened = a_library(tmp_path)
    yield opened
    opened.close()


def a_sitting(day: str, *, first: bool) -> dict:
    plain = deepcopy(MEETING) | {"date": day, "title": f"{day}会议", "kinds": ["committee_meeting"]}
    other = plain["agenda"][0] | {"topic": "研究工作", "matter": "general", "person": None}
    read = other | {
        "topic": "关于安全生产的重要讲话",
        "matter": "first_topic",
        "source": "《求是》第3期",
        "reporter": "张三",
        "vote": None,
        "resolution": None,
        "actions": [ACTION],
    }
    return plain | {
        "for_year": None,
        "late_entry": None,
        "agenda": [read, other] if first else [other, read],
        "details": {},
    }


def test_nothing_is_said_or_offered_until_the_branch_goes_by_it(library) -> None:
    MeetingService(library, clock).import_json([a_sitting("2026-02-10", first=False)])
    check, printing = CheckService(library, clock), PrintingService(library, clock)
    assert check.findings(rule=RULE) == ()
    assert "first_topics" not in [paper.code for paper in printing.papers(PERIOD)]
    check.switch_rule(RULE, enabled=True)
    assert "first_topics" in [paper.code for paper in printing.papers(PERIOD)]
    (found,) = check.findings(rule=RULE)
    assert (found.verdict, found.basis) == (Verdict.NOTICE, "本单位规定")
    assert found.message == "第一议题没有排在最前，是第2项议题。"


def test_the_ledger_is_made_of_the_minutes_alone(library) -> None:
    check, printing = CheckService(library, clock), PrintingService(library, clock)
    check.switch_rule(RULE, enabled=True)
    wanted = Wanted(period=Period(2026, 2, 1))
    empty = "".join(pdf_texts(printing.preview("first_topics", "", wanted)))
    assert "没有标明第一议题" in empty
    days = ("2026-02-25", "2026-02-10", "2026-03-11")
    service = MeetingService(library, clock)
    service.import_json([a_sitting(day, first=True) for day in days])
    assert {found.verdict for found in check.findings(rule=RULE)} == {Verdict.OK}
    texts = pdf_texts(printing.preview("first_topics", "", wanted))
    assert "学习第一议题2项" in "".join(texts)
    assert texts.index("2026.2.10") < texts.index("2026.2.25"), "the oldest first, none of March"
    assert "2026.3.11" not in texts
    for words in ("2026-02-10会议", "关于安全生产的重要讲话", "《求是》第3期", "张三"):
        assert words in texts, words
    assert any("各班组对照查一次（责任人：李四；时限：2026年4月10日" in text for text in texts)
    minutes = "".join(pdf_texts(printing.preview("minutes", service.find(MeetingFilter())[0])))
    assert "第一议题：关于安全生产的重要讲话（来源：《求是》第3期）" in minutes
