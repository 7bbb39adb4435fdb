"""Which field a heading names: by its whole text, else by its parts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from dangjian_desktop.domain.texts import squeeze

_ALIASES = {
    "name": "姓名 党员姓名 名字 成员姓名 人员姓名 本人姓名",
    "sex": "性别",
    "ethnicity": "民族",
    "id_number": "身份证号 身份证号码 公民身份号码 公民身份证号码 公民身份证号 身份证 居民身份证号"
    " 居民身份证号码 身份号码 证件号码 身份证件号码",
    "birth_date": "出生日期 出生年月 出生年月日 生日 出生时间",
    "education": "学历 文化程度 最高学历 学历情况 学历层次",
    "join_date": "入党时间 入党日期 入党年月 加入党组织日期 加入党组织时间 加入中共日期"
    " 加入中共时间 加入中共组织日期 加入中国共产党日期 加入中国共产党时间"
    " 成为预备党员日期 成为预备党员时间"
    " 接收为预备党员日期 入党年月日",
    "full_date": "转正时间 转正日期 转正年月 转为正式党员日期 转为正式党员时间 成为正式党员日期"
    " 成为正式党员时间 转正年月日",
    "join_approved": "接收预备党员批准日期 接收预备党员批准时间 预备党员批准日期 入党批准日期"
    " 批准入党日期 批准入党时间 入党批准时间",
    "full_approved": "转正批准日期 转正批准时间 批准转正日期 批准转正时间",
    "member_kind": "人员类别 党员类别 党员类型 党内状态 政治面貌 党员身份 人员类型 正式预备",
    "status": "党籍状态 状态 党籍情况",
    "party_post": "党内职务 支部职务 党支部职务 党内任职 支委职务 支部任职 党内分工",
    "group": "党小组 所在党小组 所属党小组 党小组名称 小组",
    "work_post": "工作岗位 工作单位及职务 单位及职务 岗位 行政职务 职务 单位职务 职称 工种 班组"
    " 部门 所在部门 工作部门 工作单位",
    "phone": "手机号 手机号码 联系电话 电话 手机 联系方式 电话号码 移动电话 联系号码 本人电话",
    "note": "备注 备注说明 说明",
}
_SERIAL = frozenset({"序号", "编号", "NO", "NO.", "号"})
_ORDER = {
    label: (name, rank)
    for name, labels in _ALIASES.items()
    for rank, label in enumerate(labels.split())
}
FIELDS = tuple(_ALIASES)
"""Every field that a column can hold."""

POST_AND_GROUP = "party_post/group"
"""A column with a post and a party group in one cell, such as 组织委员/第一党小组."""

SERIAL = "serial"
"""A column that only counts the rows; it is never kept."""

LABELS = {
    "name": "姓名",
    "sex": "性别",
    "ethnicity": "民族",
    "id_number": "身份证号",
    "birth_date": "出生日期",
    "education": "学历",
    "join_date": "入党时间",
    "full_date": "转正时间",
    "join_approved": "接收预备党员批准日期",
    "full_approved": "转正批准日期",
    "member_kind": "人员类别",
    "status": "党籍状态",
    "party_post": "党内职务",
    "group": "党小组",
    "work_post": "工作岗位",
    "phone": "联系电话",
    "note": "备注",
}
"""How each field is called in sentences."""

_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|【.*?】|[*:：#]+")
_JOINTS = re.compile(r"[/\\、|&,，;；()]|及|和|与")

_OTHERS = re.compile(
    r"介绍人|联系人|配偶|家属|家庭成员|父|母|子女|紧急|谈话人|证明人|曾用|接收人|经办"
)
"""Words of headings above and in columns that are about somebody else."""

_DAY = "时间|日期|年月|时点"
_PRELUDE = (
    "申请|积极分子|对象|培训|考察|谈话|公示|政审|备案|讨论|宣誓|志愿|到期|届满|截止|应|预计|拟|延长"
)
_MOVES = "转入|转出|进入|调入|调出|组织关系|支部|校正"


class _Parts(NamedTuple):
    """A heading that has each of ``all`` and none of ``never`` names the field."""

    field: str
    all: tuple[str, ...]
    never: str = "$^"


_BY_PARTS = tuple(
    (parts.field, tuple(map(re.compile, parts.all)), re.compile(parts.never))
    for parts in (
        _Parts("name", (r"^(?:党员|成员|人员|本人|同志|职工|学生|教师|干部)?姓名(?:栏|一栏)?$",)),
        _Parts("full_approved", ("转正|正式党员", "批准|审批|批复", _DAY), _PRELUDE),
        _Parts(
            "join_approved", ("入党|预备党员|接收", "批准|审批|批复", _DAY), f"转正|正式|{_PRELUDE}"
        ),
        _Parts("full_date", ("转正|正式党员", _DAY), f"批准|审批|批复|{_PRELUDE}|{_MOVES}"),
        _Parts(
            "join_date",
            ("入党|预备党员|加入.*党|吸收.*党", _DAY),
            f"批准|审批|批复|转正|正式|{_PRELUDE}|{_MOVES}",
        ),
        _Parts("birth_date", ("出生|生日", f"{_DAY}|日"), "地"),
        _Parts("id_number", ("身份证|公民身份",), "地址|住址|有效|签发|复印|照片|机关"),
        _Parts("sex", ("性别",)),
        _Parts("ethnicity", ("民族",)),
        _Parts("education", ("学历|文化程度",), "证书|编号|时间|专业|院校"),
        _Parts(
            "party_post", ("党内|支部|支委|党组织|党务|党小组", "职务|任职|分工"), f"单位|{_DAY}"
        ),
        _Parts("group", ("小组",), f"组长|人数|电话|{_DAY}"),
        _Parts("member_kind", ("人员|党员|政治", "类别|类型|面貌|身份"), "社会|单位|证"),
        _Parts("status", ("党籍",), f"所在|地址|{_DAY}"),
        _Parts("phone", ("电话|手机|联系方式",), "是否"),
        _Parts("work_post", ("岗位|职务|职称|工种|班组|部门|工作单位",), f"地址|级别|电话|{_DAY}"),
        _Parts("note", ("备注|说明",), f"党籍|{_DAY}"),
    )
)
_BEHIND_ALL_NAMES = 1000


def names_of(name: str) -> tuple[str, ...]:
    """Every heading that is a known name of the field."""
    return tuple(_ALIASES.get(name, "").split())


@lru_cache(maxsize=4096)
def field_of(label: str) -> tuple[str, int] | None:
    """The field behind a heading and how far down the list of its names it stands.

    A heading that is no known name is told by its parts, behind all known names.
    """
    text = squeeze(label)
    if text.upper() in _SERIAL:
        return SERIAL, 0
    if text in _ORDER:
        return _ORDER[text]
    parts = {_part_field(part) for part in _JOINTS.split(text) if part}
    if parts == {"party_post", "group"}:
        return POST_AND_GROUP, 0
    bare = _BRACKETS.sub("", text)
    return _ORDER.get(bare) or _by_parts(bare)


def is_known(label: str) -> bool:
    """Whether the heading is a known name of a field, not only told by its parts."""
    found = field_of(label)
    return found is not None and found[1] < _BEHIND_ALL_NAMES


def of_another(label: str) -> bool:
    """Whether a heading is about somebody else: 介绍人, 配偶, 紧急联系人."""
    return _OTHERS.search(label) is not None


def _by_parts(text: str) -> tuple[str, int] | None:
    if len(text) < 2 or of_another(text):
        return None
    for place, (name, every, never) in enumerate(_BY_PARTS):
        if all(part.search(text) for part in every) and not never.search(text):
            return name, _BEHIND_ALL_NAMES + place
    return None


def _part_field(part: str) -> str | None:
    found = _ORDER.get(part)
    if found is None:
        return None
    return "party_post" if part == "职务" else found[0]
