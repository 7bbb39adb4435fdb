"""Around the pages: bars, banner, pages, strip, toast. Knows no page and no service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.ui.desk.drops import LIBRARY, Drops
from dangjian_desktop.ui.desk.page import SEARCH, Page, Place
from dangjian_desktop.ui.desk.reading_on import Imports
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import column_of, row_of
from dangjian_desktop.ui.window.banner import Banner
from dangjian_desktop.ui.window.keys import Keyed, add_keys
from dangjian_desktop.ui.window.page_area import PageArea
from dangjian_desktop.ui.window.search_box import Search
from dangjian_desktop.ui.window.sidebar import SideBar
from dangjian_desktop.ui.window.strip import Strip
from dangjian_desktop.ui.window.toast import ToastLine
from dangjian_desktop.ui.window.top_bar import TopBar

NARROW = 1200
DROPPED = (
    "支部资料文件（.dangjian）放入后打开；花名册请放到“党员”页，台账的表格放到该台账，"
    "佐证文件放到所选的书记项目。"
)
ICONS_ONLY = 760


class MainWindow(Keyed):
    """What the window holds while a library is open. Navigation only."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._places: dict[str, Place] = {}
        self._pages: dict[str, Page] = {}
        self._stale: dict[str, frozenset[Topic]] = {}
        self._here = ""
        self._visited: list[str] = []
        self.side = SideBar(shell.theme)
        self.top = TopBar(shell.theme)
        self.banner = Banner(shell.theme)
        self.strip = Strip(shell.jobs, shell.theme)
        self.stack = PageArea()
        self._imports = Imports(shell.jobs, self)
        self._compose()
        self.toast = ToastLine(shell.theme, self)
        Drops(self, shell.messages, shell.open_library, DROPPED, LIBRARY)
        self._connect()
        keys = {"Ctrl+K": self.top.search.start, "Ctrl+F": self.start_finding}
        keys |= {"Esc": self.step_back, "Alt+Left": self.go_back, "Ctrl+Z": self.toast.take_back}
        keys["Ctrl+L"] = shell.lock_asked.emit
        add_keys(self, keys)

    def set_places(self, places: Sequence[Place]) -> None:
        """Show these in the side bar and go to the first."""
        for place in places:
            self._places[place.code] = place
            if place.icon:
                self.side.add(place)
        if places:
            self.go(places[0].code)

    def set_search(self, search: Search | None) -> None:
        """Hand in what the search field asks."""
        self.top.search.set_search(search)

    def say_waiting(self, text: str) -> None:
        """Say in the page area what is under way (正在打开……)."""
        self.stack.say(text)

    def start_finding(self) -> None:
        """Ctrl+F: put the cursor where the page is searched, else where everything is."""
        page = self._pages.get(self._here)
        if page is None or not page.start_finding():
            self.top.search.start()

    @property
    def here(self) -> str:
        """The code of the place that is shown."""
        return self._here

    def page(self, code: str) -> Page | None:
        """A page that was shown before."""
        return self._pages.get(code)

    @Slot(str, str)
    def go(self, code: str, uid: str = "") -> None:
        """Go to a place and there to a record, once the page that is left has let go."""
        self.side.mark(self._here)
        if code in self._places:
            self._leave_for(code, partial(self._arrive, code, uid))

    @Slot()
    def step_back(self) -> bool:
        """Esc: a step back in the page, or from a hit to all hits; else false, and nobody goes."""
        page = self._pages.get(self._here)
        if page is not None and page.back():
            return True
        if found := self._visited[-1:] == [SEARCH] and self._here != SEARCH:
            self._leave_for(SEARCH, partial(self._return, SEARCH))
        return found

    @Slot()
    def go_back(self) -> None:
        """Alt+Left: a step back in the page, else to the place before."""
        before = next((c for c in reversed(self._visited) if c != self._here), "")
        if not self.step_back() and before:
            self._leave_for(before, partial(self._return, before))

    def leave_all(self, go: Callable[[], object]) -> None:
        """Call ``go`` once every page has kept what was typed in it."""
        for page in self._pages.values():
            go = partial(page.leave, go)
        go()

    @Slot(QWidget)
    def _on_stayed(self, place: QWidget) -> None:
        """Show the page on which something could not be kept."""
        for code, page in self._pages.items():
            if page.isAncestorOf(place) and code != self._here:
                self._show(code)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._tell_width()

    @property
    def _narrow(self) -> bool:
        # Large type needs the width for the list alone somewhat sooner.
        return self.width() < max(NARROW, self._shell.theme.px(NARROW - 100))

    @Slot()
    def _drop_hidden(self) -> None:
        """Only what is seen is dressed anew; the others are made anew when they are shown."""
        for code, page in tuple(self._pages.items()):
            if code != self._here and page.renewable:
                del self._pages[code]
                self._stale.pop(code, None)
                self.stack.removeWidget(page)
                delete(page)

    @Slot()
    def _tell_width(self) -> None:
        self.side.set_narrow(self.width() < self._shell.theme.px(ICONS_ONLY))
        for page in self._pages.values():
            page.set_narrow(self._narrow)

    def _show(self, code: str, uid: str = "") -> None:
        if code not in self._pages and not self._places[code].ready:
            self._wait_for(code, uid)
            return
        if code not in self._pages:
            page = self._places[code].factory()
            page.set_narrow(self._narrow)
            self._pages[code] = page
            self._stale[code] = frozenset(Topic)
            self.stack.addWidget(page)
        self._here = code
        self.side.mark(code)
        self.stack.setCurrentWidget(self._pages[code])
        self._pages[code].focus_first()
        self._refresh_here()
        if uid:
            self._pages[code].focus_record(uid)

    def _wait_for(self, code: str, uid: str) -> None:
        """Show the place at once and its page when that has been imported, if still wanted."""
        self._here = code
        self.side.mark(code)
        title = f"正在打开{self._places[code].title}"
        self.say_waiting(f"{title}……")
        self._imports.bring(self._places[code], partial(self._go_on, code, uid), title)

    def _go_on(self, code: str, uid: str) -> None:
        if self._here == code:
            self._show(code, uid)

    def _leave_for(self, code: str, go: Callable[[], object]) -> None:
        page = self._pages.get(self._here)
        if page is None or code == self._here:
            go()
        else:
            page.leave(go)

    def _arrive(self, code: str, uid: str) -> None:
        if code != self._here and self._here:
            self._visited.append(self._here)
        self._show(code, uid)

    def _return(self, code: str) -> None:
        while self._visited.pop() != code:
            """The place that is left, visited more than once."""
        self._show(code)

    @Slot(frozenset)
    def _on_changed(self, topics: frozenset[Topic]) -> None:
        for code, page in self._pages.items():
            self._stale[code] = self._stale.get(code, frozenset()) | (topics & page.topics)
        self._refresh_here()

    def _refresh_here(self) -> None:
        topics = self._stale.pop(self._here, frozenset())
        if topics:
            self._pages[self._here].refresh(topics)

    def _compose(self) -> None:
        self.setProperty("look", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        right = column_of(self.top, (self.stack.area, 1), self.banner, self.strip, gap=0)
        row_of(self.side, (right, 1), on=self, gap=0)

    def _connect(self) -> None:
        shell = self._shell
        self.side.asked.connect(self.go)
        shell.stayed.connect(self._on_stayed)
        self.top.search.found.connect(self.go)
        shell.search_asked.connect(self.top.search.start)
        self.top.search.set_search(None)
        shell.place_asked.connect(self.go)
        shell.toasted.connect(self.toast.show_toast)
        shell.saved.connect(self.top.set_saved)
        shell.copied.connect(self.top.set_copied)
        shell.branch_named.connect(self.side.branch.setText)
        shell.theme.changing.connect(self._drop_hidden)
        shell.theme.changed.connect(self._tell_width)
        shell.changes.changed.connect(self._on_changed)
        shell.messages.noticed.connect(self.banner.show_notice)
