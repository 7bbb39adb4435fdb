"""One cell of a sheet to the plain value of a field, with what is wrong about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from dangjian_desktop.domain.field_values import read_value
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.members.importing.cells import as_text
from dangjian_desktop.domain.members.importing.dates import How, read_date
from dangjian_desktop.domain.members.importing.sheets import CellValue, Sheet, Special
from dangjian_desktop.domain.members.importing.values import is_nothing
from dangjian_desktop.domain.texts import clean, normal_name, squeeze

_BETWEEN = re.compile(r"[、，,；;\n]+")
_BLANK = re.compile(r"\s+")
_YES = frozenset({"是", "√", "✓", "对", "有", "y", "yes", "true", "1"})
_NO = frozenset({"否", "×", "✕", "x", "不", "无", "n", "no", "false", "0"})
_LONGEST = 40


class Read(NamedTuple):
    """A plain value, or nothing; ``code`` is empty when nothing is wrong."""

    value: Any = None
    code: str = ""
    text: str = ""


class CellReader:
    """Reads the cells of one sheet for one ledger."""

    def __init__(self, ledger: Ledger, today: date, sheet: Sheet) -> None:
        self._ledger = ledger
        self._today = today
        self._sheet = sheet

    def read(self, name: str, value: CellValue) -> Read:
        """The plain value for a field that the ledger has."""
        asked = self._ledger.named(name)
        if asked is None or value == "":
            return Read()
        if value is Special.UNCOMPUTED:
            return _wrong(asked, "formula_uncomputed", "是没有计算结果的公式，没有录入")
        text = as_text(value).strip()
        if not text or (asked.type is not FieldType.YES_NO and is_nothing(text)):
            return Read()
        special = _SPECIAL.get(asked.type)
        if special is not None:
            return special(self, asked, value, text)
        return self._plain(asked, text)

    def _plain(self, asked: Field, text: str) -> Read:
        kept, removed = clean(text, multiline=asked.type is FieldType.LONG_TEXT)
        try:
            found = read_value(asked, kept.strip())
        except ValueError as wrong:
            said = str(wrong)
            shown = "" if said.startswith("“") else f"“{_short(text)}”"
            return _wrong(asked, "value_unknown", f"{shown}{said}，没有录入")
        if found is None:
            return Read()
        if removed:
            return Read(kept.strip(), "text_cleaned", f"“{asked.label}”中的{removed}已去掉")
        return Read(kept.strip())

    def _number(self, asked: Field, _value: CellValue, text: str) -> Read:
        plain = text.removesuffix(asked.unit).strip() if asked.unit else text
        return self._plain(asked, plain.removeprefix("￥").removeprefix("¥"))

    def _day(self, asked: Field, value: CellValue, text: str) -> Read:
        how = How(self._sheet.date_1904, one_may_be_ten=not self._sheet.typed)
        found = read_date(value, how)
        known = found.value
        if known is None or (found.doubt and asked.type is not FieldType.PARTIAL_DATE):
            why = found.doubt or "认不出来"
            return _wrong(asked, "date_unparsed", f"“{_short(text)}”{why}，没有录入")
        if asked.type is FieldType.MONTH and known.month is not None:
            return Read(f"{known.year:04}-{known.month:02}")
        if asked.type is FieldType.PARTIAL_DATE or (asked.type is FieldType.DATE and known.exact):
            return Read(str(known))
        wanted = "没有写到日" if asked.type is FieldType.DATE else "没有写到月"
        return _wrong(asked, "date_unparsed", f"“{_short(text)}”{wanted}，没有录入")

    def _choice(self, asked: Field, _value: CellValue, text: str) -> Read:
        code = self._code(asked, text)
        return Read(code) if code else _no_choice(asked, text)

    def _choices(self, asked: Field, _value: CellValue, text: str) -> Read:
        parts = [part for part in _BETWEEN.split(text) if part.strip()]
        codes = [self._code(asked, part) for part in parts]
        if None in codes:
            return _no_choice(asked, parts[codes.index(None)])
        return Read(list(dict.fromkeys(codes)))

    def _code(self, asked: Field, text: str) -> str | None:
        plain = _choice_word(text)
        offered = self._ledger.choices_of(asked.name)
        return next((c for c, word in offered if plain in (_choice_word(word), c)), None)

    def _flag(self, asked: Field, _value: CellValue, text: str) -> Read:
        plain = squeeze(text).lower()
        if plain in _YES or plain in _NO:
            return Read(plain in _YES)
        return _wrong(asked, "value_unknown", f"“{_short(text)}”应为是或否，没有录入")

    def _names(self, asked: Field, _value: CellValue, text: str) -> Read:
        names = [name for part in _BETWEEN.split(text) for name in _parted(part)]
        return Read(list(dict.fromkeys(names)))

    def _one_name(self, asked: Field, _value: CellValue, text: str) -> Read:
        names = [name for part in _BETWEEN.split(text) for name in _parted(part)]
        if len(names) > 1:
            return _wrong(asked, "value_unknown", f"“{_short(text)}”是几个人，只能填一人，没有录入")
        return Read(names[0]) if names else Read()


def _parted(text: str) -> list[str]:
    """张三 李四 are two persons, 张 三 is one."""
    parts = _BLANK.split(text.strip())
    if len(parts) > 1 and all(len(part) > 1 for part in parts):
        return parts
    name = normal_name(text)
    return [name] if name else []


def _choice_word(text: str) -> str:
    return squeeze(text).replace("其它", "其他").lower()


def _no_choice(asked: Field, text: str) -> Read:
    words = "、".join(word for _, word in asked.choices)
    return _wrong(asked, "value_unknown", f"“{_short(text)}”不是选项（{words}），没有录入")


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _LONGEST else one_line[:_LONGEST] + "…"


def _wrong(asked: Field, code: str, words: str) -> Read:
    return Read(None, code, f"“{asked.label}”{words}")


_SPECIAL: Mapping[FieldType, Callable[[CellReader, Field, CellValue, str], Read]] = {
    FieldType.INTEGER: CellReader._number,  # noqa: SLF001 - its own table
    FieldType.YEAR: CellReader._number,  # noqa: SLF001
    FieldType.DECIMAL: CellReader._number,  # noqa: SLF001
    FieldType.MONEY: CellReader._number,  # noqa: SLF001
    FieldType.DATE: CellReader._day,  # noqa: SLF001
    FieldType.PARTIAL_DATE: CellReader._day,  # noqa: SLF001
    FieldType.MONTH: CellReader._day,  # noqa: SLF001
    FieldType.CHOICE: CellReader._choice,  # noqa: SLF001
    FieldType.CHOICES: CellReader._choices,  # noqa: SLF001
    FieldType.YES_NO: CellReader._flag,  # noqa: SLF001
    FieldType.PERSON: CellReader._one_name,  # noqa: SLF001
    FieldType.PEOPLE: CellReader._names,  # noqa: SLF001
}
