"""The forms that were filled before: the next filling of each is one click."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.services.blank_forms.keeping import KnownForm
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.inputs import Today
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.tables import Column, PagedModel

_HELP = (
    "上级发来的 Word 或 Excel 空表，选到这里或直接拖进来，程序认出每个空格该填什么；"
    "拿得准的先填上，其余请看一眼。选定的对应会记住，下个月直接填好。"
)

COLUMNS: tuple[Column[KnownForm], ...] = (
    Column(code="title", title="填过的表", text=lambda form: form.title, width=-1),
    Column(code="name", title="文件", text=lambda form: form.name, width=230),
    Column(code="period", title="上次填的", text=lambda form: form.filled.period.label, width=130),
    Column(code="on", title="填表日期", text=lambda form: form.filled.on.isoformat(), width=110),
    Column(code="about", title="关于", text=lambda form: form.about or "本支部", width=200),
)


def next_period(form: KnownForm, today: Today) -> Period:
    """The period after the last one, once it has begun, else the last one."""
    later = form.filled.period.next()
    return later if later.first <= today() else form.filled.period


class KnownForms(QWidget):
    """``opened`` brings one to be looked through, ``filled`` one to be filled for a period at
    once."""

    opened = Signal(object)
    filled = Signal(object, Period)

    def __init__(self, shell: Shell, desk: Desk) -> None:
        super().__init__()
        self._shell, self._desk, self._today = shell, desk, desk.today
        self._forms: dict[str, KnownForm] = {}
        theme = shell.theme
        model: PagedModel[KnownForm] = PagedModel(COLUMNS, lambda _ids: {}, parent=self)
        self.table = RecordTable(model, theme, shell.settings, name="forms.known", title="填过的表")
        self.fill = button("填写…", theme, icon="save", name="forms.fill_again", then=self._fill)
        self.look = button("打开核对", theme, name="forms.look", then=self._open)
        self.drop = button("不再列出…", theme, look="quiet", name="forms.forget", then=self._drop)
        self.gone = label("", "warn", wrap=True, name="forms.gone", shown=False)
        column_of(
            (self.table, 1),
            self.gone,
            row_of(self.fill, self.look, ..., self.drop),
            on=self,
        )
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._open)
        self.hide()

    def show_forms(self, forms: Sequence[KnownForm]) -> None:
        """List these."""
        self._forms = {form.fingerprint: form for form in forms}
        self.table.show_ids(tuple(self._forms), rows=self._forms)
        self.setVisible(bool(forms))
        if not self.table.current() and forms:
            self.table.select(forms[0].fingerprint)
        self._chosen()

    @Slot()
    def _chosen(self) -> None:
        form = self._form()
        there = form is not None and form.path is not None
        self.fill.setEnabled(there)
        self.look.setEnabled(there)
        self.drop.setEnabled(form is not None)
        self.gone.setVisible(form is not None and not there)
        if form is not None:
            self.fill.setText(f" 填写{next_period(form, self._today).label}…")
            words = f"“{form.name}”的空表不在附件文件夹里了，请重新选择这张空表；选定的对应还记着。"
            self.gone.setText(words)

    def _form(self) -> KnownForm | None:
        return self._forms.get(self.table.current())

    @Slot()
    def _fill(self) -> None:
        form = self._form()
        if form is not None and form.path is not None:
            self.filled.emit(form, next_period(form, self._today))

    @Slot()
    def _open(self) -> None:
        form = self._form()
        if form is not None and form.path is not None:
            self.opened.emit(form)

    @Slot()
    def _drop(self) -> None:
        form = self._form()
        if form is not None:
            self._shell.messages.ask(
                f"不再列出“{form.title}”吗？",
                "选定的对应也不再记住；已经填好的文件不受影响。",
                "不再列出",
                partial(self._forget, form.fingerprint),
            )

    def _forget(self, fingerprint: str) -> None:
        forget = partial(self._desk.blank_forms.forget, fingerprint)
        self._shell.jobs.library(forget, lambda _none: None)


def first_state(title: str, start: QWidget, known: KnownForms) -> QWidget:
    """What the page is for, and the forms that are known."""
    page, words, room = QWidget(), label(_HELP, "soft", wrap=True), QWidget()
    # Its room stays where it is hidden, or else the lines would spread over the page.
    column_of((known, 1), on=room)
    rest = (12, words, row_of(start, ...), 12, (room, 1))
    column_of(label(title, "title"), *rest, on=page, gap=10)
    return page
