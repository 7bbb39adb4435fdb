"""Which lines of a superior's list ask for something: headings, notes and signatures are told
apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dangjian_desktop.frozen import dataclass

_TITLES = ("材料名称", "报送材料", "资料名称", "文件名称", "报表名称", "表名", "材料", "名称")
_FORMS = ("文件格式", "报送形式", "报送格式", "格式", "形式", "报送要求", "要求")
_DUES = (
    *("报送时限", "报送时间", "上报时间", "应报日期", "应报时间", "截止时间", "截止日期"),
    *("完成时限", "时限", "期限"),
)
_NUMBER = ("序号", "编号", "项次")
_LIKE = {
    "title": re.compile(r"材料|资料|名称|内容|文件|报表|^(?:报送|上报)?项目$"),
    "format": re.compile(r"格式|形式|要求|备注"),
    "due": re.compile(r"时限|期限|截止|时间|日期"),
}
BRACKETS = re.compile(r"[（(【\[]([^（()）【】\[\]]*)[)）】\]]")
_NOTE = re.compile(
    r"^(?:请(?!示|假)|注[:：]|(?:备注|说明)(?:[:：]|$)|联系(?:人|电话|方式)|以上|附件[:：]"
    r"|各(?:党|支部|单位).*(?:请|须|应|务必|报送|上报|报至))"
)
_SENTENCE = re.compile(r"^(?!\s*[（(]?\d).*[请须应不要将于，].*。$")
_HEADLINE = re.compile(
    r"[:：]$|^(?:.*(?:报送|上报|材料|资料|文件|报表).*|[\d一二三四年月第季上下半度]*)"
    r"(?:清单|目录|一览表|通知)$"
)
"""What stands over a list; 问题清单 is a material itself."""
_SECTION = re.compile(r"^[一二三四五六七八九十]{1,3}\s*[、.．]")
_FIGURE = re.compile(r"^[（(]?\d{1,3}\s*[)）、.．]")
_CLOSING = re.compile(
    r"(?:.{0,30}(?:党委|党总支|党工委|组织部|办公室|委员会|党支部)(?:[（(].{0,4}章[)）])?"
    r"|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|\d{4}[.\-/]\d{1,2}[.\-/]\d{1,2})"
)
_SUMS = ("合计", "小计", "总计", "共计")
_UNTIL = re.compile(r"截止|时限|期限|日(?:之|以)?前")
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Told:
    """The ``rows`` that ask for something, the ``notes`` beside them, and in which columns what
    stands (none where no heading names the titles)."""

    rows: tuple[Sequence[str], ...]
    notes: tuple[Sequence[str], ...]
    columns: Mapping[str, int]


def told_in(cells: Sequence[Sequence[str]]) -> Told:
    """The rows of a list without what stands over, between and under its materials."""
    at, columns = _head(cells)
    lines = [row for row in cells[at:] if any(row) and next(filter(None, row)) not in _SUMS]
    rows = [row for row in lines if not _is_note(row, columns)]
    notes = [row for row in lines if _is_note(row, columns)]
    notes += [row for row in cells[:at] if _UNTIL.search("".join(row))]
    while len(rows) > 1 and (words := _alone(rows[-1])) and _CLOSING.fullmatch(words):
        rows.pop()
    sections = _sections(rows, columns)
    rows = [row for at, row in enumerate(rows) if at not in sections] or rows
    return Told(tuple(rows), tuple(notes), columns)


def _sections(rows: Sequence[Sequence[str]], columns: Mapping[str, int]) -> set[int]:
    """Where 一、 and what follows it head the materials below: those have figures, or a table."""
    found = [at for at, row in enumerate(rows) if _SECTION.match(_alone(row))]
    if not found or not _alone(rows[found[0]]).startswith("一"):
        return set()
    below = {at - 1 for at, row in enumerate(rows) if columns or _FIGURE.match(_alone(row))}
    return {at for at in found if at in below and not BRACKETS.search(_alone(rows[at]))}


def _alone(row: Sequence[str]) -> str:
    """The one text of a row; empty where there are more."""
    told = [cell for cell in row if cell]
    return told[0] if len(told) == 1 else ""


def _head(cells: Sequence[Sequence[str]]) -> tuple[int, Mapping[str, int]]:
    """Where the list begins, and which columns say what."""
    for number, row in enumerate(cells[:_DEEPEST]):
        named = _named(row)
        if "title" in named and sum(map(bool, row)) > 1:
            return number + 1, named
    lines = [number for number, row in enumerate(cells) if any(row)]
    begin = 0
    for number in lines[:-1]:
        words = "".join(cells[number])
        if BRACKETS.sub("", words) not in _TITLES and not _HEADLINE.search(words):
            break
        begin = number + 1
    return begin, {}


def _named(row: Sequence[str]) -> dict[str, int]:
    """The columns that a heading names: in the usual words, else, beside 序号, in similar ones."""
    plain = [BRACKETS.sub("", cell).replace(" ", "") for cell in row]
    found = {
        what: plain.index(word)
        for what, words in (("title", _TITLES), ("format", _FORMS), ("due", _DUES))
        for word in reversed(words)
        if word in plain
    }
    if any(word in plain for word in _NUMBER):
        for what, like in _LIKE.items():
            near = [at for at, word in enumerate(plain) if like.search(word)]
            near = [at for at in near if at not in found.values() and plain[at] not in _NUMBER]
            if near:
                found.setdefault(what, near[0])
    return found


def _is_note(row: Sequence[str], columns: Mapping[str, int]) -> bool:
    told = [cell for cell in row if cell]
    at = columns.get("title")
    if at is not None and at < len(row) and row[at] and len(told) > 1:
        return False
    return _NOTE.match(told[0]) is not None or _SENTENCE.match(told[0]) is not None
