"""One print of a ledger in its maker: kind, title, who signs, and the columns in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import NUMBER_TYPES, PEOPLE_TYPES, Ledger
from dangjian_desktop.services.ledgers.print_form import printable
from dangjian_desktop.services.ledgers.style_words import BY, KINDS, OTHER_KINDS
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.fields.cells import Cell, FieldGrid, editor_for
from dangjian_desktop.ui.fields.choices import ChoiceEditor
from dangjian_desktop.ui.fields.names import nobody
from dangjian_desktop.ui.fields.rows import Rows
from dangjian_desktop.ui.fields.stack import Grip
from dangjian_desktop.ui.fields.telling import Problems, told
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of

Choices = Sequence[tuple[str, str]]
_GONE = "（已删去的栏目）"
_FIELDS = (
    Field("kind", "样式", FieldType.CHOICE, choices=(*KINDS, *OTHER_KINDS)),
    Field("title", "表名（〔支部〕〔期间〕由程序填写，也可写〔上级〕）"),
    Field("of", "每行一个", FieldType.CHOICE, hint="自动选择"),
    Field("by", "每列一个", FieldType.CHOICE, hint="月份", choices=BY),
    Field("value", "格内是", FieldType.CHOICE, hint="记录条数"),
    Field("boxes", "留空由人手写的栏", hint="用顿号分开，例如 支部意见"),
    Field("sign", "签字", hint="用顿号分开，例如 填表人、支部书记"),
)
_OF_KIND = {"grid": ("of", "by", "value"), "card": ("boxes",)}
_COLUMNS = Field(
    "columns",
    "打印的列",
    FieldType.RECORDS,
    columns=(
        Field("name", "打印哪一栏", FieldType.CHOICE),
        Field("width", "宽（毫米）", hint="自动"),
        Field("total", "合计", FieldType.CHOICE, hint="不合计", choices=(("yes", "合计"),)),
    ),
)


class PrintCard(QFrame):
    """A row of the stack of prints; ``offer`` tells it which fields there are."""

    changed = Signal()
    asked = Signal(str)
    dragged = Signal(QPoint)
    dropped = Signal(str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._kept: State = {}
        self._ledger: Ledger | None = None
        self.cells = {f.name: Cell(editor_for(f, theme, nobody, None)) for f in _FIELDS}
        self.cells["title"].span = self.cells["sign"].span = 2
        for cell in self.cells.values():
            cell.changed.connect(self._on_changed)
        self.grid = FieldGrid(theme, tuple(self.cells.values()), most=3)
        self.columns = Rows(
            _COLUMNS,
            theme,
            nobody,
            None,
            shares=(5, 2, 2),
            add="添加一列",
            noun="一列",
        )
        self.columns.changed.connect(self._on_changed)
        self.columns.dropped.connect(self.dropped)
        self.all = button("逐列设置", theme, name="print.all", then=self._list_all)
        self.note = label("现在打印全部栏目，列宽自动分配。", "soft")
        self.title = label("", "heading")
        self._compose(theme)

    def value(self) -> State:
        """The print as the form keeps it."""
        values = {name: cell.value() for name, cell in self.cells.items() if cell.wanted}
        if self.columns.isVisibleTo(self):
            values["columns"] = self.columns.value()
        return self._kept | {n: v for n, v in values.items() if v not in (None, "", [])}

    def set_value(self, value: Mapping[str, Any]) -> None:
        """Show a print."""
        own = (*self.cells, "columns")
        self._kept = {name: v for name, v in value.items() if name not in own}
        kind = value.get("kind") or "table"
        self._box("kind").offer([*KINDS, *(k for k in OTHER_KINDS if k[0] == kind)])
        for name, cell in self.cells.items():
            cell.set_value(value.get(name))
        self.columns.set_value(value.get("columns") or ())
        self._arrange()
        self._offer_fields()

    def offer(self, ledger: Ledger) -> None:
        """Offer the fields of the declaration as it stands."""
        self._ledger = ledger
        self._offer_fields()

    def tell(self, problems: Problems) -> QWidget | None:
        """Show each problem at its place; gives the first place that is wrong."""
        return told({**self.cells, "columns": self.columns}, problems, otherwise="kind")

    def set_number(self, number: int) -> None:
        """Say which print it is."""
        self.title.setText(f"打印样式{number}")

    def start(self) -> QWidget:
        """Its first field."""
        return self.cells["kind"].editor

    def _box(self, name: str) -> ChoiceEditor:
        found = self.cells[name].editor
        assert isinstance(found, ChoiceEditor)
        return found

    def _offer_fields(self) -> None:
        if self._ledger is None:
            return
        fields = printable(self._ledger)
        people = (*PEOPLE_TYPES, FieldType.GROUP)
        self._box("of").offer(_with_gone(self._box("of"), _pairs(fields, people)))
        self._box("value").offer(_with_gone(self._box("value"), _pairs(fields, NUMBER_TYPES)))
        every = [*_pairs(fields), ("note", "备注"), ("number", "序号")]
        for row in self.columns.rows:
            named = row.cells["name"].editor
            assert isinstance(named, ChoiceEditor)
            named.offer(_with_gone(named, every))
            asked = self._ledger.named(named.value() or "")
            row.cells["total"].setEnabled(asked is not None and asked.type in NUMBER_TYPES)

    def _arrange(self) -> None:
        kind = self.cells["kind"].value() or "table"
        for name in ("of", "by", "value", "boxes"):
            self.cells[name].wanted = name in _OF_KIND.get(kind, ())
        self.grid.arrange()
        table, listed = kind == "table", bool(self.columns.rows)
        self.columns.setVisible(table and listed)
        self._auto.setVisible(table and not listed)

    @Slot()
    def _list_all(self) -> None:
        if self._ledger is not None:
            rows = [
                {"name": f.name} | ({"total": "yes"} if f.type in NUMBER_TYPES else {})
                for f in printable(self._ledger)
            ]
            self.columns.set_value(rows)
            self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        self._arrange()
        self._offer_fields()
        self.changed.emit()

    def _compose(self, theme: Theme) -> None:
        grip = Grip(theme)
        grip.dragged.connect(self.dragged)
        remove = button("", theme, icon="x", look="quiet", name="print.remove", tip="删除打印样式")
        remove.clicked.connect(partial(self.asked.emit, "remove"))
        head = row_of(grip, self.title, ..., remove)
        self._auto = QWidget()
        row_of(self.all, (self.note, 1), on=self._auto, gap=12)
        column_of(
            head, self.grid, self.columns, self._auto, on=self, gap=6, margins=(12, 6, 12, 10)
        )


def _pairs(fields: Sequence[Field], types: Sequence[FieldType] = ()) -> Choices:
    return [(f.name, f.label) for f in fields if not types or f.type in types]


def _with_gone(editor: ChoiceEditor, offered: Choices) -> Choices:
    """What is chosen but no field any more stays, so that undoing brings the column back."""
    kept = editor.value()
    if kept and kept not in dict(offered):
        return [*offered, (kept, _GONE)]
    return offered
