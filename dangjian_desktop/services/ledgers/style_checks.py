"""What is wrong in the maker of ledgers, by place, in words that know no file format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dangjian_desktop.domain.field_values import read_value
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.checks import problems_of
from dangjian_desktop.domain.ledgers.ledger import CHOICE_TYPES, Ledger, TablePrint
from dangjian_desktop.domain.ledgers.print_checks import WIDEST
from dangjian_desktop.domain.ledgers.reading import kept_ledger
from dangjian_desktop.errors import Issue
from dangjian_desktop.services.ledgers.print_form import width_of
from dangjian_desktop.services.ledgers.style_patterns import names_of, parted, shown, typed, unknown
from dangjian_desktop.services.ledgers.style_settling import asked_types
from dangjian_desktop.services.ledgers.style_words import (
    FIELDS,
    ONLY_FOR,
    PATTERNS,
    SECTIONS,
)

Problems = Iterator[tuple[str, str]]
Names = Mapping[str, str]
_TECHNICAL = re.compile(r"（[a-z_0-9]+）|“?\b(?:own|f)_[0-9a-f]{8}\b”?")


def problems_in(state: Mapping[str, Any], made: Ledger) -> dict[str, str]:
    """Every problem by place (``fields.1.label``); what has no place of its own is under ""."""
    rows = state.get("fields") or ()
    found: dict[str, str] = {}
    for part in (
        _basics(state),
        _typed(_ALL, state, names_of(kept_ledger(state["base"]), made)),
        _fields(rows),
        _counting(state),
        _asking(state, made),
        _prints(state.get("prints") or (), made),
    ):
        for place, text in part:
            found.setdefault(place, text)
    if not found:
        found = placed(problems_of(made), state, made)
    return found


def placed(issues: Sequence[Issue], state: Mapping[str, Any], made: Ledger) -> dict[str, str]:
    """What the program itself says of a declaration, at the field that it means."""
    names = [row.get("name") for row in state.get("fields") or ()]
    found: dict[str, str] = {}
    for issue in issues:
        known = issue.field in names
        place = f"fields.{names.index(issue.field)}.label" if known else issue.field or ""
        place = place if known or place in _OWN else ""
        text = _plain(issue.message, made)
        found[place] = f"{found[place]}；{text}" if place in found else text
    return found


_ALL = tuple(field for _, fields in SECTIONS for field in fields)
_OWN = {field.name for field in _ALL}


def _plain(text: str, made: Ledger) -> str:
    return _TECHNICAL.sub("", shown(text, made)).replace("字段", "栏目")


def _basics(state: Mapping[str, Any]) -> Problems:
    if not state.get("title"):
        yield "title", "请填写台账名称"
    if not any(row.get("label") for row in state.get("fields") or ()):
        yield "fields", "请至少设一个栏目"


def _typed(
    fields: Sequence[Field], values: Mapping[str, Any], names: Names, place: str = ""
) -> Problems:
    """Numbers that are none, and 〔〕 around what is no field, at any depth."""
    kind = str(values.get("kind") or values.get("type") or "")
    for field in fields:
        value, where = values.get(field.name), f"{place}{field.name}"
        if not value or (kind and kind not in ONLY_FOR.get(field.name, (kind,))):
            continue
        if field.type is FieldType.RECORDS:
            for at, row in enumerate(value):
                yield from _typed(field.columns, row, names, f"{where}.{at}.")
        elif field.type.numeric:
            yield from _number(field, str(value), where)
        elif field.name in PATTERNS:
            text = value if isinstance(value, str) else "\n".join(value)
            for word in unknown(typed(text, names)):
                yield where, f"“{word}”不是这本台账的栏目，请改正，或从“插入栏目”中选择"


def _number(field: Field, text: str, where: str) -> Problems:
    try:
        read_value(field, text)
    except ValueError as wrong:
        yield where, f"{field.label}{wrong}"


def _counting(state: Mapping[str, Any]) -> Problems:
    for at, row in enumerate(state.get("figures") or ()):
        if not row.get("label"):
            yield f"figures.{at}.label", "请写明这个数字叫什么"
    for at, row in enumerate(state.get("due") or ()):
        if not row.get("field"):
            yield f"due.{at}.field", "请选择哪个日期到期"
        if not row.get("words"):
            yield f"due.{at}.words", "请写明提醒的话"
    section, line = state.get("summary_section"), state.get("summary_line")
    if section and not line:
        yield "summary_line", "请写明汇总里的一句话"
    if line and not section:
        yield "summary_section", "请选择写入月度汇总的哪一部分"


def _fields(rows: Sequence[Mapping[str, Any]]) -> Problems:
    seen: dict[str, int] = {}
    for at, row in enumerate(rows):
        label = str(row.get("label") or "").strip()
        if not label:
            yield f"fields.{at}.label", f"请填写{FIELDS.columns[0].label}"
        elif label in seen:
            yield f"fields.{at}.label", f"与第{seen[label] + 1}栏重名，请改一个名称"
        seen.setdefault(label, at)
        if not row.get("type"):
            yield f"fields.{at}.type", "请选择这一栏填什么"
        elif row["type"] in CHOICE_TYPES:
            yield from _choices(at, parted(row.get("choices")))


def _choices(at: int, words: Sequence[str]) -> Problems:
    if len(words) < 2:
        yield f"fields.{at}.choices", "请写出至少两个选项，用顿号分开"
    for word in words:
        if words.count(word) > 1:
            yield f"fields.{at}.choices", f"选项“{word}”写了两次"


def _asking(state: Mapping[str, Any], made: Ledger) -> Problems:
    who = state.get("ask_who")
    if not who:
        return
    if not made.day:
        yield "ask_who", "要求填报须能看出时期，请先设一个日期、月份或年度栏目"
    elif who != "branch" and not list(made.of_type(*asked_types(who))):
        what = "党小组" if asked_types(who) == (FieldType.GROUP,) else "党员"
        yield "ask_who", f"要看出谁已填报，请先设一个填{what}的栏目"


def _prints(rows: Sequence[Mapping[str, Any]], made: Ledger) -> Problems:
    for at, (row, layout) in enumerate(zip(rows, made.prints, strict=True)):
        kind, day = row.get("kind"), made.named(made.day)
        if kind == "grid" and (day is None or day.type is FieldType.YEAR):
            yield f"prints.{at}.kind", "统计表按月（季）排列，请先设一个日期或月份栏目"
        elif kind == "grid" and not getattr(layout, "rows", ""):
            yield f"prints.{at}.kind", "统计表按人（党小组）排列，请先设一个填党员或党小组的栏目"
        elif kind in ("sheet", "notice") and not row.get("text"):
            yield f"prints.{at}.text", "请写出正文"
        elif kind == "pivot" and not getattr(getattr(layout, "pivot", None), "rows", ""):
            yield f"prints.{at}.kind", "分类汇总表按类别排列，请先设一个单选栏目"
        if isinstance(layout, TablePrint) and layout.pivot is None:
            yield from _table(at, row.get("columns") or (), layout)


def _table(at: int, rows: Sequence[Mapping[str, Any]], layout: TablePrint) -> Problems:
    names: list[str] = []
    for number, row in enumerate(rows):
        place = f"prints.{at}.columns.{number}"
        if not row.get("name"):
            yield f"{place}.name", "请选择打印哪一栏"
        elif row["name"] in names:
            yield f"{place}.name", "这一栏已经有了，请删去一个"
        names.append(row.get("name") or "")
        if row.get("width") and width_of(row) is None:
            yield f"{place}.width", "请用数字填写毫米数"
    whole = sum(width for _, width in layout.columns)
    if whole > WIDEST:
        yield (
            f"prints.{at}.columns",
            f"各列合计{whole:f}毫米，纸上最多{WIDEST}毫米，请改窄或减少几列",
        )
