"""The form of a record out of its declaration, with the people, groups and records it offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.record import Record
from dangjian_desktop.domain.references import KeptFile
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.records.writing import State, file_state
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.choices import ChoiceEditor
from dangjian_desktop.ui.fields.field_editors import FieldEditor
from dangjian_desktop.ui.fields.names import Candidate, candidates
from dangjian_desktop.ui.fields.picked import LinkEditor, PickedEditor
from dangjian_desktop.ui.form_body import FieldsBody, Sealed, nothing_sealed
from dangjian_desktop.ui.look.widgets import button
from dangjian_desktop.ui.records.editing import Opened

GONE = "（已不存在）"
_DAY_LENGTHS = {FieldType.DATE: 10, FieldType.MONTH: 7, FieldType.YEAR: 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredOpened(Opened):
    """A record as the editor found it; ``members`` are all ever on the roster, ``targets`` by
    field the records that it may name, as the form holds a link."""

    members: tuple[Member, ...]
    targets: Mapping[str, Sequence[Mapping[str, Any]]]


class FilesEditor(PickedEditor):
    """Files, copied beside the library as soon as they are chosen."""

    def __init__(self, field: Field, desk: Desk, shell: Shell) -> None:
        self._desk, self._shell = desk, shell
        self._turn = 0
        self.choose = button("添加附件", shell.theme, icon="plus", name="files.add")
        super().__init__(field, shell.theme, self.choose)
        self._layout.setAlignment(self.choose, Qt.AlignmentFlag.AlignLeft)
        self.choose.clicked.connect(self._ask)

    def set_value(self, value: Any) -> None:
        """A list of files, of another record perhaps."""
        self._turn += 1
        super().set_value(value)

    @Slot()
    def _ask(self) -> None:
        choosers = self._shell.choosers
        choosers.open_file(self, "选择附件", "所有文件 (*)", self.keep, purpose="evidence")

    def keep(self, file: Path) -> None:
        """Copy a file and add it."""
        work = partial(self._desk.record_files.keep, file)
        self._shell.jobs.library(work, partial(self._kept, self._turn), title="正在复制附件")

    def _kept(self, turn: int, kept: KeptFile) -> None:
        if turn == self._turn:
            self.add(file_state(kept))
        else:
            words = f"“{kept.name}”没有添加：复制完以前已离开这条记录。"
            self._shell.messages.notice(words, "请打开这条记录，重新添加。")


def around(record: Record, desk: Desk) -> dict[str, Any]:
    """What surrounds a record of this kind now, for its ``DeclaredOpened``."""
    return {
        "today": desk.today(),
        "members": desk.meetings.members(),
        "targets": desk.links.targets(record),
    }


def begun(record: Record, today: date) -> State:
    """What stands in the form of a new record: its day is today."""
    day = None if record.day is None else record.field(record.day)
    length = None if day is None else _DAY_LENGTHS.get(day.type)
    return {} if day is None or length is None else {day.json or day.name: str(today)[:length]}


def closed_words(closed: Sequence[Field]) -> str:
    """Why a form does not ask for these; empty where it asks for all."""
    if not closed:
        return ""
    labels = "、".join(field.label for field in closed)
    return f"资料库没有密码，{labels}不在这里填写，以免旁人打开就能看到；设置密码后可以填写。"


def declared_form(
    fields: Sequence[Field],
    desk: Desk,
    shell: Shell,
    opened: DeclaredOpened,
    *,
    note: str = "",
    sealed: Sealed = nothing_sealed,
) -> FieldsBody:
    """The form over these fields, under a ``note`` where one is told; what is ``sealed`` is not
    asked for."""

    def now() -> DeclaredOpened:
        shown: DeclaredOpened = body.opened
        return shown

    def people() -> Sequence[Candidate]:
        roll = Roll(now().members, now().today)
        return candidates(roll.members, lambda member: member.group_on(roll.day) or "")

    def link(field: Field) -> FieldEditor:
        return LinkEditor(field, shell.theme, lambda: now().targets.get(field.name, ()))

    def group(field: Field) -> FieldEditor:
        groups = Roll(opened.members, opened.today).groups
        return ChoiceEditor(field, tuple((name, name) for name in groups))

    def files(field: Field) -> FieldEditor:
        return FilesEditor(field, desk, shell)

    own = {FieldType.LINK: link, FieldType.GROUP: group, FieldType.FILES: files}
    body = FieldsBody(fields, shell.theme, opened, people, own, note, sealed)
    return body
