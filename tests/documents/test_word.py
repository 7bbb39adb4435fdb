from __future__ import annotations

import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from dangjian_desktop.documents.model import Layout, Paragraph, Role
from dangjian_desktop.documents.word import render_word
from tests.documents import office
from tests.documents.make import everything, form, long_table, of
from tests.documents.reading import embedded_faces, lines_of, opened, text_of

needs_office = pytest.mark.skipif(office.soffice() is None, reason="LibreOffice is not here")


def opened_word(document):
    return docx.Document(BytesIO(render_word(document)))


def xml_of(document, part: str = "word/document.xml") -> str:
    with zipfile.ZipFile(BytesIO(render_word(document))) as file:
        return file.read(part).decode()


def test_the_file_names_its_title_and_nobody():
    properties = opened_word(of(Paragraph("正文"))).core_properties
    assert properties.title == "试印"
    for name in ("author", "last_modified_by", "comments", "keywords"):
        assert getattr(properties, name) == ""


def test_every_role_is_a_style_with_a_chinese_name_and_east_asian_face():
    file = opened_word(everything(Layout.OFFICIAL))
    by_id = {style.style_id: style for style in file.styles}
    for paragraph in file.element.body.iter(qn("w:pStyle")):
        assert paragraph.get(qn("w:val")) in by_id
    body = by_id["DangjianBody"]
    assert body.name == "公文正文"
    assert body.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋"
    assert by_id["DangjianTitle"].element.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"


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
