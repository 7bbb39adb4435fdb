"""Says below a text in which no name is wanted that one stands there; it may be saved so."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.nameless import named_in, nameless_fields
from dangjian_desktop.ui.look.spoken import Problem
from dangjian_desktop.ui.records.editor import RecordEditor


class NameNotes(QObject):
    """Reads what is typed into the rows of a ledger that tells of people as counts alone."""

    def __init__(self, editor: RecordEditor, ledger: Ledger) -> None:
        super().__init__(editor)
        self._editor, self._ledger = editor, ledger
        self._notes: dict[str, Problem] = {}
        editor.settled.connect(self._tell)

    @Slot()
    def _tell(self) -> None:
        cells = self._editor.body.form.cells
        if not self._notes:
            asked = [f.name for f in nameless_fields(self._ledger) if f.name in cells]
            self._notes = {name: Problem(f"{name}.named", "warn") for name in asked}
            for name, note in self._notes.items():
                cells[name].editor.layout().addWidget(note)
        typed = {name: cells[name].value() for name in self._notes}
        names = {member.name for member in getattr(self._editor.opened, "members", ())}
        said = named_in(self._ledger, typed, names)
        for name, note in self._notes.items():
            note.say(f"{said[name]}。" if name in said else "")
