"""The list of what a superior asks for: one material a row, in which forms and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dangjian_desktop.domain.dates import read_day
from dangjian_desktop.domain.texts import clean

FORMATS: Mapping[str, tuple[str, ...]] = {
    "docx": ("word", "docx", "doc", "文档"),
    "pdf": ("pdf", "扫描件"),
    "xlsx": ("excel", "xlsx", "xls", "电子表格"),
}
"""The forms of files, and the words by which a list asks for them."""
_TITLES = ("材料名称", "报送材料", "资料名称", "文件名称", "报表名称", "表名", "材料", "名称")
_FORMS = ("文件格式", "报送形式", "报送格式", "格式", "形式", "报送要求", "要求")
_DUES = (
    *("报送时限", "报送时间", "上报时间", "应报日期", "应报时间", "截止时间", "截止日期"),
    *("完成时限", "时限", "期限"),
)
_NUMBERS = re.compile(
    r"^[\s　]*(?:[（(]\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[)）]"
    r"|(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[、.．)）](?!\d)|[①-⑳●•·◆\-*])[\s　]*"
)
_BARE_NUMBER = re.compile(r"\d{1,4}\.?")
_BRACKETS = re.compile(r"[（(]([^（()）]*)[)）]")
_DAY = re.compile(r"(?:\d{4}\s*[年.\-/]\s*)?\d{1,2}\s*[月.\-/]\s*\d{1,2}(?:\s*日)?|\d{8}")
_NOTE = re.compile(
    r"^(?:请(?!示|假)|注[:：]|(?:备注|说明)(?:[:：]|$)|联系(?:人|电话|方式)|以上|附件[:：]"
    r"|各(?:党|支部|单位).*(?:请|须|应|务必|报送|上报|报至))"
)
_HEADLINE = re.compile(
    r"[:：]$|^(?:.*(?:报送|上报|材料|资料|文件|报表).*|[\d一二三四年月第季上下半度]*)"
    r"(?:清单|目录|一览表|通知)$"
)
"""What stands over a list; 问题清单 is a material itself."""
_PARTS = re.compile(r"[、,，;；/和及与+\s]+")


@dataclass(frozen=True, slots=True)
class AskedMaterial:
    """One material: its title as the superior writes it, in which ``formats`` (keys of
    ``FORMATS``; none told: any), and the day by which it is due, where that was told."""

    title: str
    formats: tuple[str, ...] = ()
    due: date | None = None


def asked_in(rows: Sequence[Sequence[str]], today: date) -> tuple[AskedMaterial, ...]:
    """What the rows of a list ask for, each once; a day without a year is of this one.

    Rows without words, headings and notes ask for nothing; a day that a note tells holds for all
    that have none of their own.
    """
    cells = [tuple(" ".join(clean(cell)[0].split()) for cell in row) for row in rows]
    at, columns = _head(cells)
    found: dict[str, AskedMaterial] = {}
    general: date | None = None
    for row in cells[at:]:
        words = next(filter(None, row), "")
        if not words:
            continue
        if _is_note(row, columns):
            general = general or _day_in(" ".join(row), today)
            continue
        asked = _asked(row, columns, today)
        if asked is not None:
            found.setdefault(asked.title, asked)
    return tuple(a if a.due or general is None else replace(a, due=general) for a in found.values())


def _head(cells: Sequence[Sequence[str]]) -> tuple[int, Mapping[str, int]]:
    """Where the list begins, and which columns say what; none where no heading names a title."""
    for number, row in enumerate(cells[:20]):
        named = {
            what: place
            for what, words in (("title", _TITLES), ("format", _FORMS), ("due", _DUES))
            if (place := _column(row, words)) is not None
        }
        if "title" in named and sum(map(bool, row)) > 1:
            return number + 1, named
    lines = [number for number, row in enumerate(cells) if any(row)]
    begin = 0
    for number in lines[:-1]:
        words = "".join(cells[number])
        if _BRACKETS.sub("", words) not in _TITLES and not _HEADLINE.search(words):
            break
        begin = number + 1
    return begin, {}


def _column(row: Sequence[str], words: Sequence[str]) -> int | None:
    plain = [_BRACKETS.sub("", cell).replace(" ", "") for cell in row]
    return next((plain.index(word) for word in words if word in plain), None)


def _is_note(row: Sequence[str], columns: Mapping[str, int]) -> bool:
    told = [cell for cell in row if cell]
    at = columns.get("title")
    if at is not None and at < len(row) and row[at] and len(told) > 1:
        return False
    return _NOTE.match(told[0]) is not None


def _asked(row: Sequence[str], columns: Mapping[str, int], today: date) -> AskedMaterial | None:
    def cell(what: str) -> str:
        at = columns.get(what, len(row))
        return row[at] if at < len(row) else ""

    if columns:
        title, form, due = cell("title"), cell("format"), cell("due")
    else:
        told = [part for part in row if part and not _BARE_NUMBER.fullmatch(part)]
        title, form = (told[0] if told else ""), " ".join(told[1:])
        due = form
    title, inside = _bare(title, today)
    if not title:
        return None
    formats = formats_in(form) or formats_in(inside)
    return AskedMaterial(title, formats, _day_in(due, today) or _day_in(inside, today))


def _bare(title: str, today: date) -> tuple[str, str]:
    """The title without its number, and what brackets behind it say of form and day."""
    text, said = _NUMBERS.sub("", title), list[str]()
    for found in _BRACKETS.finditer(text):
        if formats_in(found[1]) or _day_in(found[1], today):
            said.append(found[1])
            text = text.replace(found[0], "")
    return text.strip(" 　;；,，。:：、"), " ".join(said)


def formats_in(text: str) -> tuple[str, ...]:
    """The forms that the words ask for, in the order of ``FORMATS``."""
    parts = {part for part in _PARTS.split(text.lower()) if part}

    def asks(word: str) -> bool:
        return any(part.strip(".").startswith(word) or part.endswith(word) for part in parts)

    return tuple(form for form, words in FORMATS.items() if any(map(asks, words)))


def _day_in(text: str, today: date) -> date | None:
    return next(_days(text, today), None)


def _days(text: str, today: date) -> Iterator[date]:
    for found in _DAY.finditer(text):
        day = read_day(found[0].replace(" ", ""), today)
        if day is not None:
            yield day
