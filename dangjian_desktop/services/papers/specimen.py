"""A page that shows what every part of a paper looks like; it says nothing of any branch."""

from __future__ import annotations

from dangjian_desktop.documents.model import (
    Document,
    Layout,
    Paragraph,
    Role,
    Table,
    WriteLines,
    row,
)
from dangjian_desktop.papers.blanks import UNKNOWN

_TEXT = (
    "这一段是正文，用来看字体、字号、行距和每行字数。数字和字母按版式选用的字体排：2026年11月28日，"
    "应到33人，实到31人，编号A-12。行末的标点不会排到行首，“引号”用宋体。"
)


def specimen(layout: str) -> Document:
    """The page in a layout."""
    chosen = Layout(layout)
    cell = Role.CELL_CENTER
    table = Table(
        (
            row(("序号", "事项", "时限"), Role.CELL_HEAD, header=True),
            row(("1", "表格文字，用来看表格的字号和线", "12月31日"), cell),
            row(("2", "表格文字", UNKNOWN), cell),
        ),
        (1, 4, 2),
    )
    return Document(
        "版式样张",
        "版式样张",
        (
            Paragraph("版式样张标题", Role.TITLE),
            Paragraph("（副标题）", Role.SUBTITLE),
            Paragraph("", Role.BLANK_LINE),
            Paragraph("某某会议室", Role.LABELLED, "地　　点："),
            Paragraph("一、一级标题", Role.HEADING1),
            Paragraph(_TEXT),
            Paragraph("（一）二级标题", Role.HEADING2),
            Paragraph("1. 三级标题", Role.HEADING3),
            Paragraph(_TEXT),
            table,
            Paragraph("附注小字：表格下面的说明。", Role.NOTE),
            Paragraph("手写横线", Role.FLUSH, keep_with_next=True),
            WriteLines(2),
            Paragraph("某某党支部", Role.SIGNATURE),
            Paragraph("2026年11月28日", Role.DATE_LINE),
        ),
        layout=chosen,
        foot="页脚小字",
    )
