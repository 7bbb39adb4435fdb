"""签订 or 撤回签订 of one 责任状, in a form over the width of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot

from dangjian_desktop.domain.agreements.agreement import Agreement
from dangjian_desktop.domain.agreements.record import AGREEMENT, WITHDRAWALS
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.records.values import file_of
from dangjian_desktop.ui.declared_form import FilesEditor
from dangjian_desktop.ui.desk.kept_form import KeptFields
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.field_editors import FieldEditor
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.widgets import button, column_of, frame, label, row_of

SIGN, WITHDRAW = "sign", "withdraw"
TITLES = {SIGN: "签订", WITHDRAW: "撤回签订"}
DRAFT = "agreement_step"
_SAID = {
    SIGN: "登记以后，责任事项、指标和条款定为现在的样子；以后改了事项或数值，这份责任状不变。",
    WITHDRAW: "撤回以后可以改动，再次签订时按那时的内容定稿。原签订日期和原因留在记录里。",
}
_ON = Field("on", "签订日期", FieldType.DATE, required=True)
_FIELDS = {
    SIGN: (_ON, AGREEMENT.field("files")),
    WITHDRAW: (WITHDRAWALS.column("on"), WITHDRAWALS.column("reason")),
}


class StepView(Page):
    """``left`` brings the id once the step is kept, or not."""

    left = Signal(str)

    def __init__(self, desk: Desk, shell: Shell, way: str) -> None:
        super().__init__()
        self._desk, self._shell, self._way, self._uid = desk, shell, way, ""
        theme = shell.theme
        self.leaving = button("返回", theme, icon="arrow-left", look="quiet", name="sign.back")
        self.save = button(TITLES[way], theme, look="primary", name="sign.save")
        self.about = label("", "soft", wrap=True, name="sign.about")

        def files(field: Field) -> FieldEditor:
            return FilesEditor(field, desk, shell)

        own = {FieldType.FILES: files}
        self.form = Form(_FIELDS[way], theme, today=desk.today, own=own)
        card = frame("card")
        column_of(self.about, self.form, ..., on=card, margins=(20, 12, 20, 16))
        head = row_of(self.leaving, label(TITLES[way], "title"), ..., self.save)
        column_of(head, (scrolling(card), 1), on=self, gap=10)
        self.kept = KeptFields(
            desk,
            shell,
            DRAFT,
            self.form,
            name=TITLES[way],
            key=lambda: f"{self._uid}/{way}" if self._uid else "",
            parent=self,
        )
        self.leaving.clicked.connect(self._leave)
        self.save.clicked.connect(self._save)

    def show_one(self, agreement: Agreement) -> None:
        """Begin with today."""
        self._uid = agreement.id
        self.about.setText(f"{agreement.title}。{_SAID[self._way]}")
        self.kept.show_values({"files": [], "on": self._desk.today().isoformat()})
        self.form.point_out({})
        self.kept.look()

    def focus_first(self) -> None:
        """Put the focus where something is to be written."""
        self.form.editor("on" if self._way == SIGN else "reason").setFocus()

    def back(self) -> bool:
        """Back to the list; what was typed is kept."""
        self._leave()
        return True

    @Slot()
    def _save(self) -> None:
        problems = self.form.problems()
        self.form.point_out(problems)
        if not problems:
            work = partial(self._work, self._uid, self.form.values())
            self._shell.jobs.library(work, self._saved, self._refused, title="正在保存")

    def _work(self, uid: str, values: Mapping[str, Any]) -> Agreement:
        on = date.fromisoformat(values["on"])
        if self._way == SIGN:
            files = tuple(map(file_of, values.get("files") or ()))
            return self._desk.agreements.sign(uid, on, files)
        return self._desk.agreements.withdraw(uid, values["reason"] or "", on)

    def _saved(self, before: Agreement) -> None:
        self.kept.done()
        undo = partial(self._desk.agreements.put_back, before)
        # What is signed is taken back with a reason, not by a key.
        back = None if self._way == SIGN else partial(self._shell.jobs.library, undo)
        self._shell.toast(f"已{TITLES[self._way]}：{before.title}", back)
        self.left.emit(before.id)

    def _refused(self, error: Exception) -> None:
        rest = self.form.point_out(error.fields) if isinstance(error, InputError) else {"": ""}
        if rest or not isinstance(error, InputError) or not error.fields:
            self._shell.messages.report(error)

    @Slot()
    def _leave(self) -> None:
        self.left.emit(self._uid)
