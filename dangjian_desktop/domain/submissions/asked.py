"""The list of what a superior asks for: one material a row, in which forms and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from dangjian_desktop.domain.dates import read_day
from dangjian_desktop.domain.submissions.list_lines import BRACKETS, told_in
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.frozen import dataclass

FORMATS: Mapping[str, tuple[str, ...]] = {
    "docx": ("word", "docx", "doc", "文档"),
    "pdf": ("pdf", "扫描件"),
    "xlsx": ("excel", "xlsx", "xls", "电子表格"),
}
"""The forms of files, and the words by which a list asks for them."""
_NUMBERS = re.compile(
    r"^[\s　]*(?:[（(]\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[)）]"
    r"|(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:[、）)]|[.．](?!\d)|[.．](?=\d{1,2}月))"
    r"|\d{1,2}(?:[.．]\d{1,2}){1,3}[.．、]?[\s　]+|\d{1,3}[\s　]+(?![\d月年]|季度)"
    r"|[①-⑳●•·◆\-*])[\s　]*"
)
_BARE_NUMBER = re.compile(r"\d{1,4}\.?")
_DAY = re.compile(
    r"(?<![\d\-/.])(?:(?:\d{4}\s*[年.\-/]\s*)?\d{1,2}\s*[月.\-/]\s*\d{1,2}(?:\s*日)?|\d{8})(?![\d\-])"
)
"""No part of a telephone number."""
_YEAR = re.compile(r"\d{4}")
_LONG_AGO = 183
_COUNT = re.compile(
    r"[（(]?\s*(?:[×xX*]\s*(\d{1,2})|(?<![式各])(\d{1,2}|[二三四五六七八九十])\s*份)\s*[)）]?$"
)
_BEHIND = re.compile(
    r"[\s　:：，,]+((?:(?:word|pdf|excel|docx|xlsx|电子表格|扫描件|电子版|纸质版)[、和及/+,，\s]*)+"
    r"(?:各?一份)?|(?:每月)?(?:\d{1,2}月)?(?:\d{1,2}日|底)(?:之?前|以前)(?:报送?)?"
    r"|(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:之?前|以前)?(?:报送?)?)[;；。]?$",
    re.IGNORECASE,
)
"""Forms or a day behind a title without brackets."""
_UNTIL = re.compile(r"(?:日|底)(?:之?前|以前)(?:报送?|上报)?$")
"""In brackets: by when, though no day of the calendar is told (每月25日前)."""
_FIGURES = {word: at for at, word in enumerate("一二三四五六七八九十", 1)}
_PARTS = re.compile(r"[、,，;；/和及与+\s]+")


@dataclass(frozen=True, slots=True)
class AskedMaterial:
    """One material: its title as the superior writes it, in which ``formats`` (keys of
    ``FORMATS``; none told: any), the day by which it is due, and how many of it (0), where that
    was told."""

    title: str
    formats: tuple[str, ...] = ()
    due: date | None = None
    count: int = 0


def asked_in(rows: Sequence[Sequence[str]], today: date) -> tuple[AskedMaterial, ...]:
    """What the rows of a list ask for, each once; a day without a year is of this one.

    Rows without words, headings and notes ask for nothing; a day that a note tells holds for all
    that have none of their own.
    """
    cells = [tuple(" ".join(clean(cell)[0].split()) for cell in row) for row in rows]
    listed = told_in(cells)
    found: dict[str, AskedMaterial] = {}
    for row in listed.rows:
        asked = _asked(row, listed.columns, today)
        if asked is not None:
            before = found.get(asked.title)
            found[asked.title] = asked if before is None else _both(before, asked)
    general = next(_days(" ".join(chain.from_iterable(listed.notes)), today), None)
    return tuple(a if a.due or general is None else replace(a, due=general) for a in found.values())


def _both(one: AskedMaterial, other: AskedMaterial) -> AskedMaterial:
    """The same material asked for twice: in every form that a line names."""
    told = {*one.formats, *other.formats}
    forms = tuple(form for form in FORMATS if form in told)
    return replace(one, formats=forms, due=one.due or other.due, count=max(one.count, other.count))


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
    title, count = _counted(title)
    if not title:
        return None
    formats = formats_in(form) or formats_in(inside)
    return AskedMaterial(title, formats, _day_in(due, today) or _day_in(inside, today), count)


def _counted(title: str) -> tuple[str, int]:
    """The title, and how many of it: (3份), ×3; one paper in several copies is one."""
    found = _COUNT.search(title)
    if found is None:
        return title, 0
    told = found[1] or found[2]
    return title[: found.start()].strip(), _FIGURES.get(told) or int(told)


def _bare(title: str, today: date) -> tuple[str, str]:
    """The title without its number, and what brackets behind it say of form and day."""
    text, said = _NUMBERS.sub("", title), list[str]()
    for found in BRACKETS.finditer(text):
        until = formats_in(found[1]) or _day_in(found[1], today) or _UNTIL.search(found[1])
        if until:
            said.append(found[1])
            text = text.replace(found[0], "")
    if behind := _BEHIND.search(text):
        said.append(behind[1])
        text = text[: behind.start()]
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
            late = (today - day).days > _LONG_AGO and not _YEAR.match(found[0])
            yield _next_year(day) if late else day


def _next_year(day: date) -> date:
    """A day that is named without its year in December is one of the next."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
