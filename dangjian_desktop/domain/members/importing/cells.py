"""One cell of a roster to one value, with what is wrong about it as code and sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.identity import read_identity
from dangjian_desktop.domain.members.importing import values
from dangjian_desktop.domain.members.importing.dates import How, read_date
from dangjian_desktop.domain.members.importing.headings import LABELS, POST_AND_GROUP
from dangjian_desktop.domain.members.importing.membership import told_by
from dangjian_desktop.domain.members.importing.names import is_plain_name, plausible, read_name
from dangjian_desktop.domain.members.importing.quoting import quoted
from dangjian_desktop.domain.members.importing.sheets import CellValue, MonthOnly, Special
from dangjian_desktop.domain.members.member import MemberKind
from dangjian_desktop.domain.texts import clean, squeeze
from dangjian_desktop.frozen import dataclass

DATE_FIELDS = ("birth_date", "join_date", "join_approved", "full_date", "full_approved")
_PAST_FIELDS = frozenset({"birth_date", "join_date", "join_approved"})
_UNKNOWN_DAYS = frozenset(["不详", "不清", "不明", "未知", "待查", "待核实", "无法查证", "无记录"])
_SHORTEST_CERTAIN = 4
_ID_PROBLEMS = {
    "id_lost_digits": "身份证号单元格是数字格式，末几位已丢失，未录入。请把该列设为文本后重填",
    "id_checksum": "身份证号的校验位或出生日期不对，未录入。请核对证件后补填",
    "id_length": "身份证号不是18位，未录入。请核对证件后补填",
    "id_missing": "没有身份证号，请补填",
}


class Cell(NamedTuple):
    """A value, or nothing; ``code`` is empty when nothing is wrong."""

    value: Any
    code: str = ""
    text: str = ""


Parse = Callable[[CellValue], Cell]

EMPTY = Cell(None)


@dataclass(frozen=True, slots=True)
class DateReader:
    """How dates of a sheet are read, and what lies ahead."""

    today: date
    date_1904: bool = False
    one_may_be_ten: bool = False

    def read(self, field: str, value: CellValue) -> Cell:
        """The date in a cell, or the words in its place; birth and admission are past."""
        if type(value) is date and 1900 < value.year < self.today.year:
            return Cell(PartialDate.of(value))
        if isinstance(value, str) and value[0] not in "12" and _says_unknown(field, value):
            return Cell(clean(value)[0])
        latest = self.today.year + (-18 if field == "birth_date" else 1)
        found = read_date(value, How(self.date_1904, self.one_may_be_ten, latest))
        if found.value and field in _PAST_FIELDS and found.value.first > self.today:
            return Cell(None, "date_order", f"{LABELS[field]}晚于今天，未录入，请核对后补填")
        if found.value or not found.doubt:
            doubt = f"{LABELS[field]}{quoted(as_text(value))}{found.doubt}，请核对"
            return Cell(found.value, *(("date_unparsed", doubt) if found.doubt else ()))
        return _unread(field, value, found.doubt)


def _unread(field: str, value: CellValue, doubt: str) -> Cell:
    """What cannot be read as a date: 预备 in its place is a kind, other words are kept."""
    if field == "full_date" and isinstance(value, str) and values.says_probationary(value):
        return Cell(MemberKind.PROBATIONARY)
    kept = clean(value)[0] if isinstance(value, str) else None
    where = "，原文已记入备注" if kept else "，未录入"
    text = f"{LABELS[field]}{quoted(as_text(value))}{doubt}{where}，请核对后补填"
    return Cell(kept, "date_unparsed", text)


def _says_unknown(field: str, text: str) -> bool:
    """Whether words stand for a date: 不详; 无 too where there must have been one."""
    word = squeeze(text)
    return word in _UNKNOWN_DAYS or (word == "无" and field in ("birth_date", "join_date"))


def parser(field: str, dates: DateReader) -> Parse:
    """The reader of cells of that field."""
    read = _special(field, dates)
    label = LABELS.get(field, "职务和党小组")
    is_plain = _PLAIN.get(field)

    def parse(value: CellValue) -> Cell:
        if isinstance(value, str):
            if is_plain is not None and is_plain(value):
                return Cell(value)
            text = value.strip()
            if len(text) < _SHORTEST_CERTAIN and values.is_nothing(text):
                if field in DATE_FIELDS and _says_unknown(field, text):
                    return Cell(text)
                return EMPTY if field != "id_number" else _id_problem("id_missing")
            if text[0] == "#" and values.is_error(text):
                return Cell(None, "value_unknown", f"{label}是出错的公式，未录入。请改正后再导入")
        elif value is Special.UNCOMPUTED:
            return Cell(
                None,
                "formula_uncomputed",
                f"{label}是没有计算结果的公式，未录入。请用Excel或WPS打开文件，保存后再导入",
            )
        return read(value)

    return parse


_PLAIN: dict[str, Callable[[str], bool]] = {
    "name": is_plain_name,
    "phone": values.is_mobile,
}
"""What most cells of a long roster are, told at once."""


def _special(field: str, dates: DateReader) -> Parse:
    if field in DATE_FIELDS:
        return lambda value: dates.read(field, value)
    if field in _SIMPLE:
        return _SIMPLE[field]
    if field in _WORDS:
        return lambda value: _word(field, as_text(value))
    return lambda value: _plain(field, as_text(value))


def as_text(value: CellValue) -> str:
    """A cell's value as it would be typed; whole numbers without a decimal point."""
    if isinstance(value, str):
        return value
    if isinstance(value, MonthOnly):
        return f"{value.day.year}-{value.day.month:02}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if isinstance(value, Special) else str(value)


def _name(value: CellValue) -> Cell:
    found = read_name(as_text(value))
    if not found.name:
        return EMPTY
    if not plausible(found.name):
        return Cell(found, "value_unknown", "姓名不像人名，已照原样录入，请核对")
    told = [f"姓名中的{found.cleaned}已整理"] if found.cleaned else []
    if found.shown:
        told.append(f"姓名后的{quoted(found.shown)}已移到相应的项目或备注")
    return Cell(found, "text_cleaned" if told else "", "，".join(told))


def _identity(value: CellValue) -> Cell:
    if not isinstance(value, str | float):
        return _id_problem("id_length")
    found = read_identity(value)
    if found.number is None:
        return _id_problem(found.problem)
    if found.converted:
        return Cell(found, "text_cleaned", "15位身份证号已换算为18位，请核对")
    if found.cleaned:
        return Cell(found, "text_cleaned", "身份证号中的空格、全角或其他符号已去掉")
    return Cell(found)


def _id_problem(code: str) -> Cell:
    return Cell(None, code, _ID_PROBLEMS[code])


_WORDS = {
    "sex": values.read_sex,
    "ethnicity": values.read_ethnicity,
    "education": values.read_education,
}


def _word(field: str, text: str) -> Cell:
    found = _WORDS[field](clean(text)[0])
    if found.known:
        return Cell(found.text)
    shown = quoted(found.text or "")
    return Cell(found.text, "value_unknown", f"{LABELS[field]}{shown}不认识，已照原样录入，请核对")


def _membership(value: CellValue) -> Cell:
    return Cell(told_by(clean(as_text(value))[0]))


def _phone(value: CellValue) -> Cell:
    found = values.read_phone(value if isinstance(value, str | float) else as_text(value))
    if not found.known:
        return Cell(found.text, "phone_format", "联系电话不像手机号或固定电话，请核对")
    if found.cleaned:
        return Cell(found.text, "text_cleaned", "联系电话的全角数字、空格或符号已整理")
    return Cell(found.text)


def _posts(value: CellValue) -> Cell:
    return Cell(values.split_posts(as_text(value)))


def _posts_and_group(value: CellValue) -> Cell:
    return Cell(values.split_post_and_group(as_text(value)))


_SIMPLE: dict[str, Parse] = {
    "name": _name,
    "id_number": _identity,
    "member_kind": _membership,
    "status": _membership,
    "phone": _phone,
    "party_post": _posts,
    POST_AND_GROUP: _posts_and_group,
}


def _plain(field: str, text: str) -> Cell:
    kept, removed = clean(text, multiline=field == "note")
    kept = kept.strip()
    if removed:
        return Cell(kept or None, "text_cleaned", f"{LABELS[field]}中的{removed}已去掉")
    return Cell(kept or None)
