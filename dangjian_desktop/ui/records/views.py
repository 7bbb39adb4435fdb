"""What takes turns on a page: the list with its card, the editor, other views over the width."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.desk.keeper import Go
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.look.stage import Stage


class Views(Stage):
    """The first is ``home``; the editor is made when it is first wanted.

    ``keep`` holds what is typed in the card of the home view, then goes on.
    """

    def __init__(
        self,
        page: QWidget,
        home: QWidget,
        make_editor: Callable[[], Any],
        to_home: Callable[[str], None],
        keep: Callable[[Go], None],
    ) -> None:
        super().__init__(page)
        self._home, self._make_editor = home, make_editor
        self._to_home, self._keep = to_home, keep
        self._editor: Any = None
        self._narrow = False
        self.addWidget(home)

    @property
    def editor(self) -> Any:
        """The editor of the record."""
        if self._editor is None:
            self._editor = self._make_editor()
            self._editor.left.connect(self._to_home)
            self._place(self._editor)
        return self._editor

    @property
    def editing(self) -> bool:
        """Whether the editor is shown."""
        return self._editor is not None and self.currentWidget() is self._editor

    @property
    def at_home(self) -> bool:
        """Whether the list is shown, not an editor or another view."""
        return self.currentWidget() is self._home

    def go_home(self) -> None:
        """Show the list."""
        self.setCurrentWidget(self._home)

    def edit(self, way: str, *what: str) -> None:
        """Show the editor and call its ``open`` or ``start_new``, once what is typed is kept."""

        def go() -> None:
            self.setCurrentWidget(self.editor)
            getattr(self.editor, way)(*what)

        self.after_keeping(go)

    def show_view(self, view: QWidget) -> None:
        """Show another view, once what is typed is kept."""
        self._place(view)

        def go() -> None:
            self.setCurrentWidget(view)
            if isinstance(view, Page):
                view.focus_first()

        self.after_keeping(go)

    def after_keeping(self, go: Go) -> None:
        """Call ``go`` once everything typed on this page is kept."""
        if self.editing:
            self.editor.keep_then(go)
        else:
            self.cover(go)

    def cover(self, go: Go) -> None:
        """Let what is shown cover what nobody else should see, then go; all is kept already."""
        shown: Any = self.currentWidget()
        if self.at_home:
            self._keep(go)
        elif isinstance(shown, Page):
            shown.leave(go)
        else:
            go()

    def back(self) -> None:
        """A step back in the editor or another view, or from it to the list."""
        shown: Any = self.currentWidget()
        if self.editing:
            shown.go_back()
        elif not shown.back():
            self.after_keeping(lambda: self._to_home(""))

    def hear(self, topics: Any) -> None:
        """Tell the editor or view that is shown of changes, if it wants to know."""
        _tell(self.currentWidget(), "hear" if self.editing else "refresh", topics)

    def set_narrow(self, narrow: bool) -> None:
        """One half at a time, in all of them."""
        self._narrow = narrow
        for place in range(self.count()):
            _tell(self.widget(place), "set_narrow", narrow)

    def _place(self, view: Any) -> None:
        if self.indexOf(view) < 0:
            self.addWidget(view)
            _tell(view, "set_narrow", self._narrow)


def _tell(view: Any, name: str, what: object) -> None:
    if hasattr(view, name):
        getattr(view, name)(what)
