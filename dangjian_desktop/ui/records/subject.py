"""What a subject hands to its page: how its records are found, listed, shown and acted on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.drafts import Draft
from dangjian_desktop.services.members.naming import titled
from dangjian_desktop.ui.desk.keeper import Go, at_once
from dangjian_desktop.ui.records.acts import Act
from dangjian_desktop.ui.records.banner import OpenDraft
from dangjian_desktop.ui.records.tables import Column, in_order

Choice = tuple[str, str]
"""Code and title."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed to, and its order.

    ``year`` 0 is every year, None the usual one; ``part`` the code of a chip; ``typed`` what
    stands in the filter; ``more`` what only the subject knows (a day, a category); ``order`` the
    code of a column, empty for the usual order.
    """

    year: int | None = None
    part: str = ""
    typed: str = ""
    more: Any = None
    order: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One state of a list, gathered in the library's thread.

    ``years`` newest first; ``parts`` the chips; ``news`` the kinds that a new record can be of
    (none: it begins at once); ``rows`` what is at hand and ``keys`` pinyin initials, both by id;
    ``empty`` and ``step`` what an empty list says and what its button is called; ``more`` is for
    the widgets that only the subject has.
    """

    shown: Narrowing
    ids: tuple[str, ...]
    rows: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    years: tuple[int, ...] = ()
    parts: tuple[Choice, ...] = ()
    news: tuple[Choice, ...] = ()
    foot: str = ""
    empty: str = ""
    step: str = ""
    drafts: tuple[OpenDraft, ...] = ()
    more: Any = None


class Records(Protocol):
    """The part of a record's service that every page needs."""

    def delete(self, uid: str, reason: str = "") -> None:
        """Into the bin; raises ``InputError`` where that cannot be."""

    def bring_back(self, uid: str) -> None:
        """Out of the bin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a list is made for. ``place`` names widgets and settings; nothing ``new`` can be begun
    in it where that has no word. ``rows`` are the lines of these ids, read in the library's
    thread."""

    place: str
    title: str
    columns: Sequence[Column[Any]]
    rows: Callable[[Sequence[str]], Mapping[str, Any]]
    new: str = ""
    new_icon: str = "plus"
    filter_hint: str = ""

    def sorted(self, listing: Listing) -> Listing:
        """The listing in the order of the column that it is to be shown by."""
        shown = listing.shown
        column = next((c for c in self.columns if c.code == shown.order), None)
        if column is None:
            return listing
        missing = [uid for uid in listing.ids if uid not in listing.rows]
        rows = {**listing.rows, **(self.rows(missing) if missing else {})}
        ids = in_order(listing.ids, rows, column, descending=shown.descending)
        return replace(listing, ids=ids, rows=rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject(Listed):
    """A record as its page sees it; ``form`` names its drafts.

    ``load`` gathers the list as narrowed, or so that the record to reveal (may be empty) is in
    it, in the library's thread. ``title_of`` names a row in messages, ``noun`` stands where it has
    no name. ``edit`` is the word for editing one, ``stored`` whether the one shown has versions.
    """

    form: str
    noun: str
    load: Callable[[Narrowing, str], Listing]
    title_of: Callable[[Any], str]
    records: Records
    delete_tip: str = ""
    edit: str = "编辑"
    stored: Callable[[], bool] = lambda: True
    share: int = 58

    def found(self, wanted: Narrowing, reveal: str) -> Listing:
        """The list in its order; where nothing holds what was typed, what sounds so."""
        listing = self.load(wanted, reveal)
        if not listing.ids and wanted.typed.strip():
            whole = self.load(replace(wanted, typed=""), "")
            rows = whole.rows if len(whole.rows) == len(whole.ids) else self.rows(whole.ids)
            titles = {uid: self.title_of(rows[uid]) for uid in whole.ids if uid in rows}
            ids = tuple(titled(titles, wanted.typed))
            foot = f"共 {len(ids)} 条" if ids else ""
            listing = replace(listing, ids=ids, rows=rows, foot=foot)
        return self.sorted(listing)


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a card; ``look`` of the state is good, warn, bad or soft."""

    title: str
    line: str = ""
    state: str = ""
    look: str = "good"


def nothing(*_what: object) -> bool:
    """What a card does about which it has nothing to do."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """What stands in the card of one record.

    ``load`` reads it in the library's thread (None where it is gone), ``show`` fills ``body`` and
    says the head. The rest is for bodies one can type in: ``typing`` whether words wait there,
    ``leave`` keeps them and goes on, ``back`` closes what is open (false: nothing was), ``part``
    shows the part behind the stroke of ``ID/PART``, ``focus`` is for Space.
    """

    body: QWidget
    load: Callable[[str], Any]
    show: Callable[[Any], Heading]
    hint: str
    acts: Sequence[Act] = ()
    typing: Callable[[], bool] = nothing
    leave: Callable[[Go], None] = at_once
    back: Callable[[], bool] = nothing
    part: Callable[[str], object] = nothing
    focus: Callable[[], object] = nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """Widgets that only one subject has: beside the title, before and after the chips, under
    them, and in the place of the rows (the board of projects). ``doors`` open other views by what
    stands before the stroke of ``DOOR/WHAT``."""

    beside: Sequence[QWidget] = ()
    head: Sequence[QWidget] = ()
    before: Sequence[QWidget] = ()
    after: Sequence[QWidget] = ()
    below: Sequence[QWidget] = ()
    doors: Mapping[str, Callable[[str], None]] = field(default_factory=dict)


def settled(
    wanted: Narrowing,
    reveal: str,
    find: Callable[[Narrowing], Sequence[str]],
    place_of: Callable[[str], Narrowing | None],
    *,
    years: Sequence[int] = (),
    usual: int = 0,
) -> tuple[Narrowing, tuple[str, ...]]:
    """What is shown and its ids: as wanted, or wide enough for the record that is to be seen.

    ``usual`` is the year of a page that nobody has narrowed yet; ``place_of`` says where a record
    is found, None where it is gone.
    """
    year = wanted.year if wanted.year == 0 or wanted.year in years else usual
    shown = replace(wanted, year=year)
    ids = find(shown)
    if reveal and reveal not in ids and (there := place_of(reveal)) is not None:
        shown = replace(there, order=wanted.order, descending=wanted.descending)
        ids = find(shown)
    return shown, tuple(ids)


def open_drafts(desk: Desk, form: str, words: Callable[[Draft], str]) -> tuple[OpenDraft, ...]:
    """The unsaved forms of a record, named by ``words``."""
    found = desk.drafts.all(form)
    return tuple(OpenDraft(d.uid, words(d), d.saved_at, d.content) for d in found)


NO_EXTRAS = Extras()
