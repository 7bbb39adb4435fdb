from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from xml.etree.ElementTree import fromstring

import docx
import pytest
from docx.oxml.ns import qn

from dangjian_desktop.documents.model import Layout, Paragraph, Role
from dangjian_desktop.documents.word import render_word
from tests.documents import office
from tests.documents.make import everything, form, long_table, of, pdf
from tests.documents.reading import embedded_faces, lines_of, opened, text_of

needs_office = pytest.mark.skipif(office.soffice() is None, reason="LibreOffice is not here")


def opened_word(document):
    return docx.Document(BytesIO(render_word(document)))


def xml_of(document, part: str = "word/document.xml") -> str:
    with zipfile.ZipFile(BytesIO(render_word(document))) as file:
        return file.read(part).decode()


def test_the_file_names_its_paper_the_branch_and_the_moment():
    made = datetime(2026, 3, 5, 9, 12, tzinfo=timezone(timedelta(hours=8)))
    properties = opened_word(of(Paragraph("正文"), author="第一支部", made=made)).core_properties
    assert (properties.title, properties.author) == ("试印", "第一支部")
    assert properties.last_modified_by == "第一支部"
    assert properties.created.astimezone(UTC) == properties.modified.astimezone(UTC) == made
    assert properties.keywords == "版式：公文（GB/T 9704）"
    for name in ("comments", "subject", "category"):
        assert getattr(properties, name) == ""


def test_a_paper_of_no_known_author_and_moment_tells_none():
    properties = opened_word(of(Paragraph("正文"))).core_properties
    assert (properties.author, properties.created) == ("", None)


def test_word_opens_the_file_as_its_own():
    """Case 39: no 兼容模式, no ＭＳ 明朝, nothing of the template of python-docx."""
    with zipfile.ZipFile(BytesIO(render_word(everything(Layout.OFFICIAL)))) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    settings = parts["word/settings.xml"]
    assert re.search(r'w:name="compatibilityMode"[^>]* w:val="15"', settings)
    assert '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>' in settings
    assert "Microsoft" not in parts["docProps/app.xml"]
    assert sum(len(part) for part in parts.values()) - len(parts["word/document.xml"]) < 40_000
    for name, part in parts.items():
        assert not re.search("ＭＳ|MS Mincho|ja-JP|Macintosh|Calibri", part), name


def test_every_face_has_one_that_stands_in_for_it():
    fonts = fromstring(xml_of(of(Paragraph("正文")), "word/fontTable.xml"))
    named = {font.get(qn("w:name")): font.find(qn("w:altName")).get(qn("w:val")) for font in fonts}
    assert named["方正小标宋简体"] == "华文中宋"
    assert set(named) >= {"仿宋", "楷体", "黑体", "宋体"}


def test_headings_and_text_are_the_styles_that_word_knows():
    file = opened_word(everything(Layout.OFFICIAL))
    own = {
        style.element.find(qn("w:aliases")).get(qn("w:val")): style.element.find(qn("w:name"))
        for style in file.styles
        if style.element.find(qn("w:aliases")) is not None
    }
    names = {shown: name.get(qn("w:val")) for shown, name in own.items()}
    assert names == {
        "公文正文": "Normal",
        "公文标题": "Title",
        "副标题": "Subtitle",
        "一级标题": "heading 1",
        "二级标题": "heading 2",
        "三级标题": "heading 3",
        "页码": "footer",
        "页眉标记": "header",
    }
    assert file.styles["Normal"].paragraph_format.first_line_indent.pt > 30
    assert file.styles["Heading 1"].element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "0"


def test_margins_are_mirrored_where_odd_and_even_pages_differ():
    assert "<w:mirrorMargins/>" in xml_of(of(Paragraph("正文")), "word/settings.xml")
    form_too = xml_of(of(Paragraph("正文"), layout=Layout.FORM), "word/settings.xml")
    assert "mirrorMargins" not in form_too


def test_rows_of_spaces_become_tabs_and_indents():
    file = opened_word(
        of(
            Paragraph("主持人（签字）：　　　　　　记录人（签字）："),
            Paragraph("　　开头两格", Role.FLUSH),
            Paragraph("甲", Role.LABELLED, "时　　间：　"),
            Paragraph("乙", Role.LABELLED, "　　　　　　"),
            Paragraph("　　　　年　　月　　日", Role.DATE_LINE),
        )
    )
    signed, indented, first, second, dated = file.paragraphs
    assert signed.text == "主持人（签字）：\t记录人（签字）："
    cell = 156 / 28 / 25.4 * 72
    assert signed.paragraph_format.tab_stops[0].position.pt == pytest.approx(16 * cell, abs=0.1)
    assert indented.text == "开头两格"
    assert indented.paragraph_format.first_line_indent.pt == pytest.approx(2 * cell, abs=0.1)
    assert (first.text, second.text) == ("时　　间：\t甲", "乙")
    assert first.paragraph_format.left_indent == second.paragraph_format.left_indent
    assert second.paragraph_format.first_line_indent == 0
    assert dated.text == "　　　　年　　月　　日"


def test_every_role_is_a_style_with_a_chinese_name_and_east_asian_face():
    file = opened_word(everything(Layout.OFFICIAL))
    by_id = {style.style_id: style for style in file.styles}
    for paragraph in file.element.body.iter(qn("w:pStyle")):
        assert paragraph.get(qn("w:val")) in by_id
    body = by_id["Normal"]
    assert body.element.find(qn("w:aliases")).get(qn("w:val")) == "公文正文"
    assert body.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋"
    assert by_id["Title"].element.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"


def test_characters_of_extension_b_have_the_face_that_word_has_for_them():
    file = opened_word(of(Paragraph("堃𠅤𠮷𬭎。", lead="𠮷甲：")))
    runs = file.paragraphs[0].runs
    assert [run.text for run in runs] == ["𠮷", "甲：", "堃", "𠅤𠮷", "𬭎。"]
    faces = [
        run._r.rPr.rFonts if run._r.rPr is not None and run._r.rPr.rFonts is not None else None
        for run in runs
    ]
    named = [face.get(qn("w:eastAsia")) if face is not None else None for face in faces]
    assert named == ["SimSun-ExtB", None, None, "SimSun-ExtB", None]


def test_header_rows_are_repeated_and_rows_kept_whole():
    xml = xml_of(of(long_table(3)))
    assert xml.count("<w:tblHeader/>") == 1
    assert xml.count("<w:cantSplit/>") == 4
    # The heading goes with the first row to the next page.
    head, *rows = xml.partition("<w:tbl>")[2].split("<w:tr>")[1:]
    assert head.count("<w:keepNext/>") == head.count("<w:tc>")
    assert not any("<w:keepNext/>" in row for row in rows)


def test_fields_across_rows_and_columns_are_merged():
    xml = xml_of(of(form(Paragraph("内容", Role.CELL)), layout=Layout.FORM))
    assert xml.count('<w:vMerge w:val="restart"/>') == 2
    assert xml.count('<w:vMerge w:val="continue"/>') == 2
    assert xml.count('<w:gridSpan w:val="3"/>') == 3


def test_pages_are_numbered_outside_in_official_papers_and_counted_in_forms():
    official = opened_word(of(Paragraph("正文")))
    assert official.settings.odd_and_even_pages_header_footer
    section = official.sections[0]
    assert "PAGE" in section.footer._element.xml
    assert "PAGE" in section.even_page_footer._element.xml
    counted = opened_word(of(Paragraph("正文"), layout=Layout.FORM)).sections[0]
    assert "NUMPAGES" in counted.footer._element.xml


def test_a_roster_lies_across_the_page():
    section = opened_word(of(long_table(3), layout=Layout.LANDSCAPE)).sections[0]
    assert section.page_width.mm == pytest.approx(297, abs=0.1)
    assert section.page_height.mm == pytest.approx(210, abs=0.1)


@pytest.mark.office
@needs_office
def test_libreoffice_sets_22_lines_of_28_characters_too(tmp_path):
    document = of(
        Paragraph("会" * 28 * 60, Role.FLUSH), foot="第3版　2025-03-06 09:12打印", mark="示例"
    )
    data = office.as_pdf(render_word(document), tmp_path)
    assert any("FangSong" in name for name, _ in embedded_faces(data))
    lines = lines_of(data, size=16)
    assert {len(line) for line in lines} == {28}
    assert [sum(line[0].page == page for line in lines) for page in (1, 2, 3)] == [22, 22, 16]
    numbers = [line for line in lines_of(data, size=14) if text_of(line).startswith("—")]
    assert [text_of(line) for line in numbers] == ["—1—", "—2—", "—3—"]
    assert numbers[0][0].left > 300 > numbers[1][-1].right


@pytest.mark.office
@needs_office
def test_libreoffice_keeps_a_short_form_on_one_page(tmp_path):
    document = of(
        Paragraph("党员大会会议记录", Role.TITLE),
        form(Paragraph("内容" * 30, Role.CELL)),
        Paragraph("注：一式两份。", Role.NOTE),
        layout=Layout.FORM,
        foot="第3版",
        mark="示例",
    )
    with opened(office.as_pdf(render_word(document), tmp_path)) as file:
        assert len(file) == 1


@pytest.mark.office
@needs_office
def test_the_first_line_stands_at_37_millimetres_in_both(tmp_path):
    """GB/T 9704—2012: 天头37±1毫米, of the characters and not of their leading."""
    document = of(*[Paragraph("国" * 28, Role.FLUSH)] * 44)
    [theirs] = office.as_pdfs([render_word(document)], tmp_path)
    for data in (pdf(document), theirs):
        with opened(data) as file:
            assert len(file) == 2
            assert [36 < _first_ink_mm(page) < 38 for page in file] == [True, True]


def _first_ink_mm(page) -> float:
    drawn = page.render(scale=300 / 72, grayscale=True)
    dots = bytes(drawn.buffer)
    rows = (dots[start : start + drawn.width] for start in range(0, len(dots), drawn.stride))
    return next(place for place, row in enumerate(rows) if min(row) < 128) / 300 * 25.4
