"""历次版本: every saved state of a record, what differs, and the way back to one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Self

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
)

from dangjian_desktop.domain.field_texts import COVERED
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.telling import Difference, Line
from dangjian_desktop.services.library.versions import History, Printed
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.secret import Uncovering
from dangjian_desktop.ui.look.stage import Shortened, head_of
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of

WIDE, LABELS = 270, 170
_PADDING = 11
NOW, BEFORE, WHOLE = "now", "before", "whole"
_WAYS = ((NOW, "与现在比较"), (BEFORE, "与前一版比较"), (WHOLE, "这一版的内容"))
_HEAD = "栏目"
_KEPT = "恢复后另存为新的一版，现在的内容和历次版本都保留。"


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the table: its label and the words beside each other."""

    texts: tuple[str, ...]
    secret: bool = False

    @property
    def covered(self) -> tuple[str, ...]:
        """The same, with nothing sensitive in it."""
        head, *words = self.texts
        hide = self.secret
        return (head, *(COVERED if hide and text not in ("", "—") else text for text in words))


def _printed(made: Printed) -> str:
    look = f"，{made.look}" if made.look else ""
    return f"打印于 {made.at[:16].replace('T', ' ')}{look}"


class VersionsView(Page):
    """The versions of one record over the width of a page; ``left`` brings its id."""

    left = Signal(str)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._uid = ""
        self.history: History | None = None
        theme = shell.theme
        self.leaving = button("返回", theme, icon="arrow-left", look="quiet", name="versions.back")
        self.title = Shortened("", "title")
        self.restore = button(
            "恢复到这一版", theme, icon="history", look="primary", name="versions.restore"
        )
        self.list = QListWidget()
        self.list.setObjectName("versions.list")
        self.list.setAccessibleName("历次版本")
        self.list.setProperty("look", "choices")
        self.ways = ChipRow(theme)
        self.ways.set_choices(_WAYS)
        self.ways.set_codes([NOW])
        self.secret = Uncovering(theme, "versions.show", self)
        self._told: tuple[Sequence[str], Sequence[Told]] = ((), ())
        self.said = label("", "soft", wrap=True)
        self.table = TextTable(theme)
        self.foot = label("", "soft", wrap=True)
        self._compose()
        self.leaving.clicked.connect(self._leave)
        self.restore.clicked.connect(self._restore)
        self.list.currentItemChanged.connect(self._compare)
        self.ways.chosen.connect(self._compare)
        self.secret.turned.connect(self._fill)
        theme.changed.connect(self._dress)
        self._dress()

    def of(self, uid: str) -> Self:
        """Show the versions of this record (a ledger by its code)."""
        self._uid, self.history = uid, None
        self.list.clear()
        self.title.clear()
        self._tell((), ())
        self.ways.set_codes([NOW])
        self._load()
        return self

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Read again; a draft is no version."""
        if topics - {Topic.DRAFTS} and self._uid:
            self._load()

    def focus_first(self) -> None:
        """Put the focus on the versions."""
        self.list.setFocus()

    @property
    def number(self) -> int:
        """The version that is chosen; 0 for none."""
        item = self.list.currentItem()
        return int(item.data(Qt.ItemDataRole.UserRole)) if item is not None else 0

    def choose(self, number: int) -> None:
        """Put the cursor on a version."""
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == number:
                self.list.setCurrentRow(row)

    def _load(self) -> None:
        work = partial(self._desk.versions.history, self._uid)
        self._shell.jobs.library(work, partial(self._show, self._uid), self._not_there)

    def _not_there(self, error: Exception) -> None:
        self._shell.messages.report(error)
        self._leave()

    def _show(self, uid: str, history: History) -> None:
        if uid != self._uid:
            return
        kept = self.number
        first = self.history is None or history.versions != self.history.versions
        self.history = history
        self.title.setText(f"{history.kind}“{history.title}”的历次版本")
        stay = "、".join(history.staying)
        self.foot.setText(f"{_KEPT}{stay}不随版本改变。" if stay else _KEPT)
        quiet = self.list.blockSignals(True)
        self.list.clear()
        for version in reversed(history.versions):
            at = version.saved_at[:16].replace("T", " ")
            now = "（现在）" if version.number == len(history.versions) else ""
            made = [each for each in history.prints if each.version == version.number]
            words = [f"第{version.number}版{now}　{version.reason}", at, *map(_printed, made)]
            item = QListWidgetItem("\n".join(words))
            item.setData(Qt.ItemDataRole.UserRole, version.number)
            self.list.addItem(item)
        self.list.blockSignals(quiet)
        self._dress()
        last = len(history.versions)
        self.choose(kept if kept and not first else max(last - 1, 1))
        self._compare()

    @Slot()
    def _compare(self) -> None:
        number, history = self.number, self.history
        if history is None or not number:
            return
        last, uid, versions = len(history.versions), history.id, self._desk.versions
        writable = not self._desk.read_only and not history.deleted
        self.restore.setEnabled(writable and number != last)
        way = self.ways.code()
        if way == WHOLE or last == 1:
            work = partial(versions.lines, uid, number)
            self._shell.jobs.library(work, partial(self._show_whole, uid, number))
            return
        older, newer = (number, last) if way == NOW else (number - 1, number)
        if older == newer or not older:
            what = "这一版就是现在的内容" if older else "这是第一版，前面没有别的版本"
            self._show_apart(uid, number, ("", ""), f"{what}。", ())
            return
        heads = f"第{older}版", f"现在（第{newer}版）" if way == NOW else f"第{newer}版"
        said = f"{heads[0]}与{heads[1]}相同。"
        compare = partial(versions.compare, uid, older, newer)
        self._shell.jobs.library(compare, partial(self._show_apart, uid, number, heads, said))

    def _show_whole(self, uid: str, number: int, lines: Sequence[Line]) -> None:
        if self._is_shown(uid, number):
            self._say("" if lines else "这一版没有内容。")
            told = [Told((line.label, line.text), line.secret) for line in lines]
            self._tell((_HEAD, f"第{number}版的内容"), told)

    def _show_apart(
        self, uid: str, number: int, heads: Sequence[str], said: str, found: Sequence[Difference]
    ) -> None:
        if self._is_shown(uid, number):
            self._say("" if found else said)
            texts = [((each.label, each.before or "—", each.after or "—"), each) for each in found]
            self._tell((_HEAD, *heads), [Told(told, each.secret) for told, each in texts])

    def _tell(self, heads: Sequence[str], told: Sequence[Told]) -> None:
        """Show other words; what is sensitive among them is covered until it is asked for."""
        self._told = heads, told
        self.secret.button.setVisible(any(line.secret for line in told))
        self.secret.cover()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: D102
        super().hideEvent(event)
        self.secret.cover()

    @Slot()
    def _fill(self) -> None:
        heads, told = self._told
        shown = self.secret.shown
        self.table.show_texts(heads, [line.texts if shown else line.covered for line in told])

    def _is_shown(self, uid: str, number: int) -> bool:
        return self.history is not None and (uid, number) == (self.history.id, self.number)

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.table.setVisible(not words)

    @Slot()
    def _restore(self) -> None:
        history, number = self.history, self.number
        if history is not None and number:
            last, back = len(history.versions), self._desk.versions.restore
            library = self._shell.jobs.library
            undo = partial(library, partial(back, history.id, last))
            said = partial(self._shell.toast, f"已恢复到第{number}版", undo)
            library(partial(back, history.id, number), lambda _number: said())

    @Slot()
    def _leave(self) -> None:
        self.left.emit(self._uid)

    def _compose(self) -> None:
        head = head_of(self.leaving, self.title, ..., self.restore)
        ways = row_of(self.ways, self.secret.button, ...)
        right = column_of(ways, self.said, (self.table, 1), self.foot, ...)
        halves = row_of(self.list, (right, 1), gap=12)
        column_of(head, (halves, 1), on=self, gap=10)

    @Slot()
    def _dress(self) -> None:
        theme = self._shell.theme
        self.list.setFixedWidth(theme.px(WIDE))
        for row in range(self.list.count()):
            self.list.item(row).setSizeHint(QSize(0, theme.px(52)))


class TextTable(QTableWidget):
    """Texts side by side, each as high as it is long; ``shares`` divide the width among the
    columns, without them the first is as wide as labels are and the others alike."""

    def __init__(
        self,
        theme: Theme,
        *,
        name: str = "versions.table",
        title: str = "内容对照",
        shares: Sequence[int] = (),
    ) -> None:
        super().__init__()
        self._theme, self._shares = theme, tuple(shares)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.sectionResized.connect(self._fit)
        theme.changed.connect(self._fit)

    def show_texts(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show these rows under these headings."""
        self.clear()
        self.setRowCount(len(rows))
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(list(heads))
        for place, texts in enumerate(rows):
            for at, text in enumerate(texts):
                self.setItem(place, at, QTableWidgetItem(text))
        header = self.horizontalHeader()
        for at in range(len(heads)):
            wide = at == len(heads) - 1 if self._shares else at > 0
            mode = QHeaderView.ResizeMode.Stretch if wide else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(at, mode)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        quiet = self.horizontalHeader().blockSignals(True)
        for at, wide in enumerate(self._widths()):
            self.setColumnWidth(at, wide)
        self.horizontalHeader().blockSignals(quiet)
        for row in range(self.rowCount()):
            self.setRowHeight(row, self._height(row))

    def _widths(self) -> Sequence[int]:
        """Of the columns that do not take what is left."""
        columns = self.columnCount()
        if not self._shares or not columns:
            return [self._theme.px(LABELS)][:columns]
        least = [self.horizontalHeader().sectionSizeHint(at) for at in range(columns)]
        over = max(0, self.viewport().width() - sum(least))
        parts = zip(least, self._shares, strict=False)
        return [wide + over * share // sum(self._shares) for wide, share in parts][:-1]

    def _height(self, row: int) -> int:
        """Of the longest text as it is wrapped beside the padding, which Qt forgets in its own."""
        metrics, flags = self.fontMetrics(), Qt.TextFlag.TextWordWrap
        tall = metrics.height()
        beside = self._theme.px(2 * _PADDING)
        for at in range(self.columnCount()):
            if (cell := self.item(row, at)) is not None:
                room = QRect(0, 0, max(1, self.columnWidth(at) - beside), 1 << 16)
                tall = max(tall, metrics.boundingRect(room, flags, cell.text()).height())
        return tall + self._theme.px(16)
