"""The list of members: parts, filter, day, table, and what can be done from there."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from dangjian_desktop.services.members.listing import FORMER, PRESENT, Listing
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.inputs import DateField
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.widgets import button, label, space
from dangjian_desktop.ui.members.card import MemberCard
from dangjian_desktop.ui.members.rows import COLUMNS, MemberRow, rows_of
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.splitpage import SplitPage
from dangjian_desktop.ui.records.tables import PagedModel

CARD_WIDTH = 410
SHARE = 68
UNLIMITED = 16_777_215
EMPTY = "这里是党支部的党员名册。可以导入已有的花名册（Excel 或 CSV），也可以逐人新增。"
NOBODY = "没有符合条件的党员。"


class RosterList(QWidget):
    """Chips, filter and day narrow the table; the card shows who is chosen.

    ``day_changed`` asks for the roster of another day, ``chosen`` tells who is selected.
    """

    day_changed = Signal(object)
    chosen = Signal(str)
    import_asked = Signal()
    export_asked = Signal(bool)
    paper_asked = Signal()
    new_asked = Signal()

    def __init__(self, shell: Shell, today: date) -> None:
        super().__init__()
        self._today = today
        self.listing: Listing | None = None
        theme = shell.theme
        self.chips = ChipRow(theme, ((PRESENT, "在册"),))
        self.filter = QLineEdit()
        self.filter.setObjectName("roster.filter")
        self.filter.setPlaceholderText("姓名或拼音首字母")
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName("筛选姓名")
        self.day = DateField(theme, today=lambda: today)
        self.day.setObjectName("roster.day")
        self.day.setAccessibleName("截至日期")
        self.day.set_day(today)
        model: PagedModel[MemberRow] = PagedModel(COLUMNS, lambda _ids: {})
        self.table = RecordTable(model, theme, shell.settings, name="roster")
        self.table.view.horizontalHeader().setStretchLastSection(True)
        self.card = MemberCard(theme)
        self.split = SplitPage(
            self.table, self.card, theme, shell.settings, name="roster", share=SHARE
        )
        self._buttons(shell)
        self._compose(shell)
        self.chips.chosen.connect(self._show)
        self.filter.textChanged.connect(self._show)
        self.day.entered.connect(self._on_day)
        self.table.chosen.connect(self._on_chosen)
        self.table.previewed.connect(self.split.show_detail)
        self.table.new_asked.connect(self._on_new)

    @property
    def shown_day(self) -> date:
        """The day whose roster is wanted; today while the field is empty."""
        return self.day.day() or self._today

    def show_listing(self, listing: Listing) -> None:
        """Show the roster of a day; filter and selection stay."""
        self.listing = listing
        self.chips.set_choices(listing.parts())
        self._show()
        if not self.table.current() and not self.split.narrow and self.table.model.ids:
            self.table.select(self.table.model.ids[0])
        self._on_chosen(self.table.current())

    def set_narrow(self, narrow: bool) -> None:
        """Card and list take turns, or the card leaves the list what it does not need."""
        self.split.set_narrow(narrow)
        self._dress()

    def focus_member(self, uid: str) -> None:
        """Select a person, in a wider part where the present one leaves him out."""
        if self.listing is None:
            return
        if not self.table.select(uid):
            part = self.listing.part_of(uid)
            if not part:
                return
            self.filter.clear()
            self.chips.set_codes([part])
            self._show()
            self.table.select(uid)
        self.split.show_detail()
        self.table.view.setFocus()

    @Slot()
    def _show(self) -> None:
        if self.listing is None:
            return
        day, part = self.listing.roll.day, self.chips.code()
        members = self.listing.shown(part, self.filter.text())
        foot = self.listing.counts()
        if len(members) != len(self.listing.roll.members):
            foot += f"　　本列表 {len(members)} 人"
        fresh = not self.listing.roll.known
        self.table.set_empty(EMPTY if fresh else _nobody(part), "导入花名册" if fresh else "")
        self.table.show_ids(
            [member.id for member in members],
            foot=foot,
            keys={member.id: member.initials for member in members},
            rows=rows_of(members, day),
        )

    @Slot()
    def _on_new(self) -> None:
        # The button of an empty list and Ctrl+N come with the same signal.
        fresh = self.listing is not None and not self.listing.roll.known
        (self.import_asked if fresh else self.new_asked).emit()

    @Slot()
    def _on_day(self) -> None:
        if self.day.readable:
            self.day_changed.emit(self.shown_day)

    @Slot(str)
    def _on_chosen(self, uid: str) -> None:
        row = self.table.model.record(uid) if uid else None
        if row is None:
            self.card.clear()
            return
        self.card.show_member(row)
        self.chosen.emit(uid)

    def _buttons(self, shell: Shell) -> None:
        theme = shell.theme
        self.add = button("新增党员", theme, icon="user-plus", look="primary", name="roster.add")
        self.add.setToolTip("Ctrl+N")
        self.add.clicked.connect(self.new_asked)
        self.bring = button("导入花名册", theme, icon="upload", name="roster.import")
        self.bring.clicked.connect(self.import_asked)
        self.excel = button(
            "导出 Excel", theme, icon="file-spreadsheet", look="menu", name="roster.excel"
        )
        menu = QMenu(self.excel)
        menu.addAction("隐去部分号码").triggered.connect(lambda: self.export_asked.emit(True))
        menu.addAction("完整号码").triggered.connect(lambda: self.export_asked.emit(False))
        self.excel.setMenu(menu)
        self.paper = button("打印名册", theme, icon="printer", name="roster.paper")
        self.paper.clicked.connect(self.paper_asked)

    def _compose(self, shell: Shell) -> None:
        top = QHBoxLayout()
        space(top, margins=(0, 0, 0, 0), gap=8)
        top.addWidget(label("党员", "title"))
        top.addStretch()
        for part in (self.paper, self.excel, self.bring, self.add):
            top.addWidget(part)
        narrow = QHBoxLayout()
        space(narrow, margins=(0, 0, 0, 0), gap=8)
        narrow.addWidget(self.chips, 1)
        fields = QHBoxLayout()
        space(fields, margins=(0, 0, 0, 0), gap=8)
        for field in (self.filter, label("截至日期", "soft"), self.day):
            fields.addWidget(field)
        aside = QVBoxLayout()
        space(aside, margins=(0, 0, 0, 0), gap=0)
        aside.addLayout(fields)
        aside.addStretch()
        narrow.addLayout(aside)
        self._theme = shell.theme
        shell.theme.changed.connect(self._dress)
        self._dress()
        column = QVBoxLayout(self)
        space(column, margins=(0, 0, 0, 0), gap=10)
        column.addLayout(top)
        column.addLayout(narrow)
        column.addWidget(self.split, 1)

    @Slot()
    def _dress(self) -> None:
        self.filter.setFixedWidth(self._theme.px(190))
        self.day.setFixedWidth(self._theme.px(132))
        widest = UNLIMITED if self.split.narrow else self._theme.px(CARD_WIDTH)
        self.card.setMaximumWidth(widest)


def _nobody(part: str) -> str:
    if part == FORMER:
        return "没有已转出、停止党籍或去世的党员。登记党籍状态的变化后，会显示在这里。"
    return NOBODY
