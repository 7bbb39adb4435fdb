"""The declaration of a talk."""

from __future__ import annotations

from dangjian_desktop.domain.fields import Bounds, Field, FieldType
from dangjian_desktop.domain.levels import Level
from dangjian_desktop.domain.record import Due, Record
from dangjian_desktop.domain.talks.talk import HeartTalk, Occasion, talk_problems

_SHORT = Bounds(longest=100)

HEART_TALK = Record(
    code="heart_talk",
    title="谈心谈话",
    plural="heart_talks",
    of=HeartTalk,
    fields=(
        Field("id", "编号"),
        Field("day", "谈话日期", FieldType.DATE, required=True),
        Field("talkers", "谈话人", FieldType.PEOPLE, required=True, empty=()),
        Field("partners", "谈话对象", FieldType.PEOPLE, required=True, empty=()),
        Field("place", "地点", empty="", bounds=_SHORT),
        Field(
            *("occasion", "谈话时机", FieldType.CHOICE),
            choices=Occasion.choices(),
            of=Occasion,
        ),
        Field("about", "时机说明", empty="", bounds=_SHORT, level=Level.SENSITIVE),
        Field("gist", "内容要点", FieldType.LONG_TEXT, empty="", level=Level.SENSITIVE),
        Field("opinion", "意见建议", FieldType.LONG_TEXT, empty="", level=Level.SENSITIVE),
        Field("follow_up", "跟进事项", FieldType.LONG_TEXT, empty="", level=Level.SENSITIVE),
        Field("follow_by", "跟进人", FieldType.PERSON, who="member"),
        Field("follow_due", "跟进期限", FieldType.DATE),
        Field("followed", "办结日期", FieldType.DATE),
        Field("kept", "纸质记录存放处", empty="", bounds=_SHORT, hint="例如 文件柜，谈话记录盒"),
    ),
    problems=talk_problems,
    name="{talkers}与{partners}谈心谈话",
    day="day",
    due=(Due("follow_due", "followed", "跟进事项"),),
    listed=("day", "talkers", "partners", "occasion", "follow_due"),
    people=("talkers", "partners", "follow_by"),
    identity=("day", "talkers", "partners"),
)
