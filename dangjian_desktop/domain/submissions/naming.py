"""What the files of a package are called: by the pattern that the superior wants."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dangjian_desktop.domain.dates import Period

PATTERN = "{支部}_{材料}_{时间}"
"""The usual one."""
WORDS = ("支部", "材料", "时间", "报送单位", "序号")
"""What a pattern may name: {时间} is 202603, 2026年第一季度, or the day of what it is about."""
_PLACE = re.compile(r"\{([^{}]*)\}")
_TIME = re.compile(r"_20\d{2}(?:\d{2}|\d{4}|年(?:\d{1,2}月|第?[一二三四1-4]季度|[上下]半年)?)$")
_MONTH = re.compile(r"(20\d{2})年(\d{1,2})月")
_SHORTENED = ("支部", "材料", "报送单位")


def pattern_problem(pattern: str) -> str:
    """Why it is no pattern, in a sentence without its end; empty where it is one."""
    named = _PLACE.findall(pattern)
    if unknown := [name for name in named if name not in WORDS]:
        known = "、".join(f"{{{word}}}" for word in WORDS)
        return f"文件名样式中的“{{{unknown[0]}}}”无法识别，可以写：{known}"
    if "材料" not in named:
        return "文件名样式中没有{材料}，各份材料会同名"
    return "文件名样式中的花括号没有配对" if re.search(r"[{}]", _PLACE.sub("", pattern)) else ""


def period_words(period: Period) -> str:
    """A month as 202603; what is longer in words."""
    return f"{period.year}{period.start:02}" if period.length == 1 else period.label


def without_period(title: str) -> str:
    """The title of a file without the time behind it."""
    return _TIME.sub("", title) or title


def parted(stem: str, branch: str) -> tuple[str, str]:
    """What a file that is there already is and of when (empty where it does not say), by its name:
    without the branch's before it; a month is told as ``period_words`` does."""
    what = stem.removeprefix(f"{branch}_")
    found = _TIME.search(what)
    if found is None or not found.start():
        return what, ""
    when = _MONTH.sub(lambda m: f"{m[1]}{int(m[2]):02}", found[0].lstrip("_"))
    return what[: found.start()], when


def named_by(pattern: str, words: Mapping[str, str], longest: int) -> str:
    """The name, not longer than so many characters: what is too long is cut in the names of branch,
    material and recipient, never in the time."""
    told = dict(words)
    while (over := len(_filled(pattern, told)) - longest) > 0:
        part = max(_SHORTENED, key=lambda name: len(told.get(name, "")))
        if len(told.get(part, "")) <= 1:
            break
        told[part] = told[part][: max(1, len(told[part]) - over)]
    return _filled(pattern, told)


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda found: words.get(found[1], ""), pattern)
