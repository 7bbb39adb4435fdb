"""Ten forms as superiors send them, made as files, each with the source that is right for each
blank: letters, ledgers, statistics with merged heads, rows of two levels, boxes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.documents.blank_forms.forms import ABOVE, LEFT, a_form
from tests.spreadsheets.blank_forms.books import a_sheet, saved

_KINDS = ("general_meeting", "committee_meeting", "group_meeting", "party_lecture", "theme_day")
_CALLED = ("支部党员大会", "支部委员会", "党小组会", "党课", "主题党日")


@dataclass(frozen=True, slots=True)
class Whole:
    """A form: what it is about, its file, and the right source by the name of the blank."""

    suffix: str
    about: str
    make: Callable[[], bytes]
    right: Mapping[str, str]


def _book(rows: tuple[tuple[str, ...], ...], ruled: str, *merged: str) -> bytes:
    cells = {
        f"{'ABCDEFGHIJKL'[column]}{number}": text
        for number, row in enumerate(rows, 1)
        for column, text in enumerate(row)
        if text
    }
    return saved(a_sheet(cells, ruled, merged=merged).parent)


def _letter() -> bytes:
    return a_form(
        "关于报送支部组织生活开展情况的函",
        "公司党委组织部：",
        "截至    年    月    日，我支部共有党员____名，其中正式党员____名、预备党员____名，"
        "下设____个党小组。支部书记______，副书记______。",
        "一、本季度共召开支部党员大会____次，支部委员会____次，党小组会____次，上党课____次，"
        "开展主题党日活动____次，党员平均参会率为____%。",
        "二、存在的主要问题：",
        "三、下一步工作打算：",
        "填报人：            联系电话：            ",
    )


def _statistic() -> bytes:
    rows = (
        ("公司党委2026年“三会一课”统计表",),
        ("填报单位（盖章）：", "", "", "", "", "填报时间："),
        ("支部名称", "党员人数", "", "", "支部党员大会", "", "支部委员会", "", "党小组会", "党课"),
        (
            "",
            "总数",
            "其中：女",
            "其中：预备",
            *("召开次数", "参会率（%）") * 2,
            "召开次数",
            "开展次数",
        ),
        ("",),
        ("审核人：", "", "", "", "填表人："),
    )
    return _book(rows, "A3:J5", "A1:J1", "A3:A4", "B3:D3", "E3:F3", "G3:H3")


def _categories() -> bytes:
    return a_form(
        "基层党组织季度工作情况报表",
        "单位：（公章）____________        负责人：____________        填报日期：____年__月__日",
        (
            ("类别", LEFT, "项目", "数量"),
            ("党员队伍", LEFT, "期末党员总数（人）", ""),
            (ABOVE, LEFT, "其中：正式党员", ""),
            (ABOVE, LEFT, "女党员", ""),
            ("组织生活", "三会", "支部党员大会（次）", ""),
            (ABOVE, ABOVE, "支委会（次）", ""),
            (ABOVE, "一课", "党课（次）", ""),
            (ABOVE, "主题党日", "开展次数（次）", ""),
            (ABOVE, "参会", "到会率（%）", ""),
            ("问题与打算", LEFT, "存在问题", ""),
            (ABOVE, LEFT, "下季度工作打算", ""),
        ),
        "审核人：            填表人：            联系电话：",
    )


def _by_kind() -> bytes:
    rows = (
        ("“三会一课”开展情况月统计表",),
        ("党组织名称：", "", "", "统计月份："),
        ("会议类别", "本月开展情况", "", "", "", "本年累计"),
        ("", "次数", "应到人次", "实到人次", "参会率（%）", "次数"),
        *((called,) for called in _CALLED),
        ("合计", "=SUM(B5:B9)"),
        ("报送人：", "", "联系电话：", "", "报送日期："),
    )
    return _book(rows, "A3:F10", "A1:F1", "A3:A4", "B3:E3")


def _by_month() -> bytes:
    rows = (
        ("第一季度组织生活统计表",),
        ("项目", "1月", "2月", "3月"),
        *((called,) for called in _CALLED),
        ("填报支部：", "", "填报人："),
    )
    return _book(rows, "A2:D7", "A1:D1")


def _branch() -> bytes:
    return a_form(
        "党支部基本情况登记表",
        "填表日期：      年   月   日",
        (
            ("党支部全称", LEFT, "", LEFT, LEFT, LEFT, LEFT),
            ("成立时间", "", "换届时间", "", "届满时间", "", LEFT),
            ("书记", "姓名", "", "副书记", "姓名", "", LEFT),
            ("支委会成员", LEFT, "", LEFT, LEFT, LEFT, LEFT),
            ("党员情况", "总数", "", "男", "", "女", ""),
            (ABOVE, "正式", "", "预备", "", "少数民族", ""),
            ("学历结构", "研究生", "", "大学本科", "", "大专", ""),
            ("党小组数", LEFT, "", "平均年龄（岁）", LEFT, "", LEFT),
            ("上级党组织意见", LEFT, "\n\n（盖章）\n    年   月   日", LEFT, LEFT, LEFT, LEFT),
        ),
    )


def _ledger() -> bytes:
    return a_form(
        "党支部及党员获得荣誉情况登记台账",
        "填报党组织：                          填报时间：",
        (
            ("序号", "表彰时间", "获得者", "荣誉名称", "表彰单位", "表彰级别"),
            *([("",) * 6] * 3),
        ),
    )


def _roster() -> bytes:
    heads = ("序号", "姓名", "性别", "民族", "出生日期", "学历", "入党日期", "党内职务", "联系方式")
    rows = (
        ("党员基本信息采集表",),
        ("党支部：", "", "", "", "", "填报日期："),
        heads,
        *(("",),) * 10,
        ("合计",),
        ("填报人：", "", "审核人："),
    )
    return _book(rows, "A3:I14", "A1:I1")


def _meeting() -> bytes:
    boxes = "□支部党员大会 □支委会 □党小组会 □党课 □主题党日"
    return a_form(
        "“三会一课”记录表",
        (
            ("会议名称", "", LEFT, LEFT),
            ("时    间", "", "地    点", ""),
            ("主 持 人", "", "记 录 人", ""),
            ("应到人数", "", "实到人数", ""),
            ("缺席人员及原因", "", LEFT, LEFT),
            ("会议议题", "", LEFT, LEFT),
            ("会议类型", boxes, LEFT, LEFT),
            ("会议内容", "\n\n\n", LEFT, LEFT),
            ("形成的决议", "", LEFT, LEFT),
        ),
        "记录人签字：____________    主持人签字：____________",
    )


def _project() -> bytes:
    rows = (
        ("书记项目推进情况月报",),
        ("项目名称",),
        ("申报支部", "", "项目负责人"),
        ("项目起止时间", "", "报告月份"),
        ("本月进展情况",),
        ("存在的问题",),
        ("需上级协调解决的事项",),
        ("下月工作计划",),
        ("完成率（%）", "", "时序进度（%）"),
        ("党支部意见",),
        ("填报日期：",),
    )
    wide = (f"B{row}:D{row}" for row in (2, 5, 6, 7, 8, 10))
    return _book(rows, "A2:D10", "A1:D1", *wide)


def _counts(prefix: str, source: str) -> dict[str, str]:
    pairs = zip(_CALLED, _KINDS, strict=True)
    return {prefix.format(called): source.format(kind) for called, kind in pairs}


FORMS = {
    "函": Whole(
        ".docx",
        "",
        _letter,
        {
            "截至": "period.cutoff",
            "共有党员": "members.total",
            "其中正式党员": "members.formal",
            "预备党员": "members.probationary",
            "党小组": "groups.total",
            "支部书记": "branch.secretary",
            "副书记": "branch.deputy",
            "本季度共召开支部党员大会": "general_meeting.held",
            "支部委员会": "committee_meeting.held",
            "党小组会": "group_meeting.held",
            "上党课": "party_lecture.held",
            "开展主题党日活动": "theme_day.held",
            "党员平均参会率为": "attendance.rate",
            "存在的主要问题": "words.problems",
            "下一步工作打算": "words.plans",
            "填报人": "words.filled_by",
        },
    ),
    "统计": Whole(
        ".xlsx",
        "",
        _statistic,
        {
            "填报单位（盖章）": "branch.name",
            "填报时间": "as_of",
            "支部名称": "branch.name",
            "总数": "members.total",
            "其中女": "members.women",
            "其中预备": "members.probationary",
            "支部党员大会·召开次数": "general_meeting.held",
            "支部党员大会·参会率（%）": "general_meeting.rate",
            "支部委员会·召开次数": "committee_meeting.held",
            "支部委员会·参会率（%）": "committee_meeting.rate",
            "党小组会·召开次数": "group_meeting.held",
            "开展次数": "party_lecture.held",
            "审核人": "words.reviewed_by",
            "填表人": "words.filled_by",
        },
    ),
    "分类": Whole(
        ".docx",
        "",
        _categories,
        {
            "单位（公章）": "branch.name",
            "负责人": "branch.secretary",
            "填报日期": "as_of",
            "期末党员总数（人）": "members.total",
            "其中正式党员": "members.formal",
            "女党员": "members.women",
            "支部党员大会（次）": "general_meeting.held",
            "支委会（次）": "committee_meeting.held",
            "党课（次）": "party_lecture.held",
            "开展次数（次）": "theme_day.held",
            "到会率（%）": "attendance.rate",
            "存在问题": "words.problems",
            "下季度工作打算": "words.plans",
            "审核人": "words.reviewed_by",
            "填表人": "words.filled_by",
        },
    ),
    "分会议": Whole(
        ".xlsx",
        "",
        _by_kind,
        {
            "党组织名称": "branch.name",
            "统计月份": "period",
            **_counts("本月开展情况·{}·次数", "{}.held"),
            **_counts("本月开展情况·{}·应到人次", "{}.expected"),
            **_counts("本月开展情况·{}·实到人次", "{}.present"),
            **_counts("本月开展情况·{}·参会率（%）", "{}.rate"),
            **_counts("本年累计·{}·次数", "year.{}.held"),
            "报送人": "words.filled_by",
            "报送日期": "as_of",
        },
    ),
    "分月": Whole(
        ".xlsx",
        "",
        _by_month,
        {
            **_counts("{}·1月", "month.1.{}.held"),
            **_counts("{}·2月", "month.2.{}.held"),
            **_counts("{}·3月", "month.3.{}.held"),
            "填报支部": "branch.name",
            "填报人": "words.filled_by",
        },
    ),
    "支部": Whole(
        ".docx",
        "",
        _branch,
        {
            "填表日期": "as_of",
            "党支部全称": "branch.name",
            "成立时间": "branch.founded",
            "换届时间": "branch.term_start",
            "届满时间": "branch.term_end",
            "书记·姓名": "branch.secretary",
            "副书记·姓名": "branch.deputy",
            "支委会成员": "branch.committee",
            "总数": "members.total",
            "男": "members.men",
            "女": "members.women",
            "正式": "members.formal",
            "预备": "members.probationary",
            "少数民族": "members.minority",
            "研究生": "members.education.graduate",
            "大学本科": "members.education.bachelor",
            "大专": "members.education.college",
            "党小组数": "groups.total",
            "平均年龄（岁）": "members.age.mean",
        },
    ),
    "荣誉": Whole(
        ".docx",
        "",
        _ledger,
        {
            "填报党组织": "branch.name",
            "填报时间": "as_of",
            "序号、表彰时间、获得者、荣誉名称、表彰单位、表彰级别": (
                "ledger:awards[number,day,winners,honour,awarded_by,rank]"
            ),
        },
    ),
    "采集": Whole(
        ".xlsx",
        "",
        _roster,
        {
            "党支部": "branch.name",
            "填报日期": "as_of",
            "序号、姓名、性别、民族、出生日期、学历、入党日期、党内职务、联系方式": (
                "members[number,name,sex,ethnicity,birth_date,education,join_date,party_post,phone]"
            ),
            "填报人": "words.filled_by",
            "审核人": "words.reviewed_by",
        },
    ),
    "会议": Whole(
        ".docx",
        "meeting",
        _meeting,
        {
            "会议名称": "meeting.title",
            "时间": "meeting.when",
            "地点": "meeting.place",
            "主持人": "meeting.host",
            "记录人": "meeting.recorder",
            "应到人数": "meeting.expected",
            "实到人数": "meeting.there",
            "缺席人员及原因": "meeting.not_there",
            "会议议题": "meeting.topics",
            "会议类型": "meeting.kinds",
            "会议内容": "meeting.content",
            "形成的决议": "meeting.resolutions",
        },
    ),
    "推进": Whole(
        ".xlsx",
        "project",
        _project,
        {
            "项目名称": "project.title",
            "申报支部": "branch.name",
            "项目负责人": "project.secretary",
            "项目起止时间": "project.span",
            "报告月份": "period",
            "本月进展情况": "project.entry.done",
            "存在的问题": "project.entry.problems",
            "需上级协调解决的事项": "project.entry.coordination",
            "下月工作计划": "project.entry.next",
            "完成率（%）": "project.percent",
            "时序进度（%）": "project.time_gone",
            "填报日期": "as_of",
        },
    ),
}
