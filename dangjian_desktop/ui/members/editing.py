"""The editor of members as the page knows an editor: a form of its own for each person."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dangjian_desktop.domain.members.member import Member, new_id
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.members.member import MemberEditor
from dangjian_desktop.ui.records.subject import Go


class MemberEditing(QWidget):
    """Holds the form of whoever is edited. ``saved`` and ``left`` bring the id."""

    saved = Signal(str)
    left = Signal(str)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self.form: MemberEditor | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)

    def start_new(self) -> None:
        """A person who is not known yet."""
        self._ask(new_id())

    def open(self, uid: str) -> None:
        """A member, or a person not saved yet who has a draft."""
        self._ask(uid)

    def keep(self) -> None:
        """Keep what is typed as a draft at once."""
        if self.form is not None:
            self.form.keep()

    def keep_then(self, go: Go) -> None:
        """Keep what is typed, then go."""
        self.keep()
        go()

    def step_back(self) -> bool:
        """Nothing opens over the form."""
        return False

    def _ask(self, uid: str) -> None:
        self._close()

        def work() -> tuple[Member | None, tuple[str, ...]]:
            return self._desk.roster.get([uid]).get(uid), self._desk.roster.roll().groups

        self._shell.jobs.library(work, partial(self._show, uid))

    def _show(self, uid: str, found: tuple[Member | None, tuple[str, ...]]) -> None:
        self._close()
        member, groups = found
        self.form = MemberEditor(self._desk, self._shell, uid, member, groups)
        self.form.saved.connect(self._on_saved)
        self.form.left.connect(self._on_left)
        self.layout().addWidget(self.form)
        self.form.start()

    def _close(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    @Slot(str)
    def _on_saved(self, uid: str) -> None:
        self._close()
        self.saved.emit(uid)

    @Slot()
    def _on_left(self) -> None:
        self.keep()
        uid = self.form.uid if self.form else ""
        self._close()
        self.left.emit(uid)
