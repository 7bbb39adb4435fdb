"""The declaration of a 责任状."""

from __future__ import annotations

from dangjian_desktop.domain.agreements.agreement import (
    Agreement,
    Promise,
    Undertaking,
    Withdrawal,
    agreement_problems,
)
from dangjian_desktop.domain.fields import Bounds, Field, FieldType
from dangjian_desktop.domain.record import Record

_SHORT, _LINE = Bounds(longest=50), Bounds(longest=100)

UNDERTAKINGS = Field(
    "signed_items",
    "签订时的责任事项",
    FieldType.RECORDS,
    empty=(),
    asked=False,
    of=Undertaking,
    columns=(
        Field("content", "责任事项", FieldType.LONG_TEXT, required=True, empty=""),
        Field("standard", "工作标准", FieldType.LONG_TEXT, empty=""),
        Field("responsible", "责任人", empty=""),
        Field("due", "完成时限", FieldType.DATE),
        Field("department", "考核部门", empty=""),
    ),
)
PROMISES = Field(
    "signed_indicators",
    "签订时的指标",
    FieldType.RECORDS,
    empty=(),
    asked=False,
    of=Promise,
    columns=(
        Field("name", "指标", required=True, empty=""),
        Field("unit", "单位", empty=""),
        Field("baseline", "基准", FieldType.DECIMAL),
        Field("target", "目标值", FieldType.DECIMAL),
        Field("value", "签订时的值", FieldType.DECIMAL),
        Field("source", "数据来源", empty=""),
    ),
)
WITHDRAWALS = Field(
    "withdrawals",
    "撤回签订",
    FieldType.RECORDS,
    empty=(),
    asked=False,
    of=Withdrawal,
    columns=(
        Field("on", "撤回日期", FieldType.DATE, required=True),
        Field("signed_on", "原签订日期", FieldType.DATE, required=True),
        Field("reason", "原因", FieldType.LONG_TEXT, required=True, empty=""),
    ),
)

AGREEMENT = Record(
    code="duty_agreement",
    title="责任状",
    plural="records",
    of=Agreement,
    fields=(
        Field("id", "编号"),
        Field("title", "名称", required=True, empty="", bounds=_LINE, hint="例如 2026年度责任状"),
        Field("issuer", "下达人", FieldType.PERSON, hint="可以是上级的负责人"),
        Field("issuer_post", "下达人职务", empty="", bounds=_SHORT),
        Field("signer", "责任人", FieldType.PERSON, required=True),
        Field("signer_post", "责任人职务", empty="", bounds=_SHORT),
        Field("starts", "期限起", FieldType.DATE, required=True),
        Field("ends", "期限止", FieldType.DATE, required=True),
        Field("items", "责任事项", FieldType.LINK, to=("item",), empty=()),
        Field("indicators", "指标", FieldType.LINK, to=("indicator",), empty=()),
        Field(
            *("clauses", "承诺条款", FieldType.LONG_TEXT),
            empty="",
            hint="条款是本支部自己的话，一行一条，程序不提供；可从自己的 Word 模板取",
        ),
        Field("signed_on", "签订日期", FieldType.DATE, asked=False),
        UNDERTAKINGS,
        PROMISES,
        WITHDRAWALS,
        Field("files", "签字扫描件", FieldType.FILES, empty=()),
        Field("public_place", "公开地点", empty="", bounds=_LINE),
        Field("public_from", "公开起", FieldType.DATE),
        Field("public_until", "公开止", FieldType.DATE),
        Field("note", "备注", FieldType.LONG_TEXT, empty=""),
    ),
    problems=agreement_problems,
    name="{title} {signer}",
    day="starts",
    listed=("title", "signer", "starts", "ends", "signed_on"),
    people=("issuer", "signer"),
    identity=("title", "signer", "starts"),
)
