"""The declaration of a project: its fields, in the order of the contract and of the paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from dangjian_desktop.domain.amounts import number_text, shown
from dangjian_desktop.domain.fields import Bounds, Field, FieldType
from dangjian_desktop.domain.projects.checks import project_problems
from dangjian_desktop.domain.projects.progress import (
    attainment,
    overdue,
    percent_complete,
    reached_value,
    time_gone,
)
from dangjian_desktop.domain.projects.project import (
    ClosingReport,
    Counting,
    Direction,
    EvidenceFile,
    Fund,
    MeetingLink,
    MidtermReport,
    Milestone,
    ProgressEntry,
    Project,
    ProjectState,
    StateChange,
    Target,
    TeamMember,
)
from dangjian_desktop.domain.record import Computed, Due, Record

_PERCENT = Bounds(least=Decimal(0), most=Decimal(100))
_NO_DEBT = Bounds(least=Decimal(0))
_STATES = ProjectState.choices()


def _words(name: str, label: str, hint: str = "", also: tuple[str, ...] = ()) -> Field:
    return Field(name, label, FieldType.LONG_TEXT, hint=hint, empty="", also=also)


TEAM = Field(
    "team",
    "成员",
    FieldType.RECORDS,
    empty=(),
    of=TeamMember,
    columns=(
        Field("person", "成员", FieldType.PERSON, required=True, who="member", json="name"),
        _words("task", "分工", "例如 负责班组进尺统计"),
    ),
)
TARGETS = Field(
    "targets",
    "目标",
    FieldType.RECORDS,
    empty=(),
    of=Target,
    columns=(
        Field("id", "编号", searched=False),
        Field("indicator", "指标名称", required=True, hint="例如 单进水平", empty=""),
        Field("unit", "单位", required=True, hint="例如 米/月", empty=""),
        Field(
            "direction",
            "方向",
            FieldType.CHOICE,
            hint="越高越好",
            choices=Direction.choices(),
            empty=Direction.UP,
            of=Direction,
        ),
        Field(
            "counting",
            "累计方法",
            FieldType.CHOICE,
            hint="取最近值",
            choices=Counting.choices(),
            empty=Counting.LATEST,
            of=Counting,
        ),
        Field("baseline", "基准", FieldType.DECIMAL, hint="原来的数值"),
        Field("target", "目标值", FieldType.DECIMAL, hint="要达到的数值"),
        Field("source", "数据来源", hint="例如 调度日报", empty=""),
        Field(
            "values",
            "数值",
            FieldType.RECORD,
            empty={},
            key="month",
            columns=(Field("value", "数值", FieldType.DECIMAL),),
        ),
        Field(
            "reason",
            "没有数值或没有达到的原因",
            FieldType.LONG_TEXT,
            hint="有数值并已达到的不用填写",
        ),
    ),
)
MILESTONES = Field(
    "milestones",
    "节点",
    FieldType.RECORDS,
    empty=(),
    of=Milestone,
    columns=(
        Field("id", "编号", searched=False),
        Field("what", "节点内容", FieldType.LONG_TEXT, required=True, empty=""),
        Field(
            "weight",
            "权重",
            FieldType.DECIMAL,
            unit="%",
            hint="25",
            bounds=_PERCENT,
            empty=Decimal(0),
        ),
        Field("planned", "计划完成", FieldType.DATE, required=True),
        Field("actual", "实际完成", FieldType.DATE, hint="完成后填写"),
        Field("evidence", "佐证", FieldType.LONG_TEXT, hint="例如 验收单"),
    ),
)
FUNDS = Field(
    "funds",
    "经费",
    FieldType.RECORDS,
    empty=(),
    of=Fund,
    columns=(
        Field("item", "用途", required=True, empty=""),
        Field("planned", "预算", FieldType.MONEY, unit="元", bounds=_NO_DEBT),
        Field("used", "已使用", FieldType.MONEY, unit="元", bounds=_NO_DEBT),
    ),
)
PROGRESS = Field(
    "progress",
    "进展记录",
    FieldType.RECORDS,
    empty=(),
    of=ProgressEntry,
    columns=(
        Field("period", "时间", required=True, searched=False),
        _words("done", "本期完成", "用自己的话写两三句即可"),
        _words("problems", "存在问题"),
        _words("coordination", "需协调事项"),
        _words("next", "下期计划"),
    ),
)
HISTORY = Field(
    "history",
    "状态记录",
    FieldType.RECORDS,
    empty=(),
    of=StateChange,
    columns=(
        Field("state", "状态", FieldType.CHOICE, required=True, choices=_STATES, of=ProjectState),
        Field("on", "决定日期", FieldType.DATE, required=True),
        Field("by", "由谁决定", hint="例如 公司党委、支部委员会", empty=""),
        Field("paper", "依据文件", hint="例如 批复、通知或会议记录的名称", empty=""),
        Field("reason", "原因", FieldType.LONG_TEXT),
        Field("until", "延期后的结束日期", FieldType.DATE, sparse=True),
        Field("taken_back", "已撤回", FieldType.YES_NO, empty=False, sparse=True),
        Field("taken_back_on", "撤回日期", FieldType.DATE, sparse=True),
        Field("taken_back_because", "撤回原因", FieldType.LONG_TEXT, sparse=True),
    ),
)
MIDTERM = Field(
    "midterm",
    "中期报告",
    FieldType.RECORD,
    of=MidtermReport,
    columns=(
        _words("done", "完成情况"),
        _words("deviation", "偏差原因"),
        _words("adjustment", "调整措施"),
    ),
)
CLOSING = Field(
    "closing",
    "结项报告",
    FieldType.RECORD,
    of=ClosingReport,
    columns=(
        _words("done", "完成情况"),
        _words("effect", "工作成效", "用数据说明"),
        _words("experience", "经验做法"),
        _words("shortcomings", "存在不足"),
        _words("results", "成果清单", "一行一项"),
        Field("self_score", "自评分", FieldType.DECIMAL, hint="0至100", bounds=_PERCENT),
        _words("acceptance", "验收意见", "上级的原话，没有收到可不填"),
        Field("grade", "等次", hint="上级评定后填写", empty=""),
    ),
)


def _time_gone(project: Project, today: date) -> str | None:
    gone = time_gone(project, today)
    return None if gone is None else number_text(gone)


def _attainment(project: Project, _today: date) -> dict[str, dict[str, str | None]]:
    found = {}
    for target in project.targets:
        share = attainment(target)
        percent = None if share is None else str(share)
        found[target.indicator] = {
            "value": shown(reached_value(target)) or None,
            "percent": percent,
        }
    return found


def _evidence(project: Project, _today: date) -> list[dict[str, Any]]:
    return [
        {"name": file.name, "size": file.size, "sha256": file.sha256, "note": file.note}
        for file in project.evidence
    ]


def _overdue(project: Project, today: date) -> list[str]:
    return [step.what for step in overdue(project, today)]


PROJECT = Record(
    # Its papers go up with the numbers covered, too.
    level="public",
    code="project",
    title="项目",
    plural="projects",
    of=Project,
    fields=(
        Field("id", "编号", searched=False),
        Field(
            "title",
            "项目名称",
            required=True,
            hint="例如 “减人提效”党员攻坚",
            empty="",
            also=("书记项目名称", "课题名称"),
        ),
        Field(
            "category",
            "类别",
            FieldType.CHOICE,
            empty="",
            null=True,
            also=("项目类别", "项目类型", "项目分类"),
        ),
        Field(
            "stated_state",
            "状态",
            FieldType.CHOICE,
            choices=_STATES,
            of=ProjectState,
            json="state",
        ),
        Field(
            "secretary",
            "负责人",
            FieldType.PERSON,
            who="member",
            also=("项目负责人", "责任人", "项目责任人"),
        ),
        Field("assistant", "协助责任人", FieldType.PERSON),
        Field("phone", "联系电话", empty="", null=True, masked=True),
        TEAM,
        Field("start", "开始日期", FieldType.DATE, also=("开始时间", "启动时间", "项目开始时间")),
        Field("end", "结束日期", FieldType.DATE, also=("结束时间", "完成时间", "项目结束时间")),
        Field("declared_on", "申报日期", FieldType.DATE, also=("申报时间",)),
        Field("number", "编号", hint="上级给的编号，没有可不填", also=("项目编号",)),
        _words("background", "立项背景", also=("项目背景", "实施背景")),
        _words("problem", "拟解决的问题", also=("拟解决问题", "需解决的问题")),
        Field(
            "measures",
            "推进措施",
            FieldType.LIST,
            hint="一行一条",
            empty=(),
            also=("主要措施", "工作措施", "具体措施", "内容措施"),
        ),
        TARGETS,
        MILESTONES,
        FUNDS,
        _words("expected_effect", "预期成效", also=("预期效果", "预期成果")),
        PROGRESS,
        Field(
            "meetings",
            "关联会议",
            FieldType.LINK,
            empty=(),
            to=("meeting", "meeting.item"),
            of=MeetingLink,
        ),
        HISTORY,
        MIDTERM,
        CLOSING,
        Field("evidence", "佐证文件", FieldType.FILES, empty=(), of=EvidenceFile, json=None),
    ),
    computed=(
        Computed("percent", "完成率", lambda p, today: str(percent_complete(p, today))),
        Computed("time_gone", "时序进度", _time_gone),
        Computed("overdue", "逾期节点", _overdue, FieldType.LIST),
        Computed("attainment", "达成率", _attainment, FieldType.RECORD),
        Computed("evidence", "佐证文件", _evidence, FieldType.FILES),
    ),
    problems=project_problems,
    day="start",
    until="end",
    state="state",
    due=(Due("milestones.planned", "milestones.actual", "{what}"),),
    listed=("title", "stated_state", "percent", "time_gone", "overdue", "category"),
    people=("secretary", "assistant", "team.person"),
    identity=("title", "start"),
)
