from __future__ import annotations

from dataclasses import replace

import pytest

from dangjian_desktop import paths
from dangjian_desktop.documents.font_files import stand_ins
from dangjian_desktop.documents.fonts import bundled_file, bundled_fonts, fonts_of, installed_fonts
from dangjian_desktop.documents.look import Numbering
from dangjian_desktop.documents.look_fields import SECTIONS
from dangjian_desktop.documents.look_reading import made_look, read_look, values_of, write_look
from dangjian_desktop.documents.looks import default_look, shipped_codes, shipped_text
from dangjian_desktop.documents.model import Face, Layout, Paragraph, Role
from dangjian_desktop.documents.pdf import render_pdf
from dangjian_desktop.documents.styles import sheet_in
from dangjian_desktop.documents.word import render_word
from dangjian_desktop.errors import InputError
from tests.documents import make
from tests.documents.reading import (
    embedded_faces,
    lines_of,
    model_texts,
    pdf_texts,
    text_of,
    word_texts,
)

CODES = shipped_codes()


def shipped(code: str):
    return read_look(shipped_text(code), code, f"“{code}”")


def refused(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_look(text, "own", "文件“自己的.toml”")
    return [issue.message for issue in caught.value.issues]


def test_the_looks_of_the_catalogue_ship_and_the_usual_one_is_whole():
    assert set(CODES) == {"standard", "gb2312", "handbook", "compact"}
    assert shipped(CODES[0]) == default_look()
    assert len({shipped(code).title for code in CODES}) == len(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_look_comes_back_from_its_own_file(code):
    look = shipped(code)
    assert read_look(write_look(look), code, "") == look
    assert made_look(values_of(look), code, "") == look


def test_every_value_of_a_look_is_a_field_with_a_label():
    values = values_of(default_look())
    flat = {"": {n: v for n, v in values.items() if not isinstance(v, dict)}} | {
        n: v for n, v in values.items() if isinstance(v, dict)
    }
    for section, fields in SECTIONS.items():
        assert {field.name for field in fields} == set(flat[section])
        assert len({field.label for field in fields}) == len(fields)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("layout", Layout)
def test_word_and_pdf_say_the_same_in_every_look(code, layout):
    document = replace(make.everything(layout), look=shipped(code))
    assert pdf_texts(make.pdf(document)) == model_texts(document)
    assert word_texts(render_word(document)) == model_texts(document)


def test_all_that_is_wrong_with_a_file_is_told_at_once():
    said = refused(
        'title = ""\nfoo = 1\npaper_title = "{name}"\nframe = nan\n[official]\ntop = 200\n'
        'body = "大"\nzz = 3\nlines = 22.5\nnumbering = "roman"\n[form]\nleft = 110\nright = 110\n'
        '[brief]\nleading = 8\nnumber_mm = 30\n[faces]\nbody = "comic"\n[extra]\na = 1\n'
    )
    for words in (
        "“foo”不是版式的项目",
        "“extra”不是版式的项目",
        "公文版式里的“zz”",
        "版式名称没有填写",
        "{paper}",
        "表格外框线应在",
        "上边距应在5到120毫米之间",
        "“大”不是数字",
        "每页行数应是整数",
        "“roman”不认识",
        "左右边距太大，纸宽210毫米只剩-10毫米",
        "行距8.0磅比正文字号小",
        "页码高出下边距",
        "“comic”不认识",
    ):
        assert any(words in each for each in said), words
    assert len(said) == 14


@pytest.mark.parametrize("text", ["这不是版式", "a = ", "\0", "[[official]]\n", "[" * 2000])
def test_what_is_no_look_at_all_is_refused_in_words(text):
    with pytest.raises(InputError, match="文件“x”"):
        read_look(text, "own", "文件“x”")


def test_a_look_moves_margins_type_lines_and_numbers():
    look = shipped("handbook")
    page = sheet_in(look, Layout.OFFICIAL).page
    data = make.pdf(make.of(Paragraph("会" * 60, Role.FLUSH), look=look))
    lines = lines_of(data, size=14)
    assert lines[0][0].left == pytest.approx(28 / 25.4 * 72, abs=0.5)
    assert lines[0][0].origin - lines[1][0].origin == pytest.approx(26, abs=0.1)
    assert len(lines[0]) == int(page.width / 14)
    [number] = lines_of(data, size=10.5)
    assert text_of(number) == "第1页共1页"


@pytest.mark.parametrize(
    ("numbering", "said"), [(Numbering.CENTERED, "—1—"), (Numbering.PLAIN, "1")]
)
def test_page_numbers_in_the_middle(numbering, said):
    usual = default_look()
    look = replace(usual, official=replace(usual.official, numbering=numbering))
    document = make.of(Paragraph("正文"), look=look)
    [line] = lines_of(make.pdf(document), size=14)
    middle = (28 + 156 / 2) / 25.4 * 72
    assert text_of(line) == said
    assert (line[0].left + line[-1].right) / 2 == pytest.approx(middle, abs=1)
    assert b"mirrorMargins" not in render_word(document)


def test_a_table_without_lines_draws_none():
    look = replace(default_look(), frame=0, inner=0)
    document = make.of(make.long_table(2), look=look)
    assert b" re\n" not in make.pdf(document)
    assert word_texts(render_word(document)) == model_texts(document)


@pytest.fixture
def user_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "user_fonts", lambda: tmp_path)
    monkeypatch.setattr(
        "dangjian_desktop.documents.font_files._system_folders", lambda: (tmp_path / "no",)
    )
    installed_fonts.cache_clear()
    yield tmp_path
    installed_fonts.cache_clear()


def test_a_face_that_is_missing_is_said_with_what_is_printed_instead(user_folder):
    said = stand_ins(shipped("gb2312"))
    assert said[0] == "本机没有“仿宋_GB2312”，PDF 里改用随程序提供的仿宋。"
    assert said[-1] == "本机没有“Times New Roman”，PDF 里的数字和字母用正文的字体。"
    assert not [words for words in stand_ins(shipped("handbook")) if "小标宋" in words]


def test_figures_are_set_in_the_face_that_the_look_names(user_folder):
    (user_folder / "times.ttf").write_bytes(bundled_file("heiti").read_bytes())
    look = shipped("gb2312")
    fonts = fonts_of(look)
    assert fonts.source(Face.FANGSONG, "3") == "digits"
    assert fonts.source(Face.FANGSONG, "会") == "own:fangsong"
    assert fonts_of(default_look()).source(Face.FANGSONG, "3") == "own:fangsong"
    document = make.of(Paragraph("2026年会议"), look=look)
    data = render_pdf(document)
    assert pdf_texts(data) == ("2026年会议",)
    assert any(name.endswith("+times") for name, _ in embedded_faces(data))
    assert not [words for words in stand_ins(look) if "Times" in words]


def test_word_names_the_faces_of_the_look():
    data = render_word(make.of(Paragraph("正文"), look=shipped("gb2312")))
    assert word_texts(data) == ("正文",)
    normal = make.word_part(data, "word/styles.xml")
    assert 'w:ascii="Times New Roman"' in normal
    assert 'w:eastAsia="仿宋_GB2312"' in normal
    assert bundled_fonts() is not fonts_of(default_look())
