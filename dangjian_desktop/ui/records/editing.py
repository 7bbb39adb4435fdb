"""What the editor of records must be told about one kind of record; knows no window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.fields import Field
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.library.drafts import Draft, DraftService
from dangjian_desktop.services.records.writing import State

T = TypeVar("T", bound="Opened")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A record as the editor found it: ``state`` is what the form shows first.

    ``stored`` is the record as it was last saved, ``revision`` counts its saved states (0: never
    saved), ``draft`` is what was found unsaved.
    """

    uid: str
    state: State
    today: date
    stored: Any = None
    revision: int = 0
    draft: Draft | None = None

    @property
    def base(self) -> int:
        """The saved state from which what is shown began."""
        return self.revision if self.draft is None else self.draft.base_revision


def found(
    make: Callable[..., T],
    drafts: DraftService,
    form: str,
    uid: str,
    *,
    stored: Any,
    revision: int,
    state_of: Callable[[Any], State],
) -> T | None:
    """A stored record or the draft of one, as ``make`` takes it; nothing where there is neither."""
    draft = drafts.get(form, uid)
    if stored is None and draft is None:
        return None
    state = dict(draft.content) if draft else state_of(stored)
    return make(uid=uid, state=state, stored=stored, revision=revision, draft=draft)


def found_in(
    records: Any,
    make: Callable[..., T],
    drafts: DraftService,
    form: str,
    uid: str,
    state_of: Callable[[Any], State],
) -> T | None:
    """The same of a record that this service has; one in the bin is not stored."""
    stored = records.get([uid]).get(uid)
    kept = None if stored is None or stored.deleted else stored
    revision = records.revision(uid)
    return found(make, drafts, form, uid, stored=kept, revision=revision, state_of=state_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Editing:
    """How one kind of record is edited.

    ``form`` is the name of its drafts, ``noun`` what one is called (会议记录). ``load``, ``new``,
    ``save`` and ``revision`` run in the library's thread, everything else in the window's:
    ``load`` gives nothing where there is no such record, ``new`` is told what kind is wanted,
    ``read`` gives the record that a state means and sentences by place, ``save`` stores it and
    raises ``InputError`` by field. ``title`` is the heading over the form. ``removed`` names the
    fields out of whose texts cleaning takes something.

    ``body`` makes the form: a widget that shows a state (``show_context``) and gives it back
    (``state``), names what cannot be read (``problems``), shows problems by place and gives back
    those without one (``point_out``), says where the cursor begins (``start``), and tells of each
    change (``changed``) and of what was taken away, with the way back (``dropped``).
    """

    form: str
    noun: str
    load: Callable[[str], Opened | None]
    new: Callable[[str], Opened]
    body: Callable[[Any], QWidget]
    read: Callable[[State, Any], tuple[Any, Mapping[str, str]]]
    save: Callable[[Any, State], Any]
    revision: Callable[[str], int]
    title: Callable[[State, Any], str]
    removed: Callable[[State], Iterable[tuple[Field, str]]] = lambda _state: ()


class Overtaken(Exception):  # noqa: N818 - a question to the user, not an error
    """The record was saved elsewhere after it had been opened here."""


def store(editing: Editing, uid: str, record: Any, state: State, base: int) -> tuple[Any, int]:
    """Save a record that is still as it was opened; gives it with its revision.

    Raises ``Overtaken`` otherwise.
    """
    if editing.revision(uid) != base:
        raise Overtaken
    return editing.save(record, state), editing.revision(uid)


def draft_words(opened: Opened) -> str:
    """What to say about the draft that is shown; empty where none was found."""
    draft = opened.draft
    if draft is None:
        return ""
    at = moment(draft.saved_at, opened.today)
    if opened.stored is None:
        return f"已恢复 {at} 自动保存的草稿。"
    if opened.base == opened.revision:
        return f"已恢复 {at} 自动保存的草稿，其中的修改还没有保存。"
    return (
        f"现在显示的是 {at} 的草稿，它开始于记录第{opened.base}次保存之后；"
        f"此后记录又保存过，现为第{opened.revision}次保存。"
    )


def moment(text: str, today: date) -> str:
    """14:02, or 11月20日 14:02 for a moment (ISO text) of another day."""
    at = datetime.fromisoformat(text).astimezone()
    return f"{at:%H:%M}" if at.date() == today else f"{at.month}月{at.day}日 {at:%H:%M}"
