"""What a page may ask of the window around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.ui.desk.changes import ChangeBus
from dangjian_desktop.ui.desk.choosers import Choosers
from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.desk.messages import Messages
from dangjian_desktop.ui.desk.store import SettingsStore
from dangjian_desktop.ui.look.theme import Theme

UNDO = "撤销"


@dataclass(frozen=True, slots=True)
class Toast:
    """A short line at the foot for ten seconds; ``undo`` is offered as 撤销 when given, ``more``
    is a further act with its word (打开文件)."""

    text: str
    undo: Callable[[], object] | None = None
    label: str = UNDO
    more: tuple[str, Callable[[], object]] | None = None


class Shell(QObject):
    """Handed to every page; the window listens, so that no page knows the window.

    A page calls ``open``, ``toast``, ``set_saved`` … and never walks up its parents.
    """

    place_asked = Signal(str, str)
    toasted = Signal(Toast)
    saved = Signal(datetime)
    copied = Signal(datetime)
    branch_named = Signal(str)
    library_asked = Signal(Path)
    restore_asked = Signal(Path, object)
    apart_asked = Signal(object, str, object)
    lock_asked = Signal()
    unlock_asked = Signal(Path, object)
    stayed = Signal(QWidget)
    search_asked = Signal()

    def __init__(
        self,
        *,
        jobs: Jobs,
        messages: Messages,
        theme: Theme,
        settings: SettingsStore,
        changes: ChangeBus,
        choosers: Choosers,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self.messages = messages
        self.theme = theme
        self.settings = settings
        self.changes = changes
        self.choosers = choosers

    def open(self, place: str, uid: str = "") -> None:
        """Go to a place of the side bar, and there to the record."""
        self.place_asked.emit(place, uid)

    def toast(
        self,
        text: str,
        undo: Callable[[], object] | None = None,
        *,
        label: str = UNDO,
        more: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Say what was done, with a way back for ten seconds when ``undo`` is given."""
        self.toasted.emit(Toast(text, undo, label, more))

    def search(self) -> None:
        """Put the cursor into the search field, its text chosen."""
        self.search_asked.emit()

    def set_saved(self, when: datetime) -> None:
        """Say in the top bar that everything up to now is saved."""
        self.saved.emit(when)

    def set_copied(self, when: datetime) -> None:
        """Say in the top bar how old the newest copy is."""
        self.copied.emit(when)

    def set_branch(self, name: str) -> None:
        """Show the short name of the branch in the side bar."""
        self.branch_named.emit(name)

    def stay(self, place: QWidget) -> None:
        """Something there could not be kept: show it, nobody leaves."""
        self.stayed.emit(place)

    def open_library(self, library: Path) -> None:
        """Close the present library and open another."""
        self.library_asked.emit(library)

    def do_apart(
        self, work: Callable[[Any], Any], title: str, then: Callable[[Any], object]
    ) -> None:
        """Do with the desk what nobody may do while its library is open, and open that again;
        ``then`` is called with what came of it."""
        self.apart_asked.emit(work, title, then)

    def ask_unlock(self, copy: Path, then: Callable[[], object]) -> None:
        """Ask for the password of a copy that has another key, and go on once it was given."""
        self.unlock_asked.emit(copy, then)

    def restore(self, copy: Path, accepted: Sequence[str] = ()) -> None:
        """Put a copy in the place of the present library and open that again; ``accepted`` is what
        is not as it was saved in it, and known."""
        self.restore_asked.emit(copy, accepted)
