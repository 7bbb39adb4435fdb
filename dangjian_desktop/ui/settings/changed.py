"""What was changed past the program, in 资料与备份: what somebody has looked at already, and a line
to say that one has looked at the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.fields import Field
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.copying import Verdict
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of

FIELDS = (
    Field("by", "核对人", required=True, hint="谁看过这些改动"),
    Field("note", "说明", hint="例如 已与纸质会议记录对照，内容无误"),
)
KNOWN = "以前的改动，已有人核对过："
ASKED = (
    "查明之后，可以记下谁核对过上面的改动：以后打开时不再提醒这几处，这里一直列出。"
    "之后再有改动，照样提醒。"
)


class ChangedOutside(QWidget):
    """Hidden where nothing was changed; ``sealed`` is called when somebody said that he looked."""

    def __init__(self, desk: Desk, shell: Shell, sealed: Callable[[], None]) -> None:
        super().__init__()
        self._desk, self._shell, self._sealed = desk, shell, sealed
        self.known = label("", wrap=True, name="changed.known")
        self.asked = label(ASKED, wrap=True)
        self.form = Form(FIELDS, shell.theme)
        self.accept = button(
            "记为已核对", shell.theme, icon="circle-check", name="changed.accept", then=self._accept
        )
        self._asking = QWidget()
        column_of(self.asked, self.form, row_of(self.accept, ...), on=self._asking, gap=8)
        column_of(self.known, self._asking, on=self, gap=8)
        self.hide()

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Show what was found; nothing while it is looked for."""
        changed = verdict.changed if verdict else ()
        known: Sequence[str] = verdict.looked_at if verdict else ()
        self.known.setText("\n".join((KNOWN, *known)))
        self.known.setVisible(bool(known))
        self._asking.setVisible(bool(changed) and not self._desk.read_only)
        self.setVisible(bool(known or changed))

    @Slot()
    def _accept(self) -> None:
        problems = self.form.problems()
        self.form.point_out(problems)
        if not problems:
            told = self.form.values()
            work = partial(self._desk.copies.accept_changes, told["by"], told["note"] or "")
            self.accept.setEnabled(False)
            self._shell.jobs.library(work, self._accepted, self._refused)

    def _accepted(self, _done: bool) -> None:
        self.accept.setEnabled(True)
        self.form.fill({})
        self._sealed()

    def _refused(self, error: Exception) -> None:
        self.accept.setEnabled(True)
        if isinstance(error, InputError) and error.fields:
            self.form.point_out(dict(error.fields))
        else:
            self._shell.messages.report(error)
