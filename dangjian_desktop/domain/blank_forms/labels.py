"""Labels of superiors' forms as they are compared: cleaned of all that is only manner."""

from __future__ import annotations

import re

from dangjian_desktop.domain.texts import squeeze

_CIRCLED = re.compile("^[①-⒛㈠-㈩]+")
_NUMBERED = re.compile(
    r"^(?:\(\d{1,2}\)|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、.,]"
    r"|\d{1,2}(?:[、.,)](?!\d)|(?=[\u4e00-\u9fff])(?![年月日季周次个人天岁至到名项份元级类])))"
)
_AMONG = re.compile(r"^其中[:]?(?=.)")
_ASIDE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】")
_MARKS = re.compile(r"[\s:*★☆·•、,，。.;“”\"'‘’《》<>「」『』_＿\-—–~～…|]+")
_MONTH = re.compile(r"^(十[一二]?|[一二三四五六七八九])月(?!报|份报|度)份?")
_MONTHS = {word: n for n, word in enumerate((*"一二三四五六七八九十", "十一", "十二"), 1)}
_NOW = ("本月", "当月", "本期", "报告期内")
_COUNTED = {
    "次": (
        "{0}次数",
        "{0}召开次数",
        "{0}开展次数",
        "召开{0}次数",
        "开展{0}次数",
        "召开{0}",
        "开展{0}",
    ),
    "场": ("{0}次数", "{0}场数"),
    "人": ("{0}数", "{0}人数"),
    "个": ("{0}数", "{0}个数"),
    "项": ("{0}数", "{0}项数"),
    "份": ("{0}数", "{0}份数"),
    "条": ("{0}数", "{0}条数"),
}


def bare(label: str) -> str:
    """The label without its number, 其中, brackets, blanks and marks, in half width.

    What stands in brackets is kept where nothing else does.
    """
    text = _without_number(label)
    return _MARKS.sub("", _ASIDE.sub("", text)).lower() or _MARKS.sub("", text).lower()


def whole(label: str) -> str:
    """The same of a source's own word, whose brackets tell it from others and are kept."""
    text = _without_number(label)
    return _MARKS.sub(
        "", _ASIDE.sub(lambda found: "".join(filter(None, found.groups())), text)
    ).lower()


def asides(label: str) -> tuple[str, ...]:
    """What the label says in brackets, each cleaned: 填报单位（盖章） → 盖章."""
    found = (next(filter(None, each), "") for each in _ASIDE.findall(_without_number(label)))
    return tuple(text for each in found if (text := _MARKS.sub("", each).lower()))


def counted_names(label: str, unit: str) -> tuple[str, ...]:
    """How a form may call a count of this unit besides: 预备党员 in 人 is also 预备党员数, and
    本月预备党员."""
    ways = (label, *(pattern.format(label) for pattern in _COUNTED.get(unit, ())))
    return tuple(now + way for now in ("", *_NOW) for way in ways) if unit else ways


def _without_number(label: str) -> str:
    text = squeeze(_CIRCLED.sub("", label.strip()))
    for _ in range(2):
        text = _AMONG.sub("", _NUMBERED.sub("", text))
    return _MONTH.sub(lambda found: f"{_MONTHS[found[1]]}月", text)
