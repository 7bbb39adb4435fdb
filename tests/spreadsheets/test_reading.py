"""What a file is, is told by its first bytes; every file that cannot be read says why."""

from __future__ import annotations

import tracemalloc
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from dangjian_desktop.domain.members.importing.sheets import MonthOnly, Special
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.spreadsheets import packages
from dangjian_desktop.spreadsheets.reading import read_tables
from tests.spreadsheets.make import a_workbook, patched

SHEET = "xl/worksheets/sheet1.xml"
ROSTER = [["姓名", "性别"], ["张三", "男"], ["李四", "女"]]


def refusal(path):
    with pytest.raises(InputError) as caught:
        read_tables(path)
    assert path.name in caught.value.message
    assert caught.value.remedy
    return caught.value.message


def a_file(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    return path


def test_values_keep_their_kind(tmp_path):
    path = a_workbook(tmp_path / "a.xlsx", [["甲", 1, 2019.1, date(2019, 6, 1), True, None, "丁"]])
    [sheet] = read_tables(path)
    assert sheet.rows == (("甲", 1.0, 2019.1, date(2019, 6, 1), True, "", "丁"),)
    assert sheet.typed


def test_rows_are_numbered_as_on_the_screen(tmp_path):
    path = a_workbook(tmp_path / "a.xlsx", [[], [], [None, None, "姓名"], [None, None, "张三"]])
    [sheet] = read_tables(path)
    assert [row[2] for row in sheet.rows] == ["", "", "姓名", "张三"]


def test_merged_ranges_are_filled_and_marked(tmp_path):
    rows = [["姓名", "基本", None], [None, "性别", "民族"], ["张三", "第一党小组", None]]
    path = a_workbook(tmp_path / "a.xlsx", rows, merged=("A1:A2", "B1:C1"))
    [sheet] = read_tables(path)
    assert sheet.rows[:2] == (("姓名", "基本", "基本"), ("姓名", "性别", "民族"))
    assert sheet.from_above == {(1, 0)}
    assert sheet.from_left == {(0, 2)}


def test_a_formula_without_result_is_told_apart_from_a_blank_cell(tmp_path):
    path = a_workbook(
        tmp_path / "a.xlsx", [["姓名", "合并"], ["张三", '="甲"&"乙"'], ["李四", None]]
    )
    [sheet] = read_tables(path)
    assert sheet.rows[1][1] is Special.UNCOMPUTED
    assert sheet.rows[2][1] == ""


def test_a_formula_with_an_empty_result_is_blank(tmp_path):
    path = a_workbook(tmp_path / "a.xlsx", [["姓名"], ["=A9"], ["张三"]])
    patched(path, {SHEET: (b'<c r="A2"><f>', b'<c r="A2" t="str"><f>')})
    [sheet] = read_tables(path)
    assert sheet.rows[1][0] == ""


def test_a_date_cell_that_shows_no_day_keeps_no_day(tmp_path):
    rows = [["入党时间"], [date(2019, 6, 1)], [date(2019, 6, 1)], [date(2019, 6, 2)]]
    formats = {"A2": 'yyyy"年"m"月"', "A3": "yyyy-mm-dd", "A4": "mmm-yy"}
    [sheet] = read_tables(a_workbook(tmp_path / "a.xlsx", rows, formats=formats))
    first = date(2019, 6, 1)
    assert [row[0] for row in sheet.rows[1:]] == [MonthOnly(first), first, date(2019, 6, 2)]


def test_serials_of_a_1904_workbook_are_the_same_days(tmp_path):
    rows = [["入党时间"], [date(2019, 6, 1)], [42155]]
    path = a_workbook(tmp_path / "a.xlsx", rows, epoch=CALENDAR_MAC_1904)
    [sheet] = read_tables(path)
    assert sheet.rows[1][0] == date(2019, 6, 1)
    assert sheet.date_1904


def test_hidden_sheets_are_marked(tmp_path):
    path = a_workbook(tmp_path / "a.xlsx", ROSTER)
    patched(path, {"xl/workbook.xml": (b'state="visible"', b'state="hidden"')})
    assert [sheet.hidden for sheet in read_tables(path)] == [True]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"], ids=lambda name: name
)
def test_text_tables_are_read_in_every_usual_encoding(tmp_path, encoding):
    text = "姓名,性别\r\n张三,男\r\n\r\n李四,女\r\n"
    path = a_file(tmp_path, "名册.csv", text.encode(encoding))
    [sheet] = read_tables(path)
    assert sheet.rows == (("姓名", "性别"), ("张三", "男"), (), ("李四", "女"))
    assert not sheet.typed


def test_rare_characters_survive_gb18030(tmp_path):
    path = a_file(tmp_path, "名册.csv", "姓名\n褚𠅤\n陈𫖯\n".encode("gb18030"))
    [sheet] = read_tables(path)
    assert sheet.rows[1:] == (("褚𠅤",), ("陈𫖯",))


@pytest.mark.parametrize("separator", [",", "\t", ";"], ids=["comma", "tab", "semicolon"])
def test_the_separator_is_found(tmp_path, separator):
    text = f"姓名{separator}性别\n张三{separator}男\n"
    [sheet] = read_tables(a_file(tmp_path, "名册.csv", text.encode()))
    assert sheet.rows == (("姓名", "性别"), ("张三", "男"))


def test_a_missing_file_is_named(tmp_path):
    assert "没有找到" in refusal(tmp_path / "没有.xlsx")


def test_a_folder_is_no_file(tmp_path):
    folder = tmp_path / "名册.xlsx"
    folder.mkdir()
    assert "是文件夹" in refusal(folder)


def test_a_file_that_may_not_be_read_blocks(tmp_path, monkeypatch):
    path = a_file(tmp_path, "a.xlsx", b"PK")

    def denied(*_):
        raise PermissionError(13, "denied")

    monkeypatch.setattr("dangjian_desktop.inputs.os.open", denied)
    with pytest.raises(BlockedError, match="打不开"):
        read_tables(path)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("空.xlsx", b"", "是空的"),
        ("空.csv", b"\xef\xbb\xbf\r\n,,\r\n", "是空的|没有任何内容"),
        ("网页.xls", b"<html><table><tr><td>x</td></tr></table></html>", "其实是网页"),
        (
            "旧.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "旧式的XML表格",
        ),
        ("加密.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        ("文档.xls", OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "不是Excel工作簿"),
        ("坏.xls", OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "已损坏"),
        ("图.xlsx", b"\x89PNG\r\n\x1a\n" + b"x" * 90, "不是Excel工作簿"),
        ("字.xlsx", "姓名,性别\n张三,男".encode(), "不是Excel工作簿"),
        ("乱.csv", bytes(range(128, 256)) * 3, "不是UTF-8或GB18030"),
        ("断.xlsx", b"PK\x03\x04" + b"\x07" * 300, "已损坏"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_what_is_no_table_says_what_it_is(tmp_path, name, data, words):
    message = refusal(a_file(tmp_path, name, data))
    assert any(word in message for word in words.split("|")), message


def test_a_word_file_and_a_plain_package_are_told_apart(tmp_path):
    for part, what in (("word/document.xml", "Word文档"), ("a.xml", "压缩包")):
        path = tmp_path / "a.xlsx"
        with ZipFile(path, "w") as package:
            package.writestr(part, "<a/>")
        assert what in refusal(path)


def test_a_workbook_without_cells_is_empty(tmp_path):
    assert "没有任何内容" in refusal(a_workbook(tmp_path / "空.xlsx", []))


def test_a_package_that_unpacks_to_too_much_is_refused_while_unpacking(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "MAX_PART", 1 << 20)
    path = a_workbook(tmp_path / "bomb.xlsx", ROSTER)
    with ZipFile(path, "a", ZIP_DEFLATED) as package:
        package.writestr("xl/big.xml", b" " * (30 << 20))
    tracemalloc.start()
    assert "太大" in refusal(path)
    assert tracemalloc.get_traced_memory()[1] < 12 << 20
    tracemalloc.stop()


def test_sizes_written_in_the_package_are_not_believed(tmp_path):
    path = tmp_path / "lie.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b" " * (60 << 20))
    data = path.read_bytes().replace((60 << 20).to_bytes(4, "little"), (999).to_bytes(4, "little"))
    path.write_bytes(data)
    assert "已损坏" in refusal(path)


def test_too_many_parts_are_refused(tmp_path):
    path = a_workbook(tmp_path / "many.xlsx", ROSTER)
    with ZipFile(path, "a") as package:
        for number in range(packages.MAX_ENTRIES):
            package.writestr(f"xl/p{number}.xml", "<a/>")
    assert "太多" in refusal(path)


def test_entities_are_refused(tmp_path):
    for part in (SHEET, "xl/workbook.xml", "xl/styles.xml"):
        path = a_workbook(tmp_path / "laughs.xlsx", ROSTER)
        with ZipFile(path) as package:
            start = package.read(part)[:1]
        attack = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + start
        with ZipFile(path) as package:
            whole = package.read(part)
        patched(path, {part: (whole, attack + whole[1:])})
        assert "不合规范" in refusal(path)


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="XFD1048576"><v>1</v></c>',
        b"<c r='XFD1048576'><v>1</v></c>",
        b'<x:c xmlns:x="a" r="XFD1048576"><v>1</v></x:c>',
        b'<c t="n" r="XFD1048576"><v>1</v></c>',
    ],
    ids=["plain", "single quotes", "prefix", "other order"],
)
def test_one_cell_far_away_does_not_take_all_memory(tmp_path, cell):
    path = a_workbook(tmp_path / "far.xlsx", ROSTER)
    patched(path, {SHEET: (b"</sheetData>", b'<row r="1048576">' + cell + b"</row></sheetData>")})
    assert "太大" in refusal(path)


def test_a_cell_far_away_without_its_place_is_counted(tmp_path):
    path = a_workbook(tmp_path / "far.xlsx", ROSTER)
    cells = b"<c/>" * 16_000 + b"<c><v>1</v></c>"
    row = b'<row r="1048576">' + cells + b"</row></sheetData>"
    patched(path, {SHEET: (b"</sheetData>", row)})
    assert "太大" in refusal(path)


def test_empty_styled_cells_far_away_do_no_harm(tmp_path):
    path = a_workbook(tmp_path / "styled.xlsx", ROSTER)
    row = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    patched(path, {SHEET: (b"</sheetData>", row)})
    assert [len(sheet.rows) for sheet in read_tables(path)] == [3]


def test_rows_behind_a_long_blank_stretch_are_counted_not_read(tmp_path):
    path = a_workbook(tmp_path / "a.xlsx", [*ROSTER, *[[]] * 60, ["遗漏"]])
    [sheet] = read_tables(path)
    assert (len(sheet.rows), sheet.rows_left_out) == (3, 1)


def test_more_than_twenty_thousand_rows_are_refused(tmp_path):
    text = "姓名\n" + "张三\n" * 20_000
    with pytest.raises(InputError, match="超过两万行"):
        read_tables(a_file(tmp_path, "a.csv", text.encode()))


def test_open_document_sheets_are_read(tmp_path):
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        '<office:spreadsheet><table:table table:name="名册"><table:table-row>'
        '<table:table-cell office:value-type="string"><text:p>姓名</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    path = tmp_path / "a.ods"
    with ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    assert [sheet.rows for sheet in read_tables(path)] == [(("姓名",),)]
