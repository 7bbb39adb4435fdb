"""One member of a sitting as a chip, and the bar in which the chosen one is looked at closely."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from dangjian_desktop.domain.meetings.meeting import Presence
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.fields.inputs import guarded
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.free_box import FreeBox
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, label, row_of

UNRECORDED = ""
KEYS = {
    Qt.Key.Key_Q: Presence.LEAVE.value,
    Qt.Key.Key_L: Presence.LEAVE.value,
    Qt.Key.Key_V: Presence.VIDEO.value,
    Qt.Key.Key_S: Presence.VIDEO.value,
    Qt.Key.Key_X: Presence.ABSENT.value,
    Qt.Key.Key_A: Presence.ABSENT.value,
    Qt.Key.Key_P: Presence.PRESENT.value,
    Qt.Key.Key_Backspace: UNRECORDED,
    Qt.Key.Key_Delete: UNRECORDED,
}
TIP = "空格或回车 到会，Q 请假，V 视频参会，X 缺席，退格 未登记，← → 换人"
CHOICES = (
    *((p.value, p.label) for p in (Presence.PRESENT, Presence.VIDEO)),
    *((p.value, p.label) for p in (Presence.LEAVE, Presence.ABSENT)),
    (UNRECORDED, "未登记"),
)


class PersonChip(QPushButton):
    """Shows where one member stood. ``keyed`` brings the state that a key asks for."""

    keyed = Signal(str, str)
    toggled_by = Signal(str)
    moved = Signal(str, int)
    focused = Signal(str)

    def __init__(self, key: str, name: str) -> None:
        super().__init__(name)
        self.key = key
        self.name = name
        self.setProperty("look", "chip")
        self.setObjectName(f"person.{name}")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setToolTip(TIP)
        self.clicked.connect(self._on_clicked)

    def show_state(self, entry: State | None, *, excluded: bool) -> None:
        """Show an entry of the attendance, or none."""
        presence = entry["presence"] if entry else UNRECORDED
        self.setChecked(presence in (Presence.PRESENT.value, Presence.VIDEO.value))
        self.setText(chip_text(self.name, entry, excluded=excluded))
        word = Presence(presence).label if presence else "未登记"
        self.setAccessibleName(f"{self.name}，{word}")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in KEYS:
            self.keyed.emit(self.key, KEYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.toggled_by.emit(self.key)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.moved.emit(self.key, 1 if key == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:  # noqa: D102
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.focused.emit(self.key)

    @Slot()
    def _on_clicked(self) -> None:
        self.toggled_by.emit(self.key)


def chip_text(name: str, entry: State | None, *, excluded: bool) -> str:
    """✓ 邓涛, 韩娟 · 请假：出差, ✕ 马磊 · 缺席 …"""
    if entry is None:
        return f"{name} · 不计入应到" if excluded else name
    presence = Presence(entry["presence"])
    if presence is Presence.PRESENT:
        return f"✓ {name}"
    if presence is Presence.VIDEO:
        return f"✓ {name} · 视频"
    if presence is Presence.ABSENT:
        return f"✕ {name} · 缺席"
    reason = f"：{entry['reason']}" if entry.get("reason") else ""
    return f"{name} · 请假{reason}"


class PersonBar(QWidget):
    """The chosen member: state, reason of leave, how it was made up for."""

    state_chosen = Signal(str)
    told = Signal(str, str)
    excluded = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.name = label("", "heading")
        self.states = ChipRow(theme, CHOICES)
        self.states.chosen.connect(self.state_chosen)
        self.reason = guarded(FreeBox(), "leave.reason", "请假原因")
        self.reason.lineEdit().setPlaceholderText("请假原因")
        self.reason.editTextChanged.connect(self._tell)
        self.made_up = QLineEdit()
        self.made_up.setObjectName("leave.made_up")
        self.made_up.setAccessibleName("补学情况")
        self.made_up.setPlaceholderText("补学情况，例如 3月25日补学")
        self.made_up.textChanged.connect(self._tell)
        self.exclude = button("不计入应到", theme, look="quiet", name="person.exclude")
        self.exclude.setToolTip("选举和发展党员等表决时，符合规定情形的党员不计入应到人数")
        self.exclude.clicked.connect(self.excluded)
        row = row_of(
            self.name,
            (self.states, 0, Qt.AlignmentFlag.AlignVCenter),
            (self.reason, 2),
            (self.made_up, 2),
            self.exclude,
            on=self,
        )
        row.addStretch(1)
        self.hide()

    def offer_reasons(self, reasons: Sequence[str]) -> None:
        """Offer these reasons of leave."""
        quiet = self.reason.blockSignals(True)
        self.reason.clear()
        self.reason.addItems(list(reasons))
        self.reason.setCurrentIndex(-1)
        self.reason.blockSignals(quiet)

    def show_person(self, name: str, entry: State | None) -> None:
        """Show where this member stood."""
        presence = entry["presence"] if entry else UNRECORDED
        self.name.setText(name)
        self.states.set_codes([presence])
        quiet = self.blockSignals(True)
        self.reason.setEditText((entry or {}).get("reason") or "")
        self.made_up.setText((entry or {}).get("made_up") or "")
        self.blockSignals(quiet)
        away = presence in (Presence.LEAVE.value, Presence.ABSENT.value)
        told = bool((entry or {}).get("reason") or (entry or {}).get("made_up"))
        self.reason.setVisible(away or told)
        self.made_up.setVisible(away or told)
        self.exclude.setVisible(entry is None)
        self.show()

    def ask_reason(self) -> None:
        """Put the cursor into the reason."""
        self.reason.setFocus()
        self.reason.lineEdit().selectAll()

    @Slot()
    def _tell(self) -> None:
        self.told.emit(self.reason.currentText(), self.made_up.text())
