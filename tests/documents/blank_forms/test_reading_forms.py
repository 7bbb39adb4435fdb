"""A superior's Word form as it is read: its blanks, and what is refused."""

from __future__ import annotations

import docx
import pytest

from dangjian_desktop.documents.blank_forms.reading import WordForm
from dangjian_desktop.documents.blank_forms.writing import FillableWord
from dangjian_desktop.domain.blank_forms.form import BlankKind
from dangjian_desktop.errors import InputError
from tests.documents.blank_forms import forms


def read(*blocks):
    return WordForm(forms.a_form(*blocks), "空表.docx").form


def test_the_blanks_of_the_superiors_two_forms_are_found():
    month, project = (
        WordForm(path.read_bytes(), path.name).form for path in (forms.MONTH, forms.PROJECT)
    )
    assert (month.title, month.name) == ("“三会一课”开展情况月报表", "month")
    names = ["填报党支部", "填报月份", "党员总数", "其中预备党员", "支部党员大会（次）"]
    names += ["支部委员会（次）", "党小组会（次）", "党课（次）", "主题党日（次）"]
    names += ["党员平均出勤率", "主要内容", "存在问题", "下月计划", "填报人", "审核人", "填报日期"]
    assert [blank.name for blank in month.blanks] == names
    assert [month.blanks[n].where for n in (0, -1)] == ["表1第1行第2列", "第2段"]
    assert len(project.blanks) == 13
    tables = [grid for grid in month.grids if grid.ruled]
    assert [grid.widths for grid in tables] == [(0.25,) * 4]


def test_rows_boxes_and_levels_of_heads_are_found():
    [rows] = read(*forms.LEDGER).blanks
    assert (rows.kind, len(rows.rows), rows.columns[1]) == (BlankKind.ROWS, 3, "姓名")
    levels = read(*forms.LEVELS).blanks
    assert [(b.heads, b.label) for b in levels][1:3] == [
        (("党员",), "总数"),
        (("党员",), "正式党员"),
    ]
    person = {b.name: b for b in read(*forms.PERSON).blanks}
    assert person["党员类别"].choices == ("正式党员", "预备党员")
    letter = [b.label for b in read(*forms.LETTER).blanks]
    assert letter[:2] == ["现有党员", "其中预备党员"]
    assert letter[-1] == "填报日期"


def test_a_table_in_a_cell_has_blanks_of_its_own():
    file = docx.Document()
    outer = forms.a_table(file, (("基本情况", ""), ("填报人", "")))
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text = "党员总数"
    form = WordForm(forms.saved(file), "表.docx").form
    assert [(b.name, b.where) for b in form.blanks] == [
        ("填报人", "表1第2行第2列"),
        ("党员总数", "表1内的表1第1行第2列"),
    ]


def test_controls_that_show_what_to_type_are_blanks():
    file = docx.Document()
    line = file.add_paragraph("填报人：")
    forms.inserted(line, forms.control("<w:showingPlcHdr/>", "单击此处输入"))
    table = forms.a_table(file, (("党员总数", ""), ("备注", "")))
    for row, locked in enumerate(("", '<w:lock w:val="sdtContentLocked"/>')):
        place = table.cell(row, 1).paragraphs[0]
        forms.inserted(place, forms.control(f"{locked}<w:showingPlcHdr/>", "输入"))
    form = WordForm(forms.saved(file), "表.docx").form
    assert [b.name for b in form.blanks] == ["填报人", "党员总数"]


def test_a_computed_cell_is_told_as_such():
    file = docx.Document()
    table = forms.a_table(file, (("合计", ""),))
    sum_ = 'w:instr="=SUM(ABOVE)"><w:r><w:t>0</w:t></w:r>'
    field = f"<w:fldSimple {forms.nsdecls('w')} {sum_}</w:fldSimple>"
    forms.inserted(table.cell(0, 1).paragraphs[0], field)
    [blank] = WordForm(forms.saved(file), "表.docx").form.blanks
    assert blank.formula


PLAIN = forms.a_form("填报人：")
ENCRYPTED = b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")
PROTECTED = forms.with_part(
    PLAIN,
    "word/settings.xml",
    "</w:settings>",
    '<w:documentProtection w:edit="forms" w:enforcement="1"/></w:settings>',
)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (PROTECTED, "编辑保护"),
        (ENCRYPTED, "打开密码"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "旧格式"),
        (PLAIN[: len(PLAIN) // 2], "已损坏"),
        (b"PK\x03\x04" + b"x" * 99, "已损坏"),
        (b"<html>", "不是 Word 文件"),
        (forms.with_part(PLAIN, forms.MAIN, "<w:body>", "<w:body"), "已损坏"),
        (forms.with_part(PLAIN, forms.MAIN, "<w:document ", "<!DOCTYPE a><w:document "), "已损坏"),
    ],
)
def test_what_cannot_be_filled_is_refused_in_words(data, words):
    with pytest.raises(InputError, match=words) as refused:
        FillableWord(data, "表.docx")
    assert "表.docx" in refused.value.message
    assert refused.value.remedy


def test_a_protection_that_is_not_enforced_hinders_nobody():
    loose = forms.with_part(PROTECTED, "word/settings.xml", 'enforcement="1"', 'enforcement="0"')
    assert [b.name for b in WordForm(loose, "表.docx").form.blanks] == ["填报人"]
