"""A superior's table of standards out of a spreadsheet: which sheet it is, and its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from dangjian_desktop.domain.members.importing.cells import as_text
from dangjian_desktop.domain.members.importing.sheets import Sheet
from dangjian_desktop.domain.texts import squeeze
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.frozen import dataclass

_SEARCHED = 25
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]|[*＊:：\s]")
_ANNEX = re.compile(r"附(?:件|表)[\d一二三四五六七八九十]*[:：]?")
_LEAST = 2
_FEET = ("注", "合计", "总计", "总分")
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "number": ("序号", "编号", "序"),
    "item": (
        *("项目", "考核项目", "考评项目", "评价项目", "创建项目", "达标项目", "一级指标"),
        *("考核内容", "考评内容", "内容", "类别", "指标", "考核指标"),
    ),
    "standard": (
        *("标准", "考核标准", "考评标准", "评分标准", "评价标准", "达标标准", "创建标准"),
        *("具体要求", "要求", "二级指标", "工作标准", "达标要求"),
    ),
    "band": ("底线/高线", "底线高线", "底线或高线", "类型", "性质"),
    "weight": ("权重", "分值", "标准分", "满分", "分数", "赋分", "标准分值"),
    "value": ("完成情况", "自评情况", "实际完成", "自查情况", "完成值"),
    "score": ("得分", "自评分", "自评得分", "评分", "考核得分", "自查得分"),
    "gap": ("存在问题", "差距", "问题", "差距问题", "扣分原因"),
    "evidence": ("佐证", "佐证材料", "备查资料", "查看资料", "台账资料", "支撑材料"),
}
"""What a heading may be called; the first column that fits is taken."""
_BANDS = tuple({*labels} for labels in (("底线",), ("高线",), ("底线", "高线")))


@dataclass(frozen=True, slots=True)
class StandardsSheet:
    """A sheet with its headings: ``head`` is their row, ``columns`` the place of each part,
    ``untaken`` the headings that are none."""

    sheet: Sheet
    head: int
    columns: Mapping[str, int]
    untaken: tuple[str, ...]

    @property
    def title(self) -> str:
        """The first words above the headings that do not only say which annex it is."""
        for place, row in enumerate(self.sheet.rows[: self.head]):
            if sum(_part(plain(as_text(value))) is not None for value in row) >= _LEAST:
                break
            for column, value in enumerate(row):
                text = squeeze(as_text(value))
                filled_in = (place, column) in self.sheet.from_left
                if text and not filled_in and not _ANNEX.fullmatch(text):
                    return text
        return ""

    def remarks(self) -> Iterator[Issue]:
        """What of the sheet was not read."""
        row = self.head + 1
        for heading in self.untaken:
            yield Issue(f"“{heading}”这一列没有读入。", "column_untaken", row=row)
        if self.sheet.rows_left_out:
            words = f"隔了很多空行以后还有{self.sheet.rows_left_out}行，没有读入，请核对。"
            yield Issue(words, "rows_left_out")
        if self.sheet.hidden:
            yield Issue(f"工作表“{self.sheet.name}”在表中被隐藏，已照常读取。", "hidden_sheet")


def sheet_of_standards(sheets: Sequence[Sheet], name: str, wanted: str = "") -> StandardsSheet:
    """The one with the headings of such a table, or the ``wanted`` one; raises ``InputError``
    where none has them, or several have."""
    if wanted:
        return _wanted(sheets, name, wanted)
    found = [each for sheet in sheets if (each := _headed(sheet)) is not None]
    shown = [each for each in found if not each.sheet.hidden] or found
    if not shown:
        raise InputError(
            f"文件“{name}”里没有找到达标表的表头。",
            "表头一行应有“项目”“标准”“分值”“得分”这样的列名；请改好列名后再读入。",
        )
    if len(shown) > 1:
        titles = "、".join(f"“{each.sheet.name}”" for each in shown)
        raise InputError(
            f"文件“{name}”里有{len(shown)}张工作表都是达标表：{titles}，没有读入。",
            "请把要用的一张另存为单独的文件，再分别读入。",
        )
    return shown[0]


def plain(text: str) -> str:
    """A heading as it is compared: without blanks and what stands in brackets."""
    return _BRACKETS.sub("", squeeze(text))


def _wanted(sheets: Sequence[Sheet], name: str, wanted: str) -> StandardsSheet:
    sheet = next((each for each in sheets if each.name.strip() == wanted.strip()), None)
    if sheet is None:
        titles = "、".join(f"“{each.name}”" for each in sheets)
        raise InputError(f"文件“{name}”里没有工作表“{wanted}”。", f"里面有：{titles}。")
    found = _headed(sheet)
    if found is None:
        raise InputError(
            f"工作表“{sheet.name}”里没有找到达标表的表头。",
            "表头一行应有“项目”“标准”“分值”“得分”这样的列名；请改好列名后再读入。",
        )
    return found


def _headed(sheet: Sheet) -> StandardsSheet | None:
    rows = [_columns(sheet, place) for place in range(min(_SEARCHED, len(sheet.rows)))]
    if not rows:
        return None
    found = max(rows, key=lambda each: len(each.columns))
    fits = {"item", "standard"} & {*found.columns} and len(found.columns) >= _LEAST
    return found if fits else None


def _columns(sheet: Sheet, place: int) -> StandardsSheet:
    named: dict[str, int] = {}
    untaken = []
    for column, value in enumerate(sheet.rows[place]):
        heading = plain(as_text(value))
        if (place, column) in sheet.from_left or not heading:
            continue
        part = _part(heading)
        if part == "item" and _tells_bands(sheet, place, column):
            part = "band"
        if part is None or part in named:
            untaken.append(squeeze(as_text(value)))
        else:
            named[part] = column
    return StandardsSheet(sheet, place, named, tuple(untaken))


def _tells_bands(sheet: Sheet, head: int, column: int) -> bool:
    """Whether nothing but 底线 and 高线 stands in a column, whatever it is called."""
    below = (squeeze(as_text(row[column])) for row in sheet.rows[head + 1 :] if column < len(row))
    return {text for text in below if text and not text.startswith(_FEET)} in _BANDS


def _part(heading: str) -> str | None:
    return next((part for part, words in _HEADINGS.items() if heading in words), None)
