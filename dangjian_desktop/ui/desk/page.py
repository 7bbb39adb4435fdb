"""What the frame expects of a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.late import Late
from dangjian_desktop.ui.desk.keeper import Keeper, keep_all
from dangjian_desktop.ui.look.widgets import FILTER

SEARCH = "search"
"""The place of everything that was found; its record is the text that is looked for."""
NOT_INDEXED = "索引正在重建，这次是逐条查找，结果仍然完整。"


_IN_ORDER = Late("ui.look.tab_order:in_order")


class Page(QWidget):
    """One place of the window. The defaults suit a page that shows nothing of the library.

    The frame calls ``refresh`` when the page becomes visible after a change, or while it is
    visible; the page asks its service again and keeps its selection by id.
    """

    topics: frozenset[Topic] = frozenset(Topic)
    """Which changes it wants to hear of."""

    @property
    def renewable(self) -> bool:
        """Whether, once it was left, nothing is lost when it is made anew."""
        return all(keeper.safe for keeper in cast("list[Keeper]", self.findChildren(Keeper)))

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Show again what these changes touch; all topics at the first showing."""

    def focus_record(self, uid: str) -> None:
        """Show that record (a hit of the search, a record behind a number)."""

    def focus_first(self) -> None:
        """Put the focus where the page begins; the frame calls it when the page is gone to."""
        there = self.focusWidget()
        if there is None or not (there.isVisibleTo(self) and there.isEnabled()):
            there = next(iter(_IN_ORDER.read()(self)), self)
        there.setFocus()

    def start_finding(self) -> bool:
        """Ctrl+F: put the cursor where this page is searched; false where there is none."""
        for line in cast("list[QLineEdit]", self.findChildren(QLineEdit)):
            if line.property(FILTER) and line.isVisible():
                line.setFocus(Qt.FocusReason.ShortcutFocusReason)
                line.selectAll()
                return True
        return False

    def leave(self, go: Callable[[], object]) -> None:
        """Called before the page is left: keep what was typed, then call ``go``.

        At once where nothing waits, else when it is kept; not calling it keeps the user here.
        """
        keep_all(self, go)

    def back(self) -> bool:
        """Esc and Alt+Left: one step back inside the page; false when there is none."""
        return False

    def set_narrow(self, narrow: bool) -> None:
        """The window is below 1,200 px: show the detail as a page of its own."""


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the side bar: ``code`` for ever, ``icon`` a file of ``resources/icons``.

    ``factory`` makes the page when it is first shown. ``at_foot`` puts it under the others; without
    an icon it is not in the side bar. ``parts`` are what it is made of, which may have to be
    imported before. Places of one ``group`` follow each other, under its name.
    """

    code: str
    title: str
    icon: str
    factory: Callable[[], Page]
    at_foot: bool = False
    parts: tuple[Late, ...] = ()
    group: str = ""

    @property
    def ready(self) -> bool:
        """Whether the page can be made without an import."""
        return all(part.ready for part in self.parts)

    def prepare(self) -> list[str]:
        """Import, in another thread, what may be imported there; the names of the rest."""
        return [name for part in self.parts for name in part.prepare()]


@dataclass(frozen=True, slots=True)
class Hit:
    """One result of the search: ``group`` heads the list it stands in (党员, 会议)."""

    group: str
    place: str
    uid: str
    title: str
    detail: str = ""
