"""The look of a Word file that somebody else made, read back."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from dangjian_desktop.documents.look import Numbering
from dangjian_desktop.documents.look_of_word import look_of_word
from dangjian_desktop.documents.model import Face, Layout
from dangjian_desktop.documents.word import render_word
from dangjian_desktop.errors import InputError
from tests.documents.make import everything, word_part
from tests.documents.wps_model import wps_model


def an_old_paper(**changes):
    """A page as clerks make it: everything set by hand, nothing in styles."""
    file = docx.Document()
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(30), Mm(28)
    section.left_margin, section.right_margin = Mm(27), Mm(25)
    title = file.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _set(title.add_run("某某党支部会议记录"), "方正小标宋_GBK", 22)
    for text, face in (
        ("一、基本情况", "黑体"),
        ("（一）学习", "楷体_GB2312"),
        ("2026年3月5日，支部召开党员大会，应到33人。" * 6, "仿宋_GB2312"),
    ):
        paragraph = file.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(28)
        _set(paragraph.add_run(text), face, 15)
    for change in changes.values():
        change(file)
    made = BytesIO()
    file.save(made)
    return made.getvalue()


def _set(run, face: str, size: float, latin: str = "Times New Roman") -> None:
    run.font.name, run.font.size = latin, Pt(size)
    run._r.rPr.rFonts.set(qn("w:eastAsia"), face)


def test_margins_faces_sizes_and_leading_are_taken():
    look, _ = look_of_word(an_old_paper(), "旧记录.docx")
    assert look.title == "旧记录"
    setting = look.official
    assert (setting.top, setting.bottom, setting.left, setting.right) == (30, 28, 27, 25)
    assert (setting.body, setting.leading, setting.lines, setting.cells) == (15, 28, 0, 0)
    assert setting.title == 22
    families = look.families
    assert (families.fangsong, families.kaiti) == ("仿宋_GB2312", "楷体_GB2312")
    assert (families.xiaobiaosong, families.digits) == ("方正小标宋_GBK", "Times New Roman")
    assert (look.faces.body, look.faces.heading2) == (Face.FANGSONG, Face.KAITI)


def test_what_wps_sets_is_taken_as_it_stands():
    """By a model of such a file; its grid of 15.6 points is not that of lines of 28."""
    look, left = look_of_word(wps_model(), "旧记录.docx")
    setting = look.official
    assert (setting.top, setting.bottom, setting.left, setting.right) == (37, 35, 28, 26)
    assert (setting.body, setting.leading, setting.lines) == (16, 28, 0)
    assert (setting.title, setting.title_leading) == (22, 30)
    assert (setting.cell, setting.cell_leading) == (12, 20)
    assert setting.numbering is Numbering.CENTERED
    families = look.families
    assert (families.fangsong, families.digits) == ("仿宋_GB2312", "Times New Roman")
    assert (look.frame, look.inner) == (1.5, 0.5)
    assert left == ()


def test_what_libreoffice_sets_is_taken_as_it_stands():
    data = (Path(__file__).parent / "libreoffice.docx").read_bytes()
    look, left = look_of_word(data, "旧总结.docx")
    setting = look.official
    assert (setting.top, setting.bottom, setting.left, setting.right) == (32, 30, 29, 24)
    assert (setting.body, setting.title, look.families.fangsong) == (15, 21, "仿宋_GB2312")
    assert (look.frame, look.inner) == (0.25, 0.25), "its lines stand in the cells"
    assert [words[:8] for words in left] == ["正文的行距是1.", "页脚里没有页码，"]


def test_what_cannot_be_taken_is_listed():
    def more(file):
        run = file.add_paragraph().add_run("红头")
        _set(run, "华文行楷", 30)
        run.font.color.rgb, run.bold = RGBColor(255, 0, 0), True
        _set(file.add_paragraph().add_run("别的仿宋"), "仿宋", 15)
        _set(file.add_paragraph().add_run("怪字体"), "方正舒体", 15)
        file.sections[0].header.paragraphs[0].text = "页眉"

    _, left = look_of_word(an_old_paper(more=more), "旧.docx")
    said = "\n".join(left)
    for words in ("颜色", "加粗", "页眉", "“仿宋”：同一类字体", "“方正舒体”", "没有页码", "倍行距"):
        assert words in said


def test_pages_too_small_for_text_are_as_usual_and_told():
    def narrow(file):
        file.sections[0].left_margin = file.sections[0].right_margin = Mm(80)

    look, left = look_of_word(an_old_paper(more=narrow), "窄.docx")
    assert look.official.left == 28
    assert any("左右边距太大" in words for words in left)


@pytest.mark.parametrize("layout", [Layout.OFFICIAL, Layout.FORM, Layout.LANDSCAPE])
def test_our_own_papers_give_their_look_back(layout):
    look, _ = look_of_word(render_word(everything(layout)), "材料.docx")
    found = {Layout.OFFICIAL: look.official, Layout.LANDSCAPE: look.landscape}
    if layout is Layout.OFFICIAL:
        assert (look.official.lines, look.official.cells, look.official.number_mm) == (22, 28, 23.6)
        assert look.official.numbering is Numbering.OFFICIAL
    for setting in filter(None, [found.get(layout)]):
        assert setting.body in (16, 12)
    assert (look.frame, look.inner) == (1, 0.5)


def test_a_table_without_lines_has_none():
    def table(file):
        made = file.add_table(1, 1)
        made.cell(0, 0).text = "格"
        borders = docx.oxml.parse_xml(
            f'<w:tblBorders xmlns:w="{made._tbl.nsmap["w"]}"><w:top w:val="none"/>'
            '<w:insideH w:val="single" w:sz="12"/></w:tblBorders>'
        )
        made._tbl.tblPr.append(borders)

    look, _ = look_of_word(an_old_paper(more=table), "表.docx")
    assert (look.frame, look.inner) == (0, 1.5)


def _zip(**parts: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return made.getvalue()


def _with_macro() -> bytes:
    made = BytesIO(an_old_paper())
    with ZipFile(made, "a") as file:
        file.writestr("word/vbaProject.bin", b"macro")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "不是 Word 文件"),
        (b"%PDF-1.7", "不是 Word 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式"),
        (an_old_paper()[:-700], "已损坏"),
        (an_old_paper()[:400] + bytes(800) + an_old_paper()[1200:], "已损坏"),
        (_zip(mimetype="application/vnd.oasis.opendocument.text", content_dot_xml="<a/>"), "不是"),
        (_zip(word__document_dot_xml="<a/>"), "已损坏"),
        (_with_macro(), "带有宏"),
    ],
)
def test_what_is_no_plain_word_file_is_refused_in_words(data, words):
    with pytest.raises(InputError, match=words):
        look_of_word(data, "旧.docx")


def test_a_macro_document_by_its_kind_is_refused():
    plain = an_old_paper()
    kinds = word_part(plain, "[Content_Types].xml")
    made = BytesIO()
    with ZipFile(BytesIO(plain)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            text = kinds.replace(
                "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                "vnd.ms-word.document.macroEnabled.main",
            )
            new.writestr(name, text if name == "[Content_Types].xml" else old.read(name))
    with pytest.raises(InputError, match="不是普通的 Word 文档"):
        look_of_word(made.getvalue(), "旧.docm")


def test_a_file_without_text_has_no_look():
    made = BytesIO()
    docx.Document().save(made)
    with pytest.raises(InputError, match="没有文字"):
        look_of_word(made.getvalue(), "空.docx")
