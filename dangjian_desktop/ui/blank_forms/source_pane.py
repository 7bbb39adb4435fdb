"""What one blank takes: chosen from all that fits, or as it is proposed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.services.blank_forms.filling import View
from dangjian_desktop.ui.blank_forms.blanks import BY_HAND, BlankLine, offers
from dangjian_desktop.ui.fields.inputs import guarded
from dangjian_desktop.ui.look.free_box import FreeBox
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of


class SourcePane(QWidget):
    """``chosen`` tells the source of the blank that is looked at (None: left empty), ``taken``
    that the proposal is right, ``all_taken`` that all are."""

    chosen = Signal(object)
    taken = Signal()
    all_taken = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.box = guarded(FreeBox(choosing=True), "forms.chooser", "这一格填什么")
        self.reason = label("", "soft", wrap=True, name="forms.reason")
        self.take = button("采用建议", theme, icon="check", name="forms.take", then=self.taken)
        self.take_all = button("采用全部建议", theme, name="forms.take_all", then=self.all_taken)
        column_of(
            row_of(label("这一格填："), (self.box, 1)),
            self.reason,
            row_of(self.take, self.take_all, ...),
            on=self,
        )
        self.box.activated.connect(self._tell)

    def show_line(self, line: BlankLine | None, view: View | None, waiting: int) -> None:
        """Show this blank; ``waiting`` proposals of the form have not been looked at."""
        self.box.clear()
        self.box.setEnabled(line is not None and not line.blank.formula)
        self.reason.setText(line.proposal.reason if line and line.proposal else "")
        self.take.setEnabled(line is not None and line.suggestion is not None)
        self.take_all.setEnabled(waiting > 0)
        self.take_all.setText(f"采用全部建议（{waiting} 个）")
        if line is None or view is None:
            return
        self.box.addItem(BY_HAND, None)
        for words, key in offers(view.sources, line.blank):
            self.box.addItem(words, key)
        chosen = view.chosen.get(line.blank.name)
        place = 0 if line.blank.name in view.chosen else -1
        self.box.setCurrentIndex(self.box.findData(chosen) if chosen else place)

    def start(self) -> None:
        """Put the cursor where a source is chosen."""
        self.box.setFocus(Qt.FocusReason.MouseFocusReason)

    @Slot(int)
    def _tell(self, place: int) -> None:
        if place >= 0:
            self.chosen.emit(self.box.itemData(place))
