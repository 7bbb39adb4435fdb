"""Longer summaries gather what months wrote; nothing typed into a month is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dangjian_desktop.documents.model import Document, Layout
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.summaries.counting import figures
from dangjian_desktop.domain.summaries.gathered import asked_for, parts_of, unsolved
from dangjian_desktop.domain.summaries.summaries import SummaryWords, WorkSection
from dangjian_desktop.papers.catalogue import PAPERS, PERIOD, Wanted
from dangjian_desktop.papers.summaries.sheet import LedgerLines, PeriodSheet
from tests.papers.sample import STAMP, everybody_but, facts, meeting, said

MONTHS = tuple(Period(2026, month, 1) for month in range(1, 13))
END = date(2026, 12, 31)


def typed(period: Period) -> SummaryWords:
    """Every field holds a text that names its period and its field."""
    return SummaryWords(
        work={section.value: f"{period}的{section.label}" for section in WorkSection},
        problems=(f"{period}的问题甲", f"{period}的问题乙"),
        plans=(f"{period}的计划",),
        plan_results={f"{period.previous()}的计划": f"{period}完成"},
        solved={f"{period.previous()}的问题甲": f"{period}解决"},
        reasons={"theme_day": f"{period}未开"},
    )


def sheet(period: str, words=SummaryWords(), **more) -> PeriodSheet:  # noqa: B008
    wanted, known = Period.parse(period), facts(today=END, **more.pop("known", {}))
    return PeriodSheet(
        facts=known,
        figures=figures(known, wanted),
        words=words,
        before=more.pop("before", SummaryWords()),
        period=wanted,
        stamp=STAMP,
        **more,
    )


def composed(made: PeriodSheet, code: str = "summary") -> Document:
    [paper] = [p for p in PAPERS if p.code == code and p.of == PERIOD]
    return paper.composer(made, Wanted())


@pytest.mark.parametrize("period", ["2026-Q2", "2026-H1", "2026-H2", "2026"])
@pytest.mark.parametrize("own", [False, True], ids=["nothing of its own", "words of its own"])
def test_every_text_of_every_part_stands_in_the_longer_paper(period, own):
    wanted = Period.parse(period)
    around = {part: typed(part) for part in parts_of(wanted)}
    words = typed(wanted) if own else SummaryWords()
    text = said(composed(sheet(period, words, around=around)))
    for part, told in around.items():
        kept = (*told.work.values(), *told.problems, *told.plans)
        kept += (*told.reasons.values(), *told.solved.values(), *told.plan_results.values())
        known = [t for t in kept if t != told.plan_results.get(f"{part.previous()}的计划")]
        assert [t for t in known if t not in text] == []
        assert (f"{part}完成" in text) is (part.previous() in around)
    if own:
        mine = (*words.work.values(), *words.problems, *words.plans, *words.reasons.values())
        assert [t for t in mine if t not in text] == []


def test_each_text_stands_with_its_month():
    around = {month: typed(month) for month in MONTHS[3:6]}
    text = said(composed(sheet("2026-Q2", around=around)))
    assert "4月：2026-04的廉政与作风|5月：2026-05的廉政与作风|6月：2026-06的廉政与作风" in text
    assert "4月|2026-04的问题甲|2026-05解决（5月）" in text
    assert "5月：2026-05未开" in text
    assert "5月|2026-04的计划|2026-05完成" in text
    assert "2026-06的计划（6月提出）" in text


def test_words_of_its_own_stand_in_the_text_and_those_of_months_behind_it():
    around = {MONTHS[3]: SummaryWords(work={"conduct": "四月的作风"})}
    words = SummaryWords(work={"conduct": "季度的作风"})
    body, annex = said(composed(sheet("2026-Q2", words, around=around))).split("|附件|")
    assert "季度的作风" in body
    assert "四月的作风" not in body
    assert "各月填写的工作情况|廉政与作风|4月：四月的作风" in annex


def test_what_nobody_solved_is_not_said_to_be_open_but_left_to_be_written():
    around = {
        MONTHS[3]: SummaryWords(problems=("甲", "乙")),
        MONTHS[4]: SummaryWords(solved={"甲": "好"}),
    }
    text = said(composed(sheet("2026-Q2", around=around)))
    assert "各月及以前提出的问题2个，记有解决情况的1个：" in text
    assert "1|4月|甲|好（5月）|2|4月|乙|四、下季度计划" in text


def test_a_month_tells_how_earlier_problems_were_solved():
    around = {MONTHS[0]: SummaryWords(problems=("甲",))}
    text = said(composed(sheet("2026-03", SummaryWords(solved={"甲": "好"}), around=around)))
    assert "以前提出的问题1个，记有解决情况的1个：|序号|提出时间|问题|解决情况|1|1月|甲|好" in text


def test_problems_are_asked_for_until_they_are_solved():
    words = {
        MONTHS[0]: SummaryWords(problems=("甲", "乙")),
        MONTHS[1]: SummaryWords(problems=("丙",), solved={"甲": "好"}),
        MONTHS[3]: SummaryWords(problems=("丁",)),
    }
    assert [(n.text, n.period) for n in unsolved(MONTHS[2], words)] == [
        ("乙", MONTHS[0]),
        ("丙", MONTHS[1]),
    ]
    assert unsolved(MONTHS[0], words) == ()
    assert {MONTHS[0].previous(), Period(2025, 3, 1)} <= set(asked_for(MONTHS[2]))


def test_equal_columns_fall_away_and_last_year_stands_beside_where_it_is_known():
    assert "项目|本季度次数|应开|未开原因" in said(composed(sheet("2026-Q1")))
    assert "项目|本季度次数|本年累计|应开|未开原因" in said(composed(sheet("2026-Q2")))
    assert "项目|本月次数|本年累计|应开" in said(composed(sheet("2026-01")))
    day = date(2025, 5, 6)
    then = facts(meeting("theme_day", date=day, attendance=everybody_but(4, 5)), today=END)
    before = figures(then, Period.parse("2025-Q2"))
    text = said(composed(sheet("2026-Q2", last_year=before)))
    assert "项目|本季度次数|本年累计|上年同期|应开|未开原因" in text
    assert "主题党日|0|0|1|3" in text
    assert "上年同期开展组织生活1次，到会率90.0%。" in text


def test_ledgers_that_tell_much_stand_in_an_annex():
    lines = {
        "基本情况": (LedgerLines("报送登记", tuple(f"第{n}份。" for n in range(4))),),
        "群众服务": (LedgerLines("走访慰问", ("走访三户。",)),),
    }
    body, _, annex = said(composed(sheet("2026", lines=lines))).partition("|附件|")
    assert "报送登记共记4条，见附件。" in body
    assert "走访三户。" in body
    assert "报送登记|序号|内容|1|第0份。" in annex
    month = said(composed(sheet("2026-05", lines=lines)))
    assert "第3份。" in month
    assert "附件" not in month


def test_nothing_in_the_paper_speaks_of_the_program():
    text = said(composed(sheet("2026-05"))) + said(composed(sheet("2026")))
    assert [word for word in ("录入", "填写", "手工", "程序") if word in text] == []


def test_the_sheet_of_a_month_is_one_ruled_page():
    words = replace(typed(MONTHS[4]), filled_by="李四", reviewed_by="张三")
    held = meeting("theme_day", date=END - timedelta(days=220), attendance=everybody_but(4))
    made = sheet("2026-05", words, before=typed(MONTHS[3]))
    made = replace(made, facts=replace(made.facts, meetings=(held,)))
    document = composed(made, "month_sheet")
    assert document.layout is Layout.BRIEF
    text = said(document)
    for part in (*words.work.values(), *words.problems, *words.plans, "李四", "张三"):
        assert part in text
    assert "2026-04的计划完成情况：2026-05完成" in text
    assert "填报单位|中共示例煤业有限公司机电队支部委员会|党员总数|20人" in text
