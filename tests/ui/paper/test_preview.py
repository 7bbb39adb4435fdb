from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from reportlab.pdfgen.canvas import Canvas

from dangjian_desktop.ui.paper.paper_printer import PaperPrinter
from dangjian_desktop.ui.paper.preview import PdfPages, Preview


@pytest.fixture(scope="module")
def pdf():
    return _pages(30)


def _pages(count):
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for _ in range(count):
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, 742, 100, 100, fill=1, stroke=0)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def preview(qtbot, theme):
    made = Preview(theme)
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    return made


def test_a_page_is_drawn_as_it_is(pdf):
    picture = PdfPages(pdf).picture(0, 1)
    assert (picture.width(), picture.height()) == (595, 842)
    assert picture.pixelColor(50, 50) == QColor(255, 0, 0)
    assert picture.pixelColor(300, 300) == QColor(255, 255, 255)


def test_only_pages_in_view_are_drawn(preview, pdf):
    preview.show_pdf(pdf)
    preview.grab()
    assert preview.pages == 30
    assert 0 < len(preview._sheets._pictures) <= 8
    preview.go_to(20)
    preview.grab()
    assert 20 in preview._sheets._pictures
    assert 0 not in preview._sheets._pictures


def test_the_page_number_follows(qtbot, preview, pdf):
    preview.show_pdf(pdf)
    with qtbot.waitSignal(preview.paged) as told:
        preview.go_to(4)
    assert told.args == [5, 30]


def test_pages_fit_the_width_and_zoom(preview, pdf):
    preview.show_pdf(pdf)
    fitting = preview._sheets._zoom
    assert 595 * fitting <= preview.viewport().width()
    preview.zoom_by(2)
    assert preview._sheets._zoom == pytest.approx(2 * fitting)


def test_another_document_starts_at_its_first_page_or_keeps_the_place(preview, pdf):
    preview.show_pdf(pdf)
    preview.go_to(3)
    place = preview.verticalScrollBar().value()
    preview.show_pdf(pdf, keep_place=True)
    assert preview.verticalScrollBar().value() == place
    preview.show_pdf(pdf)
    assert preview.verticalScrollBar().value() == 0


def test_without_a_document_a_sentence_stands_there(preview):
    preview.show_hint("请在左边选择一次会议")
    preview.grab()
    assert preview.pages == 0
    assert preview._hint.isVisible()


def test_the_printer_gets_the_same_pages_of_all_documents(qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    refused = []
    printer = PaperPrinter(refused.append, window)
    target = tmp_path / "print.pdf"
    with qtbot.waitSignal(printer.finished, timeout=30_000):
        printer.print_to_file([_pages(1), _pages(2)], "会议记录", str(target))
    printed = pypdfium2.PdfDocument(target)
    try:
        assert len(printed) == 3
        width, height = printed.get_page_size(0)
        assert (round(width), round(height)) == (595, 842)
        picture = printed[0].render(scale=0.5).to_pil().convert("RGB")
        red, green, blue = picture.getpixel((20, 20))
        assert red > 250
        assert green + blue < 10
    finally:
        printed.close()
    assert refused == []
