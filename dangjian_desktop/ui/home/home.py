"""工作台: what is due, how the month stands, what the check found; the page that opens first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from dangjian_desktop.domain.dates import Period, weekday_name
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.beginning import Step
from dangjian_desktop.services.summaries.month import CadenceCard
from dangjian_desktop.ui.checks.waiving import keep_reason, waive
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.home.gathering import Hint, HomeSheet, Todo, load_home
from dangjian_desktop.ui.home.held import HeldLines
from dangjian_desktop.ui.home.parts import HintList, MonthCards, TodoList
from dangjian_desktop.ui.home.steps import FirstSteps
from dangjian_desktop.ui.look.stage import Shortened
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of

STEPS = {Step.ROSTER: ("roster", "/import"), Step.BRANCH: ("settings", "branch")}
"""Where a first step is done."""


class HomePage(Page):
    """Cards of the cadence over two lists; every line leads to where it is done."""

    topics = frozenset(Topic)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._sheet: HomeSheet | None = None
        theme = shell.theme
        self.date = label("", "title")
        self.month = label("", "soft", name="home.month")
        self.summary = button("本月汇总", theme, name="home.summary")
        self.new = button("新建会议记录", theme, icon="plus", look="primary", name="home.new")
        self.held = HeldLines(desk, shell)
        self.steps = FirstSteps(theme)
        self.cards = MonthCards(theme)
        self.todos = TodoList(theme)
        self.hints = HintList(theme, partial(keep_reason, desk, shell))
        self.copies = button("查看备份", theme, look="quiet", name="home.copies")
        self.copies.clicked.connect(partial(shell.open, "settings", "copies"))
        self.where = Shortened()
        self.where.setProperty("look", "soft")
        self._compose()
        self.summary.clicked.connect(self._open_summary)
        self.new.clicked.connect(self._offer_kinds)
        self.cards.asked.connect(self._open_card)
        self.todos.asked.connect(self._open_todo)
        self.hints.asked.connect(self._open_hint)
        self.hints.waived.connect(partial(waive, desk, shell))
        self.hints.rest.connect(self._open_checks)
        self.steps.asked.connect(self._take_step)
        new = QShortcut(QKeySequence("Ctrl+N"), self)
        new.activated.connect(self._offer_kinds)

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Ask for everything again."""
        self.held.load()
        self._load()

    def focus_first(self) -> None:
        """Put the focus on what is begun most often; in a new library on the first step."""
        if self.focusWidget() is None and self.new.isVisibleTo(self):
            self.new.setFocus()
        super().focus_first()

    def _load(self) -> None:
        self._shell.jobs.library(partial(load_home, self._desk), self._show)

    def set_narrow(self, narrow: bool) -> None:
        """The lists under each other."""
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._lists.setDirection(way)

    def new_menu(self) -> QMenu:
        """The kinds that a new record can be of."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind in self._sheet.kinds if self._sheet else ():
            go = partial(self._new, kind.code)
            menu.addAction(kind.title).triggered.connect(go)
        return menu

    def _show(self, sheet: HomeSheet) -> None:
        self._sheet = sheet
        day, begun = sheet.today, Step.ROSTER not in sheet.steps
        told = "（示例日期）" if sheet.sample else ""
        self.date.setText(f"{day.month}月{day.day}日　{weekday_name(day)}{told}")
        lacking = f"本月还差{sheet.lacking}项" if sheet.lacking else "本月该开的会已召开"
        self.month.setText(lacking if sheet.cards else "")
        self.where.setText(sheet.copies)
        self.steps.show_steps(sheet.steps)
        self.cards.show_cards(sheet.cards)
        self.cards.setVisible(bool(sheet.cards))
        self.todos.show_todos(sheet.todos, day, sheet.room)
        self.todos.setVisible(begun or bool(sheet.todos))
        self.hints.show_hints(sheet.hints, sheet.hinted)
        self.hints.setVisible(begun)
        for act in (self.summary, self.new):
            act.setVisible(begun)
        for each in (self.where, self.copies):
            each.setVisible(begun and bool(sheet.copies))

    def _new(self, kind: str, *_checked: bool) -> None:
        self._shell.open("meetings", f"new/{kind}")

    @Slot()
    def _offer_kinds(self) -> None:
        self._offer_under(self.new)

    def _offer_under(self, button: QWidget) -> None:
        self.new_menu().popup(button.mapToGlobal(QPoint(0, button.height() + 4)))

    @Slot(object, object)
    def _take_step(self, step: Step, button: QWidget) -> None:
        if step is Step.MEETING:
            self._offer_under(button)
        else:
            self._shell.open(*STEPS[step])

    @Slot()
    def _open_checks(self) -> None:
        self._shell.open("checks", "open")

    @Slot()
    def _open_summary(self) -> None:
        day = self._sheet.today if self._sheet else self._desk.today()
        self._shell.open("summaries", str(Period.around(day, 1)))

    @Slot(object)
    def _open_card(self, card: CadenceCard) -> None:
        year = self._sheet.today.year if self._sheet else ""
        new = f"new/{card.code}/{year}/{card.group}"
        self._shell.open("meetings", card.records[-1] if card.met else new)

    @Slot(object)
    def _open_todo(self, todo: Todo) -> None:
        self._shell.open(todo.place, todo.uid)

    @Slot(object)
    def _open_hint(self, hint: Hint) -> None:
        self._shell.open(hint.place, hint.uid)

    def _compose(self) -> None:
        head = row_of(self.date, self.month, ..., self.summary, self.new, gap=12)
        self._lists = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lists.setSpacing(12)
        self._lists.addWidget(self.todos, 11)
        self._lists.addWidget(self.hints, 9)
        foot = row_of((self.where, 1), self.copies, gap=8)
        above = (head, self.held, self.steps, self.cards)
        column = column_of(*above, (self._lists, 99), foot, on=self, gap=12)
        # The steps of a new library stand at the top.
        column.addStretch(1)
