"""上级空表: a form is chosen or dropped, its blanks are looked through, and it is filled."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.blank_forms.filling import FormScope, View
from dangjian_desktop.services.blank_forms.keeping import KnownForm
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.blank_forms.blanks import COLUMNS, BlankLine, lines_of
from dangjian_desktop.ui.blank_forms.drawing import FormDrawing
from dangjian_desktop.ui.blank_forms.known import KnownForms, first_state, next_period
from dangjian_desktop.ui.blank_forms.source_pane import SourcePane
from dangjian_desktop.ui.blank_forms.writing import FormWriter
from dangjian_desktop.ui.desk.drops import Drops
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.stage import Stage, scrolling
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.splitpage import SplitPage
from dangjian_desktop.ui.records.tables import PagedModel
from dangjian_desktop.ui.scope_bar import ScopeBar

PLACE, TITLE = "blank_forms", "上级空表"
KINDS = (".docx", ".xlsx")
_WANTED = "这里放上级发来的空表（.docx 或 .xlsx），一次一个。"
_WANTS = "这张表像是关于一条{}记录的，请在“关于”中选定是哪一条。"
_NOT_KEPT = "这次选定的对应填写之后才会记住。"


class BlankFormsPage(Page):
    """The drawn form beside its blanks; at first what the page is for."""

    topics = frozenset(Topic) - {Topic.DRAFTS}

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._file: Path | None = None
        self._called = ""
        self._view: View | None = None
        self._lines: dict[str, BlankLine] = {}
        self._chosen: dict[str, str | None] = {}
        self._writer = FormWriter(desk, shell, self._written)
        self._make()
        self._compose()
        self._connect()
        Drops(self, shell.messages, self.open_file, _WANTED, KINDS)

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Tell again what goes in; the records that a form may be about may be others."""
        self._shell.jobs.library(self._desk.blank_forms.subjects, self.bar.offer)
        self._shell.jobs.library(self._desk.blank_forms.known, self.known.show_forms)
        self._load()

    def set_narrow(self, narrow: bool) -> None:
        """One half at a time."""
        self.split.set_narrow(narrow)
        self.picture.setVisible(narrow)

    def back(self) -> bool:
        """From the drawing to the list; false when there is no step back."""
        return bool(self.split.back())

    def open_file(self, file: Path, called: str = "") -> None:
        """Look at this form; ``called`` is its name where it lies under another one."""
        self._chosen = {}
        self._file, self._called = file, called
        self._load()

    @Slot(object)
    def _open_known(self, form: KnownForm) -> None:
        if form.path is not None:
            self.bar.show_scope(_again(form, next_period(form, self._desk.today)))
            self.open_file(form.path, form.name)

    @Slot(object, Period)
    def _fill_known(self, form: KnownForm, period: Period) -> None:
        if form.path is not None:
            self._writer.ask(self, form.path, form.name, _again(form, period), {})

    @Slot()
    def _leave(self) -> None:
        """Back to the forms that are known."""
        if self._chosen:
            self._shell.messages.ask("不填这张表了吗？", _NOT_KEPT, "不填了", self._left)
        else:
            self._left()

    def _left(self) -> None:
        self._file, self._chosen = None, {}
        self._stack.setCurrentIndex(0)

    @Slot()
    def _load(self) -> None:
        if self._file is not None:
            given, scope = dict(self._chosen), self.bar.scope()
            opening = self._desk.blank_forms.open
            look = partial(opening, self._file, scope, given, name=self._called)
            self._shell.jobs.library(look, self._show, title="正在看空表")

    def _show(self, view: View) -> None:
        if self._file is None:
            return
        self._view, self._lines = view, lines_of(view)
        keys = tuple(self._lines)
        empty = sum(1 for line in self._lines.values() if not line.filled)
        foot = f"共 {len(keys)} 个空格，填上 {len(keys) - empty} 个，空着 {empty} 个"
        self.blanks.show_ids(keys, foot=foot, rows=self._lines)
        self.drawing.show_form(view.form, self._lines)
        self.name.setText(f"{view.form.name}{'（用的是记住的对应）' if view.kept else ''}")
        changes = "；".join(change.words for change in view.changes)
        self.changes.setText(f"这张表与上次相比有变化：{changes}。" if changes else "")
        self.changes.setVisible(bool(changes))
        hints = [_WANTS.format(view.wants)] if view.wants else []
        self.hints.setText("\n".join((*hints, *view.form.beyond)))
        self.hints.setVisible(bool(self.hints.text()))
        self._stack.setCurrentIndex(1)
        if not self.blanks.current() and keys:
            self.blanks.select(next((k for k in keys if self._lines[k].suggestion), keys[0]))
        self._show_blank()

    @Slot()
    def _show_blank(self) -> None:
        key = self.blanks.current()
        waiting = sum(1 for line in self._lines.values() if line.plain)
        self.drawing.set_current(key)
        self.pane.show_line(self._lines.get(key), self._view, waiting)
        self.around.ensureVisible(0, round(self.drawing.place_of(key).center().y()))

    @Slot(object)
    def _choose(self, source: str | None) -> None:
        line = self._lines.get(self.blanks.current())
        if line is not None:
            self._chosen[line.blank.name] = source
            self._load()

    @Slot()
    def _take(self) -> None:
        """Take what is proposed for this blank, and go to the next that waits."""
        line = self._lines.get(self.blanks.current())
        if line is not None and line.suggestion:
            self._chosen[line.blank.name] = line.suggestion
            keys = list(self._lines)
            later = keys[keys.index(self.blanks.current()) + 1 :]
            self.blanks.select(next((k for k in later if self._lines[k].suggestion), keys[-1]))
            self._load()

    @Slot()
    def _take_all(self) -> None:
        waiting = [line for line in self._lines.values() if line.plain]
        self._chosen |= {line.blank.name: line.suggestion for line in waiting}
        self._load()

    @Slot(str)
    def _point(self, key: str) -> None:
        self.split.back()
        self.blanks.select(key)
        self.pane.start()

    @Slot()
    def _ask_file(self) -> None:
        self._shell.choosers.open_file(
            self, "选择空表", "空表 (*.docx *.xlsx)", self.open_file, purpose="blank_form"
        )

    @Slot()
    def _fill(self) -> None:
        if self._file is not None:
            scope, chosen = self.bar.scope(), dict(self._chosen)
            self._writer.ask(self, self._file, self._called, scope, chosen)

    def _written(self) -> None:
        self._chosen = {}

    def _make(self) -> None:
        theme, settings = self._shell.theme, self._shell.settings
        self.choose = button("选择空表…", theme, icon="folder-open", name="forms.choose")
        self.start = button(
            "选择空表…", theme, icon="folder-open", look="primary", name="forms.start"
        )
        self.known = KnownForms(self._shell, self._desk)
        self.to_known = button(
            "填过的表", theme, icon="arrow-left", look="quiet", name="forms.leave", then=self._leave
        )
        self.picture = button("看空表的样子", theme, name="forms.picture")
        self.picture.hide()
        self.hints = label("", "soft", wrap=True, name="forms.hints", shown=False)
        self.bar = ScopeBar(theme, self._desk.today, "forms")
        self.pane = SourcePane(theme)
        self.fill = button("填写…", theme, icon="save", look="primary", name="forms.fill")
        self.name = label("", "heading", name="forms.name")
        self.changes = label("", "warn", wrap=True, name="forms.changes", shown=False)
        self.drawing = FormDrawing(theme)
        self.around = scrolling(self.drawing)
        model: PagedModel[BlankLine] = PagedModel(COLUMNS, lambda _ids: {}, parent=self)
        self.blanks = RecordTable(model, theme, settings, name="forms.blanks", title="空格")
        self.split = SplitPage(theme, settings, name=PLACE, share=50, return_label="返回列表")

    def _compose(self) -> None:
        self._stack = Stage(self)
        whole = QWidget()
        bar = row_of(
            self.to_known, label(TITLE, "title"), ..., self.picture, self.choose, self.fill
        )
        side = QWidget()
        column_of((self.blanks, 1), self.pane, on=side)
        self.split.hold(side, self.around)
        head = row_of(self.name, ..., self.bar)
        column_of(bar, head, self.changes, self.hints, (self.split, 1), on=whole, gap=8)
        self._stack.addWidget(first_state(TITLE, self.start, self.known))
        self._stack.addWidget(whole)

    def _connect(self) -> None:
        self.choose.clicked.connect(self._ask_file)
        self.start.clicked.connect(self._ask_file)
        self.fill.clicked.connect(self._fill)
        self.bar.changed.connect(self._load)
        self.pane.chosen.connect(self._choose)
        self.pane.taken.connect(self._take)
        self.pane.all_taken.connect(self._take_all)
        self.blanks.chosen.connect(self._show_blank)
        self.drawing.asked.connect(self._point)
        self.drawing.passed.connect(self.blanks.select)
        self.picture.clicked.connect(self.split.show_detail)
        self.known.opened.connect(self._open_known)
        self.known.filled.connect(self._fill_known)


def _again(form: KnownForm, period: Period) -> FormScope:
    return FormScope(about=form.filled.about, period=period)
