"""The program tells what records hold; how good it was, and why, is for people to say.

The list is of words that judge or give a cause. None stands in a text of the program, of what it
ships, nor in the sample year.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dangjian_desktop import paths

WORDS = (
    *("取得实效", "取得成效", "取得显著", "显著", "成效明显", "明显提升", "明显提高", "明显改善"),
    *("明显增强", "大幅提升", "有效提升", "有效增强", "全面提升", "不断提升", "持续提升"),
    *("基本完成", "全面完成", "圆满", "扎实", "切实", "卓有成效", "富有成效", "行之有效"),
    *("有力推动", "有力促进", "稳步推进", "深入推进", "深入开展", "深入学习", "认真贯彻"),
    *("积极开展", "广泛好评", "一致好评", "高度重视", "高质量", "再上新台阶", "迈上新台阶"),
    *("良好效果", "良好成效", "较好", "充分发挥", "进一步", "凝聚力", "战斗堡垒", "引领作用"),
    *("带动", "促进", "得益于"),
)
PRESCRIBED: dict[str, str] = {}
"""Labels of choices that the form of a superior prescribes, with its source."""
PACKAGE = Path(paths.__file__).parent
RESOURCES = paths.resources()
SUFFIXES = {".py", ".toml", ".json", ".txt", ".md", ".qss", ".html"}
FILES = [
    path
    for folder in (PACKAGE, RESOURCES)
    for path in sorted(folder.rglob("*"))
    if path.suffix in SUFFIXES
]


def judging(text: str) -> list[str]:
    for prescribed in PRESCRIBED:
        text = text.replace(prescribed, "")
    return [word for word in WORDS if re.search(word, text)]


def test_no_text_of_the_program_judges():
    found = {
        str(path.relative_to(PACKAGE.parent)): words
        for path in FILES
        if (words := judging(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize("folder", ["dangjian_desktop/papers", "resources/demo", "resources/rules"])
def test_it_looks_everywhere(folder):
    assert any(Path(folder) in path.relative_to(PACKAGE.parent).parents for path in FILES)


def test_a_word_would_be_seen():
    assert judging("本月学习取得实效，成效显著。") == ["取得实效", "显著"]
