"""登记退回: the day and the reason that the superior gave."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal, Slot

from dangjian_desktop.domain.submissions.package import Package
from dangjian_desktop.domain.submissions.record import PACKAGE
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of

_DAY, _REASON = "returned", "return_reason"


class ReturnView(Page):
    """A form over the width of the page; ``left`` brings the package once it is kept, or not."""

    left = Signal(str)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell, self._uid = desk, shell, ""
        theme = shell.theme
        self.leaving = button("返回", theme, icon="arrow-left", look="quiet", name="return.back")
        self.save = button("保存", theme, icon="save", look="primary", name="return.save")
        self.about = label("", "soft", wrap=True)
        fields = [PACKAGE.field(_DAY).as_plain(), PACKAGE.field(_REASON).as_plain()]
        self.form = Form(fields, theme, columns=1, today=desk.today)
        head = row_of(self.leaving, label("登记退回", "title"), ..., self.save)
        column_of(head, self.about, self.form, ..., on=self, gap=10)
        self.leaving.clicked.connect(self._leave)
        self.save.clicked.connect(self._save)

    def about_package(self, package: Package) -> None:
        """Begin with what is known of the return of this package, else with today."""
        self._uid = package.id
        day = package.returned or self._desk.today()
        self.about.setText(package.title)
        self.form.fill({_DAY: day.isoformat(), _REASON: package.return_reason or None})
        self.form.point_out({})

    def focus_first(self) -> None:
        """Put the focus on the day."""
        self.form.editor(_DAY).setFocus()

    @Slot()
    def _save(self) -> None:
        values, problems = self.form.values(), self.form.problems()
        if not values[_DAY]:
            problems.setdefault(_DAY, "请填写退回日期")
        self.form.point_out(problems)
        if problems:
            return
        work = partial(
            self._desk.follow_up.answer,
            self._uid,
            returned=date.fromisoformat(values[_DAY]),
            reason=values[_REASON] or "",
        )
        self._shell.jobs.library(work, self._saved, self._refused, title="正在登记退回")

    def _saved(self, package: Package) -> None:
        self._shell.toast(f"已登记退回：{package.title}")
        self.left.emit(package.id)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InputError) and error.fields:
            self.form.point_out(error.fields)
        else:
            self._shell.messages.report(error)

    @Slot()
    def _leave(self) -> None:
        self.left.emit(self._uid)
