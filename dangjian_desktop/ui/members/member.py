"""The editor of a member's card: keeps drafts by itself, says what is wrong under its field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.drafts import Draft
from dangjian_desktop.services.members.member_form import entered
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button, label, space
from dangjian_desktop.ui.members.draft import MemberDraft
from dangjian_desktop.ui.members.member_cards import MemberCards


class MemberEditor(QWidget):
    """Edits one member; ``stored`` is nothing for a person not saved yet.

    ``saved`` carries the id after the card reached the library, ``left`` asks to go back.
    """

    saved = Signal(str)
    left = Signal()

    def __init__(
        self,
        desk: Desk,
        shell: Shell,
        uid: str,
        stored: Member | None,
        groups: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self.uid, self._stored = uid, stored
        self._today = desk.clock().date()
        self._saving = False
        self.cards = MemberCards(shell.theme, shell.jobs, self._today, stored, groups)
        self.draft = MemberDraft(desk.drafts, shell.jobs, uid, self.cards.content, self)
        self.draft.kept.connect(self._say_kept)
        self.state = label("", "soft")
        self.state.setObjectName("member.state")
        self.problem = label("", "bad", wrap=True)
        self.problem.setObjectName("member.problem")
        self.problem.hide()
        self._compose()
        self.cards.changed.connect(self._on_changed)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)

    def start(self) -> None:
        """Look for a draft, then let the user type."""
        get = partial(self._desk.drafts.get, "member", self.uid)
        self._shell.jobs.library(get, self._on_draft)
        self.cards.person.focus_field("name")

    @Slot()
    def keep(self) -> None:
        """Keep what is typed as a draft at once."""
        if not self._saving:
            self.draft.keep()

    @Slot()
    def save(self) -> None:
        """Save the card, or point at what is wrong."""
        if self._saving:
            return
        problems = self.cards.problems()
        if problems:
            self._point_out(problems)
            return
        try:
            member = self._member()
        except InputError as error:
            self._on_failed(error)
            return
        self._saving = True
        self.draft.stop()
        work = partial(self._desk.roster.save, member)
        self._shell.jobs.library(work, self._on_saved, self._on_failed, title="正在保存")

    def _member(self) -> Member:
        cards = self.cards
        changes = cards.entered_changes()
        return entered(self.uid, self._stored, cards.values(), changes, self._today)

    def _on_saved(self, member: Member) -> None:
        self._saving = False
        self._shell.set_saved(self._desk.clock())
        self._shell.toast(f"已保存：{member.name}")
        self.saved.emit(self.uid)

    def _on_failed(self, error: Exception) -> None:
        self._saving = False
        self.draft.touch()
        if not isinstance(error, InputError):
            self._shell.messages.report(error)
            return
        rest = self._point_out(dict(error.fields))
        if not error.fields or rest:
            self._say_problem(error.message if not rest else "；".join(rest.values()))

    def _point_out(self, problems: dict[str, str]) -> dict[str, str]:
        self._say_problem(f"有{len(problems)}处需要改正，见下方提示。" if problems else "")
        return self.cards.point_out(problems)

    def _say_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _on_draft(self, found: Draft | None) -> None:
        if found is None or self.draft.waiting:
            return
        quiet = self.cards.blockSignals(True)
        self.cards.restore(found.content)
        self.cards.blockSignals(quiet)
        at = datetime.fromisoformat(found.saved_at)
        self.state.setText(f"草稿 • {at:%m-%d %H:%M} 保存，尚未存入名册")
        self.discard.show()

    @Slot()
    def _on_changed(self) -> None:
        self._say_problem("")
        self.draft.touch()

    @Slot(datetime)
    def _say_kept(self, when: datetime) -> None:
        self.state.setText(f"草稿 • {when:%H:%M} 已自动保存")
        self.discard.show()

    @Slot()
    def _discard(self) -> None:
        self.draft.stop()
        drop = partial(self._desk.drafts.drop, "member", self.uid)
        self._shell.jobs.library(drop, self._on_discarded)

    def _on_discarded(self, _done: None) -> None:
        self.left.emit()

    def _compose(self) -> None:
        theme = self._shell.theme
        back = button("返回名册", theme, icon="arrow-left", look="quiet", name="member.back")
        back.clicked.connect(self.left)
        self.discard = button("放弃草稿", theme, look="quiet", name="member.discard")
        self.discard.clicked.connect(self._discard)
        self.discard.hide()
        done = button("保存", theme, icon="save", look="primary", name="member.save", tip="Ctrl+S")
        done.clicked.connect(self.save)
        title = "新增党员" if self._stored is None else f"编辑：{self._stored.name}"
        bar = QHBoxLayout()
        space(bar, margins=(0, 0, 0, 0), gap=8)
        bar.addWidget(back)
        bar.addWidget(label(title, "title"))
        bar.addWidget(self.state)
        bar.addStretch()
        bar.addWidget(self.discard)
        bar.addWidget(done)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.cards)
        column = QVBoxLayout(self)
        space(column, margins=(0, 0, 0, 0), gap=10)
        column.addLayout(bar)
        column.addWidget(self.problem)
        column.addWidget(area, 1)
