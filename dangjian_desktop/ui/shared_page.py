"""The page of a record that is nothing but declared: list, card and editor out of its fields."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any

from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.field_texts import COVERED, Titles
from dangjian_desktop.domain.field_values import removed_from
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.levels import Outlet
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.record import Declared, Record, value_of
from dangjian_desktop.domain.showing import fields_shown
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.links import links_in
from dangjian_desktop.services.narrowing import narrowed
from dangjian_desktop.services.record_services import PickedLinks, names_on
from dangjian_desktop.services.records.exporting import NO_TITLES, closed_line, text_of
from dangjian_desktop.services.records.pinyin import Initials
from dangjian_desktop.services.records.reading import RecordReader
from dangjian_desktop.services.records.writing import State, to_state
from dangjian_desktop.ui.declared_form import (
    GONE,
    DeclaredOpened,
    around,
    begun,
    closed_words,
    declared_form,
)
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.form_body import Sealed, nothing_sealed
from dangjian_desktop.ui.look.lines import Lines
from dangjian_desktop.ui.look.secret import Secret
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import column_of
from dangjian_desktop.ui.records.acts import Act
from dangjian_desktop.ui.records.declared import columns_of, lines_of
from dangjian_desktop.ui.records.editing import Editing, found_in
from dangjian_desktop.ui.records.editor import RecordEditor
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import (
    NO_EXTRAS,
    Detail,
    Extras,
    Heading,
    Listing,
    Narrowing,
    Subject,
    open_drafts,
    settled,
)
from dangjian_desktop.ui.records.tables import Column
from dangjian_desktop.ui.told_rows import told_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedOpened(DeclaredOpened):
    """A record as the editor found it, and what its library declares."""

    declared: Declared


Begin = Callable[[str], State]
"""What stands in the form of a new record beside its day, by what is wanted of it."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Lines that tell more than their record: how they are read, the record ``of`` one, and the
    columns that only the subject can tell, by the name of the one before them."""

    read: Callable[[Sequence[str]], Mapping[str, Any]]
    of: Callable[[Any], Any]
    more: Mapping[str, Sequence[Column[Any]]]


def nothing_more(_which: str) -> State:
    """A new record begins with its day alone."""
    return {}


def shared_page(
    record: Record,
    desk: Desk,
    shell: Shell,
    *,
    extras: Extras = NO_EXTRAS,
    acts: Sequence[Act] = (),
    begin: Begin = nothing_more,
    listed: Rows | None = None,
    card: Detail | None = None,
    asked: Collection[str] = (),
    order: str = "",
    share: int = 58,
    sealed: Sealed = nothing_sealed,
) -> RecordPage:
    """The list of a declared record with its card, and its editor over the width; ``listed`` where
    its lines tell more than the record, ``card`` where the subject has one of its own. The editor
    asks only for the fields of ``asked``, unless for all, and for none that is ``sealed``; the
    list is by the column ``order`` until another is chosen and takes ``share`` per cent of the
    width."""
    records, today = desk.shared[record.code], desk.today()
    rows = listed or Rows(records.get, lambda row: row, MappingProxyType({}))

    def value(row: Any, field: Field) -> Any:
        return value_of(rows.of(row), field)

    subject = Subject(
        place=record.code,
        form=record.code,
        title=record.title,
        noun=record.title,
        # What a service makes, nobody types.
        new="" if record.frozen else f"新建{record.title}",
        columns=columns_of(record, partial(_text, today), value, after=rows.more),
        load=lambda wanted, reveal: _load(
            desk, record, replace(wanted, order=wanted.order or order), reveal
        ),
        rows=rows.read,
        title_of=lambda row: record.title_of(rows.of(row)),
        records=records,
        filter_hint=f"在{record.title}中查找",
        share=share,
    )
    detail = replace(card or SharedCard(desk, record, shell.theme).as_detail(), acts=acts)
    editor = partial(record_editor, record, desk, shell, begin=begin, names=asked, sealed=sealed)
    return RecordPage(desk, shell, subject, detail, editor, extras)


def _text(today: date, field: Field, value: Any, titles: Titles = NO_TITLES) -> str:
    return text_of(field, value, today, titles)


def _card_text(today: date, field: Field, value: Any, titles: Titles) -> str:
    words = partial(_text, today, titles=titles)
    rows = field.type is FieldType.RECORDS and not field.as_of
    return told_rows(field, value, words) if rows else words(field, value)


def _load(desk: Desk, record: Record, wanted: Narrowing, reveal: str) -> Listing:
    records = desk.shared[record.code]
    years = records.years()

    def find(shown: Narrowing) -> Sequence[str]:
        return records.find(narrowed(shown.year, shown.typed))

    def place_of(uid: str) -> Narrowing | None:
        there = records.get([uid]).get(uid)
        return None if there is None or there.deleted else Narrowing(0)

    shown, ids = settled(wanted, reveal, find, place_of, years=years, usual=max(years, default=0))
    titles = records.rows(ids)
    return Listing(
        shown=shown,
        ids=ids,
        keys=Initials({uid: row.title for uid, row in titles.items()}),
        years=years,
        foot=f"共 {len(ids)} 条" if ids else "",
        empty="没有符合条件的记录。" if years else f"还没有{record.title}记录。",
        step="" if years or record.frozen else f"新建{record.title}",
        drafts=open_drafts(desk, record.code, lambda _draft: record.title),
    )


Told = Iterable[tuple[str, str]]
"""Labels and texts."""


class SharedCard(QWidget):
    """What stands in one record (``value``), field by field, or as ``words`` tell it."""

    def __init__(
        self,
        desk: Desk,
        record: Record,
        theme: Theme,
        words: Callable[[Any, Titles], Told] | None = None,
    ) -> None:
        super().__init__()
        self._desk, self._record, self._words = desk, record, words
        self.value: Any = None
        self.secrets = {
            field.title: Secret(theme, f"card.{field.name}", unknown="—", wrap=True)
            for field in record.fields
            if field.covered
        }
        self.lines = Lines(self.secrets)
        holder = QWidget()
        column_of(self.lines, ..., on=holder, margins=(0, 0, 8, 0))
        column_of(scrolling(holder), on=self, gap=0)

    def as_detail(self) -> Detail:
        """What the page has to know of it."""
        hint = f"选择一条{self._record.title}记录，这里显示其内容。"
        return Detail(body=self, load=self._load, show=self._show, hint=hint)

    def _load(self, uid: str) -> Any:
        value = self._desk.shared[self._record.code].get([uid]).get(uid)
        if value is None or value.deleted:
            return None
        return value, self._desk.link_titles(links_in(self._record.fields, [value]))

    def _show(self, loaded: tuple[Any, Titles]) -> Heading:
        value, titles = loaded
        self.value = value
        record, today = self._record, self._desk.today()
        open_to = fields_shown(record, Outlet.CARD, protected=self._desk.protected)
        shown = tuple(field for field in open_to if field.told and field.name != "id")
        told = lines_of(shown, value, partial(_card_text, today, titles=titles))
        if self._words is not None:
            told = tuple(self._words(value, titles))
        elif not self._desk.protected:
            told = (*told, *closed_line(record, value))
        for title, words in told:
            if title in self.secrets:
                self.secrets[title].set_words(words, COVERED)
        self.lines.show_lines(told)
        day = None if record.day is None else record.field(record.day)
        state = None if record.state is None else record.field(record.state)
        return Heading(
            record.title_of(value),
            "" if day is None else _text(today, day, value_of(value, day)),
            "" if state is None else _text(today, state, value_of(value, state)),
            "soft",
        )


def record_editor(
    record: Record,
    desk: Desk,
    shell: Shell,
    *,
    names: Collection[str] = (),
    records: Any = None,
    begin: Begin = nothing_more,
    sealed: Sealed = nothing_sealed,
) -> RecordEditor:
    """The editor of a declared record; it asks only for the fields of these ``names`` (all that
    are not frozen or sensitive in a library without a password) that are not ``sealed``, and all
    else stays. ``records`` keeps them, unless the service of all does."""
    kept = desk.shared[record.code] if records is None else records
    asked = [f for f in record.fields if f.json is not None and f.asked and not f.retired]
    asked = [field for field in asked if field.name not in ("id", *record.frozen)]
    asked = [field for field in asked if field.name in names] if names else asked
    open_to = [*fields_shown(record, Outlet.CARD, protected=desk.protected)]
    closed = [field for field in asked if field not in open_to]
    asked = [field for field in asked if field in open_to]
    staying = [field for field in record.fields if field not in asked]
    editing = Editing(
        form=record.code,
        noun=record.title,
        load=partial(_opened, record, desk, kept, closed),
        new=lambda which: _new(record, desk, begin(which)),
        body=partial(
            declared_form,
            [f.for_form().as_plain() for f in asked],
            desk,
            shell,
            note=closed_words(closed),
            sealed=sealed,
        ),
        read=partial(_read, record, staying),
        save=lambda value, _state: kept.save(value),
        revision=kept.revision,
        title=lambda _state, opened: joined("编辑" if opened.stored else "新建", record.title),
        removed=partial(removed_from, record.fields),
    )
    return RecordEditor(desk, shell, editing)


def joined(verb: str, noun: str) -> str:
    """编辑公示; a space stands before Latin letters."""
    return f"{verb}{' ' if noun[:1].isascii() else ''}{noun}"


def _opened(
    record: Record, desk: Desk, records: Any, closed: Sequence[Field], uid: str
) -> SharedOpened | None:
    known, but = around(record, desk), [field.name for field in closed]
    make = partial(SharedOpened, declared=desk.declared, **known)

    def state_of(value: Any) -> State:
        return _titled(record, to_state(record, value, but), known["targets"])

    return found_in(records, make, desk.drafts, record.code, uid, state_of)


def _new(record: Record, desk: Desk, more: State) -> SharedOpened:
    uid, known = new_id(), around(record, desk)
    state = {"id": uid} | begun(record, known["today"]) | more
    state = _titled(record, state, known["targets"])
    return SharedOpened(uid=uid, state=state, declared=desk.declared, **known)


def _titled(
    record: Record, state: State, targets: Mapping[str, Sequence[Mapping[str, Any]]]
) -> State:
    """The links of a form with their titles; what is gone says so."""
    titles = {(t["id"], t["item"]): t for known in targets.values() for t in known}
    return _links_told(record.fields, state, titles)


def _links_told(
    fields: Sequence[Field], state: State, titles: Mapping[tuple[str, Any], Mapping[str, Any]]
) -> State:
    gone: State = {"item": None, "title": GONE}
    shown = state.copy()
    for field in fields:
        name = field.json or field.name
        if field.type is FieldType.LINK and name in state:
            links = [dict(t) if isinstance(t, Mapping) else {"id": t} for t in state[name]]
            shown[name] = [titles.get((t["id"], t.get("item")), gone | t) for t in links]
        elif name in state and field.type is FieldType.RECORDS and any(True for _ in field.links):
            shown[name] = [_links_told(field.columns, row, titles) for row in state[name]]
    return shown


def _read(
    record: Record, staying: Sequence[Field], state: State, opened: SharedOpened
) -> tuple[Any, Mapping[str, str]]:
    reader = RecordReader(
        record,
        opened.declared,
        lambda values: names_on(
            opened.members, values.get(record.day or ""), opened.today, state.get("known")
        ),
        today=opened.today,
        links=PickedLinks(),
    )
    stored = opened.stored
    made = {} if stored is None else to_state(record, stored)
    names = [field.json or field.name for field in staying]
    kept = {name: made[name] for name in names if name in made}
    reading = reader.read(kept | state, stored)
    return (None if reading.problems else reading.value), reading.places
