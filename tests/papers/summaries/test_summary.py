from __future__ import annotations

from datetime import date

import pytest

from dangjian_desktop.documents.model import Table, WriteLines
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.summaries.counting import figures
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from tests.papers import sample
from tests.papers.sample import (
    BRANCH,
    RARE,
    admission,
    everybody_but,
    facts,
    meeting,
    said,
    vote,
)

MARCH = Period.parse("2026-03")
NOTHING = SummaryWords()
MEETINGS = (
    meeting(
        "general_meeting", "party_lecture", id="k1", agenda=(admission(vote=vote(16)),), number=1
    ),
    meeting("committee_meeting", id="k2", date=date(2026, 3, 5)),
    meeting("theme_day", id="k3", date=date(2026, 3, 6), attendance=everybody_but(4)),
    meeting("group_meeting", id="k4", date=date(2026, 2, 6)),
)


def summary(words=NOTHING, before=NOTHING, period=MARCH, **more):
    known = facts(*more.pop("meetings", MEETINGS), **more)
    return sample.summary(known, figures(known, period), words, before, period)


def lines(document) -> int:
    return sum(block.count for block in document.blocks if isinstance(block, WriteLines))


def test_a_month_is_told_in_the_order_that_superiors_ask_for():
    text = said(summary())
    place = 0
    for word in (
        "2026年3月工作月报",
        "数据截止日：2026年3月31日",
        "一、基本情况",
        "党员20人，其中正式党员18人，预备党员2人；男15人，女5人",
        "二、本月工作",
        "（一）政治学习",
        "3月18日上党课",
        "（二）组织生活",
        "3月5日召开支委会",
        "3月18日召开党员大会暨党课",
        "口径",
        "项目|本月次数|本年累计|应开|未开原因",
        "缺席及补学情况",
        f"张{RARE[4]}|3月6日|主题党日|请假（出差）|3月20日自学",
        "（三）队伍建设",
        "讨论接收预备党员（孙八）",
        "（四）党建与业务融合",
        "（五）廉政与作风",
        "（六）群众服务",
        "（七）上月计划完成情况",
        "三、存在问题",
        "四、下月计划",
        "填报人：",
        "审核人（书记）：",
        "报送日期：",
        "（盖章）",
    ):
        found = text.find(word, place)
        assert found >= 0, (word, text[place:])
        place = found


def test_the_table_counts_month_and_year_and_what_was_due():
    text = said(summary())
    assert "党员大会|1|1|每季度1次|—" in text
    assert "支委会|1|1|1|—" in text
    assert "党小组会|0|1|2|主题党日" in text.replace("|党课|1|1|每季度1次|—", "")
    assert "合计（联合召开只计1次）|3|4|" in text


def test_the_reason_for_what_was_not_held_is_the_users_own():
    words = SummaryWords(reasons={"group_meeting": f"检修{RARE}"})
    assert f"党小组会|0|1|2|检修{RARE}" in said(summary(words))


def test_a_yearly_sitting_says_which_year_it_was_for():
    december = Period.parse("2026-12")
    before = meeting("org_life_meeting", id="o1", date=date(2026, 2, 20), for_year=2025)
    after = meeting("org_life_meeting", id="o2", date=date(2027, 2, 3), for_year=2026)
    year_end, later = date(2026, 12, 31), date(2027, 3, 1)
    open_still = "组织生活会|0|1|每年1次|2025年度的于2月20日召开；2026年度的"
    text = said(summary(meetings=(before,), period=december, today=year_end))
    assert f"{open_still}尚未召开|" in text
    words = SummaryWords(reasons={"org_life_meeting": "定于1月"})
    text = said(summary(words, meetings=(before,), period=december, today=year_end))
    assert f"{open_still}尚未召开；定于1月" in text
    assert f"{open_still}未到期" in said(
        summary(meetings=(before,), period=Period.parse("2026-03"), today=date(2026, 3, 31))
    )
    text = said(summary(meetings=(before, after), period=december, today=later))
    assert "2025年度的于2月20日召开；2026年度的于2027年2月3日召开" in text
    assert "组织生活会|0|0|每年1次|未到期" in said(
        summary(meetings=(before,), period=Period.parse("2026-01"), today=year_end)
    )


def test_attendance_says_how_it_is_counted():
    text = said(summary())
    assert "本月开展组织生活3次（联合召开的只计1次），应到40人次，实到37人次，到会率92.5%。" in text


def test_what_nobody_wrote_is_left_to_be_written_by_hand():
    empty, told = summary(), said(summary())
    assert lines(empty) == 2 * 4 + 3 * 2
    words = SummaryWords(
        work={"integration": f"融合{RARE}", "conduct": "作风", "service": "服务\n两段"},
        problems=(f"问题{RARE}", "问题二"),
        plans=("计划一",),
        plan_results={"上月计划甲": f"已完成{RARE}"},
        filled_by="李四",
        reviewed_by="张三",
    )
    before = SummaryWords(plans=("上月计划甲", "上月计划乙"))
    document = summary(words, before)
    text = said(document)
    assert lines(document) == 0
    assert f"1.问题{RARE}|2.问题二" in text
    assert f"1|上月计划甲|已完成{RARE}|2|上月计划乙" in text
    for word in ("融合", "作风", "两段", "计划一", "填报人：李四", "审核人（书记）：张三"):
        assert word in text
        assert word not in told.replace("（四）党建与业务融合", "").replace("（五）廉政与作风", "")


@pytest.mark.parametrize(
    ("period", "title", "following"),
    [
        ("2026-Q1", "2026年第一季度工作季报", "四、下季度计划"),
        ("2026-H1", "2026年上半年工作总结", "四、下一个半年计划"),
        ("2026", "2026年度工作总结", "四、下年度计划"),
    ],
)
def test_longer_periods_come_in_the_same_manner(period, title, following):
    document = summary(period=Period.parse(period))
    text = said(document).replace("\n", "")
    assert title in text
    assert following in text
    assert "数据截止日：2026年3月31日" in text
    assert f"张{RARE[4]}|2|0|2" in text
    assert (
        document.name == f"机电队党支部_{document.name.split('_')[1]}_{Period.parse(period).label}"
    )


def test_longer_periods_have_their_log_in_an_annex():
    monthly = [meeting("committee_meeting", id=f"c{n}", date=date(2026, n, 5)) for n in (1, 2, 3)]
    groups = [meeting("group_meeting", id=f"g{n}", date=date(2026, n, 6)) for n in (1, 2)]
    quarter = said(summary(meetings=(*monthly, *groups), period=Period.parse("2026-Q1")))
    body, log = quarter.split("|附件|", 1)
    assert "党小组学习2次（题目、篇目见附件）。" in body
    assert "1月5日" not in body
    assert [f"{n}月5日|支委会|议题：" in log for n in (1, 2, 3)] == [True] * 3
    assert "1月6日|第二党小组会|议题：" in log
    assert log.count("|学习：") == 2
    month = said(summary(meetings=(*monthly, *groups)))
    assert "3月5日召开支委会；议题：" in month


def test_an_empty_month_invents_nothing():
    text = said(summary(meetings=(), period=Period.parse("2026-02")))
    assert "到会率" not in text.partition("（口径")[0]
    assert "本月党员无增减。" in text
    assert "召开" not in text.split("（口径")[0].split("联合召开")[0]
    assert "缺席及补学" not in text


def test_words_come_back_from_the_library_as_they_went_in():
    words = SummaryWords(
        work={"study": "学"}, problems=("a",), plans=("b",), reasons={"theme_day": "c"}
    )
    assert SummaryWords.from_json(words.as_json()) == words
    assert SummaryWords.from_json({}) == SummaryWords()


def test_tables_are_as_wide_as_their_rows():
    before = SummaryWords(plans=("甲",))
    for block in summary(before=before).blocks:
        if isinstance(block, Table):
            assert all(len(row.cells) == len(block.widths) for row in block.rows)
    assert BRANCH.short in summary().title
