"""What a member's card adds to plain fields: notes while typing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QLineEdit

from dangjian_desktop.domain.texts import normal_name
from dangjian_desktop.paths import user_fonts
from dangjian_desktop.services.members.member_form import identity_says
from dangjian_desktop.services.papers.glyphs import missing
from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.fields.field_editors import TextEditor
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.look.spoken import Problem


class IdentityNotes(QObject):
    """Reads the ID number while it is typed: says what is wrong, fills birth date and sex."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self._form, self._said = form, ""
        self._cell = form.cells["id_number"]
        line = _line(form, "id_number")
        line.textChanged.connect(self._read)
        line.editingFinished.connect(self._read_all)

    @Slot()
    def _read(self) -> None:
        # Half a number is not wrong yet; it is judged when the field is left.
        if self._form.editor("id_number").value() is None or len(self._typed()) >= 18:
            self._read_all()
        else:
            self._say("")

    @Slot()
    def _read_all(self) -> None:
        says = identity_says(self._typed())
        self._say(says.problem)
        for name, value in (("birth_date", says.birth), ("sex", says.sex)):
            editor = self._form.editor(name)
            if value and not editor.value():
                editor.set_value(value)

    def _typed(self) -> str:
        return str(self._form.editor("id_number").value() or "")

    def _say(self, problem: str) -> None:
        # What the saving said of the number stays until the number is another one.
        if problem or self._cell.note.text() == self._said:
            self._cell.say(problem)
            self._said = problem


class GlyphNote(QObject):
    """Says under the name which of its characters no face can print."""

    def __init__(self, form: Form, jobs: Jobs) -> None:
        super().__init__(form)
        self._form, self._jobs = form, jobs
        self.note = _note(form, "name", Problem("name.note"))
        self._pause = once(self, 400, self._ask)
        _line(form, "name").textChanged.connect(self._on_typed)

    @Slot()
    def _on_typed(self) -> None:
        self._pause.start()

    @Slot()
    def _ask(self) -> None:
        name = str(self._form.editor("name").value() or "")
        self._jobs.papers(lambda _progress: missing(name), partial(self._say, name))

    def _say(self, name: str, found: Sequence[str]) -> None:
        if name != (self._form.editor("name").value() or ""):
            return
        shown = "、".join(f"“{character}”" for character in found)
        words = f"这台电脑的字体中没有{shown}，打印时只能以编号代替。请核对；"
        words += f"确需使用时，请把含该字的.ttf字体放入“{user_fonts()}”。"
        self.note.say(words if found else "")


class SameNameNote(QObject):
    """Says under the name of a new person who is known by that name already."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self._form = form
        self._known: Mapping[str, str] = {}
        self.note = _note(form, "name", Problem("name.same", "warn"))
        _line(form, "name").textChanged.connect(self._tell)

    def set_known(self, people: Iterable[tuple[str, str]]) -> None:
        """Everybody else: name and what tells them apart."""
        self._known = {normal_name(name): told for name, told in people}
        self._tell()

    @Slot()
    def _tell(self) -> None:
        name = str(self._form.editor("name").value() or "")
        told = self._known.get(normal_name(name)) if name else None
        words = f"名册中已有同名的人（{told}），可能是同一人，请核对。"
        self.note.say("" if told is None else words)


def _note(form: Form, field: str, note: Problem) -> Problem:
    """A sentence below a field."""
    layout = form.editor(field).layout()
    if layout is not None:
        layout.addWidget(note)
    return note


def _line(form: Form, name: str) -> QLineEdit:
    editor = form.editor(name)
    if not isinstance(editor, TextEditor):
        raise TypeError(name)
    return editor.line
