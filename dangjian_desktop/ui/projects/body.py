"""The form of a project in the order of the paper: heading, reasons, people, steps, figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dangjian_desktop.domain.amounts import amount, number_text, unreadable
from dangjian_desktop.domain.dates import read_day
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.fields.names import Candidate
from dangjian_desktop.ui.fields.rows import Rows
from dangjian_desktop.ui.fields.telling import Problems, point_out
from dangjian_desktop.ui.look.widgets import button, column_of, frame, label, space
from dangjian_desktop.ui.projects.context import ProjectContext
from dangjian_desktop.ui.projects.fields import (
    CLOSING_FIELDS,
    FUND_ROWS,
    HEAD_FIELDS,
    MIDTERM_FIELDS,
    MILESTONE_ROWS,
    TARGET_ROWS,
    TEAM_ROWS,
    WORDS_FIELDS,
    category_field,
)
from dangjian_desktop.ui.projects.form import months_between
from dangjian_desktop.ui.projects.targets import SHARES, UNTYPED, titles
from dangjian_desktop.ui.projects.values_part import ValuesPart
from dangjian_desktop.ui.records.leaf import scrolled

SECTIONS = (
    ("head", "基本情况"),
    ("words", "立项内容"),
    ("team", "成员及分工"),
    ("milestones", "阶段节点"),
    ("targets", "量化目标"),
    ("values", "月度数值"),
    ("funds", "经费"),
    ("midterm", "中期报告"),
    ("closing", "结项报告"),
)


class ProjectBody(QWidget):
    """All parts under each other; a row of chips at the top jumps to them."""

    changed = Signal()
    dropped = Signal(str, object)

    def __init__(self, shell: Shell, context: ProjectContext) -> None:
        super().__init__()
        self._theme, self._context = shell.theme, context
        self._known: Mapping[str, str] = {}
        self._cards: dict[str, QWidget] = {}
        self.jumps: dict[str, QPushButton] = {}
        self._make_parts(shell)
        self._compose()
        self._figures = once(self, 0, self._follow)
        parts: tuple[Any, ...] = (*self._forms.values(), *self.tables.values(), self.values)
        for part in parts:
            part.changed.connect(self.changed)
        for table in self.tables.values():
            table.dropped.connect(self.dropped)

    def state(self) -> State:
        """The whole form as a draft keeps it."""
        values = self.values.values()
        tables = {name: table.value() for name, table in self.tables.items()}
        targets = [t | {"values": values.get(t["id"], {})} for t in tables["targets"]]
        return {
            "id": self._context.uid,
            "known": dict(self._known),
            **self.head.values(),
            **self.words.values(),
            **tables,
            "targets": targets,
            "midterm": self.midterm.values(),
            "closing": self.closing.values(),
        }

    def show_context(self, context: ProjectContext, state: Mapping[str, Any]) -> None:
        """Show another project."""
        self._context = context
        self._known = state.get("known") or {}
        self.head.fill(state)
        self.words.fill(state)
        rows = {n: [{"id": new_id(), **r} for r in state.get(n) or ()] for n in self.tables}
        for name, table in self.tables.items():
            table.set_value(rows[name])
        targets: Any = rows["targets"]
        cells = {(t["id"], m): v for t in targets for m, v in (t.get("values") or {}).items()}
        self.values.set_cells(cells)
        self.midterm.fill(state.get("midterm") or {})
        self.closing.fill(state.get("closing") or {})
        self._follow()
        self._area.verticalScrollBar().setValue(0)

    def problems(self) -> Mapping[str, str]:
        """Everything is read from the state."""
        return {}

    def point_out(self, problems: Problems) -> tuple[str, ...]:
        """Show each problem at its place and go to the first; gives back what has no place."""
        head = {**self.head.cells, **self.words.cells}
        parts = {n: self._part(n) for n, _title in SECTIONS if n not in ("head", "words")}
        # What is said of monthly values stands under their grid.
        placed = {f"values.{p}" if ".values." in p else p: t for p, t in problems.items()}
        return point_out({**head, **parts}, placed)

    def start(self) -> QWidget:
        """The title."""
        return self.head.editor("title")

    def jump(self, name: str) -> None:
        """Bring a part to the top."""
        self._area.verticalScrollBar().setValue(self._cards[name].y())

    def _part(self, name: str) -> Any:
        own = {**self._forms, **self.tables, "values": self.values}
        return own[name]

    def _make_parts(self, shell: Shell) -> None:
        theme, people, today = self._theme, self._people, self._today
        category = category_field(self._context.categories)
        fields = [category if field.name == "category" else field for field in HEAD_FIELDS]
        form = partial(Form, theme=theme, people=people, today=today)
        self.head = form(fields, columns=3)
        self.words = form(WORDS_FIELDS, columns=2)
        self.midterm = form(MIDTERM_FIELDS, columns=1)
        self.closing = form(CLOSING_FIELDS, columns=2)
        self._forms = {
            "head": self.head,
            "words": self.words,
            "midterm": self.midterm,
            "closing": self.closing,
        }
        rows = partial(
            Rows, theme=theme, people=people, today=today, fresh=lambda: {"id": new_id()}
        )
        self.tables = {
            "team": rows(TEAM_ROWS, shares=(2, 5), add="添加成员"),
            "milestones": rows(MILESTONE_ROWS, shares=(6, 2, 3, 3, 4), add="添加节点"),
            "targets": rows(TARGET_ROWS, shares=SHARES, add="添加量化目标", untyped=UNTYPED),
            "funds": rows(FUND_ROWS, shares=(5, 2, 2)),
        }
        self.values = ValuesPart(shell)
        for name in ("start", "end"):
            self.head.editor(name).changed.connect(self._figures_soon)
        for name in ("milestones", "targets", "funds"):
            self.tables[name].changed.connect(self._figures_soon)

    def _compose(self) -> None:
        jumps = QHBoxLayout()
        space(jumps, margins=(0, 0, 0, 0), gap=6)
        inside = QWidget()
        column = QVBoxLayout(inside)
        space(column, margins=(0, 0, 8, 0), gap=12)
        for name, title in SECTIONS:
            chip = button(title, self._theme, look="chip", name=f"jump.{name}")
            chip.clicked.connect(partial(self.jump, name))
            jumps.addWidget(chip)
            self.jumps[name] = chip
            self._cards[name] = _card(title, self._part(name))
            column.addWidget(self._cards[name])
        jumps.addStretch()
        column.addStretch()
        self._area = scrolled(inside)
        column_of(jumps, (self._area, 1), on=self, gap=10)

    @Slot()
    def _figures_soon(self) -> None:
        self._figures.start()

    @Slot()
    def _follow(self) -> None:
        """The months and targets of the grid, the sums under the tables."""
        start, end = self._day("start"), self._day("end")
        stored = self._context.stored
        granted = stored.last_day if stored is not None and stored.last_day != stored.end else None
        months = months_between(start, max(filter(None, (end, granted)), default=None))
        self.values.show_targets(titles(self.tables["targets"].rows), months)
        steps = self.tables["milestones"].value()
        weights = number_text(_sum(steps, "weight"))
        said = f"共 {len(steps)} 个节点，权重合计 {weights}" if steps else ""
        self.tables["milestones"].stack.foot.setText(said)
        funds = self.tables["funds"].value()
        planned, used = _sum(funds, "planned"), _sum(funds, "used")
        sums = f"预算合计 {number_text(planned)} 元，已使用 {number_text(used)} 元"
        self.tables["funds"].stack.foot.setText(sums if funds else "")

    def _day(self, name: str) -> date | None:
        return read_day(str(self.head.editor(name).value() or ""), self._context.today)

    def _today(self) -> date:
        return self._context.today

    def _people(self) -> Sequence[Candidate]:
        return [
            Candidate(m.name, m.initials, m.id, "、".join(span.value for span in m.posts[-1:]))
            for m in self._context.members
        ]


def _card(title: str, part: QWidget) -> QWidget:
    card = frame("card")
    column_of(label(title, "heading"), part, on=card, margins=(16, 10, 16, 14))
    return card


def _sum(rows: Sequence[State], name: str) -> Decimal:
    known = (row.get(name) for row in rows)
    return sum((amount(v) or Decimal(0) for v in known if not unreadable(v)), Decimal(0))
