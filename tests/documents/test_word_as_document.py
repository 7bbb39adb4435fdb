"""A Word file as a document of ours: our own come back as they were, others with their words."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from dangjian_desktop.documents.model import (
    Cell,
    Document,
    Layout,
    PageBreak,
    Paragraph,
    Role,
    Row,
    Table,
    WriteLines,
    row,
)
from dangjian_desktop.documents.word import render_word
from dangjian_desktop.documents.word_as_document import as_document
from dangjian_desktop.errors import InputError


def again(*blocks, layout=Layout.OFFICIAL):
    made = Document(name="甲", title="甲", blocks=blocks, layout=layout)
    return as_document(render_word(made), "甲.docx")


def saved(file) -> bytes:
    kept = BytesIO()
    file.save(kept)
    return kept.getvalue()


def test_our_own_files_come_back_as_they_were():
    blocks = (
        Paragraph("标题", Role.TITLE),
        Paragraph("一、甲", Role.HEADING1),
        Paragraph("正文。", Role.BODY),
        Paragraph("称呼：", Role.FLUSH),
        Paragraph("", Role.BLANK_LINE),
        WriteLines(2),
        PageBreak(),
        Paragraph("署名", Role.SIGNATURE),
    )
    found = again(*blocks).blocks
    assert [b for b in found if not isinstance(b, WriteLines)] == [
        b for b in blocks if not isinstance(b, WriteLines)
    ]
    assert found.count(WriteLines(1)) == 2


def test_tables_keep_their_merged_fields_and_heads():
    head = row(["项目", "甲", "乙"], Role.CELL_HEAD, header=True)
    label = Cell((Paragraph("合并", Role.CELL_LABEL),), rows=2)
    wide = Cell((Paragraph("宽", Role.CELL),), columns=2)
    rows = (head, Row((label, wide)), Row((Cell((Paragraph("一", Role.CELL),)), Cell())))
    found = again(Table(rows, (1, 2, 3)))
    [table] = [block for block in found.blocks if isinstance(block, Table)]
    assert [r.header for r in table.rows] == [True, False, False]
    assert [(c.columns, c.rows) for c in table.rows[1].cells] == [(1, 2), (2, 1)]
    assert [(c.columns, c.rows) for c in table.rows[2].cells] == [(1, 1), (1, 1)]
    assert [round(w / table.widths[0]) for w in table.widths] == [1, 2, 3]
    assert [*found.texts()][:3] == ["项目", "甲", "乙"]


def test_a_wide_page_stays_wide():
    assert again(Paragraph("甲"), layout=Layout.LANDSCAPE).layout is Layout.LANDSCAPE


def test_files_of_others_keep_words_and_alignment():
    file = docx.Document()
    title = file.add_paragraph()
    title.alignment = 1
    title.add_run("关于甲的通知").font.size = docx.shared.Pt(22)
    file.add_paragraph("各党小组：")
    body = file.add_paragraph("正文一行")
    body.paragraph_format.first_line_indent = docx.shared.Pt(32)
    last = file.add_paragraph("某某支部")
    last.alignment = 2
    file.sections[0].header.paragraphs[0].text = "内部"
    table = file.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "竖"
    found = as_document(saved(file), "乙.docx")
    assert [(b.words, b.role) for b in found.blocks if isinstance(b, Paragraph)] == [
        ("关于甲的通知", Role.TITLE),
        ("各党小组：", Role.FLUSH),
        ("正文一行", Role.BODY),
        ("某某支部", Role.SIGNATURE),
    ]
    assert found.mark == "内部"
    assert found.blocks[-1].rows[0].cells[0].rows == 2


def test_what_is_no_word_file_is_refused():
    with pytest.raises(InputError, match=r"甲\.docx"):
        as_document(b"PK", "甲.docx")
