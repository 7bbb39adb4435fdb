"""工作台: what is due, how the month stands, what the check found; the page that opens first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QMenu

from dangjian_desktop.domain.dates import Period, weekday_name
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.summaries.month import CadenceCard
from dangjian_desktop.ui.checks.waiving import keep_reason, waive
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.home.gathering import SHOWN, Hint, HomeSheet, Todo, load_home
from dangjian_desktop.ui.home.held import HeldLines
from dangjian_desktop.ui.home.parts import HintList, MonthCards, TodoList
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of

REST, BETWEEN = 3_000, 200
"""Milliseconds after which older years are judged, and between two of them."""


class HomePage(Page):
    """Cards of the cadence over two lists; every line leads to where it is done."""

    topics = frozenset(Topic)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._sheet: HomeSheet | None = None
        self._whole, self._most = False, SHOWN
        self._later = once(self, REST, self._judge_older)
        theme = shell.theme
        self.date = label("", "title")
        self.summary = button("本月汇总", theme, name="home.summary")
        self.new = button("新建会议记录", theme, icon="plus", look="primary", name="home.new")
        self.held = HeldLines(desk, shell)
        self.cards = MonthCards(theme)
        self.todos = TodoList(theme)
        self.hints = HintList(theme, partial(keep_reason, desk, shell))
        self._compose()
        self.summary.clicked.connect(self._open_summary)
        self.new.clicked.connect(self._offer_kinds)
        self.cards.asked.connect(self._open_card)
        self.todos.asked.connect(self._open_todo)
        self.hints.asked.connect(self._open_hint)
        self.hints.waived.connect(partial(waive, desk, shell))
        self.hints.short.connect(self._load_more)
        new = QShortcut(QKeySequence("Ctrl+N"), self)
        new.activated.connect(self._offer_kinds)

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Ask for everything again."""
        self.held.load()
        self._load()

    def _load(self) -> None:
        work = partial(load_home, self._desk, at_once=not self._whole, most=self._most)
        self._shell.jobs.library(work, self._show)

    @Slot(int)
    def _load_more(self, most: int) -> None:
        self._most = most
        self._load()

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
        day = sheet.today
        self.date.setText(f"{day.month}月{day.day}日　{weekday_name(day)}")
        self.cards.show_cards(sheet.cards)
        self.todos.show_todos(sheet.todos, day)
        self._whole = self._whole or sheet.complete
        self.hints.show_hints(sheet.hints, sheet.hinted, complete=sheet.complete)
        if not sheet.complete:
            self._later.start()

    @Slot()
    def _judge_older(self) -> None:
        """A year after the other, while nothing else is asked of the library."""
        if self._shell.jobs.busy:
            self._later.start()
        else:
            self._shell.jobs.library(self._desk.check.go_on, self._went_on)

    def _went_on(self, complete: bool) -> None:
        if complete:
            self._load()
        else:
            self._later.start(BETWEEN)

    def _new(self, kind: str, *_checked: bool) -> None:
        self._shell.open("meetings", f"new/{kind}")

    @Slot()
    def _offer_kinds(self) -> None:
        self.new_menu().popup(self.new.mapToGlobal(QPoint(0, self.new.height() + 4)))

    @Slot()
    def _open_summary(self) -> None:
        day = self._sheet.today if self._sheet else self._desk.clock().date()
        self._shell.open("summaries", str(Period.around(day, 1)))

    @Slot(object)
    def _open_card(self, card: CadenceCard) -> None:
        uid = card.records[-1] if card.records else f"new/{card.code}"
        self._shell.open("meetings", uid)

    @Slot(object)
    def _open_todo(self, todo: Todo) -> None:
        self._shell.open(todo.place, todo.uid)

    @Slot(object)
    def _open_hint(self, hint: Hint) -> None:
        self._shell.open(hint.place, hint.uid)

    def _compose(self) -> None:
        head = row_of(self.date, ..., self.summary, self.new, gap=12)
        self._lists = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lists.setSpacing(12)
        self._lists.addWidget(self.todos, 11)
        self._lists.addWidget(self.hints, 9)
        column_of(head, self.held, self.cards, (self._lists, 1), on=self, gap=12)
