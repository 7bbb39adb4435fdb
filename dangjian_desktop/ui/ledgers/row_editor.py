"""The editor of one row of a ledger: a form over the declared fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from dangjian_desktop.domain.field_texts import Titles
from dangjian_desktop.domain.field_values import removed_from
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import (
    CHOICE_TYPES,
    FILES,
    PEOPLE_TYPES,
    Ledger,
)
from dangjian_desktop.domain.ledgers.nameless import nameless_fields
from dangjian_desktop.domain.ledgers.record import record_of, shown_fields
from dangjian_desktop.domain.ledgers.rows import LedgerRow, plain_value
from dangjian_desktop.domain.ledgers.values import problems_of_row
from dangjian_desktop.domain.levels import Outlet
from dangjian_desktop.domain.references import Link
from dangjian_desktop.errors import BlockedError, Issue
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.ledgers.catalogue import kind_of
from dangjian_desktop.services.ledgers.reading import RowReader
from dangjian_desktop.services.papers.printing import ROW, papers_of_ledger
from dangjian_desktop.services.records.values import file_of
from dangjian_desktop.services.records.writing import State, file_state
from dangjian_desktop.ui.declared_form import (
    GONE,
    DeclaredOpened,
    around,
    begun,
    closed_words,
    declared_form,
)
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.ledgers.nameless import NameNotes
from dangjian_desktop.ui.paper.unsaved import UnsavedPaper
from dangjian_desktop.ui.records.editing import Editing, found_in
from dangjian_desktop.ui.records.editor import RecordEditor

RETIRED = "（已停用）"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOpened(DeclaredOpened):
    """A row as the editor found it, and its ledger."""

    ledger: Ledger


def row_editor(desk: Desk, shell: Shell, ledger: Ledger) -> RecordEditor:
    """Edits one row at a time; beside it the papers of a row, where the ledger prints any."""

    def save(row: LedgerRow, _state: State) -> LedgerRow:
        return desk.ledgers.save(row)

    shown = shown_fields(ledger, Outlet.CARD, protected=desk.protected)
    closed = [field for field in ledger.open_fields if field not in shown]
    asked = _asked(ledger, [field for field in ledger.open_fields if field in shown])
    editing = Editing(
        form=kind_of(ledger.code),
        noun=ledger.row,
        load=partial(_load, desk, ledger.code),
        new=partial(_new, desk, ledger.code),
        body=partial(declared_form, asked, desk, shell, note=closed_words(closed)),
        read=read,
        save=save,
        revision=lambda uid: desk.ledgers.of(ledger.code).revision(uid),
        title=_title,
        removed=partial(removed_from, ledger.all_fields),
    )
    prints = [(p.code, p.title) for p in papers_of_ledger(ledger) if p.of == ROW]
    paper = UnsavedPaper(shell, partial(_draw, desk), prints) if prints else None
    editor = RecordEditor(desk, shell, editing, paper)
    if nameless_fields(ledger):
        NameNotes(editor, ledger)
    if paper is None:
        return editor

    def follow(*_turned: bool) -> None:
        paper.follow(editor.read()[0])

    editor.settled.connect(follow)
    editor.leaf.turned.connect(follow)
    return editor


def _draw(desk: Desk, row: LedgerRow, code: str) -> bytes:
    return desk.printing.preview_of(code, row)


def state_of(ledger: Ledger, row: LedgerRow, titles: Titles) -> State:
    """The form of a row; what the declaration does not name is no part of it."""
    return {f.name: _plain(f, row.value(f.name), titles) for f in ledger.all_fields}


def _plain(asked: Field, value: Any, titles: Titles) -> Any:
    if asked.type is FieldType.FILES:
        return [file_state(each) for each in value or ()]
    if asked.type is FieldType.LINK:
        return [_link_state(each, titles.get(each, GONE)) for each in value or ()]
    return plain_value(asked, value)


def _link_state(link: Link, title: str) -> dict[str, Any]:
    return {"subject": link.subject, "id": link.uid, "item": link.item, "title": title}


def read(state: State, opened: RowOpened) -> tuple[LedgerRow, Mapping[str, str]]:
    """The row that the form means, and what is wrong, by field."""
    ledger, before = opened.ledger, opened.stored
    plain = {
        asked.name: _typed(asked, state[asked.name], before)
        for asked in ledger.all_fields
        if state.get(asked.name) not in (None, "", [])
    }
    reader = RowReader(ledger, opened.members, opened.today, typed=True)
    row, issues = reader.read(plain, opened.uid)
    if before is not None:
        row = replace(row, more=before.more, closed=before.closed)
    unread = {issue.field for issue in issues}
    issues += [i for i in problems_of_row(ledger, row, before) if i.field not in unread]
    return row, _by_field(issues)


def _by_field(issues: Sequence[Issue]) -> dict[str, str]:
    found: dict[str, str] = {}
    for issue in issues:
        place = issue.field or ""
        found[place] = f"{found[place]}；{issue.message}" if place in found else issue.message
    return found


def _typed(asked: Field, value: Any, before: LedgerRow | None) -> Any:
    """What was typed; who was there before stays the same person, whatever the roster says."""
    if asked.type is FieldType.FILES:
        return [file_of(each) for each in value]
    if asked.type not in PEOPLE_TYPES:
        return value
    known: dict[str, Any] = {p.name: p for p in before.persons(asked.name)} if before else {}
    return [known.get(name, name) for name in (value if isinstance(value, list) else [value])]


def _load(desk: Desk, code: str, uid: str) -> RowOpened | None:
    ledger = desk.ledgers.one_ledger(code).ledger
    make = partial(RowOpened, ledger=ledger, **around(record_of(ledger), desk))

    def shown(row: LedgerRow) -> State:
        return state_of(ledger, row, desk.link_titles({link for _, link in row.links(ledger)}))

    return found_in(desk.ledgers.of(code), make, desk.drafts, kind_of(code), uid, shown)


def _new(desk: Desk, code: str, like: str) -> RowOpened:
    """An empty row, or one that begins as another: without its day, its files, what closed it."""
    if (reason := desk.ledgers.blocked(code)) is not None:
        raise BlockedError(reason, "现有记录仍可查看和打印。")
    ledger = desk.ledgers.one_ledger(code).ledger
    uid, known = desk.ledgers.new_row(code).id, around(record_of(ledger), desk)
    state = begun(record_of(ledger), known["today"])
    if like and (source := _load(desk, code, like)) is not None:
        left = {due.done for due in ledger.due} | {f.name for f in ledger.of_type(FieldType.FILES)}
        kept = {f.name for f in ledger.open_fields} - left - {FILES, *state}
        state |= {name: value for name, value in source.state.items() if name in kept}
    return RowOpened(uid=uid, state=state, ledger=ledger, **known)


def _title(state: State, opened: RowOpened) -> str:
    new = opened.stored is None
    return f"新建{opened.ledger.row}" if new else f"编辑{opened.ledger.row}"


def _asked(ledger: Ledger, fields: Sequence[Field]) -> tuple[Field, ...]:
    """The fields that the form offers; a choice that was retired says so."""

    def offered(asked: Field) -> Field:
        if asked.type not in CHOICE_TYPES:
            return asked
        gone = {code for of, code in ledger.retired_choices if of == asked.name}
        pairs = tuple((c, f"{word}{RETIRED}" if c in gone else word) for c, word in asked.choices)
        return replace(asked, choices=pairs)

    return tuple(offered(each) for each in fields)
