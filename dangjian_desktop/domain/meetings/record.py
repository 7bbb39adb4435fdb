"""The declaration of a meeting: its fields, in the order of the contract and of the paper."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dangjian_desktop.domain.fields import Bounds, Field, FieldType
from dangjian_desktop.domain.meetings.meeting import (
    Action,
    AgendaItem,
    Attendance,
    Candidate,
    Exclusion,
    LateEntry,
    Matter,
    Meeting,
    Observer,
    Presence,
    Speech,
    Stated,
    Vote,
    VoteMethod,
)
from dangjian_desktop.domain.meetings.problems import meeting_problems
from dangjian_desktop.domain.record import Declared, Due, Problem, Record, Shape


def _count(name: str, label: str, *, sparse: bool = False) -> Field:
    return Field(name, label, FieldType.INTEGER, unit="票", sparse=sparse)


ATTENDANCE = Field(
    "attendance",
    "出席情况",
    FieldType.RECORDS,
    empty=(),
    of=Attendance,
    key="person",
    columns=(
        Field("person", "姓名", FieldType.PERSON, required=True, who="member", json="name"),
        Field(
            "presence",
            "到会情况",
            FieldType.CHOICE,
            required=True,
            of=Presence,
            choices=Presence.choices(),
        ),
        Field("reason", "原因"),
        Field("made_up", "补学情况"),
    ),
)
EXCLUDED = Field(
    "excluded",
    "不计入应到",
    FieldType.RECORDS,
    empty=(),
    of=Exclusion,
    columns=(
        Field("person", "姓名", FieldType.PERSON, required=True, who="member", json="name"),
        Field("reason", "原因", hint="例如 长期患病、生活不能自理", empty=""),
        Field("consent", "上级同意情况", hint="例如 上级党委3月2日批复"),
        Field("approved_on", "党员大会通过日期", FieldType.DATE),
    ),
)
STATED = Field(
    "stated",
    "记录人数",
    FieldType.RECORD,
    of=Stated,
    columns=(
        Field("eligible", "记录应到", FieldType.INTEGER, unit="人"),
        Field("present", "记录实到", FieldType.INTEGER, unit="人"),
    ),
)
OBSERVERS = Field(
    "observers",
    "列席人员",
    FieldType.RECORDS,
    empty=(),
    of=Observer,
    columns=(
        Field("name", "姓名", required=True),
        Field("role", "身份", hint="例如 入党积极分子"),
    ),
)
SPEECHES = Field(
    "speeches",
    "发言",
    FieldType.RECORDS,
    empty=(),
    of=Speech,
    columns=(
        Field("speaker", "发言人", FieldType.PERSON, required=True),
        Field("text", "发言内容", FieldType.LONG_TEXT, required=True),
    ),
)
VOTE = Field(
    "vote",
    "表决",
    FieldType.RECORD,
    of=Vote,
    columns=(
        Field(
            "method",
            "表决方式",
            FieldType.CHOICE,
            of=VoteMethod,
            choices=VoteMethod.choices(),
        ),
        _count("issued", "发出", sparse=True),
        _count("returned", "收回", sparse=True),
        _count("void", "废票", sparse=True),
        _count("yes", "赞成", sparse=True),
        _count("no", "反对", sparse=True),
        _count("abstain", "弃权", sparse=True),
        _count("written_yes", "书面赞成", sparse=True),
        _count("written_no", "书面反对", sparse=True),
        _count("written_abstain", "书面弃权", sparse=True),
    ),
)
CANDIDATES = Field(
    "candidates",
    "候选人",
    FieldType.RECORDS,
    empty=(),
    of=Candidate,
    columns=(
        Field("name", "姓名", required=True),
        _count("yes", "赞成"),
        _count("no", "反对"),
        _count("abstain", "弃权"),
        _count("written_yes", "书面赞成"),
        Field("elected", "是否当选", FieldType.YES_NO),
    ),
)
ACTIONS = Field(
    "actions",
    "议定事项",
    FieldType.RECORDS,
    empty=(),
    of=Action,
    columns=(
        Field("id", "编号", empty="", searched=False, sparse=True),
        Field("what", "事项", FieldType.LONG_TEXT, required=True),
        Field("responsible", "责任人", FieldType.PERSON),
        Field("due", "完成时限", FieldType.DATE),
        Field("standard", "完成标准", FieldType.LONG_TEXT),
        Field("checker", "检查人", FieldType.PERSON),
    ),
)
AGENDA = Field(
    "agenda",
    "议题",
    FieldType.RECORDS,
    empty=(),
    of=AgendaItem,
    columns=(
        Field("id", "编号", searched=False),
        Field("topic", "议题", required=True, hint="议题，例如 讨论接收预备党员", empty=""),
        Field(
            "matter",
            "事项类别",
            FieldType.CHOICE,
            hint="一般事项",
            empty=Matter.GENERAL,
            of=Matter,
            choices=Matter.choices(),
        ),
        Field("person", "当事人", hint="姓名"),
        Field("source", "来源", hint="学习来源，例如 《求是》2025年第3期", sparse=True),
        Field("reporter", "汇报人", FieldType.PERSON, hint="汇报人（领学人）"),
        Field(
            "minutes",
            "时长",
            FieldType.INTEGER,
            hint="时长",
            unit="分钟",
            bounds=Bounds(least=Decimal(1), most=Decimal(999)),
        ),
        Field("content", "研究情况", FieldType.LIST, hint="研究情况，一行一段", empty=()),
        SPEECHES,
        VOTE,
        Field(
            "seats",
            "应选名额",
            FieldType.INTEGER,
            unit="名",
            bounds=Bounds(least=Decimal(1), most=Decimal(99)),
            sparse=True,
        ),
        Field(
            "round",
            "第几轮投票",
            FieldType.INTEGER,
            hint="再次投票、另行选举填 2",
            bounds=Bounds(least=Decimal(1), most=Decimal(9)),
            sparse=True,
        ),
        CANDIDATES,
        Field("resolution", "决议", FieldType.LONG_TEXT, hint="例如 同意……"),
        ACTIONS,
    ),
)
LATE_ENTRY = Field(
    "late_entry",
    "补录说明",
    FieldType.RECORD,
    of=LateEntry,
    columns=(
        Field("entered_on", "录入日期", FieldType.DATE, required=True),
        Field("reason", "补录原因", required=True, hint="例如 会议当日停电，事后按纸质记录补录"),
        Field("paper_original", "有纸质原始记录", FieldType.YES_NO),
    ),
)
FILES = Field("files", "附件", FieldType.FILES, empty=(), sparse=True)


def _grouped(written: Mapping[str, Any]) -> dict[str, Any]:
    """Attendance as the contract has it: names by where they stood, more only where it is told."""
    found: dict[str, Any] = {presence.value: [] for presence in Presence}
    for row in written["attendance"]:
        told = {name: part for name, part in row.items() if name != "presence"}
        if row["presence"] != Presence.LEAVE and not (row["reason"] or row["made_up"]):
            del told["reason"], told["made_up"]
            told = told if len(told) > 1 else told["name"]
        found[row["presence"]].append(told)
    found["excluded"] = written["excluded"]
    rest = {name: part for name, part in written.items() if name != "excluded"}
    return rest | {"attendance": found}


def _flat(plain: Mapping[str, Any]) -> tuple[Mapping[str, Any], list[Problem]]:
    """The same as two lists of rows, and what does not fit; JSON tells of files, it brings none."""
    plain = {name: told for name, told in plain.items() if name != FILES.name}
    part = plain.get("attendance")
    if part is not None and not isinstance(part, Mapping):
        return plain, [Problem("attendance", "应为一个对象（{…}）")]
    problems = [Problem("excluded", "不是可识别的名称，请核对拼写")] if "excluded" in plain else []
    rows: list[dict[str, Any]] = []
    codes = [presence.value for presence in Presence]
    for code, entries in (part or {}).items():
        if code not in (*codes, "excluded"):
            words = "不是可识别的名称，请核对拼写"
            problems.append(Problem(f"attendance.{code}", words))
        elif entries is not None and not isinstance(entries, list):
            problems.append(Problem(f"attendance.{code}", "应为列表（[…]）"))
        elif code != "excluded":
            told = (e if isinstance(e, Mapping) else {"name": e} for e in entries or ())
            rows += ({**entry, "presence": code} for entry in told)
    rows.sort(key=lambda row: codes.index(row["presence"]))
    excluded = (part or {}).get("excluded")
    kept = excluded if isinstance(excluded, list) else []
    return {**plain, "attendance": rows, "excluded": kept}, problems


def _details(meeting: Any, declared: Declared) -> tuple[Field, ...]:
    codes = meeting["kinds"] if isinstance(meeting, Mapping) else meeting.kinds
    return declared.kinds.fields_of(codes or ())


MEETING = Record(
    # Its papers go up with the numbers covered, too.
    level="public",
    code="meeting",
    title="会议",
    plural="meetings",
    of=Meeting,
    fields=(
        Field("id", "编号", searched=False),
        Field("kinds", "会议类型", FieldType.CHOICES, required=True, empty=()),
        Field("number", "第几次", FieldType.INTEGER),
        Field("title", "会议名称", required=True, empty=""),
        Field("for_year", "年度", FieldType.YEAR),
        Field(
            "date",
            "日期",
            FieldType.DATE,
            required=True,
            also=("会议日期", "召开日期", "活动日期"),
        ),
        Field("start", "开始", FieldType.TIME),
        Field("end", "结束", FieldType.TIME),
        Field("place", "地点", also=("会议地点", "召开地点", "活动地点")),
        Field("host", "主持人", FieldType.PERSON, also=("会议主持人", "主持")),
        Field("delegated_by", "委托人", FieldType.PERSON, hint="受谁委托主持"),
        Field("recorder", "记录人", FieldType.PERSON, also=("会议记录人", "记录")),
        Field("group", "党小组", FieldType.GROUP, hint="请选择"),
        ATTENDANCE,
        EXCLUDED,
        STATED,
        OBSERVERS,
        AGENDA,
        Field("closing", "主持人小结", FieldType.LONG_TEXT, hint="一行一段"),
        Field("details", "本类会议的内容", FieldType.RECORD, empty={}),
        Field(
            "activity",
            "同一活动",
            hint="分批举行的各场填写同一名称，例如 2026年3月主题党日",
            bounds=Bounds(longest=100),
        ),
        LATE_ENTRY,
        FILES,
    ),
    more_fields=_details,
    more_in="details",
    shape=Shape(_grouped, _flat),
    problems=meeting_problems,
    day="date",
    due=(Due("agenda.actions.due", text="{what}"),),
    listed=("date", "kinds", "title"),
    people=(
        *("host", "delegated_by", "recorder", "attendance.person", "excluded.person"),
        *("agenda.speeches.speaker", "agenda.actions.responsible", "agenda.actions.checker"),
    ),
    identity=("kinds", "date", "start", "group"),
)
