"""支部信息: what the branch is called and whose it is now, what it was before, its terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton

from dangjian_desktop.domain.branch import BranchHistory
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.branch_form import (
    CHANGE,
    DATES,
    EARLIER,
    NAMES,
    TERM_CHANGE,
    asks_day,
    asks_term,
    branch_values,
)
from dangjian_desktop.ui.desk.kept_form import KeptForm
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.field_editors import FieldEditor
from dangjian_desktop.ui.fields.forms import WIDE, Form
from dangjian_desktop.ui.fields.telling import point_out
from dangjian_desktop.ui.fields.texts import ListEditor
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.tick import tick
from dangjian_desktop.ui.look.widgets import button, label
from dangjian_desktop.ui.settings.card import SettingsCard

_LONG = tuple(field for field in NAMES if field.type in (FieldType.TEXT, *WIDE))
_SHORT = (*(field for field in NAMES if field not in _LONG), *DATES[:2])
_LINES = 2


class OneOf(FieldEditor):
    """Every answer in sight, none of them given beforehand."""

    def __init__(self, theme: Theme, field: Field) -> None:
        super().__init__(field)
        self._group = QButtonGroup(self)
        self.answers: dict[str, QPushButton] = {}
        for code, words in field.choices:
            answer = tick(words, theme, name=f"{field.name}.{code}")
            answer.toggled.connect(self.changed)
            self._group.addButton(answer)
            self._layout.addWidget(answer, 0, Qt.AlignmentFlag.AlignLeft)
            self.answers[code] = answer
        self.setFocusProxy(self.answers[field.choices[0][0]])

    def value(self) -> Any:
        """The code of the answer; nothing while there is none."""
        return next((code for code, answer in self.answers.items() if answer.isChecked()), None)

    def set_value(self, value: Any) -> None:
        """Give an answer, or take it away."""
        self._group.setExclusive(False)
        for code, answer in self.answers.items():
            answer.setChecked(code == value)
        self._group.setExclusive(True)


class BranchCard(SettingsCard):
    """Saves on 保存 or Ctrl+S; what was changed and not saved stays until then.

    Where a name that stood there is changed, it asks whether from a day on or as a correction.
    """

    title = "支部信息"
    topics = frozenset({Topic.BRANCH})

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__("下面是现在的名称和隶属；以前日期的材料，仍按当时的打印。")
        self._desk, self._shell = desk, shell
        self._changed = False
        self._shown: dict[str, Any] = {}
        # Full names are long: they take the whole width.
        self.names = self._form(_LONG, columns=1)
        self.dates = self._form(_SHORT, columns=3)
        self.change = self._form(CHANGE)
        self.term = self._form(DATES[2:])
        self.term_change = self._form(TERM_CHANGE)
        self.earlier = self._form(EARLIER, columns=1)
        self.forms = (
            *(self.names, self.dates, self.change),
            *(self.term, self.term_change, self.earlier),
        )
        self.more = button(
            "以前的名称、隶属和任期", shell.theme, icon="history", name="branch.earlier"
        )
        self.more.setCheckable(True)
        self.more.toggled.connect(self.earlier.setVisible)
        self.state = label("", "soft", wrap=True)
        self.save = button("保存", shell.theme, look="primary", name="branch.save")
        self.kept = KeptForm(
            desk,
            shell,
            "branch",
            name="支部信息",
            key=lambda: "branch",
            state=self.values,
            fill=self._go_on,
            parent=self,
        )
        self._compose()
        self.save.clicked.connect(self._save)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self._save)

    def load(self) -> None:
        """Show the stored branch, unless something is being changed."""
        if not self._changed:
            self._shell.jobs.library(self._desk.branch.history, self._show)
            self.kept.look()

    def values(self) -> dict[str, Any]:
        """All that stands in the card; what is not asked is empty."""
        found: dict[str, Any] = {}
        for form in self.forms:
            asked = form not in (self.change, self.term_change) or not form.isHidden()
            found |= form.values() if asked else dict.fromkeys(form.cells)
        return found

    def _form(self, fields: tuple[Field, ...], *, columns: int = 2) -> Form:
        own: dict[FieldType, Callable[[Field], FieldEditor]] = {
            FieldType.LIST: partial(ListEditor, least=_LINES)
        }
        if fields in (CHANGE, TERM_CHANGE):
            own[FieldType.CHOICE] = partial(OneOf, self._shell.theme)
        made = Form(
            fields,
            self._shell.theme,
            columns=columns,
            today=self._desk.today,
            own=own,
        )
        made.changed.connect(self._on_changed)
        made.dropped.connect(self._shell.toast)
        return made

    def _compose(self) -> None:
        for form in self.forms[:-1]:
            self.add(form)
        for hidden in (self.change, self.term_change, self.earlier):
            hidden.hide()
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.earlier)
        line = QHBoxLayout()
        line.addWidget(self.state, 1)
        line.addWidget(self.save)
        self.add(line)

    def _show(self, history: BranchHistory) -> None:
        if self._changed:
            return
        self._shown = branch_values(history)
        for form in self.forms:
            quiet = form.blockSignals(True)
            form.fill(self._shown)
            form.blockSignals(quiet)
        self._ask()

    def _go_on(self, content: Mapping[str, Any]) -> None:
        for form in self.forms:
            form.fill(content)

    def _ask(self) -> None:
        values = {**self.names.values(), **self.dates.values(), **self.term.values()}
        self.change.setVisible(asks_day(self._shown, values))
        self.term_change.setVisible(asks_term(self._shown, values))

    @Slot()
    def _on_changed(self) -> None:
        self._changed = True
        self.state.setText("草稿")
        self._ask()
        self.kept.touch()

    @Slot()
    def _save(self) -> None:
        problems = {place: words for f in self.forms for place, words in f.problems().items()}
        self._point_out(problems)
        if not problems:
            work = partial(self._desk.branch.enter, self.values())
            self._shell.jobs.library(work, self._saved, self._refused, title="正在保存支部信息")

    def _saved(self, history: BranchHistory) -> None:
        self._changed = False
        self.kept.done()
        self._show(history)
        self.state.setText("")
        self._shell.set_branch(history.on(self._desk.today()).short)
        self._shell.toast("已保存支部信息")

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InputError) and error.fields:
            self._point_out(error.fields)
        else:
            self._shell.messages.report(error)

    def _point_out(self, problems: Mapping[str, str]) -> None:
        if any(place.partition(".")[0] in self.earlier.cells for place in problems):
            self.more.setChecked(True)
        cells = {name: cell for form in self.forms for name, cell in form.cells.items()}
        rest = point_out(cells, problems)
        if problems:
            self.state.setText("；".join(rest) or "没有保存，请按提示改正")
