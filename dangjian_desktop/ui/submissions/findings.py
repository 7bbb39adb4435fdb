"""报送前核对 over the width of the page: what is to be looked at, file by file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.submissions.delivery import DeliveryFinding
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.period import PeriodChooser
from dangjian_desktop.ui.look.stage import Shortened
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of
from dangjian_desktop.ui.paper.exporting import open_path
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.tables import Column, PagedModel

LISTS = "清单 (*.xlsx *.xls *.csv *.txt)"
CLEAN = "核对没有发现问题。程序不判断内容，报送前请自己再看一遍。"
_COLUMNS: tuple[Column[DeliveryFinding], ...] = (
    Column(code="file", title="文件", text=lambda found: found.file, width=330),
    Column(code="where", title="位置", text=lambda found: found.where, width=120),
    Column(code="message", title="请核对", text=lambda found: found.message, width=-1),
)


class FindingsView(Page):
    """The findings of one folder or .zip; ``left`` brings the package that was checked, if any,
    ``asked`` the place, the period of which its files should be, and the superior's list (or
    None)."""

    left = Signal(str)
    asked = Signal(Path, Period, object)

    def __init__(self, shell: Shell, today: Callable[[], date]) -> None:
        super().__init__()
        self.opening: Callable[[Path], object] = open_path
        self._shell = shell
        self._uid, self._place = "", Path()
        self.found: dict[str, DeliveryFinding] = {}
        theme = shell.theme
        self.leaving = button("返回", theme, icon="arrow-left", look="quiet", name="findings.back")
        self.title = Shortened("", "title")
        self.folder = button("打开所在位置", theme, icon="folder-open", name="findings.folder")
        self.said = label("", "soft", wrap=True, name="findings.said")
        self.period = PeriodChooser(theme, today)
        self.again = button("按这个时间段核对", theme, name="findings.again")
        self.listed = button("对照清单…", theme, icon="clipboard-list", name="findings.list")
        self.packed = button("另选 .zip…", theme, name="findings.zip")
        self._bar = QWidget()
        row_of(self.period, self.again, self.listed, self.packed, ..., on=self._bar)
        model: PagedModel[DeliveryFinding] = PagedModel(_COLUMNS, lambda _ids: {}, parent=self)
        self.table = RecordTable(model, theme, shell.settings, name="findings", title="核对结果")
        self.table.set_empty(CLEAN)
        column_of(
            row_of(self.leaving, (self.title, 1), self.folder),
            self._bar,
            self.said,
            (self.table, 1),
            on=self,
            gap=8,
        )
        self.leaving.clicked.connect(self._leave)
        self.again.clicked.connect(self._again)
        self.listed.clicked.connect(self._ask_list)
        self.packed.clicked.connect(self._ask_packed)
        self.folder.clicked.connect(self._open_folder)
        self.table.opened.connect(self._open)

    def show_found(
        self,
        place: Path,
        found: Sequence[DeliveryFinding] | None,
        *,
        title: str,
        words: str = "",
        uid: str = "",
    ) -> None:
        """Show what was found in this place (None: it was not looked through to the end)."""
        self._place, self._uid = place, uid
        self.found = {str(number): each for number, each in enumerate(found or ())}
        self._bar.setVisible(not uid)
        self.title.setText(title)
        self.said.setText("\n".join(filter(None, (words, _told(found)))))
        foot = f"共 {len(self.found)} 处，回车打开文件" if self.found else ""
        self.table.set_empty(CLEAN if found is not None else "核对已取消。")
        self.table.show_ids(tuple(self.found), foot=foot, rows=self.found)
        self.table.select("0")

    def focus_first(self) -> None:
        """Put the focus on the findings, or on the way back."""
        if not self.found or not self.table.focus_first():
            self.leaving.setFocus()

    @Slot(str)
    def _open(self, key: str) -> None:
        """The file of a finding; what is missing has none, then the place."""
        named = self._place / self.found[key].file
        # What lies in a .zip is opened with it.
        there = (each for each in (named, *named.parents) if each.is_file())
        self.opening(next(there, self._place))

    @Slot()
    def _open_folder(self) -> None:
        self.opening(self._place if self._place.is_dir() else self._place.parent)

    @Slot()
    def _again(self) -> None:
        self.asked.emit(self._place, self.period.period, None)

    @Slot()
    def _ask_list(self) -> None:
        self._shell.choosers.open_file(
            self, "选择上级的清单", LISTS, self._against, purpose="asked"
        )

    def _against(self, listed: Path) -> None:
        self.asked.emit(self._place, self.period.period, listed)

    @Slot()
    def _ask_packed(self) -> None:
        self._shell.choosers.open_file(
            self, "核对哪个 .zip", "报送包 (*.zip)", self._another, purpose="delivery"
        )

    def _another(self, place: Path) -> None:
        self.asked.emit(place, self.period.period, None)

    @Slot()
    def _leave(self) -> None:
        self.left.emit(self._uid)


def _told(found: Sequence[DeliveryFinding] | None) -> str:
    if found is None:
        return "报送前核对没有做完，报出以前请再核对。"
    return f"报送前核对发现 {len(found)} 处，请看过再报。" if found else CLEAN
