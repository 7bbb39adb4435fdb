"""Which column of a roster holds what: header rows, aliases, a mapping given by the user."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dangjian_desktop.domain.members.importing.sheets import CellValue, Sheet, column_letter
from dangjian_desktop.domain.members.member import post_role
from dangjian_desktop.domain.texts import squeeze
from dangjian_desktop.errors import InputError

_ALIASES = {
    "name": "姓名 党员姓名 名字 成员姓名 人员姓名 本人姓名",
    "sex": "性别",
    "ethnicity": "民族",
    "id_number": "身份证号 身份证号码 公民身份号码 公民身份证号码 公民身份证号 身份证 居民身份证号"
    " 居民身份证号码 身份号码 证件号码 身份证件号码",
    "birth_date": "出生日期 出生年月 出生年月日 生日 出生时间",
    "education": "学历 文化程度 最高学历 学历情况 学历层次",
    "join_date": "入党时间 入党日期 入党年月 加入党组织日期 加入党组织时间 加入中共日期"
    " 加入中共时间 加入中共组织日期 加入中国共产党日期 加入中国共产党时间"
    " 成为预备党员日期 成为预备党员时间"
    " 接收为预备党员日期 入党年月日",
    "full_date": "转正时间 转正日期 转正年月 转为正式党员日期 转为正式党员时间 成为正式党员日期"
    " 成为正式党员时间 转正年月日",
    "join_approved": "接收预备党员批准日期 接收预备党员批准时间 预备党员批准日期 入党批准日期"
    " 批准入党日期 批准入党时间 入党批准时间",
    "full_approved": "转正批准日期 转正批准时间 批准转正日期 批准转正时间",
    "member_kind": "人员类别 党员类别 党员类型 党内状态 政治面貌 党员身份 人员类型 正式预备",
    "status": "党籍状态 状态 党籍情况",
    "party_post": "党内职务 支部职务 党支部职务 党内任职 支委职务 支部任职 党内分工",
    "group": "党小组 所在党小组 所属党小组 党小组名称 小组",
    "work_post": "工作岗位 工作单位及职务 单位及职务 岗位 行政职务 职务 单位职务 职称 工种 班组"
    " 部门 所在部门 工作部门 工作单位",
    "phone": "手机号 手机号码 联系电话 电话 手机 联系方式 电话号码 移动电话 联系号码 本人电话",
    "note": "备注 备注说明 说明",
}
_SERIAL = frozenset({"序号", "编号", "NO", "NO.", "号"})
_ORDER = {
    label: (name, rank)
    for name, labels in _ALIASES.items()
    for rank, label in enumerate(labels.split())
}
FIELDS = tuple(_ALIASES)
"""Every field that a column can hold."""

POST_AND_GROUP = "party_post/group"
"""A column with a post and a party group in one cell, such as 组织委员/第一党小组."""

SERIAL = "serial"
"""A column that only counts the rows; it is never kept."""

LABELS = {
    "name": "姓名",
    "sex": "性别",
    "ethnicity": "民族",
    "id_number": "身份证号",
    "birth_date": "出生日期",
    "education": "学历",
    "join_date": "入党时间",
    "full_date": "转正时间",
    "join_approved": "接收预备党员批准日期",
    "full_approved": "转正批准日期",
    "member_kind": "人员类别",
    "status": "党籍状态",
    "party_post": "党内职务",
    "group": "党小组",
    "work_post": "工作岗位",
    "phone": "联系电话",
    "note": "备注",
}
"""How each field is called in sentences."""

_HEADER_DEPTH = 40
_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|【.*?】|[*:：#]+")
_JOINTS = re.compile(r"[/\\、|&,，;；()]|及|和|与")
_IGNORED = "ignore"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns found: ``fields`` maps a column number from 0 to its field.

    ``labels`` are the headings of all columns without blanks, ``header_row`` the number on the
    screen of the last heading row, ``unmapped`` the headings of columns that were not taken.
    """

    header_row: int
    labels: tuple[str, ...]
    fields: Mapping[int, str]
    score: int = 0
    unmapped: tuple[str, ...] = field(default=())

    def mapping(self) -> dict[str, str]:
        """Heading to field, as it is shown to the user; a heading met twice gets its letter."""
        shown: dict[str, str] = {}
        for index, name in sorted(self.fields.items()):
            if name == SERIAL:
                continue
            label = self.labels[index] or f"{column_letter(index)}列"
            shown[f"{label}({column_letter(index)}列)" if label in shown else label] = name
        return shown


def field_of(label: str) -> tuple[str, int] | None:
    """The field behind a heading and how far down the list of its names it stands."""
    text = squeeze(label)
    if text.upper() in _SERIAL:
        return SERIAL, 0
    if text in _ORDER:
        return _ORDER[text]
    parts = {_part_field(part) for part in _JOINTS.split(text) if part}
    if parts == {"party_post", "group"}:
        return POST_AND_GROUP, 0
    return _ORDER.get(_BRACKETS.sub("", text))


def _part_field(part: str) -> str | None:
    found = _ORDER.get(part)
    if found is None:
        return None
    return "party_post" if part == "职务" else found[0]


def find_columns(
    sheet: Sheet, header_row: int | None = None, mapping: Mapping[str, str] | None = None
) -> Columns | None:
    """The heading of a sheet, one or two rows deep; nothing when no column of names is found.

    ``header_row`` is the number on the screen of the only or of either heading row. ``mapping``
    gives fields to headings or column letters and goes before the aliases. Raises
    ``InputError`` for a field or column that does not exist.
    """
    given = _checked_mapping(mapping or {})
    best: Columns | None = None
    used: set[str] = set()
    for last, labels in _headings(sheet, header_row):
        columns = _assign(labels, last + 1, given, used)
        if "name" in columns.fields.values() and (best is None or columns.score > best.score):
            best = columns
    unknown = [key for key in given if best is not None and key not in used]
    if unknown:
        raise InputError(
            f"对应表中的“{'”“'.join(unknown)}”在工作表“{sheet.name}”里没有找到。",
            "请把对应表的左边写成表头原文，或写成列号（如 C）。",
        )
    return None if best is None else _with_posts(best, sheet)


def likely_headings(sheet: Sheet) -> tuple[int, tuple[str, ...]]:
    """The row that looks most like a heading, for a message: its number and its texts."""
    rows = [
        (len({text for text in map(_text, row) if text}), -index)
        for index, row in enumerate(sheet.rows[:_HEADER_DEPTH])
    ]
    if not rows:
        return 1, ()
    index = -max(rows)[1]
    return index + 1, tuple(dict.fromkeys(t for t in map(_text, sheet.rows[index]) if t))


def _headings(sheet: Sheet, header_row: int | None) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Candidates: each row alone, then with the row above, as (last row, labels)."""
    rows = sheet.rows[:_HEADER_DEPTH] if header_row is None else sheet.rows
    wanted = range(len(rows)) if header_row is None else range(header_row - 1, header_row + 1)
    width = max(map(len, rows), default=0)
    for last in wanted:
        if not 0 <= last < len(rows):
            continue
        lower = _row_texts(rows[last], width)
        if header_row is None or last == header_row - 1:
            yield last, lower
        if last and (header_row is None or last >= header_row - 1):
            upper = _row_texts(rows[last - 1], width)
            yield last, tuple(map(_joined, upper, lower))


def _row_texts(row: Sequence[CellValue], width: int) -> tuple[str, ...]:
    texts = tuple(map(_text, row))
    return texts + ("",) * (width - len(texts))


def _text(value: CellValue) -> str:
    return squeeze(value) if isinstance(value, str) else ""


def _joined(upper: str, lower: str) -> str:
    """One label of two rows: the lower one where it says something, else both, else the upper."""
    if not lower or upper == lower:
        return upper or lower
    both = upper + lower
    if field_of(both):
        return both
    if field_of(lower):
        return _narrowed(upper, lower)
    return lower


def _narrowed(upper: str, lower: str) -> str:
    return "党内职务" if lower == "职务" and ("党内" in upper or "支部" in upper) else lower


def _checked_mapping(mapping: Mapping[str, str]) -> dict[str, str]:
    allowed = {*FIELDS, POST_AND_GROUP, SERIAL, _IGNORED}
    by_label = {label: name for name, label in LABELS.items()}
    given: dict[str, str] = {}
    for label, name in mapping.items():
        wanted = by_label.get(squeeze(name), name) if isinstance(name, str) else ""
        if wanted not in allowed:
            raise InputError(
                f"对应表中“{label}”写的去处“{name}”不认识。",
                "可以写：" + "、".join((*FIELDS, POST_AND_GROUP, _IGNORED)) + "。",
            )
        given[squeeze(label)] = wanted
    return given


def _assign(
    labels: tuple[str, ...], header_row: int, given: Mapping[str, str], used: set[str]
) -> Columns:
    ranked: dict[str, tuple[int, int]] = {}
    fields: dict[int, str] = {}
    for index, label in enumerate(labels):
        key = next((k for k in (label, column_letter(index)) if k and k in given), None)
        if key is not None:
            used.add(key)
            if given[key] != _IGNORED:
                fields[index] = given[key]
            continue
        found = field_of(label) if label else None
        if found and (found[0] not in ranked or found[1] < ranked[found[0]][1]):
            ranked[found[0]] = (index, found[1])
    taken = set(fields.values())
    fields |= {index: name for name, (index, _) in ranked.items() if name not in taken}
    left = tuple(
        label
        for index, label in enumerate(labels)
        if label and index not in fields and given.get(label) != _IGNORED
    )
    score = sum(name != SERIAL for name in fields.values())
    return Columns(header_row, labels, fields, score, tuple(dict.fromkeys(left)))


def _with_posts(columns: Columns, sheet: Sheet) -> Columns:
    """A column headed only 职务 holds Party posts when most of what stands in it are such."""
    fields = dict(columns.fields)
    if {"party_post", POST_AND_GROUP} & set(fields.values()):
        return columns
    for index, label in enumerate(columns.labels):
        if label != "职务" or fields.get(index, "work_post") != "work_post":
            continue
        texts = [_text(row[index]) for row in sheet.rows[columns.header_row :] if index < len(row)]
        filled = [text for text in texts if text]
        if filled and sum(post_role(text) is not None for text in filled) * 2 >= len(filled):
            fields[index] = "party_post"
            left = tuple(other for other in columns.unmapped if other != label)
            return replace(columns, fields=fields, unmapped=left)
    return columns
