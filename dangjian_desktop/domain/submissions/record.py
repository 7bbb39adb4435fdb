"""The declaration of a package."""

from __future__ import annotations

from decimal import Decimal

from dangjian_desktop.domain.fields import Bounds, Field, FieldType
from dangjian_desktop.domain.record import Record
from dangjian_desktop.domain.submissions.package import (
    Package,
    PackedFile,
    Profile,
    package_problems,
)

_FROM_ONE = Bounds(least=Decimal(1))
_FILES = (
    Field("title", "材料", required=True, empty=""),
    Field("name", "文件名", required=True, empty=""),
    Field("version", "版次", FieldType.INTEGER, required=True, bounds=_FROM_ONE, empty=1),
    Field(
        *("size", "字节", FieldType.INTEGER),
        required=True,
        bounds=Bounds(least=Decimal(0)),
        told=False,
    ),
    Field("sha256", "校验值", required=True, empty="", told=False),
    Field("paper", "材料编码", required=True, empty="", told=False),
    Field("about", "所关于的记录", empty="", told=False),
)

PACKAGE = Record(
    code="package",
    title="报送包",
    plural="packages",
    of=Package,
    fields=(
        Field("id", "编号"),
        Field("title", "名称", required=True, empty=""),
        Field("recipient", "报送单位", required=True, empty="", bounds=Bounds(longest=100)),
        # The title tells it in words.
        Field("period", "时间段", required=True, empty="", told=False),
        Field("day", "报出日期", FieldType.DATE, required=True),
        Field("as_of", "数据截止", FieldType.DATE, required=True),
        Field(
            "profile",
            "内容",
            FieldType.CHOICE,
            required=True,
            choices=tuple((each.value, each.label) for each in Profile),
            of=Profile,
        ),
        Field("version", "版次", FieldType.INTEGER, required=True, bounds=_FROM_ONE, empty=1),
        Field("asked", "要求报送的材料", FieldType.LIST, empty=()),
        Field("missing", "未报的材料", FieldType.LIST, empty=()),
        Field("files", "文件", FieldType.RECORDS, of=PackedFile, columns=_FILES, empty=()),
        Field("returned", "退回日期", FieldType.DATE),
        Field("return_reason", "退回原因", FieldType.LONG_TEXT, empty=""),
        Field("reply", "上级意见", FieldType.FILES, empty=()),
        Field("reply_text", "意见的文字", FieldType.LONG_TEXT, empty=""),
        Field("note", "备注", FieldType.LONG_TEXT, empty=""),
    ),
    problems=package_problems,
    name="{title}",
    day="day",
    listed=("day", "title", "profile", "returned"),
    identity=("recipient", "period", "version"),
    frozen=(
        *("title", "recipient", "period", "day", "as_of", "profile", "version"),
        *("asked", "missing", "files"),
    ),
)
