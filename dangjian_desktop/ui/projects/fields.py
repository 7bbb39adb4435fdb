"""The declared fields of a project, in the order of the paper form."""

from __future__ import annotations

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.projects.categories import Categories

HEAD_FIELDS = (
    Field("title", "项目名称", required=True, hint="例如 “减人提效”党员攻坚"),
    Field("category", "类别", FieldType.CHOICE),
    Field("number", "编号", hint="上级给的编号，没有可不填"),
    Field("secretary", "负责人", FieldType.PERSON),
    Field("assistant", "协助责任人", FieldType.PERSON),
    Field("phone", "联系电话"),
    Field("start", "开始日期", FieldType.DATE),
    Field("end", "结束日期", FieldType.DATE),
    Field("declared_on", "申报日期", FieldType.DATE),
)
WORDS_FIELDS = (
    Field("background", "立项背景", FieldType.LONG_TEXT),
    Field("problem", "拟解决的问题", FieldType.LONG_TEXT),
    Field("measures", "推进措施", FieldType.LIST, hint="一行一条"),
    Field("expected_effect", "预期成效", FieldType.LONG_TEXT),
)
TEAM_COLUMNS = (
    (Field("name", "成员", FieldType.PERSON), 2),
    (Field("task", "分工", hint="例如 负责班组进尺统计"), 5),
)
MILESTONE_COLUMNS = (
    (Field("what", "节点内容"), 6),
    (Field("weight", "权重（%）", FieldType.DECIMAL, hint="25"), 2),
    (Field("planned", "计划完成", FieldType.DATE), 3),
    (Field("actual", "实际完成", FieldType.DATE, hint="完成后填写"), 3),
    (Field("evidence", "佐证", hint="例如 验收单"), 4),
)
FUND_COLUMNS = (
    (Field("item", "用途"), 5),
    (Field("planned", "预算（元）", FieldType.MONEY), 2),
    (Field("used", "已使用（元）", FieldType.MONEY), 2),
)
MIDTERM_FIELDS = (
    Field("done", "完成情况", FieldType.LONG_TEXT),
    Field("deviation", "偏差原因", FieldType.LONG_TEXT),
    Field("adjustment", "调整措施", FieldType.LONG_TEXT),
)
CLOSING_FIELDS = (
    Field("done", "完成情况", FieldType.LONG_TEXT),
    Field("effect", "取得成效", FieldType.LONG_TEXT, hint="用数据说明"),
    Field("experience", "经验做法", FieldType.LONG_TEXT),
    Field("shortcomings", "存在不足", FieldType.LONG_TEXT),
    Field("results", "成果清单", FieldType.LONG_TEXT, hint="一行一项"),
    Field("acceptance", "验收意见", FieldType.LONG_TEXT, hint="上级的原话，没有收到可不填"),
    Field("self_score", "自评分", hint="0至100"),
    Field("grade", "等次", hint="上级评定后填写"),
)


def category_field(categories: Categories) -> Field:
    """The choice of a category, its group before it."""
    choices = tuple(
        (category, f"{group.name}　{category}")
        for group in categories.groups
        for category in group.categories
    )
    return Field("category", "类别", FieldType.CHOICE, choices=choices)
