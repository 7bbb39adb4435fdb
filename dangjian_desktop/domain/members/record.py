"""The declaration of a member: what is on the card, what holds for spans of time."""

from __future__ import annotations

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.members.importing.values import EDUCATIONS
from dangjian_desktop.domain.members.member import STATUSES, Member, MemberKind, Span
from dangjian_desktop.domain.members.problems import member_problems
from dangjian_desktop.domain.record import Record

_KINDS = MemberKind.choices()
_STATUSES = tuple((s.word, s.word) for s in STATUSES)


def _date(name: str, label: str, hint: str = "") -> Field:
    return Field(name, label, FieldType.PARTIAL_DATE, hint=hint)


def _spans(name: str, label: str, value: Field, as_of: str = "", *, several: bool = False) -> Field:
    return Field(
        name,
        label,
        FieldType.RECORDS,
        empty=(),
        of=Span,
        key="value" if several else "",
        columns=(
            value,
            _date("start", "自", "不填为一直如此"),
            _date("end", "至（不含当日）", "不填为至今"),
        ),
        json=None,
        as_of=as_of,
    )


MEMBER = Record(
    # Its papers go up with the numbers covered, too.
    level="public",
    code="member",
    title="党员",
    plural="members",
    of=Member,
    fields=(
        Field("id", "编号", searched=False),
        Field("name", "姓名", required=True, empty=""),
        Field(
            "pinyin", "拼音", hint="读音不准时填写，逐字用空格分开，例如 zeng guo liang", json=None
        ),
        Field("sex", "性别", FieldType.CHOICE, choices=(("男", "男"), ("女", "女"))),
        Field("ethnicity", "民族", FieldType.PERSON, who="text", hint="例如 汉族，可输入首字母"),
        Field("id_number", "身份证号", hint="18位", masked=True),
        _date("birth_date", "出生日期", "例如 1985-03-12"),
        Field("education", "学历", FieldType.CHOICE, choices=tuple((w, w) for w in EDUCATIONS)),
        _date("join_date", "入党时间"),
        _date("join_approved", "接收预备党员批准日期"),
        _date("full_date", "转正时间"),
        _date("full_approved", "转正批准日期"),
        _spans(
            "kinds",
            "人员类别",
            Field("value", "人员类别", FieldType.CHOICE, required=True, choices=_KINDS),
            "member_kind",
        ),
        _spans(
            "standings",
            "党籍状态",
            Field("value", "党籍状态", FieldType.CHOICE, required=True, choices=_STATUSES),
            "status",
        ),
        _spans(
            "posts",
            "党内职务",
            Field("value", "职务", required=True, hint="例如 组织委员"),
            "party_post",
            several=True,
        ),
        _spans(
            "groups",
            "党小组",
            Field("value", "党小组", FieldType.GROUP, required=True, hint="例如 第一党小组"),
            "group",
        ),
        Field("work_post", "工作岗位"),
        Field("phone", "联系电话", masked=True),
        Field("note", "备注", FieldType.LONG_TEXT, json=None),
        _spans(
            "voting_suspended",
            "暂无表决权",
            Field("value", "原因", required=True, hint="例如 留党察看"),
        ),
        _spans(
            "waived", "不作参加要求", Field("value", "原因", required=True, hint="例如 长期患病")
        ),
    ),
    problems=member_problems,
    name="{name}",
    listed=("name", "sex", "birth_date", "kinds", "groups", "posts", "join_date"),
    identity=("name", "birth_date", "id_number"),
)
