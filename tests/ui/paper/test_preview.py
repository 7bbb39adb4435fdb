from __future__ import annotations

from io import BytesIO
from threading import Event

import pypdfium2
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QMouseEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QRadioButton, QSpinBox, QWidget
from reportlab.pdfgen.canvas import Canvas
from shiboken6 import delete

from dangjian_desktop.ui.paper.paper_pane import Paper, PaperPane
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


def test_the_dialog_offers_all_pages_and_what_is_chosen_there_is_seen(qtbot, theme):
    """The choices are Qt's own, in the look of the program: a ring, and an arrow each way."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    PaperPrinter(print, window).ask([_pages(3)], "会议记录")
    dialog = window.findChild(QPrintDialog)
    assert (dialog.fromPage(), dialog.toPage()) == (1, 3)
    assert dialog.printRange() == QPrintDialog.PrintRange.AllPages
    made = QRadioButton("打印全部", window), QSpinBox(window)
    for each in made:
        each.ensurePolished()
        each.resize(each.sizeHint())
    radio, box = (each.grab().toImage() for each in made)
    edge = theme.tokens["edge"].lower()
    assert edge in {radio.pixelColor(x, radio.height() // 2).name() for x in range(24)}
    for half in (range(2, box.height() // 2), range(box.height() // 2, box.height() - 2)):
        right = range(box.width() - 14, box.width() - 3)
        assert len({box.pixelColor(x, y).name() for x in right for y in half}) > 3
    dialog.reject()


def _told(*pages):
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for lines in pages:
        for place, line in enumerate(lines):
            canvas.drawString(72, 700 - 20 * place, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def read(preview):
    preview.show_pdf(_told(("first minutes of", "the branch"), ("nothing",), ("The Branch met",)))
    return preview


def test_words_are_found_across_lines_and_pages_and_each_is_gone_to(qtbot, read):
    bar = read.bar
    assert bar.page.text() == "第 1 / 3 页"
    qtbot.keyClicks(bar.line, "of the branch")
    assert bar.hits.text() == "1 / 1"
    bar.line.clear()
    qtbot.keyClicks(bar.line, "the branch")
    assert bar.hits.text() == "1 / 2"
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.hits.text() == "2 / 2"
    qtbot.waitUntil(lambda: bar.page.text() == "第 3 / 3 页")
    before = read.grab().toImage()
    qtbot.keyClicks(bar.line, " xyz")
    assert bar.hits.text() == "没有找到"
    assert read.grab().toImage() != before


def test_text_is_chosen_with_the_mouse_and_copied(qtbot, read):
    sheets = read._sheets
    first, last = (
        sheets.box_of(0, read.texts._sheets.pages.boxes(0, place, 1)[0]).center().toPoint()
        for place in (6, 12)
    )
    qtbot.mousePress(sheets, Qt.MouseButton.LeftButton, pos=first)
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(last),
        QPointF(sheets.mapToGlobal(last)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(sheets, move)
    qtbot.keyClick(read, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "minutes"
    read.show_pdf(_told(("another",)))
    read.bar.copy.click()
    assert QGuiApplication.clipboard().text().strip() == "another"


def test_buttons_zoom_and_fit_the_width(read):
    read.bar.more.click()
    assert read.bar.fit.text() == "125%"
    assert read._zoom == pytest.approx(1.25)
    read.bar.fit.click()
    assert read._zoom == 1
    read.show_hint("没有预览")
    assert not read.bar.isEnabled()


def test_a_pane_that_is_closed_while_its_paper_is_drawn_is_told_nothing(qtbot, shell, pdf):
    begun, go = Event(), Event()
    reported = []
    shell.messages.report = reported.append

    def draw():
        begun.set()
        go.wait(20)
        return pdf

    pane = PaperPane(shell, name="closed")
    pane.show_paper(Paper("会议记录", draw, lambda folder, form: []))
    qtbot.waitUntil(begun.is_set)
    delete(pane)
    go.set()
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    assert reported == []
