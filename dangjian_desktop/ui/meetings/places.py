"""Where in the form of a meeting a place of the record (``agenda.0.vote.yes``) is filled in."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.meetings.body import MeetingBody
from dangjian_desktop.ui.meetings.item import ItemCard


def widget_at(body: MeetingBody, place: str) -> QWidget | None:
    """The field of the place, its part opened; nothing where the form has none."""
    head, *rest = place.split(".")
    if head == "agenda":
        cards = body.agenda.cards
        number = int(rest[0]) if rest else 0
        return _in_item(cards[number], rest[1:]) if number < len(cards) else body.agenda.stack.add
    if head == "details":
        form = body.details.form
        return form.editor(rest[0]) if form is not None and rest else body.details
    if head == "attendance":
        return body.attendance.names
    if head in body.more.sections:
        return body.more.opened(head)
    return body.head.opened(head) if head in body.head.cells else None


def _in_item(card: ItemCard, path: list[str]) -> QWidget:
    """The part of the item, the item's first field where it has none of that name."""
    name = path[0] if path else ""
    if name in card.election.cells:
        return card.election.cells[name].editor
    if name == "person":
        card.person.show()
        return card.person
    return card.opened(name, path[1:]) if name in card.sections else card.start()
