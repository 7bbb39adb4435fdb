"""The order in which Tab goes through a window: as it is read, part by part, line by line.

It is found when Tab is pressed, so that nothing has to be told of what was made or moved since;
only the part in which the focus stands is looked at, and what is next to that.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QSplitter, QStackedWidget, QWidget

from dangjian_desktop.ui.look.widgets import PART, go_to

LINE = 14
"""Pixels by which the tops of neighbours may differ within one line (a chip beside a field)."""
_SCROLLS = (QAbstractScrollArea, QStackedWidget)
_TAB = Qt.FocusPolicy.TabFocus.value
Item = tuple[QWidget, bool]
"""Something that takes the focus, or (true) a part with such things in it."""
Placed = tuple[int, int, Item]


def go_on(window: QWidget, *, forward: bool) -> bool:
    """Put the focus on what is read next, or before; after the last comes the first.

    What has just been hidden hands the focus to its neighbour, in its own part if there is one.
    """
    here = window.window().focusWidget()
    if here is None or not window.isAncestorOf(here):
        found = next(_inside(window, forward), None)
    elif here.isVisible() and here.isEnabled():
        found = next(_after(window, here, forward), None) or next(_inside(window, forward), None)
    else:
        found = _beside(window, here)
    if found is None or found is here:
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    go_to(found, reason)
    return True


def hand_on(here: QWidget) -> None:
    """Give the focus to the neighbour of what cannot hold it any more."""
    if (found := _beside(here.window(), here)) is not None:
        go_to(found)


def in_order(window: QWidget) -> list[QWidget]:
    """What Tab reaches in a widget, in order."""
    return list(_inside(window, forward=True))


def _inside(part: QWidget, forward: bool) -> Iterator[QWidget]:
    return _each(_items(part), forward)


def _each(items: list[Item], forward: bool) -> Iterator[QWidget]:
    for widget, is_part in items if forward else reversed(items):
        if is_part:
            yield from _inside(widget, forward)
        else:
            yield widget


def _after(window: QWidget, here: QWidget, forward: bool) -> Iterator[QWidget]:
    for before, behind in _around(window, here):
        yield from _each(behind if forward else before, forward)


def _beside(window: QWidget, here: QWidget) -> QWidget | None:
    for before, behind in _around(window, here):
        for rest, forward in ((behind, True), (before, False)):
            seen = (each for each in _each(rest, forward) if each.isVisible())
            if (found := next(seen, None)) is not None:
                return found
    return None


def _around(window: QWidget, here: QWidget) -> Iterator[tuple[list[Item], list[Item]]]:
    """What is read before and behind, in the innermost part, then in the one around it, …"""
    item: Item = (here, False)
    while item[0] is not window:
        part = item[0].parentWidget()
        while part is not window and not _is_part(part):
            part = part.parentWidget()
        items = _items(part, item)
        place = items.index(item)
        yield items[:place], items[place + 1 :]
        item = part, True


def _items(part: QWidget, kept: Item | None = None) -> list[Item]:
    """What is to be seen in a part in the order of reading; ``kept`` although it may be hidden."""
    way = set()
    above = kept[0] if kept else None
    while above is not None and above is not part:
        way.add(above)
        above = above.parentWidget()
    placed = sorted(_placed(part, 0, 0, kept, way), key=lambda each: each[0])
    lines: list[list[Placed]] = []
    for each in placed:
        if not lines or each[0] - lines[-1][0][0] >= LINE:
            lines.append([])
        lines[-1].append(each)
    return [item for line in lines for _y, _x, item in sorted(line, key=lambda each: each[1])]


def _placed(
    around: QWidget, x: int, y: int, kept: Item | None, way: set[QWidget], gone: bool = False
) -> Iterator[Placed]:
    for child in around.children():
        if not isinstance(child, QWidget) or child.isWindow():
            continue
        if isinstance(child, QLabel) and (child, False) != kept:
            continue
        hidden = gone or child.isHidden() or not child.isEnabled()
        if hidden and child not in way:
            continue
        left, top = x + child.x(), y + child.y()
        if (child, False) == kept or (not hidden and _takes_tab(child)):
            yield top, left, (child, False)
        if not _is_part(child):
            yield from _placed(child, left, top, kept, way, hidden)
        elif not hidden or (child, True) == kept:
            yield top, left, (child, True)


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & _TAB) and widget.focusProxy() is None


def _is_part(widget: QWidget) -> bool:
    # What scrolls is read as a whole, wherever its contents stand at the moment.
    if isinstance(widget, _SCROLLS) or isinstance(widget.parent(), QSplitter):
        return True
    return bool(widget.property(PART)) or widget.property("look") == "card"
