"""A superior's Excel form once it is filled: nothing differs but the filled cells."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation

from dangjian_desktop.domain.blank_forms.form import Filled
from dangjian_desktop.errors import InputError
from dangjian_desktop.spreadsheets.blank_forms.writing import FillableSheet
from dangjian_desktop.spreadsheets.reading import read_tables
from tests.spreadsheets.blank_forms.books import (
    a_sheet,
    filled,
    opened,
    parts_of,
    repacked,
    saved,
    statistic,
    told,
    unlocked,
)

SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
VALUES = {
    "月报!B2": "中共测试公司机关党支部",
    "月报!A5": "34",
    "月报!D5": "6",
    "月报!E5": "1",
    "月报!A13#2": "李四",
    "月报!A15#1": Filled(chosen=("企业",)),
}


def changed(before: bytes, after: bytes) -> set[str]:
    one, two = told(opened(before)), told(opened(after))
    return {place for place in one.keys() | two.keys() if one.get(place) != two.get(place)}


def test_nothing_differs_but_the_filled_cells():
    blank = statistic()
    data, notes = filled(blank, VALUES)
    assert changed(blank, data) == {"B2", "A5", "D5", "E5", "A13", "A15"}
    before, after = parts_of(blank), parts_of(data)
    # Pictures, styles, shared texts, relations: every other part has its bytes, in its order.
    assert list(before) == list(after)
    assert days_of(blank) == days_of(data)
    assert {name for name in before if before[name] != after[name]} == {SHEET, BOOK}
    one, two = opened(blank), opened(data)
    assert [str(m) for m in one.merged_cells.ranges] == [str(m) for m in two.merged_cells.ranges]
    assert two.print_area == one.print_area
    assert (
        two.data_validations.dataValidation[0].sqref == one.data_validations.dataValidation[0].sqref
    )
    assert two.column_dimensions["C"].width == 30
    assert two.row_dimensions[5].height == 28
    assert len(two._images) == 1
    assert notes == ()


def days_of(data: bytes) -> list[tuple[int, ...]]:
    with ZipFile(BytesIO(data)) as package:
        return [entry.date_time for entry in package.infolist()]


def small(sheet):
    sheet["A3"].font = Font(name="仿宋_GB2312", size=9)
    for place in ("B5", "D9"):
        sheet[place].font = Font(name="仿宋_GB2312", size=16)
        sheet[place].alignment = Alignment(wrap_text=True, horizontal="center")
    for row in (5, 9):
        sheet.row_dimensions[row].height = 28


def test_a_long_text_is_set_smaller_than_its_cell_and_as_small_as_the_form_itself():
    blank = statistic(small)
    data, notes = filled(blank, {"月报!B5": "甲乙丙丁戊己"})
    one, two = opened(blank)["B5"], opened(data)["B5"]
    assert (two.value, notes) == ("甲乙丙丁戊己", ())
    assert 9 <= two.font.sz < one.font.sz == 16
    assert two.font.name == one.font.name
    assert (two.alignment.horizontal, two.border.left.style) == ("center", "thin")
    assert changed(blank, data) == {"B5"}
    data, notes = filled(blank, {"月报!B5": "很长的话" * 30})
    assert opened(data)["B5"].font.sz == 9
    assert "约120字" in notes[0]
    assert "请看一下版面" in notes[0]


def test_a_cell_of_a_list_shrinks_too_and_what_does_not_fit_is_said_once():
    rows = tuple(("", "党课", "", "很长的地点" * n, "", "") for n in (1, 20, 20, 20))
    data, notes = filled(statistic(small), {"月报!A9": Filled(rows=rows)})
    assert [opened(data)[f"D{row}"].font.sz < 16 for row in (9, 10)] == [True, True]
    assert len(notes) == 1
    assert "“地点”有放不下的格" in notes[0]


def test_blanks_outside_of_the_cells_are_said():
    def head(sheet):
        sheet.oddHeader.left.text = "填报单位：________"
        sheet.oddHeader.right.text = "第&P页"

    form = FillableSheet(statistic(head), "表.xlsx").form
    assert form.beyond == ("工作表“月报”的页眉里的“填报单位”没有代填，请在表格程序里填。",)
    assert filled(statistic(head), {})[1] == form.beyond


def test_the_same_values_give_the_same_bytes():
    blank = statistic()
    assert filled(blank, VALUES) == filled(blank, VALUES)


def test_numbers_are_numbers_where_formulas_count_with_them_and_text_where_they_name():
    def styled(sheet):
        sheet["B5"].number_format = "@"
        sheet["C5"].number_format = "0.0%"
        sheet["G2"].number_format = 'yyyy"年"m"月"d"日"'

    data, _ = filled(
        statistic(styled),
        {
            "月报!A5": "34",
            "月报!B5": "2026年3月1日",
            "月报!C5": "88.9%",
            "月报!D5": "13800000000",
            "月报!E5": "007",
            "月报!F5": "1.50",
            "月报!G2": "2026年3月18日",
        },
    )
    sheet = opened(data)
    assert [sheet[f"{c}5"].value for c in "ABCDEF"] == [
        34,
        "2026年3月1日",
        0.889,
        "13800000000",
        "007",
        1.5,
    ]
    assert sheet["G2"].value.date() == date(2026, 3, 18)


def test_formulas_are_kept_and_their_old_results_are_not():
    stale = re.sub(rb"</f><v ?/>|</f><v></v>", b"</f><v>99</v>", parts_of(statistic())[SHEET])
    assert b"<v>99</v>" in stale
    data, _ = filled(repacked(statistic(), {SHEET: stale}), VALUES)
    assert opened(data)["H5"].value == "=SUM(E5:G5)"
    assert b"<v>99</v>" not in parts_of(data)[SHEET]
    assert b'fullCalcOnLoad="1"' in parts_of(data)[BOOK]


def test_a_form_without_formulas_keeps_its_book_byte_for_byte():
    blank = saved(a_sheet({"A1": "党员总数"}, "A1:B1").parent)
    data, _ = filled(blank, {"月报!B1": "34"})
    assert {n for n, p in parts_of(blank).items() if parts_of(data)[n] != p} == {SHEET}


def test_what_the_data_holds_stays_what_it_is():
    text = 'A&B <第1条> "引号"\t制表\n=1+1 _x0041_'
    data, notes = filled(statistic(), {"月报!A5": text})
    assert opened(data)["A5"].value == text
    assert opened(data)["A5"].data_type == "s"
    assert read_back(data)[4][0] == text
    assert "请看一下版面" in notes[0]


def read_back(data: bytes):
    """The rows as another reader has them."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "表.xlsx"
        path.write_bytes(data)
        return read_tables(path)[0].rows


def test_words_in_several_faces_keep_them_around_a_filled_gap():
    sheet = a_sheet({}, "A1:B2")
    bold = InlineFont(b=True)
    sheet["A1"] = CellRichText("填报人：", TextBlock(bold, "____"), "  审核人：____")
    data, _ = filled(saved(sheet.parent), {"月报!A1#1": "李四", "月报!A1#2": "张三"})
    found = opened(data)["A1"].value
    assert "".join(str(part) for part in found) == "填报人：李四  审核人：张三"
    assert found[1].font.b


def test_a_row_that_is_not_there_yet_is_made_in_its_place():
    sheet = a_sheet({"A1": "题目", "A5": "党员总数：", "A9": "末行"})
    data, _ = filled(saved(sheet.parent), {"月报!B5": "34"})
    assert opened(data)["B5"].value == 34
    rows = re.findall(rb'<row r="(\d+)"', parts_of(data)[SHEET])
    assert rows == sorted(rows, key=int)


def list_of(count: int) -> Filled:
    return Filled(
        rows=tuple((str(n), "党课", f"3月{n}日", "会议室", "34", "31") for n in range(1, count + 1))
    )


def test_a_list_with_empty_rows_keeps_them():
    data, _ = filled(statistic(), {"月报!A9": list_of(2)})
    sheet = opened(data)
    assert [c.value for c in sheet[10]][:6] == [2, "党课", "3月2日", "会议室", 34, 31]
    assert [c.value for c in sheet[11]][:6] == [3, None, None, None, None, None]
    assert sheet["A12"].value == "合计"


def test_a_longer_list_puts_in_rows_like_its_last_and_moves_all_below():
    def more(sheet):
        sheet.merge_cells("D11:D11")
        other = sheet.parent.create_sheet("汇总")
        other["A1"], other["A2"] = "=月报!E12", "=SUM(月报!$E$9:$E$11)"
        sheet["H9"] = "=H5"
        sheet.row_dimensions[11].height = 33

    blank = statistic(more)
    data, notes = filled(blank, {"月报!A9": list_of(8), **VALUES})
    sheet, other = opened(data), openpyxl.load_workbook(BytesIO(data)).worksheets[1]
    assert notes == ()
    assert [sheet[f"A{row}"].value for row in range(9, 18)] == [*range(1, 9), "合计"]
    assert (sheet["E17"].value, sheet["F17"].value) == ("=SUM(E9:E16)", "=F9+F10+F11")
    assert (other["A1"].value, other["A2"].value) == ("=月报!E17", "=SUM(月报!$E$9:$E$16)")
    assert sheet["A16"].border.left.style == "thin"
    assert sheet.row_dimensions[16].height == 33
    assert sheet["A18"].value == "负责人（签字）：            填报人：李四"
    assert "A18:H18" in {str(m) for m in sheet.merged_cells.ranges}
    assert sheet.print_area == "'月报'!$A$1:$H$18"
    assert str(sheet.data_validations.dataValidation[0].sqref) == "B9:B16"
    assert [str(r.sqref) for r in sheet.conditional_formatting] == ["F9:F16"]
    assert sheet._images[0].anchor._from.row == 13 + 5
    assert sheet["H9"].value == "=H5"


def test_shared_formulas_below_a_longer_list_say_what_they_said():
    def shared(sheet):
        sheet["J5"], sheet["J12"] = "=G4*2", "=G11*2"

    blank = statistic(shared)
    part = parts_of(blank)[SHEET]
    part = part.replace(b"<f>G4*2</f>", b'<f t="shared" ref="J5:J12" si="0">G4*2</f>')
    part = part.replace(b"<f>G11*2</f>", b'<f t="shared" si="0"/>')
    data, _ = filled(repacked(blank, {SHEET: part}), {"月报!A9": list_of(5)})
    sheet = opened(data)
    assert (sheet["J5"].value, sheet["J14"].value) == ("=G4*2", "=G11*2")


def test_the_chain_of_formulas_follows_rows_that_were_put_in():
    chain = (
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<c r="H5" i="1"/><c r="E12"/><c r="F12" i="1"/></calcChain>'
    )
    data, _ = filled(repacked(statistic(), {"xl/calcChain.xml": chain}), {"月报!A9": list_of(4)})
    found = re.findall(rb'r="([A-Z]+\d+)"', parts_of(data)["xl/calcChain.xml"])
    assert found == [b"H5", b"E13", b"F13"]


def test_a_note_above_a_list_bars_no_rows_and_a_computed_column_goes_on():
    def changed(sheet):
        sheet["A8"].comment = openpyxl.comments.Comment("上级的批注", "上级")
        for row in (9, 10, 11):
            sheet[f"F{row}"] = f'=IF(E{row}="","",E{row}*2)'

    data, notes = filled(statistic(changed), {"月报!A9": list_of(5)})
    sheet = opened(data)
    assert notes == ()
    assert [sheet[f"F{row}"].value for row in (9, 13)] == [
        f'=IF(E{row}="","",E{row}*2)' for row in (9, 13)
    ]
    assert sheet["C13"].value == "3月5日"
    assert sheet["A8"].comment.text == "上级的批注"


@pytest.mark.parametrize("barred", ["note", "protected"])
def test_where_no_rows_can_be_put_in_it_is_said_who_is_left_out(barred):
    def bar(sheet):
        if barred == "note":
            sheet["A13"].comment = openpyxl.comments.Comment("上级的批注", "上级")
        else:
            unlocked(sheet, *(f"{c}{r}" for c in "ABCDEF" for r in (9, 10, 11)))

    blank = statistic(bar)
    data, notes = filled(blank, {"月报!A9": list_of(5)})
    assert [opened(data)[f"C{row}"].value for row in (9, 11, 12)] == ["3月1日", "3月3日", None]
    assert "有5行，表中只有3行" in notes[0]
    assert "请在空表中加行" in notes[0]


def test_two_lists_on_one_sheet_are_both_filled():
    cells = {"A1": "序号", "B1": "姓名", "A2": 1, "A3": 2, "A5": "序号", "B5": "项目名称", "A6": 1}
    sheet = a_sheet(cells, "A1:B3", "A5:B6")
    names = Filled(rows=(("1", "甲"), ("2", "乙"), ("3", "丙")))
    titles = Filled(rows=(("1", "子"), ("2", "丑")))
    data, _ = filled(saved(sheet.parent), {"月报!A2": names, "月报!A6": titles})
    found = opened(data)
    assert [found[f"B{row}"].value for row in range(1, 9)] == [
        *("姓名", "甲", "乙", "丙", None),
        *("项目名称", "子", "丑"),
    ]


def test_what_a_cell_offers_is_taken_in_its_own_words_and_what_it_lacks_is_said():
    def offer(sheet):
        hidden = sheet.parent.create_sheet("码表")
        hidden.sheet_state = "hidden"
        for row, word in enumerate(("机关", "国有企业（含控股）"), start=1):
            hidden[f"A{row}"] = word
        for place, formula in {
            "A5": "码表!$A$1:$A$2",
            "B5": '"男,女"',
            "C5": "INDIRECT(A1)",
        }.items():
            rule = DataValidation(type="list", formula1=formula)
            rule.add(place)
            sheet.add_data_validation(rule)

    texts = {"月报!A5": "国有企业", "月报!B5": "未知", "月报!C5": "甲"}
    data, notes = filled(statistic(offer), texts)
    sheet = opened(data)
    assert [sheet[f"{c}5"].value for c in "ABC"] == ["国有企业（含控股）", None, "甲"]
    assert notes == ("“正式党员”（工作表“月报”的B5格）的下拉选项里没有“未知”，没有填。",)


def test_rows_that_were_put_in_offer_what_the_last_one_did():
    rows = (*list_of(4).rows, ("5", "选举", "3月5日", "会议室", "34", "31"))
    data, notes = filled(statistic(), {"月报!A9": Filled(rows=rows)})
    assert [opened(data)[f"B{row}"].value for row in (12, 13)] == ["党课", None]
    assert "没有“选举”" in notes[0]


def test_cells_without_places_of_their_own_are_filled_in_theirs():
    blank = statistic()
    part = re.sub(rb'<c r="[A-Z]+\d+"', b"<c", parts_of(blank)[SHEET])
    part = re.sub(rb'<row r="\d+"', b"<row", part.replace(b'<row r="8"', b'<row kept="8"'))
    part = part.replace(b'<row kept="8"', b'<row r="8"')
    plain = repacked(blank, {SHEET: part})
    data, _ = filled(plain, {"月报!A9": list_of(5), "月报!A5": "34"})
    sheet = opened(data)
    assert [sheet[f"A{row}"].value for row in (5, 9, 13, 14)] == [34, 1, 5, "合计"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'sqref="B9:B11"', b'sqref="B9:-1"'),
        (b"<f>SUM(E9:E11)</f>", b"<f>SUM('E9:E11)</f>"),
        (b'ref="A13:H13"', b'ref="A13:H"'),
    ],
)
def test_parts_that_do_not_fit_are_told_and_nothing_is_made(old, new):
    blank = statistic()
    part = parts_of(blank)[SHEET]
    assert old in part
    broken = repacked(blank, {SHEET: part.replace(old, new)})
    with pytest.raises(InputError, match="已损坏"):
        filled(broken, {"月报!A9": list_of(5)})


def test_a_text_longer_than_a_cell_is_cut_and_said():
    data, notes = filled(statistic(), {"月报!A5": "长" * 40_000})
    assert len(opened(data)["A5"].value) == 32_767
    assert "最多32767字" in notes[0]
