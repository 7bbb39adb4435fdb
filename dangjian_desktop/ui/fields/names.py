"""Fields that take names: chosen by initials, or free where that is allowed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.references import Person
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.members.naming import matching
from dangjian_desktop.ui.look.widgets import asks_for_escape

SHOWN = 8
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be chosen; ``note`` tells people of one name apart (group, post),
    ``sort_key`` is the pinyin of the name."""

    name: str
    initials: str = ""
    member_id: str | None = None
    note: str = ""
    sort_key: str = ""


Source = Callable[[], Sequence[Candidate]]


def candidates(members: Iterable[Member], note: Callable[[Member], str]) -> list[Candidate]:
    """Members to be chosen from; ``note`` tells what is said of each."""
    return [Candidate(m.name, m.initials, m.id, note(m), m.sort_key) for m in members]


class NameField(QLineEdit):
    """One name, or with ``several`` a row of them parted by 、; Enter takes the first that fits.

    With ``free`` any text is kept as typed (a superior may chair). ``taken`` comes with each
    name that was chosen or typed and ended with Enter, ``entered`` with every change.
    """

    entered = Signal()
    taken = Signal(Person)

    def __init__(self, source: Source, *, several: bool = False, free: bool = True) -> None:
        super().__init__()
        self._source = source
        self._several = several
        self._free = free
        self._known: dict[str, Candidate] = {}
        self.setPlaceholderText("姓名或首字母" + ("，可填多人" if several else ""))
        self._list = QListWidget(self)
        self._list.setWindowFlags(Qt.WindowType.ToolTip)
        self._list.setProperty("look", "choices")
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.installEventFilter(self)
        self._list.itemClicked.connect(self._take_item)
        self.textChanged.connect(self.entered)
        self.textEdited.connect(self._offer)

    def people(self) -> tuple[Person, ...]:
        """Who is named, with the member's id where the name fits exactly one candidate."""
        return tuple(self._person(name) for name in self.names())

    def names(self) -> tuple[str, ...]:
        """The names alone."""
        text = self.text().replace("，", "、").replace(",", "、").replace(" ", "、")
        parts = text.split("、") if self._several else [self.text()]
        return tuple(part.strip() for part in parts if part.strip())

    def set_names(self, names: Sequence[str]) -> None:
        """Show these names."""
        self.setText("、".join(names))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._list.isVisible():
            step = 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentRow((self._list.currentRow() + step) % self._list.count())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(event)
        elif key == Qt.Key.Key_Escape and self._list.isVisible():
            self._list.hide()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: D102
        super().inputMethodEvent(event)
        if event.preeditString():
            self._list.hide()  # the candidates of the input method stand in its place

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if asks_for_escape(event) and self._list.isVisible():
            event.accept()
            return True
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._list.hide()
        return super().event(event)

    @Slot(str)
    def _offer(self) -> None:
        typed = self._typed()
        fitting = matching(self._source(), typed) if typed else []
        self._list.clear()
        for candidate in fitting[:SHOWN]:
            item = QListWidgetItem(f"{candidate.name}　{candidate.note}".strip("　"))
            item.setData(Qt.ItemDataRole.UserRole, candidate)
            self._list.addItem(item)
        if not fitting or not self.isVisible():
            self._list.hide()
            return
        # Whose name only sounds so is never taken for a guest whose name was written out.
        written = typed.isascii() or typed in fitting[0].name
        self._list.setCurrentRow(0 if written or not self._free else -1)
        self._place()
        self._list.show()

    def _place(self) -> None:
        height = self._list.sizeHintForRow(0) * self._list.count() + 12
        self._list.setFixedSize(max(self.width(), 180), height)
        self._list.move(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if watched is self._list:
            if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
                self._watch(event.type() == QEvent.Type.Show)
        elif event.type() in _MOVES and self._list.isVisible():
            self._place()
        return False

    def _watch(self, on: bool) -> None:
        """A field that appears above moves some widget around this one, seldom this one itself."""
        around: QWidget | None = self
        while around is not None:
            (around.installEventFilter if on else around.removeEventFilter)(self)
            around = None if around.isWindow() else around.parentWidget()

    @Slot(QListWidgetItem)
    def _take_item(self, item: QListWidgetItem) -> None:
        self._take(item.data(Qt.ItemDataRole.UserRole))

    def _enter(self, event: QKeyEvent) -> None:
        if self._list.isVisible() and self._list.currentItem() is not None:
            self._take_item(self._list.currentItem())
        elif self._free and self._typed():
            self._list.hide()
            self.taken.emit(self._person(self._typed()))
        else:
            super().keyPressEvent(event)

    def _take(self, candidate: Candidate) -> None:
        self._known[candidate.name] = candidate
        before = self.text()[: len(self.text()) - len(self._typed())]
        self.setText(f"{before}{candidate.name}" + ("、" if self._several else ""))
        self._list.hide()
        self.taken.emit(Person(candidate.name, candidate.member_id))

    def _typed(self) -> str:
        text = self.text()
        if not self._several:
            return text.strip()
        return text.replace("，", "、").replace(",", "、").rsplit("、", 1)[-1].strip()

    def _person(self, name: str) -> Person:
        if name in self._known:
            return Person(name, self._known[name].member_id)
        fitting = [c for c in self._source() if c.name == name]
        return Person(name, fitting[0].member_id if len(fitting) == 1 else None)


def nobody() -> tuple[Candidate, ...]:
    """A source for fields that know no roster."""
    return ()
