"""The chips that narrow the list of items: by state, by day, by person, by source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.items.item import ItemKind, ItemState, Source
from dangjian_desktop.domain.items.listing import PARTS, ItemFilter
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, row_of
from dangjian_desktop.ui.records.listing import RecordList
from dangjian_desktop.ui.records.subject import Choice, Listing, Narrowing


@dataclass(frozen=True, slots=True)
class More:
    """What items are narrowed to beside year, kind and words."""

    part: str = ""
    due: str = ""
    person: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """What the chips want beside the rows."""

    people: tuple[str, ...]


_ALL = {
    "part": "全部状态",
    "due": "全部时限",
    "person": "全部责任人",
    "source": "全部来源",
}
_DUE = ("late", "week")
_PARTS = [(code, words) for code, (words, _fits) in PARTS.items() if code not in _DUE]
_STATES = [each for each in ItemState.choices() if each[1] not in dict(_PARTS).values()]
"""待核查 and 已销号 are states as well as parts: either finds the same."""


def filter_of(shown: Narrowing) -> ItemFilter:
    """What the chips narrow to, for the service."""
    more = shown.more or More()
    return ItemFilter(
        year=shown.year or None,
        kind=ItemKind(shown.part) if shown.part else None,
        part=more.part if more.part in PARTS else "",
        state=ItemState(more.part) if more.part and more.part not in PARTS else None,
        due=more.due,
        person=more.person,
        source=Source(more.source) if more.source else None,
    )


class ItemChips(QObject):
    """``row`` of them stands under the kinds, in the list that they follow."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.chips = {
            name: button(words, theme, look="chip", name=f"items.{name}")
            for name, words in _ALL.items()
        }
        self._people: tuple[str, ...] = ()
        self.row = QWidget()
        row_of(*self.chips.values(), ..., on=self.row, gap=6)

    def follow(self, listed: RecordList) -> None:
        """Narrow this list, and show what it is narrowed to."""
        self._list = listed
        self.setParent(listed)
        listed.listed.connect(self._show)
        for name, chip in self.chips.items():
            chip.clicked.connect(partial(self.open, name))

    def choices(self, name: str) -> Sequence[Choice]:
        """What can be chosen there: code and words, all of them first."""
        found = {
            "part": [*_PARTS, *_STATES],
            "due": [(code, PARTS[code][0]) for code in _DUE],
            "person": [(each, each) for each in self._people],
            "source": Source.choices(),
        }
        return (("", _ALL[name]), *found[name])

    def open(self, name: str, *_checked: bool) -> None:
        """The menu under one of the chips."""
        menu = self._list.menu()
        for code, words in self.choices(name):
            menu.addAction(words).triggered.connect(partial(self.choose, name, code))
        self._list.offer(self.chips[name], menu)

    def choose(self, name: str, code: str, *_checked: bool) -> None:
        """Narrow to this."""
        more = self._list.listing.shown.more or More()
        self._list.narrow(more=replace(more, **{name: code}))

    @Slot(object)
    def _show(self, listing: Listing) -> None:
        if isinstance(listing.more, Listed):
            self._people = listing.more.people
        more = listing.shown.more or More()
        for name, chip in self.chips.items():
            code = getattr(more, name)
            words = dict(self.choices(name)).get(code, code)
            chip.setText(f"{words} ▾")
