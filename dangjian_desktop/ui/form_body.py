"""The form of a record: its parts under each other, whatever the record is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QScrollArea, QWidget

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.fields.field_editors import FieldEditor
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.fields.names import Source, nobody
from dangjian_desktop.ui.fields.telling import Problems, point_out
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import Part, column_of, frame, label
from dangjian_desktop.ui.records.editing import Opened


def _nothing() -> None:
    """For a form in which nothing hangs on anything."""


class FormBody(QWidget):
    """Keeps in its state what no part of it knows, the id of the record among it.

    ``changed`` comes with every change that the user makes, ``dropped`` says what was taken away
    and brings the way back. What hangs on several parts is done by ``offer`` before a state is
    shown, ``settle`` after it and ``follow`` after each change of a leading part; ``placed``
    names the places of problems as the form does.
    """

    changed = Signal()
    dropped = Signal(str, object)

    def __init__(
        self,
        opened: Any,
        offer: Callable[[], None] = _nothing,
        settle: Callable[[], None] = _nothing,
        follow: Callable[[], None] = _nothing,
        placed: Callable[[Problems], Problems] = dict,
    ) -> None:
        super().__init__()
        self.opened: Any = opened
        self.parts: Mapping[str, Any] = {}
        self.rest: State = {}
        self._strict: tuple[Form, ...] = ()
        self._offer, self._settle, self._follow = offer, settle, follow
        self._placed = placed
        self._filling = False

    def hold(
        self,
        parts: Mapping[str, Any],
        *shown: QWidget,
        leading: Collection[str] = (),
        forms: Iterable[QWidget] = (),
        strict: Iterable[Form] = (),
        start: str = "",
    ) -> QScrollArea:
        """Take the parts, each by its name in the state: what has ``value``, ``set_value``,
        ``tell`` and ``changed``; gives the area in which all that is ``shown`` scrolls.

        Of ``forms`` it is told what was taken away; the ``strict`` say themselves what is missing.
        The cursor begins in the part ``start``, else in the first that is asked for.
        """
        self.parts, self._strict, self._start = dict(parts), tuple(strict), start
        for name, part in self.parts.items():
            part.changed.connect(self._on_leading if name in leading else self._tell)
        for each in (*self.parts.values(), *forms, *self._strict):
            if hasattr(each, "dropped"):
                each.dropped.connect(self.dropped)
        inside = QWidget()
        column_of(*shown, ..., on=inside, gap=12, margins=(0, 0, 8, 0))
        self._area = scrolling(inside)
        return self._area

    def show_context(self, context: Opened, state: Mapping[str, Any]) -> None:
        """Show a state of the record that was opened, from its beginning."""
        self.opened, self._filling = context, True
        self.rest = {name: value for name, value in state.items() if name not in self.parts}
        self._offer()
        for name, part in self.parts.items():
            part.set_value(state.get(name))
        self._settle()
        self._area.verticalScrollBar().setValue(0)
        self._filling = False

    def state(self) -> State:
        """Everything as it stands; what cannot be read is kept as typed."""
        return self.rest | {name: part.value() for name, part in self.parts.items()}

    def problems(self) -> Mapping[str, str]:
        """What is required and missing, or cannot be read, beside what is read from the state."""
        return {name: words for form in self._strict for name, words in form.problems().items()}

    def point_out(self, problems: Problems) -> tuple[str, ...]:
        """Show each problem at its place, go to the first; gives back what has no place."""
        return point_out(self.parts, self._placed(problems))

    def today(self) -> date:
        """The day on which the record was opened."""
        day: date = self.opened.today
        return day

    def start(self) -> QWidget:
        """Where the cursor begins."""
        asked = (self.parts[name] for name in filter(None, (self._start, *self.parts)))
        first: QWidget = next(part for part in asked if getattr(part, "wanted", True)).editor
        return first

    def scroll_to(self, shown: QWidget) -> None:
        """Bring what is shown to the top."""
        self._area.verticalScrollBar().setValue(shown.y())

    @Slot()
    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()

    @Slot()
    def _on_leading(self) -> None:
        if not self._filling:
            self._follow()
            self.changed.emit()


Sealed = Callable[[Any], tuple[Collection[str], str]]
"""The fields that a record, as it is stored, is not asked for any more, and a sentence why."""


def nothing_sealed(_stored: Any) -> tuple[Collection[str], str]:
    """Everything is asked for whenever a record is opened."""
    return (), ""


class FieldsBody(FormBody):
    """The form of a record that is nothing but declared fields, under a ``note``; what is
    ``sealed`` in the record that is shown stays as it is."""

    def __init__(
        self,
        fields: Sequence[Field],
        theme: Theme,
        opened: Opened,
        people: Source = nobody,
        own: Mapping[FieldType, Callable[[Field], FieldEditor]] = MappingProxyType({}),
        note: str = "",
        sealed: Sealed = nothing_sealed,
    ) -> None:
        super().__init__(opened, settle=self._ask)
        self._sealed = sealed
        self.form = Form(fields, theme, people=people, today=self.today, own=own)
        self._why = label("", "soft", wrap=True, name="form.sealed", shown=False)
        told = (label(note, "soft", wrap=True, name="form.note"),) if note else ()
        shown = card("", *told, self._why, self.form)
        area = self.hold(self.form.cells, shown, strict=(self.form,))
        column_of(area, on=self, gap=0)

    def _ask(self) -> None:
        """Only for what may still be told."""
        names, why = self._sealed(self.opened.stored)
        for name, cell in self.form.cells.items():
            cell.wanted = name not in names
        self.form.grid.arrange()
        self._why.setText(why)
        self._why.setVisible(bool(why))


def card(title: str, *parts: Part) -> QWidget:
    """A part of a form that stands apart from the others."""
    made = frame("card")
    heading = (label(title, "heading"),) if title else ()
    column_of(*heading, *parts, on=made, margins=(20, 12, 20, 16))
    return made
