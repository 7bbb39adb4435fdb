"""A closing never stands alone, tokens are whole, and a paper that runs over by little is saved."""

from __future__ import annotations

import pytest

from dangjian_desktop.documents.charts import picture
from dangjian_desktop.documents.counted import page_use
from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.model import (
    Document,
    EndMark,
    Layout,
    Paragraph,
    Role,
    Row,
    Table,
    WriteLines,
    cell,
    row,
)
from dangjian_desktop.documents.styles import MM, TABLE_GAP, sheet_in
from dangjian_desktop.documents.typeset import typesetter_of
from dangjian_desktop.documents.word import render_word
from tests.documents import office
from tests.documents.make import of, pdf
from tests.documents.reading import opened, squeezed
from tests.documents.test_charts import chart
from tests.measure.pages import (
    by_page,
    is_bare,
    lines_of_paragraphs,
    page_count,
    pieces,
    same_pages,
    without_words_in_pictures,
)

CLOSING = (
    Paragraph("", Role.BLANK_LINE, keep_with_next=True),
    Paragraph("主持人（签字）：　　　记录人（签字）：", keep_with_next=True),
    WriteLines(1, keep_with_next=True),
    Paragraph("　　年　　月　　日", Role.DATE_LINE),
)


def signed(*rows: Row) -> Table:
    signature = Row((cell("主持人\n签　字", Role.CELL_LABEL), cell("")), False, 12.0)
    return Table((*rows, Row(signature.cells, False, 12.0, False, False, True)), (1, 5))


def last_page(document) -> list:
    data = pdf(document)
    return by_page(pieces(data, document), page_count(data))[-1]


@pytest.mark.parametrize("lines", range(12, 24))
def test_signatures_never_stand_on_a_page_without_content(lines):
    assert not is_bare(last_page(of(Paragraph("会" * 28 * lines, Role.FLUSH), *CLOSING)))
    assert not is_bare(last_page(of(*[Paragraph("会议")] * lines, *CLOSING)))


@pytest.mark.parametrize("lines", range(22, 36))
def test_rows_to_sign_take_the_last_lines_of_the_form_along(lines):
    label = cell("讨论发言", Role.CELL_LABEL)
    for row_of_text in (
        [Row((label, cell("会" * 36 * lines)))],
        [Row((label, cell("\n".join(["会议讨论"] * lines))))],
        [row(["内容", "会议讨论"]) for _ in range(lines)],
    ):
        document = of(signed(*row_of_text), EndMark(), layout=Layout.FORM)
        assert not is_bare(last_page(document)), lines


@pytest.mark.parametrize("count", range(24, 40, 2))
def test_a_title_does_not_stand_alone_because_its_table_is_signed_overleaf(count):
    """What is kept with the signature is the end of a table, not all of it."""
    table = Table(tuple(row([f"第{n}行", "会议"]) for n in range(count)), (1, 5))
    head = Paragraph("单位：某支部", Role.FLUSH, keep_with_next=True)
    document = of(
        Paragraph("台账", Role.TITLE), head, table, *CLOSING[:2], CLOSING[3], layout=Layout.FORM
    )
    data = pdf(document)
    pages = by_page(pieces(data, document), page_count(data))
    assert "第0行" in "".join(piece.text for piece in pages[0])
    assert not is_bare(pages[-1])


def test_a_form_that_runs_over_by_little_is_drawn_together():
    saved = 0
    for count in range(18, 30):
        rows = [row(["内容", "会议讨论"]) for _ in range(count)]
        document = of(signed(*rows), EndMark(), layout=Layout.FORM)
        loose, _ = page_use(document, typesetter_of(bundled_fonts()))
        pages = page_count(pdf(document))
        assert pages <= loose
        saved += pages < loose
    assert saved


def test_numbers_dates_names_and_short_titles_are_whole_at_every_line_end():
    for start in range(30):
        text = "会" * start + "2026年3月18日，赵钱孙发言，完成98.5%，见《党章》第12条，共36人，" * 4
        document = of(Paragraph(text), names=frozenset({"赵钱孙"}))
        lines = next(iter(lines_of_paragraphs(pieces(pdf(document), document))))
        assert "".join(lines) == text
        joined = "|".join(lines)
        for token in ("2026年3月18日", "赵钱孙", "98.5%", "《党章》", "第12条", "36人"):
            assert joined.count(token) == 4, lines
        assert len(lines[-1]) > 1


def test_a_column_is_as_wide_as_its_longest_token():
    table = Table((row(["完成率", "说明"], Role.CELL_HEAD), row(["100.0%", "会" * 40])), (1, 12))
    document = of(table)
    found = list(lines_of_paragraphs(pieces(pdf(document), document)))
    assert ["100.0%"] in found


@pytest.mark.parametrize("layout", [Layout.OFFICIAL, Layout.FORM])
def test_whatever_is_too_long_is_printed_whole_and_signed_with_content(layout):
    long = "这一段写得很长，写了又写。" * 1540
    blocks = (
        Paragraph("某" * 60, Role.TITLE),
        Paragraph(long),
        *(Paragraph(f"{n}. 议题") for n in range(1, 41)),
        *(Paragraph(f"欧阳娜仁托娅阿依古丽·{n}：请假", Role.LABELLED, "缺席：") for n in range(60)),
        Table((row(["姓名", "原因"]), row(["阿依古丽欧阳娜仁托娅甲乙", "请假"])), (1, 9)),
        *CLOSING,
    )
    document = of(*blocks, layout=layout)
    data = pdf(document)
    printed = squeezed("".join(piece.text for piece in pieces(data, document)))
    assert len(printed) == sum(len(squeezed(text)) for text in document.texts())
    assert not is_bare(last_page(document))


def test_a_heading_goes_with_a_table_that_goes_whole_with_the_closing():
    table = Table((row(["项目", "计划"], header=True), row(["比武奖励", "1500元"])), (1, 1))
    for lines in range(1, 20):
        above = [Paragraph("会" * 28, Role.FLUSH)] * lines
        heading = Paragraph("八、经费使用", Role.HEADING1)
        behind = [Paragraph("自评", Role.HEADING1), Paragraph("92.5分。"), WriteLines(5, True)]
        document = of(*above, heading, table, *behind, *CLOSING)
        data = pdf(document)
        pages = by_page(pieces(data, document), page_count(data))
        texts = ["".join(piece.text for piece in page) for page in pages]
        assert all(("经费使用" in text) == ("比武奖励" in text) for text in texts), lines


def test_a_short_heading_and_its_unit_are_whole_in_a_narrow_column():
    heads = ["制止三违（次）", "说明"]
    document = of(Table((row(heads, Role.CELL_HEAD, header=True), row(["3", "会"])), (1, 12)))
    found = list(lines_of_paragraphs(pieces(pdf(document), document)))
    assert ["制止三违", "（次）"] in found


def listed(count: int, *more: Row) -> Table:
    head = row(["会", "议"], Role.CELL_HEAD, header=True)
    return Table((head, *[row(["会", "议"])] * count, *more), (1, 1))


def brimful(layout: Layout, less: float, *, led: bool) -> Document:
    """A table whose rows end ``less`` points above the foot of the page, before two more."""
    sheet = sheet_in(None, layout)
    flush, room = sheet.style(Role.FLUSH), sheet.page.height - less
    if led:
        room -= flush.leading + (TABLE_GAP if sheet.page.grid else 0.0)
    high = sheet.style(Role.CELL).leading + 2 * sheet.margin
    count = int(room / high) - 2
    rest = Row((cell("会"), cell("议")), min_height_mm=(room - count * high) / MM, splittable=False)
    rows = (row(["会", "议"]), rest, *[row(["会", "议"])] * (count + 1))
    return of(*[Paragraph("会议", Role.FLUSH)] * led, Table(rows, (1, 1)), layout=layout)


@pytest.mark.office
@pytest.mark.skipif(office.soffice() is None, reason="LibreOffice is not here")
def test_word_turns_its_pages_where_the_pdf_does(tmp_path):
    text = "会议指出，要在2026年3月18日前完成98.5%的任务（见《要点》），由赵钱孙负责。"
    label = cell("讨论发言", Role.CELL_LABEL)
    few = "第三党小组8月没有召开小组会。"
    narrow = Table(
        (row(["问题", "日期"], header=True), row([few, "2025年2月20日（星期四）"])), (3, 2)
    )
    drawn, lines = picture(chart(), 440.0, 90.0), WriteLines(2)
    under_one_label = (
        Row((cell("议定事项", rows=2), cell("探望")), splittable=False),
        Row((cell("落实"),), splittable=False, keep_with_next=True),
        Row((cell("签字"), cell("")), min_height_mm=60.0, splittable=False),
    )
    documents = [
        of(*[Paragraph(text * n) for n in range(1, 9)], names=frozenset({"赵钱孙"})),
        of(
            signed(*[Row((label, cell(text * 2)), splittable=False) for n in range(14)]),
            EndMark(),
            layout=Layout.FORM,
        ),
        of(*[block for n in range(9) for block in (Paragraph(text), narrow, drawn, lines)]),
        of(
            *[Paragraph("会" * 28)] * 20,
            Paragraph("见下表：", keep_with_next=True),
            narrow,
            Paragraph(text),
            *CLOSING,
        ),
        of(Paragraph(text), listed(28), *[Paragraph("会" * 28, Role.FLUSH)] * 30),
        of(listed(24, *under_one_label), EndMark(), layout=Layout.FORM),
        *(
            brimful(layout, less, led=led)
            for layout in (Layout.OFFICIAL, Layout.FORM)
            for led in (False, True)
            for less in (0.2, 0.7, 1.2, 1.7)
        ),
    ]
    printed = office.as_pdfs([render_word(document) for document in documents], tmp_path)
    for document, theirs in zip(documents, printed, strict=True):
        plain = without_words_in_pictures(document)
        both = (pdf(plain), theirs)
        mine, their = (by_page(pieces(data, plain), page_count(data)) for data in both)
        assert same_pages(mine, their) == ""


def test_a_kept_row_never_stands_alone_at_a_foot_and_the_next_one_still_goes_over_the_page():
    head = Row((cell("议题（二）"), cell("讨论年度计划")), splittable=False, keep_with_next=True)
    long = Row((cell("汇报"), cell("\n".join(f"第{n}段" for n in range(30)))))
    parted = 0
    for above in range(12, 30):
        rows = (*[row(["内容", "会议讨论"]) for _ in range(above)], head, long)
        document = of(Table(rows, (1, 5)), layout=Layout.FORM)
        with opened(pdf(document)) as file:
            pages = [page.get_textpage().get_text_range() for page in file]
        [heading] = [n for n, text in enumerate(pages) if "议题（二）" in text]
        assert "第0段" in pages[heading], above
        parted += "第29段" not in pages[heading]
    assert parted > 9
