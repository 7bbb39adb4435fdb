"""What stands over the pages of a preview: zoom, which page it is, find, copy."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, filter_line, label, row_of


class PreviewBar(QWidget):
    """Stands over the pages of its preview; off while there are none."""

    def __init__(self, theme: Theme, preview: Any) -> None:
        super().__init__(preview)
        self._preview = preview
        self._found: list[tuple[int, QRectF]] = []
        self._turn = -1
        small: dict[str, Any] = {"look": "quiet"}
        self.less = button("缩小", theme, name="preview.less", tip="Ctrl+滚轮", **small)
        self.fit = button("100%", theme, name="preview.fit", tip="适合宽度", **small)
        self.more = button("放大", theme, name="preview.more", tip="Ctrl+滚轮", **small)
        self.page = label("", "soft", name="preview.page")
        self.line = filter_line("preview.find", "在本页面中查找")
        self.line.setAccessibleName("在预览中查找")
        self.hits = label("", "soft", name="preview.hits")
        self.copy = button(
            "",
            theme,
            icon="copy",
            name="preview.copy",
            tip="复制选中的文字；没有选中时复制全文",
            **small,
        )
        row_of(
            self.less,
            self.fit,
            self.more,
            self.page,
            (self.line, 1),
            self.hits,
            self.copy,
            on=self,
            gap=6,
            margins=(2, 0, 2, 4),
        )
        self.less.clicked.connect(self._zoom_out)
        self.more.clicked.connect(self._zoom_in)
        self.fit.clicked.connect(self._fit)
        self.copy.clicked.connect(preview.texts.copy)
        self.line.textChanged.connect(self._find)
        self.line.returnPressed.connect(self.next)
        preview.paged.connect(self._say_page)
        preview.shown.connect(self._renew)
        preview.zoomed.connect(self._say_zoom)
        self._renew()

    @Slot()
    def next(self) -> None:
        """Go to the next place that was found."""
        if self._found:
            self._turn = (self._turn + 1) % len(self._found)
            self._preview.bring(*self._found[self._turn])
        self._say_hits()

    @Slot()
    def _find(self) -> None:
        self._found, self._turn = self._preview.texts.find(self.line.text()), -1
        self.next()

    @Slot()
    def _renew(self) -> None:
        self.setEnabled(bool(self._preview.pages))
        if self.line.text():
            self._found, self._turn = self._preview.texts.find(self.line.text()), -1
            self._say_hits()

    def _say_hits(self) -> None:
        many = f"{self._turn + 1} / {len(self._found)}" if self._found else "没有找到"
        self.hits.setText(many if self.line.text().strip() else "")

    @Slot(int, int)
    def _say_page(self, page: int, pages: int) -> None:
        self.page.setText(f"第 {page} / {pages} 页" if pages else "")

    @Slot(float)
    def _say_zoom(self, zoom: float) -> None:
        self.fit.setText(f"{zoom:.0%}")

    @Slot()
    def _zoom_in(self) -> None:
        self._preview.zoom_by(1.25)

    @Slot()
    def _zoom_out(self) -> None:
        self._preview.zoom_by(1 / 1.25)

    @Slot()
    def _fit(self) -> None:
        self._preview.zoom_to(1.0)
