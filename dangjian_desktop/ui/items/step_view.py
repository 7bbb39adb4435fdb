"""One step of an item, or one follow-up of several, in a form over the width of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.items.item import FollowUp, Item, ItemState
from dangjian_desktop.domain.items.record import FOLLOW_UPS, HISTORY, ITEM
from dangjian_desktop.domain.items.steps import VERBS, WITH_REASON, Asked
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.references import Person
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.records.values import file_of
from dangjian_desktop.ui.declared_form import FilesEditor
from dangjian_desktop.ui.desk.kept_form import KeptFields
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.field_editors import FieldEditor
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.fields.names import Candidate, candidates
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.widgets import button, column_of, frame, label, row_of

FOLLOW = "follow"
"""The way of a follow-up; the others are states."""
DRAFT = "item_step"
_ON, _BY, _NOTE = (HISTORY.column(name) for name in ("on", "by", "note"))
_EVIDENCE = tuple(map(ITEM.field, ("evidence", "files", "no_evidence_because")))
_SAME = replace(
    ITEM.field("same_because"),
    label="由责任人自己核查的原因",
    hint="责任人以外的人核查的不填写",
)
_DUE = replace(ITEM.field("due"), label="新的完成时限")


def fields_of(way: str) -> tuple[Field, ...]:
    """What is asked for on this way."""
    if way == FOLLOW:
        return FOLLOW_UPS.columns
    state = ItemState(way)
    note = replace(_NOTE, label="原因", required=True) if state in WITH_REASON else _NOTE
    if state is ItemState.REQUESTED:
        return (_ON, _BY, *_EVIDENCE, note)
    if state is ItemState.CLOSED:
        return (_ON, _BY, _SAME, note)
    return (_ON, _BY, *((_DUE,) if state is ItemState.OPEN else ()), note)


def title_of(way: str) -> str:
    """登记进展, 申请销号."""
    return "登记进展" if way == FOLLOW else VERBS[ItemState(way)]


class StepView(Page):
    """``left`` brings the first item once the step is kept, or not."""

    left = Signal(str)

    def __init__(self, desk: Desk, shell: Shell, way: str) -> None:
        super().__init__()
        self._desk, self._shell, self._way = desk, shell, way
        self._ids: tuple[str, ...] = ()
        self._people: Sequence[Candidate] = ()
        theme = shell.theme
        self.leaving = button("返回", theme, icon="arrow-left", look="quiet", name="step.back")
        self.save = button(title_of(way), theme, look="primary", name="step.save")
        self.about = label("", "soft", wrap=True, name="step.about")

        def files(field: Field) -> FieldEditor:
            return FilesEditor(field, desk, shell)

        self.form = Form(
            fields_of(way),
            theme,
            people=lambda: self._people,
            today=desk.today,
            own={FieldType.FILES: files},
        )
        card = frame("card")
        column_of(self.about, self.form, ..., on=card, margins=(20, 12, 20, 16))
        head = row_of(self.leaving, label(title_of(way), "title"), ..., self.save)
        column_of(head, (scrolling(card), 1), on=self, gap=10)
        self.kept = KeptFields(
            desk,
            shell,
            DRAFT,
            self.form,
            name=title_of(way),
            key=lambda: f"{self._ids[0]}/{way}" if self._ids else "",
            parent=self,
        )
        self.leaving.clicked.connect(self._leave)
        self.save.clicked.connect(self._save)

    def about_items(self, items: Sequence[Item], members: Sequence[Member]) -> None:
        """Begin with today, and with what the only item has; ``members`` are all ever."""
        self._ids = tuple(item.id for item in items)
        day = self._desk.today()
        roll = Roll(members, day)
        self._people = candidates(roll.members, lambda m: m.group_on(day) or "")
        first, rest = items[0], len(items) - 1
        self.about.setText(f"{first.content}　等{rest + 1}项" if rest else first.content)
        self.kept.show_values({"files": [], **self._known(first if not rest else None, day)})
        self.form.point_out({})
        self.kept.look()

    def focus_first(self) -> None:
        """Put the focus where something is to be written."""
        names = ["text", "evidence", "note"]
        self.form.editor(next(n for n in names if n in self.form.cells)).setFocus()

    def back(self) -> bool:
        """Back to the list; what was typed is kept."""
        self._leave()
        return True

    def _known(self, item: Item | None, day: date) -> Mapping[str, Any]:
        told: dict[str, Any] = {"on": day.isoformat()}
        if item is not None and self._way == ItemState.REQUESTED:
            told |= {"evidence": item.evidence or None, "files": []}
            told |= {"no_evidence_because": item.no_evidence_because or None}
        return told

    @Slot()
    def _save(self) -> None:
        problems = self.form.problems()
        self.form.point_out(problems)
        if not problems:
            work = partial(self._work, self._ids, self.form.values())
            self._shell.jobs.library(work, self._saved, self._refused, title="正在保存")

    def _work(self, ids: Sequence[str], values: Mapping[str, Any]) -> tuple[Sequence[Item], str]:
        """The items as they were, and what is to be said of the step."""
        on = date.fromisoformat(values["on"])
        by = self._person(values.get("by"))
        if self._way == FOLLOW:
            return self._desk.items.follow(ids, FollowUp(on, by, values["text"] or "")), ""
        due = values.get("due")
        asked = Asked(
            state=ItemState(self._way),
            on=on,
            by=by,
            note=values.get("note") or "",
            due=date.fromisoformat(due) if due else None,
            evidence=values.get("evidence"),
            files=tuple(map(file_of, values.get("files") or ())),
            no_evidence_because=values.get("no_evidence_because"),
            same_because=values.get("same_because") or None,
        )
        before = self._desk.items.take(ids, asked)
        untold = [each for each in before if not (asked.same_because or each.same_because)]
        closed = asked.state is ItemState.CLOSED
        same = closed and any(each.carried_by(by) for each in untold)
        return before, "。核查销号的人就是责任人，还没有写明原因" if same else ""

    def _person(self, name: str | None) -> Person | None:
        if not name:
            return None
        ids = [each.member_id for each in self._people if each.name == name]
        return Person(name, ids[0] if len(ids) == 1 else None)

    def _saved(self, done: tuple[Sequence[Item], str]) -> None:
        self.kept.done()
        before, said = done
        words = before[0].content if len(before) == 1 else f"{len(before)} 个事项"
        back = partial(self._desk.items.put_back, before)
        undo = partial(self._shell.jobs.library, back)
        self._shell.toast(f"已{title_of(self._way)}：{words}{said}", undo)
        self.left.emit(before[0].id)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InputError) and error.fields:
            rest = self.form.point_out(error.fields)
            if rest:
                self._shell.messages.report(error)
        else:
            self._shell.messages.report(error)

    @Slot()
    def _leave(self) -> None:
        self.left.emit(self._ids[0] if self._ids else "")
