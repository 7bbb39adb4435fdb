"""A name as rosters write it: with blanks, signs and remarks behind it; and what is no name."""

from __future__ import annotations

import re
from typing import NamedTuple

from dangjian_desktop.domain.folding import fold
from dangjian_desktop.domain.members.importing.headings import field_of
from dangjian_desktop.domain.members.importing.membership import NOTHING, Told, told_by
from dangjian_desktop.domain.texts import clean, squeeze

_PLAIN = re.compile("[\u4e00-\u9fff]{2,4}")
_HAN = "\u3400-\u9fff\ue000-\uf8ff\U00020000-\U0003ffff〇"
_SPACED_HAN = re.compile("(?<=[^\x00-\x7f])\\s+|\\s+(?=[^\x00-\x7f])")
_SIGNS = "*＊△▲○●◎☆★※#◇◆□■√✓"
_REMARK = re.compile(rf"[(（\[【〔]([^()（）\[\]【】〔〕]*)[)）\]】〕]?$|([{_SIGNS}]+)$")
_LOOSE = re.compile(rf"([{_HAN}]{{2,4}})\s+([男女]|预备|正式|已?转出|流动)")
_SHAPE = re.compile(
    rf"[{_HAN}]{{2,8}}|[{_HAN}]{{1,12}}(?:[·•・･‧∙⋅．﹒.。●᛫][{_HAN}]{{1,12}}){{1,4}}"
    r"|[A-Za-z]+(?:[ .·'-]+[A-Za-z]+)*"
)
_NEVER = re.compile(
    r"党支部|支部|党小组|小组|党委|支委|党总支|党员|合计|小计|共计|总计|总数|人数|盖章|签字|签名|签章|说明|备注"
    r"|空白|制表|填表|填报|编制|审核|审批|经办|负责人|日期|时间|单位|页|序号|姓名|名单|名册|附件|附表|注[:：]"
    r"|积极分子|发展对象|申请人|群众|第.{1,3}[组班]$|^[一二三四五六七八九十]+班$|以下|以上|续表|截止|截至"
)
_NOTHING = frozenset({"暂无", "没有", "未填", "男性", "女性", "正式", "预备", "合计", "小计"})


class NameReading(NamedTuple):
    """A name; ``cleaned`` says what was mended, ``signs`` what stood behind it.

    ``sex`` and ``told`` are what remarks such as （女）（预备） say; ``note`` is the rest of them.
    """

    name: str
    cleaned: str = ""
    sex: str | None = None
    told: Told = NOTHING
    note: str = ""
    shown: str = ""


def is_plain_name(text: str) -> bool:
    """Whether the text is two to four common Han characters and needs no cleaning."""
    return _PLAIN.fullmatch(text) is not None and text not in _NOTHING


def plausible(name: str) -> bool:
    """Whether a text can be somebody's name; headings, remarks and totals cannot."""
    return (
        _SHAPE.fullmatch(name) is not None
        and _NEVER.search(name) is None
        and name not in _NOTHING
        and field_of(name) is None
    )


def read_name(text: str) -> NameReading:
    """The name without blanks between Han characters; dots of minority names stay as written."""
    if is_plain_name(text):
        return NameReading(text)
    kept, removed = clean(text)
    notes = [removed] if removed else []
    if fold(text) != text:
        notes.append("不规范的编码")
    kept, remarks = _remarks(kept)
    name = _joined(kept)
    if name != kept:
        notes.append("空格")
    return _told(name, "、".join(notes), remarks)


def tidy_name(text: str) -> str:
    """A name as it is kept, whatever stands behind it: folded, without blanks between Han."""
    return _joined(clean(text)[0])


def _joined(text: str) -> str:
    return _SPACED_HAN.sub("", text)


def _remarks(text: str) -> tuple[str, list[str]]:
    """The text without what stands behind the name, and that, in the order of the cell."""
    found: list[str] = []
    if loose := _LOOSE.fullmatch(text):
        return loose[1], [loose[2]]
    while (end := _REMARK.search(text)) and text[: end.start()].strip():
        found.insert(0, squeeze(end[1] if end[1] is not None else end[2]))
        text = text[: end.start()].rstrip()
    return text, [remark for remark in found if remark]


def _told(name: str, cleaned: str, remarks: list[str]) -> NameReading:
    sex: str | None = None
    told, notes = NOTHING, []
    for remark in remarks:
        word = told_by(remark)
        if remark in ("男", "女"):
            sex = remark
        elif told == NOTHING and not word.unknown and not word.neutral:
            told = word
        elif remark.strip("*＊"):
            notes.append(remark)
    note = f"姓名后注：{'、'.join(notes)}" if notes else ""
    return NameReading(name, cleaned, sex, told, note, "、".join(remarks))
