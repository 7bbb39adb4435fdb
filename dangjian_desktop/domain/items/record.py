"""The declaration of a tracked item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dangjian_desktop.domain.fields import Bounds, Field, FieldType
from dangjian_desktop.domain.items.item import (
    ONE,
    FollowUp,
    Item,
    ItemKind,
    ItemState,
    Source,
    Step,
    item_problems,
)
from dangjian_desktop.domain.record import Due, Problem, Record, Shape

_SHORT = Bounds(longest=100)


def _single(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {**plain, **{name: next(iter(plain[name] or ()), None) for name in ONE}}


def _listed(plain: Mapping[str, Any]) -> tuple[Mapping[str, Any], list[Problem]]:
    found = dict(plain)
    # The contract writes them as one, not as a list.
    for name in ONE:
        told = found.get(name)
        if not isinstance(told, list | tuple):
            found[name] = [] if told is None else [told]
    return found, []


FOLLOW_UPS = Field(
    "follow_ups",
    "办理情况",
    FieldType.RECORDS,
    empty=(),
    of=FollowUp,
    columns=(
        Field("on", "日期", FieldType.DATE, required=True),
        Field("by", "登记人", FieldType.PERSON),
        Field("text", "办理情况", FieldType.LONG_TEXT, required=True, empty=""),
    ),
)
HISTORY = Field(
    "history",
    "办理过程",
    FieldType.RECORDS,
    empty=(),
    of=Step,
    columns=(
        Field(
            *("state", "状态", FieldType.CHOICE),
            required=True,
            of=ItemState,
            choices=ItemState.choices(),
        ),
        Field("on", "日期", FieldType.DATE, required=True),
        Field("by", "办理人", FieldType.PERSON),
        Field("note", "说明", FieldType.LONG_TEXT, empty="", null=True),
        Field("was_due", "原完成时限", FieldType.DATE, sparse=True),
    ),
)

ITEM = Record(
    code="item",
    title="事项",
    plural="records",
    of=Item,
    fields=(
        Field("id", "编号"),
        Field(
            *("kind", "列入", FieldType.CHOICE),
            required=True,
            of=ItemKind,
            choices=ItemKind.choices(),
        ),
        Field("number", "登记号", empty="", null=True, bounds=_SHORT, hint="例如 2026-12"),
        Field("content", "内容", FieldType.LONG_TEXT, required=True, empty=""),
        Field("found_on", "提出日期", FieldType.DATE, required=True),
        Field(
            *("source", "来源", FieldType.CHOICE),
            of=Source,
            choices=Source.choices(),
        ),
        Field(
            *("source_ref", "来源记录", FieldType.LINK),
            to=(
                *("meeting", "meeting.item", "heart_talk", "project", "package"),
                *("assessment", "assessment.criteria", "ledger"),
            ),
            empty=(),
        ),
        Field(
            *("source_key", "来源标记"),
            empty="",
            searched=False,
            told=False,
            sparse=True,
            null=True,
        ),
        Field("problem", "所属问题", FieldType.LINK, to=("item",), empty=()),
        Field("category", "类别", empty="", null=True, bounds=_SHORT, hint="例如 组织生活"),
        Field("priority", "业务重点", FieldType.LINK, to=("priority",), empty=()),
        Field("measure", "措施", FieldType.LONG_TEXT, empty="", null=True),
        Field("leader", "责任领导", FieldType.PERSON),
        Field("responsible", "责任人", FieldType.PERSON),
        Field("due", "完成时限", FieldType.DATE),
        Field("standard", "工作标准", FieldType.LONG_TEXT, empty="", null=True),
        Field("department", "考核部门", empty="", null=True, bounds=_SHORT),
        Field("verifier", "核查人", FieldType.PERSON),
        Field(
            *("same_because", "核查人与责任人相同的原因"),
            empty="",
            null=True,
            hint="例如 支部不设委员会",
        ),
        Field(
            *("state", "状态", FieldType.CHOICE),
            empty=ItemState.OPEN,
            of=ItemState,
            choices=ItemState.choices(),
        ),
        FOLLOW_UPS,
        Field(
            "evidence",
            "佐证材料",
            FieldType.LONG_TEXT,
            empty="",
            null=True,
            hint="一行一件；没有书面佐证的，写明原因",
        ),
        Field("files", "佐证附件", FieldType.FILES, empty=(), sparse=True),
        Field(
            *("no_evidence_because", "无书面佐证的原因", FieldType.LONG_TEXT),
            empty="",
            null=True,
            hint="有佐证材料的不用填写",
        ),
        HISTORY,
    ),
    shape=Shape(_single, _listed),
    problems=item_problems,
    name="{content}",
    day="found_on",
    until="closed_on",
    state="state",
    due=(Due("due", "handed_in", "应办结"),),
    listed=("number", "content", "responsible", "due", "state", "source"),
    people=("leader", "responsible", "verifier", "follow_ups.by", "history.by"),
    identity=("kind", "content", "found_on", "responsible"),
)
