"""支委会和党小组: taken from the roster, to be looked at and confirmed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.composition import Composition, People
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import FlowLayout
from dangjian_desktop.ui.look.widgets import button, empty, label, row_of
from dangjian_desktop.ui.settings.card import SettingsCard

FEW = 12


class CompositionCard(SettingsCard):
    """A line for each post and group; a name opens the member, 核对无误 keeps the day."""

    title = "支委会和党小组"
    topics = frozenset({Topic.MEMBERS, Topic.BRANCH})

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(
            "按名册中的支部内职务和党小组列出，签到表、应到人数都按这里。不对的，点姓名去更正。"
        )
        self._desk, self._shell = desk, shell
        self._shown: Composition | None = None
        self._names: list[QPushButton] = []
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(12)
        self._lines.setVerticalSpacing(4)
        self._lines.setColumnStretch(1, 1)
        self.add(self._lines)
        self.state = label("", "soft", wrap=True, name="composition.state")
        self.confirm = button("核对无误", shell.theme, icon="check", name="composition.confirm")
        self.confirm.clicked.connect(self._confirm)
        self.add(row_of((self.state, 1), self.confirm))

    def load(self) -> None:
        """Read the roster again."""
        self._shell.jobs.library(self._desk.composition.composition, self._show)

    def _show(self, found: Composition) -> None:
        if found == self._shown:
            return  # the focus may stand on one of the names
        self._shown = found
        focus = self.focusWidget()
        held = focus.text() if isinstance(focus, QPushButton) else ""
        empty(self._lines)
        self._names = []
        lines = [(title, "", people) for title, people in found.committee]
        lines += [(title, f"{count}人，组长", people) for title, count, people in found.groups]
        for row, (title, before, people) in enumerate(lines):
            self._line(row, title, before, people)
        for row, (words, people) in enumerate(found.open, len(lines)):
            self._line(row, "待明确", words, people)
        known = bool(found.committee or found.groups)
        self.confirm.setEnabled(known and not self._desk.read_only)
        day = found.confirmed
        said = f"{day.year}年{day.month}月{day.day}日已核对" if day else ""
        self.state.setText(said or ("请核对后点“核对无误”" if known else ""))
        if held:
            same = (b for b in self._names if b.text() == held)
            next(same, self.confirm).setFocus()

    def _line(self, row: int, title: str, before: str, people: People) -> None:
        middle = Qt.AlignmentFlag.AlignTop
        self._lines.addWidget(label(title, "soft"), row, 0, middle)
        holder = QWidget()
        flow = FlowLayout(holder)
        if before and (people or "组长" not in before):
            flow.addWidget(label(before))
        elif before:
            flow.addWidget(label(before.partition("，")[0]))
        for uid, name in people[:FEW]:
            go = button(name, self._shell.theme, look="chip", name="composition.person")
            go.setAccessibleName(f"{title}：{name}，打开")
            go.clicked.connect(partial(self._shell.open, "roster", f"edit/{uid}"))
            flow.addWidget(go)
            self._names.append(go)
        if len(people) > FEW:
            flow.addWidget(label(f"等{len(people)}人", "soft"))
        self._lines.addWidget(holder, row, 1)

    @Slot()
    def _confirm(self) -> None:
        self._shell.jobs.library(self._desk.composition.confirm, self._confirmed)

    def _confirmed(self, found: Composition) -> None:
        self._show(found)
        self._shell.toast("已核对支委会和党小组")
