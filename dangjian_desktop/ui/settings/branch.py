"""支部信息: names and dates of the branch, as every paper prints them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.branch import FIELDS, branch_values
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.look.widgets import button, label
from dangjian_desktop.ui.settings.card import SettingsCard

NAMES = 3


class BranchCard(SettingsCard):
    """Saves on 保存 or Ctrl+S; what was changed and not saved stays until then."""

    topics = frozenset({Topic.BRANCH})

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__("支部信息", "会议记录、名册和汇总都按这里的名称打印。")
        self._desk, self._shell = desk, shell
        self._changed = False
        # Full names are long: they take the whole width.
        self.names = Form(FIELDS[:NAMES], shell.theme, columns=1)
        self.dates = Form(FIELDS[NAMES:], shell.theme, today=lambda: desk.clock().date())
        self.state = label("", "soft", wrap=True)
        self.save = button("保存", shell.theme, look="primary", name="branch.save")
        for form in (self.names, self.dates):
            self.add(form)
            form.changed.connect(self._on_changed)
        line = QHBoxLayout()
        line.addWidget(self.state, 1)
        line.addWidget(self.save)
        self.add(line)
        self.save.clicked.connect(self._save)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self._save)

    def load(self) -> None:
        """Show the stored branch, unless something is being changed."""
        if not self._changed:
            self._shell.jobs.library(self._desk.branch.get, self._show)

    def _show(self, branch: Branch) -> None:
        if self._changed:
            return
        for form in (self.names, self.dates):
            quiet = form.blockSignals(True)
            form.fill(branch_values(branch))
            form.blockSignals(quiet)

    @Slot()
    def _on_changed(self) -> None:
        self._changed = True
        self.state.setText("有改动，尚未保存")

    @Slot()
    def _save(self) -> None:
        problems = {**self.names.problems(), **self.dates.problems()}
        self._point_out(problems)
        if not problems:
            values = {**self.names.values(), **self.dates.values()}
            work = partial(self._desk.branch.enter, values)
            self._shell.jobs.library(work, self._saved, self._refused, title="正在保存支部信息")

    def _saved(self, branch: Branch) -> None:
        self._changed = False
        self._show(branch)
        self.state.setText("")
        self._shell.set_branch(branch.short)
        self._shell.toast("已保存支部信息")

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InputError) and error.fields:
            self._point_out(dict(error.fields))
        else:
            self._shell.messages.report(error)

    def _point_out(self, problems: dict[str, str]) -> None:
        # The first form comes last, so that the first problem is the one that is focused.
        rest = self.names.point_out(self.dates.point_out(problems))
        if problems:
            self.state.setText("；".join(rest.values()) or "没有保存，请按提示改正")
