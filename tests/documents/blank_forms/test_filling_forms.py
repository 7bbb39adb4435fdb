"""A superior's Word form as it is filled: nothing differs but the filled cells."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from dangjian_desktop.documents.blank_forms.writing import FillableWord
from dangjian_desktop.domain.blank_forms.form import BlankKind, Filled
from tests.documents.blank_forms import forms

AWKWARD = "A&B <第1条>\n第二行\t末"


def filled(data: bytes, values: dict[str, Filled]):
    """The form with values by the names of blanks, its notes, and what else differs."""
    form = FillableWord(data, "空表.docx")
    by_name = {blank.name: blank for blank in form.form.blanks}
    done, notes = form.filled({by_name[n].key: v for n, v in values.items()}, form.form.blanks)
    keys = [by_name[name].key for name in values]
    assert forms.differences(data, done, keys) == []
    return docx.Document(BytesIO(done)), notes


def cell(file, row: int, column: int, table: int = 0):
    return file.tables[table].cell(row, column)


@pytest.mark.parametrize("path", [forms.MONTH, forms.PROJECT], ids=lambda path: path.stem)
def test_every_blank_takes_its_text_and_nothing_else_changes(path: Path):
    data = path.read_bytes()
    blanks = FillableWord(data, path.name).form.blanks
    file, _ = filled(data, {b.name: Filled(text=f"{b.label}甲") for b in blanks})
    told = "\n".join(forms.texts(forms.saved(file)))
    assert all(f"{b.label}甲" in told for b in blanks)


def test_a_form_without_values_is_the_form_itself():
    data = forms.a_form(*forms.PERSON)
    file, notes = filled(data, {})
    assert notes == ()
    assert forms.texts(forms.saved(file)) == forms.texts(data)


def test_heads_feet_and_boxes_of_text_are_filled_too():
    data = forms.with_heads_feet_and_a_box()
    blanks = {b.name: b.where for b in FillableWord(data, "表.docx").form.blanks}
    assert blanks == {
        "党员总数": "表1第1行第2列",
        "预备党员": "表1第2行第2列",
        "填报单位": "文本框1第1段",
        "填报人": "页脚内的表1第1行第2列",
        "所属月份": "页眉第1段",
    }
    file, notes = filled(data, {name: Filled(text=f"{name}甲") for name in blanks})
    assert notes == ()
    section = file.sections[0]
    assert "所属月份：" in section.header.paragraphs[0].text
    assert "所属月份甲" in section.header.paragraphs[0].text
    assert section.footer.tables[0].cell(0, 1).text == "填报人甲"
    # Older programs are shown the same in place of the box.
    boxes = [*file.element.body.iter(qn("w:txbxContent"))]
    assert ["填报单位甲" in "".join(box.itertext()) for box in boxes] == [True, True]


def test_a_box_that_is_left_alone_stays_as_it_is_with_its_twin():
    filled(forms.with_heads_feet_and_a_box(), {"党员总数": Filled(text="10")})


def test_a_change_beside_the_filled_cells_is_seen_by_the_comparison():
    data = forms.a_form(*forms.MATRIX)
    other = forms.with_part(data, forms.MAIN, "出勤率", "到会率")
    assert forms.differences(data, other, ["t0.r1.c1"])
    assert forms.differences(data, forms.with_part(data, "word/styles.xml", "Normal", "X"), [])


def test_line_breaks_tabs_and_signs_of_xml_are_kept():
    file, _ = filled(forms.a_form(*forms.MATRIX), {"党课·召开次数": Filled(text=AWKWARD)})
    [paragraph] = cell(file, 3, 1).paragraphs
    assert paragraph.text == AWKWARD
    assert [n.tag for n in paragraph.runs[0]._r if n.tag != qn("w:t")] == [qn("w:br"), qn("w:tab")]
    file, _ = filled(forms.a_form("填报人：      审核人："), {"填报人": Filled(text=AWKWARD)})
    assert file.paragraphs[0].text == "填报人：A&B <第1条> 第二行 末 审核人："


def test_the_face_of_a_cell_is_its_own_that_of_its_end_or_that_of_its_label():
    file = docx.Document()
    table = forms.a_table(file, (("甲", ""), ("乙", ""), ("丙", "")))
    forms.a_face(table.cell(0, 1), "楷体", 14)
    end = table.cell(1, 1).paragraphs[0]._p.get_or_add_pPr()
    end.append(forms.parse_xml(f'<w:rPr {forms.nsdecls("w")}><w:sz w:val="24"/></w:rPr>'))
    forms.a_face(table.cell(2, 0), "黑体", 12)
    table.cell(2, 0).paragraphs[0].runs[0].font.bold = True
    for row in (1, 2):
        for run in table.cell(row, 1).paragraphs[0].runs:
            run._r.getparent().remove(run._r)
    values = {name: Filled(text="值") for name in ("甲", "乙", "丙")}
    done, _ = filled(forms.saved(file), values)
    runs = [cell(done, row, 1).paragraphs[0].runs[0] for row in range(3)]
    assert [run.font.name for run in runs] == ["楷体", None, "黑体"]
    assert [run.font.size.pt for run in runs] == [14, 12, 12]
    assert runs[2].font.bold is None


def test_gaps_keep_their_line_and_dates_lose_their_skeleton():
    values = {"现有党员": "34", "其中预备党员": "1", "联系人": "张三", "填报日期": "2026年3月31日"}
    file, _ = filled(
        forms.a_form(*forms.LETTER), {name: Filled(text=text) for name, text in values.items()}
    )
    told = [paragraph.text for paragraph in file.paragraphs]
    assert (
        told[2]
        == "我支部现有党员_34_名，其中预备党员_1__名；本月召开党员大会____次、支委会____次。"
    )
    assert told[3] == "联系人：张三          联系电话：              "
    assert told[4] == "填报日期：2026年3月31日"


def test_underlined_blanks_stay_underlined_around_the_text():
    file = docx.Document()
    line = file.add_paragraph("填报人：")
    line.add_run("        ").font.underline = True
    line.add_run("（签字）")
    done, _ = filled(forms.saved(file), {"填报人": Filled(text="张三")})
    [paragraph] = done.paragraphs
    assert [run.text for run in paragraph.runs] == ["填报人：", "  张三  ", "（签字）"]
    assert paragraph.runs[1].font.underline


def test_chosen_boxes_are_ticked_and_the_others_stay():
    file, _ = filled(
        forms.a_form(*forms.PERSON),
        {"性别": Filled(chosen=("女",)), "党员类别": Filled(chosen=("正式党员",))},
    )
    assert cell(file, 0, 3).text == "□男  ■女"
    assert cell(file, 3, 1).text == "☑正式党员  ☐预备党员"


def test_boxes_of_word_and_of_symbol_faces_are_ticked_as_word_does():
    file = docx.Document()
    line = file.add_paragraph("是否达标：")
    box = (
        '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2611"/></w14:checkbox>'
    )
    forms.inserted(line, forms.control(box, "☐"))
    line.add_run("是 ")
    symbol = '<w:sym w:font="Wingdings" w:char="F0A8"/>'
    forms.inserted(line, f"<w:r {forms.nsdecls('w')}>{symbol}</w:r>")
    line.add_run("否")
    done, _ = filled(forms.saved(file), {"是否达标": Filled(chosen=("是", "否"))})
    xml = done.paragraphs[0]._p.xml
    assert 'w14:checked w14:val="1"' in xml
    assert "☑" in xml
    assert 'w:char="F0FE"' in xml


def test_rows_fill_the_empty_ones_and_more_are_copies_of_the_last():
    rows = tuple(("", f"甲{n}", "男", "汉族", "", "", "") for n in range(5))
    [name] = [b.name for b in FillableWord(forms.a_form(*forms.LEDGER), "表.docx").form.blanks]
    for many in (2, 3, 5):
        file, _ = filled(forms.a_form(*forms.LEDGER), {name: Filled(rows=rows[:many])})
        told = [[c.text for c in row.cells] for row in file.tables[0].rows]
        assert len(told) == 1 + max(3, many)
        assert [row[:2] for row in told[1 : many + 1]] == [
            [str(n + 1), f"甲{n}"] for n in range(many)
        ]
        assert all(text == "" for row in told[many + 1 :] for text in row)


def test_rows_beside_a_merged_label_stay_beside_it():
    table = (("成员", "姓名", "分工"), ("^", "", ""), ("^", "", ""))
    rows = tuple((f"甲{n}", "宣传") for n in range(4))
    file, _ = filled(forms.a_form(table), {"成员": Filled(rows=rows)})
    [table] = file.tables
    assert [row.cells[0]._tc is table.cell(0, 0)._tc for row in table.rows] == [True] * 5


def test_an_opinion_goes_above_the_signature_and_a_date_over_its_skeleton():
    file, _ = filled(
        forms.a_form(*forms.PERSON),
        {"党支部意见": Filled(text="同意。"), "日期": Filled(text="2026年3月31日")},
    )
    told = [p.text for p in cell(file, 5, 1).paragraphs]
    assert told == ["同意。", "", "负责人签名：          （盖章）", "2026年3月31日"]
    one = (("党支部意见", "（盖章）"), ("填报日期", "    年  月  日"))
    values = {"党支部意见": Filled(text="同意。"), "填报日期": Filled(text="2026年3月31日")}
    file, _ = filled(forms.a_form(one), values)
    assert [p.text for p in cell(file, 0, 1).paragraphs] == ["同意。", "（盖章）"]
    assert cell(file, 1, 1).text == "2026年3月31日"


def test_a_control_takes_the_text_and_no_longer_shows_what_to_type():
    file = docx.Document()
    about = '<w:dataBinding w:xpath="/x" w:storeItemID="{1}"/><w:showingPlcHdr/>'
    forms.inserted(file.add_paragraph("填报人："), forms.control(about, "单击此处输入"))
    listed = '<w:showingPlcHdr/><w:dropDownList><w:listItem w:displayText="优秀"/></w:dropDownList>'
    table = forms.a_table(file, (("评定", ""), ("等次", "")))
    for row in (0, 1):
        forms.inserted(table.cell(row, 1).paragraphs[0], forms.control(listed, "选择"))
    values = {"填报人": Filled(text="张三"), "评定": Filled(text="优秀"), "等次": Filled(text="好")}
    done, notes = filled(forms.saved(file), values)
    xml = done.element.body.xml
    assert done.paragraphs[0]._p.xml.count("张三") == 1
    assert "单击此处输入" not in xml
    assert "dataBinding" not in xml
    assert [t.text for t in done.tables[0]._tbl.iter(qn("w:t"))] == ["评定", "优秀", "等次", "选择"]
    assert notes == ("“等次”（表1第2行第2列）的下拉选项里没有“好”，没有填。",)


def a_small_cell(size: float, *, exact: bool) -> bytes:
    """A form whose blank holds a line of ten characters at 14 pt; another cell has this size."""
    file = docx.Document()
    table = forms.a_table(file, (("内容", ""), ("备注", "小")))
    forms.a_face(table.cell(0, 1), "宋体", 14)
    forms.a_face(table.cell(1, 1), "宋体", size)
    table.autofit = False
    for row in table.rows:
        row.cells[1].width = Pt(14 * 10 + 10.8)
    if exact:
        table.rows[0].height, table.rows[0].height_rule = Cm(0.8), WD_ROW_HEIGHT_RULE.EXACTLY
    return forms.saved(file)


@pytest.mark.parametrize(
    ("least", "exact", "many", "size", "said"),
    [
        (12, True, 10, 14, ""),
        (12, True, 11, 13, ""),
        (12, True, 40, 11, "印不出来"),
        (6, True, 24, 9, ""),
        (6, True, 30, 9, "印不出来"),
        (12, False, 40, 14, ""),
        (12, False, 90, 14, "表格会变长"),
    ],
)
def test_what_is_too_long_is_set_as_small_as_the_form_itself_does_else_said(
    least, exact, many, size, said
):
    data = a_small_cell(least, exact=exact)
    file, notes = filled(data, {"内容": Filled(text="字" * many)})
    assert cell(file, 0, 1).paragraphs[0].runs[0].font.size == Pt(size)
    assert bool(notes) == bool(said)
    assert not said or said in notes[0]


def test_what_no_paper_can_print_is_left_out():
    file, _ = filled(forms.a_form((("备注", ""),)), {"备注": Filled(text="甲\x01\u200b乙")})
    assert cell(file, 0, 1).text == "甲乙"


def test_sixty_blanks_are_sixty_texts():
    rows = [(f"项目{n}", "", f"内容{n}", "") for n in range(30)]
    form = FillableWord(forms.a_form(rows), "表.docx").form
    assert len(form.blanks) == 60
    assert {blank.kind for blank in form.blanks} == {BlankKind.VALUE}
    file, _ = filled(forms.a_form(rows), {b.name: Filled(text=b.label) for b in form.blanks})
    assert cell(file, 29, 3).text == "内容29"
