"""The card of an item: what is to be done about it, what stands in it, the tasks of a problem."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from dangjian_desktop.domain.field_texts import Titles
from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.items.duty import halves
from dangjian_desktop.domain.items.item import FOUR, Item, ItemKind, ItemState, Step
from dangjian_desktop.domain.items.record import FOLLOW_UPS, HISTORY, ITEM
from dangjian_desktop.domain.items.steps import next_states
from dangjian_desktop.domain.references import Person
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.items.items import ItemSheet
from dangjian_desktop.services.links import links_in
from dangjian_desktop.services.records.exporting import text_of
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.linked import Linked
from dangjian_desktop.ui.look.lines import Lines
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.widgets import button, column_of, empty, label
from dangjian_desktop.ui.records.subject import Detail, Heading

_LOOKS = {ItemState.CLOSED: "good", ItemState.RETURNED: "warn"}
_LINKS = {"source_ref": "source", "problem": "problem"}
_HEAD = ("id", "kind", "number", "content", "state")
"""What the head of the card says already."""


class ItemCard(QWidget):
    """``asked`` brings the task that is to be shown."""

    asked = Signal(str)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._theme = desk, shell.theme
        self.sheet: ItemSheet | None = None
        self._told: Sequence[Item] = ()
        self.notes = label("", "warn", wrap=True, name="item.notes")
        self.source, self.problem = (Linked(shell, f"item.{name}") for name in _LINKS.values())
        self.lines = Lines({ITEM.field(n).label: getattr(self, s) for n, s in _LINKS.items()})
        self._tasks = QVBoxLayout()
        self._tasks.setSpacing(4)
        holder = QWidget()
        column_of(self.notes, self._tasks, self.lines, ..., on=holder, gap=8, margins=(0, 0, 8, 0))
        column_of(scrolling(holder), on=self, gap=0)

    def as_detail(self) -> Detail:
        """What the page has to know of it."""
        hint = "选择一个事项，这里显示其内容、办理情况和办理过程。"
        return Detail(body=self, load=self._load, show=self._show, hint=hint)

    def may(self, state: ItemState) -> bool:
        """Whether the item that is shown can go on to this state."""
        return self.item is not None and state in next_states(self.item)

    @property
    def item(self) -> Item | None:
        """The item that is shown."""
        return None if self.sheet is None else self.sheet.row.item

    def _load(self, uid: str) -> tuple[ItemSheet, Titles] | None:
        sheet = self._desk.items.sheet(uid)
        if sheet is None:
            return None
        return sheet, self._desk.link_titles(links_in(ITEM.fields, [sheet.row.item]))

    def _show(self, loaded: tuple[ItemSheet, Titles]) -> Heading:
        self.sheet, titles = loaded
        row = self.sheet.row
        self.notes.setText("\n".join(self.sheet.notices))
        self.notes.setVisible(bool(self.sheet.notices))
        if self.sheet.tasks != self._told:  # else who stands on one stays there
            empty(self._tasks)
            for task in self.sheet.tasks:
                self._tasks.addWidget(self._task(task), 0, Qt.AlignmentFlag.AlignLeft)
            self._told = self.sheet.tasks
        self.source.show_links(row.item.source_ref, titles)
        self.problem.show_links(row.item.problem, titles)
        self.lines.show_lines([*lines_of(row.item, row.today, titles)])
        look = "bad" if row.late else _LOOKS.get(row.item.state, "soft")
        number = f"登记号 {row.item.number}" if row.item.number else ""
        line = "　".join(filter(None, (row.item.kind.label, number)))
        return Heading(row.item.content, line, row.state, look)

    def _task(self, task: Item) -> QPushButton:
        who = f"，{task.responsible.name}" if task.responsible else ""
        words = f"任务：{task.content}（{task.state.label}{who}）"
        made = button(words, self._theme, look="quiet", name="item.task")
        made.clicked.connect(partial(self.asked.emit, task.id))
        return made


def lines_of(item: Item, today: date, titles: Titles) -> Iterator[tuple[str, str]]:
    """Label and words of what stands in an item; of a task also what of the 四个明确 lacks."""
    for field in ITEM.fields:
        if field.name in _HEAD or not field.told:
            continue
        words = _words(field, item, today, titles)
        if words or (field.name in FOUR and item.kind is ItemKind.TASK):
            yield field.label, words


def _words(field: Field, item: Item, today: date, titles: Titles) -> str:
    if field is FOLLOW_UPS and item.kind is ItemKind.DUTY:
        reports = ((half.period.label, half.words) for half in halves(item, today))
        return "\n".join(f"{name}：{words or '没有登记'}" for name, words in reports)
    if field is FOLLOW_UPS:
        return "\n".join(f"{f.on}{_by(f.by)}　{f.text}" for f in item.follow_ups)
    if field is HISTORY:
        return "\n".join(_step(step) for step in item.history)
    return text_of(field, getattr(item, field.name), today, titles)


def _step(step: Step) -> str:
    was_due = f"原完成时限{step.was_due}" if step.was_due else ""
    told = (f"{step.on}{_by(step.by)}", step.state.label, step.note, was_due)
    return "　".join(filter(None, told))


def _by(person: Person | None) -> str:
    return f"　{person.name}" if person is not None else ""
