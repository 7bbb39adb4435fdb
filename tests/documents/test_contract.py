from __future__ import annotations

import pytest

from dangjian_desktop.documents.model import Document, Layout, Paragraph, Role, Table, cell, row
from dangjian_desktop.documents.word import render_word
from tests.documents.make import RARE, TRAPS, everything, form, long_table, of, pdf
from tests.documents.reading import model_texts, pdf_texts, squeezed, word_texts


@pytest.mark.parametrize("layout", Layout)
def test_word_and_pdf_say_what_the_model_says_piece_by_piece(layout):
    document = everything(layout)
    wanted = model_texts(document)
    assert len(wanted) > 200
    assert pdf_texts(pdf(document)) == wanted
    assert word_texts(render_word(document)) == wanted


def test_rare_characters_come_back_whole_from_both_files():
    document = of(Paragraph(RARE * 30))
    assert pdf_texts(pdf(document)) == (RARE * 30,)
    assert word_texts(render_word(document)) == (RARE * 30,)


def test_markup_and_template_signs_are_printed_as_they_are():
    document = of(Paragraph(TRAPS), Table((row([TRAPS, "甲"]),), (3, 1)), foot=TRAPS, mark=TRAPS)
    wanted = (squeezed(TRAPS), squeezed(TRAPS), "甲")
    assert pdf_texts(pdf(document)) == wanted
    assert word_texts(render_word(document)) == wanted


def test_control_and_invisible_characters_never_reach_a_file():
    dirty = "甲\x00乙\x07丙\u200b丁\ufeff戊\ud800己\ufe0f庚\x0b辛\r\n壬\t癸\u202e\U000e0101"
    document = Document(f"名{dirty}", f"题{dirty}", (Paragraph(dirty, lead=dirty),), foot=dirty)
    wanted = "甲乙丙丁戊己庚辛壬癸" * 2
    assert model_texts(document) == (wanted,)
    assert pdf_texts(pdf(document)) == (wanted,)
    assert word_texts(render_word(document)) == (wanted,)
    assert document.name.startswith("名甲乙丙")


def test_a_line_end_inside_a_paragraph_starts_a_line_of_the_same_paragraph():
    document = of(Paragraph("第一行\n第二行", Role.FLUSH))
    assert pdf_texts(pdf(document)) == ("第一行第二行",)
    assert word_texts(render_word(document)) == ("第一行第二行",)


def test_an_empty_document_is_one_page_of_each():
    document = of()
    assert pdf_texts(pdf(document)) == ()
    assert word_texts(render_word(document)) == ()


@pytest.mark.parametrize("layout", Layout)
def test_a_table_over_many_pages_loses_nothing_and_repeats_its_header_apart(layout):
    document = of(long_table(200), layout=layout)
    texts = pdf_texts(pdf(document))
    assert texts == model_texts(document)
    assert texts.count("序号") == 1


@pytest.mark.parametrize("layout", Layout)
def test_a_field_longer_than_a_page_goes_on_over_the_pages(layout):
    long = "".join(f"第{number}句话，" for number in range(1500))
    document = of(form(Paragraph(long, Role.CELL)), layout=layout)
    assert pdf_texts(pdf(document)) == model_texts(document)


def test_fields_across_rows_that_do_not_fit_a_page_lose_nothing():
    rows = [row([f"甲{n}", f"乙{n}"]) for n in range(80)]
    first = cell("跨行" + "很长的说明" * 300, rows=80)
    table = Table(
        tuple(
            type(part)((first, *part.cells) if n == 0 else part.cells)
            for n, part in enumerate(rows)
        ),
        (2, 1, 1),
    )
    for layout in Layout:
        document = of(table, layout=layout)
        assert sorted(pdf_texts(pdf(document))) == sorted(model_texts(document))
        assert word_texts(render_word(document)) == model_texts(document)


def test_the_same_document_gives_the_same_pdf():
    assert pdf(everything(Layout.FORM)) == pdf(everything(Layout.FORM))


def test_rows_that_do_not_fill_their_columns_are_refused():
    with pytest.raises(ValueError, match="fewer"):
        pdf(of(Table((row(["甲"]),), (1, 1))))
    with pytest.raises(ValueError, match="more"):
        pdf(of(Table((row(["甲", "乙", "丙"]),), (1, 1))))
