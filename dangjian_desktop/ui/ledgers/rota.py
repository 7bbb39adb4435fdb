"""排轮次: the turns of a year as the roster gives them, before they are written."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSpinBox

from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.rota import WHOLE, Rota, Turn, open_words, spoken_words
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.inputs import guarded
from dangjian_desktop.ui.look.stage import head_of
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.tables import Column, PagedModel

_MOST = 9
_COLUMNS: tuple[Column[Turn], ...] = (
    Column(code="month", title="月份", text=lambda turn: turn.month.label, width=110),
    Column(code="group", title="党小组", text=lambda turn: turn.group or "—", width=140),
    Column(code="name", title="讲授人", text=lambda turn: turn.name, width=-1),
)


class RotaView(Page):
    """Who is to speak in which month; 排定 writes it. ``left`` goes back to the list."""

    left = Signal(str)
    topics = frozenset({Topic.LEDGERS, Topic.MEMBERS})

    def __init__(self, desk: Desk, shell: Shell, ledger: Ledger) -> None:
        super().__init__()
        self._desk, self._shell, self._ledger = desk, shell, ledger
        self._year = desk.today().year
        theme = shell.theme
        back = button("返回列表", theme, icon="arrow-left", look="quiet", name="rota.back")
        back.clicked.connect(lambda: self.left.emit(""))
        self.before = button("上一年", theme, name="rota.before")
        self.after = button("下一年", theme, name="rota.after")
        self.before.clicked.connect(partial(self._step, -1))
        self.after.clicked.connect(partial(self._step, 1))
        self.year = label("", "heading")
        self.each = guarded(QSpinBox(), "rota.each", "每月人数")
        self.each.setRange(1, _MOST)
        self.each.setPrefix("每个党小组每月 ")
        self.each.setSuffix(" 人")
        self.each.valueChanged.connect(self._load)
        self.write = button("排定", theme, look="primary", name="rota.write", then=self._write)
        self.spoken = label("", "soft", wrap=True, name="rota.spoken")
        self.without = label("", "warn", wrap=True, name="rota.without")
        model: PagedModel[Turn] = PagedModel(_COLUMNS, lambda _ids: {}, parent=self)
        self.table = RecordTable(model, theme, shell.settings, name="rota", title="轮次")
        self.table.set_empty("这一年没有可以增加的轮次：以前的月份不再排，其余各月已排满。")
        bar = head_of(back, f"排轮次：{ledger.title}", ..., self.before, self.year, self.after)
        choice = row_of(self.each, ..., self.write)
        column_of(bar, choice, self.spoken, (self.table, 1), self.without, on=self, gap=10)

    def show_year(self, year: int) -> None:
        """Propose the turns of this year."""
        self._year = year
        self.year.setText(f"{year}年")
        self._load()

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Propose anew."""
        if topics & self.topics:
            self._load()

    @Slot()
    def _load(self, *_changed: int) -> None:
        year, code = self._year, self._ledger.code
        work = partial(self._desk.ledger_rotas.proposed, code, year, self.each.value())
        self._shell.jobs.library(work, self._show)

    def _show(self, rota: Rota) -> None:
        if rota.year != self._year:
            return
        turns = {f"{n}": turn for n, turn in enumerate(rota.turns)}
        self.table.show_ids(tuple(turns), foot=_foot(rota), rows=turns)
        self.write.setEnabled(bool(turns) and not self._desk.read_only)
        self.spoken.setText(spoken_words(rota))
        self.without.setText("\n".join(open_words(rota)))
        self.without.setVisible(bool(self.without.text()))

    def _write(self) -> None:
        rotas = self._desk.ledger_rotas
        work = partial(rotas.assign, self._ledger.code, self._year, self.each.value())
        self._shell.jobs.library(work, self._written)

    def _written(self, done: tuple[str, int]) -> None:
        batch, count = done
        undo = partial(self._shell.jobs.library, partial(self._desk.ledger_rotas.undo, batch))
        self._shell.toast(f"已排定 {count} 个轮次", undo)

    def _step(self, years: int, *_checked: bool) -> None:
        self.show_year(self._year + years)


def _foot(rota: Rota) -> str:
    groups = {turn.group for turn in rota.turns if turn.group != WHOLE}
    of = f"，{len(groups)} 个党小组" if groups else ""
    return f"还可以排 {len(rota.turns)} 个轮次{of}" if rota.turns else ""
