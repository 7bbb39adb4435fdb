"""A page is made part after part, so that the window answers in between."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from dangjian_desktop.ui.desk.timers import once


class Parts(QObject):
    """Has the parts of a page made one after the other, each in a slot of its own.

    A part is a ``cached_property`` of the page that makes it and puts it into its place: who needs
    one before its turn has it at once. What waits when the page goes away is never made.
    """

    def __init__(self, page: QObject, names: Sequence[str]) -> None:
        super().__init__(page)
        self._names = names
        self._turn = once(self, 0, self._make_next)
        self._turn.start()

    @property
    def waiting(self) -> list[str]:
        """The names of those that are not made yet."""
        made = vars(self.parent())
        return [name for name in self._names if name not in made]

    def make(self, *names: str) -> None:
        """Have these made now."""
        for name in names:
            getattr(self.parent(), name)

    def finish(self) -> None:
        """Have all that waits made now."""
        self.make(*self.waiting)

    @Slot()
    def _make_next(self) -> None:
        if self.waiting:
            self.make(self.waiting[0])
            self._turn.start()
