from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest

from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.model import Label, Layout, Picture, Table, WriteLines
from dangjian_desktop.documents.pdf import render_pdf
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.project import (
    ClosingReport,
    Milestone,
    ProgressEntry,
    ProjectState,
    StateChange,
)
from dangjian_desktop.papers.catalogue import PROJECT, Wanted, papers_of
from dangjian_desktop.papers.projects.charts import chart_of
from dangjian_desktop.papers.projects.page import shortened
from dangjian_desktop.papers.projects.sheet import milestone_state, span_words
from tests.papers.project_sample import (
    FOOTAGE,
    HISTORY,
    REPAIRS,
    STEPS,
    TODAY,
    UNKNOWN_TARGET,
    crowded_project,
    empty_project,
    project,
    sheet,
)
from tests.papers.sample import person, said

SEPTEMBER = Period.parse("2026-09")
FORMS = {paper.word: paper for paper in papers_of(PROJECT)}
WRITTEN_BY_HAND = ("申报", "立项", "推进")


def composed(form, of=None, period=SEPTEMBER, **more):
    return FORMS[form].composer(sheet(of, **more), Wanted(period=period))


def assert_in_order(text: str, words: str) -> None:
    """Each word of the second text stands in the first, behind the one before it."""
    place = 0
    for word in words.split():
        found = text.find(word, place)
        assert found >= 0, (word, text[place:])
        place = found + len(word)


def test_a_declaration_has_the_fields_in_the_order_of_the_superior():
    assert_in_order(
        said(composed("申报")),
        """
        “书记项目”申报表 编号|2026-03 申报党支部|中共示例煤业 支部书记|张 联系电话|13800001234
        协助责任人|张 项目名称|党员攻关 项目类别|党建+业务 起止时间|2026年5月1日至2027年4月30日
        申报日期|2026年4月8日 立项背景及拟解决的问题 立项背景：今年以来 拟解决的问题：支护
        目标任务及量化指标 综掘单进水平|（越高越好）|米/月|120|150|生产调度月报 推进措施及时间安排
        1.党员包保 时间安排： 2026年5月31日前：完成现状 经费 工器具购置：3000元 合计：4500元
        成员及分工 总体负责 预期成效 党支部意见 支部书记（签字）： （盖章） 年月日 上级党组织意见
        负责人（签字）： （盖章） 年月日 注：本表一式两份，党支部、上级党组织各存一份。
        """,
    )


def test_an_approval_has_the_order_of_its_form():
    assert_in_order(
        said(composed("立项")),
        """
        “书记项目”立项表 项目名称 项目类别 党支部 支部书记 项目成员 起止时间 立项背景 拟解决的问题
        项目目标 主要措施 阶段安排 节点|权重|计划完成时间 完成现状调研和工序写实|20|2026年5月31日
        预期成效 经费 党支部意见 上级党组织审批意见 （盖章） 一式两份
        """,
    )


def test_a_progress_sheet_has_the_order_of_its_form():
    assert_in_order(
        said(composed("推进")),
        """
        “书记项目”推进表 项目|党员攻关 责任人|张 报告期|2026年9月 完成率|50.0% 时序进度|41.9%
        节点|权重|计划|实际|状态 |20|2026.5.31|2026.5.28|按期完成| |2026.8.12|逾期完成| 逾期20天
        未到期 本期完成 组织两期轮训 指标|本月|累计|目标|达成率|数据来源
        综掘单进水平|（米/月，越高越好）|142.5|142.5|150|75.0%|生产调度月报 |799|799|800|101.7%|
        （项，越高越好）|＿＿＿|34|60|56.7%| 存在问题 部分锚杆 需协调事项 请物资 下期计划 岗位比武
        佐证 2026年9月4日支委会（讨论工作安排 写实记录.pdf（12个班次） 书记签字 上级督导意见
        督导人（签字）： 年月日
        """,
    )


def test_a_progress_sheet_is_as_of_the_end_of_its_period():
    may = said(composed("推进", period=Period.parse("2026-05")))
    assert "完成率|20.0%" in may
    assert "数据截止|2026.5.31" in may
    assert "2026.8.12" not in may
    assert "逾期20天" not in may
    assert "|121.5|121.5|150|5.0%|" in may
    assert "写实12个班次" in may


def test_a_quarter_tells_its_months_where_it_has_no_words_of_its_own():
    quarter = Period.parse("2026-Q3")
    text = said(composed("推进", period=quarter))
    assert "本季度" in text
    assert "9月：组织两期轮训" in text
    own = ProgressEntry(period="2026-Q3", done="本季度自己的话。")
    text = said(composed("推进", project(progress=(*project().progress, own)), quarter))
    assert "本季度自己的话" in text
    assert "9月：组织两期轮训" not in text


def test_the_midterm_report_says_what_is_late_and_leaves_the_rest_to_be_written():
    document = composed("中期")
    assert_in_order(
        said(document),
        """
        “书记项目”中期报告 数据截止日：2026年9月30日 一、项目概况 项目名称：党员攻关
        项目状态：推进（2026年5月1日，党支部，实施方案） 二、完成情况 单班多进0.6米
        完成率50.0%，时序进度41.9% 三、偏差及原因 逾期节点1个：全员轮训和比武 四、调整措施
        轮训改为分班进行 支部书记（签字）： （盖章）
        """,
    )
    assert document.layout is Layout.OFFICIAL
    bare = composed("中期", project(midterm=None, milestones=()))
    assert sum(b.count for b in bare.blocks if isinstance(b, WriteLines)) == 6


def test_the_closing_report_sets_targets_against_values_and_says_what_is_missing():
    text = said(composed("结项"))
    assert_in_order(
        text,
        """
        结项报告 二、完成情况 指标|基准值|目标值|实际值|达成率|达标
        来源：生产调度月报|120|150|142.5|75.0%|否 来源：材料台账|860|800|799|101.7%|是
        节点|权重|计划完成|实际完成|状态|佐证 综掘单进水平（米/月，越高越好） 基准120 121.5
        三、未达到的目标、未完成的节点及原因 目标值150，实际值142.5，未达到 原因：八月过断层
        职工满意度（%，越高越好）：目标值95，没有实际值。 原因： 节点“全员轮训和比武”未完成
        四、工作成效 五、经验做法 六、存在不足 七、成果清单 作业标准1项
        佐证1：2026年6月5日主题党日 八、经费使用 工器具购置|3000元|2860.50元
        比武奖励|1500元|＿＿＿ 九、自评分 自评92.5分 十、验收意见及等次 等次：
        验收负责人（签字）：
        """,
    )
    assert "合计" not in text


def test_the_acceptance_is_printed_only_as_it_was_told():
    told = ClosingReport(acceptance="同意结项。", grade="优秀")
    text = said(composed("结项", project(closing=told)))
    assert "同意结项。|等次：优秀" in text
    assert "优秀" not in said(composed("结项"))


def test_a_project_that_reached_everything_says_so_by_count():
    done = tuple(replace(step, actual=step.actual or date(2026, 9, 1)) for step in STEPS)
    reached = replace(FOOTAGE, values={"2026-09": Decimal(151)})
    text = said(composed("结项", project(milestones=done, targets=(reached,))))
    assert "1项指标均达到目标值。|4个节点均已完成。" in text
    assert "未达到。" not in text


@pytest.mark.parametrize("form", FORMS)
def test_a_project_with_only_a_name_prints_and_invents_nothing(form):
    document = composed(form, empty_project(), meetings=())
    text = said(document)
    assert "只有名称的项目" in text
    assert "0%" not in text
    assert "None" not in text
    assert "达到目标值" not in text
    if form in WRITTEN_BY_HAND:
        rows = next(b for b in document.blocks if isinstance(b, Table)).rows
        assert sum(row.min_height_mm >= 9 for row in rows) >= 5


@pytest.mark.parametrize("form", WRITTEN_BY_HAND)
def test_the_opinions_of_others_are_blank(form):
    text = said(composed(form))
    after = text[text.index("上级") :] if form != "推进" else text[text.index("上级督导意见") :]
    for word in ("同意", "优秀", "通过"):
        assert word not in after


@pytest.mark.parametrize("of", [project, empty_project, crowded_project])
def test_the_page_is_one_page_whatever_the_record_holds(of):
    document = composed("一页", of())
    assert len(pypdfium2.PdfDocument(render_pdf(document, bundled_fonts()))) == 1


@pytest.mark.parametrize("of", [project, crowded_project])
def test_the_page_cuts_nothing_in_silence(of):
    text = said(composed("一页", of()))
    assert "……" not in text
    assert ("（略）" in text) == ("略去的内容见申报表、推进表。" in text)


def test_the_page_names_whole_whoever_is_named():
    long = replace(person(0), name="买买提·阿卜杜热合曼")
    assert long.name in said(composed("一页", project(secretary=long)))


def test_the_page_says_what_it_leaves_out():
    text = said(composed("一页", crowded_project()))
    assert "数据截止日：2026年9月30日。另有" in text
    assert "（共9项）" in text
    whole = said(composed("一页"))
    assert "另有" not in whole
    assert_in_order(
        whole,
        """
        情况汇报 项目名称 党支部|机电队党支部 起止时间 状态|推进|完成率|50.0% 时序进度|41.9%
        拟解决的问题 主要措施 量化指标 142.5|75.0% 节点 最近进展 （2026年9月） 存在问题 下步计划
        综掘单进水平（米/月
        """,
    )


def test_long_texts_are_cut_behind_a_sentence():
    assert shortened("第一句话说完了。第二句话还没有说完", 12) == "第一句话说完了。（略）"
    assert shortened("短", 12) == "短"
    assert shortened("没有句号的一长串文字没有句号", 10) == "没有句号的一长（略）"


def test_other_groups_are_named_on_their_forms():
    text = said(composed("申报", group="党员项目", category="技术攻关"))
    assert "“党员项目”申报表" in text
    assert "项目负责人|张" in text
    assert "项目类别|技术攻关" in text


def test_values_that_add_up_are_drawn_as_running_totals():
    chart = chart_of(project(), REPAIRS)
    known = [(m, v) for m, v in zip(chart.months, chart.values, strict=True) if v is not None]
    assert known == [("2026-05", 9), ("2026-06", 23), ("2026-08", 34)]
    assert "逐月累计" in chart.heading
    assert chart_of(project(), UNKNOWN_TARGET) is None


def test_a_chart_goes_over_the_months_of_the_project():
    chart = chart_of(project(), FOOTAGE)
    assert (chart.months[0], chart.months[-1], len(chart.months)) == ("2026-05", "2027-04", 12)
    alone = chart_of(project(start=None), FOOTAGE)
    assert alone.months == tuple(sorted(FOOTAGE.values))


def test_a_state_is_told_as_of_its_day():
    april = said(composed("推进", period=Period.parse("2026-04")))
    assert "项目状态|立项" in april
    assert "项目状态|推进" in said(composed("推进"))


def test_an_extension_is_printed_with_the_period():
    change = StateChange(
        state=ProjectState.EXTENDED,
        on=date(2027, 4, 1),
        by="矿党委",
        paper="批复",
        until=date(2027, 6, 30),
    )
    words = span_words(project(history=(*HISTORY, change)))
    assert words == "2026年5月1日至2027年4月30日（延期至2027年6月30日）"


@pytest.mark.parametrize(
    ("planned", "actual", "words"),
    [
        (date(2026, 9, 30), None, "未到期"),
        (date(2026, 9, 29), None, "逾期1天"),
        (date(2026, 9, 1), date(2026, 9, 1), "按期完成"),
        (date(2026, 9, 1), date(2026, 9, 2), "逾期完成"),
        (date(2026, 9, 1), date(2026, 10, 1), "逾期29天"),
    ],
)
def test_milestones_are_told_as_of_a_day(planned, actual, words):
    step = Milestone(id="n", what="甲", weight=Decimal(1), planned=planned, actual=actual)
    assert milestone_state(step, TODAY) == words


def test_files_are_named_by_branch_paper_project_and_day():
    name = composed("推进").name
    assert name.startswith("机电队党支部_书记项目推进表_党员攻关提升综掘单进水平")
    assert name.endswith("_202609")
    assert composed("申报").name.endswith("_20260408")


def test_no_chart_is_drawn_without_values():
    bare = project(targets=(UNKNOWN_TARGET,))
    for form in ("结项", "一页"):
        assert not any(isinstance(b, Picture) for b in composed(form, bare).blocks)


def test_somebody_without_a_task_is_not_given_one():
    team = (replace(project().team[0], person=person(5), task=""),)
    assert "分工＿＿＿" in said(composed("申报", project(team=team)))


def test_a_paper_of_a_stage_shows_nothing_later():
    later = {"2026-05": Decimal(120), "2027-01": Decimal(333)}
    known = project(targets=(replace(FOOTAGE, values=later),))
    for form in ("结项", "一页"):
        document = composed(form, known)
        marks = [mark for b in document.blocks if isinstance(b, Picture) for mark in b.marks]
        drawn = [mark.text for mark in marks if isinstance(mark, Label)]
        assert "120" in drawn
        assert "333" not in " ".join((*drawn, *document.texts()))


def test_a_milestone_shows_no_evidence_from_after_the_day():
    steps = tuple(
        Milestone(
            id=f"n{n}", what="甲", weight=Decimal(50), planned=day, actual=day, evidence=f"第{n}份"
        )
        for n, day in enumerate((date(2026, 8, 1), date(2026, 12, 1)))
    )
    text = said(composed("中期", project(milestones=steps)))
    assert "第0份" in text
    assert "第1份" not in text
