"""Words that the window does not say."""

from __future__ import annotations

import ast
from pathlib import Path

import dangjian_desktop

UI = Path(dangjian_desktop.__file__).parent / "ui"
NOT_SAID = {
    "记录会议": "新建会议记录",
    "全年安排": "年度计划",
    "要办的事": "待办事项",
    "最久": "最长逾期",
    "可以开会": "到会人数符合规定",
    "补记": "补充完善",
    "未保存": "草稿",
    "沿革": "办理记录",
    "时序": "时间已过",
    "当事人姓名": "当事人",
    "填写记录人数": "纸质记录上的人数",
    "撤消": "撤销",
    "数据库": "资料库",
    "字段": "内容",
    "异常": "出错",
    "！": "。",
}
"""Each with what is said instead."""


def sentences(file):
    """What a module may show: its texts, but for its docstrings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
            yield node.lineno, node.value


def test_the_window_says_each_thing_with_one_word():
    found = [
        f"{file.relative_to(UI)}:{line}: {word}, say {better}"
        for file in sorted(UI.rglob("*.py"))
        for line, text in sentences(file)
        for word, better in NOT_SAID.items()
        if word in text
    ]
    assert found == []
