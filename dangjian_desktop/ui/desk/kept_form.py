"""What is typed into a small form that is no record: a decision, a reason, a value of a rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, SignalInstance, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.drafts import Draft
from dangjian_desktop.ui.desk.keeper import Keeper
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.unkept import Unkept

Content = Mapping[str, Any]


class Filled(Protocol):
    """A form as it is kept: what stands in it, and how it is shown."""

    changed: SignalInstance

    def values(self) -> dict[str, Any]:
        """What stands in it."""

    def fill(self, values: Content) -> None:
        """Show these values."""


class KeptForm(QObject):
    """Keeps it as a draft of ``form`` and shows it again.

    ``key`` says what the form is about (empty while it is not shown), ``state`` gives what stands
    in it and ``fill`` shows that; ``name`` is for people. The banner stands over ``parent``.
    """

    def __init__(
        self,
        desk: Desk,
        shell: Shell,
        form: str,
        *,
        name: str,
        key: Callable[[], str],
        state: Callable[[], Content],
        fill: Callable[[Content], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._drafts, self._library, self._form = desk.drafts, shell.jobs.library, form
        self._key, self._state, self._fill = key, state, fill
        self._about, self._content = "", dict[str, Any]()
        self.keeper = Keeper(shell.jobs, desk.unsaved.door(form), self._typed, self)
        self.unkept = Unkept(shell, self.keeper, lambda: name)
        layout = parent.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, self.unkept)
        self.unkept.brought_back.connect(self.look)

    @Slot()
    def touch(self) -> None:
        """The user changed something."""
        if about := self._key():
            # The form may be closed, or be about something else, before this is kept.
            self._about, self._content = about, dict(self._state())
            self.keeper.touch()

    @Slot()
    def look(self) -> None:
        """The form is shown anew: bring back what was typed and not saved."""
        if key := self._key():
            self._library(partial(self._drafts.get, self._form, key), partial(self._found, key))

    @Slot()
    def done(self) -> None:
        """It was saved, or given up."""
        if key := self._about:
            self.keeper.forget(key)
            self._library(partial(self._drafts.drop, self._form, key))

    def _typed(self) -> tuple[str, Content]:
        return self._about, self._content

    def _found(self, key: str, draft: Draft | None) -> None:
        if draft is not None and key == self._key() and self.keeper.safe:
            self._fill(draft.content)


class KeptFields(KeptForm):
    """The same of a form of fields that the program fills in as well: only what the user typed is
    kept. ``state`` and ``fill`` are those of the form, unless more stands in it."""

    def __init__(
        self,
        desk: Desk,
        shell: Shell,
        draft: str,
        form: Filled,
        *,
        name: str,
        key: Callable[[], str],
        parent: QWidget,
        state: Callable[[], Content] | None = None,
        fill: Callable[[Content], object] | None = None,
    ) -> None:
        self._form_of, self._filling = form, False
        super().__init__(
            desk,
            shell,
            draft,
            name=name,
            key=key,
            state=state or form.values,
            fill=partial(self._go_on, fill or self.show_values),
            parent=parent,
        )
        form.changed.connect(self.typed)

    def show_values(self, values: Content) -> None:
        """Fill these in; nobody typed them."""
        self._filling = True
        self._form_of.fill(values)
        self._filling = False

    @Slot()
    def typed(self) -> None:
        """Something was changed, perhaps by filling in."""
        if not self._filling:
            self.touch()

    def _go_on(self, fill: Callable[[Content], object], content: Content) -> None:
        fill(content)
        self.touch()
