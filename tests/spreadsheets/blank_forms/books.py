"""Blank forms as superiors make them in Excel, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture

from dangjian_desktop.domain.blank_forms.form import Blank, Filled
from dangjian_desktop.spreadsheets.blank_forms.writing import FillableSheet

_THIN = Side(style="thin")
_LINES = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)

_STATISTIC = {
    "A1": "党支部工作统计表",
    "A2": "填报单位：",
    "F2": "填报日期：",
    "A3": "党员情况",
    "E3": "三会一课（次）",
    "H3": "合计",
    "A4": "党员总数",
    "B4": "正式党员",
    "C4": "预备党员",
    "D4": "女党员",
    "E4": "党员大会",
    "F4": "支委会",
    "G4": "党课",
    "H5": "=SUM(E5:G5)",
    "A6": "说明：本表每月报一次。",
    "A8": "序号",
    "B8": "会议类型",
    "C8": "时间",
    "D8": "地点",
    "E8": "应到人数",
    "F8": "实到人数",
    "A9": 1,
    "A10": 2,
    "A11": 3,
    "A12": "合计",
    "E12": "=SUM(E9:E11)",
    "F12": "=F9+F10+F11",
    "A13": "负责人（签字）：            填报人：____________",
    "A15": "组织类别：☐机关 ☐企业 ☐农村",
}


def rule(sheet: Worksheet, area: str) -> None:
    """Lines around every cell, text wrapped."""
    for row in sheet[area]:
        for cell in row:
            cell.border, cell.alignment = _LINES, Alignment(wrap_text=True)


def saved(book: openpyxl.Workbook) -> bytes:
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def a_sheet(cells: Mapping[str, object], *areas: str, merged: tuple[str, ...] = ()) -> Worksheet:
    """A sheet of these cells, with lines in the areas."""
    sheet = openpyxl.Workbook().active
    sheet.title = "月报"
    for place, value in cells.items():
        sheet[place] = value
    for area in merged:
        sheet.merge_cells(area)
    for area in areas:
        rule(sheet, area)
    return sheet


def statistic(change: Callable[[Worksheet], None] = lambda _sheet: None) -> bytes:
    """Heads of two levels, a list with three empty rows and its sums, words above and below, a
    picture, a rule of looks, a list of what may be typed, an area of print."""
    sheet = a_sheet(
        _STATISTIC, "A3:H5", "A8:F12", merged=("A1:H1", "A3:D3", "E3:G3", "H3:H4", "A13:H13")
    )
    sheet["A1"].font = Font(name="方正小标宋简体", size=18)
    sheet["D5"].number_format = "0"
    sheet["B9"].number_format = "@"
    sheet.column_dimensions["C"].width = 30
    sheet.row_dimensions[5].height = 28
    sheet.conditional_formatting.add("F9:F11", CellIsRule(operator="lessThan", formula=["E9"]))
    listed = DataValidation(type="list", formula1='"党课,支委会"')
    listed.add("B9:B11")
    sheet.add_data_validation(listed)
    drawn = BytesIO()
    Picture.new("RGB", (8, 8), "red").save(drawn, "PNG")
    sheet.add_image(Image(drawn), "G14")
    sheet.print_area = "A1:H13"
    sheet.print_title_rows = "1:2"
    sheet.oddFooter.center.text = "第&P页"
    change(sheet)
    return saved(sheet.parent)


def parts_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def repacked(data: bytes, changes: Mapping[str, bytes]) -> bytes:
    """The same package with some parts replaced or added."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as package:
        for name, part in {**parts_of(data), **changes}.items():
            package.writestr(name, part)
    return packed.getvalue()


def filled(
    data: bytes, texts: Mapping[str, object], name: str = "表.xlsx"
) -> tuple[bytes, tuple[str, ...]]:
    """The form with texts (or ``Filled``) in the blanks of these keys, and the notes."""
    opened = FillableSheet(data, name)
    values = {k: v if isinstance(v, Filled) else Filled(text=str(v)) for k, v in texts.items()}
    assert values.keys() <= {blank.key for blank in opened.form.blanks}
    return opened.filled(values, opened.form.blanks)


def blanks_of(data: bytes, name: str = "表.xlsx") -> dict[str, Blank]:
    return {blank.key: blank for blank in FillableSheet(data, name).form.blanks}


def opened(data: bytes) -> Worksheet:
    """The first sheet as openpyxl reads it."""
    return openpyxl.load_workbook(BytesIO(data), rich_text=True).worksheets[0]


def told(sheet: Worksheet) -> dict[str, tuple[object, ...]]:
    """What is to be the same in a filled form: value, style, of every cell."""
    return {
        cell.coordinate: (
            cell.value,
            cell.font.name,
            cell.font.sz,
            cell.border.left.style,
            cell.number_format,
            cell.alignment.wrap_text,
            cell.protection.locked,
        )
        for row in sheet.iter_rows()
        for cell in row
    }


def unlocked(sheet: Worksheet, *places: str) -> None:
    """Protect the sheet but for some cells."""
    sheet.protection.sheet = True
    for place in places:
        sheet[place].protection = Protection(locked=False)
