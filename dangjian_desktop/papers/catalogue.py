"""All papers that can be printed: a paper is one file and one line here.

What a library adds (the prints of its ledgers, ``papers/ledgers/prints.py``) joins at run time.

A composer takes the sheet of what the paper is about (gathered by the services) and what is
``Wanted`` of it. It is named as ``module:function``, so that listing papers imports none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dangjian_desktop.documents.model import Layout
from dangjian_desktop.domain.levels import Level
from dangjian_desktop.papers.followed import FOLLOWED
from dangjian_desktop.papers.paper import (
    AGREEMENT,
    APPRAISAL,
    ASSESSMENT,
    BRAND,
    CASES,
    CHECKS,
    GROUP_MONTH,
    ITEM,
    ITEMS,
    LEDGER,
    MEETING,
    MEMBERS,
    PERIOD,
    PLANS,
    PLUS,
    PRIORITIES,
    PRIORITY,
    PROJECT,
    PROJECTS,
    ROW,
    SENT,
    TALK,
    TALKS,
    Compose,
    Paper,
    Wanted,
)

__all__ = [
    "AGREEMENT",
    "APPRAISAL",
    "ASSESSMENT",
    "BRAND",
    "CASES",
    "CHECKS",
    "GROUP_MONTH",
    "ITEM",
    "ITEMS",
    "LEDGER",
    "MEETING",
    "MEMBERS",
    "PAPERS",
    "PERIOD",
    "PLANS",
    "PLUS",
    "PRIORITIES",
    "PRIORITY",
    "PROJECT",
    "PROJECTS",
    "ROW",
    "SENT",
    "TALK",
    "TALKS",
    "Compose",
    "Paper",
    "Wanted",
    "papers_of",
]


def _form(code: str, title: str, word: str, compose: str, layout: Layout, **more: Any) -> Paper:
    where = "书记项目"
    also = tuple(f"{where}{each}" for each in (title, word))
    return Paper(
        code=f"project_{code}",
        title=title,
        of=PROJECT,
        compose=f"projects.{compose}",
        layouts=(layout,),
        word=word,
        also=also,
        folder=where,
        **more,
    )


def _wide(code: str, title: str, of: str, compose: str, **more: Any) -> Paper:
    layouts = (Layout.LANDSCAPE,)
    return Paper(code=code, title=title, of=of, compose=compose, layouts=layouts, **more)


PAPERS: tuple[Paper, ...] = (
    Paper(
        code="minutes",
        title="会议记录",
        of=MEETING,
        compose="meetings.compose:compose_minutes",
        layouts=(Layout.OFFICIAL, Layout.FORM),
        numbered=True,
        also=("三会一课记录", "三会一课会议记录", "三会一课", "组织生活记录", "会议纪要"),
        folder="会议记录",
    ),
    Paper(
        code="notice",
        title="会议通知",
        of=MEETING,
        compose="meetings.notices:compose_notice",
        layouts=(Layout.OFFICIAL,),
        one_each=True,
        folder="会议通知",
    ),
    Paper(
        code="agenda",
        title="议程",
        of=MEETING,
        compose="meetings.notices:compose_agenda",
        layouts=(Layout.OFFICIAL,),
        one_each=True,
        folder="议程",
    ),
    Paper(
        code="signin",
        title="签到表",
        of=MEETING,
        compose="meetings.signin:compose_signin",
        layouts=(Layout.FORM,),
        also=("签到册", "会议签到表", "会议签到册", "三会一课签到表"),
        folder="签到表",
    ),
    Paper(
        code="ballot",
        title="选票",
        of=MEETING,
        compose="meetings.elections:compose_ballot",
        layouts=(Layout.FORM,),
        part="elections",
        folder="选举",
    ),
    Paper(
        code="election_result",
        title="选举结果报告单",
        of=MEETING,
        compose="meetings.elections:compose_result",
        layouts=(Layout.FORM,),
        part="elections",
        folder="选举",
    ),
    Paper(
        code="roster",
        title="党员名册",
        of=MEMBERS,
        compose="members.roster:compose_roster",
        layouts=(Layout.LANDSCAPE,),
        also=("党员花名册", "花名册", "名册", "党员信息表", "党员基本信息表"),
        folder="名册",
    ),
    Paper(
        code="summary",
        title="工作汇总",
        of=PERIOD,
        compose="summaries.compose:compose_summary",
        layouts=(Layout.OFFICIAL,),
        lengths=(1, 3, 6, 12),
        also=("汇总", "总结", "工作总结", "工作小结", "工作报告", "季报", "半年报", "年报"),
        folder="汇总",
    ),
    Paper(
        code="month_sheet",
        title="月报表",
        of=PERIOD,
        compose="summaries.month_sheet:compose_month_sheet",
        layouts=(Layout.BRIEF,),
        lengths=(1,),
        also=("月报", "工作月报", "党建月报", "党建工作月报"),
        folder="汇总",
    ),
    Paper(
        code="first_topics",
        title="第一议题学习台账",
        of=PERIOD,
        compose="summaries.first_topics:compose_first_topics",
        layouts=(Layout.LANDSCAPE,),
        lengths=(1, 3, 6, 12),
        also=("第一议题台账", "第一议题"),
        folder="汇总",
        rule="TOPIC-1",
    ),
    Paper(
        code="self_check",
        title="达标自评表",
        of=ASSESSMENT,
        compose="assessments.self_check:compose_self_check",
        layouts=(Layout.LANDSCAPE,),
        also=("达标自查表", "考核自评表", "自评表"),
        folder="对标自评",
        level=Level.INTERNAL,
    ),
    Paper(
        code="group_month",
        title="党小组月度工作表",
        of=GROUP_MONTH,
        compose="ledgers.group_month:compose_group_month",
        layouts=(Layout.FORM,),
        lengths=(1,),
        also=("党小组月度工作", "党小组工作表"),
        folder="党小组",
        level=Level.INTERNAL,
    ),
    Paper(
        code="check",
        title="支部体检表",
        of=CHECKS,
        compose="checks.compose:compose_check",
        layouts=(Layout.LANDSCAPE,),
        lengths=(1, 3, 6, 12),
        also=("自查表", "自查自评表"),
        folder="体检",
    ),
    _form(
        *("declaration", "申报表", "申报", "application:compose_declaration", Layout.FORM),
        stage="declared",
    ),
    _form(
        *("approval", "立项表", "立项", "application:compose_approval", Layout.FORM),
        stage="approved",
    ),
    _form("progress", "推进表", "推进", "monthly:compose_progress", Layout.FORM, lengths=(1, 3)),
    _form(
        *("midterm", "中期报告", "中期", "reports:compose_midterm", Layout.OFFICIAL),
        part="midterm",
        stage="midterm",
    ),
    _form(
        *("closing", "结项报告", "结项", "reports:compose_closing", Layout.OFFICIAL),
        part="closing",
        stage="closing",
    ),
    _form("page", "一页汇报", "一页", "page:compose_page", Layout.BRIEF),
    _wide(
        *("sent_list", "报出材料清单", SENT, "submissions.sent_list:compose_sent_list"),
        lengths=(12, 6, 3, 1),
        folder="报送包",
    ),
    Paper(
        code="talk_record",
        title="谈心谈话记录表",
        of=TALK,
        compose="talks.record:compose_record",
        layouts=(Layout.FORM,),
        folder="谈心谈话",
        blank=True,
        level=Level.SENSITIVE,
    ),
    Paper(
        code="talk_coverage",
        title="谈心谈话情况表",
        of=TALKS,
        compose="talks.coverage:compose_coverage",
        layouts=(Layout.BRIEF,),
        lengths=(12,),
        also=("谈心谈话情况", "谈心谈话统计表", "谈心谈话台账"),
        folder="谈心谈话",
        level=Level.INTERNAL,
    ),
    Paper(
        code="fusion_page",
        title="党建与业务融合页",
        of=PRIORITY,
        compose="fusion.page:compose_page",
        layouts=(Layout.BRIEF,),
        lengths=(12, 6, 3, 1),
        also=("融合页", "党建业务融合页"),
        folder="党建融合",
    ),
    _wide(
        *(
            "fusion_overview",
            "党建与业务融合一览表",
            PRIORITIES,
            "fusion.overview:compose_overview",
        ),
        lengths=(12, 6, 3, 1),
        also=("融合一览表", "党建业务融合台账"),
        folder="党建融合",
    ),
    _wide(
        *("plan_table", "党建与业务工作计划表", PLANS, "plans.tables:compose_plan"),
        lengths=(12, 1),
        also=("年度计划表", "年度工作计划表", "月度计划表", "工作计划表", "工作计划"),
        folder="工作计划",
    ),
    _wide(
        *("plan_compared", "党建与业务工作对照表", PLANS, "plans.tables:compose_compared"),
        lengths=(12, 1),
        also=("月度对照表", "年度对照表"),
        folder="工作计划",
    ),
    Paper(
        code="plan_book",
        title="基层党建工作计划书",
        of=PLANS,
        compose="plans.book:compose_book",
        layouts=(Layout.OFFICIAL,),
        lengths=(12,),
        also=("党建工作计划书", "计划书"),
        folder="工作计划",
    ),
    Paper(
        code="brand_form",
        title="支部品牌申报书",
        of=BRAND,
        compose="fusion.brand:compose_brand",
        layouts=(Layout.FORM,),
        also=("品牌申报书", "党建品牌申报书"),
        folder="支部品牌",
        blank=True,
    ),
    Paper(
        code="case_book",
        title="典型案例集",
        of=CASES,
        compose="projects.cases:compose_cases",
        layouts=(Layout.OFFICIAL,),
        lengths=(12,),
        also=("案例集", "典型案例与成果"),
        folder="书记项目",
    ),
    _wide(
        *("plus_matrix", "党建+N矩阵", PLUS, "projects.matrix:compose_matrix"),
        lengths=(12,),
        also=("党建+矩阵", "党建＋N矩阵"),
        folder="书记项目",
    ),
    _wide(
        *("project_ledger", "项目台账", PROJECTS, "projects.lists:compose_ledger"),
        lengths=(12,),
        also=("书记项目台账", "书记项目"),
        folder="书记项目",
    ),
    _wide(
        *("project_claims", "党员项目认领表", PROJECTS, "projects.lists:compose_claims"),
        folder="书记项目",
    ),
    *FOLLOWED,
)


def papers_of(subject: str, papers: Iterable[Paper] = PAPERS) -> tuple[Paper, ...]:
    """The papers about a record or a set: what records it first, then as the catalogue has them."""
    found = [paper for paper in papers if paper.of == subject]
    return tuple(sorted(found, key=lambda paper: not paper.numbered))
