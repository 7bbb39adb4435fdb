"""A superior's Excel form as it is read."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from dangjian_desktop.domain.blank_forms.form import BlankKind
from dangjian_desktop.errors import InputError
from dangjian_desktop.spreadsheets.blank_forms.writing import FillableSheet
from tests.spreadsheets.blank_forms.books import (
    a_sheet,
    blanks_of,
    parts_of,
    repacked,
    saved,
    statistic,
    unlocked,
)


def test_labels_heads_units_rows_and_gaps_are_found():
    form = FillableSheet(statistic(), "上级空表-统计.xlsx").form
    found = {blank.key: blank for blank in form.blanks}
    assert form.title == "党支部工作统计表"
    assert form.name == "上级空表-统计"
    assert (found["月报!B2"].label, found["月报!G2"].label) == ("填报单位", "填报日期")
    assert (found["月报!E5"].label, found["月报!E5"].heads) == ("党员大会", ("三会一课",))
    assert found["月报!H5"].formula
    rows = found["月报!A9"]
    assert rows.kind is BlankKind.ROWS
    assert rows.columns == ("序号", "会议类型", "时间", "地点", "应到人数", "实到人数")
    assert rows.rows[2] == tuple(f"月报!{letter}11" for letter in "ABCDEF")
    assert found["月报!A13#2"].label == "填报人"
    assert found["月报!A15#1"].choices == ("机关", "企业", "农村")
    assert found["月报!B2"].where == "工作表“月报”的B2格"
    assert found["月报!B2"].room > found["月报!A5"].room


def test_the_same_form_has_the_same_fingerprint_and_another_label_another():
    again = FillableSheet(statistic(), "乙.xlsx").form.fingerprint
    assert again == FillableSheet(statistic(), "甲.xlsx").form.fingerprint

    def changed(sheet):
        sheet["D4"] = "男党员"

    assert again != FillableSheet(statistic(changed), "甲.xlsx").form.fingerprint


def test_hidden_rows_columns_and_sheets_are_left_alone():
    def hide(sheet):
        sheet["A7"] = "内部编码："
        sheet.row_dimensions[7].hidden = True
        sheet.column_dimensions["D"].hidden = True
        other = sheet.parent.create_sheet("码表")
        other["A1"], other.sheet_state = "代码：", "hidden"

    found = blanks_of(statistic(hide))
    assert "月报!D5" not in found
    assert "月报!C5" in found
    assert not any(key.startswith("码表") or key.endswith("B7") for key in found)


def test_every_visible_sheet_is_looked_through():
    def another(sheet):
        other = sheet.parent.create_sheet("支部'甲!乙")
        other["A1"] = "支部名称："

    assert "支部'甲!乙!B1" in blanks_of(statistic(another))


def test_a_sheet_without_lines_is_one_table():
    sheet = a_sheet({"A1": "党员总数", "A2": "党课（次）", "C1": "填报人"})
    found = blanks_of(saved(sheet.parent))
    assert {key: found[key].label for key in ("月报!B1", "月报!B2")} == {
        "月报!B1": "党员总数",
        "月报!B2": "党课",
    }


def test_a_protected_sheet_offers_what_is_open_and_one_shut_throughout_is_refused():
    found = blanks_of(statistic(lambda sheet: unlocked(sheet, "A5", "B5")))
    assert found.keys() == {"月报!A5", "月报!B5"}
    with pytest.raises(InputError, match="设有保护") as caught:
        FillableSheet(statistic(unlocked), "表.xlsx")
    assert "撤消工作表保护" in caught.value.remedy


def _zipped(**parts: bytes) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return packed.getvalue()


def _garbled() -> bytes:
    return repacked(statistic(), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"})


def _entities() -> bytes:
    sheet = parts_of(statistic())["xl/worksheets/sheet1.xml"]
    trick = b'<!DOCTYPE a [<!ENTITY b "c">]>' + sheet
    return repacked(statistic(), {"xl/worksheets/sheet1.xml": trick})


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "said", "remedy"),
    [
        (_OLE, "旧式的.xls", "另存为一份新的.xlsx"),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "设了打开密码", "取消密码"),
        (b"just text", "不是Excel工作簿", "另存为"),
        (statistic()[:900], "已损坏", "另存为"),
        (_garbled(), "已损坏", "另存为"),
        (_entities(), "不合规范", "另存为"),
        (_zipped(word__document__xml=b""), "不是工作簿", "另存为"),
        (_zipped(**{"word/document.xml": b"<a/>"}), "Word文档", ".docx结尾"),
        (_zipped(**{"xl/workbook.bin": b""}), "不是.xlsx格式", "另存为"),
        (_zipped(**{"content.xml": b"<a/>"}), "不是.xlsx格式", "另存为"),
    ],
)
def test_what_is_no_form_is_refused_in_words(data, said, remedy):
    with pytest.raises(InputError, match=said) as caught:
        FillableSheet(data, "月报.xlsx")
    assert remedy in caught.value.remedy
    assert "导入" not in caught.value.remedy


def test_texts_shared_rich_and_numbers_are_read_as_they_are_shown():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"], sheet["A3"] = 2026, 1.5, True
    found = FillableSheet(saved(book), "表.xlsx").form.texts
    assert found[:2] == ("2026", "1.5")
