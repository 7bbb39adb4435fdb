"""The form of a ledger's declaration: what it is called, its fields, who is asked, its prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dangjian_desktop.domain.ledgers.ledger import CHOICE_TYPES, NUMBER_TYPES
from dangjian_desktop.services.ledgers.print_form import FRESH
from dangjian_desktop.services.ledgers.style_form import fresh_name, ledger_of
from dangjian_desktop.services.ledgers.style_words import ASKING, BASICS, FIELDS
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.fields.cells import Cell
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.fields.names import nobody
from dangjian_desktop.ui.fields.rows import Rows
from dangjian_desktop.ui.fields.stack import Stack
from dangjian_desktop.ui.fields.telling import point_out
from dangjian_desktop.ui.ledgers.print_card import PrintCard
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import column_of, frame, label, space
from dangjian_desktop.ui.records.editing import Opened
from dangjian_desktop.ui.records.leaf import scrolled

_OFFER_PAUSE = 150
_FIELDS_HINT = "序号、备注、附件每本台账都有，不用设。拖动左边的⋮或按 Alt+↑↓ 调整先后。"
_USED = "已有记录，原有栏目不能改“填什么”；可以删去它（已填的内容留在“其他内容”里），再另加一栏。"
_ASKING_HINT = "这里只说明怎样要求；保存后在台账页打开“要求填报”才开始提醒。"


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleOpened(Opened):
    """A declaration as the maker found it; ``fixed`` are the fields whose type must stay."""

    fixed: frozenset[str] = frozenset()


class StyleBody(QWidget):
    """The form over the full width, four cards under each other."""

    changed = Signal()
    dropped = Signal(str, object)

    def __init__(self, theme: Theme, opened: StyleOpened) -> None:
        super().__init__()
        self._opened, self._rest = opened, State()
        self.basics = Form(BASICS, theme, columns=3)
        self.fields = Rows(
            FIELDS,
            theme,
            nobody,
            None,
            shares=(5, 5, 5, 5, 3),
            add="添加栏目",
            noun="一个栏目",
            fresh=lambda: {"name": fresh_name(), "type": "text"},
            untyped=("name", "type"),
        )
        self.fields.stack.foot.setText(_FIELDS_HINT)
        self.asking = Form(ASKING, theme, columns=4)
        self.prints = Stack(
            lambda: self._new_card(theme),
            theme,
            name="prints",
            noun="一个打印样式",
            add="添加打印样式",
            fresh=lambda: dict(FRESH),
            untyped=(),
            gap=8,
        )
        self._offering = once(self, _OFFER_PAUSE, self._offer)
        for part in (self.basics, self.fields, self.asking, self.prints):
            part.changed.connect(self._on_changed)
            if part is not self.basics and part is not self.asking:
                part.dropped.connect(self.dropped)
        self._compose()

    def show_context(self, context: Any, state: Mapping[str, Any]) -> None:
        """Show a state of the declaration that was opened."""
        self._opened = context
        own = {f.name for f in (*BASICS, *ASKING)} | {"fields", "prints"}
        self._rest = {name: value for name, value in state.items() if name not in own}
        quiet = self.blockSignals(True)
        self.basics.fill(state)
        self.asking.fill(state)
        self.fields.set_value(state.get("fields") or ())
        self.prints.set_value(state.get("prints") or ())
        self.blockSignals(quiet)
        self.fields.stack.foot.setText(_USED if context.fixed else _FIELDS_HINT)
        self._offer()

    def state(self) -> State:
        """Everything as it stands."""
        values = self.basics.values() | self.asking.values()
        values |= {"fields": self.fields.value(), "prints": self.prints.value()}
        return self._rest | values

    def problems(self) -> Mapping[str, str]:
        """Nothing beside what is said of the whole declaration."""
        return {}

    def point_out(self, problems: Mapping[str, str]) -> tuple[str, ...]:
        """Show each problem at its place, go to the first; gives back what has no place."""
        state = self.state()
        names = {row.get("name"): at for at, row in enumerate(state["fields"])}
        found = {(f"fields.{names[p]}.label" if p in names else p): t for p, t in problems.items()}
        head = {**self.basics.cells, "fields": self.fields}
        return point_out({**head, **self.asking.cells, "prints": self.prints}, found)

    def start(self) -> QWidget:
        """The name."""
        return self.basics.editor("title")

    def _new_card(self, theme: Theme) -> PrintCard:
        card = PrintCard(theme)
        card.dropped.connect(self.dropped)
        card.offer(ledger_of(self.state()))
        return card

    @Slot()
    def _on_changed(self) -> None:
        self._offering.start()
        self.changed.emit()

    @Slot()
    def _offer(self) -> None:
        """Tell the prints which fields there are, and keep the types of those in use."""
        ledger = ledger_of(self.state())
        for card in self.prints.rows:
            card.offer(ledger)
        for row in self.fields.rows:
            fixed = row.value().get("name") in self._opened.fixed
            kind = row.cells["type"].editor
            kind.setEnabled(not fixed)
            kind.setToolTip(_USED if fixed else "")
            _ask(row.cells["choices"], kind.value() in CHOICE_TYPES)
            _ask(row.cells["unit"], kind.value() in NUMBER_TYPES)

    def _compose(self) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        space(column, margins=(0, 0, 8, 0), gap=12)
        parts: Sequence[tuple[str, QWidget, str]] = (
            ("基本情况", self.basics, ""),
            ("栏目", self.fields, ""),
            ("填报要求", self.asking, _ASKING_HINT),
            ("打印样式", self.prints, ""),
        )
        for title, part, hint in parts:
            card = frame("card")
            inside = column_of(label(title, "heading"), part, on=card, margins=(20, 12, 20, 16))
            if hint:
                inside.addWidget(label(hint, "soft", wrap=True))
            column.addWidget(card)
        column.addStretch()
        column_of(scrolled(holder), on=self, gap=0)


def _ask(cell: Cell, wanted: bool) -> None:
    """Let only those cells be filled that mean something for the type of the field."""
    cell.setEnabled(wanted)
    line = cell.editor.focusProxy()
    if isinstance(line, QLineEdit):
        line.setPlaceholderText(cell.editor.field.hint if wanted else "")
