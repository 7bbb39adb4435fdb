"""The declaration of a Word template."""

from __future__ import annotations

from dangjian_desktop.domain.fields import Bounds, Field, FieldType
from dangjian_desktop.domain.record import Record
from dangjian_desktop.domain.templates.template import Template, template_problems

TEMPLATE = Record(
    code="template",
    title="Word 模板",
    plural="templates",
    of=Template,
    fields=(
        Field("id", "编号"),
        Field("title", "名称", required=True, empty="", bounds=Bounds(longest=60)),
        Field("section", "分组", empty="", bounds=Bounds(longest=20)),
        Field("file", "Word 文件", FieldType.FILES, empty=()),
        Field("taken", "收入日期", FieldType.DATE),
        Field("source", "来自文件", empty=""),
        Field("builtin", "随程序提供的模板", empty="", told=False),
        Field("note", "备注", FieldType.LONG_TEXT, empty=""),
    ),
    problems=template_problems,
    name="{title}",
    day="taken",
    listed=("title", "section", "taken"),
    identity=("title",),
)
