"""The page of a record that is nothing but declared: list, card and editor out of its fields."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.field_texts import Titles
from dangjian_desktop.domain.field_values import removed_from
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.record import Declared, Record, value_of
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.links import links_in
from dangjian_desktop.services.narrowing import narrowed
from dangjian_desktop.services.record_services import PickedLinks, names_on
from dangjian_desktop.services.records.exporting import NO_TITLES, text_of
from dangjian_desktop.services.records.pinyin import Initials
from dangjian_desktop.services.records.reading import RecordReader
from dangjian_desktop.services.records.writing import State, to_state
from dangjian_desktop.ui.declared_form import GONE, DeclaredOpened, around, begun, declared_form
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.lines import Lines
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.widgets import column_of
from dangjian_desktop.ui.records.declared import columns_of, lines_of
from dangjian_desktop.ui.records.editing import Editing, found_in
from dangjian_desktop.ui.records.editor import RecordEditor
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import (
    Detail,
    Heading,
    Listing,
    Narrowing,
    Subject,
    open_drafts,
    settled,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedOpened(DeclaredOpened):
    """A record as the editor found it, and what its library declares."""

    declared: Declared


def shared_page(record: Record, desk: Desk, shell: Shell) -> RecordPage:
    """The list of a declared record with its card, and its editor over the width."""
    records = desk.shared[record.code]
    today = desk.today()
    subject = Subject(
        place=record.code,
        form=record.code,
        title=record.title,
        noun=record.title,
        # What a service makes, nobody types.
        new="" if record.frozen else f"新建{record.title}",
        columns=columns_of(record, partial(_text, today)),
        load=partial(_load, desk, record),
        rows=records.get,
        title_of=record.title_of,
        records=records,
        filter_hint=f"在{record.title}中查找",
    )
    card = SharedCard(desk, record)
    return RecordPage(
        desk, shell, subject, card.as_detail(), partial(record_editor, record, desk, shell)
    )


def _text(today: date, field: Field, value: Any, titles: Titles = NO_TITLES) -> str:
    return text_of(field, value, today, titles)


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


class SharedCard(QWidget):
    """What stands in one record, field by field."""

    def __init__(self, desk: Desk, record: Record) -> None:
        super().__init__()
        self._desk, self._record = desk, record
        self.lines = Lines()
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
        record, today = self._record, self._desk.today()
        shown = tuple(field for field in record.fields if field.told and field.name != "id")
        self.lines.show_lines(lines_of(shown, value, partial(_text, today, titles=titles)))
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
) -> RecordEditor:
    """The editor of a declared record; it asks only for the fields of these ``names`` (all that
    are not frozen), and all else stays. ``records`` keeps them, unless the service of all does."""
    kept = desk.shared[record.code] if records is None else records
    asked = [f for f in record.fields if f.json is not None and not f.retired]
    asked = [field for field in asked if field.name not in ("id", *record.frozen)]
    asked = [field for field in asked if field.name in names] if names else asked
    staying = [field for field in record.fields if field not in asked]
    editing = Editing(
        form=record.code,
        noun=record.title,
        load=partial(_opened, record, desk, kept),
        new=lambda _which: _new(record, desk),
        body=partial(declared_form, [f.as_plain() for f in asked], desk, shell),
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


def _opened(record: Record, desk: Desk, records: Any, uid: str) -> SharedOpened | None:
    known = around(record, desk)
    make = partial(SharedOpened, declared=desk.declared, **known)

    def state_of(value: Any) -> State:
        return _titled(record, to_state(record, value), known["targets"])

    return found_in(records, make, desk.drafts, record.code, uid, state_of)


def _new(record: Record, desk: Desk) -> SharedOpened:
    uid, known = new_id(), around(record, desk)
    state = {"id": uid} | begun(record, known["today"])
    return SharedOpened(uid=uid, state=state, declared=desk.declared, **known)


def _titled(
    record: Record, state: State, targets: Mapping[str, Sequence[Mapping[str, Any]]]
) -> State:
    """The links of a form with their titles; what is gone says so."""
    links = [f.json or f.name for f in record.fields if f.type is FieldType.LINK]
    titles = {(t["id"], t["item"]): t for name in links for t in targets.get(name, ())}
    gone: State = {"item": None, "title": GONE}
    shown = state.copy()
    for name in links:
        told = [dict(link) if isinstance(link, Mapping) else {"id": link} for link in state[name]]
        shown[name] = [titles.get((t["id"], t.get("item")), gone | t) for t in told]
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
