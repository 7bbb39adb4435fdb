"""Prints the PDF that is filed, page by page, through the Chinese print dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.paper.preview import PdfPages

POINTS_PER_INCH = 72
FINEST = 300


class PaperPrinter(QObject):
    """Asks where to print and prints, one page at a turn so that the window stays usable.

    ``finished`` comes after the last page of the last document. A printer that refuses is
    reported as BlockedError.
    """

    finished = Signal()

    def __init__(self, report: Callable[[Exception], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._report = report
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._painter = QPainter()
        self._pages: PdfPages | None = None
        self._wanted: list[int] = []
        self._further: list[bytes] = []
        self._next = once(self, 0, self._print_page)

    def ask(self, pdfs: Sequence[bytes], title: str) -> None:
        """Show the print dialog for these documents, which are one print job of this title."""
        self._prepare(pdfs, title)
        count = len(self._pages.sizes) if self._pages else 0
        dialog = QPrintDialog(self._printer, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # A range of pages is about one document; several are printed whole.
        if not self._further:
            dialog.setMinMax(1, count)
            dialog.setFromTo(1, count)
            dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.accepted.connect(self._begin)
        # QPrintDialog hides the plain open() of its parent class.
        QDialog.open(dialog)

    def print_to_file(self, pdfs: Sequence[bytes], title: str, file: str) -> None:
        """Print into a PDF file without asking; what a test reads."""
        self._prepare(pdfs, title)
        self._printer.setOutputFileName(file)
        self._begin()

    def _prepare(self, pdfs: Sequence[bytes], title: str) -> None:
        self._end()
        self._further = list(pdfs)
        self._printer.setDocName(title)
        self._printer.setFullPage(True)
        self._printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self._turn()

    def _turn(self) -> None:
        """To the next document, and the paper as it lies."""
        self._end()
        self._pages = PdfPages(self._further.pop(0))
        width, height = self._pages.sizes[0]
        sideways = width > height
        self._printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if sideways else QPageLayout.Orientation.Portrait
        )

    @Slot()
    def _begin(self) -> None:
        count = len(self._pages.sizes) if self._pages else 0
        first, last = self._printer.fromPage() or 1, self._printer.toPage() or count
        self._wanted = list(range(first - 1, min(last, count)))
        if not self._painter.begin(self._printer):
            self._end()
            problem = "打印机没有响应，未能打印"
            self._report(BlockedError(problem, "请检查打印机是否已开机、已连接，然后再试一次"))
            return
        self._next.start(0)

    @Slot()
    def _print_page(self) -> None:
        if not self._wanted and self._further:
            self._turn()
            self._wanted = list(range(len(self._pages.sizes) if self._pages else 0))
            self._printer.newPage()
        if self._pages is None or not self._wanted:
            self._painter.end()
            self._end()
            self.finished.emit()
            return
        number = self._wanted.pop(0)
        scale = min(self._printer.resolution(), FINEST) / POINTS_PER_INCH
        paper = self._printer.paperRect(QPrinter.Unit.DevicePixel)
        picture = self._pages.picture(number, scale)
        size = picture.size().toSizeF()
        size.scale(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (paper.width() - size.width()) / 2
        self._painter.drawImage(QRectF(left, 0, size.width(), size.height()), picture)
        if self._wanted:
            self._printer.newPage()
        self._next.start(0)

    def _end(self) -> None:
        if self._pages is not None:
            self._pages.close()
        self._pages = None
